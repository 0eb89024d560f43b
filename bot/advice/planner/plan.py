"""What the planner hands out: routes of steps, what counts, what is missing, what to mind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any, Literal

from bot.advice.origins import Cited
from bot.knowledge.model import Label

StepKind = Literal["study", "exam", "degree", "years", "deed", "move", "upkeep"]
RouteName = Literal["fastest", "cheapest", "strongest"]
LedgerKind = Literal["steps", "dues", "renewal", "units", "retake"]

PRACTICE = "practice-"  # how the ids of steps begin that only give a taste of the work
# How the ids of steps begin that only lead up to a post.
SEARCH = "search-"  # how the ids of steps begin by which a post is looked for
PREPARATIONS = (PRACTICE, "hiring-", SEARCH)
ROUTE_NAMES: tuple[RouteName, ...] = ("fastest", "cheapest", "strongest")


class PlanError(ValueError):
    """A profile that no plan can be made for; the message says what is missing."""


@dataclass(frozen=True)
class Money:
    """A range in the field's currency."""

    low: float
    high: float

    def __add__(self, other: Money) -> Money:
        return Money(self.low + other.low, self.high + other.high)

    def times(self, count: int) -> Money:
        """The range, so many times."""
        return Money(self.low * count, self.high * count)

    def as_json(self, currency: str) -> dict[str, Any]:
        """The shape of the contract; whole numbers stay whole."""
        return {"low": _tidy(self.low), "high": _tidy(self.high), "currency": currency}


NOTHING = Money(0, 0)


@dataclass(frozen=True)
class Step:
    """One thing to do. Weeks are whole, from 0; `cost` None means not known.

    `needs` are ids of earlier steps that must be finished before this one ends in success:
    each of them is over when this step starts. `assumed`: an amount of ours without a source is in its cost.
    """

    id: str
    kind: StepKind
    title: str
    entity: str
    label: Label | None
    why: str
    weeks: int
    starts_week: int
    cost: Money | None
    needs: tuple[str, ...] = ()
    sources: tuple[Cited, ...] = ()
    assumed: bool = False

    @property
    def ends_week(self) -> int:
        """The week in which it is done."""
        return self.starts_week + self.weeks

    def as_json(self, currency: str) -> dict[str, Any]:
        """The step of the `plan` contract."""
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "entity": self.entity,
            "label": self.label,
            "why": self.why,
            "weeks": self.weeks,
            "starts_week": self.starts_week,
            "cost": self.cost.as_json(currency) if self.cost is not None else None,
            "needs": list(self.needs),
            "sources": [source.contract() for source in self.sources],
        }


@dataclass(frozen=True)
class LedgerLine:
    """Money or units until some years after the goal. `risk`: only if something goes wrong.

    `count` says how often; `cost` is the whole line, None where not known; `units` are
    continuing units asked for in all. `assumed` as for a step; `sources` are where its amounts are from.
    """

    kind: LedgerKind
    entity: str
    title: str
    count: int
    cost: Money | None
    units: int | None = None
    risk: bool = False
    assumed: bool = False
    sources: tuple[Cited, ...] = ()

    def as_json(self, currency: str) -> dict[str, Any]:
        """One line of a route's `ledger`."""
        return {
            "kind": self.kind,
            "entity": self.entity,
            "title": self.title,
            "count": self.count,
            "cost": self.cost.as_json(currency) if self.cost is not None else None,
            "units": self.units,
            "risk": self.risk,
        }


@dataclass(frozen=True)
class Route:
    """One way from here to the goal: `weeks` until it is reached, `cost` of what is known."""

    name: RouteName
    weeks: int
    cost: Money
    steps: tuple[Step, ...]
    ledger: tuple[LedgerLine, ...] = ()

    def as_json(self, currency: str) -> dict[str, Any]:
        """The route of the `plan` contract, with its ledger."""
        return {
            "name": self.name,
            "weeks": self.weeks,
            "cost": self.cost.as_json(currency),
            "steps": [step.as_json(currency) for step in self.steps],
            "ledger": [line.as_json(currency) for line in self.ledger],
        }


@dataclass(frozen=True)
class Gap:
    """Something asked for the goal that the person does not have, under its label."""

    entity: str
    label: Label
    title: str


@dataclass(frozen=True)
class PlanChange:
    """A single other answer that would change the plan: the profile's key, a value, what it does."""

    key: str
    value: Any
    effect: str

    def as_json(self) -> dict[str, Any]:
        """The change of the `plan` contract."""
        return {"key": self.key, "value": self.value, "effect": self.effect}


@dataclass(frozen=True)
class Plan:
    """The planner's answer. No routes: reached already, or impossible (then `nearest` may be set).

    `stop` is what to read before anything is paid: wait, ask first, or go another way. It comes first
    among the warnings too; None where nothing stands against setting out. `changes` works out `would_change`.
    """

    goal: str
    currency: str
    routes: tuple[Route, ...] = ()
    have: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    warnings: tuple[str, ...] = ()
    nearest: str | None = None
    reached: bool = False
    stop: str | None = None
    changes: Callable[[], tuple[PlanChange, ...]] = field(default=tuple, repr=False, compare=False)

    @cached_property
    def would_change(self) -> tuple[PlanChange, ...]:
        """What single other answer would change it: found by planning anew, so only when it is asked for."""
        return self.changes()

    def route(self, name: RouteName) -> Route | None:
        """The route of that name; None where there are none."""
        return next((route for route in self.routes if route.name == name), None)

    def as_json(self) -> dict[str, Any]:
        """The object of the `plan` contract."""
        return {
            "routes": [route.as_json(self.currency) for route in self.routes],
            "have": list(self.have),
            "gaps": [asdict(gap) for gap in self.gaps],
            "would_change": [change.as_json() for change in self.would_change],
            "warnings": list(self.warnings),
            "nearest": self.nearest,
        }


def _tidy(amount: float) -> float | int:
    rounded = round(amount, 2)
    return int(rounded) if rounded == int(rounded) else rounded
