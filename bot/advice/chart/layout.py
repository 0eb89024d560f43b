"""The map in pixels: where boxes, arrows and the names of levels lie.

Everything is worked out from the ladder: places (`placing`), ways (`routing`), lanes (`lanes`);
then each row gets the height of its tallest box and each channel that of its tracks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.advice.chart.content import Arrow, Ladder
from bot.advice.chart.geometry import WIDTH, Point, Rect, Words, words
from bot.advice.chart.lanes import Strand, lanes
from bot.advice.chart.lines import Line, joined, without_false_corners
from bot.advice.chart.placing import COLUMNS, Placing
from bot.advice.chart.routing import SLOTS, Net, Route, find_routes

MARGIN = 28
GUTTER = 38
BOX_WIDTH = (WIDTH - 2 * MARGIN - (COLUMNS - 1) * GUTTER) / COLUMNS
PADDING = 12  # between the edge of a box and its words
LANE = 26  # between arrows at one box
GUTTER_LANE = 9
TRACK = 11  # between arrows in a channel
CORNER = 18  # no arrow meets a box nearer to its corner
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
    name: Words


@dataclass(frozen=True)
class Layout:
    """A map of `height` pixels, 720 wide, its upper left corner at (0, 0); bands lowest first."""

    height: float
    bands: tuple[Band, ...]
    boxes: Mapping[str, Rect]
    lines: tuple[Line, ...]


def lay_out(
    ladder: Ladder,
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
    x = _across(routes, crossed)
    tracks, counts = _tracks(routes, x, placing)
    used = {node[0] for route in routes for node in route.nodes}
    tops, bottoms, strips, height = _heights(placing, heights, closed, counts, used)
    boxes = {
        role: Rect(_left(column), tops[row], BOX_WIDTH, bottoms[row] - tops[row])
        for role, (row, column) in placing.cells.items()
    }
    ways: list[tuple[Point, ...]] = []
    for number, route in enumerate(routes):
        if route.beside:
            ways.append(_beside(number, routes, boxes))
            continue
        points = [_door(boxes[route.arrow.start], route.nodes[0], placing.cells[route.arrow.start], x[number][0])]
        for step, channel in enumerate(run.end for run in route.runs[:-1]):
            lane, count = tracks[number, step]
            y = tops[channel - 1] if channel else height
            y -= BELOW_TRACKS + TRACK * (lane + (counts[channel] - count) / 2)
            points += [(x[number][step], y), (x[number][step + 1], y)]
        points.append(_door(boxes[route.arrow.to], route.nodes[-1], placing.cells[route.arrow.to], x[number][-1]))
        ways.append(without_false_corners(points))
    return Layout(height, _bands(placing, names, strips, height), boxes, joined(routes, ways))


def _left(column: int) -> float:
    return MARGIN + column * (BOX_WIDTH + GUTTER)


def _span(slot: int) -> tuple[float, float]:
    """Where vertical lines may be in a slot."""
    if slot % 2:
        return _left(slot // 2) + CORNER, _left(slot // 2) + BOX_WIDTH - CORNER
    gutter = slot // 2
    left = 0 if gutter == 0 else _left(gutter - 1) + BOX_WIDTH
    return left, WIDTH if gutter == COLUMNS else _left(gutter)


def _across(routes: Sequence[Route], closed: Mapping[int, Words]) -> dict[int, list[float]]:
    """The x of every run, by the number of its route."""
    found: dict[tuple[int, int], float] = {}
    for slot in range(SLOTS):
        stretches = [
            _Stretch(route.net, run.low, run.high, _turns(route, step), {(number, step)})
            for number, route in enumerate(routes)
            if not route.beside
            for step, run in enumerate(route.runs)
            if run.slot == slot
        ]
        merged = _merged(stretches)
        given = lanes([Strand(item.low, item.high, tuple(item.ends)) for item in merged])
        for item, lane in zip(merged, given, strict=True):
            low, high = _span(slot)
            if slot == 1:
                passed = [
                    closed[channel] for other in lane.group for channel in merged[other].channels if channel in closed
                ]
                low = max([low, *(MARGIN + name.width + LABEL_GAP for name in passed)])
            step_width = min(LANE if slot % 2 else GUTTER_LANE, (high - low) / lane.count)
            x = (low + high) / 2 + (lane.number - (lane.count - 1) / 2) * step_width
            found |= dict.fromkeys(item.members, x)
    return {
        number: [found[number, step] for step in range(len(route.runs))]
        for number, route in enumerate(routes)
        if not route.beside
    }


@dataclass
class _Stretch:
    """A stretch that arrows of one net share: `members` are (route, step of its way)."""

    net: Net
    low: float
    high: float
    ends: list[tuple[float, bool]]
    members: set[tuple[int, int]]

    @property
    def channels(self) -> range:
        return range(int(self.low), int(self.high) + 1)

    def joined(self, other: _Stretch) -> _Stretch:
        low, high = min(self.low, other.low), max(self.high, other.high)
        return _Stretch(self.net, low, high, [*other.ends, *self.ends], other.members | self.members)


def _merged(stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """Those of one net that meet, as one."""
    found: list[_Stretch] = []
    for stretch in stretches:
        whole = stretch
        for other in list(found):
            if other.net == whole.net and other.low <= whole.high and whole.low <= other.high:
                found.remove(other)
                whole = whole.joined(other)
        found.append(whole)
    return found


def _turns(route: Route, step: int) -> list[tuple[float, bool]]:
    """Where a run turns along a channel, and whether to the right."""
    run, ends = route.runs[step], []
    if step:
        ends.append((float(run.start), route.runs[step - 1].slot > run.slot))
    if step + 1 < len(route.runs):
        ends.append((float(run.end), route.runs[step + 1].slot > run.slot))
    return ends


def _tracks(
    routes: Sequence[Route], x: Mapping[int, Sequence[float]], placing: Placing
) -> tuple[dict[tuple[int, int], tuple[int, int]], dict[int, int]]:
    """The track of every stretch along a channel with how many its group has, by route and step.

    The second is how many tracks a channel needs.
    """
    channels: dict[int, list[_Stretch]] = defaultdict(list)
    for number, xs in x.items():
        route = routes[number]
        for step, run in enumerate(route.runs[:-1]):
            ends = [
                (xs[step], _from_above(route, step, placing)),
                (xs[step + 1], _to_above(route, step + 1, placing)),
            ]
            low, high = sorted(place for place, _ in ends)
            channels[run.end].append(_Stretch(route.net, low, high, ends, {(number, step)}))
    found: dict[tuple[int, int], tuple[int, int]] = {}
    counts: dict[int, int] = {}
    for channel, stretches in channels.items():
        merged = _merged(stretches)
        given = lanes([Strand(item.low, item.high, tuple(item.ends)) for item in merged])
        counts[channel] = max(lane.count for lane in given)
        for item, lane in zip(merged, given, strict=True):
            found |= dict.fromkeys(item.members, (lane.number, lane.count))
    return found, counts


def _from_above(route: Route, step: int, placing: Placing) -> bool:
    """Whether a run comes down to the channel where it ends."""
    run = route.runs[step]
    if run.start != run.end or step:
        return run.start > run.end
    return run.start == placing.cells[route.arrow.start][0]


def _to_above(route: Route, step: int, placing: Placing) -> bool:
    """Whether a run goes up from the channel where it starts."""
    run = route.runs[step]
    if run.start != run.end or step + 1 < len(route.runs):
        return run.end > run.start
    return run.end == placing.cells[route.arrow.to][0]


def _heights(
    placing: Placing,
    heights: Mapping[str, float],
    closed: Mapping[int, Words],
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


def _beside(number: int, routes: Sequence[Route], boxes: Mapping[str, Rect]) -> tuple[Point, ...]:
    """From side to side; several between the same two boxes run one below the other."""
    arrow = routes[number].arrow
    ends = {arrow.start, arrow.to}
    same = [other for other, route in enumerate(routes) if route.beside and {route.arrow.start, route.arrow.to} == ends]
    start, end = boxes[arrow.start], boxes[arrow.to]
    y = start.centre[1] + (same.index(number) - (len(same) - 1) / 2) * BESIDE
    return ((start.right, y), (end.x, y)) if start.x < end.x else ((start.x, y), (end.right, y))


def _bands(placing: Placing, names: Sequence[Words], strips: Mapping[int, float], height: float) -> tuple[Band, ...]:
    bands = []
    for level, name in zip(placing.rows, names, strict=True):
        top = strips[level.stop] - LABEL_GAP
        bottom = strips[level.start] - LABEL_GAP if level.start in strips else height
        label = Rect(MARGIN, strips[level.stop], name.width, name.height)
        bands.append(Band(Rect(0, top, WIDTH, bottom - top), label, name))
    return tuple(bands)
