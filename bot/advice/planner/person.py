"""A profile as the planner sees it: everything held, with all that it implies, in whole weeks."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.advice.profile import Profile
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Condition, Requirement, Role

Worked = TypeVar("Worked")
# Of what depends on a person's country, workplace and goal no more is kept at a time.
MOST_KEPT = 500


def once(base: KnowledgeBase, key: tuple[Any, ...], work_out: Callable[[], Worked]) -> Worked:
    """What `work_out` gives, kept under a key for as long as the knowledge base itself."""
    kept: dict[tuple[Any, ...], Any] = base.__dict__.setdefault("_planner", {})
    if key not in kept:
        if len(kept) > MOST_KEPT:
            kept.clear()
        kept[key] = work_out()
    found: Worked = kept[key]
    return found


WEEKS_PER_YEAR = 52
# A float like 0.1 * 3 must not cost somebody a week.
_TOLERANCE = 1e-9


def weeks_of(years: float) -> int:
    """Years somebody must have → whole weeks, rounded up."""
    return math.ceil(years * WEEKS_PER_YEAR - _TOLERANCE)


def weeks_within(condition: Condition | None, kind: str) -> int:
    """Weeks of one kind of work that a condition cannot be met without."""
    if condition is None:
        return 0
    if condition.any is not None:
        return min(weeks_within(child, kind) for child in condition.any)
    if condition.all is not None:
        return max(weeks_within(child, kind) for child in condition.all)
    return weeks_of(condition.years) if condition.years is not None and condition.of == kind else 0


def asked_weeks(role: Role) -> int:
    """Weeks of a role's own kind of work that employers ask before it."""
    return max((weeks_within(item.needs, role.experience) for item in role.requires.employers_ask), default=0)


def years_trained(base: KnowledgeBase, profile: Profile) -> dict[str, int]:
    """Weeks of each kind of work that came with the licences held, where nothing was told of that kind."""
    found: dict[str, int] = {}
    for licence in base.assessment.licences:
        for kind, years in licence.years.items() if licence.id in profile.licences else ():
            if kind not in profile.years:
                found[kind] = max(weeks_of(years), found.get(kind, 0))
    return found


def weeks_before(base: KnowledgeBase, profile: Profile) -> dict[str, int]:
    """Weeks of each kind of work that whoever holds the profile's role must have done for it.

    What was told of a kind stands instead, more or less.
    """
    if profile.role is None:
        return {}
    # Years in the role itself came after it: they stand for nothing that led to it.
    own = base.roles[profile.role].experience
    years = {kind: told for kind, told in profile.years.items() if kind != own}
    told = person_of(base, profile.model_copy(update={"role": None, "years": years}))
    found: dict[str, int] = {}
    for requirement in base.roles[profile.role].requires.employers_ask:
        for kind, weeks in _work_in(base, told, requirement.needs).items():
            found[kind] = max(weeks, found.get(kind, 0))
    return {kind: weeks for kind, weeks in found.items() if kind not in profile.years}


def _work_in(base: KnowledgeBase, told: Person, condition: Condition | None) -> dict[str, int]:
    """The work behind a condition that somebody met: of alternatives the one met by what was told, else what fits what
    they were before, else the first."""
    if condition is None:
        return {}
    if condition.all is not None:
        found: dict[str, int] = {}
        for child in condition.all:
            for kind, weeks in _work_in(base, told, child).items():
                found[kind] = max(weeks, found.get(kind, 0))
        return found
    if condition.any is not None:
        if any(holds(base, told, child) for child in condition.any):
            return {}
        works = [_work_in(base, told, child) for child in condition.any]
        # Where schooling or a credential would have done as well, no work can be concluded.
        known = {item.experience for item in base.assessment.backgrounds if item.id in told.backgrounds}
        return next((work for work in works if work.keys() <= known), works[0]) if all(works) else {}
    return {str(condition.of): weeks_of(condition.years)} if condition.years is not None else {}


