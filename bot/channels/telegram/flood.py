"""More messages from one person than anybody reads: one notice, then silence until the minute has passed."""

from __future__ import annotations

from collections import deque
from typing import Literal

MINUTE = 60.0
# Taps are quick: ticking a list of ten is no flood.
PRESSES_PER_MESSAGE = 3
REMEMBERED_PEOPLE = 10_000

FloodVerdict = Literal["pass", "notice", "drop"]


class FloodGuard:
    """Counts what each person sent within a minute. `limit` is in messages; 0 lets everything pass."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._times: dict[tuple[str, bool], deque[float]] = {}
        self._noticed: dict[str, float] = {}

    def judge(self, person: str, sent_at: float, *, press: bool = False) -> FloodVerdict:
        """What to do with one more. `sent_at` is when it was written, in seconds.

        Not when it came: a day's messages arrive within a second after the bot was away.
        """
        if not self._limit:
            return "pass"
        times = self._of(person, press, sent_at)
        while times and times[0] <= sent_at - MINUTE:
            times.popleft()
        if len(times) < self._limit * (PRESSES_PER_MESSAGE if press else 1):
            times.append(sent_at)
            return "pass"
        if press or self._noticed.get(person, float("-inf")) > sent_at - MINUTE:
            return "drop"
        self._noticed[person] = sent_at
        return "notice"

    def _of(self, person: str, press: bool, now: float) -> deque[float]:
        if len(self._times) >= REMEMBERED_PEOPLE:
            self._times = {key: times for key, times in self._times.items() if times and times[-1] > now - MINUTE}
            self._noticed = {key: time for key, time in self._noticed.items() if time > now - MINUTE}
        return self._times.setdefault((person, press), deque())
