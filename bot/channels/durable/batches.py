"""Work in batches: calls made while one batch is under way go together in the next.

One hop to a thread and one transaction then serve many people; when nobody else is there, one.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import Generic, TypeVar

from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, InterfaceError

Item = TypeVar("Item")
Result = TypeVar("Result")


def is_databases_trouble(error: BaseException) -> bool:
    """Whether the database is what fails, and not what was to be stored."""
    return isinstance(error, (DatabaseError, InterfaceError)) and not isinstance(error, (DataError, IntegrityError))


class Batches(Generic[Item, Result]):
    """`await batches(item)` gives the result of `work` for that item.

    `work` gets at most `most` items in the order of the calls, in a thread of `threads`, and returns as many
    results. If it fails for a reason that may lie in one item, each is done alone, so that it fails for itself.
    """

    def __init__(self, work: Callable[[Sequence[Item]], Sequence[Result]], most: int, threads: Executor) -> None:
        self._work = work
        self._most = most
        self._threads = threads
        self._waiting: deque[tuple[Item, asyncio.Future[Result]]] = deque()
        self._running: asyncio.Task[None] | None = None

    async def __call__(self, item: Item) -> Result:
        return await self.add(item)

    def add(self, item: Item) -> asyncio.Future[Result]:
        """The same without waiting: several added at once keep their order and go together."""
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._running is None:
            self._running = asyncio.create_task(self._run())
        return future

    async def _run(self) -> None:
        try:
            # Whoever is ready at this very moment comes along.
            await asyncio.sleep(0)
            while self._waiting:
                batch = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
                await self._do(batch)
        finally:
            self._running = None

    async def _do(self, batch: list[tuple[Item, asyncio.Future[Result]]]) -> None:
        loop = asyncio.get_running_loop()
        try:
            results = await loop.run_in_executor(self._threads, self._work, [item for item, _ in batch])
        except Exception as error:
            if len(batch) > 1 and not is_databases_trouble(error):
                for one in batch:
                    await self._do([one])
                return
            for _, future in batch:
                if not future.done():
                    future.set_exception(error)
            return
        except asyncio.CancelledError:
            for _, future in batch:
                future.cancel()
            raise
        for (_, future), result in zip(batch, results, strict=True):
            if not future.done():
                future.set_result(result)
