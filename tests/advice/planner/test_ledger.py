"""The ledger counts every year of dues once."""

from __future__ import annotations

import pytest

from bot.advice.planner import make_plan
from bot.advice.planner.ledger import YEARS_AFTER
from bot.advice.planner.person import WEEKS_PER_YEAR
from bot.advice.profile import Profile
from bot.knowledge.base import KnowledgeBase


@pytest.mark.parametrize("goal", ["cpc", "cpma", "compliance-officer"])
def test_dues_are_paid_once_for_each_year_begun_after_the_first(base: KnowledgeBase, goal: str) -> None:
    """The year in which somebody joins is among the steps; nobody is a member before the first exam."""
    checked = 0
    for route in make_plan(base, Profile(country="US", goal=goal)).routes:
        until = route.weeks + YEARS_AFTER * WEEKS_PER_YEAR
        dues = {line.entity: line.count for line in route.ledger if line.kind == "dues"}
        exams = [(step.entity, step.ends_week) for step in route.steps if step.kind == "exam"]
        for body, count in dues.items():
            joined = min(week for exam, week in exams if base.certifications[exam].issuer == body)
            assert count == sum(1 for week in range(joined + WEEKS_PER_YEAR, until, WEEKS_PER_YEAR))
            checked += 1
    assert checked


def test_whoever_holds_a_credential_pays_no_student_dues(base: KnowledgeBase) -> None:
    first = base.terms["aapc"].planning.membership
    assert first is not None
    assert first.low < first.high
    routes = make_plan(base, Profile(country="US", goal="cpc")).routes
    lines = [line for route in routes for line in route.ledger if line.kind == "dues" and line.entity == "aapc"]
    assert lines
    for line in lines:
        assert line.cost is not None
        assert line.cost.low == line.cost.high == line.count * first.high
