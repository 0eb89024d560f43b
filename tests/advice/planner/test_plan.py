"""What a plan says besides its steps: costs, ledger, assumptions, changes, and refusals."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from bot.advice.planner import Plan, PlanError, fastest_route, make_plan
from bot.advice.profile import Profile, parse_profile
from bot.knowledge.base import KnowledgeBase

AUDITOR = {
    "goal": "coding-auditor",
    "role": "medical-coder",
    "certifications": ["cpc"],
    "years": {"coding": 3},
    "setting": "office",
    "country": "US",
    "hours_per_week": 5,
}
STEP_KEYS = {"id", "kind", "title", "entity", "label", "why", "weeks", "starts_week", "cost", "needs", "sources"}


def planned(base: KnowledgeBase, today: date | None = None, **profile: Any) -> Plan:
    return make_plan(base, parse_profile(profile, base), today)


def test_json_has_the_shape_of_the_contract(base: KnowledgeBase) -> None:
    plan = json.loads(json.dumps(planned(base, **AUDITOR).as_json()))

    assert set(plan) == {"routes", "have", "gaps", "would_change", "warnings", "nearest"}
    for route in plan["routes"]:
        assert set(route) == {"name", "weeks", "cost", "steps", "ledger"}
        assert set(route["cost"]) == {"low", "high", "currency"}
        for step in route["steps"]:
            assert set(step) == STEP_KEYS
            assert step["label"] in {"exam_requires", "body_recommends", "employers_ask", None}
            assert all(set(source) == {"title", "url", "as_of", "read"} for source in step["sources"])
    assert all(set(gap) == {"entity", "label", "title"} for gap in plan["gaps"])
    assert all(set(change) == {"key", "value", "effect"} for change in plan["would_change"])
    assert plan["nearest"] is None


def test_an_exam_counts_the_membership_once(base: KnowledgeBase) -> None:
    """Somebody without a credential of the body pays a year of dues with the first of its exams."""
    newcomer = planned(base, goal="cpma", country="US").routes[0]
    member = planned(base, **AUDITOR | {"goal": "cpma"}).routes[0]
    dues = base.terms["aapc"].planning.membership

    assert dues is not None
    assert newcomer.cost.high - member.cost.high == dues.high
    assert newcomer.cost.low - member.cost.low == dues.low


def test_ledger_runs_until_three_years_after_the_goal(base: KnowledgeBase) -> None:
    route = planned(base, **AUDITOR).routes[0]
    lines = {line.kind: line for line in route.ledger}

    assert lines["steps"].cost == route.cost
    assert lines["dues"].count == 4  # three years and the weeks before
    assert lines["units"].units == 36
    assert lines["retake"].risk
    assert [line.kind for line in route.ledger if line.risk] == ["retake"]


def test_every_default_is_named(base: KnowledgeBase) -> None:
    told = planned(base, **AUDITOR).warnings
    silent = planned(base, goal="coding-auditor").warnings

    assert not any("You named" in warning for warning in told)
    assert sum("You named" in warning for warning in silent) == 2
    assert any("our own assumptions" in warning for warning in told)


def test_budget_only_warns(base: KnowledgeBase) -> None:
    rich, poor = planned(base, **AUDITOR, budget=5000), planned(base, **AUDITOR, budget=100)

    assert rich.routes == poor.routes
    assert not any("budget" in warning for warning in rich.warnings)
    assert any("budget of 100 USD" in warning for warning in poor.warnings)


def test_more_hours_are_among_what_would_change_it(base: KnowledgeBase) -> None:
    plan = planned(base, **AUDITOR)
    change = next(change for change in plan.would_change if change.key == "hours_per_week")
    faster = planned(base, **AUDITOR | {"hours_per_week": change.value})

    sooner = plan.routes[0].weeks - faster.routes[0].weeks
    assert sooner > 0
    assert f"{sooner} weeks sooner" in change.effect


def test_a_workplace_can_turn_the_route(base: KnowledgeBase) -> None:
    anywhere = planned(base, **AUDITOR | {"setting": None})
    hospital = planned(base, **AUDITOR | {"setting": "hospital"})

    turn = next(change for change in anywhere.would_change if change.key == "setting")
    assert turn.value == "hospital"
    assert "exam-ccs" in {step.id for step in hospital.routes[0].steps}


def test_sources_due_to_be_read_again_are_named(base: KnowledgeBase) -> None:
    early = planned(base, date(2026, 11, 23), **AUDITOR).warnings
    late = planned(base, date(2040, 1, 1), **AUDITOR).warnings

    assert [warning for warning in late if warning not in early] == [late[-1]]
    assert "AAPC" in late[-1]


def test_hardly_any_time_still_makes_a_plan(base: KnowledgeBase) -> None:
    plan = planned(base, **AUDITOR | {"hours_per_week": 5e-324})

    assert plan.routes
    assert "More hours" in plan.warnings[0]


@pytest.mark.parametrize(("goal", "says"), [(None, "no `goal`"), ("astronaut", "astronaut")])
def test_no_goal_no_plan(base: KnowledgeBase, goal: str | None, says: str) -> None:
    with pytest.raises(PlanError, match=says):
        make_plan(base, Profile(goal=goal))


def test_fastest_route_alone_is_the_same(base: KnowledgeBase) -> None:
    plan = planned(base, **AUDITOR)
    alone = fastest_route(base, parse_profile(AUDITOR, base))

    assert alone is not None
    assert alone.steps == plan.routes[0].steps
    assert fastest_route(base, Profile(goal="cpc", certifications=("cpc",))) is None
