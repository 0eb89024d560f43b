from __future__ import annotations

import asyncio
from collections import defaultdict

from bot.channels.durable.lanes import Lanes


async def test_work_of_a_key_runs_in_order_and_never_twice_at_a_time() -> None:
    todo = {key: list(range(20)) for key in range(5)}
    done: defaultdict[int, list[int]] = defaultdict(list)
    busy: set[int] = set()

    async def work(key: int) -> float | None:
        if not todo[key]:
            return None
        assert key not in busy
        busy.add(key)
        item = todo[key].pop(0)
        await asyncio.sleep(0)
        done[key].append(item)
        busy.discard(key)
        return 0

    lanes = Lanes("test", work, 3)
    for _ in range(3):
        for key in todo:
            lanes.wake(key)
    await lanes.idle()
    assert done == {key: list(range(20)) for key in range(5)}


async def test_no_more_than_so_many_at_once() -> None:
    running, most = 0, 0

    async def work(key: int) -> float | None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1
        return None

    lanes = Lanes("test", work, 4)
    for key in range(20):
        lanes.wake(key)
    await lanes.idle()
    assert most == 4


async def test_a_lane_that_hangs_or_fails_holds_up_no_other() -> None:
    done: list[str] = []

    async def work(key: str) -> float | None:
        if key == "hangs":
            await asyncio.Event().wait()
        if key == "fails":
            raise RuntimeError
        if key == "waits":
            return 3600
        done.append(key)
        return None

    lanes = Lanes("test", work, 2)
    for key in ("hangs", "fails", "waits", "a", "b"):
        lanes.wake(key)
    while done != ["a", "b"]:
        await asyncio.sleep(0)
    await lanes.stop()
    await lanes.idle()


async def test_what_failed_is_tried_again() -> None:
    tries = 0

    async def work(key: str) -> float | None:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise RuntimeError
        return None

    lanes = Lanes("test", work, 1)
    lanes.wake("a")
    await lanes.idle()
    assert tries == 2


async def test_a_wake_during_the_last_piece_of_work_is_heard() -> None:
    calls = 0

    async def work(key: str) -> float | None:
        nonlocal calls
        calls += 1
        if calls == 1:
            lanes.wake("a")
        return None

    lanes = Lanes("test", work, 1)
    lanes.wake("a")
    await lanes.idle()
    assert calls == 2
