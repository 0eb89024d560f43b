"""One goal of one person, worked out for the search: the ways that matter and what each demands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.advice.planner.actions import Item, Passage
from bot.advice.planner.demands import Demand, Demands, Regression, both
from bot.knowledge.model import Condition

Vector = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """A demand with its years as a vector over the kinds of work that matter here."""

    items: int
    years: Vector
    demand: Demand


@dataclass(frozen=True, slots=True)
class Way:
    """A passage with its demands worked out; `final` ends the search. No passage: the goal is no role."""

    passage: Passage | None
    to: str | None
    asks: tuple[Ask, ...]
    final: bool


@dataclass(frozen=True, slots=True)
class Bundle:
    """What at least remains on some way to the goal: items, and weeks in all by kind of work."""

    items: int
    years: Vector


class Problem:
    """Everything the search asks for.

    `ahead` maps a role to the smallest bundles on any way from it to the goal; `caps` says beyond
    how many weeks more of a kind of work changes nothing, `thresholds` which weeks something asks for.
    """

    def __init__(self, regression: Regression, goal: str, passages: tuple[Passage, ...], asked: Demands) -> None:
        self.regression = regression
        self.goal = goal
        person, base = regression.person, regression.base
        found = list(_Relevance(regression, goal, passages, asked).ways())
        self.kinds = sorted({kind for _, _, demands in found for demand in demands for kind, _ in demand.years})
        self._weeks: dict[int, int] = {}
        self._prices: dict[int, int] = {}
        index = {kind: number for number, kind in enumerate(self.kinds)}
        self.kind_of: dict[str | None, int | None] = {
            role.id: index.get(role.experience) for role in base.roles.values()
        }
        self.kind_of[None] = None
        self.role = person.role
        self.years: Vector = tuple(person.weeks.get(kind, 0) for kind in self.kinds)
        own: defaultdict[str | None, list[Way]] = defaultdict(list)
        for passage, to, demands in found:
            asks = tuple(Ask(item.items, self._vector(item), item) for item in demands)
            own[passage.start if passage else None].append(Way(passage, to, asks, to is None or to == goal))
        self._ways = {role: (*ways, *(own[None] if role is not None else ())) for role, ways in list(own.items())}
        self._anywhere = tuple(own[None])
        marks = [
            sorted({ask.years[number] for ways in own.values() for way in ways for ask in way.asks} - {0})
            for number in range(len(self.kinds))
        ]
        self.thresholds = tuple(map(tuple, marks))
        self.caps: Vector = tuple(max(found, default=0) for found in marks)
        self._ahead = _bundles(own, len(self.kinds))

    def ways(self, role: str | None) -> tuple[Way, ...]:
        """Where one can go from a role: its own moves, and what is open to everybody."""
        return self._ways.get(role, self._anywhere)

    def ahead(self, role: str | None) -> tuple[Bundle, ...]:
        """The smallest bundles between a role and the goal; none means no way there."""
        return self._ahead.get(role, self._ahead.get(None, ()))

    def weeks(self, items: int) -> int:
        """Weeks of study of a set of items."""
        if items not in self._weeks:
            self._weeks[items] = sum(map(self.regression.tariff.weeks, self.listed(items)))
        return self._weeks[items]

    def price(self, items: int) -> int:
        """High cost of a set of items, in hundredths."""
        if items not in self._prices:
            self._prices[items] = sum(map(self.regression.tariff.price, self.listed(items)))
        return self._prices[items]

    def listed(self, items: int) -> list[Item]:
        """The items of a set of bits."""
        return [item for index, item in enumerate(self.regression.items) if items >> index & 1]

    def _vector(self, demand: Demand) -> Vector:
        years = dict(demand.years)
        return tuple(years.get(kind, 0) for kind in self.kinds)


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
        for passage in self.passages:
            into[passage.to].append(passage)
        seen: set[str] = set()
        while self.wanted:
            role = self.wanted.pop(0)
            if role in seen or role not in regression.reach.roles:
                continue
            seen.add(role)
            for passage in into[role]:
                demands = self._demands(passage)
                if demands:
                    self._note(demands)
                    if passage.start is not None:
                        self.wanted.append(passage.start)
                    yield passage, role, demands

    def _demands(self, passage: Passage) -> Demands:
        regression = self.regression
        if passage.start is not None and passage.start not in regression.reach.roles:
            return ()
        if passage.background is not None and passage.background not in regression.person.backgrounds:
            return ()
        demands = regression.of(passage.needs)
        if passage.kind is not None and passage.weeks:
            demands = both(demands, regression.work(passage.kind, passage.weeks))
        asked = regression.base.roles[passage.to].requires.employers_ask
        demands = both(demands, regression.requirements(asked, years_only=True))
        return both(demands, self.asked) if passage.to == self.goal else demands

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
        if person.role is not None and base.roles[person.role].experience == kind:
            return ()
        inside = {None, person.role}
        givers: dict[str, None] = {}
        waiting = [None, person.role]
        while waiting:
            here = waiting.pop()
            for passage in self.passages:
                if passage.start != here or passage.to in inside or passage.to in givers:
                    continue
                if base.roles[passage.to].experience == kind:
                    givers[passage.to] = None
                else:
                    inside.add(passage.to)
                    waiting.append(passage.to)
        return givers


def _bundles(own: dict[str | None, list[Way]], size: int) -> dict[str | None, tuple[Bundle, ...]]:
    """Backwards from the goal: what at least remains from each role, until nothing changes."""
    found: dict[str | None, tuple[Bundle, ...]] = {role: () for role in own}
    found[None] = ()
    end = (Bundle(0, (0,) * size),)
    changed = True
    while changed:
        changed = False
        for start, ways in own.items():
            known = found[start]
            for way in ways:
                tails = end if way.final else found.get(way.to, found[None])
                known = _least((*known, *(_joined(ask, tail) for ask in way.asks for tail in tails)))
            if start is not None:
                known = _least((*known, *found[None]))
            if known != found[start]:
                found[start] = known
                changed = True
    return found


def _joined(ask: Ask, tail: Bundle) -> Bundle:
    return Bundle(ask.items | tail.items, tuple(map(max, ask.years, tail.years)))


def _least(bundles: Iterable[Bundle]) -> tuple[Bundle, ...]:
    kept: list[Bundle] = []
    for bundle in sorted(set(bundles), key=lambda item: (sum(item.years), item.items, item.years)):
        for other in kept:
            if other.items & ~bundle.items == 0 and all(map(int.__le__, other.years, bundle.years)):
                break
        else:
            kept.append(bundle)
    return tuple(kept)
