"""Chains of roles are a bound from below, and searches that look at them find the best there is all the same."""

from __future__ import annotations

from random import Random

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


@settings(RELAXED, max_examples=100)
@given(st.data())
def test_whoever_looks_at_chains_finds_the_best(field: KnowledgeBase, data: st.DataObject) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(searching, "SHORT", 1)
        agree(data, field, 3)
