"""Threads for turns: each with a deadline, and none that sticks holds up the others."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator

import pytest

from bot.channels.durable.crew import Crew, StuckError


@pytest.fixture
async def crew() -> AsyncIterator[Crew]:
    crew = Crew(size=2)
    yield crew
    crew.stop()


async def test_results_and_errors_come_back(crew: Crew) -> None:
    def fail() -> None:
        raise KeyError("x")

    assert await asyncio.gather(*(crew.run(lambda number=number: number, 10) for number in range(50))) == list(
        range(50)
    )
    with pytest.raises(KeyError):
        await crew.run(fail, 10)


async def test_many_that_stick_hold_up_nobody(crew: Crew) -> None:
    forever = threading.Event()
    stuck = [asyncio.create_task(crew.run(forever.wait, 0.3)) for _ in range(6)]
    await asyncio.sleep(0)
    assert await crew.run(lambda: "answered", 30) == "answered"
    assert all(isinstance(error, StuckError) for error in await asyncio.gather(*stuck, return_exceptions=True))
    assert crew.abandoned == 6
    forever.set()
    while crew.abandoned:
        await asyncio.sleep(0)


async def test_beside_slow_ones_another_thread_serves_the_rest(crew: Crew) -> None:
    """Long before the slow ones are given up."""
    hold = threading.Event()
    slow = [asyncio.create_task(crew.run(hold.wait, 600)) for _ in range(2)]
    await asyncio.sleep(0)
    async with asyncio.timeout(30):
        assert await crew.run(lambda: "answered", 600) == "answered"
    hold.set()
    assert await asyncio.gather(*slow) == [True, True]


async def test_who_waits_for_a_free_thread_is_not_late(crew: Crew) -> None:
    """The deadline is of the work, not of the queue."""
    hold = threading.Event()
    held = [asyncio.create_task(crew.run(hold.wait, 60)) for _ in range(2)]
    await asyncio.sleep(0)
    waiting = asyncio.create_task(crew.run(lambda: "answered", 0.001))
    hold.set()
    await asyncio.gather(*held)
    assert await waiting == "answered"
