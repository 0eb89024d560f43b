"""What the search leaves out, and what it must not: small ladders where the answer is plain."""

from __future__ import annotations

import dataclasses
from typing import Any

from worlds import WEEK

from bot.advice.planner import make_plan
from bot.advice.planner.plan_request import PlanRequest
from bot.advice.profile import Profile
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Certification, Degree, Role, Term

BODY = {"id": "body", "name": "Body", "summary": "A body.", "body": True}


def hours(count: int) -> dict[str, Any]:
    return {"low": count, "high": count, "assumption": True}


def role(name: str, moves: dict[str, int] | None = None, level: str = "low", **more: Any) -> Role:
    """A role with moves as (where to, weeks before)."""
    steps = [
        {"to": to, "kind": "up", "years_low": weeks * WEEK, "years_high": weeks * WEEK, "assumption": True}
        for to, weeks in (moves or {}).items()
    ]
    data = {"id": name, "name": name, "summary": "A job.", "level": level, "experience": "craft", "moves": steps}
    return Role.model_validate(data | more)


def exam(name: str, study: int, fee: int, **more: Any) -> Certification:
    planning = {"study_hours": hours(study), "exam_fee": hours(fee), "materials": hours(0)}
    data = {"id": name, "name": name, "summary": "An exam.", "issuer": "body", "planning": planning}
    return Certification.model_validate(data | more)


def school(name: str, study: int, needs: dict[str, Any] | None = None) -> Degree:
    asked = [{"say": "Asked.", "needs": needs, "assumption": True}] if needs else []
    planning = {"hours": hours(study), "cost": hours(0)}
    data = {"id": name, "name": name, "summary": "A school.", "level": "course", "planning": planning}
    return Degree.model_validate(data | {"requires": {"exam_requires": asked}})


def world(field: KnowledgeBase, *things: Role | Certification | Degree) -> KnowledgeBase:
    return dataclasses.replace(
        field,
        roles={item.id: item for item in things if isinstance(item, Role)},
        certifications={item.id: item for item in things if isinstance(item, Certification)},
        education={item.id: item for item in things if isinstance(item, Degree)},
        terms={"body": Term.model_validate(BODY)},
    )


def entrance(needs: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"ways_in": [{"needs": needs, "assumption": True}]}


def asks(needs: dict[str, Any]) -> dict[str, Any]:
    return {"requires": {"employers_ask": [{"say": "Asked.", "needs": needs, "assumption": True}]}}


def test_study_runs_beside_work(field: KnowledgeBase) -> None:
    ladder = world(field, role("start", {"goal": 5}, **entrance()), role("goal", **asks({"certification": "paper"})))
    ladder = dataclasses.replace(ladder, certifications={"paper": exam("paper", 3, 1)})
    plan = make_plan(ladder, Profile(goal="goal", hours_per_week=1))
    strongest = plan.routes[-1]

    assert [route.weeks for route in plan.routes] == [5, 5, 5]
    assert [step.starts_week for step in strongest.steps if step.kind == "study"] == [0]
    assert plan.routes[0].cost.high == 0
    assert strongest.cost.high == 1


def test_a_school_that_asks_for_work_is_begun_after_it(field: KnowledgeBase) -> None:
    ladder = world(
        field,
        role("start", {"goal": 0}, **entrance()),
        role("goal", **asks({"education": "evening"})),
        school("evening", 2, {"years": 3 * WEEK, "of": "craft"}),
    )
    strongest = make_plan(ladder, Profile(goal="goal", hours_per_week=1)).routes[-1]
    begun = {step.id: step.starts_week for step in strongest.steps}

    assert begun["study-evening"] == 3
    assert begun["move-goal"] == strongest.weeks == 5


def test_work_done_before_counts_in_the_role_held_first(field: KnowledgeBase) -> None:
    """Three weeks as a beginner are no three weeks as a master; what is beyond them counts there, in the same work."""
    ladder = world(field, role("start", {"master": 3}, **entrance()), role("master", {"goal": 3}), role("goal"))
    fresh = Profile(goal="goal", role="start")
    beginner, seasoned = (fresh.model_copy(update={"years": {"craft": weeks * WEEK}}) for weeks in (3, 5))

    assert PlanRequest(ladder, fresh, "goal").weeks() == 6
    assert PlanRequest(ladder, beginner, "goal").weeks() == 3
    assert PlanRequest(ladder, seasoned, "goal").weeks() == 1


