"""Where each role stands: a row and a column on a grid, worked out from the moves alone.

Levels are stacked from the bottom up. Within a level a role stands above those that lead up to
it. Columns and rows are then improved step by step: each role tries every free place and every
exchange within its level, and keeps what shortens the arrows and uncrosses them. No chance is
involved, so the same ladder always gives the same map.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from bot.advice.chart.content import Arrow, Ladder

COLUMNS = 3  # boxes side by side that can be read on a phone of 360 pixels
TRIALS = 3_000
HEAT = 3.0  # what a step for the worse may cost at first
SEED = 7
_CROSSING = 2.5
_HIDDEN = 1.5  # an arrow that would run behind a role
_NOT_UPWARD = 4.0
_SLANTED = 0.7  # a move across that is no straight line
_DOWNWARD = 1.5
_ROW = 1.5
_NEAR = 0.45  # of a cell
_OFF_CENTRE = 0.02

Cell = tuple[int, int]
Cells = dict[str, Cell]
_Grid = NDArray[np.float64]


@dataclass(frozen=True)
class Placing:
    """Row (from 0, the bottom) and column of every role; `rows` of each level, lowest first."""

    cells: Cells
    rows: tuple[range, ...]

    @property
    def height(self) -> int:
        """How many rows there are in all."""
        return self.rows[-1].stop


def place(ladder: Ladder) -> Placing:
    """Places for all roles of a ladder, no two in one cell."""
    cells: Cells = {}
    rows: list[range] = []
    for level in range(len(ladder.levels)):
        roles = [box.id for box in ladder.boxes if box.level == level]
        start = rows[-1].stop if rows else 0
        taken = _level(roles, [arrow for arrow in ladder.main if arrow.kind == "up"])
        cells |= {role: (start + row, column) for role, (row, column) in taken.items()}
        height = 1 + max((row for row, _ in taken.values()), default=0)
        rows.append(range(start, start + height + (len(roles) > COLUMNS)))  # a spare row to move about in
    placing = Placing(_improved(cells, rows, ladder), tuple(rows))
    return _without_empty_rows(placing)


def _level(roles: Sequence[str], moves: Sequence[Arrow]) -> Cells:
    """Rows of one level from the bottom, by the longest chain of moves up that leads to each role."""
    heights = _heights(roles, moves)
    cells: Cells = {}
    for role in sorted(roles, key=lambda role: (heights[role], roles.index(role))):
        row = heights[role]
        while sum(taken == row for taken, _ in cells.values()) >= COLUMNS:
            row += 1
        cells[role] = (row, sum(taken == row for taken, _ in cells.values()))
    return cells


def _heights(roles: Sequence[str], moves: Sequence[Arrow]) -> dict[str, int]:
    """The longest chain below each role; a move that closes a circle is left out."""
    below: dict[str, list[str]] = {role: [] for role in roles}
    for move in moves:
        if move.start in below and move.to in below and not _reaches(below, move.start, move.to):
            below[move.to].append(move.start)
    heights: dict[str, int] = {}
    waiting = list(roles)
    while waiting:
        role = waiting.pop(0)
        if all(lower in heights for lower in below[role]):
            heights[role] = max((heights[lower] + 1 for lower in below[role]), default=0)
        else:
            waiting.append(role)
    return heights


def _reaches(below: dict[str, list[str]], upper: str, lower: str) -> bool:
    """Whether `lower` is somewhere below `upper`."""
    waiting, seen = [upper], set()
    while waiting:
        role = waiting.pop()
        if role == lower:
            return True
        if role not in seen:
            seen.add(role)
            waiting += below[role]
    return False


class _Cost:
    """What a placing costs, for many placings of the same ladder."""

    def __init__(self, ladder: Ladder, order: Sequence[str]) -> None:
        index = {role: number for number, role in enumerate(order)}
        arrows = ladder.main
        self.starts = np.array([index[arrow.start] for arrow in arrows], dtype=np.intp)
        self.ends = np.array([index[arrow.to] for arrow in arrows], dtype=np.intp)
        self.kinds = np.array([arrow.kind for arrow in arrows], dtype="U6")
        first, second = np.triu_indices(len(arrows), 1)
        ends = (self.starts, self.ends)
        apart = np.all([one[first] != other[second] for one in ends for other in ends], axis=0)
        self.first, self.second = first[apart], second[apart]
        numbers = np.arange(len(order))
        self.elsewhere = (numbers != self.starts[:, None]) & (numbers != self.ends[:, None])

    def of(self, places: _Grid) -> float:
        """Lower is better. `places` has one row (row, column) a role."""
        start, end = places[self.starts], places[self.ends]
        rise, shift = (end - start).T
        far, wide = np.abs(rise), np.abs(shift)
        cost = far + wide
        cost = cost + np.where(self.kinds == "up", _NOT_UPWARD * np.maximum(0, 1 - rise), 0)
        cost = cost + np.where((self.kinds == "across") & ((far != 0) | (wide != 1)), _SLANTED, 0)
        cost = cost + np.where((self.kinds != "up") & (rise < 0), _DOWNWARD, 0)
        crossings = _crossings(start[self.first], end[self.first], start[self.second], end[self.second])
        hidden = np.count_nonzero(self.elsewhere & (_distances(start, end, places) < _NEAR))
        centre = np.abs(places[:, 1] - (COLUMNS - 1) / 2).sum()
        rows = len(set(places[:, 0].tolist()))
        return float(_ROW * rows + cost.sum() + _CROSSING * crossings + _HIDDEN * hidden + _OFF_CENTRE * centre)


def _crossings(a: _Grid, b: _Grid, c: _Grid, d: _Grid) -> int:
    """How many of the pairs of lines from a to b and from c to d cross."""

    def side(p: _Grid, q: _Grid, r: _Grid) -> _Grid:
        turn: _Grid = np.sign((q[:, 0] - p[:, 0]) * (r[:, 1] - p[:, 1]) - (q[:, 1] - p[:, 1]) * (r[:, 0] - p[:, 0]))
        return turn

    return int(np.count_nonzero((side(a, b, c) * side(a, b, d) < 0) & (side(c, d, a) * side(c, d, b) < 0)))


def _distances(start: _Grid, end: _Grid, points: _Grid) -> _Grid:
    """Of every point (columns) from every line between `start` and `end` (rows)."""
    along = end - start
    length = np.maximum((along**2).sum(axis=1), 1e-9)
    offset = points[None, :, :] - start[:, None, :]
    share = np.clip((offset * along[:, None, :]).sum(axis=2) / length[:, None], 0, 1)
    distance: _Grid = np.sqrt(((offset - share[:, :, None] * along[:, None, :]) ** 2).sum(axis=2))
    return distance


def _improved(cells: Cells, rows: Sequence[range], ladder: Ladder) -> Cells:
    """The best placing met on a walk that takes fewer and fewer steps for the worse (annealing)."""
    if not ladder.main:
        return cells
    order = list(cells)
    level_of = {box.id: box.level for box in ladder.boxes}
    free = [rows[level_of[role]] for role in order]
    places: _Grid = np.array([cells[role] for role in order], dtype=np.float64)
    cost = _Cost(ladder, order)
    now = best = cost.of(places)
    kept = places
    chance = Random(SEED)  # noqa: S311 - the same walk every time, no secret
    for step in range(TRIALS):
        index = int(chance.random() * len(order))
        cell = free[index].start + int(chance.random() * len(free[index])), int(chance.random() * COLUMNS)
        trial = places.copy()
        trial[(places == cell).all(axis=1)] = places[index]
        trial[index] = cell
        value = cost.of(trial)
        heat = HEAT * (1 - step / TRIALS) + 1e-3
        if value <= now or chance.random() < math.exp((now - value) / heat):
            places, now = trial, value
        if now < best:
            best, kept = now, places
    return {role: (int(row), int(column)) for role, (row, column) in zip(order, kept, strict=True)}


def _without_empty_rows(placing: Placing) -> Placing:
    """The same with the rows taken out in which nobody stands; a level keeps at least one."""
    kept: list[int] = []
    rows: list[range] = []
    used = {row for row, _ in placing.cells.values()}
    for level in placing.rows:
        full = [row for row in level if row in used] or list(level[:1])
        rows.append(range(len(kept), len(kept) + len(full)))
        kept += full
    cells = {role: (kept.index(row), column) for role, (row, column) in placing.cells.items()}
    return Placing(cells, tuple(rows))
