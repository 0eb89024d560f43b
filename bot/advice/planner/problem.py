"""One goal of one person, worked out for the search: the ways that matter and what each demands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from operator import is_, or_

from bot.advice.planner.chains import Chains
from bot.advice.planner.cost_model import CostItem, CostModel
from bot.advice.planner.demands import DONE, Demand, Demands, Regression, both, smallest
from bot.advice.planner.lower_bounds import Ahead, Hurdles, WeeksOfKinds
from bot.advice.planner.passages import Passage, hunt_of, ladder_of, stay_of
from bot.advice.planner.person import WEEKS_PER_YEAR, asked_weeks
from bot.advice.planner.ways import Ask, Way, YearsVector, without_detours
from bot.knowledge.model import Condition

# A school of so many weeks or more decides which chain of roles is the shorter one.
LONG_SCHOOL = WEEKS_PER_YEAR
# By the years asked beside them, weeks of study with a price in hundredths.
Lacking = tuple[tuple[tuple[int, int], ...], ...]


@dataclass(frozen=True, slots=True)
class Start:
    """Where somebody may begin: in the role held, or (None) as somebody from outside.

    `credit` are weeks worked before that count as time in this role.
    """

    role: str | None
    credit: int = 0


class SearchProblem:
    """Everything the search asks for.

    `lacking` is what the last move may ask for; `ahead` knows what can still be asked of somebody
    in a role, and how much work is left at least; `hurdles` how much study and money. With `below` somebody
    may first step below the level held, where a passage does.
    """

    def __init__(
        self,
        regression: Regression,
        goal: str,
        passages: tuple[Passage, ...],
        asked: Demands,
        *,
        below: bool = False,
        like: SearchProblem | None = None,
    ) -> None:
        self.regression = regression
        self.goal = goal
        self.below = below
        self._like = like
        found = list(_Relevance(regression, goal, passages, asked).ways())
        roles = regression.base.roles
        levels = ladder_of(regression.base).levels
        self.level_of: dict[str | None, int] = {role: levels[role] for role in roles}
        self.goal_level = levels.get(goal, len(levels))
        hunt = hunt_of(regression.base)
        self.stay, self.long_stay = stay_of(regression.base)
        self.final_hunt = hunt if goal in roles else 0
        self.kinds = sorted({kind for _, _, demands in found for demand in demands for kind, _ in demand.years})
        index = {kind: number for number, kind in enumerate(self.kinds)}
        self.kind_of: dict[str | None, int | None] = {role.id: index.get(role.experience) for role in roles.values()}
        # A credential as the goal is below and above nothing.
        self.level_of[None], self.kind_of[None] = len(regression.base.field.levels), None
        self.years: YearsVector = tuple(regression.person.weeks.get(kind, 0) for kind in self.kinds)
        own: defaultdict[str | None, list[Way]] = defaultdict(list)
        for passage, to, demands in found:
            asks = tuple(Ask(item.items, self._vector(item), item) for item in demands)
            named = reduce(or_, (ask.items for ask in asks), 0)
            if passage is None:
                own[None].append(Way(None, to, 0, asks, final=True, items=named))
            else:
                own[passage.start].append(Way(passage, to, passage.dwell, asks, to == goal, hunt, named))
        # Among ways that are as good, the one that asks for something comes first: it leads to the better post.
        own[None].sort(key=lambda way: way.passage is not None and way.passage.needs is None)
        kept = without_detours(own, self.kind_of, frozenset(regression.flags))
        self._kept = kept
        self._ways: dict[str | None, tuple[Way, ...]] = {None: tuple(kept.get(None, ()))}
        last = smallest(ask.demand for ways in kept.values() for way in ways if way.final for ask in way.asks)
        grouped: defaultdict[WeeksOfKinds, list[int]] = defaultdict(list)
        for item in last:
            grouped[tuple((index[kind], weeks) for kind, weeks in item.years)].append(item.items)
        self._last = grouped
        self._last_items = reduce(or_, (item.items for item in last), 0)
        self.ahead = Ahead(kept, self.enters, self.kind_of, len(self.kinds))
        self.flags = frozenset(regression.flags)
        self.doors = 0
        for _, _, demands in found:
            for demand in demands:
                for door in demand.doors:
                    self.doors |= door.item
        self._weeks: dict[int, int] = {}
        self._prices: dict[int, int] = {}
        self._lacking: dict[int, Lacking] = {}
        self._works: dict[tuple[str | None, int, YearsVector], tuple[int, ...]] = {}
        self.hurdles = Hurdles(kept, self._left, self.weeks, self.price, self._last_items)

    @cached_property
    def leads_on(self) -> bool:
        """Whether some chain of roles leads to the goal as far as work is concerned: a quick look, for a search
        that finds nothing looks everywhere."""
        waiting: list[tuple[str | None, int]] = [(self.start.role, 0)]
        seen = set(waiting)
        while waiting:
            role, kinds = waiting.pop()
            kind = self.kind_of[role]
            here = kinds | (1 << kind if kind is not None else 0)
            for way in self.ways(role):
                if not any(self._worked(ask, here) for ask in way.asks):
                    continue
                if way.final:
                    return True
                if (way.to, here) not in seen:
                    seen.add((way.to, here))
                    waiting.append((way.to, here))
        return False

    def _worked(self, ask: Ask, kinds: int) -> bool:
        return all(needed <= self.years[index] or kinds >> index & 1 for index, needed in enumerate(ask.years))

    @cached_property
    def start(self) -> Start:
        """In the role held; without one, as somebody from outside."""
        person = self.regression.person
        if person.role is None:
            return Start(None)
        role = self.regression.base.roles[person.role]
        return Start(role.id, max(0, person.weeks.get(role.experience, 0) - asked_weeks(role)))

    def record(self, role: str | None, left: str | None, dwell: int = 0) -> int:
        """Weeks worked before that count as time in a role, if it is the first entered (from the role `left`, where
        `dwell` weeks count before it).

        Time in the role that is left counts there; of the same kind of work what is beyond that counts in the next.
        """
        if role is None:
            return 0
        roles, start = self.regression.base.roles, self.start
        kind = roles[role].experience
        if left is None or roles[left].experience != kind:
            return self.regression.person.weeks.get(kind, 0)
        asked = asked_weeks(roles[role]) - asked_weeks(roles[left])
        return max(0, start.credit - max(dwell, asked)) if left == start.role else 0

    def same_work(self, role: str, other: str | None) -> bool:
        """Whether two roles are of the same kind of work."""
        roles = self.regression.base.roles
        return other is not None and roles[role].experience == roles[other].experience

    def enters(self, way: Way, role: str | None) -> bool:
        """Whether a way that is open to everybody is open to somebody in a role: nobody starts below it,
        but for the goal's sake, or where there is no other way."""
        if way.to is None or role is None:
            return True
        if way.to == role or (way.passage is not None and way.passage.presumed):
            return False
        level = self.level_of[way.to]
        if role != self.start.role:
            return level >= self.level_of[role]
        return self.below or level >= min(self.level_of[role], self.goal_level)

    def ways(self, role: str | None) -> tuple[Way, ...]:
        """Where one can go from a role: its own moves, and what is open to everybody and not below it."""
        if role not in self._ways:
            outside = (way for way in self._ways[None] if self.enters(way, role))
            self._ways[role] = (*self._kept.get(role, ()), *outside)
        return self._ways[role]

    def at_pace_of(self, costs: CostModel) -> SearchProblem:
        """The same problem for the same person with other hours a week."""
        other = copy(self)
        other.regression = replace(self.regression, costs=costs)
        other._weeks, other._lacking = {}, {}
        other.hurdles = Hurdles(self._kept, other._left, other.weeks, other.price, self._last_items)
        return other

    def lacking(self, items: int) -> Lacking:
        """What the last move takes of somebody who has some items: by the years that it may ask for, the studies
        beside them that are not both longer and dearer than another."""
        have = items & self._last_items
        known = self._lacking.get(have)
        if known is None:
            known = self._lacking[have] = tuple(
                _least({(self.weeks(asked & ~have), self.price(asked & ~have)) for asked in found})
                for found in self._last.values()
            )
        return known

    def works(self, role: str | None, credit: int, years: YearsVector) -> tuple[int, ...]:
        """The weeks of work left at least for each of the years that the last move may ask for."""
        key = role, credit, years
        known = self._works.get(key)
        if known is None:
            known = self._works[key] = tuple(self.ahead.work(role, credit, years, asked) for asked in self._last)
        return known

    @cached_property
    def moves(self) -> dict[str | None, int]:
        """How many moves it is to the goal from each role at least."""
        into: defaultdict[str | None, list[str | None]] = defaultdict(list)
        starts = {self.start.role, *(way.to for ways in self._kept.values() for way in ways if not way.final)}
        here: list[str | None] = []
        for start in starts:
            ways = self.ways(start)
            if any(way.final for way in ways):
                here.append(start)
            for way in ways:
                into[way.to].append(start)
        found: dict[str | None, int] = {}
        count = 0
        while here:
            count += 1
            found.update((role, count) for role in here)
            here = list({start for role in here for start in into[role] if start not in found})
        return found

    @cached_property
    def chains(self) -> Chains:
        """The least of several moves together, for a search that takes long."""
        if self._like is not None and self._like.kinds == self.kinds and "chains" in self._like.__dict__:
            return self._like.chains
        everywhere = [way for ways in self._kept.values() for way in ways]
        held = self.start.role
        roles = dict.fromkeys(way.to for way in everywhere if way.to is not None and not way.final and way.to != held)
        costs, items = self.regression.costs, enumerate(self.regression.items)
        long = (1 << number for number, item in items if item.kind == "education" and costs.weeks(item) >= LONG_SCHOOL)
        # Where no post has to be looked for, somebody may come to several at once and stay in none.
        stay = self.stay if all(way.hunt or way.final for way in everywhere) else 0
        return Chains(list(roles), self.ways, self.kind_of, self.years, stay, sum(long))

    def _left(self, way: Way) -> int:
        """The least time in roles after a way; work before counts only in a first role."""
        if way.final:
            return 0
        held = self.start.role
        first = way.passage is not None and way.passage.start in (None, held)
        return self.ahead.dwell(way.to, self.record(way.to, None) if first else 0)

    def weeks(self, items: int) -> int:
        """Weeks of study of a set of items."""
        if items not in self._weeks:
            self._weeks[items] = sum(map(self.regression.costs.weeks, self.listed(items)))
        return self._weeks[items]

    def price(self, items: int) -> int:
        """High cost of a set of items, in hundredths."""
        if items not in self._prices:
            self._prices[items] = sum(map(self.regression.costs.price, self.listed(items)))
        return self._prices[items]

    def listed(self, items: int) -> list[CostItem]:
        """The items of a set of bits."""
        return [item for index, item in enumerate(self.regression.items) if items >> index & 1]

    def _vector(self, demand: Demand) -> YearsVector:
        years = dict(demand.years)
        return tuple(years.get(kind, 0) for kind in self.kinds)


