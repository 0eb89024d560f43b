"""Ways into roles: the ladder's moves, ways in from outside, and applying for what somebody has done enough for."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bot.advice.planner.person import WEEKS_PER_YEAR, Person, holds, once, weeks_of
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.conditions import leaves
from bot.knowledge.model import Condition, Move, Role, WayIn


@dataclass(frozen=True)
class Passage:
    """A way into a role: from one role by the ladder, or (start None) from anywhere.

    `dwell` is how many weeks the first role is usually held before; somebody from outside needs
    `weeks` of work of a `kind` instead. `record` is where it is written. `applied`: no way of the ladder,
    but all that employers ask for the role. `presumed`: from the years told somebody without a role works there
    already, or can. `by` is the role whose move it is, where that one led to the first role.
    """

    start: str | None
    to: str
    record: Move | WayIn
    dwell: int = 0
    background: str | None = None
    kind: str | None = None
    weeks: int = 0
    applied: bool = False
    presumed: bool = False
    by: str | None = None

    @property
    def needs(self) -> Condition | None:
        """What employers ask on this way."""
        return self.record.needs


@dataclass(frozen=True)
class PassageTable:
    """Every way into every role of one knowledge base, in a fixed order.

    `levels` numbers the level of each role, lowest first; `asked` is a way in by all that employers ask for it.
    `firsts` are the roles of the lowest level that gives their kind of work, where nobody comes into that
    kind of work from outside: who has years of it must have worked there. `begun` are the kinds of work of the
    roles that are open to everybody. `most` are the most weeks of a kind of work that employers ask anywhere.
    """

    passages: tuple[Passage, ...]
    levels: Mapping[str, int]
    asked: Mapping[str, WayIn]
    firsts: frozenset[str]
    begun: frozenset[str]
    most: Mapping[str, int]


def hunt_of(base: KnowledgeBase) -> int:
    """Weeks of looking for a post before it starts, the low end of what is known; 0 where nothing is known."""
    weeks = base.choosing.hiring.weeks
    return math.ceil(weeks.low) if weeks is not None else 0


def stay_of(base: KnowledgeBase) -> tuple[int, int]:
    """Weeks that somebody newly hired stays at least, the low end and the high; 0 where nothing is known."""
    weeks = base.choosing.hiring.stay
    return (math.ceil(weeks.low), math.ceil(weeks.high)) if weeks is not None else (0, 0)


def ladder_of(base: KnowledgeBase) -> PassageTable:
    """The ladder, worked out once for each knowledge base."""
    return once(base, ("ladder",), lambda: _ladder(base))


def _ladder(base: KnowledgeBase) -> PassageTable:
    found = []
    stay, _ = stay_of(base)
    for start in sorted(base.roles):
        for move in (item for item in base.roles[start].moves if base.is_offered(item.to)):
            found.append(Passage(start, move.to, move, dwell=max(weeks_of(move.years_low), stay)))
        for way in base.roles[start].ways_in if base.is_offered(start) else ():
            background = next((item for item in base.assessment.backgrounds if item.id == way.background), None)
            kind = (background.experience if background else None) or base.roles[start].experience
            weeks = weeks_of(way.years_low)
            found.append(
                Passage(None, start, way, background=way.background, kind=kind if weeks else None, weeks=weeks)
            )
    numbers = {level.id: number for number, level in enumerate(base.field.levels)}
    levels = {role.id: numbers.get(role.level, 0) for role in base.roles.values()}
    entries = ((role, _asked(base.roles[role])) for role in sorted(base.roles) if base.is_offered(role))
    asked = {role: entry for role, entry in entries if entry is not None}
    begun = {base.roles[item.to].experience for item in found if item.start is item.background is item.kind is None}
    most: defaultdict[str, int] = defaultdict(int)
    for requirement in (item for role in base.roles.values() for item in role.requires.employers_ask):
        for leaf in leaves(requirement.needs):
            if leaf.years is not None:
                most[str(leaf.of)] = max(most[str(leaf.of)], weeks_of(leaf.years))
    return PassageTable(tuple(found), levels, asked, frozenset(_firsts(base, levels)), frozenset(begun), most)


def _firsts(base: KnowledgeBase, levels: Mapping[str, int]) -> Iterator[str]:
    for role in base.roles.values():
        alike = [other for other in base.roles.values() if other.experience == role.experience]
        entered = any(other.ways_in for other in alike if levels[other.id] <= levels[role.id])
        if not entered and levels[role.id] == min(levels[other.id] for other in alike):
            yield role.id


def _asked(role: Role) -> WayIn | None:
    """All that employers ask for a role as a way in; None where nothing of it can be computed with."""
    requirements = [item for item in role.requires.employers_ask if item.needs is not None]
    if not requirements:
        return None
    needs = Condition(all=tuple(item.needs for item in requirements if item.needs is not None))
    first = requirements[0]
    return WayIn(needs=needs, source=first.source, assumption=first.assumption)


def open_to(base: KnowledgeBase, person: Person, goal: str) -> Iterator[tuple[Passage, ...]]:
    """The passages that somebody may take to a goal, the likeliest choice first: those that people usually take
    and that never lead below the level held (or below the goal, where that is lower); seldom ones as well; and then
    with a first step below.
    """
    ladder = ladder_of(base)
    if person.role is None:
        everything = (*ladder.passages, *_presumed(base, person, ladder), *_worked_in(base, person, ladder, goal))
        yield tuple(item for item in everything if _usual(item, person))
        yield everything
        return
    held = ladder.levels[person.role]
    floor = min(held, ladder.levels.get(goal, held))
    # Nobody comes back to the role held.
    ways = [_held(item) if item.start == person.role else item for item in ladder.passages if item.to != person.role]
    # Who has all the years of some work that anybody asks takes no post only to pass through it.
    full = {kind for kind, weeks in person.weeks.items() if weeks >= ladder.most.get(kind, 0)}
    seasoned = {role.id for role in base.roles.values() if role.experience in full}
    applied = [
        Passage(person.role, role, way, applied=True)
        for role, way in ladder.asked.items()
        if role != person.role and ladder.levels[role] <= held and (role == goal or role not in seasoned)
    ]
    applied += [Passage(person.role, goal, way, applied=True) for way in _qualified(base, person, ladder, goal)]
    everything = (*ways, *_of_what_led_there(base, ladder, person.role), *applied)
    level = [item for item in everything if ladder.levels[item.to] >= floor]
    yield tuple(item for item in level if _usual(item, person))
    yield tuple(level)
    # The first step down must be written down somewhere; what comes after it leads up again.
    first = (None, person.role)
    yield tuple(
        item
        for item in everything
        if ladder.levels[item.to] >= floor or item.start not in first or item.record.source is not None
    )


def _qualified(base: KnowledgeBase, person: Person, ladder: PassageTable, goal: str) -> Iterator[WayIn]:
    """A goal above the role held as a way in, where somebody has all that is asked for it, and years of work are,
    by a source: nothing is left to pass through.
    """
    way = ladder.asked.get(goal)
    above = goal in base.roles and person.role is not None and ladder.levels[goal] > ladder.levels[person.role]
    if not above or way is None or way.needs is None:
        return
    asked = (item for item in base.roles[goal].requires.employers_ask if item.source is not None)
    by_work = any(_only_by_work(item.needs) for item in asked)
    if by_work and holds(base, person, way.needs):
        yield way


def _only_by_work(condition: Condition | None) -> bool:
    """Whether nobody meets a condition without years of some work."""
    if condition is None:
        return False
    if condition.any is not None:
        return all(_only_by_work(child) for child in condition.any)
    if condition.all is not None:
        return any(_only_by_work(child) for child in condition.all)
    return condition.years is not None


def _of_what_led_there(base: KnowledgeBase, ladder: PassageTable, held: str) -> Iterator[Passage]:
    """The usual moves of the posts of the lowest level that lead to the role held by the same kind of work: whoever
    holds it can do that work too, and does not go back to it for the sake of a move. Where the role held leads
    somewhere by itself, that way stands.
    """
    kind = base.roles[held].experience
    before, waiting = {held}, [held]
    while waiting:
        here = waiting.pop()
        more = {item.start for item in ladder.passages if item.to == here and item.start is not None} - before
        more = {role for role in more if base.roles[role].experience == kind}
        before |= more
        waiting += more
    own = {item.to for item in ladder.passages if item.start == held}
    for item in ladder.passages:
        first = item.start is not None and item.start in before - {held} and not ladder.levels[item.start]
        usual = isinstance(item.record, Move) and item.record.usual
        if first and usual and item.to not in own | before:
            yield replace(_held(item), start=held, by=item.start)


def _held(passage: Passage) -> Passage:
    """A move out of the role held: nobody asks how long ago somebody came to it."""
    usual = weeks_of(passage.record.years_low)
    return passage if passage.dwell == usual else replace(passage, dwell=usual)


def _usual(passage: Passage, person: Person) -> bool:
    """Whether people take a way as a step to something further on; from the role somebody holds any way will do."""
    return not isinstance(passage.record, Move) or passage.record.usual or passage.start == person.role


def _presumed(base: KnowledgeBase, person: Person, ladder: PassageTable) -> Iterator[Passage]:
    """Roles that somebody who named none must work in already: the work told, and all that employers ask for it;
    and roles with such work to apply for, where somebody of the field has the years that are asked."""
    within = any(person.weeks.get(kind, 0) > 0 for kind in ladder.begun)
    for role, way in ladder.asked.items():
        worked = person.weeks.get(base.roles[role].experience, 0) > 0
        if not worked or way.needs is None:
            continue
        qualified, own = holds(base, person, way.needs), _asks_own_work(base.roles[role])
        seasoned = within and _seasoned(base, person, way.needs)
        if (qualified and (own or role in ladder.firsts)) or (seasoned and own):
            yield Passage(None, role, way, applied=True, presumed=True)


def _worked_in(base: KnowledgeBase, person: Person, ladder: PassageTable, goal: str) -> Iterator[Passage]:
    """Where people begin the work that somebody has a year of, or come to it with what they were before: they had such
    a post, whatever is asked there today.

    Not the goal itself: to come back to it, what is asked today has to be there.
    """
    for way in ladder.passages:
        from_outside = way.start is None and way.to != goal
        open_to_all = way.background is None and way.kind is None and not ladder.levels[way.to] and way.needs
        if not from_outside or not (open_to_all or way.background in person.backgrounds):
            continue
        if person.weeks.get(base.roles[way.to].experience, 0) >= WEEKS_PER_YEAR:
            record = way.record.model_copy(update={"needs": None})
            yield Passage(None, way.to, record, applied=True, presumed=True)


def _asks_own_work(role: Role) -> bool:
    """Whether employers name years of a role's own kind of work among what may come before it."""
    return any(leaf.of == role.experience for item in role.requires.employers_ask for leaf in leaves(item.needs))


def _seasoned(base: KnowledgeBase, person: Person, condition: Condition) -> bool:
    """Whether no more work is needed for a condition, whatever else is."""
    if condition.any is not None:
        return any(_seasoned(base, person, child) for child in condition.any)
    if condition.all is not None:
        return all(_seasoned(base, person, child) for child in condition.all)
    return condition.years is None or holds(base, person, condition)
