"""Pacing with a clock that is moved by hand: no test waits."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pytest

from bot.channels.telegram.pacing import Pacing


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def send_all(pacing: Pacing, clock: Clock, chats: Iterable[int]) -> list[float]:
    """When each message went, one after the other, waiting as told."""
    times = []
    for chat in chats:
        while wait := pacing.wait(chat):
            clock.now += wait
        pacing.sent(chat)
        times.append(clock.now)
    return times


def most_within(times: list[float], seconds: float) -> int:
    return max(sum(start <= time < start + seconds for time in times) for start in times)


def test_a_private_chat_gets_a_burst_and_then_one_a_second() -> None:
    clock = Clock()
    times = send_all(Pacing(30, clock), clock, [7] * 12)
    assert times[3] < 101
    assert [round(later - earlier) for earlier, later in pairwise(times[3:])] == [1] * 8


def test_a_burst_is_earned_again_by_silence() -> None:
    clock = Clock()
    pacing = Pacing(30, clock)
    send_all(pacing, clock, [7] * 8)
    clock.now += 60
    before = clock.now
    assert send_all(pacing, clock, [7] * 4)[-1] - before < 1


def test_a_group_gets_twenty_a_minute_at_most() -> None:
    clock = Clock()
    times = send_all(Pacing(30, clock), clock, [-100] * 100)
    assert 16 <= most_within(times, 60) <= 20


@pytest.mark.parametrize("rate", [30.0, 5.0, 1.0, 0.5])
def test_all_chats_together_keep_the_rate(rate: float) -> None:
    clock = Clock()
    times = send_all(Pacing(rate, clock), clock, range(1, 200))
    assert most_within(times, 10) <= 10 * rate + max(1, rate * 0.1)
    assert (len(times) - 1) / (times[-1] - times[0]) == pytest.approx(rate, rel=0.05)


def test_whoever_waits_has_a_place_in_the_queue() -> None:
    clock = Clock()
    pacing = Pacing(1, clock)
    waits = {chat: pacing.wait(chat) for chat in (1, 2, 3, 4)}
    assert waits == {1: 0, 2: pytest.approx(1), 3: pytest.approx(2), 4: pytest.approx(3)}
    clock.now += 2
    assert pacing.wait(3) == 0
    pacing.sent(3)
    assert pacing.wait(5) == pytest.approx(2)


def test_without_a_rate_nothing_waits() -> None:
    clock = Clock()
    assert send_all(Pacing(0, clock), clock, [7] * 1000) == [100.0] * 1000
