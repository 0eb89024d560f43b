"""What at least remains on any way to the goal: the bound that makes the search short.

A bundle stands for one chain of roles. Its stages say: once these items are studied, so many weeks
of work still follow. The goal is never reached before the latest of its stages, and never for less
than all of its items.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass

from bot.advice.planner.ways import Ask, Vector, Way, Ways


@dataclass(frozen=True, slots=True)
class Stage:
    """Items (bits) studied, then work: by kind, weeks in all (`years`) and weeks in roles (`dwell`).

    Both are needed, and one week of work serves both.
    """

    items: int
    years: Vector
    dwell: Vector

    def within(self, other: Stage) -> bool:
        """Whether this asks nothing that the other does not."""
        return (
            self.items & ~other.items == 0
            and all(map(int.__le__, self.dwell, other.dwell))
            and all(map(int.__le__, self.years, other.years))
        )


@dataclass(frozen=True, slots=True)
class Bundle:
    """All `items` of a chain; all its `work` from today on; and the stages after each study."""

    items: int
    work: Stage
    stages: tuple[Stage, ...] = ()

    def within(self, other: Bundle) -> bool:
        """Whether this is never later nor dearer than the other."""
        return (
            self.items & ~other.items == 0
            and self.work.within(other.work)
            and all(any(mine.within(theirs) for theirs in other.stages) for mine in self.stages)
        )


def bundles_ahead(ways: Ways, kind_of: dict[str | None, int | None], size: int) -> dict[str | None, tuple[Bundle, ...]]:
    """Backwards from the goal: the smallest bundles from each role, until nothing changes."""
    into: defaultdict[str | None, list[tuple[str | None, Way]]] = defaultdict(list)
    found: dict[str | None, tuple[Bundle, ...]] = {role: () for role in ways}
    found.setdefault(None, ())
    nothing = Bundle(0, Stage(0, (0,) * size, (0,) * size))
    waiting: deque[str | None] = deque()

    def add(start: str | None, bundles: Iterable[Bundle]) -> None:
        known = found[start]
        merged = smallest(known, bundles)
        if merged != known:
            found[start] = merged
            if start not in waiting:
                waiting.append(start)

    for start, several in ways.items():
        for way in several:
            into[way.to].append((start, way))
            if way.final:
                add(start, (joined(way, ask, nothing, kind_of[start]) for ask in way.asks))
    while waiting:
        role = waiting.popleft()
        for start, way in into[role]:
            if not way.final:
                add(start, (joined(way, ask, tail, kind_of[start]) for ask in way.asks for tail in found[role]))
        if role is None:
            # What is open from outside is open from every role.
            for start in list(found):
                if start is not None:
                    add(start, found[None])
    return found


def joined(way: Way, ask: Ask, tail: Bundle, kind: int | None) -> Bundle:
    """A bundle with one more way in front of it; `kind` is the work done before that way is taken."""
    dwell = tail.work.dwell
    if kind is not None and way.dwell:
        dwell = (*dwell[:kind], dwell[kind] + way.dwell, *dwell[kind + 1 :])
    work = Stage(0, tuple(map(max, ask.years, tail.work.years)), dwell)
    # Years of this kind may be complete before the study is: they are no longer sure to follow it.
    stages = [Stage(item.items | ask.items, _without(item.years, kind), item.dwell) for item in tail.stages]
    if ask.items:
        stages.append(Stage(ask.items, _without(tail.work.years, kind), tail.work.dwell))
    kept: list[Stage] = []
    for stage in sorted(stages, key=lambda item: (-item.items.bit_count(), item.items)):
        if not any(stage.within(other) for other in kept):
            kept.append(stage)
    return Bundle(ask.items | tail.items, work, tuple(kept))


def smallest(known: tuple[Bundle, ...], more: Iterable[Bundle]) -> tuple[Bundle, ...]:
    """All of them without those that are never better than another, in order of arrival."""
    kept = list(known)
    for bundle in more:
        if any(other.within(bundle) for other in kept):
            continue
        kept = [other for other in kept if not bundle.within(other)]
        kept.append(bundle)
    return tuple(kept)


def _without(years: Vector, kind: int | None) -> Vector:
    return years if kind is None or not years[kind] else (*years[:kind], 0, *years[kind + 1 :])
