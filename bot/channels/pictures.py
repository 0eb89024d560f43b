"""Pictures as PNG. Drawing holds the interpreter for tens of milliseconds, so other processes do it.

    description ──▶ SVG (a thread) ──▶ PNG (a worker process) ──▶ kept in memory by its content

resvg-py is all that the workers load; where it is missing there are no pictures, and everything
they say is in the text anyway.
"""

from __future__ import annotations

import asyncio
import importlib.util
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from weakref import WeakKeyDictionary

from bot.advice.chart.pictures import CHART, PictureError, chart_arguments, key, svg_of
from bot.channels.drawer import Drawer, DrawerError
from bot.conversation.messages import Picture
from bot.knowledge.base import KnowledgeBase

KEPT = 64  # pictures of about 150 kB

_kept: OrderedDict[str, bytes] = OrderedDict()
_drawing: WeakKeyDictionary[asyncio.AbstractEventLoop, dict[str, asyncio.Task[bytes]]] = WeakKeyDictionary()


class NoPictureError(Exception):
    """No picture can be had; its words say the same. The message says why."""


@cache
def available() -> bool:
    """Whether pictures can be drawn here at all."""
    return importlib.util.find_spec("resvg_py") is not None


async def draw(base: KnowledgeBase, picture: Picture) -> bytes:
    """The picture as PNG, 720 pixels wide. Raises `NoPictureError`; asks for one picture are drawn once."""
    digest = picture_key(base, picture)
    if digest in _kept:
        _kept.move_to_end(digest)
        return _kept[digest]
    drawing = _drawing.setdefault(asyncio.get_running_loop(), {})
    if digest not in drawing:
        drawing[digest] = asyncio.create_task(_draw(base, picture))
        drawing[digest].add_done_callback(lambda task: _finished(drawing, digest, task))
    # One who no longer waits does not take it from the others.
    return await asyncio.shield(drawing[digest])


def _finished(drawing: dict[str, asyncio.Task[bytes]], digest: str, task: asyncio.Task[bytes]) -> None:
    """Keep what was drawn; what failed is tried again when it is asked for again."""
    drawing.pop(digest, None)
    if not task.cancelled() and task.exception() is None:
        _kept[digest] = task.result()
        while len(_kept) > KEPT:
            _kept.popitem(last=False)


async def warm(base: KnowledgeBase) -> None:
    """Work out the map and start the process that draws, so that the first person need not wait."""
    with suppress(NoPictureError):
        await draw(base, Picture(kind=CHART, arguments=chart_arguments(), alt=""))


def picture_key(base: KnowledgeBase, picture: Picture) -> str:
    """The same key, the same picture; also good to remember what was uploaded already."""
    return key(base, picture.kind, picture.arguments)


async def _draw(base: KnowledgeBase, picture: Picture) -> bytes:
    if not available():
        raise NoPictureError("resvg-py is not installed")
    try:
        svg = await asyncio.to_thread(svg_of, base, picture.kind, picture.arguments)
        return await asyncio.get_running_loop().run_in_executor(_queue, _drawer.draw, svg)
    except PictureError as error:
        raise NoPictureError(str(error)) from error
    except DrawerError as error:
        raise NoPictureError(str(error)) from error


# One picture at a time: the thread only waits for the process.
_queue = ThreadPoolExecutor(1, thread_name_prefix="draw")
_drawer = Drawer()


def close() -> None:
    """Stop the process that draws, whatever it is at; the next picture starts a new one."""
    _drawer.close()
