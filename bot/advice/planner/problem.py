"""One goal of one person, worked out for the search: the ways that matter and what each demands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.advice.planner.actions import Passage
from bot.advice.planner.demands import Demand, Demands, Regression
from bot.knowledge.model import Condition

@dataclass(frozen=True, slots=True)
class Way:
    """A passage with its demands worked out; `final` ends the search. No passage: the goal is no role."""

    passage: Passage | None
    to: str | None
    demands: Demands
    final: bool


@dataclass
class Problem:
    """Everything the search asks for. `caps`: beyond so many weeks, more of a kind of work changes nothing."""

    regression: Regression
    goal: str
    asked: tuple[Condition, ...]
    passages: tuple[Passage, ...]
    kinds: dict[str, int] = field(default_factory=dict)
    thresholds: list[tuple[int, ...]] = field(default_factory=list)
    caps: tuple[int, ...] = ()
    _from: dict[str | None, list[Way]] = field(default_factory=dict)
    _merged: dict[str | None, tuple[Way, ...]] = field(default_factory=dict)
    _kind_of: dict[str | None, int | None] = field(default_factory=dict)
    _weeks: dict[int, int] = field(default_factory=dict)
    _prices: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        person, base = self.regression.person, self.regression.base
        self._relevant()
        demanded = [demand for ways in self._from.values() for way in ways for demand in way.demands]
        kinds = sorted({kind for demand in demanded for kind, _ in demand.years})
        self.kinds = {kind: index for index, kind in enumerate(kinds)}
        marks: list[set[int]] = [set() for _ in kinds]
        for demand in demanded:
            for kind, weeks in demand.years:
                marks[self.kinds[kind]].add(weeks)
        self.thresholds = [tuple(sorted(found)) for found in marks]
        self.caps = tuple(found[-1] for found in self.thresholds)
        self.role = person.role
        self.years = tuple(person.weeks.get(kind, 0) for kind in kinds)
        self.been = frozenset({person.role} if person.role is not None else ())
        self._kind_of = {role.id: self.kinds.get(role.experience) for role in base.roles.values()}

    def kind_index(self, role: str | None) -> int | None:
        """The kind of work that counts here and that a role gives."""
        return self._kind_of.get(role)

    def ways(self, role: str | None) -> tuple[Way, ...]:
        """Where one can go from a role: its own moves, and what is open to everybody."""
        if role not in self._merged:
            own = self._from.get(role, []) if role is not None else []
            self._merged[role] = (*own, *self._from.get(None, []))
        return self._merged[role]

    def weeks(self, items: int) -> int:
        """Weeks of study of a set of items."""
        if items not in self._weeks:
            self._weeks[items] = sum(self.regression.tariff.weeks(item) for item in self.listed(items))
        return self._weeks[items]

    def price(self, items: int) -> int:
        """High cost of a set of items, in hundredths."""
        if items not in self._prices:
            self._prices[items] = sum(self.regression.tariff.price(item) for item in self.listed(items))
        return self._prices[items]

    def listed(self, items: int) -> list[object]:
        """The items of a set of bits."""
        return [item for index, item in enumerate(self.regression.items) if items >> index & 1]

    def _relevant(self) -> None:
        """Only ways towards the goal, or towards work that something on the way asks for."""
        base, regression = self.regression.base, self.regression
        wanted: list[str] = []
        seen: set[str] = set()
        kinds: set[str] = set()

        def note(demands: Iterable[Demand]) -> None:
            for demand in demands:
                wanted.extend(sorted(demand.roles))
                for kind, _ in demand.years:
                    if kind not in kinds:
                        kinds.add(kind)
                        wanted.extend(role.id for role in base.roles.values() if role.experience == kind)

        if self.goal in base.roles:
            wanted.append(self.goal)
        else:
            demands = regression.all_of((Condition(certification=self.goal), *self.asked))
            self._from[None] = [Way(None, None, demands, True)]
            note(demands)
        while wanted:
            role = wanted.pop(0)
            if role in seen or role not in regression.reach.roles:
                continue
            seen.add(role)
            for passage in self.passages:
                if passage.to != role:
                    continue
                demands = self._demands(passage)
                if demands:
                    self._from.setdefault(passage.start, []).append(Way(passage, role, demands, role == self.goal))
                    note(demands)
                    if passage.start is not None:
                        wanted.append(passage.start)

    def _demands(self, passage: Passage) -> Demands:
        regression = self.regression
        if passage.start is not None and passage.start not in regression.reach.roles:
            return ()
        if passage.background is not None and passage.background not in regression.person.backgrounds:
            return ()
        from bot.advice.planner.demands import both

        asked = regression.base.roles[passage.to].requires.employers_ask
        demands = regression.of(passage.needs)
        if passage.kind is not None:
            demands = both(demands, regression.work(passage.kind, passage.weeks))
        demands = both(demands, regression.requirements(asked, years_only=True))
        if passage.to == self.goal:
            demands = both(demands, regression.all_of(self.asked))
        return demands
