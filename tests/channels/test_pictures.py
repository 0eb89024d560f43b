"""Pictures as PNG: drawn in a process of their own, once, kept, and missing without harm."""

from __future__ import annotations

import asyncio
import os
import signal
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bot.advice.chart.pictures import CHART, chart_arguments
from bot.advice.profile import Profile
from bot.channels import pictures
from bot.channels.drawer import DrawerError
from bot.channels.pictures import NoPictureError, draw, picture_key, warm
from bot.conversation.messages import Picture
from bot.knowledge.base import KnowledgeBase

BARE = Picture(kind=CHART, arguments=chart_arguments(), alt="The chart.")


@pytest.fixture(autouse=True)
def _afresh() -> Iterator[None]:
    """Nothing kept from the test before."""
    pictures._kept.clear()
    yield
    pictures._kept.clear()


@pytest.fixture(scope="module", autouse=True)
def _workers_end() -> Iterator[None]:
    yield
    pictures.close()


async def test_a_picture_is_a_png_as_wide_as_told(base: KnowledgeBase) -> None:
    png = await draw(base, BARE)

    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    wide, tall = struct.unpack_from(">II", png, 16)
    assert wide == 720
    # https://core.telegram.org/bots/api#sendphoto
    assert wide + tall <= 10_000
    assert tall / wide <= 20
    assert len(png) <= 10_000_000


async def test_many_who_ask_at_once_get_what_was_drawn_once(
    base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []

    def counted(*arguments: object) -> str:
        drawn.append(arguments)
        return "<svg xmlns='http://www.w3.org/2000/svg' width='720' height='10'/>"

    monkeypatch.setattr(pictures, "svg_of", counted)
    first = await asyncio.gather(*(draw(base, BARE) for _ in range(5)))
    again = await draw(base, BARE)

    assert len(drawn) == 1
    assert {*first, again} == {first[0]}


async def test_other_words_below_it_make_no_other_picture(base: KnowledgeBase) -> None:
    other = Profile(role="medical-coder")

    assert picture_key(base, BARE) == picture_key(base, BARE.model_copy(update={"alt": "Other words."}))
    assert picture_key(base, BARE) != picture_key(
        base, Picture(kind=CHART, arguments=chart_arguments(other), alt=BARE.alt)
    )


async def test_who_stops_waiting_takes_it_from_nobody(base: KnowledgeBase) -> None:
    impatient = asyncio.create_task(draw(base, BARE))
    patient = asyncio.create_task(draw(base, BARE))
    await asyncio.sleep(0)
    impatient.cancel()

    assert (await patient).startswith(b"\x89PNG")
    with pytest.raises(asyncio.CancelledError):
        await impatient


async def test_no_more_are_kept_than_allowed(base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "KEPT", 2)
    monkeypatch.setattr(pictures, "svg_of", lambda *_: "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")
    for theme in ("light", "dark"):
        await draw(base, Picture(kind=CHART, arguments=chart_arguments(theme=theme), alt=""))  # type: ignore[arg-type]
    await draw(base, Picture(kind=CHART, arguments=chart_arguments(Profile(role="medical-coder")), alt=""))

    assert len(pictures._kept) == 2
    assert picture_key(base, BARE) not in pictures._kept


async def test_a_description_that_does_not_fit_is_no_picture(base: KnowledgeBase) -> None:
    with pytest.raises(NoPictureError, match="astronaut"):
        await draw(base, Picture(kind=CHART, arguments={"profile": '{"role": "astronaut"}'}, alt=""))


async def test_without_the_package_there_are_no_pictures_and_no_harm(
    base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "available", lambda: False)

    with pytest.raises(NoPictureError, match="resvg"):
        await draw(base, BARE)
    await warm(base)


async def test_a_process_that_dies_costs_one_picture(base: KnowledgeBase) -> None:
    await warm(base)
    process = pictures._drawer.pid
    assert process is not None
    os.kill(process, signal.SIGKILL)
    pictures._kept.clear()

    # Whether the next picture finds it dead or still dying, the one after that is drawn.
    with suppress(NoPictureError):
        await draw(base, BARE)
    assert (await draw(base, BARE)).startswith(b"\x89PNG")
    assert pictures._drawer.pid != process


async def test_a_process_that_hangs_is_killed_and_the_next_picture_is_drawn(base: KnowledgeBase) -> None:
    await warm(base)
    process = pictures._drawer.pid
    assert process is not None
    os.kill(process, signal.SIGSTOP)
    with pytest.raises(DrawerError, match="TimeoutError"):
        await asyncio.to_thread(pictures._drawer.draw, "<svg/>", 0.2)
    assert not Path(f"/proc/{process}").exists()
    pictures._kept.clear()
    assert (await draw(base, BARE)).startswith(b"\x89PNG")