def _least(choices: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Those of some pairs that are not above another in both, ascending by the first."""
    kept: list[tuple[int, int]] = []
    for first, second in sorted(choices):
        if not kept or second < kept[-1][1]:
            kept.append((first, second))
    return tuple(kept)


@dataclass
class _Relevance:
    """Finds the ways towards the goal, or towards work that something on the way asks for."""

    regression: Regression
    goal: str
    passages: tuple[Passage, ...]
    asked: Demands
    wanted: list[str] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)

    def ways(self) -> Iterator[tuple[Passage | None, str | None, Demands]]:
        """Every passage that matters, where it leads and what it demands."""
        regression = self.regression
        if self.goal in regression.base.roles:
            self.wanted.append(self.goal)
        else:
            demands = both(regression.of(Condition(certification=self.goal)), self.asked)
            self._note(demands)
            yield None, None, demands
        into: defaultdict[str, list[Passage]] = defaultdict(list)
        for passage in self._usable:
            into[passage.to].append(passage)
        seen: set[str] = set()
        while self.wanted:
            role = self.wanted.pop(0)
            if role in seen or role not in regression.feasible.roles:
                continue
            seen.add(role)
            for passage in into[role]:
                demands = self._demands(passage)
                if demands:
                    self._note(demands)
                    if passage.start is not None:
                        self.wanted.append(passage.start)
                    yield passage, role, demands

    @cached_property
    def _usable(self) -> list[Passage]:
        """Passages from what this person can be, of a background that this person has."""
        person, roles = self.regression.person, self.regression.feasible.roles
        return [
            passage
            for passage in self.passages
            if (passage.start is None or passage.start in roles)
            and (passage.background is None or passage.background in person.backgrounds)
        ]

    @cached_property
    def _onward(self) -> dict[str | None, list[Passage]]:
        """The same passages by the role they leave."""
        found: defaultdict[str | None, list[Passage]] = defaultdict(list)
        for passage in self._usable:
            found[passage.start].append(passage)
        return found

    def _demands(self, passage: Passage) -> Demands:
        demands = self.regression.kept(passage, lambda: self._asked_on(passage))
        if passage.to != self.goal or self.asked == (DONE,):
            return demands
        return self._after(passage, both(demands, self.asked))

    def _asked_on(self, passage: Passage) -> Demands:
        """What a passage demands, whatever the goal."""
        regression = self.regression
        demands = regression.of(passage.needs)
        if passage.kind is not None and passage.weeks:
            demands = both(demands, regression.work(passage.kind, passage.weeks))
        return self._after(passage, both(demands, regression.years_for(passage.to)))

    def _after(self, passage: Passage, demands: Demands) -> Demands:
        """Whoever has stayed so long in the first role has worked so long."""
        if passage.start is None or not passage.dwell:
            return demands
        kind = self.regression.base.roles[passage.start].experience
        left = tuple(demand.after(kind, passage.dwell) for demand in demands)
        return demands if all(map(is_, left, demands)) else smallest(left)

    def _note(self, demands: Iterable[Demand]) -> None:
        """Roles and kinds of work that something demands are wanted too."""
        for demand in demands:
            self.wanted.extend(sorted(demand.roles))
            for kind, _ in demand.years:
                if kind not in self.kinds:
                    self.kinds.add(kind)
                    self.wanted.extend(self._givers(kind))

    def _givers(self, kind: str) -> Iterable[str]:
        """The roles in which somebody first comes to do a kind of work.

        A role that is only reached through another of the same kind gives nothing that could not
        be had by staying there.
        """
        base, person = self.regression.base, self.regression.person
        givers: dict[str, None] = {}
        waiting: list[str | None] = [None]
        if person.role is not None and base.roles[person.role].experience != kind:
            waiting.append(person.role)
        inside = set(waiting)
        while waiting:
            here = waiting.pop()
            for passage in self._onward.get(here, ()):
                if passage.to in inside or passage.to in givers:
                    continue
                if base.roles[passage.to].experience == kind:
                    givers[passage.to] = None
                else:
                    inside.add(passage.to)
                    waiting.append(passage.to)
        return givers
