"""What a plan does not know or took for granted: prices, study times, workplaces, years, and pages that are old."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bot.advice.conditions import years_of
from bot.advice.planner.feasibility import fit_of
from bot.advice.planner.person import WEEKS_PER_YEAR, weeks_before, years_trained
from bot.advice.planner.plan_request import FoundRoute, PlanRequest
from bot.knowledge.conditions import leaves
from bot.knowledge.figures import written
from bot.knowledge.model import Quantity, Sourced

MOST_ELSEWHERE = 2  # credentials named for another workplace


def exams_of(found: Sequence[FoundRoute]) -> list[str]:
    """Every exam on the routes."""
    return sorted({item.entity for route in found for item in route.timeline.items if item.kind == "exam"})


def unknown(request: PlanRequest, found: Sequence[FoundRoute]) -> Iterator[str]:
    """What nobody knows: it is named, and never counted as nothing."""
    words = request.words
    steps = [step for item in found for step in item.route.steps if step.cost is None]
    # The exam's fee and the books of its study are told apart by the step's title.
    titles = list(dict.fromkeys(step.title for step in steps))
    if titles:
        yield words.text("plan_warn_cost", steps=words.names(titles, most=len(titles)))
    exams = exams_of(found)
    hours = [words.short(item) for item in exams if request.costs.quantity(item, "study_hours") is None]
    if hours:
        yield words.text("plan_warn_hours_unknown", names=words.names(hours))
    yield from closed(request, found)
    yield from _uncounted(request, found[:1])


def _uncounted(request: PlanRequest, found: Sequence[FoundRoute]) -> Iterator[str]:
    """What exams ask in words alone: a plan cannot count it. A membership it can, so that is not said again."""
    words, costs = request.words, request.costs
    for exam in exams_of(found):
        gates = request.base.certifications[exam].requires.exam_requires
        for gate in (item for item in gates if item.needs is None and costs.membership_of(exam) is None):
            yield words.text("plan_warn_exam_rule", name=words.short(exam), text=gate.say)


def closed(request: PlanRequest, found: Sequence[FoundRoute]) -> Iterator[str]:
    """Exams of which nobody knows here who may sit them: asked before anything is paid."""
    records = (request.base.certifications[item] for item in exams_of(found))
    names = [request.words.short(item.id) for item in records if not item.requires.exam_requires]
    if names:
        yield request.words.text("plan_warn_entry_unknown", names=request.words.names(names))


def assumed(request: PlanRequest, found: Sequence[FoundRoute]) -> Iterator[str]:
    """Every assumption by name."""
    words, person, base = request.words, request.person, request.base
    if request.profile.hours_per_week is None:
        yield words.text("plan_warn_hours", hours=written(person.pace))
    exams = [words.short(item) for item in exams_of(found[:1]) if not _everywhere(request, item)]
    if request.fit.setting is None and exams and person.role is None:
        others = [*_elsewhere(request, exams_of(found[:1]))]
        key = "plan_warn_workplaces" if others else "plan_warn_workplace"
        yield words.text(key, exams=words.names(exams), **({"others": "; ".join(others)} if others else {}))
    if request.profile.country is None:
        names = {country.id: country.name for country in base.assessment.countries}
        yield words.text("plan_warn_home", home=names[base.field.default_country])
    if person.role is None and any(item.timeline.stays and _presumed(request, item) for item in found):
        role = next(item.timeline.stays[0].role for item in found if _presumed(request, item))
        yield words.text("plan_warn_presumed", name=base.roles[role].name)
    kinds = {item.id: item.name for item in base.assessment.experience}
    for before, name in _concluded(request):
        for kind, weeks in before.items():
            years = years_of(base, weeks / WEEKS_PER_YEAR, kinds[kind])
            yield words.text("plan_warn_role_years", name=name, years=years)
    if person.assumed and not person.licences and any(_asks(item, person.assumed) for item in _records(request, found)):
        yield words.text("plan_warn_schooling", name=words.names([base.name(item) for item in sorted(person.assumed)]))
    if any(record.assumption for record in _records(request, found)):
        yield words.text("plan_warn_assumed")


def _elsewhere(request: PlanRequest, exams: Sequence[str]) -> Iterator[str]:
    """What employers of the goal ask in workplaces that the exams of a way do not suit, with the workplaces."""
    base, words, goal = request.base, request.words, request.base.roles.get(request.goal)
    named: defaultdict[str, list[str]] = defaultdict(list)
    asked = [item.needs.any for item in goal.requires.employers_ask if item.needs and item.needs.any] if goal else []
    for setting in base.assessment.settings:
        if all(setting.id in (base.certifications[item].settings or (setting.id,)) for item in exams):
            continue
        fit = fit_of(base, request.profile.model_copy(update={"setting": setting.id}), request.goal)
        there = [branch.certification for branches in asked for branch in fit(branches)]
        records = [base.certifications[item] for item in there if item is not None]
        fitting = [item.short for item in records if item.full is None and setting.id in item.settings]
        if fitting:
            named[words.names(fitting[:MOST_ELSEWHERE])].append(setting.name)
    for names, settings in named.items():
        yield words.text("plan_warn_workplace_other", names=names, setting=", ".join(settings))


def _everywhere(request: PlanRequest, exam: str) -> bool:
    """Whether no other credential is named for the goal that suits other workplaces alone."""
    records, named = request.base.certifications, request.fit.named_for_goal
    suits = set(records[exam].settings)
    return exam not in named or not suits or all(suits & {*records[item].settings} for item in named)


def _concluded(request: PlanRequest) -> Iterator[tuple[dict[str, int], str]]:
    """Weeks of work taken for granted, and what they were concluded from."""
    if request.profile.role is not None:
        yield weeks_before(request.base, request.profile), request.base.roles[request.profile.role].name
    trained = years_trained(request.base, request.profile)
    names = [
        item.name for item in request.base.assessment.licences if item.years and item.id in request.profile.licences
    ]
    if trained:
        yield trained, request.words.names(names)


def _presumed(request: PlanRequest, found: FoundRoute) -> bool:
    """Whether a route starts in a role that was read out of years alone."""
    first = next(iter(found.timeline.stays), None)
    if first is None or first.enters is None or first.start:
        return False
    return request.person.weeks.get(request.base.roles[first.role].experience, 0) > 0


def _records(request: PlanRequest, found: Iterable[FoundRoute]) -> Iterator[Sourced]:
    """Everything the routes were computed from."""
    base, costs = request.base, request.costs
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


def stale(request: PlanRequest, found: Sequence[FoundRoute], today: date | None) -> Iterator[str]:
    """Pages behind the plan that should have been read again by now."""
    if today is None:
        return
    used = {record.source for record in _records(request, found) if record.source is not None}
    late = sorted({request.base.publisher(item).name for item in used if today > request.base.sources[item].recheck})
    if late:
        yield request.words.text("plan_warn_stale", publishers=request.words.names(late))
