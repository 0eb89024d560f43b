"""Arrows as lines of straight stretches, and how those to one box flow together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.advice.chart.content import Arrow
from bot.advice.chart.geometry import Point
from bot.advice.chart.routing import ArrowRoute, Net

JOIN = 9.0  # a line that joins another goes along with it so far, to end in a curve
_CLOSE = 0.01


@dataclass(frozen=True)
class ArrowLine:
    """An arrow as the corners of its way, the head at the last.

    Arrows to one box may end in one line: `drawn` is the part that no earlier one has drawn yet,
    and `head` is true for the one that draws the arrowhead.
    """

    arrow: Arrow
    points: tuple[Point, ...]
    drawn: tuple[Point, ...]
    head: bool = True


def without_false_corners(points: Sequence[Point]) -> tuple[Point, ...]:
    """The same way without corners that lie on a straight stretch."""
    kept = list(points[:1])
    for here, after in pairwise(points[1:]):
        before = kept[-1]
        if here != before and not (before[0] == here[0] == after[0] or before[1] == here[1] == after[1]):
            kept.append(here)
    return (*kept, points[-1])


def joined(routes: Sequence[ArrowRoute], ways: Sequence[tuple[Point, ...]]) -> tuple[ArrowLine, ...]:
    """The lines of all routes; of those of one net that end alike, each draws only what is new."""
    drawn: dict[tuple[Net, Point], list[tuple[Point, ...]]] = {}
    lines = []
    for route, way in zip(routes, ways, strict=True):
        others = drawn.setdefault((route.net, way[-1]), [])
        shared = max((_shared(way, other) for other in others), default=0.0)
        lines.append(ArrowLine(route.arrow, way, _without_end(way, shared - JOIN), head=not others))
        others.append(way)
    return tuple(lines)


def _shared(way: Sequence[Point], other: Sequence[Point]) -> float:
    """How long two ways that end at one point have been the same."""
    length = 0.0
    mine, yours = list(reversed(way)), list(reversed(other))
    at = mine.pop(0)
    yours.pop(0)
    while mine and yours:
        one, two = _apart(at, mine[0]), _apart(at, yours[0])
        step = min(one, two)
        if step <= _CLOSE or _apart(_towards(at, mine[0], step), _towards(at, yours[0], step)) > _CLOSE:
            break
        at = _towards(at, mine[0], step)
        length += step
        if one - step <= _CLOSE:
            mine.pop(0)
        if two - step <= _CLOSE:
            yours.pop(0)
    return length


def _without_end(way: Sequence[Point], length: float) -> tuple[Point, ...]:
    """A way cut short at its end; at least its first stretch remains."""
    points = list(way)
    while length > 0 and len(points) > 1:
        last = _apart(points[-2], points[-1])
        if last > length:
            points[-1] = _towards(points[-1], points[-2], length)
            break
        length -= last
        points.pop()
    return tuple(points) if len(points) > 1 else tuple(way)


def _apart(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(start: Point, end: Point, length: float) -> Point:
    """The point so far along an upright or level stretch."""
    whole = _apart(start, end) or 1.0
    return start[0] + (end[0] - start[0]) * length / whole, start[1] + (end[1] - start[1]) * length / whole
