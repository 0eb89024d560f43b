"""What to mind about a plan: stop signs first, then every assumption by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bot.advice.conditions import leaves, number, years_of
from bot.advice.planner.person import WEEKS_PER_YEAR, weeks_before, years_trained
from bot.advice.planner.routes import Found, Quest
from bot.advice.planner.stops import accredited, exams_of, stops
from bot.knowledge.model import Quantity, Sourced


def warnings(quest: Quest, found: Sequence[Found], today: date | None = None) -> tuple[str, ...]:
    """The warnings of a plan with routes, the gravest first, each once."""
    everything = (
        *stops(quest, found),
        *accredited(quest, found),
        *_circumstances(quest, found),
        *_left_out(quest, found[0]),
        *_work(quest, found[0]),
        *_unknown(quest, found),
        *_assumed(quest, found),
        *_stale(quest, found, today),
    )
    return tuple(dict.fromkeys(everything))


def _circumstances(quest: Quest, found: Sequence[Found]) -> Iterator[str]:
    """The country, and a budget that only some of the ways fit."""
    words, base, profile = quest.words, quest.base, quest.profile
    if profile.country is not None and profile.country != base.field.default_country:
        names = {country.id: country.name for country in base.assessment.countries}
        home = names[base.field.default_country]
        yield words.text("plan_warn_country", country=names.get(profile.country, profile.country), home=home)
    yield from _limits(quest, found)
    if quest.down:
        yield words.text("plan_warn_down", held=words.short(str(quest.person.role)), name=words.short(quest.goal))
    money = profile.comparable_budget
    if money is None:
        return
    costs = [item.route.cost.high for item in found]
    if min(costs) <= money < max(costs):
        budget, least = (f"{number(round(amount))} {base.field.currency}" for amount in (money, min(costs)))
        yield words.text("plan_warn_budget", budget=budget, cost=least)


def _limits(quest: Quest, found: Sequence[Found]) -> Iterator[str]:
    """What stands against the posts of the routes, of what somebody said limits them."""
    entered = [entry for item in found for entry in item.timeline.entries if entry.role is not None]
    posts = {str(entry.role) for entry in entered}
    first = quest.person.role is None and bool(entered)
    for limit in quest.base.assessment.constraints:
        meant = posts & set(limit.roles) if limit.roles else posts
        if limit.id in quest.profile.constraints and meant and (first or not limit.first):
            yield quest.words.text("plan_warn_limit", name=limit.name, text=limit.say)


def _left_out(quest: Quest, fastest: Found) -> Iterator[str]:
    """What employers ask and bodies advise that the fastest way does without."""
    words, base, timeline = quest.words, quest.base, fastest.timeline
    for requirement in quest.asked:
        met = timeline.met(requirement.needs)
        if met is None or met > timeline.week:
            yield words.text("plan_warn_left_out", text=requirement.say)
    for exam in exams_of([fastest]):
        record, week = base.certifications[exam], timeline.exam_week(exam)
        for advice in record.requires.body_recommends:
            met = timeline.met(advice.needs)
            if week is not None and (met is None or met > week):
                slots = {"body": words.short(record.issuer), "name": words.short(exam), "text": advice.say}
                yield words.text("plan_warn_advised", **slots)


def _work(quest: Quest, fastest: Found) -> Iterator[str]:
    """What only a job gives, and that it has to be found."""
    words, kinds = quest.words, {step.kind for step in fastest.route.steps}
    if "years" in kinds:
        yield words.text("plan_warn_job")
    weeks = quest.base.choosing.hiring.weeks
    if "move" in kinds and weeks is None:
        yield words.text("plan_warn_search")
    elif "move" in kinds and weeks is not None:
        yield words.text("plan_warn_search_weeks", weeks=number(weeks.low), most=number(weeks.high))
    for requirement in quest.unmet:
        yield words.text("plan_warn_after", text=requirement.say)


def _unknown(quest: Quest, found: Sequence[Found]) -> Iterator[str]:
    """What nobody knows: it is named, and never counted as nothing."""
    words, base = quest.words, quest.base
    steps = [step for item in found for step in item.route.steps if step.cost is None]
    # The exam's fee and the books of its study are told apart by the step's title.
    titles = list(dict.fromkeys(step.title for step in steps))
    if titles:
        yield words.text("plan_warn_cost", steps=words.names(titles, most=len(titles)))
    exams = exams_of(found)
    hours = [words.short(item) for item in exams if quest.costs.quantity(item, "study_hours") is None]
    if hours:
        yield words.text("plan_warn_hours_unknown", names=words.names(hours))
    closed = [words.short(item) for item in exams if not base.certifications[item].requires.exam_requires]
    if closed:
        yield words.text("plan_warn_entry_unknown", names=words.names(closed))


def _assumed(quest: Quest, found: Sequence[Found]) -> Iterator[str]:
    words, person, base = quest.words, quest.person, quest.base
    if quest.profile.hours_per_week is None:
        yield words.text("plan_warn_hours", hours=number(person.pace))
    exams = [words.short(item) for item in exams_of(found[:1]) if not _everywhere(quest, item)]
    if quest.fit.setting is None and exams and person.role is None:
        yield words.text("plan_warn_workplace", exams=words.names(exams))
    if quest.profile.country is None:
        names = {country.id: country.name for country in base.assessment.countries}
        yield words.text("plan_warn_home", home=names[base.field.default_country])
    if person.role is None and any(item.timeline.stays and _presumed(quest, item) for item in found):
        role = next(item.timeline.stays[0].role for item in found if _presumed(quest, item))
        yield words.text("plan_warn_presumed", name=base.roles[role].name)
    kinds = {item.id: item.name for item in base.assessment.experience}
    for before, name in _concluded(quest):
        for kind, weeks in before.items():
            years = years_of(base, weeks / WEEKS_PER_YEAR, kinds[kind])
            yield words.text("plan_warn_role_years", name=name, years=years)
    if person.assumed and any(_asks(item, person.assumed) for item in _records(quest, found)):
        yield words.text("plan_warn_schooling", name=words.names([base.name(item) for item in sorted(person.assumed)]))
    if any(record.assumption for record in _records(quest, found)):
        yield words.text("plan_warn_assumed")


def _everywhere(quest: Quest, exam: str) -> bool:
    """Whether a credential suits every workplace of the goal."""
    suits = quest.base.certifications[exam].settings
    role = quest.base.roles.get(quest.goal)
    return role is None or not suits or set(role.settings) <= set(suits)


def _concluded(quest: Quest) -> Iterator[tuple[dict[str, int], str]]:
    """Weeks of work taken for granted, and what they were concluded from."""
    if quest.profile.role is not None:
        yield weeks_before(quest.base, quest.profile), quest.base.roles[quest.profile.role].name
    trained = years_trained(quest.base, quest.profile)
    names = [item.name for item in quest.base.assessment.licences if item.years and item.id in quest.profile.licences]
    if trained:
        yield trained, quest.words.names(names)


def _presumed(quest: Quest, found: Found) -> bool:
    """Whether a route starts in a role that was read out of years alone."""
    first = next(iter(found.timeline.stays), None)
    if first is None or first.enters is None or first.start:
        return False
    return quest.person.weeks.get(quest.base.roles[first.role].experience, 0) > 0


def _records(quest: Quest, found: Iterable[Found]) -> Iterator[Sourced]:
    """Everything the routes were computed from."""
    base, costs = quest.base, quest.costs
    for timeline in (item.timeline for item in found):
        for item in sorted(timeline.items):
            known: list[Quantity | None] = list(costs.parts(item).values())
            if item.kind == "exam":
                known.append(costs.quantity(item.entity, "study_hours"))
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


def _stale(quest: Quest, found: Sequence[Found], today: date | None) -> Iterator[str]:
    """Pages behind the plan that should have been read again by now."""
    if today is None:
        return
    used = {record.source for record in _records(quest, found) if record.source is not None}
    late = sorted({quest.base.publisher(item).name for item in used if today > quest.base.sources[item].recheck})
    if late:
        yield quest.words.text("plan_warn_stale", publishers=quest.words.names(late))
