"""Lanes: work for one key runs in order, one piece at a time; different keys run side by side.

A lane is a task that lives while its key has work. What fails or waits in one holds up no other.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

import structlog

from bot.channels.backoff import Backoff
from bot.logs import redact

Key = TypeVar("Key", bound=Hashable)
log = structlog.get_logger(__name__)


class Lanes(Generic[Key]):
    """Calls `work(key)` until it has nothing to do.

    `work` returns the seconds after which to call it again, 0 for at once, None when nothing is
    left. An error is logged and the same work tried again, later and later. At most `at_once`
    pieces of work run at a time; a lane that waits takes up no place.
    """

    def __init__(self, name: str, work: Callable[[Key], Awaitable[float | None]], at_once: int) -> None:
        self._name = name
        self._work = work
        self._places = asyncio.Semaphore(at_once)
        self._lanes: dict[Key, asyncio.Task[None]] = {}
        self._woken: set[Key] = set()

    def wake(self, key: Key) -> None:
        """There may be work for `key`."""
        self._woken.add(key)
        if key not in self._lanes:
            self._lanes[key] = asyncio.create_task(self._run(key), name=f"{self._name} {key}")

    async def idle(self) -> None:
        """Wait until no lane has work."""
        while self._lanes:
            await asyncio.wait(self._lanes.values())

    async def stop(self) -> None:
        """Cancel every lane, and wait until they have ended."""
        lanes = list(self._lanes.values())
        for lane in lanes:
            lane.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)

    async def _run(self, key: Key) -> None:
        try:
            while key in self._woken:
                self._woken.discard(key)
                await self._work_off(key)
        finally:
            # No await between the last look at `_woken` and here: a wake finds the lane or starts one.
            del self._lanes[key]

    async def _work_off(self, key: Key) -> None:
        backoff = Backoff()
        wait: float | None = 0.0
        while wait is not None:
            if wait:
                await asyncio.sleep(wait)
            try:
                async with self._places:
                    wait = await self._work(key)
                backoff.reset()
            except Exception as error:
                wait = backoff.next()
                log.error("lane_failed", lane=self._name, error=type(error).__name__, reason=redact(str(error)))
