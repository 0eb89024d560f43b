"""A profile with a goal → a `Plan`: the shortest honest ways, and what to know about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.advice.planner.actions import cost_of
from bot.advice.planner.changes import would_change
from bot.advice.planner.ledger import ledger
from bot.advice.planner.nearest import nearest
from bot.advice.planner.plan import NOTHING, ROUTE_NAMES, Money, Plan, PlanError, Route, Step
from bot.advice.planner.routes import Found, Quest
from bot.advice.planner.standing import gaps, have
from bot.advice.planner.stops import stops
from bot.advice.planner.warnings import warnings
from bot.advice.profile import Profile
from bot.knowledge.base import KnowledgeBase


def make_plan(base: KnowledgeBase, profile: Profile, today: date | None = None) -> Plan:
    """The plan for a profile; with `today` it also warns of sources that are due to be read again.

    The same knowledge and the same profile give the same plan. Raises `PlanError` where the goal
    is missing or not known.
    """
    quest = _quest(base, profile)
    if quest.reached:
        return _kept_up(quest)
    found = quest.routes()
    if not found:
        return _impossible(quest)
    routes = tuple(replace(item.route, ledger=ledger(item.route, item.timeline, quest.words)) for item in found)
    return Plan(
        goal=quest.goal,
        currency=base.field.currency,
        routes=routes,
        have=have(quest, found),
        gaps=gaps(quest, found),
        warnings=warnings(quest, found, today),
        stop=next(stops(quest, found), None),
        changes=lambda: would_change(quest, found),
    )


def fastest_route(base: KnowledgeBase, profile: Profile) -> Route | None:
    """The fastest route alone, for comparing many goals; None where there is none to go.

    Raises `PlanError` like `make_plan`.
    """
    quest = _quest(base, profile)
    found = None if quest.reached else quest.fastest()
    return found.route if found is not None else None


def _quest(base: KnowledgeBase, profile: Profile) -> Quest:
    if profile.goal is None:
        raise PlanError(base.texts.texts["plan_error_no_goal"])
    if profile.goal not in base.roles and profile.goal not in base.certifications:
        raise PlanError(base.texts.texts["plan_error_unknown_goal"].format(goal=profile.goal))
    return Quest(base, profile, profile.goal)


def _kept_up(quest: Quest) -> Plan:
    """The goal is reached: what is left is to keep it."""
    step = _upkeep(quest)
    cost = step.cost if step is not None and step.cost is not None else NOTHING
    routes: Sequence[Route] = [Route(name, 0, cost, (step,)) for name in ROUTE_NAMES] if step is not None else []
    found: tuple[Found, ...] = ()
    return Plan(
        goal=quest.goal,
        currency=quest.base.field.currency,
        routes=tuple(routes),
        have=have(quest, found),
        gaps=gaps(quest, found),
        warnings=tuple(_there(quest)),
        reached=True,
    )


def _there(quest: Quest) -> Iterator[str]:
    """That the goal is reached, and where people go from it."""
    words, role = quest.words, quest.base.roles.get(quest.goal)
    yield words.text("plan_warn_reached", name=words.short(quest.goal))
    onward = [move.to for move in role.moves if move.kind == "up"] if role is not None else []
    if onward:
        yield words.text("plan_warn_onward", names=words.names([words.short(item) for item in onward]))


def _upkeep(quest: Quest) -> Step | None:
    """Renewing the credential that is the goal, or that the role held rests on."""
    base, costs, words = quest.base, quest.costs, quest.words
    asked = have(quest, ())
    kept = [item for item in quest.profile.certifications if item == quest.goal or item in asked]
    for certification in kept:
        every = costs.quantity(certification, "renewal_years")
        units = costs.quantity(certification, "continuing_units")
        if every is None or units is None:
            continue
        membership = costs.membership_of(certification)
        dues = cost_of(costs.parts(membership).values()) if membership is not None else None
        fee = costs.quantity(certification, "renewal_fee")
        cost: Money | None = dues.times(round(every.high)) if dues is not None else None
        if fee is not None:
            cost = (cost or NOTHING) + Money(fee.low, fee.high)
        name = words.short(certification)
        dues_record = base.terms[base.certifications[certification].issuer].planning.membership if dues else None
        return Step(
            id=f"upkeep-{certification}",
            kind="upkeep",
            title=words.text("plan_step_upkeep", name=name),
            entity=certification,
            label=None,
            why=words.text("plan_why_upkeep", units=words.range(units), years=words.range(every)),
            weeks=0,
            starts_week=0,
            cost=cost,
            sources=words.cited([every, units, fee, dues_record]),
        )
    return None


def _impossible(quest: Quest) -> Plan:
    """No way leads there: why, and what comes nearest."""
    found: tuple[Found, ...] = ()
    near, reasons = nearest(quest), tuple(_reasons(quest))
    return Plan(
        goal=quest.goal,
        currency=quest.base.field.currency,
        have=have(quest, found),
        gaps=gaps(quest, found),
        warnings=reasons,
        nearest=near,
        stop=reasons[0],
    )


def _reasons(quest: Quest) -> Sequence[str]:
    words, goal = quest.words, quest.goal
    if not quest.base.is_offered(goal):
        return [words.text(f"plan_warn_{quest.base.entities[goal].status}", name=words.short(goal))]
    reasons = [words.text("plan_warn_impossible", name=words.short(goal))]
    reasons += [words.text("plan_warn_missing", text=gap.title) for gap in gaps(quest, ())[:2]]
    return reasons
