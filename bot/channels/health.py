"""What is wrong at the moment, in sentences for whoever runs the bot."""

from __future__ import annotations

import time
from collections.abc import Callable


class Health:
    """Each part says when it fails and when it is well again; a short failure is no problem yet."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failing: dict[str, tuple[float, float, str]] = {}

    def fails(self, part: str, problem: str, patience: float = 0.0) -> None:
        """A part fails; it counts as a problem after `patience` seconds without a success."""
        since = self._failing[part][0] if part in self._failing else self._clock()
        self._failing[part] = (since, patience, problem)

    def well(self, part: str) -> None:
        """A part works."""
        self._failing.pop(part, None)

    def problems(self, *parts: str) -> list[str]:
        """What has failed for long enough, of these parts if any are named; what two parts say alike, once."""
        now = self._clock()
        failing = (
            problem
            for part, (since, patience, problem) in self._failing.items()
            if now - since >= patience and (not parts or part in parts)
        )
        return list(dict.fromkeys(failing))
