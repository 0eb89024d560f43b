"""The quickest road from where somebody stands, to hold against others: how long, at what pace, what is inside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.advice.conditions import inside_sentence
from bot.advice.planner import Route, Step, fastest_route
from bot.advice.planner.words import Words
from bot.advice.profile import Profile
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.figures import written


@dataclass(frozen=True)
class Road:
    """A road to a goal. `weeks` count schools of a level full time where nobody told their hours; `pace` says which
    of both, `inside` what has to be done. `short_of` is the provisional credential that it leads to first.
    """

    route: Route
    weeks: int
    pace: str
    inside: str
    short_of: str | None = None


def road_to(base: KnowledgeBase, profile: Profile, goal: str) -> Road | None:
    """The quickest road to a goal; None where it is held or out of reach.

    A credential that is provisional at first is held against others by its exam: what takes the mark off comes after.
    """
    provisional = base.certifications[goal].provisional if goal in base.certifications else None
    first = provisional if provisional is not None and provisional not in profile.certifications else None
    route = fastest_route(base, profile.model_copy(update={"goal": first or goal}))
    if route is None or not route.steps:
        return None
    words = Words(base)
    full_time = profile.hours_per_week is None and any(_full_time(base, step, profile) for step in route.steps)
    studies = any(step.kind in ("study", "degree") for step in route.steps)
    pace = words.text("way_pace", hours=written(profile.pace)) if studies else words.text("way_no_study")
    pace = words.text("way_full_time") if full_time else pace
    weeks = _weeks(base, route, profile) if full_time else route.weeks
    return Road(route, weeks, pace, ", ".join(_inside(base, route, first)), first)


def in_words(base: KnowledgeBase, road: Road) -> dict[str, str]:
    """What a road takes, as the slots of a sentence: its length, at what pace, its cost, and what is inside."""
    words = Words(base)
    return {
        "length": words.about(road.weeks),
        "pace": road.pace,
        "cost": words.total(road.route),
        "inside": road.inside,
    }


def _weeks(base: KnowledgeBase, route: Route, profile: Profile) -> int:
    """The weeks of a road whose schools are attended full time; what comes after them comes sooner by as much."""
    schools = [
        (school, school.weeks - full)
        for school in route.steps
        if (full := _full_time(base, school, profile)) is not None
    ]
    return max(
        step.ends_week
        - sum(saved for school, saved in schools if school is step or school.ends_week <= step.starts_week)
        for step in route.steps
    )


def _full_time(base: KnowledgeBase, step: Step, profile: Profile) -> int | None:
    """The weeks of a school full time, where the step is one of a level and that is known."""
    school = base.education.get(step.entity) if step.kind == "degree" else None
    if school is None or school.planning.hours is None or school.planning.weeks_at_least is None:
        return None
    hours, least = school.planning.hours, school.planning.weeks_at_least
    part = min(1.0, step.weeks * profile.pace / ((hours.low + hours.high) / 2))  # some of it may be behind them
    return min(step.weeks, round(part * (least.low + least.high) / 2))


def _inside(base: KnowledgeBase, route: Route, first: str | None) -> Iterator[str]:
    """What has to be done on a road, the longest kinds first."""
    words = Words(base)
    yield from (
        inside_sentence(base.name(step.entity))
        for step in route.steps
        if step.kind in ("degree", "study") and step.entity in base.education
    )
    work = sum(step.weeks for step in route.steps if step.kind == "years")
    if work:
        yield words.text("way_work", length=words.about(work))
    exams = [words.short(step.entity) for step in route.steps if step.kind == "exam"]
    if len(exams) > 1:
        yield words.text("way_exams", names=words.names(exams))
    elif exams:
        yield words.text("way_exam")
    elif not work:
        yield words.text("way_search")
    if first is not None:
        yield words.text("way_first_as", name=words.short(first))
