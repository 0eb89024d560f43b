"""The planner: the shortest honest way from here to there."""

from bot.advice.planner.plan import Gap, LedgerLine, Money, Plan, PlanChange, PlanError, Route, Step
from bot.advice.planner.planner import fastest_route, make_plan

__all__ = [
    "Gap",
    "LedgerLine",
    "Money",
    "Plan",
    "PlanChange",
    "PlanError",
    "Route",
    "Step",
    "fastest_route",
    "make_plan",
]
