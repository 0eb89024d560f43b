"""Stop signs of a plan: where to wait, to ask first or to go another way before money is spent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.advice.conditions import leaves, number
from bot.advice.planner.actions import Item
from bot.advice.planner.person import WEEKS_PER_YEAR, holds
from bot.advice.planner.routes import Found, Quest

# A way longer than this asks for a goal in between; a bachelor's degree beside a job takes about as long.
LONG_YEARS = 5
# A slower way is worth a word if it costs at most this part of the fastest.
CHEAP_PART = 0.5


def stops(quest: Quest, found: Sequence[Found]) -> Iterator[str]:
    """The stop signs of a plan with routes, the gravest first: what would be money lost, then what can wait."""
    yield from _unknown_there(quest, found)
    yield from accredited(quest, found[:1])
    yield from _not_yet(quest, found[0])
    yield from _over_budget(quest, found)
    yield from _long(quest, found[0])
    yield from _cheaper(quest, found)
    yield from _untried(quest, found[0])


def exams_of(found: Sequence[Found]) -> list[str]:
    """Every exam on the routes."""
    return sorted({item.entity for route in found for item in route.timeline.items if item.kind == "exam"})


def _unknown_there(quest: Quest, found: Sequence[Found]) -> Iterator[str]:
    """Credentials that nobody is known to look for in the country."""
    words = quest.words
    strangers = [item for item in exams_of(found) if not quest.fit.known_there(quest.base.certifications[item])]
    if strangers:
        named = {item.id: item.name for item in quest.base.assessment.countries}
        country = named.get(str(quest.fit.country), quest.fit.country)
        names = words.names([words.short(item) for item in strangers])
        yield words.text("plan_warn_unknown_there", country=country, names=names)


def accredited(quest: Quest, found: Sequence[Found]) -> Iterator[str]:
    """Exams that take accredited schooling only: a profile cannot say whether the school held is, or will be."""
    base, words = quest.base, quest.words
    for exam in exams_of(found):
        for leaf in (leaf for gate in base.certifications[exam].requires.exam_requires for leaf in leaves(gate.needs)):
            if leaf.accredited is None:
                continue
            slots = {"exam": words.short(exam), "body": words.short(leaf.accredited)}
            if holds(base, quest.person, leaf):
                yield words.text("plan_warn_accredited", **slots)
            elif any(item.timeline.met(leaf) is not None for item in found):
                yield words.text("plan_warn_accredit_first", **slots)


def _not_yet(quest: Quest, fastest: Found) -> Iterator[str]:
    """Exams that open later than somebody could be ready for them."""
    words = quest.words
    for exam in exams_of([fastest]):
        opens = fastest.timeline.opens_week(exam) or 0
        if opens > quest.costs.weeks(Item("exam", exam)):
            yield words.text("plan_warn_not_yet", name=words.short(exam), length=words.about(opens))


def _over_budget(quest: Quest, found: Sequence[Found]) -> Iterator[str]:
    budget, least = quest.profile.comparable_budget, min(item.route.cost.high for item in found)
    if budget is not None and least > budget:
        yield quest.words.text("plan_warn_budget_all", budget=_money(quest, budget), cost=_money(quest, least))


def _long(quest: Quest, fastest: Found) -> Iterator[str]:
    """A way of many years, with the first role on it that is a goal in itself."""
    words = quest.words
    if fastest.route.weeks <= LONG_YEARS * WEEKS_PER_YEAR:
        return
    length = words.about(fastest.route.weeks)
    nearer = next((step.entity for step in fastest.route.steps if step.kind == "move"), quest.goal)
    if nearer != quest.goal:
        yield words.text("plan_warn_long_first", length=length, name=words.short(nearer))
    else:
        yield words.text("plan_warn_long", length=length, hours=number(quest.person.pace))


def _cheaper(quest: Quest, found: Sequence[Found]) -> Iterator[str]:
    """A slower way that costs much less, or nothing."""
    words, fastest = quest.words, found[0].route
    cheapest = min((item.route for item in found), key=lambda route: (route.cost.high, route.weeks))
    if not fastest.cost.high or cheapest.cost.high > fastest.cost.high * CHEAP_PART:
        return
    longer = words.about(cheapest.weeks - fastest.weeks)
    if cheapest.cost.high or any(step.cost is None for step in cheapest.steps):
        yield words.text("plan_warn_cheaper", length=longer, cost=_money(quest, cheapest.cost.high))
    else:
        yield words.text("plan_warn_free", length=longer)


def _untried(quest: Quest, fastest: Found) -> Iterator[str]:
    """Somebody who has done none of this yet and would begin by paying."""
    person, base = quest.person, quest.base
    goal = base.roles.get(quest.goal)
    done = person.role is not None or person.certifications or (goal is not None and person.weeks.get(goal.experience))
    if fastest.route.cost.high and not done:
        yield quest.words.text("plan_warn_untried")


def _money(quest: Quest, amount: float) -> str:
    return f"{number(round(amount))} {quest.base.field.currency}"
