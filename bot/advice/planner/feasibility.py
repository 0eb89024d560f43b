"""What somebody could reach at all, time and money aside, and which credentials suit where they want to work.

Nothing that is reached is ever lost, so it is enough to add what can be had until nothing more comes: the goal is
possible exactly if it is among what was found. What suits depends on the country, the workplace and the goal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from bot.advice.planner.passages import Passage, ladder_of
from bot.advice.planner.person import Person, holds, holds_education, once, person_of, weeks_of
from bot.advice.profile import Profile
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.conditions import certifications_in, leaves
from bot.knowledge.model import Certification, Condition, Requirement


@dataclass
class Feasible:
    """Everything within somebody's reach: `education` are schools to attend, `experience` kinds of work."""

    roles: set[str] = field(default_factory=set)
    certifications: set[str] = field(default_factory=set)
    education: set[str] = field(default_factory=set)
    experience: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Explorer:
    """Finds what is within reach of one person; `closed` is a role that may not be entered."""

    base: KnowledgeBase
    person: Person
    passages: tuple[Passage, ...]
    closed: str | None = None

    def explore(self) -> Feasible:
        """The largest set of things that can be had, one after the other."""
        found = Feasible()
        if self.person.role is not None:
            self._enter(found, self.person.role)
        size = -1
        while size != (size := _size(found)):
            for school in self.base.education.values():
                if school.id in found.education or school.status != "current":
                    continue
                if self._all(found, school.requires.exam_requires):
                    found.education.add(school.id)
            for record in self.base.certifications.values():
                if record.id not in found.certifications and self._obtainable(found, record):
                    found.certifications.add(record.id)
            for passage in self.passages:
                if passage.to not in found.roles and passage.to != self.closed and self.passable(found, passage):
                    self._enter(found, passage.to)
        return found

    def passable(self, found: Feasible, passage: Passage) -> bool:
        """Whether a way into a role is open with what was found."""
        if passage.start is not None and passage.start not in found.roles:
            return False
        if passage.background is not None and passage.background not in self.person.backgrounds:
            return False
        if passage.start is not None and passage.start == self.person.role:
            # Nobody comes back to the role held: what this way asks is done before it is left.
            found = replace(found, experience={self.base.roles[passage.start].experience})
        if passage.kind is not None and not self._works(found, passage.kind, passage.weeks):
            return False
        asked = self.base.roles[passage.to].requires.employers_ask
        return (passage.needs is None or self.possible(found, passage.needs)) and all(
            self.possible(found, item.needs, years_only=True) for item in asked if item.needs is not None
        )

    def possible(self, found: Feasible, condition: Condition, *, years_only: bool = False) -> bool:
        """Whether a condition can be met with what was found."""
        if condition.any is not None:
            return any(self.possible(found, child, years_only=years_only) for child in condition.any)
        if condition.all is not None:
            return all(self.possible(found, child, years_only=years_only) for child in condition.all)
        if condition.years is not None:
            return self._works(found, str(condition.of), weeks_of(condition.years))
        if years_only:
            return True
        if condition.certification is not None:
            return (
                condition.certification in found.certifications or condition.certification in self.person.certifications
            )
        if condition.education is not None:
            return self._schooled(found, condition.education, condition.accredited)
        if condition.licence is not None:
            return condition.licence in self.person.licences
        return condition.role in found.roles

    def _enter(self, found: Feasible, role: str) -> None:
        found.roles.add(role)
        found.experience.add(self.base.roles[role].experience)

    def _works(self, found: Feasible, kind: str, weeks: int) -> bool:
        return kind in found.experience or self.person.weeks.get(kind, 0) >= weeks

    def _schooled(self, found: Feasible, education: str, accredited: str | None) -> bool:
        if holds_education(self.base, self.person, education, accredited):
            return True
        return any(
            education in self.person.gives[school]
            and (accredited is None or self.base.education[school].accreditation == accredited)
            for school in found.education
        )

    def _obtainable(self, found: Feasible, record: Certification) -> bool:
        """Whether a credential can be had: its exam can be taken, and what is provisional be lifted."""
        if record.id in self.person.certifications:
            return True
        if record.full is not None:
            return self._examinable(found, self.base.certifications[record.full])
        if record.provisional is None:
            return self._examinable(found, record)
        lift = self.base.certifications[record.provisional].lift
        sat = record.provisional in self.person.certifications or self._examinable(found, record)
        return sat and any(way.needs is None or self.possible(found, way.needs) for way in lift)

    def _examinable(self, found: Feasible, record: Certification) -> bool:
        return record.status == "current" and self._all(found, record.requires.exam_requires)

    def _all(self, found: Feasible, requirements: Iterable[Requirement]) -> bool:
        return all(self.possible(found, item.needs) for item in requirements if item.needs is not None)


