"""A found way as steps: titles, reasons, costs, sources, and which step rests on which."""

from __future__ import annotations

from collections.abc import Iterator

from bot.advice.planner.drafts import Draft, Drafts
from bot.advice.planner.plan import PRACTICE, Step, StepKind
from bot.advice.planner.prerequisites import Prerequisite, Wait, prerequisites, waits
from bot.advice.planner.timeline import Milestone, Timeline
from bot.advice.planner.words import Words
from bot.knowledge.conditions import leaves
from bot.knowledge.model import Label, Requirement, Sourced

# What happens in the same week happens in this order.
_ORDER: tuple[StepKind, ...] = ("exam", "deed", "move", "study", "degree", "years", "upkeep")


class Steps:
    """Ties the steps of one timeline. `asked`: what employers ask for the goal, if the way does all of it."""

    def __init__(self, timeline: Timeline, words: Words, asked: tuple[Requirement, ...] = ()) -> None:
        self.timeline, self.words, self.base = timeline, words, timeline.base
        self.prerequisites = list(prerequisites(timeline, words, asked))
        self.waits = list(waits(timeline, words))
        self.drafts = Drafts(timeline, words, self.prerequisites, self.waits)

    def written(self) -> tuple[Step, ...]:
        """The steps, each after everything it needs."""
        self._tie()
        return tuple(self._finished(draft) for draft in self._ordered())

    def _tie(self) -> None:
        """Needs and reasons of every step: roles in their order, time in them, then the prerequisites."""
        for entry in self.timeline.entries:
            self._rest(self.drafts.entered.get(id(entry)), self.drafts.entered.get(id(entry.parent)))
        for wait in self.waits:
            kind = self.base.roles[wait.stay.role].experience
            self._rest(self.drafts.entered.get(id(wait.stay.leaves)), self.drafts.worked.get((kind, wait.week)))
        for prerequisite in self.prerequisites:
            step, by = self._step_of(prerequisite.deed), self._by(prerequisite)
            if step is not None and step != by and self._rest(by, step):
                self.drafts.all[step].prerequisites.append(prerequisite)
        self._beside()
        for draft in list(self.drafts.all.values()):
            self._search_after(draft)

    def _beside(self) -> None:
        """Exams that nothing rests on serve the goal all the same."""
        last = self.drafts.entered.get(id(self.timeline.entries[-1])) if self.timeline.entries else None
        used = {need for draft in self.drafts.all.values() for need in draft.needs}
        for draft in list(self.drafts.all.values()):
            if draft.kind in ("exam", "deed") and draft.entity in self.base.certifications and draft.id not in used:
                self._rest(last, draft.id)

    def _search_after(self, move: Draft) -> None:
        """What is over when the search for a post begins is shown to employers, so the search rests on it."""
        search = self.drafts.all[move.search] if move.search is not None else None
        for need in list(move.needs) if search is not None else ():
            if search is not None and need != search.id and self.drafts.all[need].end <= search.start:
                self._rest(search.id, need)

    def _rest(self, by: str | None, step: str | None) -> bool:
        """Lets one step rest on another; False where that one rests on it already.

        In a role entered this week something may come true that employers also ask for it.
        """
        if by is None or step is None or by == step:
            return by is None
        waiting, seen = [step], {step}
        while waiting:
            for need in self.drafts.all[waiting.pop()].needs:
                if need not in seen:
                    seen.add(need)
                    waiting.append(need)
        if by in seen:
            return False
        self.drafts.all[by].needs[step] = None
        return True

    def _step_of(self, deed: Milestone) -> str | None:
        if deed.kind == "work":
            week = self.timeline.worked(deed.entity, deed.weeks)
            return self.drafts.worked.get((deed.entity, week)) if week is not None else None
        return self.drafts.deeds.get(deed)

    def _by(self, prerequisite: Prerequisite) -> str | None:
        if isinstance(prerequisite.by, Milestone):
            return self.drafts.deeds.get(prerequisite.by)
        return self.drafts.entered.get(id(prerequisite.by)) if prerequisite.by is not None else None

    def _ordered(self) -> Iterator[Draft]:
        left = dict(sorted(self.drafts.all.items(), key=lambda pair: (pair[1].start, self._rank(pair[1]), pair[0])))
        while left:
            ready = (draft for draft in left.values() if not draft.needs.keys() & left.keys())
            draft = next(ready)
            del left[draft.id]
            yield draft

    def _rank(self, draft: Draft) -> int:
        """Where a step stands among those of the same week: what costs nothing is tried before anything is paid for,
        and what else only prepares comes last."""
        if draft.id.startswith(PRACTICE):
            return -1
        return len(_ORDER) if draft.entity in self.base.roles and draft.kind == "deed" else _ORDER.index(draft.kind)

    def _finished(self, draft: Draft) -> Step:
        prerequisite = draft.binding or next(iter(draft.prerequisites), None)
        if draft.kind == "study" and draft.id.removeprefix("study-") in self.base.certifications:
            # Study serves its exam, so it stands under what the exam stands under.
            prerequisite = next(iter(self.drafts.all[f"exam-{draft.entity}"].prerequisites), None)
        label = self._label(draft.entity, prerequisite)
        why = draft.why or (prerequisite.why if prerequisite is not None else self._aim(draft))
        why = f"{why} {draft.adds}" if draft.adds else why
        records: list[Sourced | None] = [*(item.record for item in draft.prerequisites), *draft.records]
        sources = self.words.cited(records, draft.pages)
        if not sources and draft.kind in ("study", "exam", "degree"):
            sources = self.words.cited(self._known_of(draft.entity))
        return Step(
            id=draft.id,
            kind=draft.kind,
            title=self._title(draft),
            entity=draft.entity,
            label=label if draft.kind != "move" else None,
            why=why,
            weeks=draft.end - draft.start,
            starts_week=draft.start,
            cost=draft.cost,
            needs=tuple(sorted(draft.needs, key=list(self.drafts.all).index)),
            sources=sources,
            assumed=draft.assumed,
        )

    def _label(self, entity: str, prerequisite: Prerequisite | Wait | None) -> Label | None:
        """What a step stands under: an exam that only gives the provisional title under what asks for the full one."""
        if not isinstance(prerequisite, Prerequisite):
            return "employers_ask" if prerequisite is not None else None
        full = self.drafts.all.get(f"deed-{entity}")
        if prerequisite.category is None and prerequisite.deed.kind == "exam" and full is not None:
            # Its provisional title may serve a post by itself.
            both = (*self.drafts.all[f"exam-{entity}"].prerequisites, *full.prerequisites)
            asked = (item.category for item in both if isinstance(item, Prerequisite))
            return next((category for category in asked if category is not None), None)
        return prerequisite.category

    def _title(self, draft: Draft) -> str:
        """What a step is called: of a degree that may be of any field only the level is asked."""
        levels = {level.id: level.name for level in self.base.assessment.education}
        school = self.base.education.get(draft.entity)
        if draft.kind != "degree" or school is None or school.level not in levels:
            return draft.title
        own = {draft.entity, *self.timeline.person.gives[draft.entity]} - levels.keys()
        asked = [
            {leaf.education for leaf in leaves(getattr(prerequisite.record, "needs", None))}
            for prerequisite in draft.prerequisites
        ]
        # Where the level alone would do, naming this degree among others asks for nothing more.
        if not asked or any(schools & own and school.level not in schools for schools in asked):
            return draft.title
        return self.words.text("plan_step_degree_any", level=levels[school.level], name=school.name)

    def _aim(self, draft: Draft) -> str:
        """The reason for a step that nothing asks for by name."""
        goal = self.timeline.problem.goal
        if goal in self.base.certifications or draft.entity == goal:
            return self.words.text("plan_why_goal")
        return self.words.text("plan_why_beside", name=self.words.short(goal))

    def _known_of(self, entity: str) -> tuple[Sourced, ...]:
        """The first thing known of an exam or a school that says where it is from."""
        facts = (fact for known in self.base.entities[entity].facts.values() for fact in known)
        return tuple(fact for fact in facts if fact.source is not None)[:1]
