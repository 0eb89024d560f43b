"""What to mind about a plan: stop signs first, then every assumption by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bot.advice.conditions import leaves, number
from bot.advice.planner.actions import Item
from bot.advice.planner.person import WEEKS_PER_YEAR, asked_weeks
from bot.advice.planner.routes import Found, Quest
from bot.knowledge.model import Quantity, Sourced

# A way longer than this is hardly a plan any more.
LONG_YEARS = 10
PLANNED = ("study_hours", "exam_fee", "materials")


def warnings(quest: Quest, found: Sequence[Found], today: date | None = None) -> tuple[str, ...]:
    """The warnings of a plan with routes, the gravest first, each once."""
    everything = (
        *_stops(quest, found),
        *_money(quest, found),
        *_unknown(quest, found),
        *_assumed(quest, found),
        *_stale(quest, found, today),
    )
    return tuple(dict.fromkeys(everything))


def _stops(quest: Quest, found: Sequence[Found]) -> Iterator[str]:
    """Where waiting, more time or another way would be wiser."""
    words, fastest = quest.words, found[0]
    strangers = [item for item in _exams(found) if not quest.fit.known_there(quest.base.certifications[item])]
    if strangers:
        country = next(item.name for item in quest.base.assessment.countries if item.id == quest.fit.country)
        names = words.names([words.short(item) for item in strangers])
        yield words.text("plan_warn_unknown_there", country=country, names=names)
    longest = max(item.route.weeks for item in found)
    if longest > LONG_YEARS * WEEKS_PER_YEAR:
        yield words.text("plan_warn_long", hours=number(quest.person.pace), length=words.about(longest))
    for exam in sorted(item.entity for item in fastest.timeline.items if item.kind == "exam"):
        opens = fastest.timeline.opens_week(exam) or 0
        if opens > quest.tariff.weeks(Item("exam", exam)):
            yield words.text("plan_warn_not_yet", name=words.short(exam), length=words.about(opens))
    if any(step.kind == "years" for step in fastest.route.steps):
        yield words.text("plan_warn_job")
    if any(step.kind == "move" for step in fastest.route.steps):
        yield words.text("plan_warn_search")
    for requirement in quest.unmet:
        yield words.text("plan_warn_after", text=requirement.say)


def _money(quest: Quest, found: Sequence[Found]) -> Iterator[str]:
    words, base, profile = quest.words, quest.base, quest.profile
    if profile.country is not None and profile.country != base.field.default_country:
        names = {country.id: country.name for country in base.assessment.countries}
        home = names[base.field.default_country]
        yield words.text("plan_warn_country", country=names.get(profile.country, profile.country), home=home)
    over = [item.route for item in found if profile.budget is not None and item.route.cost.high > profile.budget]
    if over and profile.budget is not None:
        least = min(item.route.cost.high for item in found)
        key = "plan_warn_budget_all" if len(over) == len(found) else "plan_warn_budget"
        cost = f"{number(round(least))} {base.field.currency}"
        yield words.text(key, budget=f"{number(profile.budget)} {base.field.currency}", cost=cost)


def _unknown(quest: Quest, found: Sequence[Found]) -> Iterator[str]:
    """What nobody knows: it is named, and never counted as nothing."""
    words, base = quest.words, quest.base
    steps = [step for item in found for step in item.route.steps if step.cost is None]
    # The exam's fee and the books of its study are told apart by the step's title.
    titles = list(dict.fromkeys(step.title for step in steps))
    if titles:
        yield words.text("plan_warn_cost", steps=words.names(titles))
    exams = _exams(found)
    hours = [words.short(item) for item in exams if quest.tariff.quantity(item, "study_hours") is None]
    if hours:
        yield words.text("plan_warn_hours_unknown", names=words.names(hours))
    closed = [words.short(item) for item in exams if not base.certifications[item].requires.exam_requires]
    if closed:
        yield words.text("plan_warn_entry_unknown", names=words.names(closed))


def _assumed(quest: Quest, found: Sequence[Found]) -> Iterator[str]:
    words, person, base = quest.words, quest.person, quest.base
    if quest.profile.hours_per_week is None:
        yield words.text("plan_warn_hours", hours=number(person.pace))
    if quest.profile.country is None:
        names = {country.id: country.name for country in base.assessment.countries}
        yield words.text("plan_warn_home", home=names[base.field.default_country])
    if person.role is None and any(item.timeline.stays and _presumed(quest, item) for item in found):
        role = next(item.timeline.stays[0].role for item in found if _presumed(quest, item))
        yield words.text("plan_warn_presumed", name=base.roles[role].name)
    if person.role is not None:
        role_held = base.roles[person.role]
        told = quest.profile.years.get(role_held.experience, 0) * WEEKS_PER_YEAR
        if asked_weeks(role_held) > told:
            years = number(asked_weeks(role_held) / WEEKS_PER_YEAR)
            kind = next(item.name for item in base.assessment.experience if item.id == role_held.experience)
            text = words.text("years_of", years=years, kind=kind)
            yield words.text("plan_warn_role_years", name=role_held.name, years=text)
    if person.assumed and any(_asks(item, person.assumed) for item in _records(quest, found)):
        yield words.text("plan_warn_schooling", name=words.names([base.name(item) for item in sorted(person.assumed)]))
    if person.given and _accredited(quest, found):
        yield words.text("plan_warn_accredited")
    if any(record.assumption for record in _records(quest, found)):
        yield words.text("plan_warn_assumed")


def _presumed(quest: Quest, found: Found) -> bool:
    """Whether a route starts in a role that was read out of years alone."""
    first = next(iter(found.timeline.stays), None)
    if first is None or first.enters is None or first.start:
        return False
    return quest.person.weeks.get(quest.base.roles[first.role].experience, 0) > 0


def _exams(found: Sequence[Found]) -> list[str]:
    return sorted({item.entity for route in found for item in route.timeline.items if item.kind == "exam"})


def _records(quest: Quest, found: Iterable[Found]) -> Iterator[Sourced]:
    """Everything the routes were computed from."""
    base, tariff = quest.base, quest.tariff
    for timeline in (item.timeline for item in found):
        for item in sorted(timeline.items):
            known: list[Quantity | None] = list(tariff.parts(item).values())
            if item.kind == "exam":
                known.append(tariff.quantity(item.entity, "study_hours"))
                yield from base.certifications[item.entity].requires.exam_requires
            if item.kind == "education":
                known += [
                    base.education[item.entity].planning.hours,
                    base.education[item.entity].planning.weeks_at_least,
                ]
                yield from base.education[item.entity].requires.exam_requires
            yield from (quantity for quantity in known if quantity is not None)
        for entry in timeline.entries:
            if entry.way is not None and entry.way.passage is not None:
                yield entry.way.passage.record
                yield from base.roles[entry.way.passage.to].requires.employers_ask


def _asks(record: Sourced, education: Iterable[str]) -> bool:
    needs = getattr(record, "needs", None)
    return any(leaf.education in set(education) for leaf in leaves(needs))


def _accredited(quest: Quest, found: Sequence[Found]) -> bool:
    """Whether a rule asks for an accredited programme and a held one was taken for such."""
    return any(
        leaf.accredited is not None and leaf.education in quest.person.education
        for record in _records(quest, found)
        for leaf in leaves(getattr(record, "needs", None))
    )


def _stale(quest: Quest, found: Sequence[Found], today: date | None) -> Iterator[str]:
    """Pages behind the plan that should have been read again by now."""
    if today is None:
        return
    used = {record.source for record in _records(quest, found) if record.source is not None}
    late = sorted({quest.base.sources[item].publisher for item in used if today > quest.base.sources[item].recheck})
    if late:
        yield quest.words.text("plan_warn_stale", publishers=quest.words.names(late))
