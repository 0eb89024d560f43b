"""The search: the best chain of roles, with what is studied beside it.

A label stands for "in this role, at this week, with these items studied". The law behind it: studies
are done one after the other in the order in which the roles need them, beginning in week 0. Whatever
the order, all that the first moves need has to be studied before them, so no other order lets any
move happen sooner; and a label needs to remember only how many weeks of study it has booked.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Literal

from bot.advice.planner.demands import Demand
from bot.advice.planner.problem import Problem, Way

Aim = Literal["weeks", "cost"]


@dataclass(slots=True)
class Label:
    """A role held from `week` on; `booked` weeks of study; `years` in weeks by kind of work.

    `cost` is in hundredths. `parent`, `way` and `demand` tell how it was reached.
    """

    role: str | None
    week: int
    booked: int
    cost: int
    items: int
    years: tuple[int, ...]
    been: frozenset[str]
    hops: int = 0
    parent: Label | None = None
    way: Way | None = None
    demand: Demand = field(default_factory=Demand)


def search(problem: Problem, aim: Aim) -> Label | None:
    """The label that reaches the goal best, or None.

    `weeks`: fewest weeks, then lowest cost; `cost`: lowest cost, then fewest weeks. Ties go to fewer
    roles, then to the order of ids.
    """
    ticket = count()
    start = Label(problem.role, 0, 0, 0, 0, problem.years, problem.been)
    queue: list[tuple[int, int, int, int, Label]] = [(0, 0, 0, next(ticket), start)]
    settled: dict[str | None, list[Label]] = {}
    while queue:
        label = heapq.heappop(queue)[-1]
        if label.way is not None and label.way.final:
            return label
        others = settled.setdefault(label.role, [])
        if _beaten(label, others, problem):
            continue
        others.append(label)
        for following in _follow(label, problem):
            if following.way is not None and not following.way.final:
                if _beaten(following, settled.get(following.role, ()), problem):
                    continue
            first, second = (following.week, following.cost) if aim == "weeks" else (following.cost, following.week)
            heapq.heappush(queue, (first, second, following.hops, next(ticket), following))
    return None


def _follow(label: Label, problem: Problem) -> Iterator[Label]:
    """Every label one move further."""
    kind = problem.kind_index(label.role)
    for way in problem.ways(label.role):
        for demand in way.demands:
            week = _earliest(label, demand, problem, kind)
            if week is None:
                continue
            leave, booked = week
            new = demand.items & ~label.items
            for departure in _departures(label, leave, way, problem, kind):
                years = label.years
                if kind is not None:
                    gained = years[kind] + departure - label.week
                    years = (*years[:kind], gained, *years[kind + 1 :])
                yield Label(
                    role=way.to,
                    week=departure,
                    booked=booked,
                    cost=label.cost + problem.price(new),
                    items=label.items | new,
                    years=years,
                    been=label.been if way.to is None or way.to in label.been else label.been | {way.to},
                    hops=label.hops + 1,
                    parent=label,
                    way=way,
                    demand=demand,
                )


def _earliest(label: Label, demand: Demand, problem: Problem, kind: int | None) -> tuple[int, int] | None:
    """The first week in which a demand is met without leaving the role, and the study then booked."""
    if not demand.roles <= label.been:
        return None
    week = _worked(label, demand.years, problem, kind)
    if week is None:
        return None
    new = demand.items & ~label.items
    booked = label.booked
    doors = [door for door in demand.doors if door.item & new]
    if doors:
        openings = []
        for door in doors:
            opens = _worked(label, door.years, problem, kind)
            # Its years are among the demand's own, so they can be waited for here.
            openings.append((opens if opens is not None else week, door.item))
            new &= ~door.item
        booked += problem.weeks(new)
        for opens, item in sorted(openings):
            booked = max(booked, opens) + problem.weeks(item)
    elif new:
        booked += problem.weeks(new)
    else:
        return week, booked
    return max(week, booked), booked


def _worked(label: Label, years: tuple[tuple[str, int], ...], problem: Problem, kind: int | None) -> int | None:
    """The first week with so many years of work, None if this role does not give them."""
    week = label.week
    for wanted, weeks in years:
        index = problem.kinds[wanted]
        missing = weeks - label.years[index]
        if missing > 0:
            if index != kind:
                return None
            week = max(week, label.week + missing)
    return week


def _departures(label: Label, earliest: int, way: Way, problem: Problem, kind: int | None) -> Iterator[int]:
    """When to leave: at once, or when years that something later asks for are complete."""
    yield earliest
    if kind is None or way.final or problem.kind_index(way.to) == kind:
        return
    years_then = label.years[kind] + earliest - label.week
    for weeks in problem.thresholds[kind]:
        if weeks > years_then:
            yield earliest + weeks - years_then


def _beaten(label: Label, others: list[Label] | tuple[()], problem: Problem) -> bool:
    """Whether somebody in the same role is at least as far in every respect."""
    kind = problem.kind_index(label.role)
    caps = problem.caps
    for other in others:
        if (
            other.week > label.week
            or other.booked > label.booked
            or other.cost > label.cost
            or label.items & ~other.items
        ):
            continue
        ahead = label.week - other.week
        for index, cap in enumerate(caps):
            have = other.years[index] + (ahead if index == kind else 0)
            if have < label.years[index] and have < cap:
                break
        else:
            if label.been <= other.been:
                return True
    return False
