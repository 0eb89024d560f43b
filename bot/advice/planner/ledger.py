"""What a route costs until some years after its goal: dues, renewals, units, and one retake as a risk."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from bot.advice.planner.actions import Item, Tariff, cost_of
from bot.advice.planner.person import WEEKS_PER_YEAR
from bot.advice.planner.plan import LedgerLine, Route
from bot.advice.planner.timeline import Timeline
from bot.advice.planner.words import Words
from bot.knowledge.model import Quantity

YEARS_AFTER = 3


def ledger(route: Route, timeline: Timeline, words: Words) -> tuple[LedgerLine, ...]:
    """The lines of one route until three years after its goal; what was paid for steps comes first."""
    tariff = timeline.problem.regression.tariff
    until = route.weeks + YEARS_AFTER * WEEKS_PER_YEAR
    sat = {item.entity: timeline.exam_week(item.entity) or 0 for item in timeline.items if item.kind == "exam"}
    held = {
        item: 0
        for item in timeline.person.certifications
        if item not in sat and timeline.base.certifications[item].full not in timeline.person.certifications
    }
    lines = [LedgerLine("steps", timeline.problem.goal, words.text("plan_ledger_steps"), 1, route.cost)]
    lines += _dues(tariff, words, held, sat, until)
    since = sorted({**held, **sat}.items())
    for certification, week in since:
        lines += _renewal(tariff, words, certification, until - week)
    lines += _units(tariff, words, {certification: until - week for certification, week in since})
    lines += _retake(tariff, words, sat)
    return tuple(lines)


def _dues(tariff: Tariff, words: Words, held: dict[str, int], sat: dict[str, int], until: int) -> Iterator[LedgerLine]:
    """Memberships, a year each; the year that an exam asked for is among the steps."""
    since: dict[Item, int] = {}
    for certification, week in (*sorted(sat.items()), *sorted(held.items())):
        membership = tariff.membership_of(certification)
        if membership is not None:
            since[membership] = min(week, since.get(membership, week))
    joined = {tariff.membership_of(item) for item in held}
    for membership, week in sorted(since.items()):
        years = math.ceil((until - week) / WEEKS_PER_YEAR) - (0 if membership in joined else 1)
        cost = cost_of(tariff.parts(membership).values())
        if years > 0:
            title = words.text("plan_ledger_dues", name=words.short(membership.entity), count=years)
            yield LedgerLine("dues", membership.entity, title, years, cost.times(years) if cost else None)


def _renewal(tariff: Tariff, words: Words, certification: str, weeks: int) -> Iterator[LedgerLine]:
    """Renewal fees that fall due; nothing where the fee or the period is not known."""
    count, fee = _due(tariff, certification, weeks), tariff.quantity(certification, "renewal_fee")
    if count and fee is not None:
        cost = cost_of([fee])
        title = words.text("plan_ledger_renewal", name=words.short(certification), count=count)
        yield LedgerLine("renewal", certification, title, count, cost.times(count) if cost else None)


def _units(tariff: Tariff, words: Words, weeks: dict[str, int]) -> Iterator[LedgerLine]:
    """Units of continued learning by body: one unit mostly counts for all of its credentials."""
    most: dict[str, tuple[int, int]] = {}
    for certification, left in weeks.items():
        count, units = _due(tariff, certification, left), tariff.quantity(certification, "continuing_units")
        if count and units is not None:
            body = tariff.base.certifications[certification].issuer
            most[body] = max(most.get(body, (0, 0)), (math.ceil(units.high) * count, count))
    for body, (asked, count) in sorted(most.items()):
        title = words.text("plan_ledger_units", name=words.short(body), units=asked)
        yield LedgerLine("units", body, title, count, None, units=asked)


def _due(tariff: Tariff, certification: str, weeks: int) -> int:
    """How often a renewal falls due in so many weeks; 0 where the period is not known."""
    every = tariff.quantity(certification, "renewal_years")
    return int(weeks / (every.high * WEEKS_PER_YEAR)) if every is not None and every.high else 0


def _retake(tariff: Tariff, words: Words, sat: Iterable[str]) -> Iterator[LedgerLine]:
    """One failed exam: the dearest of the route."""
    fees: list[tuple[float, str, Quantity]] = []
    for certification in sorted(sat):
        fee = tariff.quantity(certification, "retake_fee") or tariff.quantity(certification, "exam_fee")
        if fee is not None:
            fees.append((fee.high, certification, fee))
    if fees:
        _, certification, fee = max(fees, key=lambda item: (item[0], item[1]))
        title = words.text("plan_ledger_retake", name=words.short(certification))
        yield LedgerLine("retake", certification, title, 1, cost_of([fee]), risk=True)
