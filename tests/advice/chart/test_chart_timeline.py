"""The plan over time: dates, what runs beside what, and its picture."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from drawn import names, overlapping, page_of, said_in, texts_of
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.advice.chart.gantt import draw_timeline
from bot.advice.chart.geometry import SMALLEST
from bot.advice.chart.pictures import TIMELINE, svg_of, timeline_arguments
from bot.advice.chart.theme import THEMES, contrast
from bot.advice.chart.timeline import (
    Bar,
    PlanTimeline,
    State,
    TimelineError,
    TimelineWords,
    as_json,
    bars_of,
    read_bars,
)
from bot.advice.planner import make_plan
from bot.advice.planner.plan import NOTHING, Plan, Route, Step, StepKind
from bot.advice.profile import Profile
from bot.advice.wording import plain
from bot.knowledge.base import KnowledgeBase

MONDAY = date(2026, 11, 23)
KINDS: tuple[StepKind, ...] = ("study", "exam", "degree", "years", "deed", "move", "upkeep")
STATES: tuple[State, ...] = ("planned", "done", "doing", "skipped")


def step(kind: StepKind, starts: int, weeks: int) -> Step:
    return Step(f"{kind}-{starts}", kind, f"A {kind}", "x", None, "Because.", weeks, starts, NOTHING)


def planned(*steps: Step) -> Plan:
    return Plan("somewhere", "USD", (Route("fastest", 12, NOTHING, steps),) if steps else ())


PLAN = planned(
    step("exam", 10, 0), step("study", 0, 10), step("years", 4, 8), step("move", 12, 0), step("upkeep", 12, 104)
)


@st.composite
def timelines(draw: st.DrawFn) -> PlanTimeline:
    bars = []
    for _ in range(draw(st.integers(1, 14))):
        start = MONDAY + timedelta(days=draw(st.integers(0, 4000)))
        end = start + timedelta(days=draw(st.integers(0, 4000)))
        bars.append(Bar(draw(names), draw(st.sampled_from(KINDS)), start, end, draw(st.sampled_from(STATES))))
    today = draw(st.none() | st.integers(-50, 9000).map(lambda days: MONDAY + timedelta(days=days)))
    return PlanTimeline(draw(names), tuple(bars), today)


def test_steps_become_dates_in_order_and_upkeep_is_left_out() -> None:
    bars = bars_of(PLAN, MONDAY, {"study-0": "done"})

    assert [(bar.title, bar.start, bar.end, bar.state) for bar in bars] == [
        ("A study", MONDAY, date(2027, 2, 1), "done"),
        ("A years", date(2026, 12, 21), date(2027, 2, 15), "planned"),
        ("A exam", date(2027, 2, 1), date(2027, 2, 1), "planned"),
        ("A move", date(2027, 2, 15), date(2027, 2, 15), "planned"),
    ]
    assert bars_of(planned(), MONDAY) == ()


def test_the_text_says_when_what_and_what_beside(base: KnowledgeBase) -> None:
    words = TimelineWords(base.texts.texts, PlanTimeline("Somewhere", bars_of(PLAN, MONDAY, {"study-0": "doing"})))
    title, span, *lines = plain(words.text()).splitlines()

    assert "Somewhere" in title
    assert "23 Nov 2026" in span
    assert "12 weeks" in span
    assert lines[0] == "1. A study (study, 23 Nov 2026 to 1 Feb 2027, doing), beside 2"
    assert lines[2] == "3. A exam (exam, 1 Feb 2027)"
    assert "beside 1" in lines[1]


@settings(max_examples=60, deadline=None)
@given(timelines(), st.sampled_from(list(THEMES.values())))
def test_any_timeline_is_readable_and_says_what_its_text_says(
    base: KnowledgeBase, timeline: PlanTimeline, theme: Any
) -> None:
    words = TimelineWords(base.texts.texts, timeline)
    svg = draw_timeline(words, theme)
    texts, page = texts_of(svg), page_of(svg)
    shown = said_in(texts).replace("- ", "").replace("-", "")

    assert overlapping(texts) == []
    for text in texts:
        assert text.size >= SMALLEST
        assert page.contains(text.area)
        assert contrast(text.colour, text.behind) >= 4.5, text
    for bar in timeline.bars:
        assert words.dates(bar).replace("-", "") in shown
        assert "".join(bar.title.split()).replace("-", "") in shown.replace(" ", "")


def test_what_is_over_takes_no_number(base: KnowledgeBase) -> None:
    bars = bars_of(PLAN, MONDAY, {"study-0": "done", "years-4": "skipped"})
    timeline = PlanTimeline("Somewhere", bars, MONDAY)
    _, _, *lines = plain(TimelineWords(base.texts.texts, timeline).text()).splitlines()
    over = [bar.state in ("done", "skipped") for bar in bars]
    left = iter(range(1, len(bars)))

    assert timeline.numbers == tuple(None if gone else next(left) for gone in over)
    for bar, number, line in zip(bars, timeline.numbers, lines, strict=True):
        assert line.startswith(bar.title if number is None else f"{number}. {bar.title}")


def test_bars_survive_storage(base: KnowledgeBase) -> None:
    bars = bars_of(PLAN, MONDAY, {"exam-10": "skipped"})

    assert read_bars(as_json(bars)) == bars
    arguments = timeline_arguments("Somewhere", bars, "dark", MONDAY)
    words = TimelineWords(base.texts.texts, PlanTimeline("Somewhere", bars, MONDAY))
    assert svg_of(base, TIMELINE, arguments) == draw_timeline(words, THEMES["dark"])


@pytest.mark.parametrize(
    "change",
    [{"kind": "party"}, {"state": "lost"}, {"start": "soon"}, {"end": "2020-01-01"}, {"title": None}, {"start": None}],
)
def test_a_bar_that_makes_no_sense_is_refused(change: dict[str, Any]) -> None:
    (good, *_) = as_json(bars_of(PLAN, MONDAY))

    with pytest.raises(TimelineError):
        read_bars([{**good, **change}])


def test_a_real_plan_has_a_timeline(base: KnowledgeBase) -> None:
    plan = make_plan(base, Profile(goal="coding-auditor"))
    bars = bars_of(plan, MONDAY)

    assert bars[0].start == MONDAY
    assert max(bar.end for bar in bars) == MONDAY + timedelta(weeks=plan.routes[0].weeks)


def test_every_tick_has_its_date_above_it(base: KnowledgeBase) -> None:
    """A date that today leaves no room for takes its tick along."""
    bars = bars_of(PLAN, MONDAY)
    svg = draw_timeline(
        TimelineWords(base.texts.texts, PlanTimeline("Goal", bars, MONDAY + timedelta(days=5))), THEMES["light"]
    )
    dates = [text for text in texts_of(svg) if re.fullmatch(r"[A-Z][a-z]{2} \d{4}", text.text)]
    ticks = svg.count("<path") - len(bars) - sum(bar.start == bar.end for bar in bars)

    assert dates
    assert ticks == len(dates) * len(bars)
