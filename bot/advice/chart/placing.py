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

from bot.advice.chart.content import Arrow, LadderChart

COLUMNS = 3  # boxes side by side that can be read on a phone of 360 pixels
WALKS = 10
TRIALS = 1_000
FEWEST_TRIALS = 100
EFFORT = 3_000_000  # fewer trials for a ladder of hundreds of roles: never slow, still without overlap
HEAT = 2.2  # what a step for the worse may cost at first
_CROSSING = 2.5
_HIDDEN = 1.5  # an arrow that would run behind a role
_NOT_UPWARD = 4.0
_SLANTED = 0.7  # a move across that is no straight line
_DOWNWARD = 4.0
_ROW = 6.0
_NEAR = 0.45  # of a cell
_OFF_CENTRE = 0.02

Cell = tuple[int, int]
Cells = dict[str, Cell]
_Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Placing:
    """Row (from 0, the bottom) and column of every role; `rows` of each level, lowest first."""

    cells: Cells
    rows: tuple[range, ...]

    @property
    def height(self) -> int:
        """How many rows there are in all."""
        return self.rows[-1].stop


def placings(ladder: LadderChart) -> list[Placing]:
    """Good places for all roles of a ladder, no two in one cell; the likeliest first."""
    cells: Cells = {}
    rows: list[range] = []
    for level in range(len(ladder.levels)):
        roles = [box.id for box in ladder.boxes if box.level == level]
        start = rows[-1].stop if rows else 0
        taken = _level(roles, [arrow for arrow in ladder.main if arrow.kind == "up"])
        cells |= {role: (start + row, column) for role, (row, column) in taken.items()}
        height = 1 + max((row for row, _ in taken.values()), default=0)
        rows.append(range(start, start + height + (len(roles) > COLUMNS)))  # a spare row to move about in
    walks = [_walked(cells, rows, ladder, seed) for seed in range(WALKS)] if ladder.main else [cells]
    return [_without_empty_rows(Placing(walk, tuple(rows))) for walk in walks]


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
    """What placings of one ladder cost."""

    def __init__(self, ladder: LadderChart, order: Sequence[str]) -> None:
        index = {role: number for number, role in enumerate(order)}
        arrows = ladder.main
        starts = self.starts = np.array([index[arrow.start] for arrow in arrows], dtype=np.intp)
        ends = self.ends = np.array([index[arrow.to] for arrow in arrows], dtype=np.intp)
        self.up = np.array([arrow.kind == "up" for arrow in arrows])
        self.across = np.array([arrow.kind == "across" for arrow in arrows])
        numbers = np.arange(len(order))
        self.elsewhere = (numbers != starts[:, None]) & (numbers != ends[:, None])
        one, other = np.triu_indices(len(arrows), 1)
        apart = np.all([mine[one] != yours[other] for mine in (starts, ends) for yours in (starts, ends)], axis=0)
        one, other = one[apart], other[apart]
        # In the table of every role's side of every arrow: both ends of one, as the other sees them.
        self.pairs = [
            arrow * len(order) + end
            for arrow, end in ((one, starts[other]), (one, ends[other]), (other, starts[one]), (other, ends[one]))
        ]

    @property
    def size(self) -> int:
        """How much there is to compute for one placing."""
        return int(self.pairs[0].size + self.elsewhere.size)

    def of(self, rows: _Numbers, columns: _Numbers) -> float:
        """Lower is better. Rows and columns are given by role."""
        rise, shift = rows[self.ends] - rows[self.starts], columns[self.ends] - columns[self.starts]
        far, wide = np.abs(rise), np.abs(shift)
        cost = (far + wide).sum()
        cost += _NOT_UPWARD * (np.maximum(0, 1 - rise) * self.up).sum()
        cost += _SLANTED * np.count_nonzero(self.across & (far + np.abs(wide - 1) > 0))
        cost += _DOWNWARD * np.count_nonzero(~self.up & (rise < 0))
        cost += _ROW * len(set(rows.tolist())) + _OFF_CENTRE * np.abs(columns - (COLUMNS - 1) / 2).sum()
        above, beside = rows - rows[self.starts][:, None], columns - columns[self.starts][:, None]
        rise, shift = rise[:, None], shift[:, None]
        side = rise * beside - shift * above
        seen = [side.ravel().take(pair) for pair in self.pairs]
        cost += _CROSSING * np.count_nonzero((seen[0] * seen[1] < 0) & (seen[2] * seen[3] < 0))
        length, along = rise**2 + shift**2, rise * above + shift * beside
        hidden = (side**2 < _NEAR**2 * length) & (along > 0) & (along < length) & self.elsewhere
        return float(cost + _HIDDEN * np.count_nonzero(hidden))


def _walked(cells: Cells, levels: Sequence[range], ladder: LadderChart, seed: int) -> Cells:
    """The best placing met on a walk that takes fewer and fewer steps for the worse (annealing)."""
    order = list(cells)
    level_of = {box.id: box.level for box in ladder.boxes}
    free = [levels[level_of[role]] for role in order]
    cost = _Cost(ladder, order)
    rows, columns = (np.array([cells[role][axis] for role in order], dtype=np.float64) for axis in (0, 1))
    now = best = cost.of(rows, columns)
    kept = rows, columns
    chance = Random(seed)  # noqa: S311 - the same walk every time, no secret
    trials = max(FEWEST_TRIALS, min(TRIALS, EFFORT // cost.size))
    for trial in range(trials):
        index = int(chance.random() * len(order))
        row = free[index].start + int(chance.random() * len(free[index]))
        column = int(chance.random() * COLUMNS)
        new_rows, new_columns = rows.copy(), columns.copy()
        there = (rows == row) & (columns == column)
        new_rows[there], new_columns[there] = rows[index], columns[index]
        new_rows[index], new_columns[index] = row, column
        value = cost.of(new_rows, new_columns)
        heat = HEAT * (1 - trial / trials) + 1e-3
        if value <= now or chance.random() < math.exp((now - value) / heat):
            rows, columns, now = new_rows, new_columns, value
        if now < best:
            best, kept = now, (rows, columns)
    return {role: (int(row), int(column)) for role, row, column in zip(order, *kept, strict=True)}


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
