"""What the career chart says, before anybody draws or writes it.

Picture and text are both made from a `LadderChart` and, for one person, a `Journey`, so they
cannot say different things.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from bot.advice.conditions import offered_in
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import MoveKind, Role

MAX_CERTIFICATIONS = 3  # named beside a role; more are not read on a phone
MAX_SIDEWAYS = 2  # main arrows into a role beyond which no move sideways is added
KINDS: tuple[MoveKind, ...] = ("up", "across", "bridge")


@dataclass(frozen=True)
class Box:
    """A role of the chart. `level` counts from 0, the lowest; `certifications` are those ads name most."""

    id: str
    name: str
    level: int
    certifications: tuple[str, ...] = ()


@dataclass(frozen=True)
class Arrow:
    """A move. `main` ones are on the bare picture; the text lists all.

    The years before it, from low to high, tell quick moves from slow ones. They are not shown: many
    are our assumption.
    """

    start: str
    to: str
    kind: MoveKind
    years_low: float = 0
    years_high: float = 0
    main: bool = True


@dataclass(frozen=True)
class LadderChart:
    """The chart of a whole field: `levels` are names, the lowest first."""

    field: str
    levels: tuple[str, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]

    def box(self, role: str) -> Box:
        """The box of a role. Raises `KeyError` for an id that is no role."""
        for box in self.boxes:
            if box.id == role:
                return box
        raise KeyError(role)

    @property
    def main(self) -> tuple[Arrow, ...]:
        """The moves drawn on the bare picture."""
        return tuple(arrow for arrow in self.arrows if arrow.main)


def ladder_of(base: KnowledgeBase) -> LadderChart:
    """The chart of a knowledge base, in the order of its files."""
    levels = [level.id for level in base.field.levels]
    roles = [role for role in base.roles.values() if base.is_offered(role.id)]
    boxes = sorted(
        (Box(role.id, role.name, levels.index(role.level), _asked(base, role)) for role in roles),
        key=lambda box: (box.level, box.id),
    )
    moves = [
        Arrow(role.id, move.to, move.kind, move.years_low, move.years_high)
        for role in roles
        for move in role.moves
        if move.to != role.id and base.is_offered(move.to)
    ]
    seldom = {(role.id, move.to) for role in roles for move in role.moves if not move.usual}
    main = main_moves(moves, seldom)
    return LadderChart(
        field=base.field.name,
        levels=tuple(level.name for level in base.field.levels),
        boxes=tuple(boxes),
        arrows=tuple(
            Arrow(arrow.start, arrow.to, arrow.kind, arrow.years_low, arrow.years_high, main=arrow in main)
            for arrow in moves
        ),
    )


def _asked(base: KnowledgeBase, role: Role) -> tuple[str, ...]:
    """The certifications that ads for a role name, the most usual first."""
    ids = [cert for item in role.requires.employers_ask for cert in offered_in(base, item.needs)]
    return tuple(dict.fromkeys(base.certifications[cert].short for cert in ids))[:MAX_CERTIFICATIONS]


def main_moves(moves: list[Arrow], seldom: Collection[tuple[str, str]] = ()) -> frozenset[Arrow]:
    """The few moves that make a map of the ladder; all of them would be a tangle.

    Of every role its first move up, or its first move at all; then the quickest way to every
    role that none of these reaches; then first moves sideways, to roles that few arrows reach yet. Of the last none
    that people `seldom` make.
    """
    chosen: dict[Arrow, None] = {}
    starts = dict.fromkeys(arrow.start for arrow in moves)
    for start in starts:
        chosen[min((arrow for arrow in moves if arrow.start == start), key=_rank)] = None
    reached = Counter(arrow.to for arrow in chosen)
    for target in dict.fromkeys(arrow.to for arrow in moves):
        if not reached[target]:
            chosen[min((arrow for arrow in moves if arrow.to == target), key=_speed)] = None
            reached[target] += 1
    for start in starts:
        sideways = [
            arrow for arrow in moves if arrow.start == start and arrow.kind != "up" and (start, arrow.to) not in seldom
        ]
        if sideways and not any(arrow in chosen for arrow in sideways) and reached[sideways[0].to] < MAX_SIDEWAYS:
            chosen[sideways[0]] = None
            reached[sideways[0].to] += 1
    return frozenset(chosen)


def _rank(arrow: Arrow) -> int:
    return KINDS.index(arrow.kind)


def _speed(arrow: Arrow) -> tuple[int, float, float]:
    return _rank(arrow), arrow.years_low, arrow.years_high
