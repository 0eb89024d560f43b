"""What single other answer would change the plan, found by trying it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.advice.planner.passages import Passage
from bot.advice.planner.person import WEEKS_PER_YEAR, implied
from bot.advice.planner.plan import PlanChange
from bot.advice.planner.plan_request import FoundRoute, PlanRequest
from bot.advice.profile import Profile
from bot.knowledge.conditions import leaves
from bot.knowledge.figures import written

MOST_HOURS = 40.0
MAX_CHANGES = 2
# A key of the profile, a value, and the change in words.
Try = tuple[str, Any, str]
# Degrees and licences are tried one by one; more would only repeat the same news.
_MOST_TRIED = 2


def would_change(request: PlanRequest, found: Sequence[FoundRoute]) -> tuple[PlanChange, ...]:
    """The one or two changes of a single answer that shorten the fastest route most, or turn it."""
    if not found or not found[0].route.weeks:
        return ()
    now = found[0].route.weeks
    turned = _turned(request, found[0])
    sooner: dict[str, tuple[int, PlanChange]] = {}
    # Years come by themselves; what somebody can decide comes first.
    for tries in (_decisions(request, found[0]), _years(request, found[0])):
        for key, value, words in tries if len(sooner) + len(turned) < MAX_CHANGES else ():
            weeks = PlanRequest(request.base, _with(request.profile, key, value), request.goal, request).weeks(
                under=now
            )
            if weeks is not None and (key not in sooner or weeks < sooner[key][0]):
                effect = request.words.text("plan_change_sooner", change=words, length=request.words.about(now - weeks))
                sooner[key] = weeks, PlanChange(key, value, effect)
    ranked = sorted(sooner.values(), key=lambda item: (_by_chance(request, item[1]), item[0], item[1].key))
    return (*(change for _, change in ranked[: MAX_CHANGES - len(turned)]), *turned)


def _by_chance(request: PlanRequest, change: PlanChange) -> int:
    """How little somebody can do about a change: years come by themselves, and a short course either was taken or
    stands on the way already."""
    general = {level.id for level in request.base.assessment.education}
    school = request.base.education.get(str(change.value)) if change.key == "education" else None
    return 2 if change.key == "years" else int(school is not None and school.level not in general)


def _with(profile: Profile, key: str, value: Any) -> Profile:
    """The profile with one answer more."""
    if key in ("education", "licences"):
        return profile.model_copy(update={key: (*getattr(profile, key), value)})
    if key == "years":
        return profile.model_copy(update={key: {**profile.years, **value}})
    return profile.model_copy(update={key: value})


def _decisions(request: PlanRequest, fastest: FoundRoute) -> Iterator[Try]:
    """Hours, schooling and licences worth trying."""
    words, vocabulary = request.words, request.base.assessment
    if request.person.pace < MOST_HOURS:
        hours = min(MOST_HOURS, request.person.pace * 2)
        yield "hours_per_week", hours, words.text("plan_change_hours", hours=written(hours))
    for school in _schools(request, fastest):
        yield "education", school, words.text("plan_change_education", name=request.base.name(school))
    for licence in vocabulary.licences:
        if licence.id in set(_licences(request, fastest)) - request.person.licences:
            yield "licences", licence.id, words.text("plan_change_licence", name=licence.name)


def _years(request: PlanRequest, fastest: FoundRoute) -> Iterator[Try]:
    """Each kind of work that the fastest route takes and nothing was told of, as if it were done."""
    words = request.words
    for kind in request.base.assessment.experience:
        if kind.id in request.profile.years:
            continue
        missing = sum(
            stay.end - stay.start
            for stay in fastest.timeline.stays
            if request.base.roles[stay.role].experience == kind.id
        )
        if missing:
            years = -(-(request.person.weeks.get(kind.id, 0) + missing) // WEEKS_PER_YEAR)
            text = words.text("plan_change_years", length=words.length(years * WEEKS_PER_YEAR), kind=kind.name)
            yield "years", {kind.id: float(years)}, text


def _schools(request: PlanRequest, fastest: FoundRoute) -> list[str]:
    """Degrees on the route, then what the goal and the moves name besides."""
    goal = request.base.roles.get(request.goal) or request.base.certifications[request.goal]
    asked = [item.needs for item in (*goal.requires.exam_requires, *goal.requires.employers_ask)]
    asked += [
        entry.way.passage.needs for entry in fastest.timeline.entries if entry.way and entry.way.passage is not None
    ]
    named = [leaf.education for condition in asked for leaf in leaves(condition) if leaf.education is not None]
    general = {level.id for level in request.base.assessment.education}
    attended = [study.item.entity for study in fastest.timeline.studies if study.item.kind == "education"]
    on_route = [item for item in attended if request.base.education[item].level in general]
    # Whoever told of schooling has not finished what the route still asks for.
    first = [] if request.profile.education else on_route
    given = implied(request.base, attended)
    found = (*first, *(item for item in named if item not in given))
    return [item for item in dict.fromkeys(found) if item not in request.person.education][:_MOST_TRIED]


def _licences(request: PlanRequest, fastest: FoundRoute) -> Iterator[str]:
    """Licences that open an easier way into a role on the route, or that the goal's exam names."""
    backgrounds = {item.id: item for item in request.base.assessment.backgrounds}
    entered = {entry.role for entry in fastest.timeline.entries} | {request.goal}
    for passage in request.passages:
        licence = backgrounds[passage.background].licence if passage.background is not None else None
        if licence is not None and passage.to in entered and _easier(request, passage):
            yield licence
    record = request.base.certifications.get(request.goal)
    for requirement in record.requires.exam_requires if record is not None else ():
        yield from (leaf.licence for leaf in leaves(requirement.needs) if leaf.licence is not None)


def _easier(request: PlanRequest, passage: Passage) -> bool:
    """Whether a way asks something less than those that are open to everybody."""
    known = [item for item in request.passages if item.to == passage.to and item.start is item.background is None]
    asked = [demand for item in known for demand in request.regression.of(item.needs)]
    return not all(any(mine.covers(other) for other in asked) for mine in request.regression.of(passage.needs))


def _turned(request: PlanRequest, fastest: FoundRoute) -> tuple[PlanChange, ...]:
    """A setting that leads over other credentials, where none was given."""
    if request.fit.setting is not None:
        return ()
    now = {item.entity for item in fastest.timeline.items if item.kind == "exam"}
    for setting in request.base.assessment.settings:
        if all(setting.id in (request.base.certifications[item].settings or (setting.id,)) for item in now):
            continue  # the fastest route suits it already
        exams = PlanRequest(request.base, _with(request.profile, "setting", setting.id), request.goal, request).exams()
        if not exams <= now:
            names = request.words.names([request.words.short(item) for item in sorted(exams - now)])
            effect = request.words.text("plan_change_setting", setting=setting.name, names=names)
            return (PlanChange("setting", setting.id, effect),)
    return ()
