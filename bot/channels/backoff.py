"""How long to wait before trying again: twice as long each time, with jitter, up to a ceiling."""

from __future__ import annotations

import random

FIRST_SECONDS = 0.5
# What is back is noticed soon; a bot that asks three times a minute is no burden to anybody.
LONGEST_SECONDS = 20.0


class Backoff:
    """One series of `failures`; `reset` after a success."""

    def __init__(self, first: float = FIRST_SECONDS, longest: float = LONGEST_SECONDS) -> None:
        self._first = first
        self._longest = longest
        self.failures = 0

    def next(self) -> float:
        """Seconds to wait now: between half of and the whole step, so that many who failed together spread out."""
        # Beyond some doublings the ceiling holds anyway, and the power would overflow.
        step = min(self._longest, self._first * float(1 << min(self.failures, 32)))
        self.failures += 1
        return step * random.uniform(0.5, 1.0)  # noqa: S311 - no secret

    def reset(self) -> None:
        """Start again from the first step."""
        self.failures = 0
