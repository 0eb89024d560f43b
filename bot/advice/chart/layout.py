"""The map in pixels: where boxes, arrows and the names of levels lie.

Everything is worked out from the ladder: places (`placing`), ways (`routing`), lanes (`gaps`);
then each row gets the height of its tallest box and each channel that of its tracks.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.advice.chart.columns import BOX_WIDTH, MARGIN, left
from bot.advice.chart.content import Arrow, LadderChart
from bot.advice.chart.gaps import across, tracks
from bot.advice.chart.geometry import WIDTH, MeasuredText, Point, Rect, words
from bot.advice.chart.lines import ArrowLine, joined, without_false_corners
from bot.advice.chart.placing import Placing
from bot.advice.chart.routing import ArrowRoute, find_routes

TRACK = 11  # between arrows in a channel
BELOW_TRACKS = 20
ABOVE_TRACKS = 26  # room for arrowheads
EDGE = 16
LABEL_SIZE = 24
LABEL_WIDTH = BOX_WIDTH - 60  # arrows into the first column pass right of a level's name
LABEL_GAP = 10
BESIDE = 18  # between two arrows from side to side


@dataclass(frozen=True)
class Band:
    """A level: its area and its name in the upper left corner."""

    area: Rect
    label: Rect
    name: MeasuredText


@dataclass(frozen=True)
class Layout:
    """A map of `height` pixels, 720 wide, its upper left corner at (0, 0); bands lowest first."""

    height: float
    bands: tuple[Band, ...]
    boxes: Mapping[str, Rect]
    lines: tuple[ArrowLine, ...]


def lay_out(
    ladder: LadderChart,
    placing: Placing,
    heights: Mapping[str, float],
    arrows: Sequence[Arrow],
    alone: Collection[Arrow] = (),
) -> Layout:
    """Lay out `arrows` between boxes that hold words of the given `heights`.

    Arrows to one box may share a line at its end; those `alone` never do.
    """
    limits = [LABEL_WIDTH] * (len(ladder.levels) - 1) + [WIDTH - 2 * MARGIN]  # nothing leads out of the top
    names = [words(name, limit, LABEL_SIZE, "bold") for name, limit in zip(ladder.levels, limits, strict=True)]
    closed = {level.stop: name for level, name in zip(placing.rows, names, strict=True)}
    crossed = {channel: name for channel, name in closed.items() if channel < placing.height}
    routes = find_routes(placing, arrows, alone, crossed)
    x = across(routes, {channel: MARGIN + name.width + LABEL_GAP for channel, name in crossed.items()})
    places, counts = tracks(routes, x, placing)
    used = {node[0] for route in routes for node in route.nodes}
    tops, bottoms, strips, height = _heights(placing, heights, closed, counts, used)
    boxes = {
        role: Rect(left(column), tops[row], BOX_WIDTH, bottoms[row] - tops[row])
        for role, (row, column) in placing.cells.items()
    }
    ways: list[tuple[Point, ...]] = []
    for number, route in enumerate(routes):
        if route.beside:
            ways.append(_beside(number, routes, boxes))
            continue
        points = [_door(boxes[route.arrow.start], route.nodes[0], placing.cells[route.arrow.start], x[number][0])]
        for step, channel in enumerate(run.end for run in route.runs[:-1]):
            track = places[number, step]
            y = tops[channel - 1] if channel else height
            y -= BELOW_TRACKS + TRACK * (track.number + (counts[channel] - track.count) / 2)
            points += [(x[number][step], y), (x[number][step + 1], y)]
        points.append(_door(boxes[route.arrow.to], route.nodes[-1], placing.cells[route.arrow.to], x[number][-1]))
        ways.append(without_false_corners(points))
    return Layout(height, _bands(placing, names, strips, height), boxes, joined(routes, ways))


def _heights(
    placing: Placing,
    heights: Mapping[str, float],
    closed: Mapping[int, MeasuredText],
    counts: Mapping[int, int],
    used: Collection[int],
) -> tuple[dict[int, float], dict[int, float], dict[int, float], float]:
    """The top and the bottom of every row, the top of every strip with a level's name, and the whole."""
    tops: dict[int, float] = {}
    bottoms: dict[int, float] = {}
    strips: dict[int, float] = {}
    y = 0.0
    for channel in range(placing.height, -1, -1):
        if channel in closed:
            y += ABOVE_TRACKS if channel < placing.height else 0
            y += LABEL_GAP
            strips[channel] = y
            y += closed[channel].height + LABEL_GAP + EDGE
        if channel in used:
            y += TRACK * max(0, counts.get(channel, 0) - 1)
            y += BELOW_TRACKS + (0 if channel in closed else ABOVE_TRACKS)
        elif channel not in closed:
            y += EDGE
        if channel:
            row = channel - 1
            tops[row] = y
            y += max((heights[role] for role, (taken, _) in placing.cells.items() if taken == row), default=0.0)
            bottoms[row] = y
    return tops, bottoms, strips, y


def _door(box: Rect, node: tuple[int, int], cell: tuple[int, int], x: float) -> Point:
    """Where an arrow leaves or enters a box: above it or below it."""
    return x, box.y if node[0] > cell[0] else box.bottom


def _beside(number: int, routes: Sequence[ArrowRoute], boxes: Mapping[str, Rect]) -> tuple[Point, ...]:
    """From side to side; several between the same two boxes run one below the other."""
    arrow = routes[number].arrow
    ends = {arrow.start, arrow.to}
    same = [other for other, route in enumerate(routes) if route.beside and {route.arrow.start, route.arrow.to} == ends]
    start, end = boxes[arrow.start], boxes[arrow.to]
    y = start.centre[1] + (same.index(number) - (len(same) - 1) / 2) * BESIDE
    return ((start.right, y), (end.x, y)) if start.x < end.x else ((start.x, y), (end.right, y))


def _bands(
    placing: Placing, names: Sequence[MeasuredText], strips: Mapping[int, float], height: float
) -> tuple[Band, ...]:
    bands = []
    for level, name in zip(placing.rows, names, strict=True):
        top = strips[level.stop] - LABEL_GAP
        bottom = strips[level.start] - LABEL_GAP if level.start in strips else height
        label = Rect(MARGIN, strips[level.stop], name.width, name.height)
        bands.append(Band(Rect(0, top, WIDTH, bottom - top), label, name))
    return tuple(bands)
