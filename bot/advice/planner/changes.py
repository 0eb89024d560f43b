"""What single other answer would change the plan, found by trying it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.advice.conditions import leaves, number
from bot.advice.planner.passages import Passage
from bot.advice.planner.person import WEEKS_PER_YEAR, implied
from bot.advice.planner.plan import Change
from bot.advice.planner.routes import Found, Quest
from bot.advice.profile import Profile

MOST_HOURS = 40.0
MAX_CHANGES = 2
# A key of the profile, a value, and the change in words.
Try = tuple[str, Any, str]
# Degrees and licences are tried one by one; more would only repeat the same news.
_MOST_TRIED = 2


def would_change(quest: Quest, found: Sequence[Found]) -> tuple[Change, ...]:
    """The one or two changes of a single answer that shorten the fastest route most, or turn it."""
    if not found or not found[0].route.weeks:
        return ()
    now = found[0].route.weeks
    turned = _turned(quest, found[0])
    sooner: dict[str, tuple[int, Change]] = {}
    # Years come by themselves; what somebody can decide comes first.
    for tries in (_decisions(quest, found[0]), _years(quest, found[0])):
        for key, value, words in tries if len(sooner) + len(turned) < MAX_CHANGES else ():
            weeks = Quest(quest.base, _with(quest.profile, key, value), quest.goal, quest).weeks(under=now)
            if weeks is not None and (key not in sooner or weeks < sooner[key][0]):
                effect = quest.words.text("plan_change_sooner", change=words, length=quest.words.about(now - weeks))
                sooner[key] = weeks, Change(key, value, effect)
    ranked = sorted(sooner.values(), key=lambda item: (item[1].key == "years", item[0], item[1].key))
    return (*(change for _, change in ranked[: MAX_CHANGES - len(turned)]), *turned)


def _with(profile: Profile, key: str, value: Any) -> Profile:
    """The profile with one answer more."""
    if key in ("education", "licences"):
        return profile.model_copy(update={key: (*getattr(profile, key), value)})
    if key == "years":
        return profile.model_copy(update={key: {**profile.years, **value}})
    return profile.model_copy(update={key: value})


def _decisions(quest: Quest, fastest: Found) -> Iterator[Try]:
    """Hours, schooling and licences worth trying."""
    words, vocabulary = quest.words, quest.base.assessment
    if quest.person.pace < MOST_HOURS:
        hours = min(MOST_HOURS, quest.person.pace * 2)
        yield "hours_per_week", hours, words.text("plan_change_hours", hours=number(hours))
    for school in _schools(quest, fastest):
        yield "education", school, words.text("plan_change_education", name=quest.base.name(school))
    for licence in vocabulary.licences:
        if licence.id in set(_licences(quest, fastest)) - quest.person.licences:
            yield "licences", licence.id, words.text("plan_change_licence", name=licence.name)


def _years(quest: Quest, fastest: Found) -> Iterator[Try]:
    """Each kind of work that the fastest route takes and nothing was told of, as if it were done."""
    words = quest.words
    for kind in quest.base.assessment.experience:
        if kind.id in quest.profile.years:
            continue
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
    # Whoever told of schooling has not finished what the route still asks for.
    first = [] if quest.profile.education else on_route
    given = implied(quest.base, attended)
    found = (*first, *(item for item in named if item not in given))
    return [item for item in dict.fromkeys(found) if item not in quest.person.education][:_MOST_TRIED]


def _licences(quest: Quest, fastest: Found) -> Iterator[str]:
    """Licences that open an easier way into a role on the route, or that the goal's exam names."""
    backgrounds = {item.id: item for item in quest.base.assessment.backgrounds}
    entered = {entry.role for entry in fastest.timeline.entries} | {quest.goal}
    for passage in quest.passages:
        licence = backgrounds[passage.background].licence if passage.background is not None else None
        if licence is not None and passage.to in entered and _easier(quest, passage):
            yield licence
    record = quest.base.certifications.get(quest.goal)
    for requirement in record.requires.exam_requires if record is not None else ():
        yield from (leaf.licence for leaf in leaves(requirement.needs) if leaf.licence is not None)


def _easier(quest: Quest, passage: Passage) -> bool:
    """Whether a way asks something less than those that are open to everybody."""
    known = [item for item in quest.passages if item.to == passage.to and item.start is item.background is None]
    asked = [demand for item in known for demand in quest.regression.of(item.needs)]
    return not all(any(mine.covers(other) for other in asked) for mine in quest.regression.of(passage.needs))


def _turned(quest: Quest, fastest: Found) -> tuple[Change, ...]:
    """A setting that leads over other credentials, where none was given."""
    if quest.fit.setting is not None:
        return ()
    now = {item.entity for item in fastest.timeline.items if item.kind == "exam"}
    for setting in quest.base.assessment.settings:
        if all(setting.id in (quest.base.certifications[item].settings or (setting.id,)) for item in now):
            continue  # the fastest route suits it already
        exams = Quest(quest.base, _with(quest.profile, "setting", setting.id), quest.goal, quest).exams()
        if not exams <= now:
            names = quest.words.names([quest.words.short(item) for item in sorted(exams - now)])
            effect = quest.words.text("plan_change_setting", setting=setting.name, names=names)
            return (Change("setting", setting.id, effect),)
    return ()
