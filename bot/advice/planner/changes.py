"""What single other answer would change the plan, found by trying it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.advice.conditions import leaves, number
from bot.advice.planner.person import WEEKS_PER_YEAR, implied
from bot.advice.planner.plan import Change
from bot.advice.planner.routes import Found, Quest
from bot.advice.profile import Profile

MOST_HOURS = 40.0
MAX_CHANGES = 2
# Degrees and licences are tried one by one; more would only repeat the same news.
_MOST_TRIED = 3


def would_change(quest: Quest, found: Sequence[Found]) -> tuple[Change, ...]:
    """The one or two changes of a single answer that shorten the fastest route most, or turn it."""
    if not found or not found[0].route.weeks:
        return ()
    now = found[0].route.weeks
    sooner: dict[str, Change] = {}
    for key, value, words in _tries(quest, found[0]):
        weeks = Quest(quest.base, _with(quest.profile, key, value), quest.goal).weeks(under=now)
        if weeks is not None and (key not in sooner or weeks < sooner[key].weeks):
            effect = quest.words.text("plan_change_sooner", change=words, length=quest.words.about(now - weeks))
            sooner[key] = Change(key, value, effect, weeks)
    # Years come by themselves; what somebody can decide comes first.
    ranked = sorted(sooner.values(), key=lambda item: (item.key == "years", item.weeks, item.key))
    turned = _turned(quest, found[0])
    shown = [*ranked[: MAX_CHANGES - (turned is not None)], *([turned] if turned is not None else [])]
    return tuple(shown)


def _with(profile: Profile, key: str, value: Any) -> Profile:
    """The profile with one answer more."""
    if key in ("education", "licences"):
        return profile.model_copy(update={key: (*getattr(profile, key), value)})
    if key == "years":
        return profile.model_copy(update={key: {**profile.years, **value}})
    return profile.model_copy(update={key: value})


def _tries(quest: Quest, fastest: Found) -> Iterator[tuple[str, Any, str]]:
    """Answers worth trying, as (key of the profile, value, the change in words)."""
    words, vocabulary = quest.words, quest.base.assessment
    if quest.person.pace < MOST_HOURS:
        hours = min(MOST_HOURS, quest.person.pace * 2)
        yield "hours_per_week", hours, words.text("plan_change_hours", hours=number(hours))
    for school in _schools(quest, fastest):
        yield "education", school, words.text("plan_change_education", name=quest.base.name(school))
    for licence in vocabulary.licences:
        if licence.id in set(_licences(quest, fastest)) - quest.person.licences:
            yield "licences", licence.id, words.text("plan_change_licence", name=licence.name)
    for kind in vocabulary.experience:
        missing = sum(
            stay.end - stay.start
            for stay in fastest.timeline.stays
            if quest.base.roles[stay.role].experience == kind.id
        )
        if missing:
            years = -(-(quest.person.weeks.get(kind.id, 0) + missing) // WEEKS_PER_YEAR)
            text = words.text("plan_change_years", length=words.length(years * WEEKS_PER_YEAR), kind=kind.name)
            yield "years", {kind.id: float(years)}, text


def _schools(quest: Quest, fastest: Found) -> list[str]:
    """Degrees on the route, then what the goal and the moves name besides."""
    goal = quest.base.roles.get(quest.goal) or quest.base.certifications[quest.goal]
    asked = [item.needs for item in (*goal.requires.exam_requires, *goal.requires.employers_ask)]
    asked += [
        entry.way.passage.needs for entry in fastest.timeline.entries if entry.way and entry.way.passage is not None
    ]
    named = [leaf.education for condition in asked for leaf in leaves(condition) if leaf.education is not None]
    general = {level.id for level in quest.base.assessment.education}
    attended = [study.item.entity for study in fastest.timeline.studies if study.item.kind == "education"]
    on_route = [item for item in attended if quest.base.education[item].level in general]
    known = implied(quest.base, quest.profile.education) | quest.person.education
    return [item for item in dict.fromkeys((*on_route, *named)) if item not in {*known, *attended} - {*on_route}][
        :_MOST_TRIED
    ]


def _licences(quest: Quest, fastest: Found) -> Iterator[str]:
    """Licences that open a way into a role on the route, or that something there names."""
    backgrounds = {item.id: item for item in quest.base.assessment.backgrounds}
    entered = {entry.role for entry in fastest.timeline.entries} | {quest.goal}
    for passage in quest.passages:
        if passage.to in entered and passage.background is not None:
            licence = backgrounds[passage.background].licence
            if licence is not None:
                yield licence
    record = quest.base.certifications.get(quest.goal)
    for requirement in record.requires.exam_requires if record is not None else ():
        yield from (leaf.licence for leaf in leaves(requirement.needs) if leaf.licence is not None)


def _turned(quest: Quest, fastest: Found) -> Change | None:
    """A setting that leads over other credentials, where none was given."""
    if quest.profile.setting is not None:
        return None
    now = {item.entity for item in fastest.timeline.items if item.kind == "exam"}
    for setting in quest.base.assessment.settings:
        exams = Quest(quest.base, _with(quest.profile, "setting", setting.id), quest.goal).exams()
        if not exams <= now:
            names = quest.words.names([quest.words.short(item) for item in sorted(exams - now)])
            effect = quest.words.text("plan_change_setting", setting=setting.name, names=names)
            return Change("setting", setting.id, effect)
    return None
