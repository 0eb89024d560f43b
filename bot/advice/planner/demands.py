"""Conditions → what would have to be done for them: every minimal set of items, years and roles.

A `Demand` is one branch through the AND/OR tree of a condition and of all that stands behind it:
the school behind the exam, the years behind the licence. Sets of items are bits of an integer,
because the search compares many thousands of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from bot.advice.planner.cost_model import CostItem, CostModel
from bot.advice.planner.feasibility import Feasible
from bot.advice.planner.passages import Passage
from bot.advice.planner.person import Person, holds, weeks_of
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Condition, Requirement

KindWeeks = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Door:
    """A school that can only be begun after years of work or time in a role."""

    item: int
    years: KindWeeks
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Gate:
    """An exam that can only be sat after years of work: a post that asks for it is looked for after that."""

    item: int
    years: KindWeeks


# Not frozen, for that makes it three times as slow to build; nothing changes a demand.
@dataclass(slots=True, unsafe_hash=True)
class Demand:
    """Everything one branch asks: items (bits), weeks in all by kind of work, roles once held."""

    items: int = 0
    years: KindWeeks = ()
    roles: frozenset[str] = frozenset()
    doors: tuple[Door, ...] = ()
    gates: tuple[Gate, ...] = ()

    def covers(self, other: Demand) -> bool:
        """Whether whoever does this has done all of `other`."""
        # Tens of thousands of these are compared for one plan, so what settles most of them comes first.
        if other.items & ~self.items:
            return False
        if other.years and other.years != self.years:
            have = dict(self.years)
            for kind, weeks in other.years:
                if have.get(kind, 0) < weeks:
                    return False
        if other.roles and not other.roles <= self.roles:
            return False
        if other.gates and not set(other.gates) <= set(self.gates):
            return False
        return not other.doors or set(other.doors) <= set(self.doors)

    def after(self, kind: str, weeks: int) -> Demand:
        """What is left to ask of somebody with so many weeks of a kind of work.

        Years that a school or an exam waits for are still asked: when it opens depends on them.
        """
        waits = (*(door.years for door in self.doors), *(gate.years for gate in self.gates))
        opening = {mine for years in waits for mine, _ in years}
        years = tuple(
            (mine, needed) for mine, needed in self.years if mine != kind or needed > weeks or mine in opening
        )
        return Demand(self.items, years, self.roles, self.doors, self.gates) if years != self.years else self


DONE = Demand()
Demands = tuple[Demand, ...]


def both(first: Demands, second: Demands) -> Demands:
    """Every way to do one of each."""
    if first == (DONE,):
        return second
    if second == (DONE,):
        return first
    if len(first) == 1 and all(first[0].covers(demand) for demand in second):
        return first
    return smallest(_join(left, right) for left in first for right in second)


def smallest(demands: Iterable[Demand]) -> Demands:
    """Without those that do all of another and more; the order stays."""
    everything = demands if isinstance(demands, tuple) else tuple(demands)
    if len(everything) <= 1:
        return everything
    kept: list[Demand] = []
    seen: set[tuple[int, KindWeeks]] = set()
    for demand in everything:
        key = demand.items, demand.years
        plain = not (demand.roles or demand.doors or demand.gates)
        if key in seen and plain:
            continue
        for other in kept:
            if not other.items & ~demand.items and demand.covers(other):
                break
        else:
            kept = [other for other in kept if demand.items & ~other.items or not other.covers(demand)]
            kept.append(demand)
            if plain:
                seen.add(key)
    return tuple(kept)


def _join(left: Demand, right: Demand) -> Demand:
    years = left.years
    if right.years and right.years != years:
        both_years = dict(years)
        for kind, weeks in right.years:
            both_years[kind] = max(weeks, both_years.get(kind, 0))
        years = tuple(sorted(both_years.items()))
    doors = left.doors
    if right.doors:
        doors += tuple(door for door in right.doors if door not in doors)
    gates = left.gates
    if right.gates:
        gates += tuple(gate for gate in right.gates if gate not in gates)
    roles = left.roles | right.roles if right.roles else left.roles
    return Demand(left.items | right.items, years, roles, doors, gates)


@dataclass
class Regression:
    """Works conditions out for one person. `items` lists the items by their bit,
    `flags` the roles that something asks for by name.

    What nobody in this person's place can reach is left out; so an empty result means
    impossible, and (DONE,) means met already.
    """

    base: KnowledgeBase
    person: Person
    costs: CostModel
    feasible: Feasible
    fits: Callable[[Sequence[Condition]], Sequence[Condition]]
    items: list[CostItem] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    _bits: dict[CostItem, int] = field(default_factory=dict)
    _known: dict[tuple[str, str, str | None], Demands] = field(default_factory=dict)
    _worked_out: dict[tuple[int, bool], tuple[Condition, Demands]] = field(default_factory=dict)
    _years_for: dict[str, Demands] = field(default_factory=dict)
    _passages: dict[int, tuple[Passage, Demands]] = field(default_factory=dict)
    _open: set[tuple[str, str, str | None]] = field(default_factory=set)
    _blocked: bool = False

    def of(self, condition: Condition | None, *, years_only: bool = False) -> Demands:
        """The smallest demands of a condition; with `years_only` everything but work counts as met."""
        if condition is None:
            return (DONE,)
        if self._open or condition.any is condition.all is None:
            return self._of(condition, years_only)
        key = (id(condition), years_only)
        if key not in self._worked_out:
            # The condition stands beside its demands, so that no other can take its place in memory.
            self._worked_out[key] = condition, self._of(condition, years_only)
        return self._worked_out[key][1]

    def _of(self, condition: Condition, years_only: bool) -> Demands:
        if holds(self.base, self.person, condition):
            return (DONE,)
        if condition.any is not None:
            # Tastes count in what employers ask; an exam's own rules stand as they are.
            branches = condition.any if years_only or self._open else self.fits(condition.any)
            found = [self.of(child, years_only=years_only) for child in branches]
            return smallest(chain.from_iterable(found))
        if condition.all is not None:
            return self.all_of(condition.all, years_only=years_only)
        if condition.years is not None:
            return self.work(str(condition.of), weeks_of(condition.years))
        if years_only:
            return (DONE,)
        if condition.certification is not None:
            return self._once("certification", condition.certification, None)
        if condition.education is not None:
            return self._once("education", condition.education, condition.accredited)
        if condition.role is not None and condition.role in self.feasible.roles:
            self.flags.add(condition.role)
            return (Demand(roles=frozenset({condition.role})),)
        return ()

    def kept(self, passage: Passage, work_out: Callable[[], Demands]) -> Demands:
        """What a passage demands, worked out once."""
        if id(passage) not in self._passages:
            self._passages[id(passage)] = passage, work_out()
        return self._passages[id(passage)][1]

    def all_of(self, conditions: Iterable[Condition | None], *, years_only: bool = False) -> Demands:
        """The smallest demands of several conditions together."""
        found: Demands = (DONE,)
        for condition in conditions:
            found = both(found, self.of(condition, years_only=years_only))
            if not found:
                break
        return found

    def requirements(self, requirements: Iterable[Requirement], *, years_only: bool = False) -> Demands:
        """The smallest demands of everything that is asked in a form to compute with."""
        return self.all_of((item.needs for item in requirements), years_only=years_only)

    def years_for(self, role: str) -> Demands:
        """The years that employers ask for a role."""
        if role not in self._years_for:
            asked = self.base.roles[role].requires.employers_ask
            self._years_for[role] = self.requirements(asked, years_only=True)
        return self._years_for[role]

    def work(self, kind: str, weeks: int) -> Demands:
        """Work of one kind: nothing if there is enough of it, impossible if no role gives it."""
        if self.person.weeks.get(kind, 0) >= weeks:
            return (DONE,)
        return (Demand(years=((kind, weeks),)),) if kind in self.feasible.experience else ()

    def bit(self, item: CostItem) -> int:
        """The bit that stands for an item, a new one at its first use."""
        if item not in self._bits:
            self._bits[item] = 1 << len(self.items)
            self.items.append(item)
        return self._bits[item]

    def _once(self, kind: str, entity: str, accredited: str | None) -> Demands:
        """A credential or school, worked out once; one that stands behind itself is a dead end."""
        key = (kind, entity, accredited)
        if key in self._known:
            return self._known[key]
        if key in self._open:
            self._blocked = True
            return ()
        self._open.add(key)
        outer, self._blocked = self._blocked, False
        found = self._certification(entity) if kind == "certification" else self._education(entity, accredited)
        self._open.discard(key)
        # What was cut short by a circle holds only inside it.
        if not self._blocked or not self._open:
            self._known[key] = found
        self._blocked = self._blocked or outer
        return found

    def _certification(self, entity: str) -> Demands:
        if entity not in self.feasible.certifications:
            return ()
        record = self.base.certifications[entity]
        if record.full is not None:
            return self._exam(record.full)
        if record.provisional is None:
            return self._exam(entity)
        exam = (DONE,) if record.provisional in self.person.certifications else self._exam(entity)
        ways = [self.of(way.needs) for way in self.base.certifications[record.provisional].lift]
        lifted = (Demand(items=self.bit(CostItem("lift", entity))),)
        return both(both(exam, lifted), smallest(chain.from_iterable(ways)))

    def _exam(self, entity: str) -> Demands:
        exam = items = self.bit(CostItem("exam", entity))
        membership = self.costs.membership_of(entity)
        if membership is not None and not self._member(membership):
            items |= self.bit(membership)
        ways = []
        for rule in self.requirements(self.base.certifications[entity].requires.exam_requires):
            gates = (*rule.gates, Gate(exam, rule.years)) if rule.years else rule.gates
            ways.append(Demand(rule.items | items, rule.years, rule.roles, rule.doors, gates))
        return smallest(ways)

    def _member(self, membership: CostItem) -> bool:
        return any(self.costs.membership_of(held) == membership for held in self.person.certifications)

    def _education(self, entity: str, accredited: str | None) -> Demands:
        ways = []
        for school in self._schools(entity, accredited):
            bit = self.bit(CostItem("education", school))
            for gate in self.requirements(self.base.education[school].requires.exam_requires):
                doors = gate.doors
                if gate.years or gate.roles:
                    doors += (Door(bit, gate.years, gate.roles),)
                ways.append(Demand(gate.items | bit, gate.years, gate.roles, doors, gate.gates))
        return smallest(ways)

    def _schools(self, entity: str, accredited: str | None) -> Iterable[str]:
        for school in sorted(self.base.education):
            accreditation = self.base.education[school].accreditation
            if school not in self.feasible.education or (accredited is not None and accreditation != accredited):
                continue
            if entity in self.person.gives[school]:
                yield school
