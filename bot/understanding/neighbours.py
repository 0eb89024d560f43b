"""What is nearest to a direction among many thousands, without comparing all of it with all of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from bot.understanding.finding.directions import AT_ONCE, PackedDirections, basis
from bot.understanding.vocabulary import Vector, likeness

CLOSELY = (
    1024  # rows that are compared exactly: of the 40 nearest askings of 150 messages one in 600 was not among them
)


class Neighbours:
    """Rows of length 1, shape (n, size), of which the nearest to a direction are asked for.

    All are compared in the few dimensions in which directions differ most, those that come out nearest in all of
    them: where many rows do not fit into the processor's cache, a fifth of the time.
    """

    def __init__(self, rows: Vector | PackedDirections) -> None:
        wide = basis() if len(rows) > 2 * CLOSELY else None
        if wide is None:
            self._rows: Vector | PackedDirections = rows[:]
            self._short = None
            return
        self._rows = rows
        few = [rows[start : start + AT_ONCE] @ wide for start in range(0, len(rows), AT_ONCE)]
        self._short = wide, np.concatenate(few)

    def nearest(self, direction: Vector) -> tuple[npt.NDArray[np.intp], Vector]:
        """The places of the nearest rows, in no order, and their cosines with `direction`: shape (n,) both."""
        if self._short is None:
            return np.arange(len(self._rows)), likeness(self._rows[:], direction)
        return self._exactly(_roughly(self._short, direction), direction)

    def likenesses(self, direction: Vector) -> Vector:
        """The cosine of `direction` with every row, shape (n,): exact for the nearest, a little low for the others."""
        if self._short is None:
            return likeness(self._rows[:], direction)
        found = _roughly(self._short, direction)
        places, exact = self._exactly(found, direction)
        found[places] = exact
        return found

    def _exactly(self, roughly: Vector, direction: Vector) -> tuple[npt.NDArray[np.intp], Vector]:
        places = np.argpartition(roughly, -CLOSELY)[-CLOSELY:]
        if isinstance(self._rows, PackedDirections):
            return places, self._rows.likeness(places, direction)
        return places, likeness(self._rows[places], direction)


def _roughly(short: tuple[Vector, Vector], direction: Vector) -> Vector:
    wide, rows = short
    found: Vector = rows @ (direction @ wide)
    return found
