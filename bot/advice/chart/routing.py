"""Which way each arrow takes between the boxes, on the coarse grid of gaps.

Between rows lie channels (channel k below row k), between and beside columns lie gutters. A
slot is a gutter (even) or a column (odd): slot 2c + 1 is column c. An arrow leaves its box
into the channel above or below, walks along channels, climbs in gutters or through empty
cells, and enters the other box from below or above; it never runs behind a box.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bot.advice.chart.content import Arrow
from bot.advice.chart.placing import COLUMNS, Cell, Placing

SLOTS = 2 * COLUMNS + 1
_STEP_ALONG = 1.0
_STEP_UP = 1.1
_BEND = 0.8
_CROWDED = 0.4  # for each other arrow on the same stretch
_CROSSED = 0.7  # for each other arrow that runs across
_MERGED = 0.6  # share of the cost on a stretch that an arrow to the same box takes already
_WRONG_SIDE = 3.0  # a move upward that leaves below, or enters from above

_INSIDE = (-1, -1)  # a made-up node: the box that an arrow leads to

Net = tuple[str, ...]
Node = tuple[int, int]


@dataclass(frozen=True)
class VerticalRun:
    """A vertical stretch in a slot, from one channel to another, or within one."""

    slot: int
    start: int
    end: int

    @property
    def low(self) -> int:
        """The lower of its channels."""
        return min(self.start, self.end)

    @property
    def high(self) -> int:
        """The higher of its channels."""
        return max(self.start, self.end)


@dataclass(frozen=True)
class ArrowRoute:
    """The way of an arrow: `nodes` are (channel, slot). Arrows of one `net` may share a line.

    `beside` routes have no nodes: they go straight from side to side within a row.
    """

    arrow: Arrow
    net: Net
    nodes: tuple[Node, ...] = ()

    @property
    def beside(self) -> bool:
        """Whether it goes straight to the neighbour."""
        return not self.nodes

    @property
    def runs(self) -> tuple[VerticalRun, ...]:
        """The vertical stretches, from start to end; between two lies a stretch along a channel."""
        stretches = [[self.nodes[0]]]
        for node in self.nodes[1:]:
            if node[1] == stretches[-1][-1][1]:
                stretches[-1].append(node)
            else:
                stretches.append([node])
        last = len(stretches) - 1
        # In the middle, a single node is only passed along its channel.
        upright = [nodes for at, nodes in enumerate(stretches) if at in (0, last) or len(nodes) > 1]
        return tuple(VerticalRun(nodes[0][1], nodes[0][0], nodes[-1][0]) for nodes in upright)


class _Traffic:
    """How much goes where already."""

    def __init__(self) -> None:
        self.steps: Counter[tuple[Node, Node]] = Counter()
        self.nets: set[tuple[Net, Node, Node]] = set()
        self.along: Counter[Node] = Counter()
        self.upright: Counter[Node] = Counter()

    def add(self, route: ArrowRoute) -> None:
        for here, there in zip(route.nodes, route.nodes[1:], strict=False):
            step = (min(here, there), max(here, there))
            if (route.net, *step) in self.nets:
                continue
            self.nets.add((route.net, *step))
            self.steps[step] += 1
            counter = self.along if here[0] == there[0] else self.upright
            counter[here] += 1
            counter[there] += 1

    def cost(self, net: Net, here: Node, there: Node) -> float:
        step = (min(here, there), max(here, there))
        level = here[0] == there[0]
        length = _STEP_ALONG if level else _STEP_UP
        if (net, *step) in self.nets:
            return length * _MERGED
        across = self.upright if level else self.along
        return length + _CROWDED * self.steps[step] + _CROSSED * across[there]


def find_routes(
    placing: Placing, arrows: Sequence[Arrow], alone: Collection[Arrow], closed: Collection[int]
) -> tuple[ArrowRoute, ...]:
    """A way for every arrow. Those `alone` share no line with others and are laid first.

    In a `closed` channel a level's name stands at the left edge: nothing climbs there from it.
    """
    taken = {cell: role for role, cell in placing.cells.items()}
    traffic = _Traffic()
    found: dict[Arrow, ArrowRoute] = {}
    for arrow in sorted(arrows, key=lambda arrow: (arrow not in alone, _distance(placing, arrow), arrow.start)):
        start, end = placing.cells[arrow.start], placing.cells[arrow.to]
        net: Net = (arrow.to, arrow.kind) + ((arrow.start,) if arrow in alone else ())
        route = ArrowRoute(arrow, net)
        if not _neighbours(start, end, taken):
            route = ArrowRoute(arrow, net, _shortest(start, end, net, placing.height, taken, traffic, closed))
        traffic.add(route)
        found[arrow] = route
    return tuple(found[arrow] for arrow in arrows)


def _distance(placing: Placing, arrow: Arrow) -> int:
    start, end = placing.cells[arrow.start], placing.cells[arrow.to]
    return abs(start[0] - end[0]) + abs(start[1] - end[1])


def _neighbours(start: Cell, end: Cell, taken: Collection[Cell]) -> bool:
    """Whether both stand in one row with nothing between."""
    low, high = sorted((start[1], end[1]))
    return start[0] == end[0] and not any((start[0], column) in taken for column in range(low + 1, high))


def _shortest(
    start: Cell,
    end: Cell,
    net: Net,
    height: int,
    taken: Collection[Cell],
    traffic: _Traffic,
    closed: Collection[int],
) -> tuple[Node, ...]:
    """Dijkstra over (node, direction); ties go to the smaller nodes."""
    rising = end[0] > start[0]
    doors = {(end[0], 2 * end[1] + 1): 0.0 if rising else _WRONG_SIDE}
    doors[end[0] + 1, 2 * end[1] + 1] = _WRONG_SIDE if rising else 0.0
    queue: list[tuple[float, Node, bool, tuple[Node, ...]]] = []
    for channel, above in ((start[0] + 1, True), (start[0], False)):
        node = (channel, 2 * start[1] + 1)
        heapq.heappush(queue, (0.0 if above == rising else _WRONG_SIDE, node, False, (node,)))
    done: set[tuple[Node, bool]] = set()
    while queue:
        cost, node, level, trail = heapq.heappop(queue)
        if node == _INSIDE:
            return trail[:-1]
        if (node, level) in done:
            continue
        done.add((node, level))
        if node in doors:
            heapq.heappush(queue, (cost + doors[node] + _BEND * level, _INSIDE, False, (*trail, _INSIDE)))
        for there in _around(node, height, taken, closed):
            turned = (there[0] == node[0]) != level
            step = traffic.cost(net, node, there) + _BEND * turned
            heapq.heappush(queue, (cost + step, there, there[0] == node[0], (*trail, there)))
    raise AssertionError("gutters connect every channel")


def _around(node: Node, height: int, taken: Collection[Cell], closed: Collection[int]) -> Iterator[Node]:
    """The nodes one step away."""
    channel, slot = node
    if slot > 0:
        yield channel, slot - 1
    if slot < SLOTS - 1:
        yield channel, slot + 1
    for there, row in ((channel + 1, channel), (channel - 1, channel - 1)):
        if not 0 <= there <= height:
            continue
        free = slot % 2 == 0 or (row, slot // 2) not in taken
        if free and not (slot == 0 and row in closed):
            yield there, slot
