"""Threads for turns, each turn with a deadline.

A thread cannot be stopped. One that does not come back is left behind and another takes its place, so
that whatever sticks in one turn holds up nobody else, nor the end of the process.
"""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

Result = TypeVar("Result")

SIZE = 2  # turns are Python: more threads than this only take turns at the interpreter
MOST = 64
# A turn takes milliseconds. Beside one that takes so long another thread is started for the others.
SLOW_SECONDS = 0.5
WATCH_SECONDS = 0.2


class StuckError(Exception):
    """A turn did not end within its time."""


class _Job:
    def __init__(self, work: Callable[[], Any], future: asyncio.Future[Any], seconds: float) -> None:
        self.work = work
        self.future = future
        self.seconds = seconds
        self.began: float | None = None
        self.left_behind = False


class Crew:
    """Made and used within one event loop. `abandoned` counts threads that were left behind and still run."""

    def __init__(self, size: int = SIZE, most: int = MOST) -> None:
        self._size = size
        self._most = most
        self._loop = asyncio.get_running_loop()
        self._todo: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._jobs: set[_Job] = set()
        self._threads = 0
        self._lock = threading.Lock()
        self._done: list[tuple[_Job, Any, BaseException | None]] = []
        self._watching: asyncio.Task[None] | None = None
        self.abandoned = 0

    async def run(self, work: Callable[[], Result], seconds: float) -> Result:
        """What `work` returns or raises. Raises `StuckError` when it took longer than `seconds`."""
        job = _Job(work, self._loop.create_future(), seconds)
        self._jobs.add(job)
        while self._threads < self._size:
            self._hire()
        self._todo.put(job)
        if self._watching is None:
            self._watching = asyncio.create_task(self._watch())
        result: Result = await job.future
        return result

    def stop(self) -> None:
        """Let the threads that are free end."""
        for _ in range(self._threads):
            self._todo.put(None)
        if self._watching is not None:
            self._watching.cancel()

    def _hire(self) -> None:
        with self._lock:
            self._threads += 1
        threading.Thread(target=self._work, name="turn", daemon=True).start()

    def _work(self) -> None:
        while (job := self._todo.get()) is not None:
            job.began = time.monotonic()
            result, error = None, None
            try:
                result = job.work()
            except BaseException as raised:
                error = raised
            with self._lock:
                if job.left_behind:
                    self.abandoned -= 1
                    return
                self._done.append((job, result, error))
                first = len(self._done) == 1
                # Another was hired while this one was slow.
                leave = self._threads > self._size and time.monotonic() - job.began > SLOW_SECONDS
                self._threads -= leave
            # One wake-up for all that end before the loop comes to it.
            if first:
                try:
                    self._loop.call_soon_threadsafe(self._collect)
                except RuntimeError:  # the loop has ended
                    return
            if leave:
                return

    def _collect(self) -> None:
        with self._lock:
            done, self._done = self._done, []
        for job, result, error in done:
            self._jobs.discard(job)
            if job.future.done():
                continue
            if error is not None:
                job.future.set_exception(error)
            else:
                job.future.set_result(result)

    async def _watch(self) -> None:
        """While there is work: replace whoever is slow, give up whoever is too late."""
        try:
            while self._jobs:
                await asyncio.sleep(WATCH_SECONDS)
                now = time.monotonic()
                slow = [job for job in self._jobs if job.began is not None and now - job.began > SLOW_SECONDS]
                for job in slow:
                    if job.began is not None and now - job.began > job.seconds:
                        self._leave_behind(job)
                busy = sum(1 for job in slow if job in self._jobs)
                while self._threads - busy < self._size and self._threads < self._most:
                    self._hire()
        finally:
            self._watching = None

    def _leave_behind(self, job: _Job) -> None:
        with self._lock:
            if any(job is done for done, *_ in self._done):
                return
            job.left_behind = True
            self.abandoned += 1
            self._threads -= 1
        self._jobs.discard(job)
        if not job.future.done():
            job.future.set_exception(StuckError(f"no end after {job.seconds:g} seconds"))
