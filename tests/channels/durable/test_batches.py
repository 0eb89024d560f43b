"""Calls made while one batch is under way go together in the next, and each fails for itself."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import DataError, OperationalError

from bot.channels.durable.batches import Batches


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as threads:
        yield threads


async def test_results_come_to_who_asked_in_few_batches(threads: ThreadPoolExecutor) -> None:
    sizes: list[int] = []
    open_gate = threading.Event()

    def double(items: Sequence[int]) -> list[int]:
        open_gate.wait()
        sizes.append(len(items))
        return [2 * item for item in items]

    batches = Batches(double, 10, threads)
    first = asyncio.create_task(batches(100))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    others = [batches.add(number) for number in range(25)]
    open_gate.set()
    assert await asyncio.gather(*others) == [2 * number for number in range(25)]
    assert await first == 200
    assert sum(sizes) == 26
    assert max(sizes) == 10
    assert len(sizes) <= 4


async def test_one_that_fails_does_not_take_the_others_along(threads: ThreadPoolExecutor) -> None:
    def work(items: Sequence[int]) -> list[int]:
        if 3 in items:
            raise DataError("x", None, ValueError("3 does not fit"))
        return list(items)

    batches = Batches(work, 10, threads)
    results = await asyncio.gather(*(batches.add(number) for number in range(6)), return_exceptions=True)
    assert [result for result in results if not isinstance(result, Exception)] == [0, 1, 2, 4, 5]
    assert isinstance(results[3], DataError)


async def test_trouble_of_the_database_is_everybodys_at_once(threads: ThreadPoolExecutor) -> None:
    calls = 0

    def work(items: Sequence[int]) -> list[int]:
        nonlocal calls
        calls += 1
        raise OperationalError("x", None, RuntimeError("database is locked"))

    batches = Batches(work, 10, threads)
    results = await asyncio.gather(*(batches.add(number) for number in range(6)), return_exceptions=True)
    assert all(isinstance(result, OperationalError) for result in results)
    assert calls == 1
