"""What a route costs until some years after its goal: dues, renewals, units, and one retake as a risk."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.advice.planner.cost_model import CostItem, CostModel, assumed_in, cost_of
from bot.advice.planner.person import WEEKS_PER_YEAR
from bot.advice.planner.plan import LedgerLine, Route
from bot.advice.planner.timeline import Timeline
from bot.advice.planner.words import Words
from bot.knowledge.model import CertificationPlanning, Quantity

YEARS_AFTER = 3


def ledger(route: Route, timeline: Timeline, words: Words) -> tuple[LedgerLine, ...]:
    """The lines of one route until three years after its goal; what was paid for steps comes first."""
    costs = timeline.problem.regression.costs
    until = route.weeks + YEARS_AFTER * WEEKS_PER_YEAR
    sat = {item.entity: timeline.exam_week(item.entity) or 0 for item in timeline.items if item.kind == "exam"}
    held = {
        item: 0
        for item in timeline.person.certifications
        if item not in sat and timeline.base.certifications[item].full not in timeline.person.certifications
    }
    lines = [_steps(route, timeline, words)]
    lines += _dues(costs, words, held, sat, until)
    due = list(_renewals(costs, {**held, **sat}, until))
    lines += _fees(costs, words, due)
    lines += _units(costs, words, due)
    lines += _retake(costs, words, sat)
    return tuple(lines)


def _steps(route: Route, timeline: Timeline, words: Words) -> LedgerLine:
    """What is paid for the steps until the goal."""
    costs = timeline.problem.regression.costs
    paid = [part for item in sorted(timeline.items) for part in costs.parts(item).values() if part and part.high]
    # What costs most says most about where the sum is from.
    paid.sort(key=lambda part: -part.high)
    sources = words.cited(paid)
    title, assumed = words.text("plan_ledger_steps"), any(step.assumed for step in route.steps)
    return LedgerLine("steps", timeline.problem.goal, title, 1, route.cost, assumed=assumed, sources=sources)


@dataclass(frozen=True)
class _Renewal:
    """One day on which all credentials of a body are renewed together, the longest held first."""

    body: str
    credentials: tuple[str, ...]


def _renewals(costs: CostModel, since: Mapping[str, int], until: int) -> Iterator[_Renewal]:
    """Every renewal that falls due; a credential that another one replaces is renewed until then."""
    records = costs.base.certifications
    ends = {old: since[new] for new in sorted(since) for old in records[new].replaces}
    groups: defaultdict[tuple[str, float], list[str]] = defaultdict(list)
    for credential in sorted(since, key=lambda item: (since[item], item)):
        every = costs.quantity(credential, "renewal_years")
        if every is not None and every.high:
            groups[records[credential].issuer, every.high * WEEKS_PER_YEAR].append(credential)
    for (body, every_weeks), credentials in sorted(groups.items()):
        begun = since[credentials[0]]
        for number in range(1, int((until - begun) / every_weeks) + 1):
            week = begun + number * every_weeks
            held = tuple(item for item in credentials if since[item] < week <= ends.get(item, until))
            if held:
                yield _Renewal(body, held)


def _dues(
    costs: CostModel, words: Words, held: dict[str, int], sat: dict[str, int], until: int
) -> Iterator[LedgerLine]:
    """Memberships, a year each; the year that an exam asked for is among the steps."""
    since: dict[CostItem, int] = {}
    for certification, week in (*sorted(sat.items()), *sorted(held.items())):
        membership = costs.membership_of(certification)
        if membership is not None:
            since[membership] = min(week, since.get(membership, week))
    joined = {costs.membership_of(item) for item in held}
    for membership, week in sorted(since.items()):
        years = math.ceil((until - week) / WEEKS_PER_YEAR) - (0 if membership in joined else 1)
        cost = costs.dues(membership)
        if years > 0:
            title = words.text("plan_ledger_dues", name=words.short(membership.entity), count=years)
            paid = list(costs.parts(membership).values())
            yield LedgerLine(
                "dues",
                membership.entity,
                title,
                years,
                cost.times(years) if cost else None,
                assumed=assumed_in(paid),
                sources=words.cited(paid),
            )


def _fees(costs: CostModel, words: Words, due: Sequence[_Renewal]) -> Iterator[LedgerLine]:
    """Renewal fees: the full one once, for further credentials what their body asks; nothing where not known."""
    fees: defaultdict[str, list[Quantity]] = defaultdict(list)
    for renewal in due:
        further = costs.body(renewal.body).more_renewal_fee
        for number, credential in enumerate(renewal.credentials):
            fee = further if number and further is not None else costs.quantity(credential, "renewal_fee")
            if fee is not None:
                fees[credential].append(fee)
    for credential, paid in sorted(fees.items()):
        title = words.text("plan_ledger_renewal", name=words.short(credential), count=len(paid))
        cost, sources = cost_of(paid), words.cited(paid)
        yield LedgerLine("renewal", credential, title, len(paid), cost, assumed=assumed_in(paid), sources=sources)


def _units(costs: CostModel, words: Words, due: Sequence[_Renewal]) -> Iterator[LedgerLine]:
    """Units of continued learning by body: the most that one credential asks, and some more for the others."""
    asked: defaultdict[str, list[int]] = defaultdict(list)
    for renewal in due:
        known = [costs.quantity(item, "continuing_units") for item in renewal.credentials]
        units = [math.ceil(item.high) for item in known if item is not None]
        if units:
            asked[renewal.body].append(together(costs.body(renewal.body), max(units), len(units)))
    for body, each in sorted(asked.items()):
        title = words.text("plan_ledger_units", name=words.short(body), units=sum(each))
        yield LedgerLine("units", body, title, len(each), None, units=sum(each))


def together(body: CertificationPlanning, units: int, credentials: int) -> int:
    """Units for all credentials of a body at one renewal."""
    more = math.ceil(body.more_units.high) if body.more_units is not None else 0
    most = math.ceil(body.most_units.high) if body.most_units is not None else math.inf
    return max(units, int(min(units + more * (credentials - 1), most)))


def _retake(costs: CostModel, words: Words, sat: Iterable[str]) -> Iterator[LedgerLine]:
    """One failed exam: the dearest of the route."""
    fees: list[tuple[float, str, Quantity]] = []
    for certification in sorted(sat):
        fee = costs.quantity(certification, "retake_fee") or costs.quantity(certification, "exam_fee")
        if fee is not None:
            fees.append((fee.high, certification, fee))
    if fees:
        _, certification, fee = max(fees, key=lambda item: (item[0], item[1]))
        title = words.text("plan_ledger_retake", name=words.short(certification))
        cost, sources = cost_of([fee]), words.cited([fee])
        yield LedgerLine("retake", certification, title, 1, cost, risk=True, assumed=assumed_in([fee]), sources=sources)
