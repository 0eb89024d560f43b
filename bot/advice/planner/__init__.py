"""The planner: the shortest honest way from here to there."""

from bot.advice.planner.plan import Change, Gap, LedgerLine, Money, Plan, PlanError, Route, Step
from bot.advice.planner.planner import fastest_route, make_plan

__all__ = [
    "Change",
    "Gap",
    "LedgerLine",
    "Money",
    "Plan",
    "PlanError",
    "Route",
    "Step",
    "fastest_route",
    "make_plan",
]
