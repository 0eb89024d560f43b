"""Doing something over and over: until it works, or for as long as the process lives."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.logs import redact

log = structlog.get_logger(__name__)


async def every(seconds: float, name: str, work: Callable[[], Awaitable[None]]) -> None:
    """Call `work` now and every so many seconds; an error is logged and changes nothing about that."""
    while True:
        try:
            await work()
        except Exception as error:
            log.error("chore_failed", chore=name, error=type(error).__name__, reason=redact(str(error)))
        await asyncio.sleep(seconds)


async def noted(name: str, work: Awaitable[None]) -> None:
    """Await `work` beside everything else; an error that it did not expect itself is logged, not raised."""
    try:
        await work
    except Exception as error:
        log.error("chore_failed", chore=name, error=type(error).__name__, reason=redact(str(error)))


async def unless(stopping: asyncio.Event, work: Awaitable[object]) -> bool:
    """Await `work`, but give it up when `stopping` is set. True: it is done. Its exception is raised."""
    task = asyncio.ensure_future(work)
    stop = asyncio.ensure_future(stopping.wait())
    try:
        await asyncio.wait((task, stop), return_when=asyncio.FIRST_COMPLETED)
        if task.done():
            task.result()
        return task.done()
    finally:
        task.cancel()
        stop.cancel()
