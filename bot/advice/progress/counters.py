"""Counters: towards a full credential where the held one is provisional, and towards a renewal."""

from __future__ import annotations

import math
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.advice.conditions import describe
from bot.advice.planner.cost_model import CostModel
from bot.advice.planner.ledger import together
from bot.advice.planner.person import WEEKS_PER_YEAR, Person, holds, person_of, weeks_of
from bot.advice.planner.words import Words
from bot.advice.progress.model import Progress, Proof
from bot.advice.progress.schedule import DAYS_A_WEEK
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Condition, Quantity, Requirement

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class WayPart:
    """One thing that a way asks. `weeks` of work are counted up to `needed`; `proven`: its proof is in hand."""

    id: str
    text: str
    met: bool
    proven: bool
    weeks: int = 0
    needed: int = 0


@dataclass(frozen=True)
class WayToFull:
    """One of the ways to a full credential, with its rule and all that it asks."""

    rule: Requirement
    parts: tuple[WayPart, ...]

    @property
    def open_parts(self) -> int:
        """How much of it is left."""
        return sum(not part.met for part in self.parts)


@dataclass(frozen=True)
class ProvisionalHeld:
    """A provisional credential held, and the ways to the full one, the nearest first."""

    provisional: str
    full: str
    ways: tuple[WayToFull, ...]


def labels(base: KnowledgeBase, progress: Progress, today: date) -> tuple[ProvisionalHeld, ...]:
    """A counter for each provisional credential held."""
    found = []
    person = person_of(base, progress.profile)
    for held in progress.profile.certifications:
        full = base.certifications[held].full if held in base.certifications else None
        if full is None:
            continue
        ways = [_way(base, progress, person, held, rule, today) for rule in base.certifications[held].lift]
        found.append(ProvisionalHeld(held, full, tuple(sorted(ways, key=_distance))))
    return tuple(found)


def _distance(way: WayToFull) -> tuple[int, int]:
    """Schooling is nearer than years; then the fewer weeks."""
    return sum(max(part.needed - part.weeks, 0) for part in way.parts), way.open_parts


def _way(
    base: KnowledgeBase, progress: Progress, person: Person, held: str, rule: Requirement, today: date
) -> WayToFull:
    parts = []
    for condition in _parts(rule.needs):
        weeks = needed = 0
        if condition.years is not None:
            needed = weeks_of(condition.years)
            kind = str(condition.of)
            weeks = min(person.weeks.get(kind, 0) + _running(base, progress, kind, today), needed)
        told = text = describe(condition, base)
        if needed:
            names = {item.id: item.name for item in base.assessment.experience}
            words = Words(base)
            text = words.text("count_work", length=words.length(needed), kind=names[str(condition.of)])
        # What a part asks is its id: the order of ways and parts may change with the knowledge base.
        part = "-".join(told.lower().split())
        met = holds(base, person, condition) or (needed > 0 and weeks >= needed)
        parts.append(WayPart(part, text, met, Proof(certification=held, part=part) in progress.proofs, weeks, needed))
    return WayToFull(rule, tuple(parts))


def _parts(condition: Condition | None) -> Iterator[Condition]:
    if condition is None:
        return
    if condition.all is not None:
        for child in condition.all:
            yield from _parts(child)
    else:
        yield condition


def _running(base: KnowledgeBase, progress: Progress, kind: str, today: date) -> int:
    """Weeks of a kind of work since a step of it began."""
    return sum(
        min(max((today - progress.running[step.id]).days, 0) // DAYS_A_WEEK, step.weeks)
        for step in progress.open
        if step.kind == "years"
        and step.id in progress.running
        and step.entity in base.roles
        and base.roles[step.entity].experience == kind
    )


@dataclass(frozen=True)
class Cycle:
    """Units of continued learning for a certification, or for all of one body: earned of needed until a day.

    `needed` is what the one asks that asks most, `together` what the body asks for several.
    `since` and `until` are None where the day it was earned is not known; then all units count.
    """

    certifications: tuple[str, ...]
    needed: Quantity
    together: int | None
    every: Quantity
    earned: float
    subjects: tuple[tuple[str, float], ...]
    since: date | None
    until: date | None

    @property
    def certification(self) -> str:
        """The one named first: units are kept under it where none is named."""
        return self.certifications[0]

    def months_left(self, today: date) -> int | None:
        """Whole months until the cycle ends; None where that is not known."""
        if self.until is None:
            return None
        months = (self.until.year - today.year) * MONTHS_A_YEAR + self.until.month - today.month
        return max(months - (self.until.day < today.day), 0)


def cycles(base: KnowledgeBase, progress: Progress, today: date) -> tuple[Cycle, ...]:
    """A counter for each body that asks for units to renew what is held of it, and for each rhythm it has."""
    costs = CostModel(base, person_of(base, progress.profile))
    groups: defaultdict[tuple[str, float], list[tuple[str, Quantity, Quantity]]] = defaultdict(list)
    for held in progress.profile.certifications:
        if held not in base.certifications:
            continue
        needed, every = costs.quantity(held, "continuing_units"), costs.quantity(held, "renewal_years")
        if needed is not None and every is not None and every.low > 0:
            groups[base.certifications[held].issuer, every.low].append((held, needed, every))
    found = []
    for (body, _), group in groups.items():
        needed, every = max((item[1] for item in group), key=lambda item: item.high), group[0][2]
        several = together(costs.body(body), math.ceil(needed.high), len(group)) if len(group) > 1 else None
        found.append(_cycle(progress, tuple(item[0] for item in group), needed, several, every, today))
    return tuple(found)


def _cycle(
    progress: Progress, held: tuple[str, ...], needed: Quantity, several: int | None, every: Quantity, today: date
) -> Cycle:
    since = until = None
    # One that came before the plan began sets the date for the others, and nobody told it.
    dated = all(item in progress.earned for item in held)
    earned = min(progress.earned[item] for item in held) if dated else None
    months = max(round(every.low * MONTHS_A_YEAR), 1)
    if earned is not None:
        since, until = earned, months_later(earned, months)
        for count in range(2, math.ceil((today - earned).days / DAYS_A_WEEK / WEEKS_PER_YEAR) + 3):
            if until > today:
                break
            since, until = until, months_later(earned, count * months)
    counted = [item for item in progress.units if item.certification in held and (since is None or item.on >= since)]
    subjects: dict[str, float] = {}
    for item in counted:
        if item.subject:
            subjects[item.subject] = subjects.get(item.subject, 0) + item.count
    return Cycle(
        held, needed, several, every, sum(item.count for item in counted), tuple(subjects.items()), since, until
    )


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the month's last."""
    year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 + months, MONTHS_A_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
