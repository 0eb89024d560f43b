"""Chains of roles are a bound from below, and searches that look at them find the best there is all the same."""

from __future__ import annotations

from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from contract import anybody
from hypothesis import given, settings
from hypothesis import strategies as st
from test_optimal import RELAXED, agree

from bot.advice.planner import search as searching
from bot.advice.planner.plan_request import PlanRequest
from bot.advice.planner.search import search
from bot.advice.profile import parse_profile
from bot.knowledge.base import KnowledgeBase


def test_nobody_is_there_before_a_chain_says(base: KnowledgeBase) -> None:
    random, compared = Random(3), 0
    for _ in range(40):
        profile = parse_profile(anybody(base, random), base)
        request = PlanRequest(base, profile, str(profile.goal))
        goal = search(request.problem, "weeks") if not request.reached and request.possible else None
        label = goal.parent if goal is not None else None
        while goal is not None and label is not None and label.parent is not None and label.role is not None:
            chains = request.problem.chains
            least = chains.weeks(label.role, label.week, label.credit, label.years, lambda schools: 0)
            assert label.week <= least <= goal.week, profile
            label, compared = label.parent, compared + 1
    assert compared


@settings(RELAXED, max_examples=40)
@given(st.data())
def test_whoever_looks_at_chains_finds_the_best(field: KnowledgeBase, data: st.DataObject) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searching, "SHORT", 1)
        agree(data, field, 3)


CODER = {"role": "medical-coder", "certifications": ["cpc"], "goal": "coding-manager"}


def test_chains_know_how_long_the_roles_before_a_goal_are_held(base: KnowledgeBase) -> None:
    """Above the weeks that are behind somebody, and not above those of the best way."""
    request = PlanRequest(base, parse_profile(CODER, base), CODER["goal"])
    goal = search(request.problem, "weeks")
    assert goal is not None
    label, bounds = goal.parent, []
    while label is not None and label.parent is not None and label.role is not None:
        least = request.problem.chains.weeks(label.role, label.week, label.credit, label.years, lambda schools: 0)
        bounds.append((label.week, least, goal.week))
        label = label.parent
    assert bounds
    assert all(week < least <= best for week, least, best in bounds)


def test_a_chain_is_not_over_before_its_schools(base: KnowledgeBase) -> None:
    request = PlanRequest(base, parse_profile(CODER, base), CODER["goal"])
    label = search(request.problem, "weeks")
    assert label is not None
    while label.role != "coding-team-lead":
        assert label.parent is not None
        label = label.parent
    asked: list[int] = []

    def never(schools: int) -> int:
        asked.append(schools)
        return 10_000

    chains = request.problem.chains
    early = chains.weeks(label.role, label.week, label.credit, label.years, lambda schools: 0)
    late = chains.weeks(label.role, label.week, label.credit, label.years, never)
    assert early < late
    assert all(asked)


def test_schools_that_are_behind_somebody_take_no_time_any_more() -> None:
    """Those that are left are attended after what is booked, and a post is looked for after them."""
    problem: Any = SimpleNamespace(weeks=lambda schools: 20 * schools.bit_count(), final_hunt=10)
    label: Any = SimpleNamespace(items=0b001, booked=7)
    booked = searching._booking(label, problem)

    assert [booked(0b001), booked(0b011), booked(0b110)] == [0, 7 + 20 + 10, 7 + 40 + 10]
