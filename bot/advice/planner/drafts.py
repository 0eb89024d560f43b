"""The steps of a found way before they are tied: what, when, for how much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.advice.planner.cost_model import CostItem, assumed_in, cost_of
from bot.advice.planner.passages import Passage
from bot.advice.planner.person import holds
from bot.advice.planner.plan import NOTHING, Money, StepKind
from bot.advice.planner.preparing import Preparing
from bot.advice.planner.prerequisites import Prerequisite, Wait, why_of
from bot.advice.planner.search import SearchLabel
from bot.advice.planner.timeline import Milestone, Stay, Study, Timeline, only_after_work
from bot.advice.planner.words import Words
from bot.knowledge.conditions import leaves
from bot.knowledge.model import Requirement, Sourced


@dataclass
class Draft:
    """A step being written: `prerequisites` are what rests on it, `needs` what it rests on.

    `pages` are further sources by id; `search` is the step in which the post of a move is looked for. `binding` is
    what work ends for: what else rests on it was over sooner. `adds` is said after the reason.
    """

    id: str
    kind: StepKind
    title: str
    entity: str
    start: int
    end: int
    cost: Money | None = NOTHING
    why: str = ""
    records: list[Sourced | None] = field(default_factory=list)
    prerequisites: list[Prerequisite | Wait] = field(default_factory=list)
    needs: dict[str, None] = field(default_factory=dict)
    pages: list[str] = field(default_factory=list)
    search: str | None = None
    binding: Prerequisite | Wait | None = None
    adds: str = ""
    assumed: bool = False


@dataclass(frozen=True)
class WorkMark:
    """Work that is done in some week, and what waits for it `until` it begins itself."""

    week: int
    until: int
    prerequisite: Prerequisite | Wait


class Drafts:
    """Writes the drafts of one timeline.

    `all` has them by id; `deeds` says which makes what true, `entered` which enters the role of an
    entry (by its identity), `worked` which ends a kind of work in a week.
    """

    def __init__(
        self, timeline: Timeline, words: Words, prerequisites: Sequence[Prerequisite], waits: Sequence[Wait]
    ) -> None:
        self.timeline, self.words, self.base = timeline, words, timeline.base
        self.prerequisites, self.waits = prerequisites, waits
        self.all: dict[str, Draft] = {}
        self.deeds: dict[Milestone, str] = {}
        self.entered: dict[int, str] = {}
        self.worked: dict[tuple[str, int], str] = {}
        self.preparing = Preparing(timeline, words)
        for study in timeline.studies:
            self._study(study)
        for item in sorted(timeline.items):
            if item.kind == "lift":
                self._deed(item)
        self._moves()
        for stay in timeline.stays:
            self._years(stay)

    def _add(self, draft: Draft, *deeds: Milestone) -> Draft:
        count = 2
        wanted = draft.id
        while draft.id in self.all:
            draft.id, count = f"{wanted}-{count}", count + 1
        self.all[draft.id] = draft
        for deed in deeds:
            self.deeds.setdefault(deed, draft.id)
        return draft

    def _study(self, study: Study) -> None:
        entity, costs = study.item.entity, self.timeline.problem.regression.costs
        if study.item.kind == "education":
            school = self.base.education[entity]
            general = {level.id for level in self.base.assessment.education}
            kind: StepKind = "degree" if school.level in general else "study"
            parts = costs.parts(study.item)
            free = all(part is not None and not part.high for part in parts.values())
            key = "degree" if kind == "degree" else "self_study" if free else "course"
            title = self.words.text(f"plan_step_{key}", name=school.name)
            draft = Draft(f"{kind}-{entity}", kind, title, entity, study.start, study.end, cost_of(parts.values()))
            draft.records = [school.planning.hours, school.planning.weeks_at_least, *parts.values()]
            draft.adds, draft.assumed = self._known(study.item), assumed_in(parts.values())
            self._add(draft, Milestone("education", entity))
            return
        name = self.words.short(entity)
        hours = costs.quantity(entity, "study_hours")
        parts = costs.parts(study.item)
        title = self.words.text("plan_step_study", name=name)
        draft = Draft(f"study-{entity}", "study", title, entity, study.start, study.end)
        draft.cost, draft.assumed = cost_of([parts["materials"]]), assumed_in([parts["materials"]])
        draft.why = self.words.text(
            "plan_why_study" if hours is not None else "plan_why_study_unknown",
            name=name,
            hours=self.words.range(hours) if hours is not None else "",
        )
        draft.adds = self._known(study.item)
        draft.records = [hours, parts["materials"]]
        self._add(draft)
        self._exam(entity, draft.id)

    def _known(self, item: CostItem) -> str:
        """Why somebody needs fewer hours than others, where they do."""
        known = self.timeline.problem.regression.costs.familiar(item)
        return known.say if known is not None else ""

    def _exam(self, entity: str, study: str) -> None:
        week = self.timeline.exam_week(entity)
        week = week if week is not None else self.timeline.week
        costs = self.timeline.problem.regression.costs
        record = self.base.certifications[entity]
        joined = self._joins(entity, week)
        parts = [costs.parts(CostItem("exam", entity))["exam_fee"]]
        if joined is not None:
            parts += costs.parts(joined).values()
        first = record.provisional is not None and self.timeline.full_week(entity) != week
        title = self.words.text("plan_step_exam", name=self.words.short(entity))
        if first:
            provisional = self.words.short(str(record.provisional))
            title = self.words.text("plan_step_exam_provisional", name=self.words.short(entity), first=provisional)
        draft = Draft(f"exam-{entity}", "exam", title, entity, week, week, cost_of(parts))
        draft.records, draft.assumed = [*parts], assumed_in(parts)
        draft.needs[study] = None
        self._add(draft, Milestone("exam", entity), *(() if first else (Milestone("lift", entity),)))

    def _joins(self, entity: str, week: int) -> CostItem | None:
        """The membership that this exam is the first to need."""
        costs = self.timeline.problem.regression.costs
        membership = costs.membership_of(entity)
        if membership not in self.timeline.items:
            return None
        others = [item.entity for item in self.timeline.items if item.kind == "exam" and item.entity != entity]
        rivals = [
            (self.timeline.exam_week(other) or 0, other) for other in others if costs.membership_of(other) == membership
        ]
        return membership if all((week, entity) < rival for rival in rivals) else None

    def _deed(self, item: CostItem) -> None:
        if Milestone("lift", item.entity) in self.deeds:
            return
        record = self.base.certifications[item.entity]
        week = self.timeline.full_week(item.entity) or 0
        provisional = self.words.short(str(record.provisional))
        title = self.words.text("plan_step_deed", full=self.words.short(item.entity), provisional=provisional)
        draft = Draft(f"deed-{item.entity}", "deed", title, item.entity, week, week)
        draft.why = self.words.text("plan_why_deed", full=self.words.short(item.entity), provisional=provisional)
        self._add(draft, Milestone("lift", item.entity))

    def _moves(self) -> None:
        """Moves, without roles held for no time at all: what they need goes over to the next move."""
        flags = self.timeline.problem.flags
        skipped: list[SearchLabel] = []
        for number, entry in enumerate(self.timeline.entries):
            passage = entry.way.passage if entry.way is not None else None
            if passage is None:
                continue
            if self._presumed(entry):
                continue
            following = self.timeline.entries[number + 1 :][:1]
            passing = any(after.week == entry.week and after.way and after.way.passage for after in following)
            if passing and passage.to not in flags:
                skipped.append(entry)
                continue
            role = self.base.roles[passage.to]
            title = self.words.text("plan_step_move", name=role.name)
            draft = Draft(f"move-{role.id}", "move", title, role.id, entry.week, entry.week)
            draft.why, draft.records = self._why(entry, passage)
            if passage.record.source is None:
                draft.records += [item for item in role.requires.employers_ask if item.source is not None][:1]
            self._add(draft, Milestone("role", role.id))
            self._prepare(draft, entry)
            for label in (*skipped, entry):
                self.entered[id(label)] = draft.id
            skipped = []

    def _why(self, entry: SearchLabel, passage: Passage) -> tuple[str, list[Sourced | None]]:
        """Why a move is where it is, and that it is a step down or an entry below the level held where it is; and
        where that is written."""
        why, records = why_of(passage, self.words), [passage.record]
        held, levels = self.timeline.person.role, self.timeline.problem.level_of
        if held is None or levels[passage.to] >= levels[held]:
            return why, [*records]
        name = self.base.roles[held].name
        if passage.to == self.timeline.problem.goal:
            return f"{self.words.text('plan_why_down', held=name)} {why}", [*records]
        reason = self._asked_after(entry, self.base.roles[passage.to].experience)
        if reason is None:
            return why, [*records]
        role, requirement = reason
        below = self.words.text("plan_why_below", held=name, name=self.base.roles[role].name, text=requirement.say)
        return f"{below} {why}", [requirement, *records]

    def _asked_after(self, entry: SearchLabel, kind: str) -> tuple[str, Requirement] | None:
        """The first post after an entry that asks for years of a kind which somebody has not, and says by whom."""
        entries, person = self.timeline.entries, self.timeline.person
        found: list[tuple[str, Requirement]] = []
        for later in entries[entries.index(entry) + 1 :]:
            for requirement in self.base.roles[str(later.role)].requires.employers_ask if later.role else ():
                needs = requirement.needs
                if any(leaf.of == kind for leaf in leaves(needs)) and needs and not holds(self.base, person, needs):
                    found.append((str(later.role), requirement))
        # What cannot be met without work, and says who asks it, is the better reason.
        found.sort(key=lambda item: (item[1].source is None, not only_after_work(item[1].needs)))
        return found[0] if found else None

    def _prepare(self, move: Draft, entry: SearchLabel) -> None:
        """The steps that lead up to a move, done in the role before."""
        before = self.entered.get(id(entry.parent))
        done: list[str] = []
        for item in self.preparing.before(entry):
            draft = Draft(item.id, "deed", item.title, move.entity, item.start, item.end, why=item.why)
            draft.records = [*item.records]
            draft.pages = [item.source] if item.source is not None else []
            earlier = done if item.end > item.start else []
            draft.needs = dict.fromkeys([before, *earlier] if before is not None else earlier)
            self._add(draft)
            move.needs[draft.id] = None
            done.append(draft.id)
            if item.end > item.start:
                move.search = draft.id

    def _presumed(self, entry: SearchLabel) -> bool:
        """Whether somebody who named no role must hold this one already, from the years told."""
        person = self.timeline.person
        at_once = entry.week == 0 and person.role is None and not (entry.way is not None and entry.way.final)
        return at_once and person.weeks.get(self.base.roles[str(entry.role)].experience, 0) > 0

    def _years(self, stay: Stay) -> None:
        """The work of one stay, cut where something begins that was waiting for it."""
        if stay.end == stay.start:
            return
        kind = self.base.roles[stay.role].experience
        start, before = stay.start, self.entered.get(id(stay.enters))
        spells = list(_spells(self._marks(stay, kind)))
        for marks in spells:
            # Before work goes on, what waited for it comes in between.
            week = marks[-1].week if marks is spells[-1] else min(mark.until for mark in marks)
            length = self.words.length(week - start)
            key = "plan_step_years" if stay.enters is not None and start == stay.start else "plan_step_years_on"
            title = self.words.text(key, name=self.base.roles[stay.role].name, length=length)
            draft = self._add(Draft(f"years-{stay.role}", "years", title, stay.role, start, week))
            if before is not None:
                draft.needs[before] = None
            draft.binding = next((mark.prerequisite for mark in marks if mark.week >= week), None)
            for mark in marks:
                draft.prerequisites.append(mark.prerequisite)
                self.worked[kind, mark.week] = draft.id
            start, before = week, draft.id

    def _marks(self, stay: Stay, kind: str) -> Iterator[WorkMark]:
        """What waits for work in a stay."""
        for wait in self.waits:
            if wait.stay is stay and wait.week > stay.start:
                yield WorkMark(min(wait.week, stay.end), stay.end, wait)
        for prerequisite in self.prerequisites:
            if prerequisite.deed.kind == "work" and prerequisite.deed.entity == kind:
                week = self.timeline.worked(kind, prerequisite.deed.weeks)
                if week is not None and week > stay.start:
                    week = min(week, stay.end)
                    yield WorkMark(week, max(week, min(self._begins(prerequisite), stay.end)), prerequisite)

    def _begins(self, prerequisite: Prerequisite) -> int:
        """The week in which the step comes that rests on a prerequisite."""
        if isinstance(prerequisite.by, Milestone):
            draft = self.deeds.get(prerequisite.by)
            return self.all[draft].start if draft is not None else self.timeline.week
        return prerequisite.by.week if prerequisite.by is not None else self.timeline.week


def _spells(marks: Iterable[WorkMark]) -> Iterator[list[WorkMark]]:
    """Marks in order, as few spells of work as there can be: one goes on until something of it begins."""
    spell: list[WorkMark] = []
    for mark in sorted(marks, key=lambda mark: mark.week):
        if spell and mark.week > min(item.until for item in spell):
            yield spell
            spell = []
        spell.append(mark)
    if spell:
        yield spell
