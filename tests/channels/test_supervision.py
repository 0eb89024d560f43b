from __future__ import annotations

import asyncio

import pytest
import structlog

from bot.channels.backoff import Backoff
from bot.channels.supervision import every, noted, unless


def test_waits_double_up_to_a_ceiling_with_jitter() -> None:
    backoff = Backoff(first=1, longest=10)
    waits = [backoff.next() for _ in range(50)]
    assert all(step / 2 <= wait <= step for wait, step in zip(waits, [1, 2, 4, 8, *[10] * 46], strict=True))
    assert len({round(wait, 6) for wait in waits[4:]}) > 1


def test_after_a_success_it_starts_again() -> None:
    backoff = Backoff(first=1, longest=10)
    for _ in range(40):
        backoff.next()
    backoff.reset()
    assert backoff.next() <= 1


async def test_what_nobody_expected_is_noted_and_holds_up_nobody() -> None:
    async def fails() -> None:
        raise KeyError("a text")

    with structlog.testing.capture_logs() as logs:
        await noted("profile", fails())
    assert [(entry["event"], entry["chore"], entry["error"]) for entry in logs] == [
        ("chore_failed", "profile", "KeyError")
    ]


async def test_unless_gives_up_when_told_to_stop() -> None:
    stopping = asyncio.Event()
    stopping.set()
    assert not await unless(stopping, asyncio.Event().wait())


async def test_unless_says_when_the_work_is_done_and_raises_its_error() -> None:
    async def fail() -> None:
        raise KeyError

    assert await unless(asyncio.Event(), asyncio.sleep(0))
    with pytest.raises(KeyError):
        await unless(asyncio.Event(), fail())


async def test_a_chore_goes_on_after_an_error() -> None:
    done = asyncio.Event()
    calls = 0

    async def chore() -> None:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise RuntimeError
        done.set()

    task = asyncio.create_task(every(0, "test", chore))
    await done.wait()
    task.cancel()
