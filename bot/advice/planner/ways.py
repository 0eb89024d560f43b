"""Passages with their demands worked out: what the search goes along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.advice.planner.demands import Demand
from bot.advice.planner.passages import Passage

YearsVector = tuple[int, ...]
Ways = dict[str | None, list["Way"]]


@dataclass(slots=True, unsafe_hash=True)
class Ask:
    """A demand with its years as a vector over the kinds of work that matter here."""

    items: int
    years: YearsVector
    demand: Demand


@dataclass(frozen=True, slots=True)
class Way:
    """A passage with its demands worked out: `dwell` weeks in the first role, then one of the `asks`.

    `final` ends the search. No passage: the goal is no role. `hunt` weeks of looking for the post go by
    after its studies and in the role before, which time in that role may cover. `items` are all that its asks name.
    """

    passage: Passage | None
    to: str | None
    dwell: int
    asks: tuple[Ask, ...]
    final: bool
    hunt: int = 0
    items: int = 0

    @property
    def least(self) -> int:
        """The least time in the role before."""
        return max(self.dwell, self.hunt)


def without_detours(
    ways: Mapping[str | None, Sequence[Way]], kind_of: Mapping[str | None, int | None], flagged: frozenset[str]
) -> Ways:
    """The ways without those into a role that only leads where one could go directly.

    A detour is a way X → Y of the same kind of work where every way on from Y has its match from
    X that takes no longer there and asks no more. Whoever skips it loses nothing: time in X counts
    at least as much. A role that something asks for by name is never skipped.
    """
    kept: Ways = {role: list(found) for role, found in ways.items()}
    changed = True
    while changed:
        changed = False
        for start, found in kept.items():
            if start is None:
                continue
            for way in list(found):
                if way.final or way.to in flagged or kind_of[way.to] != kind_of[start]:
                    continue
                onward = [other for other in kept.get(way.to, ()) if other.to != start]
                if all(any(_matches(other, direct) for direct in found if direct is not way) for other in onward):
                    found.remove(way)
                    changed = True
    return kept


def _matches(onward: Way, direct: Way) -> bool:
    """Whether a direct way does for one over a detour."""
    return (
        direct.to == onward.to
        and direct.dwell <= onward.dwell
        and all(any(ask.demand.covers(other.demand) for other in direct.asks) for ask in onward.asks)
    )
