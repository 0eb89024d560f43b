"""What a plan says besides its steps: costs, ledger, assumptions, changes, and refusals."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from bot.advice.planner import Plan, PlanError, Route, fastest_route, make_plan
from bot.advice.planner.person import WEEKS_PER_YEAR
from bot.advice.planner.plan import PREPARATIONS, LedgerLine, Money
from bot.advice.profile import MIN_HOURS_PER_WEEK, Profile, ProfileError, parse_profile
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


def hard(route: Route) -> list[str]:
    """The ids of a route's steps without those that only lead up to a post."""
    return [step.id for step in route.steps if not step.id.startswith(PREPARATIONS)]


def test_json_has_the_shape_of_the_contract(base: KnowledgeBase) -> None:
    plan = json.loads(json.dumps(planned(base, **AUDITOR).as_json()))

    assert set(plan) == {"routes", "have", "gaps", "would_change", "warnings", "nearest"}
    for route in plan["routes"]:
        assert set(route) == {"name", "weeks", "cost", "steps", "ledger"}
        assert set(route["cost"]) == {"low", "high", "currency"}
        for step in route["steps"]:
            assert set(step) == STEP_KEYS
            assert step["label"] in {"exam_requires", "body_recommends", "employers_ask", None}
            assert all({"title", "url", "as_of", "read"} <= set(source) for source in step["sources"])
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
    assert lines["units"].units == 40  # 36 for one credential of the body, 4 more for the second
    assert lines["retake"].risk
    assert [line.kind for line in route.ledger if line.risk] == ["retake"]


def test_every_default_is_named(base: KnowledgeBase) -> None:
    told = planned(base, **AUDITOR).warnings
    silent = planned(base, goal="coding-auditor").warnings

    assert not any("You named" in warning for warning in told)
    assert sum("You named" in warning for warning in silent) == 3  # hours, country and workplace
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
    plan = planned(base, **AUDITOR | {"goal": "rhia", "hours_per_week": MIN_HOURS_PER_WEEK})

    assert plan.routes
    assert any("More hours" in warning for warning in plan.warnings)


@pytest.mark.parametrize("hours", [0, 1e-9, 81])
def test_hours_nobody_studies_are_refused_by_name(base: KnowledgeBase, hours: float) -> None:
    with pytest.raises(ProfileError, match=r"`hours_per_week`: .* (0\.5|80)"):
        parse_profile({"goal": "cpc", "hours_per_week": hours}, base)


def test_a_stop_sign_comes_before_every_other_warning(base: KnowledgeBase) -> None:
    """What would be money lost comes first, whatever else there is to say."""
    cases = {
        "Don't buy the CCDS exam yet": {"goal": "ccds", "licences": ["rn"], "years": {"clinical": 9}},
        "Before you enroll, check that CAHIIM": {"goal": "rhia", "education": ["associate-him"]},
        "The RHIT takes only schooling accredited by CAHIIM": {"goal": "rhit", "education": ["associate-him"]},
        "No way fits your budget of 50": {"goal": "cca", "role": "medical-biller", "budget": 50},
        "costs nothing": {"goal": "cpc", "certifications": ["cpc-a"]},
        "Aim first for this, which is on the way": {
            "goal": "coding-manager",
            "role": "medical-coder",
            "years": {"coding": 1},
        },
        "try the work once": {"goal": "medical-coder"},
    }
    for words, profile in cases.items():
        plan = planned(base, **profile)

        assert plan.stop is not None, words
        assert words in plan.stop, plan.stop
        assert plan.warnings[0] == plan.stop

    assert planned(base, **AUDITOR).stop is None


def test_what_the_fastest_way_leaves_out_is_said(base: KnowledgeBase) -> None:
    nurse = planned(base, goal="cdi-specialist", licences=["rn"], years={"clinical": 9})
    newcomer = planned(base, goal="cca")

    assert any("the fastest way leaves it out: CDIP, CCDS or CCS" in warning for warning in nurse.warnings)
    assert any(warning.startswith("AHIMA advises this before the CCA") for warning in newcomer.warnings)
    assert not any("leaves it out" in warning for warning in planned(base, **AUDITOR).warnings)


def test_accreditation_is_named_for_schooling_held_and_to_come(base: KnowledgeBase) -> None:
    """A profile cannot say whether a school is accredited, so no route rests on it in silence."""
    held = planned(base, goal="rhia", education=["bachelor-him"]).warnings
    to_come = planned(base, goal="rhia", education=["high-school"]).warnings
    apart = planned(base, goal="cpc", education=["bachelor-him"]).warnings

    assert "ask your school first" in held[0]
    assert "Before you enroll" in to_come[0]
    assert not any("CAHIIM" in warning for warning in apart)


def test_an_associate_degree_shortens_a_bachelor(base: KnowledgeBase) -> None:
    without, with_one = (planned(base, goal="rhia", education=[item]) for item in ("high-school", "associate"))

    assert with_one.routes[0].weeks < without.routes[0].weeks
    assert with_one.routes[0].cost.high < without.routes[0].cost.high
    # Who starts from school saves money by the associate degree first.
    assert [step.entity for step in without.routes[1].steps[:2]] == ["associate-him", "bachelor-completion-him"]


def test_the_label_is_shed_without_a_job_after_the_exam(base: KnowledgeBase) -> None:
    """A course of 80 hours prepares for the exam; practice that only counts afterwards comes after it."""
    route = planned(base, goal="cpc", hours_per_week=20).routes[0]

    assert [step.id for step in route.steps] == [
        "study-coding-course",
        "study-cpc",
        "exam-cpc",
        "study-practicode",
        "deed-cpc",
    ]


