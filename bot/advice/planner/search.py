"""The search: the best chain of roles, with what is studied beside it.

A label stands for "in this role, at this week, with these items studied". The law behind it: studies
are done one after the other in the order in which the roles need them, beginning in week 0. Whatever
the order, all that the first moves need has to be studied before them, so no other order lets any
move happen sooner; and a label needs to remember only how many weeks of study it has booked.

It is A* twice: once for the aim, once for the other measure among everything that is as good. The
bound comes from the bundles ahead: no way is quicker than its years or its study, nor cheaper than
its items.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Literal

from bot.advice.planner.demands import Years
from bot.advice.planner.problem import Ask, Problem, Vector, Way

Aim = Literal["weeks", "cost"]
NO_LIMIT = 1 << 60


@dataclass(frozen=True, slots=True)
class Label:
    """A role held from `week` on; `booked` weeks of study; `years` in weeks by kind of work.

    `cost` is in hundredths. `parent`, `way` and `ask` tell how it was reached.
    """

    role: str | None
    week: int
    booked: int
    cost: int
    items: int
    years: Vector
    been: frozenset[str]
    hops: int = 0
    parent: Label | None = None
    way: Way | None = None
    ask: Ask | None = None


def best(problem: Problem, aim: Aim) -> Label | None:
    """The label that reaches the goal best, or None if none does.

    `weeks`: fewest weeks, then lowest cost; `cost`: lowest cost, then fewest weeks. Ties go to fewer
    roles, then to the order of ids.
    """
    first = search(problem, aim)
    if first is None:
        return None
    if aim == "weeks":
        return search(problem, "cost", most_weeks=first.week) or first
    return search(problem, "weeks", most_cost=first.cost) or first


def search(problem: Problem, aim: Aim, most_weeks: int = NO_LIMIT, most_cost: int = NO_LIMIT) -> Label | None:
    """The label that reaches the goal with the least of one measure, within a limit on the other."""
    ticket = count()
    been = frozenset({problem.role} if problem.role is not None else ())
    start = Label(problem.role, 0, 0, 0, 0, problem.years, been)
    queue: list[tuple[int, int, int, int, Label]] = [(0, 0, 0, next(ticket), start)]
    settled: dict[str | None, list[Label]] = {}
    # A measure without a limit cannot make a difference: it is left out of comparisons.
    by_week, by_cost = aim == "weeks" or most_weeks < NO_LIMIT, aim == "cost" or most_cost < NO_LIMIT
    while queue:
        label = heapq.heappop(queue)[-1]
        if label.way is not None and label.way.final:
            return label
        others = settled.setdefault(label.role, [])
        if _beaten(label, others, problem, by_week, by_cost):
            continue
        others.append(label)
        for following in _follow(label, problem):
            least = _least(following, problem, aim, most_weeks, most_cost)
            if least is None:
                continue
            if not _beaten(following, settled.get(following.role, ()), problem, by_week, by_cost):
                heapq.heappush(queue, (least, following.hops, following.week, next(ticket), following))
    return None


def _least(label: Label, problem: Problem, aim: Aim, most_weeks: int, most_cost: int) -> int | None:
    """At least so many weeks, or so much, when the goal is reached from here; None: not within the limits."""
    if label.way is not None and label.way.final:
        if label.week > most_weeks or label.cost > most_cost:
            return None
        return label.week if aim == "weeks" else label.cost
    least: int | None = None
    for bundle in problem.ahead(label.role):
        new = bundle.items & ~label.items
        cost = label.cost + problem.price(new)
        work = label.week
        for have, needed in zip(label.years, bundle.years, strict=True):
            if needed > have:
                work += needed - have
        weeks = max(work, label.booked + problem.weeks(new))
        if weeks <= most_weeks and cost <= most_cost:
            measure = weeks if aim == "weeks" else cost
            if least is None or measure < least:
                least = measure
    return least


def _follow(label: Label, problem: Problem) -> Iterator[Label]:
    """Every label one move further."""
    kind = problem.kind_of[label.role]
    for way in problem.ways(label.role):
        if way.to == label.role and way.to is not None:
            continue
        been = label.been if way.to is None or way.to in label.been else label.been | {way.to}
        for ask in way.asks:
            found = _earliest(label, ask, problem, kind)
            if found is None:
                continue
            earliest, booked = found
            items = label.items | ask.items
            cost = label.cost + problem.price(items & ~label.items)
            for week in _departures(label, earliest, way, problem, kind):
                years = label.years
                if kind is not None:
                    years = (*years[:kind], years[kind] + week - label.week, *years[kind + 1 :])
                yield Label(way.to, week, booked, cost, items, years, been, label.hops + 1, label, way, ask)


def _earliest(label: Label, ask: Ask, problem: Problem, kind: int | None) -> tuple[int, int] | None:
    """The first week in which a demand is met without leaving the role, and the study then booked."""
    if ask.demand.roles and not ask.demand.roles <= label.been:
        return None
    week = label.week
    for index, needed in enumerate(ask.years):
        missing = needed - label.years[index]
        if missing > 0:
            if index != kind:
                return None
            week = max(week, label.week + missing)
    new = ask.items & ~label.items
    booked = label.booked
    if new:
        doors = [door for door in ask.demand.doors if door.item & new]
        for door in doors:
            new &= ~door.item
        booked += problem.weeks(new)
        # A school that asks for work first is begun when the work is done, and not before this role.
        for opens, item in sorted((_opens(label, door.years, problem), door.item) for door in doors):
            booked = max(booked, opens) + problem.weeks(item)
    return max(week, booked) if new or ask.items & ~label.items else week, booked


def _opens(label: Label, years: Years, problem: Problem) -> int:
    """The week in which a door opens; what it asks is among what the demand itself waits for."""
    missing = (weeks - label.years[problem.kinds.index(kind)] for kind, weeks in years)
    return label.week + max(0, *missing, 0)


def _departures(label: Label, earliest: int, way: Way, problem: Problem, kind: int | None) -> Iterator[int]:
    """When to leave: at once, or when years that something later asks for are complete."""
    yield earliest
    if kind is None or way.final or problem.kind_of[way.to] == kind:
        return
    then = label.years[kind] + earliest - label.week
    for weeks in problem.thresholds[kind]:
        if weeks > then:
            yield earliest + weeks - then


def _beaten(label: Label, others: Sequence[Label], problem: Problem, by_week: bool, by_cost: bool) -> bool:
    """Whether somebody in the same role is at least as far in every respect that counts."""
    kind = problem.kind_of[label.role]
    for other in others:
        if label.items & ~other.items or other.hops > label.hops:
            continue
        if by_cost and other.cost > label.cost:
            continue
        if by_week and (other.week > label.week or other.booked > label.booked):
            continue
        ahead = label.week - other.week
        for index, cap in enumerate(problem.caps):
            have = other.years[index] + (ahead if index == kind else 0)
            if have < label.years[index] and have < cap:
                break
        else:
            if label.been <= other.been:
                return True
    return False
