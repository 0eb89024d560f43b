"""Who needs what in a found way: every exam, school, deed and move with the conditions it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.advice.conditions import describe
from bot.advice.listing import MAX_NAMED
from bot.advice.planner.cost_model import CostItem
from bot.advice.planner.passages import Passage
from bot.advice.planner.person import weeks_of
from bot.advice.planner.search import SearchLabel, least_stay
from bot.advice.planner.timeline import Milestone, Stay, Timeline
from bot.advice.planner.words import Words
from bot.knowledge.conditions import leaves
from bot.knowledge.model import Condition, Move, Requirement, Sourced
from bot.knowledge.model import Label as Category


@dataclass(frozen=True)
class Prerequisite:
    """A deed that something rests on: under which of the three labels, why, and where that is written.

    `by` is what rests on it; None stands for the goal itself.
    """

    by: Milestone | SearchLabel | None
    deed: Milestone
    category: Category | None
    why: str
    record: Sourced | None = None


@dataclass(frozen=True)
class Wait:
    """Time in a role that a move out of it usually takes."""

    stay: Stay
    week: int
    why: str
    record: Sourced


def prerequisites(timeline: Timeline, words: Words, asked: tuple[Requirement, ...]) -> Iterator[Prerequisite]:
    """Every prerequisite of a way. `asked` is what employers ask for the goal, where the way does all of it."""
    goal = timeline.problem.goal
    base = timeline.base
    if goal in base.certifications:
        for deed in timeline.deeds(Condition(certification=goal)):
            yield Prerequisite(None, deed, None, words.text("plan_why_goal"))
        yield from _asked(timeline, words, None, asked, timeline.week)
    for item in sorted(timeline.items):
        if item.kind == "exam":
            gates = base.certifications[item.entity].requires.exam_requires
            yield from _gates(timeline, words, Milestone("exam", item.entity), gates)
        elif item.kind == "education":
            gates = base.education[item.entity].requires.exam_requires
            yield from _gates(timeline, words, Milestone("education", item.entity), gates)
        elif item.kind == "lift":
            yield from _lift(timeline, words, item)
    for entry in timeline.entries:
        if entry.way is not None and entry.way.passage is not None:
            yield from _move(timeline, words, entry, entry.way.passage, asked)


def _gates(timeline: Timeline, words: Words, by: Milestone, gates: tuple[Requirement, ...]) -> Iterator[Prerequisite]:
    """What an exam or a school asks of whoever comes to it."""
    for gate in gates:
        why = words.text("plan_why_gate", name=words.short(by.entity), text=gate.say)
        for deed in timeline.deeds(gate.needs):
            yield Prerequisite(by, deed, "exam_requires", why, gate)


def _lift(timeline: Timeline, words: Words, item: CostItem) -> Iterator[Prerequisite]:
    """The provisional label goes once it was earned and the first of its ways is done."""
    base, by = timeline.base, Milestone("lift", item.entity)
    provisional = str(base.certifications[item.entity].provisional)
    why = words.text("plan_why_provisional", full=words.short(item.entity), provisional=words.short(provisional))
    if provisional not in timeline.person.certifications:
        yield Prerequisite(by, Milestone("exam", item.entity), None, why)
    open_ways = [way for way in base.certifications[provisional].lift if timeline.met(way.needs) is not None]
    way = min(open_ways, key=lambda found: timeline.met(found.needs) or 0)
    # The exam asks none of it: only the title without the provisional label does.
    lifted = words.text("plan_why_lift", full=words.short(item.entity), text=way.say)
    for deed in timeline.deeds(way.needs):
        yield Prerequisite(by, deed, None, lifted, way)


def _move(
    timeline: Timeline, words: Words, entry: SearchLabel, passage: Passage, asked: tuple[Requirement, ...]
) -> Iterator[Prerequisite]:
    role = timeline.base.roles[passage.to]
    if passage.needs is not None:
        for deed in timeline.deeds(passage.needs):
            needs = describe(_served(timeline, passage.needs, deed), timeline.base, MAX_NAMED)
            why = words.text("plan_why_needs", name=role.name, needs=needs)
            yield Prerequisite(entry, deed, "employers_ask", why, passage.record)
    if passage.kind is not None:
        for deed in timeline.deeds(Condition(years=passage.record.years_low, of=passage.kind)):
            yield Prerequisite(entry, deed, "employers_ask", why_of(passage, words), passage.record)
    yield from _asked(timeline, words, entry, role.requires.employers_ask, entry.week)
    if passage.to == timeline.problem.goal:
        yield from _asked(timeline, words, entry, asked, entry.week)


def _served(timeline: Timeline, condition: Condition, deed: Milestone) -> Condition:
    """The part of a condition that a deed serves, with the simple alternatives to it: the rest says nothing of it."""
    if condition.all is not None:
        return next(
            (_served(timeline, child, deed) for child in condition.all if deed in timeline.deeds(child)), condition
        )
    if condition.any is None:
        return condition
    met = next((child for child in condition.any if timeline.deeds(condition) == timeline.deeds(child)), condition)
    if met.any or met.all:
        return met if met is condition else _served(timeline, met, deed)
    return Condition(any=tuple(child for child in condition.any if not child.any and not child.all))


def _asked(
    timeline: Timeline, words: Words, by: SearchLabel | None, requirements: tuple[Requirement, ...], week: int
) -> Iterator[Prerequisite]:
    """What employers ask and the way does in time: all of it, or at least the years."""
    name = words.short(str(by.role) if by is not None else timeline.problem.goal)
    for requirement in requirements:
        why = words.text("plan_why_asked", name=name, text=requirement.say)
        met = timeline.met(requirement.needs)
        in_time = met is not None and met <= week
        deeds = timeline.deeds(requirement.needs) if in_time else _years(timeline, requirement.needs)
        for deed in dict.fromkeys((*deeds, *_attended(timeline, requirement.needs, week))):
            yield Prerequisite(by, deed, "employers_ask", why, requirement)


def _attended(timeline: Timeline, condition: Condition | None, week: int) -> Iterator[Milestone]:
    """The schools of a way that a condition names, though something else would have met it sooner."""
    for leaf in leaves(condition):
        met = timeline.met(leaf) if leaf.education is not None else None
        if met is not None and met <= week:
            yield from timeline.deeds(leaf)


def _years(timeline: Timeline, condition: Condition | None) -> tuple[Milestone, ...]:
    """The work a condition cannot do without, by its earliest branch."""
    if condition is None:
        return ()
    if condition.any is not None:
        branches = [_years(timeline, child) for child in condition.any]
        return min(branches, key=lambda deeds: max((_week(timeline, deed) for deed in deeds), default=0))
    if condition.all is not None:
        return tuple(deed for child in condition.all for deed in _years(timeline, child))
    return timeline.deeds(condition) if condition.years is not None else ()


def _week(timeline: Timeline, deed: Milestone) -> int:
    week = timeline.worked(deed.entity, deed.weeks)
    return week if week is not None else timeline.week + 1


def waits(timeline: Timeline, words: Words) -> Iterator[Wait]:
    """The time in a role that the next move usually takes, where it is not over at once."""
    for stay in timeline.stays:
        way, parent = stay.leaves.way, stay.leaves.parent
        if way is None or way.passage is None or parent is None:
            continue
        if way.dwell > parent.credit:
            week = stay.start + way.dwell - parent.credit
            yield Wait(stay, week, _why_waits(way.passage, words), way.passage.record)
        elif (least := least_stay(parent, way, timeline.problem)) > 0:
            yield Wait(stay, stay.start + least, _why_stays(stay.role, words, least), way.passage.record)


def why_of(passage: Passage, words: Words) -> str:
    """Why a move is where it is: what its file says, or the usual way in words."""
    name = words.base.roles[passage.to].name
    if passage.record.say is not None:
        return passage.record.say
    if passage.applied:
        return words.text("plan_why_apply", name=name)
    if passage.start is None:
        return words.text("plan_why_way_in", name=name)
    if passage.by is not None:
        roles = words.base.roles
        return words.text("plan_why_by", start=roles[passage.start].name, by=roles[passage.by].name, name=name)
    if not passage.record.years_low:
        usual = not isinstance(passage.record, Move) or passage.record.usual
        key = "plan_why_move" if usual else "plan_why_seldom"
        return words.text(key, start=words.base.roles[passage.start].name, name=name)
    return _why_waits(passage, words)


def _why_waits(passage: Passage, words: Words) -> str:
    """How long people usually stay before a move."""
    roles = words.base.roles
    start = roles[passage.start].name if passage.start is not None else ""
    length = words.length(passage.dwell)
    if passage.dwell > weeks_of(passage.record.years_low):
        return _why_stays(str(passage.start), words, passage.dwell)
    if passage.by is not None:
        start = roles[passage.by].name
    return words.text("plan_why_wait", start=start, name=roles[passage.to].name, length=length)


def _why_stays(role: str, words: Words, weeks: int) -> str:
    """That whoever is hired stays a while."""
    return words.text("plan_why_stay", start=words.base.roles[role].name, length=words.length(weeks))
