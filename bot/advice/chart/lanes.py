"""Lines that share a gap: each gets a lane of its own, ordered so that few cross.

The same law serves vertical stretches in a slot and horizontal ones in a channel. A `Strand`
covers an interval and has ends; at an end it turns to the `lower` or the `upper` side of its
neighbours (left or right, down or up). Of two strands whose intervals meet, the one on the
upper side is crossed by an end of the other that turns up within its interval, and the reverse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_UNDECIDED = 0.2  # both end at the same place: whether they cross is settled elsewhere
_MAX_SWEEPS = 20
_EQUAL = 1e-9


@dataclass(frozen=True)
class Strand:
    """What takes a lane: `ends` are (place, whether it turns to the upper side)."""

    low: float
    high: float
    ends: tuple[tuple[float, bool], ...]

    def meets(self, other: Strand) -> bool:
        """Whether both need lanes of their own."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True)
class Lane:
    """A place side by side with others: `number` of `count`, from the lower side.

    `group` are the numbers of all strands that meet, directly or through others.
    """

    number: int
    count: int
    group: tuple[int, ...]


def lanes(strands: Sequence[Strand]) -> list[Lane]:
    """A lane for every strand, none shared by two that meet."""
    order = sorted(range(len(strands)), key=lambda index: _leaning(strands[index]))
    for _ in range(_MAX_SWEEPS):
        before = list(order)
        for index in before:
            _insert(order, index, strands)
        if order == before:
            break
    lane: dict[int, int] = {}
    for index in order:
        lane[index] = 1 + max((lane[other] for other in lane if strands[index].meets(strands[other])), default=-1)
    groups = _groups(strands)
    return [
        Lane(lane[index], 1 + max(lane[other] for other in groups[index]), tuple(groups[index]))
        for index in range(len(strands))
    ]


def _insert(order: list[int], index: int, strands: Sequence[Strand]) -> None:
    """Move one strand to where it crosses fewest others; among equals, nowhere."""
    here = order.index(index)
    order.pop(here)
    strand = strands[index]
    cost = sum(_crossings(strand, strands[other]) for other in order)
    costs = [cost]
    for other in order:
        cost += _crossings(strands[other], strand) - _crossings(strand, strands[other])
        costs.append(cost)
    best = min(costs) + _EQUAL
    order.insert(here if costs[here] <= best else next(at for at, cost in enumerate(costs) if cost <= best), index)


def _leaning(strand: Strand) -> float:
    """How much it turns to the upper side, from -1 to 1."""
    return sum(1 if upper else -1 for _, upper in strand.ends) / max(1, len(strand.ends))


def _crossings(below: Strand, above: Strand) -> float:
    """How often two strands cross with these sides."""
    if not below.meets(above):
        return 0.0
    return sum(_cut(place, above) for place, upper in below.ends if upper) + sum(
        _cut(place, below) for place, upper in above.ends if not upper
    )


def _cut(place: float, strand: Strand) -> float:
    if strand.low < place < strand.high:
        return 1.0
    return _UNDECIDED if strand.low <= place <= strand.high else 0.0


def _groups(strands: Sequence[Strand]) -> list[list[int]]:
    """For every strand the numbers of its group."""
    groups: list[list[int]] = []
    for index, strand in enumerate(strands):
        joined = [group for group in groups if any(strand.meets(strands[other]) for other in group)]
        groups = [group for group in groups if group not in joined]
        groups.append([index, *(other for group in joined for other in group)])
    by_index = {index: group for group in groups for index in group}
    return [by_index[index] for index in range(len(strands))]
