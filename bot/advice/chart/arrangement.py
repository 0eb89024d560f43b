"""The best of several placings, by what really counts: how tangled and how tall the map becomes."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations, pairwise

from bot.advice.chart.content import LadderChart
from bot.advice.chart.geometry import Point
from bot.advice.chart.layout import Layout, lay_out
from bot.advice.chart.lines import ArrowLine
from bot.advice.chart.placing import Placing, placings

KEPT = 4  # ladders: a knowledge base and those that replace it while running
_BOX_HEIGHT = 100.0
# What is as bad as a pixel more of height.
_CROSSING = 50
_LEVEL = 40  # a move up drawn level
_DOWNWARD = 150
_LENGTH = 0.1

_Segment = tuple[Point, Point]


@lru_cache(maxsize=KEPT)
def arrange(ladder: LadderChart) -> Placing:
    """Where each role stands; worked out once for a ladder, some tenths of a second."""
    heights = {box.id: _BOX_HEIGHT for box in ladder.boxes}
    found = [(placing, lay_out(ladder, placing, heights, ladder.main)) for placing in placings(ladder)]
    return min(found, key=lambda pair: _burden(*pair))[0]


def _burden(placing: Placing, layout: Layout) -> float:
    """Lower is better."""
    rows = {role: row for role, (row, _) in placing.cells.items()}
    wrong = 0
    for line in layout.lines:
        rise = rows[line.arrow.to] - rows[line.arrow.start]
        wrong += _DOWNWARD * (rise < 0) + _LEVEL * (rise == 0 and line.arrow.kind == "up")
    length = sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for line in layout.lines for a, b in pairwise(line.points))
    return layout.height + _CROSSING * crossings(layout.lines) + _LENGTH * length + wrong


def crossings(lines: tuple[ArrowLine, ...]) -> int:
    """How often lines cross that do not lead to one box in one style."""
    segments = [(line, list(pairwise(line.points))) for line in lines]
    return sum(
        _cross(one, other)
        for (first, mine), (second, yours) in combinations(segments, 2)
        if (first.arrow.to, first.arrow.kind) != (second.arrow.to, second.arrow.kind)
        for one in mine
        for other in yours
    )


def _cross(one: _Segment, other: _Segment) -> bool:
    """Whether an upright and a level segment cross."""
    upright, level = (one, other) if one[0][0] == one[1][0] else (other, one)
    if upright[0][0] != upright[1][0] or level[0][1] != level[1][1]:
        return False
    left, right = sorted((level[0][0], level[1][0]))
    top, bottom = sorted((upright[0][1], upright[1][1]))
    return left < upright[0][0] < right and top < level[0][1] < bottom
