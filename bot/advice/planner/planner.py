"""A profile with a goal → a `Plan`: the shortest honest ways, and what to know about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.advice.planner.changes import would_change
from bot.advice.planner.gaps import gaps, have, nearest
from bot.advice.planner.ledger import ledger
from bot.advice.planner.plan import NOTHING, ROUTE_NAMES, Money, Plan, PlanError, Route, Step
from bot.advice.planner.plan_request import FoundRoute, PlanRequest
from bot.advice.planner.warnings import stops, warnings
from bot.advice.profile import Profile
from bot.knowledge.base import KnowledgeBase


def make_plan(base: KnowledgeBase, profile: Profile, today: date | None = None) -> Plan:
    """The plan for a profile; with `today` it also warns of sources that are due to be read again.

    The same knowledge and the same profile give the same plan. Raises `PlanError` where the goal
    is missing or not known.
    """
    request = _quest(base, profile)
    if request.reached:
        return _kept_up(request)
    found = request.routes()
    if not found:
        return _impossible(request)
    routes = tuple(replace(item.route, ledger=ledger(item.route, item.timeline, request.words)) for item in found)
    return Plan(
        goal=request.goal,
        currency=base.field.currency,
        routes=routes,
        have=have(request, found),
        gaps=gaps(request, found),
        warnings=warnings(request, found, today),
        stop=next(stops(request, found), None),
        changes=lambda: would_change(request, found),
    )


def fastest_route(base: KnowledgeBase, profile: Profile) -> Route | None:
    """The fastest route alone, for comparing many goals; None where there is none to go.

    Raises `PlanError` like `make_plan`.
    """
    request = _quest(base, profile)
    found = None if request.reached else request.fastest()
    return found.route if found is not None else None


def _quest(base: KnowledgeBase, profile: Profile) -> PlanRequest:
    if profile.goal is None:
        raise PlanError(base.texts.texts["plan_error_no_goal"])
    if profile.goal not in base.roles and profile.goal not in base.certifications:
        raise PlanError(base.texts.texts["plan_error_unknown_goal"].format(goal=profile.goal))
    return PlanRequest(base, profile, profile.goal)


def _kept_up(request: PlanRequest) -> Plan:
    """The goal is reached: what is left is to keep it."""
    step = _upkeep(request)
    cost = step.cost if step is not None and step.cost is not None else NOTHING
    routes: Sequence[Route] = [Route(name, 0, cost, (step,)) for name in ROUTE_NAMES] if step is not None else []
    found: tuple[FoundRoute, ...] = ()
    return Plan(
        goal=request.goal,
        currency=request.base.field.currency,
        routes=tuple(routes),
        have=have(request, found),
        gaps=gaps(request, found),
        warnings=tuple(_there(request)),
        reached=True,
    )


def _there(request: PlanRequest) -> Iterator[str]:
    """That the goal is reached, and where people go from it."""
    words, role = request.words, request.base.roles.get(request.goal)
    yield words.text("plan_warn_reached", name=words.short(request.goal))
    onward = [move.to for move in role.moves if move.kind == "up"] if role is not None else []
    if onward:
        yield words.text("plan_warn_onward", names=words.names([words.short(item) for item in onward]))


def _upkeep(request: PlanRequest) -> Step | None:
    """Renewing the credential that is the goal, or that the role held rests on."""
    base, costs, words = request.base, request.costs, request.words
    asked = have(request, ())
    kept = [item for item in request.profile.certifications if item == request.goal or item in asked]
    for certification in kept:
        every = costs.quantity(certification, "renewal_years")
        units = costs.quantity(certification, "continuing_units")
        if every is None or units is None:
            continue
        membership = costs.membership_of(certification)
        dues = costs.dues(membership) if membership is not None else None
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


def _impossible(request: PlanRequest) -> Plan:
    """No way leads there: why, and what comes nearest."""
    found: tuple[FoundRoute, ...] = ()
    near, reasons = nearest(request), tuple(_reasons(request))
    return Plan(
        goal=request.goal,
        currency=request.base.field.currency,
        have=have(request, found),
        gaps=gaps(request, found),
        warnings=reasons,
        nearest=near,
        stop=reasons[0],
    )


def _reasons(request: PlanRequest) -> Sequence[str]:
    words, goal = request.words, request.goal
    if not request.base.is_offered(goal):
        return [words.text(f"plan_warn_{request.base.entities[goal].status}", name=words.short(goal))]
    reasons = [words.text("plan_warn_impossible", name=words.short(goal))]
    reasons += [words.text("plan_warn_missing", text=gap.title) for gap in gaps(request, ())[:2]]
    return reasons
