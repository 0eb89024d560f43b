"""The planner finds what an exhaustive search finds, on worlds small enough for one."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracle import Oracle
from worlds import profiles, worlds

from bot.advice.planner.plan_request import PlanRequest
from bot.advice.planner.search import Aim, search
from bot.knowledge.base import KnowledgeBase

RELAXED = settings(deadline=None, suppress_health_check=list(HealthCheck), database=None)


def solved(request: PlanRequest, aim: Aim) -> tuple[int, int] | None:
    """Weeks and cost that the planner's search finds."""
    if request.reached:
        return 0, 0
    label = search(request.problem, aim) if request.possible else None
    return (label.week, label.cost) if label is not None else None


def agree(data: st.DataObject, field: KnowledgeBase, size: int) -> None:
    world = data.draw(worlds(field, size))
    profile = data.draw(profiles(world)).model_copy(update={"setting": None})
    oracle = Oracle(world, profile)
    request = PlanRequest(world, profile, str(profile.goal))

    assert solved(request, "weeks") == oracle.fastest()
    assert solved(request, "cost") == oracle.cheapest()


@settings(RELAXED, max_examples=150)
@given(st.data())
def test_fastest_and_cheapest_are_the_best_there_are(field: KnowledgeBase, data: st.DataObject) -> None:
    agree(data, field, 2)


@pytest.mark.long
@settings(RELAXED, max_examples=3000)
@given(st.data())
def test_fastest_and_cheapest_are_the_best_in_larger_worlds(field: KnowledgeBase, data: st.DataObject) -> None:
    agree(data, field, 3)
