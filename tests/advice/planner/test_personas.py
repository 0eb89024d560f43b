"""People and their plans, as `personas.yaml` tells them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.advice.planner import make_plan
from bot.advice.planner.plan import PREPARATIONS
from bot.advice.profile import parse_profile
from bot.knowledge.base import KnowledgeBase

PERSONAS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "personas.yaml").read_text("utf-8"))


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: str(persona["who"]))
def test_a_plan_that_is_accepted(base: KnowledgeBase, persona: dict[str, Any]) -> None:
    plan = make_plan(base, parse_profile(persona["profile"], base))
    routes = {
        route.name: [step.id for step in route.steps if not step.id.startswith(PREPARATIONS)] for route in plan.routes
    }

    fastest = persona.get("fastest")
    expected = {name: persona.get(name, fastest) for name in ("fastest", "cheapest", "strongest")}
    assert routes == (expected if fastest else {})
    assert set(persona.get("have", ())) <= set(plan.have)
    assert set(persona.get("missing", ())) <= {gap.entity for gap in plan.gaps}
    for words in persona.get("says", ()):
        assert any(words in warning for warning in plan.warnings), (words, plan.warnings)
    assert plan.nearest == persona.get("nearest")


def test_every_goal_has_a_plan_or_a_reason(base: KnowledgeBase) -> None:
    for goal in (*base.roles, *base.certifications):
        plan = make_plan(base, parse_profile({"goal": goal, "hours_per_week": 10}, base))

        assert plan.warnings
        assert plan.routes or plan.nearest