@dataclass(frozen=True)
class Person:
    """What somebody starts with.

    `weeks` of each kind of work are what was told, and where nothing was told what employers ask for the role held.

    `certifications` and `education` are closed: a full credential includes its provisional one, a
    degree what it counts as, a credential the schooling that its exam cannot be sat without.
    `assumed` is the schooling taken for granted because a profile
    cannot deny it. `given` is the education as stated, which is what an accreditation hangs on;
    `gives` says of every school what somebody who finished it has.
    """

    role: str | None
    certifications: frozenset[str]
    education: frozenset[str]
    given: frozenset[str]
    gives: Mapping[str, frozenset[str]]
    assumed: frozenset[str]
    licences: frozenset[str]
    backgrounds: frozenset[str]
    weeks: Mapping[str, int]
    pace: float
    setting: str | None
    limits: tuple[str, ...] = ()


def person_of(base: KnowledgeBase, profile: Profile) -> Person:
    """The profile with all it implies."""
    weeks = {kind: math.floor(years * WEEKS_PER_YEAR + _TOLERANCE) for kind, years in profile.years.items()}
    for kind, least in (*years_trained(base, profile).items(), *weeks_before(base, profile).items()):
        weeks[kind] = max(least, weeks.get(kind, 0))
    certifications = set(profile.certifications)
    for held in profile.certifications:
        provisional = base.certifications[held].provisional
        if provisional is not None:
            certifications.add(provisional)
    assumed = frozenset(level.id for level in base.assessment.education[:1] if not level.counts_as)
    proven = (proven_by(base, item.needs) for held in profile.certifications for item in _gates(base, held))
    education = implied(base, profile.education).union(*proven)
    return Person(
        role=profile.role,
        certifications=frozenset(certifications),
        education=education | assumed,
        given=frozenset(profile.education),
        gives=once(base, ("gives",), lambda: {school: implied(base, [school]) for school in base.education}),
        assumed=assumed - education,
        licences=frozenset(profile.licences),
        backgrounds=frozenset(_backgrounds(base, profile, education)),
        weeks=weeks,
        pace=profile.pace,
        setting=profile.setting,
        limits=tuple(sorted(profile.constraints)),
    )


def implied(base: KnowledgeBase, education: Iterable[str]) -> frozenset[str]:
    """Education with everything it counts as, however many steps away."""
    general = {level.id: level.counts_as for level in base.assessment.education}
    found: set[str] = set()
    waiting = list(education)
    while waiting:
        item = waiting.pop()
        if item in found:
            continue
        found.add(item)
        waiting += base.education[item].counts_as if item in base.education else general.get(item, ())
    return frozenset(found)


def _gates(base: KnowledgeBase, certification: str) -> tuple[Requirement, ...]:
    return base.certifications[certification].requires.exam_requires


def proven_by(base: KnowledgeBase, condition: Condition | None) -> frozenset[str]:
    """The schooling that somebody has who met a condition, whichever of its ways it was."""
    if condition is None:
        return frozenset()
    if condition.any is not None:
        return frozenset.intersection(*(proven_by(base, child) for child in condition.any))
    if condition.all is not None:
        return frozenset().union(*(proven_by(base, child) for child in condition.all))
    return implied(base, [condition.education]) if condition.education is not None else frozenset()


def _backgrounds(base: KnowledgeBase, profile: Profile, education: frozenset[str]) -> Iterable[str]:
    """The declared backgrounds somebody has: by licence where one is named, else by schooling or years."""
    for background in base.assessment.backgrounds:
        if background.licence is not None:
            fits = background.licence in profile.licences
        elif background.education is not None:
            fits = background.education in education
        else:
            fits = background.experience is not None and profile.years.get(background.experience, 0) > 0
        if fits:
            yield background.id


def holds(base: KnowledgeBase, person: Person, condition: Condition) -> bool:
    """Whether a condition is met today."""
    if condition.any is not None:
        return any(holds(base, person, child) for child in condition.any)
    if condition.all is not None:
        return all(holds(base, person, child) for child in condition.all)
    if condition.certification is not None:
        return condition.certification in person.certifications
    if condition.education is not None:
        return holds_education(base, person, condition.education, condition.accredited)
    if condition.years is not None:
        return person.weeks.get(str(condition.of), 0) >= weeks_of(condition.years)
    if condition.licence is not None:
        return condition.licence in person.licences
    return condition.role == person.role


def holds_education(base: KnowledgeBase, person: Person, education: str, accredited: str | None) -> bool:
    """Whether schooling is held; where an accreditation is asked, by a programme that has it."""
    if accredited is None:
        return education in person.education
    return any(
        item in base.education and base.education[item].accreditation == accredited and education in person.gives[item]
        for item in person.given
    )
