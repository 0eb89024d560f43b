"""What holds for every plan, whatever the field and whoever asks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from worlds import KINDS, LICENCES, SCHOOLING, WEEK, profiles, worlds

from bot.advice.planner import Plan, Route, make_plan
from bot.advice.planner.plan import ROUTE_NAMES
from bot.advice.planner.plan_request import PlanRequest
from bot.advice.profile import Profile
from bot.knowledge.base import KnowledgeBase

RELAXED = settings(deadline=None, suppress_health_check=list(HealthCheck), database=None)
QUICK, LONG = 200, 4500
IMPOSSIBLE = 1 << 40


@pytest.fixture(params=[QUICK, pytest.param(LONG, marks=pytest.mark.long)], ids=["quick", "long"])
def cases(request: pytest.FixtureRequest) -> int:
    """How many worlds a law is tried in."""
    return int(request.param)


def fastest(world: KnowledgeBase, profile: Profile) -> int:
    """Weeks of the fastest route, very many where there is none."""
    weeks = PlanRequest(world, profile, str(profile.goal)).weeks()
    return IMPOSSIBLE if weeks is None else weeks


def test_every_plan_is_sound(field: KnowledgeBase, cases: int) -> None:
    """Steps in order, one study at a time, nothing that is held, sums that add up; the same again if asked again."""

    @settings(RELAXED, max_examples=cases)
    @given(st.data())
    def law(data: st.DataObject) -> None:
        world = data.draw(worlds(field, doors=True))
        profile = data.draw(profiles(world))
        plan = make_plan(world, profile)

        assert json.dumps(plan.as_json()) == json.dumps(make_plan(world, profile).as_json())
        assert [route.name for route in plan.routes] in ([], list(ROUTE_NAMES))
        if plan.reached:
            assert all(step.kind == "upkeep" for route in plan.routes for step in route.steps)
            return
        assert plan.warnings
        for route in plan.routes:
            sound(route, plan, profile, world)
        if plan.routes:
            ranked(plan)

    law()


def sound(route: Route, plan: Plan, profile: Profile, world: KnowledgeBase) -> None:
    """One route: walkable in the order given, complete, no dearer or longer than its steps, work in one piece."""
    before: dict[str, int] = {}
    for step in route.steps:
        assert step.id not in before
        assert step.weeks >= 0 <= step.starts_week
        assert all(before[need] <= step.starts_week for need in step.needs)
        assert step.kind == "move" or step.why
        before[step.id] = step.ends_week
    assert max(before.values(), default=0) == route.weeks
    studies = sorted((step.starts_week, step.ends_week) for step in route.steps if step.kind in ("study", "degree"))
    assert all(first[1] <= second[0] for first, second in pairwise(studies))
    assert not any(
        first.kind == following.kind == "years" and first.entity == following.entity
        for first, following in pairwise(route.steps)
    )
    held = {*profile.certifications, *profile.education}
    done = [step.entity for step in route.steps if step.kind in ("exam", "study", "degree", "deed")]
    assert not held & set(done)
    assert plan.goal in {step.entity for step in route.steps} | provisional(plan.goal, world)
    known = [step.cost for step in route.steps if step.cost is not None]
    assert route.cost.low == sum(cost.low for cost in known)
    assert route.cost.high == sum(cost.high for cost in known)
    unknown = [step for step in route.steps if step.cost is None]
    assert not unknown or any(unknown[0].title in warning for warning in plan.warnings)


def provisional(goal: str, world: KnowledgeBase) -> set[str]:
    """A provisional credential is reached by the exam of its full one."""
    full = world.certifications[goal].full if goal in world.certifications else None
    return {goal} if full is not None else set()


def ranked(plan: Plan) -> None:
    """The fastest is no slower; the cheapest no dearer where every price is known."""
    quick, cheap, _ = plan.routes
    assert quick.weeks == min(route.weeks for route in plan.routes)
    if all(step.cost is not None for route in plan.routes for step in route.steps):
        assert cheap.cost.high == min(route.cost.high for route in plan.routes)
        rivals = [route for route in plan.routes if route.cost.high == cheap.cost.high]
        assert cheap.weeks == min(route.weeks for route in rivals)


def test_holding_more_never_takes_longer(field: KnowledgeBase, cases: int) -> None:
    @settings(RELAXED, max_examples=cases)
    @given(st.data())
    def law(data: st.DataObject) -> None:
        world = data.draw(worlds(field, doors=True))
        profile = data.draw(profiles(world))
        more = data.draw(st.sampled_from(enriched(world, profile)))

        assert fastest(world, more) <= fastest(world, profile)

    law()


def enriched(world: KnowledgeBase, profile: Profile) -> Sequence[Profile]:
    """The same person with one thing more; not with a role, for whoever holds one goes no way below it."""
    changes: list[dict[str, Any]] = [
        {"certifications": (*profile.certifications, item)} for item in sorted(world.certifications)
    ]
    changes += [{"education": (*profile.education, item)} for item in (*sorted(world.education), *SCHOOLING)]
    changes += [{"licences": (*profile.licences, item)} for item in LICENCES]
    # Years told stand instead of those that a role held presumes, so only what was told can grow.
    told = KINDS if profile.role is None else tuple(profile.years)
    changes += [{"years": {**profile.years, kind: profile.years.get(kind, 0) + 2 * WEEK}} for kind in told]
    return [profile.model_copy(update=change) for change in changes]


def test_fewer_hours_never_shorten_it(field: KnowledgeBase, cases: int) -> None:
    @settings(RELAXED, max_examples=cases)
    @given(st.data())
    def law(data: st.DataObject) -> None:
        world = data.draw(worlds(field, doors=True))
        profile = data.draw(profiles(world))
        fewer = profile.model_copy(update={"hours_per_week": profile.pace * data.draw(st.floats(0.2, 1))})

        assert fastest(world, fewer) >= fastest(world, profile)

    law()


def test_order_of_what_is_told_does_not_matter(field: KnowledgeBase, cases: int) -> None:
    @settings(RELAXED, max_examples=cases)
    @given(st.data())
    def law(data: st.DataObject) -> None:
        world = data.draw(worlds(field, doors=True))
        profile = data.draw(profiles(world))
        told = {
            "certifications": tuple(data.draw(st.permutations(sorted(world.certifications)))[:2]),
            "education": tuple(data.draw(st.permutations((*sorted(world.education), *SCHOOLING)))[:2]),
        }
        turned: dict[str, Any] = {key: tuple(reversed(items)) for key, items in told.items()}
        turned["years"] = dict(reversed(profile.years.items()))

        one = make_plan(world, profile.model_copy(update=told))
        other = make_plan(world, profile.model_copy(update=turned))
        assert one.routes == other.routes
        assert set(one.have) == set(other.have)

    law()


def test_a_profile_knows_nothing_of_who_somebody_is() -> None:
    told = {"country", "role", "certifications", "education", "years", "licences", "setting", "goal", "constraints"}

    assert set(Profile.model_fields) == told | {"hours_per_week", "budget", "budget_currency"}
