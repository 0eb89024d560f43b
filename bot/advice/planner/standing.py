"""Where somebody stands: what of the held counts, and what is missing under which label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.advice.conditions import describe, leaves
from bot.advice.planner.person import Person, holds, implied
from bot.advice.planner.plan import Gap
from bot.advice.planner.routes import Found, Quest
from bot.advice.planner.words import MAX_NAMED
from bot.knowledge.model import LABELS, Certification, Condition, Label, Requirement, Role


def have(quest: Quest, found: Sequence[Found]) -> tuple[str, ...]:
    """Ids of what is held and asked for somewhere on the routes or for the goal, each once."""
    person, base = quest.person, quest.base
    asked = [leaf for condition in _conditions(quest, found) for leaf in leaves(condition)]
    schools = {leaf.education for leaf in asked if leaf.education is not None}
    kinds = {leaf.of for leaf in asked if leaf.of is not None} | set(_worked(quest, found))
    credentials = {leaf.certification for leaf in asked} | {quest.goal}
    credentials |= {record.full for record in base.certifications.values() if record.id in credentials}
    credentials |= set(_standing(quest, found))
    counted = [person.role] if person.role is not None and (quest.reached or _works(quest, found, kinds)) else []
    counted += [item for item in quest.profile.certifications if item in credentials]
    counted += [item for item in quest.profile.education if implied(base, [item]) & schools]
    counted += quest.profile.licences
    counted += [kind for kind in quest.profile.years if kind in kinds and quest.profile.years[kind] > 0]
    return tuple(dict.fromkeys(counted))


def gaps(quest: Quest, found: Sequence[Found]) -> tuple[Gap, ...]:
    """What is asked and not held: for the goal itself and for the exams of the fastest route."""
    person, base = quest.person, quest.base
    missing: dict[tuple[str, Label, str], Gap] = {}
    for owner, label, requirement in _asked(quest, found):
        if requirement.needs is not None and not holds(base, person, requirement.needs):
            gap = Gap(_missing(requirement.needs, owner, person, found), label, requirement.say)
            missing.setdefault((gap.entity, label, gap.title), gap)
    for timeline in (item.timeline for item in found[:1]):
        last = timeline.entries[-1].way if timeline.entries else None
        needs = last.passage.needs if last is not None and last.passage is not None else None
        if needs is not None and not holds(base, person, needs):
            gap = Gap(_missing(needs, quest.goal, person, found), "employers_ask", describe(needs, base, MAX_NAMED))
            if not any(known.entity == gap.entity and known.label == gap.label for known in missing.values()):
                missing[gap.entity, gap.label, gap.title] = gap
    return tuple(missing.values())


def _asked(quest: Quest, found: Sequence[Found]) -> Iterator[tuple[str, Label, Requirement]]:
    """Requirements of the goal under every label, then those of the exams on the fastest route."""
    goal: Role | Certification = quest.base.roles.get(quest.goal) or quest.base.certifications[quest.goal]
    sat = sorted(item.entity for item in found[0].timeline.items if item.kind == "exam") if found else []
    exams = [quest.base.certifications[item] for item in sat if item != goal.id]
    for label in LABELS:
        # Nothing more is asked for an exam that was passed.
        owners = () if quest.reached and isinstance(goal, Certification) else (goal,)
        for owner in (*owners, *(exams if label != "employers_ask" else ())):
            for requirement in owner.requires.under(label):
                yield owner.id, label, requirement


def _missing(condition: Condition, owner: str, person: Person, found: Sequence[Found]) -> str:
    """The credential or school that closes a gap on a route, else one that would; for work, who asks."""
    for timeline in (item.timeline for item in found):
        if timeline.met(condition) is not None:
            deeds = timeline.deeds(condition)
            return next((deed.entity for deed in deeds if deed.kind not in ("work", "role")), owner)
    named = (leaf.certification or leaf.education for leaf in leaves(condition))
    held = person.certifications | person.education
    return next((item for item in named if item is not None and item not in held), owner)


def _conditions(quest: Quest, found: Sequence[Found]) -> Iterator[Condition]:
    """Every condition of the goal and of what the routes pass through."""
    base = quest.base
    owners: dict[str, Role | Certification] = {}
    if quest.goal in base.roles:
        owners[quest.goal] = base.roles[quest.goal]
    else:
        owners[quest.goal] = base.certifications[quest.goal]
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


def _standing(quest: Quest, found: Sequence[Found]) -> Iterator[str]:
    """Credentials that the role held rests on, or that make somebody a member where an exam asks it."""
    base, costs = quest.base, quest.costs
    if quest.person.role is not None:
        asked = base.roles[quest.person.role].requires.employers_ask
        yield from (leaf.certification for item in asked for leaf in leaves(item.needs) if leaf.certification)
    exams = [item.entity for route in found for item in route.timeline.items if item.kind == "exam"]
    bodies = {costs.membership_of(exam) for exam in exams} - {None}
    yield from (held for held in quest.profile.certifications if costs.membership_of(held) in bodies)


def _works(quest: Quest, found: Sequence[Found], kinds: set[str]) -> bool:
    """Whether the role held is left by a usual move, or gives work that is asked for."""
    role = quest.person.role
    starts = {
        entry.way.passage.start for item in found for entry in item.timeline.entries if entry.way and entry.way.passage
    }
    return role in starts or (role is not None and quest.base.roles[role].experience in kinds)


def _worked(quest: Quest, found: Iterable[Found]) -> Iterator[str]:
    """Kinds of work whose years before count as time in a role."""
    for timeline in (item.timeline for item in found):
        for stay in timeline.stays:
            if stay.leaves.way is not None and stay.leaves.way.dwell:
                yield quest.base.roles[stay.role].experience
        for entry in timeline.entries:
            if entry.way is not None and entry.way.passage is not None and entry.way.passage.kind is not None:
                yield entry.way.passage.kind
