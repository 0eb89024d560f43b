"""Laws of a plan that lives, over any order of what people may say of it, in two fields."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sampling import Sample

from bot.advice.planner import make_plan
from bot.advice.planner.plan import ROUTE_NAMES
from bot.advice.profile import Profile
from bot.advice.progress import events, replanning
from bot.advice.progress.model import MAX_JOURNAL, Progress, Units
from bot.advice.progress.schedule import schedule
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.load import load

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 23)
FOLDERS = ("tests/fields/pastry", "knowledge")
WORDS = ("done", "skip", "begin", "undo", "late", "hours", "route", "day", "book", "pass", "unit", "wait")


@cache
def base_of(folder: str) -> KnowledgeBase:
    return load(ROOT / folder)


@cache
def begun(folder: str, goal: str, role: str | None) -> Progress | None:
    profile = Profile(goal=goal, role=role)
    return replanning.begin(base_of(folder), profile, "fastest", TODAY, None)


@st.composite
def beginnings(draw: st.DrawFn) -> tuple[str, Progress]:
    folder = draw(st.sampled_from(FOLDERS))
    base = base_of(folder)
    goal = draw(st.sampled_from(sorted(base.roles | base.certifications)))
    role = draw(st.sampled_from([None, *sorted(base.roles)[:4]]))
    progress = begun(folder, goal, role)
    return folder, progress or begun(folder, sorted(base.roles)[0], None) or pytest.fail("no plan in this field")


def step_of(progress: Progress, number: int) -> str:
    return progress.open[number % len(progress.open)].id if progress.open else "none"


def said(base: KnowledgeBase, progress: Progress, word: str, number: int, today: date) -> Progress | None:
    """The plan after one thing is said; None where it does not fit."""
    exams = [step.entity for step in progress.open if step.kind == "exam"] or ["none"]
    held = progress.profile.certifications or ("none",)
    if word == "done":
        return events.done(base, progress, step_of(progress, number), today)
    if word == "skip":
        return events.skipped(progress, step_of(progress, number), today)
    if word == "begin":
        return events.begun(progress, step_of(progress, number), today)
    if word == "undo":
        return replanning.undone(base, progress)
    if word == "late":
        return events.slipped(progress, number, today)
    if word == "hours":
        return replanning.paced(base, progress, number % 40 + 1, today)
    if word == "route":
        return replanning.switched(base, progress, ROUTE_NAMES[number % 3], today)
    if word == "day":
        return events.starting(progress, today + timedelta(days=number), today)
    if word == "book":
        return events.booked(base, progress, exams[number % len(exams)], today + timedelta(days=number), today)
    if word == "pass":
        return events.passed(base, progress, sorted(base.certifications)[number % len(base.certifications)], today)
    return events.learned(progress, Units(on=today, certification=held[0], count=number or 1), today)


def consistent(progress: Progress, today: date) -> None:
    dated = schedule(progress, today)
    ends = {item.step.id: item.end for item in dated}
    assert [item.step.id for item in dated if item.doing] == [
        item.step.id for item in dated if item.step.id in progress.running
    ]
    assert len(dated) == len(progress.open) == len(ends)
    for item in dated:
        assert item.start <= item.end
        assert item.end >= today or item.start >= today
        if not item.doing:
            assert item.start >= max(today, progress.started)
            assert all(ends[need] <= item.start for need in item.step.needs if need in ends)
    studying = sorted((item.start, item.end) for item in dated if item.step.schooling and not item.doing)
    assert all(one[1] <= other[0] for one, other in pairwise(studying))
    assert progress.running.keys() <= ends.keys()
    assert len(progress.journal) <= MAX_JOURNAL
    assert Progress.model_validate_json(progress.model_dump_json()) == progress


@settings(deadline=None, max_examples=60)
@given(beginnings(), st.lists(st.tuples(st.sampled_from(WORDS), st.integers(0, 60)), max_size=8))
def test_any_order_of_words_keeps_a_plan_whole(beginning: tuple[str, Progress], words: list[tuple[str, int]]) -> None:
    folder, progress = beginning
    base, today = base_of(folder), TODAY
    for word, number in words:
        if word == "wait":
            today += timedelta(days=number)
            progress = replanning.followed(base, progress, progress.profile, today)
            consistent(progress, today)
            continue
        before, after = progress, said(base, progress, word, number, today)
        if after is None:
            continue
        if word == "undo":
            assert after.journal == before.journal[:-1]
        else:
            assert after.journal[:-1] == tuple(
                entry if entry.before == kept.before else entry.model_copy(update={"before": kept.before})
                for entry, kept in zip(before.journal, after.journal, strict=False)
            ), "history is never lost"
            assert replanning.undone(base, after) == before, "undo brings everything back"
        consistent(after, today)
        progress = after


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_fresh_plan_has_the_planners_weeks(folder: str, sample: Sample) -> None:
    """Two ways to the same dates: the planner's, and what is left of its steps from today."""
    base = base_of(folder)
    compared = 0
    for goal in sample((*base.roles, *base.certifications), base.kinds.get, each=12):
        for route in make_plan(base, Profile(goal=goal)).routes:
            progress = replanning.begin(base, Profile(goal=goal), route.name, TODAY, None)
            assert progress is not None
            dated = schedule(progress.model_copy(update={"running": {}}), TODAY)
            weeks = {item.step.id: (item.start - TODAY).days // 7 for item in dated}
            assert weeks == {step.id: step.starts_week for step in route.steps}, (goal, route.name)
            compared += 1
    assert compared
