"""A found way, week by week: which role when, which study when, and when each condition is met."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from bot.advice.planner.cost_model import CostItem
from bot.advice.planner.person import holds, weeks_of
from bot.advice.planner.problem import SearchProblem
from bot.advice.planner.search import SearchLabel, gated
from bot.knowledge.conditions import leaves
from bot.knowledge.model import Condition

_NEVER = 1 << 60


@dataclass(frozen=True)
class Stay:
    """A role held from a week to a week; what it takes to leave it is in `leaves`."""

    role: str
    start: int
    end: int
    enters: SearchLabel | None
    leaves: SearchLabel


@dataclass(frozen=True)
class Study:
    """An exam or a school prepared or attended from a week to a week."""

    item: CostItem
    start: int
    end: int


@dataclass(frozen=True)
class Milestone:
    """Something the plan makes true: an exam passed, a label lifted, a school finished, weeks worked, a role held."""

    kind: Literal["exam", "lift", "education", "work", "role"]
    entity: str
    weeks: int = 0


class Timeline:
    """The weeks of one way. `entries` are its labels after the start, the goal's last."""

    def __init__(self, problem: SearchProblem, goal: SearchLabel) -> None:
        self.problem = problem
        self.base, self.person = problem.regression.base, problem.regression.person
        entries = []
        label: SearchLabel | None = goal
        while label is not None and label.parent is not None:
            entries.append(label)
            label = label.parent
        self.entries = tuple(reversed(entries))
        self.week = goal.week
        self.items = frozenset(problem.listed(goal.items))
        self.stays = tuple(
            Stay(label.parent.role, label.parent.week, label.week, label.parent if label.parent.way else None, label)
            for label in self.entries
            if label.parent is not None and label.parent.role is not None
        )
        self._known: dict[CostItem, int | None] = {}
        self._open: set[CostItem] = set()
        self.studies: tuple[Study, ...] = ()
        for label in self.entries:
            self._study(label)
        self._put_off()

    def _study(self, label: SearchLabel) -> None:
        """Puts the studies that one entry asks for after those before it."""
        parent, ask = label.parent, label.ask
        if parent is None or ask is None:
            return
        doors = {item: opens for opens, item in gated(parent, ask, self.problem)}
        opens_at = {self.problem.listed(bit)[0]: opens for bit, opens in doors.items()}
        new = [item for item in self.problem.listed(ask.items & ~parent.items) if item.kind in ("exam", "education")]
        waiting = sorted((item for item in new if item not in opens_at), key=self._preference)
        while waiting:
            ready = (
                item for item in waiting if self._ready(item, label.week) and not self._better_after(item, waiting)
            )
            study = next(ready, waiting[0])
            waiting.remove(study)
            self._append(study, 0)
        for item, opens in opens_at.items():
            self._append(item, opens)

    def _put_off(self) -> None:
        """Nobody studies years before an exam opens: such a study ends when its exam can be sat."""
        later: list[Study] = []
        for study in reversed(self.studies):
            opens = self.exam_week(study.item.entity) if study.item.kind == "exam" else None
            last = later[-1].start if later else self.week
            shift = max(0, min(opens if opens is not None else study.end, last) - study.end)
            later.append(Study(study.item, study.start + shift, study.end + shift))
        self.studies = tuple(reversed(later))
        self._known.clear()

    def _append(self, item: CostItem, opens: int) -> None:
        start = max(opens, self.studies[-1].end if self.studies else 0)
        self.studies += (Study(item, start, start + self.problem.regression.costs.weeks(item)),)
        self._known.clear()

    def _preference(self, item: CostItem) -> tuple[bool, int, str]:
        """What its body advises no years of work before comes first, then the shorter one: it serves sooner."""
        record = self.base.certifications.get(item.entity)
        advice = record.requires.body_recommends if record is not None and item.kind == "exam" else ()
        seasoned = any(only_after_work(requirement.needs) for requirement in advice)
        return seasoned, self.problem.regression.costs.weeks(item), item.entity

    def _better_after(self, item: CostItem, waiting: Iterable[CostItem]) -> bool:
        """Whether something still to come is better done first: schools that a body advises before
        its exam, and the exam before schools that only serve to shed its provisional label."""
        others = [other for other in waiting if other.kind != item.kind]
        if item.kind == "exam":
            return any(self._advised(item, school) for school in others)
        return any(self._sheds(item, exam) and not self._advised(exam, item) for exam in others)

    def _advised(self, exam: CostItem, school: CostItem) -> bool:
        """Whether a body advises a school before an exam."""
        advised = self.base.certifications[exam.entity].requires.body_recommends
        named = {leaf.education for advice in advised for leaf in leaves(advice.needs)}
        return bool(self.person.gives[school.entity] & named)

    def _sheds(self, school: CostItem, exam: CostItem) -> bool:
        """Whether a school is named among the ways to shed the label that an exam gives first."""
        provisional = self.base.certifications[exam.entity].provisional
        ways = self.base.certifications[provisional].lift if provisional is not None else ()
        named = {leaf.education for way in ways for leaf in leaves(way.needs)}
        return bool(self.person.gives[school.entity] & named)

    def _ready(self, item: CostItem, week: int) -> bool:
        """Whether what stands before a study is behind it, and not only in the post entered in a week, or after."""
        record = self.base.education.get(item.entity) or self.base.certifications[item.entity]
        met = (self.met(gate.needs) for gate in record.requires.exam_requires)
        return all(opens is not None and (opens < week or not opens) for opens in met)

    def end_of(self, item: CostItem) -> int | None:
        """The week in which a study is over."""
        return next((study.end for study in self.studies if study.item == item), None)

    def exam_week(self, certification: str) -> int | None:
        """The week in which an exam can be passed: studied, and its gates open. None: not in this way."""
        return self._once(CostItem("exam", certification), self._exam_week)

    def opens_week(self, certification: str) -> int | None:
        """The week in which the rules of an exam let somebody in; None: not in this way."""
        gates = self.base.certifications[certification].requires.exam_requires
        return _latest(self.met(gate.needs) for gate in gates)

    def _exam_week(self, certification: str) -> int | None:
        return _latest([self.end_of(CostItem("exam", certification)), self.opens_week(certification)])

    def full_week(self, certification: str) -> int | None:
        """The week from which a credential is held without any provisional label."""
        if certification in self.person.certifications:
            return 0
        if self.base.certifications[certification].provisional is None:
            return self.exam_week(certification)
        return self._once(CostItem("lift", certification), self._full_week)

    def _full_week(self, certification: str) -> int | None:
        provisional = str(self.base.certifications[certification].provisional)
        sat = 0 if provisional in self.person.certifications else self.exam_week(certification)
        return _latest([sat, _earliest(self.met(way.needs) for way in self.base.certifications[provisional].lift)])

    def _once(self, item: CostItem, work_out: Callable[[str], int | None]) -> int | None:
        """Worked out once; what stands behind itself is never a way, and nothing is kept from inside a circle."""
        if item in self._known:
            return self._known[item]
        if item in self._open:
            return None
        self._open.add(item)
        week = work_out(item.entity)
        self._open.discard(item)
        if not self._open:
            self._known[item] = week
        return week

    def worked(self, kind: str, weeks: int) -> int | None:
        """The week in which somebody has worked so many weeks of a kind, the years before included."""
        missing = weeks - self.person.weeks.get(kind, 0)
        if missing <= 0:
            return 0
        for stay in self.stays:
            if self.base.roles[stay.role].experience == kind:
                if stay.end - stay.start >= missing:
                    return stay.start + missing
                missing -= stay.end - stay.start
        return None

    def met(self, condition: Condition | None) -> int | None:
        """The first week in which a condition is met; None where the way never meets it."""
        if condition is None or holds(self.base, self.person, condition):
            return 0
        if condition.any is not None:
            return _earliest(map(self.met, condition.any))
        if condition.all is not None:
            return _latest(map(self.met, condition.all))
        return self._met(condition)

    def _met(self, leaf: Condition) -> int | None:
        if leaf.certification is not None:
            full = self.base.certifications[leaf.certification].full
            return self.exam_week(full) if full is not None else self.full_week(leaf.certification)
        if leaf.education is not None:
            return _earliest(study.end for study in self.studies if self._gives(study.item, leaf))
        if leaf.years is not None:
            return self.worked(str(leaf.of), weeks_of(leaf.years))
        return _earliest(stay.start for stay in self.stays if stay.role == leaf.role)

    def _gives(self, item: CostItem, leaf: Condition) -> bool:
        return (
            item.kind == "education"
            and leaf.education in self.person.gives[item.entity]
            and (leaf.accredited is None or self.base.education[item.entity].accreditation == leaf.accredited)
        )

    def deeds(self, condition: Condition | None) -> tuple[Milestone, ...]:
        """What of this way meets a condition, by its earliest branch; nothing for what is held already."""
        if condition is None or holds(self.base, self.person, condition):
            return ()
        if condition.any is not None:
            return self.deeds(min(condition.any, key=lambda child: _or_never(self.met(child))))
        if condition.all is not None:
            return tuple(deed for child in condition.all for deed in self.deeds(child))
        if condition.certification is not None:
            record = self.base.certifications[condition.certification]
            if record.full is not None:
                return (Milestone("exam", record.full),)
            return (Milestone("lift" if record.provisional is not None else "exam", record.id),)
        if condition.education is not None:
            found = (study for study in self.studies if self._gives(study.item, condition))
            return tuple(Milestone("education", study.item.entity) for study in list(found)[:1])
        if condition.years is not None:
            return (Milestone("work", str(condition.of), weeks_of(condition.years)),)
        return (Milestone("role", str(condition.role)),)


def _earliest(weeks: Iterable[int | None]) -> int | None:
    return min((week for week in weeks if week is not None), default=None)


def _latest(weeks: Iterable[int | None]) -> int | None:
    latest = 0
    for week in weeks:
        if week is None:
            return None
        latest = max(latest, week)
    return latest


def _or_never(week: int | None) -> int:
    return _NEVER if week is None else week


def only_after_work(condition: Condition | None) -> bool:
    """Whether a condition cannot be met without years of work."""
    if condition is None:
        return False
    if condition.any is not None:
        return all(map(only_after_work, condition.any))
    if condition.all is not None:
        return any(map(only_after_work, condition.all))
    return condition.years is not None
