"""What a plan says of its own figures and gaps: prices not known, estimates of ours, degrees and provisional titles."""

from __future__ import annotations

from typing import Any

from bot.advice.planner import Plan, make_plan
from bot.advice.planner.words import Words
from bot.advice.profile import parse_profile
from bot.knowledge.base import KnowledgeBase


def planned(base: KnowledgeBase, **profile: Any) -> Plan:
    return make_plan(base, parse_profile({"country": "US", "hours_per_week": 8, **profile}, base))


def test_a_total_names_what_it_leaves_out(base: KnowledgeBase) -> None:
    plan = planned(base, goal="cancer-registrar", education=["associate"])
    assert "Cancer registry program with practicum" in Words(base).total(plan.routes[0])


def test_an_estimate_of_ours_is_marked_and_a_sourced_fee_is_not(base: KnowledgeBase) -> None:
    steps = {step.id: step for step in planned(base, goal="medical-coder").routes[0].steps}
    assert steps["study-cca"].assumed
    assert not steps["exam-cca"].assumed


def test_each_line_of_the_costs_says_where_it_is_from(base: KnowledgeBase) -> None:
    plan = planned(base, goal="cpc", role="medical-coder", years={"coding": 3})
    lines = {line.kind: line for line in plan.routes[0].ledger}
    assert any(source.whose == "AAPC" != source.publisher for source in lines["dues"].sources)


def test_a_degree_that_is_left_out_is_said_first(base: KnowledgeBase) -> None:
    held = {"goal": "compliance-officer", "role": "medical-coder", "certifications": ["cpc"], "years": {"coding": 6}}
    without = planned(base, **held, education=["associate"])
    with_one = planned(base, **held, education=["bachelor"])
    assert "bachelor's degree is typical" in str(without.stop)
    assert not any("does without it" in warning for warning in with_one.warnings)


def test_years_in_place_of_a_degree_are_not_the_strongest_way(base: KnowledgeBase) -> None:
    plan = planned(base, goal="revenue-cycle-manager", role="medical-biller", years={"billing": 9})
    fastest, _, strongest = plan.routes
    assert not any(step.kind == "degree" for step in fastest.steps)
    assert any(step.kind == "degree" for step in strongest.steps)


def test_a_provisional_title_says_how_it_is_shed(base: KnowledgeBase) -> None:
    carries = planned(base, goal="medical-coder", certifications=["cpc-a"], setting="office")
    full = planned(base, goal="medical-coder", certifications=["cpc"], setting="office")
    assert any("way from the CPC-A to it" in warning for warning in carries.warnings)
    assert not any("way from the CPC-A" in warning for warning in full.warnings)


def test_other_workplaces_and_their_exams_stand_beside_the_quickest(base: KnowledgeBase) -> None:
    open_to_all = planned(base, goal="medical-coder", licences=["lpn"])
    office = planned(base, goal="medical-coder", licences=["lpn"], setting="office")
    assert any("CPC (doctor office" in warning for warning in open_to_all.warnings)
    assert not any("You named no workplace" in warning for warning in office.warnings)
