"""What holds for whoever asks, over people drawn at random from all that this knowledge base knows of them."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from bot.advice.planner import Plan, Route, Step, make_plan
from bot.advice.planner.passages import ladder_of
from bot.advice.planner.plan_request import PlanRequest
from bot.advice.profile import Profile, parse_profile
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.conditions import certifications_in

SEED, PEOPLE = 17, 60
KINDS_OF_STUDY = ("study", "exam", "degree")
NOBODY = 1 << 40


def told(base: KnowledgeBase, random: Random) -> dict[str, Any]:
    """What one person tells: about half of all keys, each with a value or two."""
    levels = [level.id for level in base.assessment.education]
    current = sorted(item.id for item in base.certifications.values() if base.is_offered(item.id))
    profile: dict[str, Any] = {
        "goal": random.choice(sorted(base.roles)),
        "hours_per_week": random.choice([2, 5, 8, 20]),
        "country": "US",
        "education": [random.choice(levels)],
    }
    if random.random() < 0.5:
        profile["role"] = random.choice(sorted(role for role in base.roles if base.is_offered(role)))
    if random.random() < 0.5:
        profile["certifications"] = random.sample(current, random.choice([1, 2]))
    if random.random() < 0.6:
        kinds = [kind.id for kind in base.assessment.experience]
        profile["years"] = {kind: random.choice([1, 3, 8]) for kind in random.sample(kinds, random.choice([1, 2]))}
    if random.random() < 0.2:
        profile["licences"] = [random.choice([item.id for item in base.assessment.licences])]
    if random.random() < 0.4:
        profile["setting"] = random.choice([item.id for item in base.assessment.settings])
    return profile


@pytest.fixture(scope="module")
def people(base: KnowledgeBase) -> list[tuple[Profile, Plan]]:
    random = Random(SEED)
    profiles = [parse_profile(told(base, random), base) for _ in range(PEOPLE)]
    return [(profile, make_plan(base, profile)) for profile in profiles]


def roads(people: list[tuple[Profile, Plan]]) -> Iterator[tuple[Profile, Plan, Route]]:
    for profile, plan in people:
        if not plan.reached:
            yield from ((profile, plan, route) for route in plan.routes)


def steps(people: list[tuple[Profile, Plan]]) -> Iterator[tuple[Profile, Route, Step]]:
    for profile, _, route in roads(people):
        yield from ((profile, route, step) for step in route.steps)


def weeks(base: KnowledgeBase, profile: Profile) -> int:
    found = PlanRequest(base, profile, str(profile.goal)).weeks()
    return NOBODY if found is None else found


def test_there_are_roads_of_all_kinds(people: list[tuple[Profile, Plan]]) -> None:
    assert len([1 for _ in roads(people)]) > PEOPLE
    assert {step.kind for _, _, step in steps(people)} >= {"study", "exam", "degree", "years", "deed", "move"}


def test_more_hours_or_money_never_take_longer(base: KnowledgeBase, people: list[tuple[Profile, Plan]]) -> None:
    for profile, _ in people:
        now = weeks(base, profile)
        assert weeks(base, profile.model_copy(update={"hours_per_week": profile.pace * 2})) <= now
        assert weeks(base, profile.model_copy(update={"budget": 100_000.0})) == now


def test_holding_more_never_takes_longer(base: KnowledgeBase, people: list[tuple[Profile, Plan]]) -> None:
    random = Random(SEED)
    for profile, _ in people:
        now = weeks(base, profile)
        exam = random.choice(sorted(base.certifications))
        school = random.choice(sorted(base.education))
        for more in (
            {"certifications": (*profile.certifications, exam)},
            {"education": (*profile.education, school)},
            {"years": {kind: years + 1 for kind, years in profile.years.items()}},
        ):
            assert weeks(base, profile.model_copy(update=more)) <= now, (profile, more)


def test_the_three_roads_are_what_they_are_called(people: list[tuple[Profile, Plan]]) -> None:
    for _, plan in people:
        if plan.reached or not plan.routes:
            continue
        fastest, cheapest, strongest = plan.routes
        assert fastest.weeks <= min(cheapest.weeks, strongest.weeks)
        known = all(step.cost is not None for route in plan.routes for step in route.steps)
        assert not known or cheapest.cost.high <= min(fastest.cost.high, strongest.cost.high)
        done, more = (
            {step.entity for step in route.steps if step.kind in ("exam", "degree")} for route in (fastest, strongest)
        )
        assert done <= more


def test_an_exam_on_the_cheapest_road_is_asked_for_by_somebody(
    base: KnowledgeBase, people: list[tuple[Profile, Plan]]
) -> None:
    for profile, plan, route in roads(people):
        if route.name != "cheapest":
            continue
        asked = base.roles[plan.goal].requires.employers_ask
        named = {item for requirement in asked for item in certifications_in(requirement.needs)}
        for step in (step for step in route.steps if step.kind == "exam"):
            assert step.label is not None or step.entity in named, (profile, step)


def test_nothing_held_is_on_a_road_and_no_post_below_the_one_held_without_a_reason(
    base: KnowledgeBase, people: list[tuple[Profile, Plan]]
) -> None:
    levels = ladder_of(base).levels
    for profile, _, step in steps(people):
        held = {*profile.certifications, *profile.education, profile.role}
        if step.kind in ("exam", "degree", "move"):
            assert step.entity not in held, (profile, step.id)
        if step.kind == "move" and profile.role is not None:
            floor = min(levels[profile.role], levels[str(profile.goal)])
            assert levels[step.entity] >= floor or base.roles[profile.role].name in step.why, (profile, step.id)


def test_only_what_an_exam_or_a_school_asks_is_called_so(
    base: KnowledgeBase, people: list[tuple[Profile, Plan]]
) -> None:
    for profile, route, step in steps(people):
        if step.label != "exam_requires":
            continue
        gates = [
            gate.say
            for other in route.steps
            for record in [base.certifications.get(other.entity) or base.education.get(other.entity)]
            if record is not None
            for gate in record.requires.exam_requires
        ]
        assert any(say in step.why for say in gates) or step.kind == "study", (profile, step.id, step.why)


def test_each_step_says_why_and_each_exam_where_it_is_from(people: list[tuple[Profile, Plan]]) -> None:
    for profile, _, step in steps(people):
        assert step.why, (profile, step.id)
        assert step.sources or step.kind not in KINDS_OF_STUDY, (profile, step.id)


def test_a_price_that_is_not_known_is_named(people: list[tuple[Profile, Plan]]) -> None:
    for profile, plan, route in roads(people):
        said = " ".join(plan.warnings)
        assert all(step.title in said for step in route.steps if step.cost is None), profile
