"""Where somebody stands: what of the held counts, what is missing under which label, and the nearest possible goal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.advice.conditions import describe
from bot.advice.listing import MAX_NAMED
from bot.advice.planner.person import Person, holds, implied
from bot.advice.planner.plan import Gap
from bot.advice.planner.plan_request import FoundRoute, PlanRequest
from bot.knowledge.conditions import leaves
from bot.knowledge.model import LABELS, Certification, Condition, Label, Requirement, Role


def have(request: PlanRequest, found: Sequence[FoundRoute]) -> tuple[str, ...]:
    """Ids of what is held and asked for somewhere on the routes or for the goal, each once."""
    person, base = request.person, request.base
    asked = [leaf for condition in _conditions(request, found) for leaf in leaves(condition)]
    schools = {leaf.education for leaf in asked if leaf.education is not None}
    kinds = {leaf.of for leaf in asked if leaf.of is not None} | set(_worked(request, found))
    kinds |= {leaf.of for leaf in _known_of(request, found) if leaf.of is not None}
    credentials = {leaf.certification for leaf in asked} | {request.goal}
    credentials |= {record.full for record in base.certifications.values() if record.id in credentials}
    credentials |= set(_standing(request, found))
    counted = [person.role] if person.role is not None and (request.reached or _works(request, found, kinds)) else []
    counted += [item for item in request.profile.certifications if item in credentials]
    counted += [item for item in request.profile.education if implied(base, [item]) & schools]
    counted += request.profile.licences
    counted += [kind for kind in request.profile.years if kind in kinds and request.profile.years[kind] > 0]
    return tuple(dict.fromkeys(counted))


def _known_of(request: PlanRequest, found: Sequence[FoundRoute]) -> Iterator[Condition]:
    """What shortens the studies of the routes for this person."""
    for item in {item for route in found for item in route.timeline.items}:
        familiar = request.costs.familiar(item)
        yield from leaves(familiar.needs) if familiar is not None else ()


def gaps(request: PlanRequest, found: Sequence[FoundRoute]) -> tuple[Gap, ...]:
    """What is asked and not held: for the goal itself and for the exams of the fastest route."""
    person, base = request.person, request.base
    missing: dict[tuple[str, Label, str], Gap] = {}
    for owner, label, requirement in _asked(request, found):
        if requirement.needs is not None and not holds(base, person, requirement.needs):
            gap = Gap(_missing(requirement.needs, owner, person, found), label, requirement.say)
            missing.setdefault((gap.entity, label, gap.title), gap)
    for timeline in (item.timeline for item in found[:1]):
        last = timeline.entries[-1].way if timeline.entries else None
        needs = last.passage.needs if last is not None and last.passage is not None else None
        if needs is not None and not holds(base, person, needs):
            gap = Gap(_missing(needs, request.goal, person, found), "employers_ask", describe(needs, base, MAX_NAMED))
            if not any(known.entity == gap.entity and known.label == gap.label for known in missing.values()):
                missing[gap.entity, gap.label, gap.title] = gap
    return tuple(missing.values())


def _asked(request: PlanRequest, found: Sequence[FoundRoute]) -> Iterator[tuple[str, Label, Requirement]]:
    """Requirements of the goal under every label, then those of the exams on the fastest route."""
    goal: Role | Certification = request.base.roles.get(request.goal) or request.base.certifications[request.goal]
    sat = sorted(item.entity for item in found[0].timeline.items if item.kind == "exam") if found else []
    exams = [request.base.certifications[item] for item in sat if item != goal.id]
    for label in LABELS:
        # Nothing more is asked for an exam that was passed.
        owners = () if request.reached and isinstance(goal, Certification) else (goal,)
        for owner in (*owners, *(exams if label != "employers_ask" else ())):
            for requirement in owner.requires.under(label):
                yield owner.id, label, requirement


def _missing(condition: Condition, owner: str, person: Person, found: Sequence[FoundRoute]) -> str:
    """The credential or school that closes a gap on a route, else one that would; for work, who asks."""
    for timeline in (item.timeline for item in found):
        if timeline.met(condition) is not None:
            deeds = timeline.deeds(condition)
            return next((deed.entity for deed in deeds if deed.kind not in ("work", "role")), owner)
    named = (leaf.certification or leaf.education for leaf in leaves(condition))
    held = person.certifications | person.education
    return next((item for item in named if item is not None and item not in held), owner)


def _conditions(request: PlanRequest, found: Sequence[FoundRoute]) -> Iterator[Condition]:
    """Every condition of the goal and of what the routes pass through."""
    base = request.base
    owners: dict[str, Role | Certification] = {}
    if request.goal in base.roles:
        owners[request.goal] = base.roles[request.goal]
    else:
        owners[request.goal] = base.certifications[request.goal]
    requirements: list[Requirement] = []
    for timeline in (item.timeline for item in found):
        for item in timeline.items:
            if item.kind == "education":
                requirements += base.education[item.entity].requires.exam_requires
            elif item.kind in ("exam", "lift"):
                owners[item.entity] = base.certifications[item.entity]
        for entry in timeline.entries:
            if entry.way is not None and entry.way.passage is not None:
                owners[entry.way.passage.to] = base.roles[entry.way.passage.to]
                if entry.way.passage.needs is not None:
                    yield entry.way.passage.needs
    for owner in owners.values():
        requirements += [item for label in LABELS for item in owner.requires.under(label)]
        if isinstance(owner, Certification) and owner.provisional is not None:
            requirements += base.certifications[owner.provisional].lift
            yield Condition(certification=owner.provisional)
    yield from (item.needs for item in requirements if item.needs is not None)


def _standing(request: PlanRequest, found: Sequence[FoundRoute]) -> Iterator[str]:
    """Credentials that the role held rests on, or that make somebody a member where an exam asks it."""
    base, costs = request.base, request.costs
    if request.person.role is not None:
        asked = base.roles[request.person.role].requires.employers_ask
        yield from (leaf.certification for item in asked for leaf in leaves(item.needs) if leaf.certification)
    exams = [item.entity for route in found for item in route.timeline.items if item.kind == "exam"]
    bodies = {costs.membership_of(exam) for exam in exams} - {None}
    yield from (held for held in request.profile.certifications if costs.membership_of(held) in bodies)


def _works(request: PlanRequest, found: Sequence[FoundRoute], kinds: set[str]) -> bool:
    """Whether the role held is left by a usual move, or gives work that is asked for."""
    role = request.person.role
    starts = {
        entry.way.passage.start for item in found for entry in item.timeline.entries if entry.way and entry.way.passage
    }
    return role in starts or (role is not None and request.base.roles[role].experience in kinds)


def _worked(request: PlanRequest, found: Iterable[FoundRoute]) -> Iterator[str]:
    """Kinds of work whose years before count as time in a role."""
    for timeline in (item.timeline for item in found):
        for stay in timeline.stays:
            if stay.leaves.way is not None and stay.leaves.way.dwell:
                yield request.base.roles[stay.role].experience
        for entry in timeline.entries:
            if entry.way is not None and entry.way.passage is not None and entry.way.passage.kind is not None:
                yield entry.way.passage.kind


def nearest(request: PlanRequest) -> str | None:
    """Backwards from the goal: what comes before it and can be had; else what is like it; else the usual start."""
    base, feasible = request.base, request.feasible
    candidates = _before(request) if request.goal in base.roles else _alike(request)
    open_to_person = feasible.roles | feasible.certifications
    held = {request.person.role} | request.person.certifications
    default = base.field.default_entity
    for candidate in (*candidates, default, *sorted(base.roles)):
        if not base.is_offered(candidate):
            continue
        if candidate in open_to_person and candidate not in held and candidate != request.goal:
            return candidate
    return None


def _before(request: PlanRequest) -> Iterator[str]:
    """Roles that lead to the goal, the nearest first."""
    seen, layer = {request.goal}, [request.goal]
    while layer:
        starts = {passage.start for passage in request.passages if passage.to in layer and passage.start is not None}
        layer = sorted(starts - seen)
        seen.update(layer)
        yield from layer


def _alike(request: PlanRequest) -> Iterator[str]:
    """The provisional credential, what the file calls related, then the same body's."""
    base = request.base
    record = base.certifications[request.goal]
    if record.provisional is not None:
        yield record.provisional
    yield from (item for item in record.see_also if item in base.certifications or item in base.roles)
    yield from sorted(
        item.id
        for item in base.certifications.values()
        if item.issuer == record.issuer and item.specialty == record.specialty
    )
