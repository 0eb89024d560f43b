"""Arrows side by side: the x of every vertical stretch, the track of every horizontal one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.advice.chart.columns import span
from bot.advice.chart.lanes import Strand, lanes
from bot.advice.chart.placing import Placing
from bot.advice.chart.routing import SLOTS, ArrowRoute, Net

LANE = 26  # between arrows at one box
GUTTER_LANE = 9
_FIRST_COLUMN = 1  # its slot


@dataclass(frozen=True)
class Track:
    """A place among the horizontal stretches of a channel: `number` of `count`, from below."""

    number: int
    count: int


def across(routes: Sequence[ArrowRoute], closed: Mapping[int, float]) -> dict[int, list[float]]:
    """The x of every run, by the number of its route.

    In the first column, lines through a `closed` channel keep right of the x it is closed up to.
    """
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
            low, high = span(slot)
            if slot == _FIRST_COLUMN:
                passed = {channel for other in lane.group for channel in merged[other].channels}
                low = max([low, *(closed[channel] for channel in passed & closed.keys())])
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


def _turns(route: ArrowRoute, step: int) -> list[tuple[float, bool]]:
    """Where a run turns along a channel, and whether to the right."""
    run, ends = route.runs[step], []
    if step:
        ends.append((float(run.start), route.runs[step - 1].slot > run.slot))
    if step + 1 < len(route.runs):
        ends.append((float(run.end), route.runs[step + 1].slot > run.slot))
    return ends


def tracks(
    routes: Sequence[ArrowRoute], x: Mapping[int, Sequence[float]], placing: Placing
) -> tuple[dict[tuple[int, int], Track], dict[int, int]]:
    """The track of every stretch along a channel, by route and step; and how many each channel needs."""
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
    found: dict[tuple[int, int], Track] = {}
    counts: dict[int, int] = {}
    for channel, stretches in channels.items():
        merged = _merged(stretches)
        given = lanes([Strand(item.low, item.high, tuple(item.ends)) for item in merged])
        counts[channel] = max(lane.count for lane in given)
        for item, lane in zip(merged, given, strict=True):
            found |= dict.fromkeys(item.members, Track(lane.number, lane.count))
    return found, counts


def _from_above(route: ArrowRoute, step: int, placing: Placing) -> bool:
    """Whether a run comes down to the channel where it ends."""
    run = route.runs[step]
    if run.start != run.end or step:
        return run.start > run.end
    return run.start == placing.cells[route.arrow.start][0]


def _to_above(route: ArrowRoute, step: int, placing: Placing) -> bool:
    """Whether a run goes up from the channel where it starts."""
    run = route.runs[step]
    if run.start != run.end or step + 1 < len(route.runs):
        return run.end > run.start
    return run.end == placing.cells[route.arrow.to][0]
