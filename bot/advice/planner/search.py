"""The search: the best chain of roles, with what is studied beside it.

A label stands for "in this role, at this week, with these items studied". The law behind it: studies
are done one after the other in the order in which the roles need them, beginning in week 0. Whatever
the order, all that the first moves need has to be studied before them, so no other order lets any
move happen sooner; and a label needs to remember only how many weeks of study it has booked.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Literal

from bot.advice.planner.lower_bounds import NO_WAY
from bot.advice.planner.problem import SearchProblem
from bot.advice.planner.ways import Ask, Way, YearsVector

Aim = Literal["weeks", "cost"]
MOST_POSTS = 8
# Most searches are over before so many labels: longer ones look at whole chains.
SHORT = 60
# After so many labels more chains are looked for.
LONG = 600


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


# What the search ranks by, number by number: the bound in both parts, posts, week, ticket.
_Rank = tuple[int, int, int, int, int]


def search(problem: SearchProblem, aim: Aim, under: int | None = None) -> SearchLabel | None:
    """The label that reaches the goal best, or None if none does, or none with less than `under` of what it aims at.

    `weeks`: fewest weeks, then lowest cost; `cost`: lowest cost, then fewest weeks. Ties go to fewer
    roles, then to the order of ids. The queue is ordered by what the goal takes at least (A*).
    """
    # Room between two tickets for all that one way leads to.
    ticket = count(step=1 << 20)
    start = problem.start
    peak = problem.level_of[start.role] if start.role is not None else -1
    begun = SearchLabel(start.role, 0, 0, 0, 0, problem.years, start.credit, problem.flags & {start.role}, peak)
    # A label waits under its parent's bound until its turn comes: most are never looked at more closely. The number
    # after the rank says with how many of its role it was compared then. With a way it stands for all it leads to.
    queue: list[tuple[_Rank, int, SearchLabel, Way | None]] = [((0, 0, 0, 0, next(ticket)), 0, begun, None)]
    settled: dict[str | None, list[SearchLabel]] = {}
    looks = 0
    while queue:
        rank, compared, label, way = heapq.heappop(queue)
        if under is not None and rank[0] >= under:
            return None
        if way is not None:
            for reached, following in _ranked(label, way, problem, aim, rank):
                heapq.heappush(queue, (reached, 0 if way.final else -1, following, None))
            continue
        if label.way is not None and label.way.final:
            return label
        others = settled.setdefault(label.role, [])
        if _beaten(label, others[compared:] if compared > 0 else others, problem):
            continue
        if compared < 0:
            looks += 1
            if looks % LONG == 0:
                problem.chains.find_more()
            rank = max(rank, (*_least(label, problem, aim, chained=looks > SHORT), *rank[2:]))
            if queue and rank > queue[0][0]:
                heapq.heappush(queue, (rank, len(others), label, None))
                continue
        others.append(label)
        chained = looks > SHORT
        for way in problem.ways(label.role):
            posts = label.hops + 1 + (0 if way.final else problem.moves.get(way.to, MOST_POSTS))
            weeks = _soonest(label, way, problem, chained=chained)
            if posts <= MOST_POSTS:
                bound = max(rank[:2], (weeks, label.cost) if aim == "weeks" else (label.cost, weeks))
                heapq.heappush(queue, ((*bound, posts, label.week, next(ticket)), 0, label, way))
    return None


def _ranked(
    label: SearchLabel, way: Way, problem: SearchProblem, aim: Aim, rank: _Rank
) -> Iterator[tuple[_Rank, SearchLabel]]:
    """All that a way leads to with its rank, which is that of the way at least, but at the goal its own."""
    first, second, posts, _, ticket = rank
    for place, label_there in enumerate(_take(label, way, problem), ticket + 1):
        weeks, cost = label_there.week, label_there.cost
        bound = (weeks, cost) if aim == "weeks" else (cost, weeks)
        if not way.final:
            bound = max((first, second), bound)
        yield (*bound, posts, weeks, place), label_there


def _least(label: SearchLabel, problem: SearchProblem, aim: Aim, *, chained: bool) -> tuple[int, int]:
    """What the goal takes at least, as the search ranks it, by the work, the study and the money ahead.

    The hurdles of single moves are worth looking at for the aim alone. Of the ways to do what the last move asks for
    each is looked at by itself: the quickest is seldom the cheapest.
    """
    ahead, hurdles = problem.ahead, problem.hurdles
    works = problem.works(label.role, label.credit, label.years)
    week, cost = label.week + ahead.dwell(label.role, label.credit), label.cost
    if aim == "weeks":
        week = max(week, label.booked + hurdles.weeks(label.role, label.items))
    else:
        cost += hurdles.price(label.role, label.items)
    study = price = 0
    if chained:
        week = max(week, _chained(label, problem))
        study, price = hurdles.besides(label.role, label.items)
    booked, paid = label.booked + study, label.cost + price
    first = second = NO_WAY
    for work, choices in zip(works, problem.lacking(label.items), strict=True):
        worked = max(week, label.week + work)
        if worked > first and aim == "weeks":
            continue
        for study, price in choices:
            weeks = max(worked, booked + study + problem.final_hunt if study else booked)
            money = max(cost, paid + price)
            one, other = (weeks, money) if aim == "weeks" else (money, weeks)
            if one < first or (one == first and other < second):
                first, second = one, other
            if money == cost or (weeks > first and aim == "weeks"):
                break  # what comes after takes longer
    return first, second


def _chained(label: SearchLabel, problem: SearchProblem) -> int:
    """The week of the goal by the chains of roles that lead there."""
    if label.role is None or label.parent is None:
        return 0
    return problem.chains.weeks(label.role, label.week, label.credit, label.years, _booking(label, problem))


def _booking(label: SearchLabel, problem: SearchProblem) -> Callable[[int], int]:
    """Tells when somebody has attended some schools and found a post after that; 0 where they have done so."""

    def booked(schools: int) -> int:
        new = schools & ~label.items
        return label.booked + problem.weeks(new) + problem.final_hunt if new else 0

    return booked


def least_stay(label: SearchLabel, way: Way, problem: SearchProblem) -> int:
    """Weeks in a role before a way out of it. Work before counts as time in a first role, but whoever was newly hired
    there stays a while all the same, and in a post above the one held before in the same work a longer while.
    """
    left = way.dwell - label.credit
    if label.parent is None or not label.week:
        return max(0, left)
    risen = label.credit and label.parent.role is not None and problem.same_work(label.parent.role, label.role)
    return max(left, problem.stay, min(way.dwell, problem.long_stay) if risen else 0)


def _soonest(label: SearchLabel, way: Way, problem: SearchProblem, *, chained: bool) -> int:
    """The week of the goal at least by one way out of a role, whatever it asks for."""
    week = label.week + max(0 if label.role is None else way.hunt, least_stay(label, way, problem))
    if way.final or way.to is None:
        return week
    credit = problem.record(way.to, label.role, way.dwell) if label.parent is None else 0
    soonest = week + problem.ahead.dwell(way.to, credit)
    if not chained:
        return soonest
    # Whoever leaves later has worked longer, but not so much longer that they are there sooner.
    years = _worked(label, week, problem.kind_of[label.role])
    return max(soonest, problem.chains.weeks(way.to, week, credit, years, _booking(label, problem)))


def _worked(label: SearchLabel, week: int, kind: int | None) -> YearsVector:
    """The years of somebody who stays in a role until a week."""
    years = label.years
    return years if kind is None else (*years[:kind], years[kind] + week - label.week, *years[kind + 1 :])


def _take(label: SearchLabel, way: Way, problem: SearchProblem) -> Iterator[SearchLabel]:
    """Every label that a way leads to."""
    kind, level = problem.kind_of[label.role], problem.level_of[way.to]
    peak = max(label.peak, level)
    if level < label.peak and label.parent is None:
        peak = level  # who first steps down goes on from there
    elif level < label.peak and way.passage is not None and way.passage.start is None:
        return  # from outside nobody starts below what was held already
    been = label.been | {way.to} if way.to in problem.flags else label.been
    credit = problem.record(way.to, label.role, way.dwell) if label.parent is None else 0
    for ask in way.asks:
        found = _earliest(label, way, ask, problem, kind)
        if found is None:
            continue
        earliest, booked = found
        items = label.items | ask.items
        cost = label.cost + problem.price(items & ~label.items)
        for week in _departures(label, earliest, way, problem, kind):
            years = _worked(label, week, kind)
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
    week = label.week + max(hunt, least_stay(label, way, problem))
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
