"""The ladder: the graph of moves between roles, and the ways into it from outside."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Move


@dataclass(frozen=True)
class LadderStep:
    """A move together with the role it starts from."""

    start: str
    move: Move


def moves_into(base: KnowledgeBase, role_id: str) -> list[LadderStep]:
    """Moves that end at a role, the quickest first; none from a role that is over."""
    offered = (role for role in base.roles.values() if base.is_offered(role.id))
    found = [LadderStep(role.id, move) for role in offered for move in role.moves if move.to == role_id]
    return sorted(found, key=lambda step: (step.move.years_low, step.move.years_high, step.start))


def moves_from(base: KnowledgeBase, role_id: str) -> list[LadderStep]:
    """Moves that start at a role, in the order of its file; none to a role that is over."""
    return [LadderStep(role_id, move) for move in base.roles[role_id].moves if base.is_offered(move.to)]


def route(base: KnowledgeBase, start: str, goal: str) -> list[LadderStep] | None:
    """The moves from one role to another that people usually make, or None.

    Dijkstra over the ladder: as few moves as can be that people seldom take as a step to something
    further on (the last one may be such), then the fewest typical years. A tie goes to fewer moves,
    then to the smaller ids, so that the same ladder always gives the same route.
    """
    queue: list[tuple[int, float, int, tuple[str, ...], str, tuple[LadderStep, ...]]] = [
        (0, 0.0, 0, (start,), start, ())
    ]
    done: set[str] = set()
    while queue:
        seldom, years, count, trail, here, steps = heapq.heappop(queue)
        if here == goal:
            return list(steps)
        if here in done:
            continue
        done.add(here)
        for step in moves_from(base, here):
            there = step.move.to
            if there not in done:
                odd = seldom + (not step.move.usual and there != goal)
                entry = (odd, years + step.move.years_low, count + 1, (*trail, there), there, (*steps, step))
                heapq.heappush(queue, entry)
    return None
