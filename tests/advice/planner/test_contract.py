"""Plans of people of every kind against the contract, by an oracle that knows nothing of the planner."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
from contract import anybody, broken, changes_tried

from bot.advice.planner import make_plan
from bot.advice.profile import parse_profile
from bot.knowledge.base import KnowledgeBase

QUICK, LONG = 60, 2000


@pytest.fixture(params=[QUICK, pytest.param(LONG, marks=pytest.mark.long)], ids=["quick", "long"])
def people(request: pytest.FixtureRequest, base: KnowledgeBase) -> list[dict[str, Any]]:
    """Profiles as they would be told, the same ones each time."""
    random = Random(int(request.param))
    return [anybody(base, random) for _ in range(int(request.param))]


def test_every_plan_keeps_the_contract(base: KnowledgeBase, people: list[dict[str, Any]]) -> None:
    for told in people:
        plan = json.loads(json.dumps(make_plan(base, parse_profile(told, base)).as_json()))
        assert not list(broken(base, told, plan)), told


def test_what_would_change_it_does(base: KnowledgeBase, people: list[dict[str, Any]]) -> None:
    for told in people[: len(people) // 4]:
        profile = parse_profile(told, base)
        plan = make_plan(base, profile)
        for change, other in changes_tried(base, profile, plan.as_json()):
            turned = make_plan(base, other)
            if change["key"] == "setting":
                before, after = (plan.routes[0].steps, turned.routes[0].steps)
                assert {step.entity for step in after} != {step.entity for step in before}, (told, change)
            elif turned.routes:
                assert turned.routes[0].weeks < plan.routes[0].weeks, (told, change)
            else:
                assert turned.reached, (told, change)
