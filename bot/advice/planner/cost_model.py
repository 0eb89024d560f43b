"""What can be studied or paid for on the way: its weeks and prices."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from statistics import median
from typing import Literal

from bot.advice.planner.person import Person, holds
from bot.advice.planner.plan import Money
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import CertificationPlanning, Familiar, Quantity

ItemKind = Literal["exam", "lift", "education", "membership"]

# Until a knowledge base knows a single figure of a kind, this stands in for it.
_FALLBACK_HOURS = 100.0
_FALLBACK_PRICE = 100.0
_CENTS = 100
# Nobody studies longer; an hour a year must not overflow.
_MOST_WEEKS = 100_000
_TOLERANCE = 1e-9


@dataclass(frozen=True, order=True)
class CostItem:
    """Something that is done or paid once: an exam with its study, a school, the lifting of a
    provisional credential, a body's membership. `entity` is its id in the knowledge base."""

    kind: ItemKind
    entity: str


@dataclass(frozen=True)
class CostModel:
    """Weeks and prices of one knowledge base for one person.

    A figure the certification does not give is its issuer's. Where nobody gives one, the middle of
    the known ones stands in for choosing among routes; what is shown then is "not known".
    """

    base: KnowledgeBase
    person: Person
    _weeks: dict[CostItem, int] = field(default_factory=dict)

    def quantity(self, certification: str, name: str) -> Quantity | None:
        """A planning figure of a certification, its issuer's where it has none."""
        record = self.base.certifications[certification]
        own: Quantity | None = getattr(record.planning, name)
        inherited: Quantity | None = getattr(self.body(record.issuer), name)
        return own or inherited

    def body(self, body: str) -> CertificationPlanning:
        """What a body asks of all its credentials."""
        term = self.base.terms.get(body)
        return term.planning if term is not None else CertificationPlanning()

    def familiar(self, item: CostItem) -> Familiar | None:
        """What somebody knows already of what an exam or a school asks: of all that fits, what saves most hours."""
        known: tuple[Familiar, ...] = ()
        if item.kind == "education":
            known = self.base.education[item.entity].planning.familiar
        elif item.kind == "exam":
            record = self.base.certifications[item.entity]
            known = record.planning.familiar or self.body(record.issuer).familiar
        fitting = [each for each in known if holds(self.base, self.person, each.needs)]
        return max(fitting, key=lambda each: each.saves, default=None)

    def dues(self, membership: CostItem) -> Money | None:
        """A further year of a membership: its high end, for the low one is a student's, who holds nothing yet."""
        cost = cost_of(self.parts(membership).values())
        return Money(cost.high, cost.high) if cost is not None else None

    def membership_of(self, certification: str) -> CostItem | None:
        """Who must be joined for an exam: the issuer, or the certification's own scheme."""
        record = self.base.certifications[certification]
        if record.planning.membership is not None:
            return CostItem("membership", certification)
        issuer = self.base.terms.get(record.issuer)
        return CostItem("membership", record.issuer) if issuer is not None and issuer.planning.membership else None

    def weeks(self, item: CostItem) -> int:
        """Weeks of study, at least those the school takes; 0 for what takes no study."""
        if item not in self._weeks:
            self._weeks[item] = self._weeks_of(item)
        return self._weeks[item]

    def _weeks_of(self, item: CostItem) -> int:
        if item.kind not in ("exam", "education"):
            return 0
        known = self.familiar(item)
        part = 1 - known.saves if known is not None else 1
        if item.kind == "exam":
            hours = self.quantity(item.entity, "study_hours")
            return self._at_pace(part * (_middle(hours) if hours is not None else self._usual_hours))
        school = self.base.education[item.entity]
        hours, at_least = school.planning.hours, school.planning.weeks_at_least
        weeks = self._at_pace(part * (_middle(hours) if hours is not None else self._usual_hours))
        return max(weeks, math.ceil(part * _middle(at_least) - _TOLERANCE) if at_least is not None else 0)

    def _at_pace(self, hours: float) -> int:
        return math.ceil(min(hours / self.person.pace, _MOST_WEEKS) - _TOLERANCE)

    def parts(self, item: CostItem) -> dict[str, Quantity | None]:
        """What an item's cost is made of, by planning key; None where not known."""
        if item.kind == "exam":
            return {key: self.quantity(item.entity, key) for key in ("materials", "exam_fee")}
        if item.kind == "education":
            return {"cost": self.base.education[item.entity].planning.cost}
        if item.kind == "membership":
            owner = self.base.certifications.get(item.entity) or self.base.terms[item.entity]
            return {"membership": owner.planning.membership}
        return {}

    def price(self, item: CostItem) -> int:
        """The high cost in hundredths, to choose by: a part not known counts as a usual one."""
        parts = self.parts(item).items()
        amounts = (known.high if known is not None else self._usual_price[key] for key, known in parts)
        return round(sum(amounts) * _CENTS)

    @cached_property
    def _usual_hours(self) -> float:
        known = [record.planning.study_hours for record in self.base.certifications.values()]
        return _usual([_middle(item) for item in known if item is not None], _FALLBACK_HOURS)

    @cached_property
    def _usual_price(self) -> dict[str, float]:
        certifications = [record.planning for record in self.base.certifications.values()]
        known = {
            key: [getattr(item, key) for item in certifications] for key in ("materials", "exam_fee", "membership")
        }
        known["cost"] = [record.planning.cost for record in self.base.education.values()]
        return {
            key: _usual([item.high for item in found if item is not None], _FALLBACK_PRICE)
            for key, found in known.items()
        }


def cost_of(parts: Iterable[Quantity | None]) -> Money | None:
    """The sum of some figures; None as soon as one is not known."""
    total = Money(0, 0)
    for part in parts:
        if part is None:
            return None
        total += Money(part.low, part.high)
    return total


def assumed_in(parts: Iterable[Quantity | None]) -> bool:
    """Whether an amount of ours without a source is among some figures."""
    return any(part is not None and part.assumption and part.high for part in parts)


def _middle(quantity: Quantity) -> float:
    return (quantity.low + quantity.high) / 2


def _usual(known: list[float], fallback: float) -> float:
    return median(known) if known else fallback
