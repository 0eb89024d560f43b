"""The slow and simple planner: it walks through every week and tries everything.

It shares nothing with the planner's search: no order of study is taken for granted, nothing is
pruned, and money is counted by trying every set of things to buy. Only good for tiny worlds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, combinations

from bot.advice.planner.cost_model import CostItem, CostModel
from bot.advice.planner.feasibility import Fit
from bot.advice.planner.passages import Passage, ladder_of, open_to
from bot.advice.planner.person import Person, asked_weeks, holds, holds_education, implied, person_of, weeks_of
from bot.advice.profile import Profile
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Condition, Role

# No condition and no move of a generated world asks for more weeks of anything.
MOST = 3


@dataclass(frozen=True)
class State:
    """Where somebody stands in some week.

    `tenure` counts as time in the role; `study` is what is being studied and the weeks left of it.
    """

    role: str | None
    tenure: int
    years: tuple[tuple[str, int], ...]
    done: frozenset[CostItem]
    studied: frozenset[str]
    study: tuple[CostItem, int] | None
    been: frozenset[str]
    peak: int
    moved: bool = False


class Oracle:
    """Best weeks and best cost (in hundredths) to a goal, by exhaustion."""

    def __init__(self, base: KnowledgeBase, profile: Profile) -> None:
        self.base = base
        self.goal = str(profile.goal)
        self.person: Person = person_of(base, profile)
        self.costs = CostModel(base, self.person)
        self.fit = Fit(base, profile, self.goal)
        self.levels = ladder_of(base).levels
        self.floor = self.levels.get(self.goal, len(base.field.levels))
        for number, passages in enumerate(open_to(base, self.person, self.goal)):
            self.passages: tuple[Passage, ...] = passages
            self.below = number > 0
            if self.weeks(frozenset(self.things)) is not None:
                break

    @cached_property
    def things(self) -> tuple[CostItem, ...]:
        """Everything that can be bought: exams and schools."""
        exams = [CostItem("exam", item.id) for item in self.base.certifications.values() if item.full is None]
        return (*exams, *(CostItem("education", item) for item in self.base.education))

    def fastest(self) -> tuple[int, int] | None:
        """Fewest weeks, then lowest cost."""
        weeks = self.weeks(frozenset(self.things))
        if weeks is None:
            return None
        return next((weeks, cost) for cost, things in self._by_cost() if self.weeks(things) == weeks)

    def cheapest(self) -> tuple[int, int] | None:
        """Lowest cost, then fewest weeks, as (weeks, cost)."""
        found: tuple[int, int] | None = None
        for cost, things in self._by_cost():
            if found is not None and cost > found[1]:
                break
            weeks = self.weeks(things)
            if weeks is not None and (found is None or weeks < found[0]):
                found = (weeks, cost)
        return found

    def _by_cost(self) -> list[tuple[int, frozenset[CostItem]]]:
        sizes = (combinations(self.things, size) for size in range(len(self.things) + 1))
        priced = [(self.cost(things), frozenset(things)) for things in chain.from_iterable(sizes)]
        return sorted(priced, key=lambda pair: pair[0])

    def cost(self, things: Iterable[CostItem]) -> int:
        """What a set of things costs, each membership once."""
        joined = {self.costs.membership_of(held) for held in self.person.certifications}
        memberships = {self.costs.membership_of(item.entity) for item in things if item.kind == "exam"} - joined
        return sum(self.costs.price(item) for item in chain(things, memberships) if item is not None)

    def weeks(self, things: frozenset[CostItem]) -> int | None:
        """Fewest weeks with no more than some things."""
        states = {state for start in self._starts() for state in self._now(start, things)}
        seen: set[State] = set()
        week = 0
        while states:
            if any(self._reached(state) for state in states):
                return week
            seen |= states
            week += 1
            states = {state for last in states for state in self._now(self._next_week(last), things)} - seen
        return None

    def _starts(self) -> Iterator[State]:
        weeks = tuple(sorted((kind, min(have, MOST)) for kind, have in self.person.weeks.items()))
        outside = State(None, 0, weeks, frozenset(), frozenset(), None, frozenset(), -1)
        if self.person.role is None:
            yield outside
            return
        role = self.base.roles[self.person.role]
        before = self.person.weeks.get(role.experience, 0) - asked_weeks(role)
        peak = self.levels[role.id]
        yield replace(outside, role=role.id, tenure=max(0, before), been=frozenset({role.id}), peak=peak)

    def _next_week(self, state: State) -> State:
        years = dict(state.years)
        if state.role is not None:
            kind = self.base.roles[state.role].experience
            years[kind] = min(years.get(kind, 0) + 1, MOST)
        study = (state.study[0], state.study[1] - 1) if state.study is not None else None
        return replace(state, years=tuple(sorted(years.items())), tenure=min(state.tenure + 1, MOST), study=study)

    def _now(self, state: State, things: frozenset[CostItem]) -> Iterator[State]:
        """Everything one can make of this week before the next one comes."""
        seen, waiting = set(), [self._settle(state)]
        while waiting:
            here = waiting.pop()
            if here in seen:
                continue
            seen.add(here)
            waiting += [self._settle(other) for other in (*self._moves(here), *self._studies(here, things))]
        return iter(seen)

    def _settle(self, state: State) -> State:
        """Studies that end, exams that are open and labels that can be lifted: nobody waits with those."""
        if state.study is not None and state.study[1] == 0:
            item = state.study[0]
            done = state.done | {item} if item.kind == "education" else state.done
            state = replace(state, study=None, done=done, studied=state.studied | {item.entity})
        changed = True
        while changed:
            changed = False
            for item in (*self._open_exams(state), *self._open_lifts(state)):
                if item not in state.done:
                    state, changed = replace(state, done=state.done | {item}), True
        return state

    def _open_exams(self, state: State) -> Iterator[CostItem]:
        for record in self.base.certifications.values():
            gates = [gate.needs for gate in record.requires.exam_requires]
            if record.full is None and record.id in state.studied and all(self._met(state, gate) for gate in gates):
                yield CostItem("exam", record.id)

    def _open_lifts(self, state: State) -> Iterator[CostItem]:
        for record in self.base.certifications.values():
            if record.provisional is None or not self._has(state, record.provisional):
                continue
            if any(self._met(state, way.needs) for way in self.base.certifications[record.provisional].lift):
                yield CostItem("lift", record.id)

    def _studies(self, state: State, things: frozenset[CostItem]) -> Iterator[State]:
        if state.study is not None:
            return
        for item in things:
            if item.entity in state.studied:
                continue
            if item.kind == "education":
                gates = self.base.education[item.entity].requires.exam_requires
                if not all(self._met(state, gate.needs) for gate in gates):
                    continue
            yield replace(state, study=(item, self.costs.weeks(item)))

    def _moves(self, state: State) -> Iterator[State]:
        for passage in self.passages:
            if passage.to == state.role or passage.start not in (None, state.role) or not self._open(state, passage):
                continue
            role = self.base.roles[passage.to]
            if passage.start is not None and passage.dwell > state.tenure:
                continue
            level = self.levels[role.id]
            yield replace(
                state,
                role=role.id,
                tenure=0 if state.moved else min(self._record(role, state.role, passage.dwell), MOST),
                been=state.been | {role.id},
                peak=max(state.peak, level) if state.moved else level,
                moved=True,
            )

    def _record(self, role: Role, left: str | None, dwell: int) -> int:
        """Work before that counts as time in the first role entered: of the same kind what the one before needs not."""
        done = self.person.weeks.get(role.experience, 0)
        if left is None or self.base.roles[left].experience != role.experience:
            return done
        before = asked_weeks(self.base.roles[left])
        return max(0, max(0, done - before) - max(dwell, asked_weeks(role) - before))

    def _open(self, state: State, passage: Passage) -> bool:
        if passage.presumed and state.role is not None:
            return False
        down = passage.start is None and self.levels[passage.to] < state.peak
        if down and (state.moved or (self.levels[passage.to] < self.floor and not self.below)):
            return False
        if passage.background is not None and passage.background not in self.person.backgrounds:
            return False
        if passage.kind is not None and dict(state.years).get(passage.kind, 0) < passage.weeks:
            return False
        asked = self.base.roles[passage.to].requires.employers_ask
        return self._met(state, passage.needs, fit=True) and all(
            self._met(state, item.needs, years_only=True) for item in asked
        )

    def _reached(self, state: State) -> bool:
        return state.role == self.goal or (self.goal in self.base.certifications and self._has(state, self.goal))

    def _has(self, state: State, entity: str) -> bool:
        record = self.base.certifications[entity]
        if entity in self.person.certifications:
            return True
        if record.full is not None:
            return CostItem("exam", record.full) in state.done
        return CostItem("exam" if record.provisional is None else "lift", entity) in state.done

    def _met(self, state: State, condition: Condition | None, *, years_only: bool = False, fit: bool = False) -> bool:
        if condition is None or holds(self.base, self.person, condition):
            return True
        if condition.any is not None:
            branches = self.fit(condition.any) if fit else condition.any
            return any(self._met(state, child, years_only=years_only, fit=fit) for child in branches)
        if condition.all is not None:
            return all(self._met(state, child, years_only=years_only, fit=fit) for child in condition.all)
        if condition.years is not None:
            return dict(state.years).get(str(condition.of), 0) >= weeks_of(condition.years)
        if years_only:
            return True
        if condition.certification is not None:
            return self._has(state, condition.certification)
        if condition.education is not None:
            schools = [item.entity for item in state.done if item.kind == "education"]
            return condition.education in implied(self.base, schools) or holds_education(
                self.base, self.person, condition.education, None
            )
        if condition.licence is not None:
            return condition.licence in self.person.licences
        return condition.role in state.been