def _size(found: Feasible) -> int:
    return len(found.roles) + len(found.certifications) + len(found.education)


def fit_of(base: KnowledgeBase, profile: Profile, goal: str) -> Fit:
    """The fit for a country, a workplace and a goal: the same for everybody who shares them."""
    key = ("fit", profile.country, profile.setting, goal)
    return once(base, key, lambda: Fit(base, profile, goal))


class Fit:
    """Leaves out, among alternatives, the credentials of another country or another kind of workplace, and those
    that employers do not name for the goal where one that they name is as near.

    Alternatives are only left out if one that suits can be had by anybody, from nothing: so what
    somebody holds never closes a way.
    """

    def __init__(self, base: KnowledgeBase, profile: Profile, goal: str) -> None:
        self.base, self.goal = base, goal
        # At home everything counts; only elsewhere it matters what employers are known to look for.
        self.country = profile.country if profile.country != base.field.default_country else None
        # A role that is found in one kind of workplace alone settles it.
        only = base.roles[goal].settings if goal in base.roles else ()
        self.setting = profile.setting or (only[0] if len(only) == 1 else None)
        # The alternatives stand beside what is kept of them, so that no others can take their place in memory.
        self._kept: dict[int, tuple[Sequence[Condition], Sequence[Condition]]] = {}

    def __call__(self, branches: Sequence[Condition]) -> Sequence[Condition]:
        """The alternatives worth trying."""
        if id(branches) not in self._kept:
            suiting = {id(branch) for branch in self._suiting(branches)}
            # What does for one thing that is asked for the goal may do for another: nobody pays for two exams.
            kept = [item for item in branches if id(item) in suiting or item.certification in self._do_for_goal]
            self._kept[id(branches)] = branches, kept
        return self._kept[id(branches)][1]

    def known_there(self, record: Certification) -> bool:
        """Whether employers in the country are known to look for a credential."""
        return self.country is None or self.country in record.countries

    def _suiting(self, branches: Sequence[Condition]) -> Sequence[Condition]:
        left = self._narrowed(branches, self.known_there)
        if any(self._fits_workplace(item) and self._open_as_one_is(item) for item in self._all_named(left)):
            left = self._narrowed(left, self._fits_workplace)
        if any(map(self._surely_open, self._all_named(left))):
            left = self._narrowed(left, lambda record: bool(record.requires.exam_requires))
        return self._narrowed(left, self._asked_and_ready)

    def _all_named(self, branches: Sequence[Condition]) -> list[Certification]:
        return [record for branch in branches for record in self._named(branch)]

    def _open_as_one_is(self, record: Certification) -> bool:
        """Whether anybody may sit an exam as they are: nobody goes to college for the sake of a workplace."""
        known: dict[str, bool] = once(self.base, ("open as one is",), dict)
        if record.id not in known:
            gates = [item.needs for item in record.requires.exam_requires if item.needs is not None]
            known[record.id] = all(holds(self.base, self._nobody, gate) for gate in gates)
        return known[record.id]

    def _surely_open(self, record: Certification) -> bool:
        """Whether it is known who may sit an exam, and anybody may as they are."""
        return bool(record.requires.exam_requires) and self._open_as_one_is(record)

    @cached_property
    def _do_for_goal(self) -> frozenset[str]:
        """The credentials that suit among those that employers ask for the goal."""
        role = self.base.roles.get(self.goal)
        asked = [item.needs.any for item in role.requires.employers_ask if item.needs is not None] if role else []
        suiting = (branch for branches in asked if branches for branch in self._suiting(branches))
        return frozenset(branch.certification for branch in suiting if branch.certification is not None)

    def _fits_workplace(self, record: Certification) -> bool:
        return self.setting is None or not record.settings or self.setting in record.settings

    def _asked_and_ready(self, record: Certification) -> bool:
        """Whether employers name a credential for the goal, and anybody may well sit its exam: what its
        body advises before takes no years, and its exam no schooling.
        """
        full = record.full or record.id
        if full not in self.named_for_goal or not record.requires.exam_requires:
            return False
        advice = (item.needs for item in record.requires.body_recommends if item.needs is not None)
        return self._open_as_one_is(record) and all(map(self._at_once, advice))

    def _at_once(self, condition: Condition) -> bool:
        """Whether a condition is met, or could be by schooling alone."""
        if condition.any is not None:
            return any(map(self._at_once, condition.any))
        if condition.all is not None:
            return all(map(self._at_once, condition.all))
        general = {level.id for level in self.base.assessment.education}
        school = self.base.education.get(condition.education or "")
        return (school is not None and school.level not in general) or holds(self.base, self._nobody, condition)

    @cached_property
    def named_for_goal(self) -> frozenset[str]:
        """The credentials that employers name for the goal."""
        role = self.base.roles.get(self.goal)
        asked = role.requires.employers_ask if role is not None else ()
        return frozenset(item for requirement in asked for item in certifications_in(requirement.needs))

    def _narrowed(self, branches: Sequence[Condition], suits: Callable[[Certification], bool]) -> Sequence[Condition]:
        """Without the credentials that do not suit, if one that does is open to everybody."""
        named = {id(branch): self._named(branch) for branch in branches}
        fitting = [branch for branch in branches if any(map(suits, named[id(branch)]))]
        if not any(map(self._open_to_anybody, fitting)):
            return branches
        # Schooling and work suit everywhere, and so does the goal itself.
        kept = {id(branch) for branch in fitting}
        return [
            branch
            for branch in branches
            if id(branch) in kept or not named[id(branch)] or self.goal in {item.id for item in named[id(branch)]}
        ]

    def _open_to_anybody(self, branch: Condition) -> bool:
        """Whether anybody can do what an alternative asks, from nothing: worked out once for everybody."""
        known: dict[int, tuple[Condition, bool]] = once(self.base, ("open to anybody",), dict)
        if id(branch) not in known:
            known[id(branch)] = branch, self._explorer.possible(self._anybody, branch)
        return known[id(branch)][1]

    def _named(self, branch: Condition) -> list[Certification]:
        known: dict[int, tuple[Condition, list[Certification]]] = once(self.base, ("named",), dict)
        if id(branch) not in known:
            found = (leaf.certification for leaf in leaves(branch))
            known[id(branch)] = branch, [self.base.certifications[item] for item in found if item is not None]
        return known[id(branch)][1]

    @cached_property
    def _nobody(self) -> Person:
        return self._explorer.person

    @cached_property
    def _explorer(self) -> Explorer:
        return once(self.base, ("nobody",), lambda: _nobody_in(self.base))

    @cached_property
    def _anybody(self) -> Feasible:
        return once(self.base, ("anybody",), self._explorer.explore)


def _nobody_in(base: KnowledgeBase) -> Explorer:
    """Looks around for somebody who has nothing."""
    return Explorer(base, replace(person_of(base, Profile()), weeks={}), ladder_of(base).passages)
