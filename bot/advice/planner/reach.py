"""What somebody could reach at all, time and money aside.

Nothing that is reached is ever lost, so it is enough to add what can be had until nothing
more comes: the goal is possible exactly if it is among what was found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from bot.advice.planner.passages import Passage
from bot.advice.planner.person import Person, holds_education, weeks_of
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Certification, Condition, Requirement


@dataclass
class Reach:
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

    def explore(self) -> Reach:
        """The largest set of things that can be had, one after the other."""
        found = Reach()
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

    def passable(self, found: Reach, passage: Passage) -> bool:
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

    def possible(self, found: Reach, condition: Condition, *, years_only: bool = False) -> bool:
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

    def _enter(self, found: Reach, role: str) -> None:
        found.roles.add(role)
        found.experience.add(self.base.roles[role].experience)

    def _works(self, found: Reach, kind: str, weeks: int) -> bool:
        return kind in found.experience or self.person.weeks.get(kind, 0) >= weeks

    def _schooled(self, found: Reach, education: str, accredited: str | None) -> bool:
        if holds_education(self.base, self.person, education, accredited):
            return True
        return any(
            education in self.person.gives[school]
            and (accredited is None or self.base.education[school].accreditation == accredited)
            for school in found.education
        )

    def _obtainable(self, found: Reach, record: Certification) -> bool:
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

    def _examinable(self, found: Reach, record: Certification) -> bool:
        return record.status == "current" and self._all(found, record.requires.exam_requires)

    def _all(self, found: Reach, requirements: Iterable[Requirement]) -> bool:
        return all(self.possible(found, item.needs) for item in requirements if item.needs is not None)


def _size(found: Reach) -> int:
    return len(found.roles) + len(found.certifications) + len(found.education)