def test_nobody_starts_again_below(field: KnowledgeBase) -> None:
    """A way in at the bottom is no shortcut for somebody who has risen on the way."""
    ladder = world(
        field,
        role("start", {"lead": 1, "goal": 9}, **entrance()),
        role("lead", level="high", experience="desk"),
        role("goal", **asks({"years": 2 * WEEK, "of": "desk"})),
    )

    assert PlanRequest(ladder, Profile(goal="goal"), "goal").weeks() is None
    plan = make_plan(ladder, Profile(goal="goal"))
    assert (plan.routes, plan.nearest) == ((), "start")


def test_a_price_nobody_knows_is_not_nothing(field: KnowledgeBase) -> None:
    """Between a known price and an unknown one the usual price decides, and the unknown is named."""
    unknown = exam("guess", 1, 0)
    unknown = unknown.model_copy(update={"planning": unknown.planning.model_copy(update={"exam_fee": None})})
    needs = {"any": [{"certification": "guess"}, {"certification": "known"}]}
    ladder = world(field, role("goal", **entrance(needs)), unknown, exam("known", 2, 3), exam("dear", 2, 90))
    fastest, cheapest, _ = make_plan(ladder, Profile(goal="goal", hours_per_week=1)).routes

    assert "exam-guess" in {step.id for step in fastest.steps}
    assert next(step.cost for step in fastest.steps if step.id == "exam-guess") is None
    assert "exam-known" in {step.id for step in cheapest.steps}


def test_what_is_only_asked_of_those_who_are_there_is_said(field: KnowledgeBase) -> None:
    """An exam for people in the role cannot come before it: the strongest route leaves it out and says so."""
    inside = exam(
        "inside",
        1,
        1,
        requires={"exam_requires": [{"say": "Be there.", "needs": {"role": "goal"}, "assumption": True}]},
    )
    ladder = world(field, role("goal", **entrance(), **asks({"certification": "inside"})), inside)
    plan = make_plan(ladder, Profile(goal="goal"))

    assert [step.id for step in plan.routes[-1].steps] == ["move-goal"]
    assert any("only once you are there" in warning for warning in plan.warnings)


def test_elsewhere_only_what_is_looked_for_there_is_proposed(field: KnowledgeBase) -> None:
    needs = {"any": [{"certification": "home"}, {"certification": "abroad"}, {"education": "college"}]}
    ladder = world(field, role("goal", **entrance(needs)), exam("home", 1, 1), exam("abroad", 4, 4, countries=["IN"]))
    at_home, there, nowhere = (
        make_plan(ladder, Profile(goal="goal", country=country)).routes[0].steps[0].entity
        for country in ("US", "IN", "GB")
    )

    assert (at_home, there, nowhere) == ("home", "abroad", "home")


def test_nobody_starts_again_below_after_a_way_down(field: KnowledgeBase) -> None:
    """Whoever has led and gone back to the bench is still not somebody from the street."""
    ladder = world(
        field,
        role("start", {"lead": 1}, **entrance()),
        role("lead", {"bench": 2}, level="high", experience="desk"),
        role("bench"),
        role("goal", **entrance({"all": [{"years": 2 * WEEK, "of": "desk"}, {"role": "bench"}]})),
    )

    assert PlanRequest(ladder, Profile(goal="goal"), "goal").weeks() is None


def test_where_accreditation_is_asked_other_schools_do_not_count(field: KnowledgeBase) -> None:
    ladder = world(
        field,
        role("start", {"goal": 0}, **entrance()),
        role("goal", **asks({"education": "degree", "accredited": "body"})),
        school("degree", 5).model_copy(update={"accreditation": "body"}),
        school("quick", 1).model_copy(update={"counts_as": ("degree",)}),
    )
    profile = Profile(goal="goal", hours_per_week=1)
    strongest = make_plan(ladder, profile).routes[-1]
    with_quick = make_plan(ladder, profile.model_copy(update={"education": ("quick",)})).routes[-1]

    assert [step.entity for step in strongest.steps if step.kind != "move"] == ["degree"]
    assert with_quick.weeks == strongest.weeks == 5