def test_a_credential_proves_the_schooling_its_exam_asked_for(base: KnowledgeBase) -> None:
    years = {"coding": 3, "management": 2}
    plan = planned(base, goal="coding-manager", role="coding-team-lead", certifications=["rhia"], years=years)

    assert hard(plan.routes[-1]) == ["move-coding-manager"]


def ledger_of(base: KnowledgeBase, **profile: Any) -> dict[tuple[str, str], LedgerLine]:
    return {(line.kind, line.entity): line for line in planned(base, **profile).routes[0].ledger}


def test_further_credentials_of_a_body_cost_less_to_keep(base: KnowledgeBase) -> None:
    """Two of them: one full fee, one further fee, and some more units at each renewal, up to the body's most."""
    coder: dict[str, Any] = {"goal": "coding-auditor", "role": "medical-coder", "years": {"coding": 3}}
    two = ledger_of(base, **coder, certifications=["ccs", "cca"])
    body = base.terms["ahima"].planning
    assert body.renewal_fee is not None
    assert body.more_renewal_fee is not None
    assert body.most_units is not None

    costs = {two["renewal", item].cost for item in ("cca", "ccs")}
    assert costs == {Money(item.low, item.high) for item in (body.renewal_fee, body.more_renewal_fee)}
    assert two["units", "ahima"].units == 30

    many = ["cca", "ccs", "ccs-p", "rhit", "cdip", "chda"]
    full = ledger_of(base, **coder, certifications=many)
    assert full["units", "ahima"].units == body.most_units.high


def test_a_replaced_credential_is_renewed_no_more(base: KnowledgeBase) -> None:
    technician: dict[str, Any] = {"certifications": ["rhit"], "education": ["associate-him"], "hours_per_week": 10}
    route = planned(base, goal="rhia", **technician).routes[0]
    renewed = {line.entity: line.count for line in route.ledger if line.kind == "renewal"}

    assert renewed["rhit"] == route.weeks // (2 * WEEKS_PER_YEAR)
    assert renewed["rhia"] == (route.weeks + 3 * WEEKS_PER_YEAR) // (2 * WEEKS_PER_YEAR) - renewed["rhit"]


def test_retake_is_the_dearest_second_try(base: KnowledgeBase) -> None:
    """Of two exams the dearer one, at the price of a second try and not of the first."""
    for goal, sat in (("inpatient-coder", ["cca", "ccs"]), ("ccds", ["ccds"])):
        route = planned(base, goal=goal, licences=["rn"], years={"cdi": 2}, hours_per_week=10).routes[0]
        fee = base.certifications[sat[-1]].planning.retake_fee
        retake = next(line for line in route.ledger if line.kind == "retake")

        assert [step.entity for step in route.steps if step.kind == "exam"] == sat
        assert fee is not None
        assert retake.cost == Money(fee.low, fee.high)


def test_a_goal_reached_shows_where_people_go_on(base: KnowledgeBase) -> None:
    plan = planned(base, goal="medical-coder", role="medical-coder", certifications=["cpc"])

    assert plan.reached
    assert [step.label for route in plan.routes for step in route.steps] == [None, None, None]
    assert "Senior Medical Coder" in plan.warnings[1]


def test_told_answers_are_not_asked_again(base: KnowledgeBase) -> None:
    """Who told of schooling and years is not told that more of them would be sooner."""
    told = planned(base, goal="rhit", education=["high-school"], years={"coding": 1}).would_change
    silent = planned(base, goal="rhit").would_change

    assert "education" not in {change.key for change in told}
    assert "education" in {change.key for change in silent}


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


def test_who_did_the_work_had_a_post_in_it(base: KnowledgeBase) -> None:
    """A nurse with a year of documentation work adds the other year; and does not begin as a coder."""
    nurse = planned(base, goal="ccds", licences=["rn"], years={"cdi": 1}).routes[0]
    assert [step.id for step in nurse.steps] == ["years-cdi-specialist", "study-ccds", "exam-ccds"]

    without = planned(base, goal="ccds", licences=["rn"]).routes[0]
    assert "search-cdi-specialist" in [step.id for step in without.steps]


def test_any_such_work_is_a_trial_before_somebody_pays_for_a_credential(base: KnowledgeBase) -> None:
    untried = base.texts.texts["plan_warn_untried"]

    assert untried in planned(base, goal="ccs").warnings
    assert untried not in planned(base, goal="ccs", years={"coding": 1}).warnings
    assert untried in planned(base, goal="medical-coder").warnings


def test_a_slower_way_that_costs_much_less_is_named(base: KnowledgeBase) -> None:
    """Or nothing; one that is hardly cheaper, or takes years longer, is not."""

    def warned(**profile: Any) -> list[str]:
        plan = planned(base, **profile)
        begins = [base.texts.texts[key].split("{")[0] for key in ("plan_warn_cheaper", "plan_warn_free")]
        return [text for text in plan.warnings if text.startswith(tuple(begins))]

    auditor = planned(base, goal="coding-auditor")
    fastest, cheapest, _ = auditor.routes
    (told,) = warned(goal="coding-auditor")
    assert cheapest.cost.high < fastest.cost.high / 2
    assert f"{cheapest.weeks - fastest.weeks} weeks longer costs up to {cheapest.cost.high:g} USD" in told

    (free,) = warned(goal="revenue-cycle-manager", education=["associate"])
    assert free.endswith("costs nothing.")
    assert warned(goal="medical-coder") == []
    assert warned(goal="rhia") == []
