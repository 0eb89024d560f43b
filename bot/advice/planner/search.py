"""The search: the best chain of roles, with what is studied beside it.

A label stands for "in this role, at this week, with these items studied". The law behind it: studies
are done one after the other in the order in which the roles need them, beginning in week 0. Whatever
the order, all that the first moves need has to be studied before them, so no other order lets any
move happen sooner; and a label needs to remember only how many weeks of study it has booked.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Literal

from bot.advice.planner.demands import Ask, Way, YearsVector
from bot.advice.planner.lower_bounds import NO_WAY
from bot.advice.planner.problem import SearchProblem

Aim = Literal["weeks", "cost"]
MOST_POSTS = 8


# Not frozen, for that makes it three times as slow to build; nothing changes a label.
@dataclass(slots=True, eq=False)
class SearchLabel:
    """A role held from `week` on; `booked` weeks of study; `years` in weeks by kind of work.

    `credit` are weeks worked before that count as time in this role, which only the first role has;
    `peak` is the highest level held. `cost` is in hundredths. `parent`, `way` and `ask` tell how it was reached.
    """

    role: str | None
    week: int
    booked: int
    cost: int
    items: int
    years: YearsVector
    credit: int
    been: frozenset[str]
    peak: int
    hops: int = 0
    parent: SearchLabel | None = None
    way: Way | None = None
    ask: Ask | None = None


def search(problem: SearchProblem, aim: Aim, under: int | None = None) -> SearchLabel | None:
    """The label that reaches the goal best, or None if none does, or none in fewer weeks than `under`.

    `weeks`: fewest weeks, then lowest cost; `cost`: lowest cost, then fewest weeks. Ties go to fewer
    roles, then to the order of ids. The queue is ordered by what the goal takes at least (A*).
    """
    ticket = count()
    start = problem.start
    peak = problem.level_of[start.role] if start.role is not None else -1
    begun = SearchLabel(start.role, 0, 0, 0, 0, problem.years, start.credit, problem.flags & {start.role}, peak)
    # A label waits under its parent's bound until its turn comes: most are never looked at more closely.
    queue: list[tuple[int, int, int, int, bool, SearchLabel]] = [(0, 0, 0, next(ticket), True, begun)]
    settled: dict[str | None, list[SearchLabel]] = {}
    while queue:
        first, second, hops, number, looked_at, label = heapq.heappop(queue)
        if label.way is not None and label.way.final:
            return label
        others = settled.setdefault(label.role, [])
        if _beaten(label, others, problem):
            continue
        if not looked_at:
            weeks, cost = _least(label, problem, aim)
            if under is not None and weeks >= under:
                continue
            bound = max((first, second), (weeks, cost) if aim == "weeks" else (cost, weeks))
            if queue and (*bound, hops, number) > queue[0][:4]:
                heapq.heappush(queue, (*bound, hops, number, True, label))
                continue
            first, second = bound
        others.append(label)
        for following in _follow(label, problem):
            weeks, cost = following.week, following.cost
            if under is not None and weeks >= under:
                continue
            bound = (weeks, cost) if aim == "weeks" else (cost, weeks)
            final = following.way is not None and following.way.final
            if not final:
                bound = max((first, second), bound)
            heapq.heappush(queue, (*bound, following.hops, next(ticket), final, following))
    return None


def _least(label: SearchLabel, problem: SearchProblem, aim: Aim) -> tuple[int, int]:
    """Weeks and cost at the goal are at least so many, by the work, the study and the money ahead.

    The hurdles of single moves are worth looking at for the aim alone.
    """
    ahead, weeks = problem.ahead, NO_WAY
    studies, cost = problem.lacking(label.items)
    for years, study in studies:
        worked = label.week + ahead.work(label.role, label.credit, label.years, years)
        weeks = min(weeks, max(worked, label.booked + study + problem.final_hunt if study else label.booked))
    weeks = max(weeks, label.week + ahead.dwell(label.role, label.credit))
    if aim == "weeks":
        weeks = max(weeks, label.booked + problem.hurdles.weeks(label.role, label.items))
    else:
        cost = max(cost, problem.hurdles.price(label.role, label.items))
    return weeks, label.cost + cost


def _follow(label: SearchLabel, problem: SearchProblem) -> Iterator[SearchLabel]:
    """Every label one move further; nobody plans more than so many posts ahead."""
    if label.hops >= MOST_POSTS:
        return
    kind = problem.kind_of[label.role]
    for way in problem.ways(label.role):
        level = problem.level_of[way.to]
        peak = max(label.peak, level)
        if level < label.peak and label.parent is None:
            peak = level  # who first steps down goes on from there
        elif level < label.peak and way.passage is not None and way.passage.start is None:
            continue  # from outside nobody starts below what was held already
        been = label.been | {way.to} if way.to in problem.flags else label.been
        credit = problem.record(way.to, label.role) if label.parent is None else 0
        for ask in way.asks:
            found = _earliest(label, way, ask, problem, kind)
            if found is None:
                continue
            earliest, booked = found
            items = label.items | ask.items
            cost = label.cost + problem.price(items & ~label.items)
            for week in _departures(label, earliest, way, problem, kind):
                years = label.years
                if kind is not None:
                    years = (*years[:kind], years[kind] + week - label.week, *years[kind + 1 :])
                yield SearchLabel(
                    way.to, week, booked, cost, items, years, credit, been, peak, label.hops + 1, label, way, ask
                )


def _earliest(
    label: SearchLabel, way: Way, ask: Ask, problem: SearchProblem, kind: int | None
) -> tuple[int, int] | None:
    """The first week in which a demand is met without leaving the role, and the study then booked."""
    if ask.demand.roles and not ask.demand.roles <= label.been:
        return None
    new = ask.items & ~label.items
    hunt = way.hunt
    if label.role is None and not way.final and not new and problem.record(way.to, None):
        hunt = 0  # whoever worked there already need not look for it
    # Work before counts as time in a first role, but whoever was newly hired there stays a while all the same.
    stay = problem.stay if label.parent is not None and label.week else 0
    week = label.week + max(hunt, stay, way.dwell - label.credit)
    for index, needed in enumerate(ask.years):
        missing = needed - label.years[index]
        if missing > 0:
            if index != kind:
                return None
            week = max(week, label.week + missing)
    for gate in ask.demand.gates if hunt else ():
        if gate.item & ~label.items:
            waits = [weeks - label.years[problem.kinds.index(name)] for name, weeks in gate.years]
            week = max(week, label.week + max(waits) + hunt)
    booked = label.booked
    if new:
        later = gated(label, ask, problem)
        for _, item in later:
            new &= ~item
        booked += problem.weeks(new)
        for opens, item in later:
            booked = max(booked, opens) + problem.weeks(item)
    return max(week, booked + hunt) if new else max(week, booked), booked


def gated(label: SearchLabel, ask: Ask, problem: SearchProblem) -> list[tuple[int, int]]:
    """New schools that ask for work first, as (week in which they can be begun, item), in order.

    They are begun in this role, when the work is done; it is among what the demand itself waits for.
    """
    found = []
    for door in ask.demand.doors:
        if door.item & ~label.items:
            missing = (weeks - label.years[problem.kinds.index(kind)] for kind, weeks in door.years)
            found.append((label.week + max(0, *missing, 0), door.item))
    return sorted(found)


def _departures(label: SearchLabel, earliest: int, way: Way, problem: SearchProblem, kind: int | None) -> Iterator[int]:
    """When to leave: at once, or when years that something later asks for are complete."""
    yield earliest
    if kind is None or way.final or problem.kind_of[way.to] == kind:
        return
    then = label.years[kind] + earliest - label.week
    for weeks in problem.ahead.thresholds(way.to)[kind]:
        if weeks > then:
            yield earliest + weeks - then


def _beaten(label: SearchLabel, others: Sequence[SearchLabel], problem: SearchProblem) -> bool:
    """Whether somebody in the same role is as far with less.

    What the other has not studied yet can be studied and paid for when it is asked for, exactly as
    if it had been done before; what nothing ahead asks for does not count. Where a school ahead opens
    late, study before it fills the wait: then only somebody who has as much is as far.
    """
    kind, caps, asked = problem.kind_of[label.role], problem.ahead.caps(label.role), problem.ahead.items(label.role)
    useful, doors = label.items & asked, problem.doors & asked
    for other in others:
        if (
            other.booked > label.booked
            or other.cost > label.cost
            or other.week > label.week
            or other.hops > label.hops
            or other.peak > label.peak
            or not label.been <= other.been
        ):
            continue
        more = useful & ~other.items
        if more and (
            doors & ~other.items
            or other.booked + problem.weeks(more) > label.booked
            or other.cost + problem.price(more) > label.cost
        ):
            continue
        ahead = label.week - other.week
        if other.credit + ahead < label.credit:
            continue
        for index, cap in enumerate(caps):
            have = other.years[index] + (ahead if index == kind else 0)
            if have < label.years[index] and have < cap:
                break
        else:
            return True
    return False
