"""What to mind about a plan: stop signs first, then every assumption by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bot.advice.planner.assumptions import assumed, closed, exams_of, stale, unknown
from bot.advice.planner.cost_model import CostItem
from bot.advice.planner.person import WEEKS_PER_YEAR, holds, implied
from bot.advice.planner.plan_request import FoundRoute, PlanRequest
from bot.advice.planner.search import SearchLabel
from bot.knowledge.conditions import certifications_in, leaves
from bot.knowledge.figures import written
from bot.knowledge.model import Certification, Requirement

# A way longer than this asks for a goal in between; a bachelor's degree beside a job takes about as long.
LONG_YEARS = 5
# Where a way takes many years anyway, a slower one is no advice if it takes so many times as long.
MUCH_LONGER = 1.25
# A slower way is worth a word if it costs at most this part of the fastest.
CHEAP_PART = 0.5
# One that is hardly slower is worth it from this part on.
HARDLY_SLOWER, CHEAP_ENOUGH = 1.1, 0.75


def stops(request: PlanRequest, found: Sequence[FoundRoute]) -> Iterator[str]:
    """The stop signs of a plan with routes, the gravest first: what would be money lost, then what can wait."""
    yield from _unknown_there(request, found)
    yield from _limits(request, found, stop=True)
    yield from accredited(request, found[:1])
    yield from _counted(request, found[:1])
    yield from closed(request, found[:1])
    yield from _not_yet(request, found[0])
    yield from _over_budget(request, found)
    yield from _long(request, found[0])
    yield from _degreeless(request, found)
    yield from _higher(request, found[0])
    yield from _cheaper(request, found)
    yield from _superfluous(request, found[0])
    yield from _untried(request, found[0])
    yield from _provisional(request, found[0])


def _unknown_there(request: PlanRequest, found: Sequence[FoundRoute]) -> Iterator[str]:
    """Credentials that nobody is known to look for in the country."""
    words = request.words
    strangers = [item for item in exams_of(found) if not request.fit.known_there(request.base.certifications[item])]
    if strangers:
        named = {item.id: item.name for item in request.base.assessment.countries}
        country = named.get(str(request.fit.country), request.fit.country)
        names = words.names([words.short(item) for item in strangers])
        yield words.text("plan_warn_unknown_there", country=country, names=names)


def accredited(request: PlanRequest, found: Sequence[FoundRoute]) -> Iterator[str]:
    """Exams that take accredited schooling only: a profile cannot say whether the school held is, or will be."""
    base, words = request.base, request.words
    for exam in exams_of(found):
        for leaf in (leaf for gate in base.certifications[exam].requires.exam_requires for leaf in leaves(gate.needs)):
            if leaf.accredited is None:
                continue
            slots = {"exam": words.short(exam), "body": words.short(leaf.accredited)}
            if holds(base, request.person, leaf):
                yield words.text("plan_warn_accredited", **slots)
            elif any(item.timeline.met(leaf) is not None for item in found):
                yield words.text("plan_warn_accredit_first", **slots)


def _counted(request: PlanRequest, found: Sequence[FoundRoute]) -> Iterator[str]:
    """Exams whose rules ask for years, where those told, or worked on the way, are taken to be of the right kind."""
    words, held, roles = request.words, request.profile, request.base.roles.values()
    for exam in exams_of(found):
        for gate in request.base.certifications[exam].requires.exam_requires:
            kinds = {str(leaf.of) for leaf in leaves(gate.needs) if leaf.years is not None}
            told = any(held.years.get(kind) for kind in kinds)
            worked = told and gate.needs is not None and holds(request.base, request.person, gate.needs)
            # Where several posts give a kind of work, a rule with fine print may not take each of them.
            several = {kind for kind in kinds if sum(role.experience == kind for role in roles) > 1}
            strict = gate.note is not None and any(_works(item, gate, several) for item in found)
            if worked or strict:
                text = f"{gate.say} {gate.note}" if strict else gate.say
                yield words.text("plan_warn_years_count", name=words.short(exam), text=text)


def _works(found: FoundRoute, gate: Requirement, kinds: set[str]) -> bool:
    """Whether it is work on the way that opens an exam."""
    deeds = found.timeline.deeds(gate.needs)
    return any(deed.kind == "work" and deed.entity in kinds for deed in deeds)


def _not_yet(request: PlanRequest, fastest: FoundRoute) -> Iterator[str]:
    """Exams that open later than somebody could be ready for them."""
    words = request.words
    for exam in exams_of([fastest]):
        opens = fastest.timeline.opens_week(exam) or 0
        if opens > request.costs.weeks(CostItem("exam", exam)):
            yield words.text("plan_warn_not_yet", name=words.short(exam), length=words.about(opens))


def _over_budget(request: PlanRequest, found: Sequence[FoundRoute]) -> Iterator[str]:
    budget, least = request.profile.comparable_budget, min(item.route.cost.high for item in found)
    if budget is not None and least > budget:
        yield request.words.text("plan_warn_budget_all", budget=_money(request, budget), cost=_money(request, least))


def _long(request: PlanRequest, fastest: FoundRoute) -> Iterator[str]:
    """A way of many years, with the first role on it that is a goal in itself."""
    words = request.words
    if fastest.route.weeks <= LONG_YEARS * WEEKS_PER_YEAR:
        return
    length = words.about(fastest.route.weeks)
    nearer = next((step.entity for step in fastest.route.steps if step.kind == "move"), request.goal)
    if nearer != request.goal:
        yield words.text("plan_warn_long_first", length=length, name=words.short(nearer))
    else:
        yield words.text("plan_warn_long", length=length, hours=written(request.person.pace))


def _degreeless(request: PlanRequest, found: Sequence[FoundRoute]) -> Iterator[str]:
    """A degree that employers ask for the goal and the fastest way does without, with the way that has it."""
    words, (fastest, *_, strongest) = request.words, found
    for requirement in _degrees_left(request, fastest):
        if not request.does_without_degree(requirement.needs, strongest.timeline):
            length = words.about(strongest.route.weeks)
            yield words.text("plan_warn_degree", text=requirement.say, length=length)


def _degrees_left(request: PlanRequest, found: FoundRoute) -> Sequence[Requirement]:
    """What employers ask for the goal that names a degree, where a way does without one."""
    return [item for item in request.asked if request.does_without_degree(item.needs, found.timeline)]


def _long_strongest(request: PlanRequest, found: Sequence[FoundRoute]) -> Iterator[str]:
    """That it takes many years to do all that employers ask, where the fastest way does not."""
    fastest, strongest = found[0].route, found[-1].route
    many = LONG_YEARS * WEEKS_PER_YEAR
    if fastest.weeks <= many < strongest.weeks:
        length, hours = request.words.about(strongest.weeks), written(request.person.pace)
        yield request.words.text("plan_warn_long_strongest", length=length, hours=hours)


def _higher(request: PlanRequest, fastest: FoundRoute) -> Iterator[str]:
    """A credential of the same body that asks for higher schooling, and is nearer by the schooling held."""
    base, own = request.base, _schooling(request, request.goal)
    held = [level.id for level in base.assessment.education if level.id in request.person.given]
    if own is None or not held:
        return
    issuer = base.certifications[request.goal].issuer
    for item in base.certifications.values():
        other = _schooling(request, item.id) if item.issuer == issuer and base.is_offered(item.id) else None
        if other is not None and other > own and item.id not in request.person.certifications:
            weeks = PlanRequest(base, request.profile, item.id).weeks(under=fastest.route.weeks)
            if weeks is not None:
                name, length = request.words.short(item.id), request.words.about(weeks)
                yield request.words.text("plan_warn_higher", name=name, length=length)


def _schooling(request: PlanRequest, certification: str) -> int | None:
    """How high the lowest accredited schooling stands that an exam takes; None where it asks for none."""
    base, ranks = request.base, {level.id: rank for rank, level in enumerate(request.base.assessment.education)}
    if certification not in base.certifications:
        return None
    gates = base.certifications[certification].requires.exam_requires
    asked = [str(leaf.education) for gate in gates for leaf in leaves(gate.needs) if leaf.accredited is not None]
    heights = [max((ranks.get(item, 0) for item in implied(base, [school])), default=0) for school in asked]
    return min(heights, default=None)


def _cheaper(request: PlanRequest, found: Sequence[FoundRoute]) -> Iterator[str]:
    """A slower way that costs much less, or nothing."""
    words, fastest = request.words, found[0].route
    cheapest = min((item.route for item in found), key=lambda route: (route.cost.high, route.weeks))
    part = CHEAP_ENOUGH if cheapest.weeks <= fastest.weeks * HARDLY_SLOWER else CHEAP_PART
    if not fastest.cost.high or cheapest.cost.high > fastest.cost.high * part:
        return
    if cheapest.weeks > max(LONG_YEARS * WEEKS_PER_YEAR, MUCH_LONGER * fastest.weeks):
        return
    longer = words.about(cheapest.weeks - fastest.weeks)
    if cheapest.cost.high or any(step.cost is None for step in cheapest.steps):
        yield words.text("plan_warn_cheaper", length=longer, cost=_money(request, cheapest.cost.high))
    else:
        yield words.text("plan_warn_free", length=longer)


def _superfluous(request: PlanRequest, fastest: FoundRoute) -> Iterator[str]:
    """An exam that only opens a post sooner which another exam of the way opens too, and that nothing else names."""
    base, words, timeline = request.base, request.words, fastest.timeline
    exams, everything = exams_of([fastest]), timeline.entries[-1].items if timeline.entries else 0
    for exam in exams:
        spare = _bits(request, fastest, exam)
        served = [entry for entry in timeline.entries if entry.ask is not None and entry.ask.items & spare]
        others = [other for other in exams if other != exam]
        advised = (advice.needs for other in others for advice in base.certifications[other].requires.body_recommends)
        if any(exam in certifications_in(needs) for needs in advised):
            continue
        if not all(_opened(entry, everything & ~spare) for entry in served) or exam == request.goal:
            continue
        for entry in served[:1]:
            opening = [
                other for other in others if not _opened(entry, everything & ~spare & ~_bits(request, fastest, other))
            ]
            if opening and entry.role is not None:
                cost = _money(
                    request, sum(step.cost.high for step in fastest.route.steps if step.cost and step.entity == exam)
                )
                slots = {"name": words.short(exam), "other": words.short(opening[0]), "post": words.short(entry.role)}
                yield words.text("plan_warn_superfluous", cost=cost, **slots)


def _bits(request: PlanRequest, found: FoundRoute, exam: str) -> int:
    """An exam of a way, and the lifting of its provisional label, as bits."""
    items = (item for item in found.timeline.items if item.entity == exam and item.kind in ("exam", "lift"))
    return sum(map(request.regression.bit, items))


def _opened(entry: SearchLabel, items: int) -> bool:
    """Whether some items do for what a way asks, by whichever of its branches."""
    return entry.way is not None and any(not ask.items & ~items for ask in entry.way.asks)


def _untried(request: PlanRequest, fastest: FoundRoute) -> Iterator[str]:
    """Somebody who has done none of this yet and would begin by paying."""
    person, roles = request.person, request.base.roles
    named = {request.goal, *(str(entry.role) for entry in fastest.timeline.entries)} & roles.keys()
    posts = named or roles.keys()  # the way to a credential alone leads through no post: any such work is a trial
    worked = any(person.weeks.get(roles[post].experience) for post in posts)
    if fastest.route.cost.high and not (person.role is not None or person.certifications or worked):
        yield request.words.text("plan_warn_untried")


def _provisional(request: PlanRequest, fastest: FoundRoute) -> Iterator[str]:
    """A provisional title that is held at the goal still, and the first way to shed it."""
    base, words, timeline = request.base, request.words, fastest.timeline
    for record in (item for item in base.certifications.values() if item.full is not None):
        full, sat = str(record.full), timeline.exam_week(str(record.full))
        held = record.id in request.person.certifications or (sat is not None and sat <= timeline.week)
        lifted = timeline.full_week(full)
        if held and record.id != request.goal and (lifted is None or lifted > timeline.week):
            way = _nearest_lift(request, record).say.rstrip(".")
            yield words.text("plan_warn_provisional", name=words.short(record.id), full=words.short(full), way=way)


def _nearest_lift(request: PlanRequest, record: Certification) -> Requirement:
    """The way to the full credential that asks for no work of whoever has no such post, or the first."""
    worked = {leaf.of for way in record.lift for leaf in leaves(way.needs) if leaf.years is not None}
    if request.person.role is not None or any(request.person.weeks.get(str(kind), 0) for kind in worked):
        return record.lift[0]
    idle = (way for way in record.lift if all(leaf.years is None for leaf in leaves(way.needs)))
    return next(idle, record.lift[0])


def _money(request: PlanRequest, amount: float) -> str:
    return f"{written(round(amount))} {request.base.field.currency}"


def warnings(request: PlanRequest, found: Sequence[FoundRoute], today: date | None = None) -> tuple[str, ...]:
    """The warnings of a plan with routes, the gravest first, each once."""
    everything = (
        *stops(request, found),
        *_circumstances(request, found),
        *_left_out(request, found[0]),
        *_long_strongest(request, found),
        *_work(request, found[0]),
        *accredited(request, found),
        *unknown(request, found),
        *assumed(request, found),
        *stale(request, found, today),
    )
    return tuple(dict.fromkeys(everything))


def _circumstances(request: PlanRequest, found: Sequence[FoundRoute]) -> Iterator[str]:
    """The country, and a budget that only some of the ways fit."""
    words, base, profile = request.words, request.base, request.profile
    if profile.country is not None and profile.country != base.field.default_country:
        names = {country.id: country.name for country in base.assessment.countries}
        home = names[base.field.default_country]
        yield words.text("plan_warn_country", country=names.get(profile.country, profile.country), home=home)
    yield from _limits(request, found)
    if request.down:
        yield words.text("plan_warn_down", held=words.short(str(request.person.role)), name=words.short(request.goal))
    money = profile.comparable_budget
    if money is None:
        return
    costs = [item.route.cost.high for item in found]
    if min(costs) <= money < max(costs):
        budget, least = (f"{written(round(amount))} {base.field.currency}" for amount in (money, min(costs)))
        yield words.text("plan_warn_budget", budget=budget, cost=least)


def _limits(request: PlanRequest, found: Sequence[FoundRoute], *, stop: bool = False) -> Iterator[str]:
    """What stands against the posts of the routes, of what somebody said limits them; with `stop` what comes before
    anything is paid.
    """
    entered = [entry for item in found for entry in item.timeline.entries if entry.role is not None]
    posts = {str(entry.role) for entry in entered}
    # A post of the lowest level in a new kind of work is a first job, whatever somebody did before.
    lowest = request.base.field.levels[0].id
    kinds = {role.experience for post in posts if (role := request.base.roles[post]).level == lowest}
    new = any(not request.person.weeks.get(kind, 0) for kind in kinds)
    first = bool(entered) and (new or request.person.role is None)
    for limit in request.base.assessment.constraints:
        meant = posts & set(limit.roles) if limit.roles else posts
        if limit.stop == stop and limit.id in request.profile.constraints and meant and (first or not limit.first):
            yield request.words.text("plan_warn_limit", name=limit.name, text=limit.say)


def _left_out(request: PlanRequest, fastest: FoundRoute) -> Iterator[str]:
    """What employers ask and bodies advise that the fastest way does without."""
    words, base, timeline = request.words, request.base, fastest.timeline
    degrees = _degrees_left(request, fastest)
    for requirement in (item for item in request.asked if item not in degrees):
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


def _work(request: PlanRequest, fastest: FoundRoute) -> Iterator[str]:
    """What only a job gives, and that it has to be found."""
    words, kinds = request.words, {step.kind for step in fastest.route.steps}
    if "years" in kinds:
        yield words.text("plan_warn_job")
    weeks = request.base.choosing.hiring.weeks
    if "move" in kinds and weeks is None:
        yield words.text("plan_warn_search")
    elif "move" in kinds and weeks is not None:
        yield words.text("plan_warn_search_weeks", weeks=written(weeks.low), most=written(weeks.high))
    for requirement in request.unmet:
        yield words.text("plan_warn_after", text=requirement.say)
