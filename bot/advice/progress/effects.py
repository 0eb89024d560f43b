"""What a finished step makes of a profile: a credential, schooling, years, a role."""

from __future__ import annotations

from bot.advice.planner.person import WEEKS_PER_YEAR, holds, person_of
from bot.advice.profile import MAX_YEARS, Profile
from bot.advice.progress.model import KeptStep
from bot.knowledge.base import KnowledgeBase


def after(base: KnowledgeBase, profile: Profile, step: KeptStep, weeks: float | None = None) -> Profile:
    """The profile once a step is finished; `weeks` of work where it took other than planned.

    What the knowledge base no longer has changes nothing.
    """
    if step.kind == "exam" and step.entity in base.certifications:
        return with_certification(base, profile, step.entity)
    if step.kind == "deed" and step.entity in base.certifications:
        return _lifted(base, profile, step.entity)
    if step.schooling and step.entity in base.education:
        return profile.model_copy(update={"education": _with(profile.education, step.entity)})
    if step.kind == "years" and step.entity in base.roles:
        return _worked(base, profile, step.entity, step.weeks if weeks is None else weeks)
    if step.kind == "move" and step.entity in base.roles:
        return profile.model_copy(update={"role": step.entity})
    return profile


def with_certification(base: KnowledgeBase, profile: Profile, certification: str) -> Profile:
    """An exam passed: the full credential where its proof is there already, else the provisional one."""
    record = base.certifications[certification]
    if record.provisional is None:
        return profile.model_copy(update={"certifications": _with(profile.certifications, certification)})
    provisional = base.certifications[record.provisional]
    held = profile.model_copy(update={"certifications": _with(profile.certifications, provisional.id)})
    person = person_of(base, held)
    if any(way.needs is not None and holds(base, person, way.needs) for way in provisional.lift):
        return _lifted(base, held, certification)
    return held


def _lifted(base: KnowledgeBase, profile: Profile, certification: str) -> Profile:
    provisional = base.certifications[certification].provisional
    others = tuple(item for item in profile.certifications if item != provisional)
    return profile.model_copy(update={"certifications": _with(others, certification)})


def _worked(base: KnowledgeBase, profile: Profile, role: str, weeks: float) -> Profile:
    """Weeks of work on top of those that count today, the years a role presumes included."""
    kind = base.roles[role].experience
    total = person_of(base, profile).weeks.get(kind, 0) + weeks
    return profile.model_copy(update={"years": {**profile.years, kind: min(total / WEEKS_PER_YEAR, MAX_YEARS)}})


def gained(base: KnowledgeBase, profile: Profile, done: tuple[KeptStep, ...]) -> Profile:
    """A profile told anew, with the credentials and the schooling of finished steps.

    Years and the role are as told: whoever answers the questions again has counted them.
    """
    for step in done:
        held = step.entity in profile.certifications
        if step.schooling or step.kind == "deed" or (step.kind == "exam" and not held):
            profile = after(base, profile, step)
    return profile


def _with(items: tuple[str, ...], item: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*items, item)))
