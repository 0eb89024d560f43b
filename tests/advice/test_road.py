"""What stands beside each other is measured alike: by exams alone, and by a degree as it is attended."""

from __future__ import annotations

from dataclasses import replace

from bot.advice.planner import Route, fastest_route
from bot.advice.planner.plan import NOTHING, Money
from bot.advice.profile import Profile
from bot.advice.road import Road, in_words, road_to
from bot.knowledge.base import KnowledgeBase

YEAR = 52


def test_two_exams_are_set_beside_each_other_without_a_course(base: KnowledgeBase) -> None:
    cpc, ccs = road_to(base, Profile(), "cpc"), road_to(base, Profile(), "ccs")

    assert cpc is not None
    assert ccs is not None
    assert (cpc.inside, ccs.inside) == ("self-study and exam, first as CPC-A", "self-study and exam")
    assert [step.kind for step in cpc.route.steps] == [step.kind for step in ccs.route.steps] == ["study", "exam"]


def test_who_has_the_provisional_one_is_led_to_the_full_one(base: KnowledgeBase) -> None:
    road = road_to(base, Profile(certifications=("cpc-a",)), "cpc")
    assert road is not None
    assert road.short_of is None
    assert "first as" not in road.inside


def test_a_degree_is_full_time_unless_hours_were_told(base: KnowledgeBase) -> None:
    unasked, told = road_to(base, Profile(), "rhit"), road_to(base, Profile(hours_per_week=10), "rhit")

    assert unasked is not None
    assert told is not None
    degree = base.education["associate-him"].planning.weeks_at_least
    assert degree is not None
    assert degree.low < unasked.weeks < degree.high + YEAR / 2
    assert (unasked.pace, told.pace) == ("with the degree full time", "at 10 hours a week")
    assert told.weeks == told.route.weeks > unasked.weeks
    assert unasked.inside.startswith("associate degree")


def test_work_and_exams_on_the_way_are_named(base: KnowledgeBase) -> None:
    road = road_to(base, Profile(), "cdi-specialist")
    route = fastest_route(base, Profile(goal="cdi-specialist"))
    assert road is not None
    assert route is not None
    assert road.weeks == route.weeks
    assert "of work" in road.inside
    assert all(step.entity.upper() in road.inside for step in route.steps if step.kind == "exam")
    assert road_to(base, Profile(certifications=("ccs",)), "ccs") is None


def test_a_cost_that_is_not_known_is_never_nothing(base: KnowledgeBase) -> None:
    road = road_to(base, Profile(), "cpc")
    assert road is not None

    def told(*costs: Money | None) -> str:
        steps = tuple(replace(road.route.steps[0], cost=cost, assumed=False) for cost in costs)
        known = sum((cost for cost in costs if cost is not None), NOTHING)
        return in_words(base, Road(Route("fastest", 9, known, steps), 9, "", ""))["cost"]

    assert told(Money(100, 200)) == "100 to 200 USD"
    assert told(Money(100, 200), None).startswith("100 to 200 USD plus")
    assert "0" not in told(None)
    assert told(NOTHING) == "no fee known"
