"""What leads up to a new post: practice that is free, nearby posts, proofs, and the search itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.advice.planner.person import WEEKS_PER_YEAR
from bot.advice.planner.plan import PRACTICE, SEARCH
from bot.advice.planner.search import SearchLabel
from bot.advice.planner.timeline import Timeline
from bot.advice.planner.words import Words
from bot.knowledge.choosing import Deed, HiringStep
from bot.knowledge.conditions import certifications_in
from bot.knowledge.facts import Sourced

# Of what a role does all day so much is practised before it; more would be a course.
MOST_PRACTICE = 2
# A deed of at least this weight is part of a role's work.
PART_OF_THE_WORK = 2


@dataclass(frozen=True)
class Preparation:
    """One thing done before a post, in a week or from one week to another. `source`: a page to do it with."""

    id: str
    title: str
    why: str
    start: int
    end: int
    records: tuple[Sourced | None, ...] = ()
    source: str | None = None


@dataclass
class Preparing:
    """Finds what leads up to each post of a way; nothing is named twice in one plan."""

    timeline: Timeline
    words: Words
    _named: set[str] = field(default_factory=set)

    def before(self, entry: SearchLabel) -> Iterator[Preparation]:
        """What leads up to the post entered, the search last."""
        way, parent = entry.way, entry.parent
        if way is None or way.passage is None or parent is None or not self._looked_for(entry):
            return
        base, role = self.timeline.base, way.passage.to
        first, begins, search = self._first(entry), parent.week, max(parent.week, entry.week - way.hunt)
        # What is shown to employers is got ready in the half-year before, not years ahead.
        soon = max(begins, search - WEEKS_PER_YEAR // 2)
        if first or role == self.timeline.problem.goal:
            for deed in self._practice(entry, role):
                if deed.practice is not None:
                    yield Preparation(
                        f"{PRACTICE}{deed.id}",
                        deed.practice.say,
                        deed.practice.why,
                        begins if first else soon,
                        begins if first else soon,
                        source=deed.practice.source,
                    )
            for step in self._hiring(role, first=first):
                before = step.weeks_before
                week = begins if step.first else soon if before is None else max(begins, search - before)
                yield Preparation(f"hiring-{step.id}", self._said(step), step.why, week, week, (step,))
        hiring = base.choosing.hiring
        if hiring.weeks is not None and way.hunt:
            title = self.words.text("plan_step_search", name=base.roles[role].name)
            why = hiring.say or self.words.text("plan_why_search", weeks=self.words.range(hiring.weeks))
            yield Preparation(f"{SEARCH}{role}", title, why, search, entry.week, (hiring.weeks,))

    def _looked_for(self, entry: SearchLabel) -> bool:
        """Whether a post has to be found: nobody looks for one that they hold."""
        return entry.week > 0 or not self.timeline.problem.record(entry.role, None)

    def _first(self, entry: SearchLabel) -> bool:
        """Whether it is somebody's first post in the field."""
        outside = entry.parent is not None and entry.parent.role is None
        return outside and not self.timeline.problem.record(entry.role, None) and not self._of_the_field()

    def _of_the_field(self) -> bool:
        """Whether somebody has done work that only posts of the field give, of whichever kind."""
        base, person = self.timeline.base, self.timeline.person
        own = {role.experience for role in base.roles.values()} - {
            item.experience for item in base.assessment.backgrounds
        }
        return any(person.weeks.get(kind, 0) >= WEEKS_PER_YEAR for kind in own)

    def _practice(self, entry: SearchLabel, role: str) -> Iterator[Deed]:
        """The deeds of a role's work that may be practised before, what weighs most first."""
        base, person = self.timeline.base, self.timeline.person
        worked = {kind for kind, weeks in person.weeks.items() if weeks > 0}
        worked |= {base.roles[stay.role].experience for stay in self.timeline.stays if stay.end <= entry.week}
        if self._named_there(role) & person.certifications:
            worked.add(base.roles[role].experience)  # the exam has shown what the work is
        setting, held = person.setting, self._held(entry)
        fitting = [
            deed
            for deed in base.choosing.deeds
            if deed.practice is not None
            and deed.id not in self._named
            and deed.roles.get(role, 0) >= PART_OF_THE_WORK
            and (worked & set(deed.experience) if deed.experience else not worked & self._tasted(deed))
            and (not deed.settings or setting is None or setting in deed.settings)
            and (not deed.practice.at_work or self._employed(entry))
            # What somebody does all day they need not practise.
            and not any(deed.roles.get(post, 0) >= PART_OF_THE_WORK for post in held)
        ]
        # What only people with such work can do comes before what anybody can; then what a page is known for.
        fitting.sort(key=lambda deed: (-deed.roles[role], not deed.experience, not _paged(deed)))
        for deed in fitting[:MOST_PRACTICE]:
            self._named.add(deed.id)
            yield deed

    def _named_there(self, role: str) -> frozenset[str]:
        """The credentials that employers name for a role."""
        asked = self.timeline.base.roles[role].requires.employers_ask
        return frozenset(item for requirement in asked for item in certifications_in(requirement.needs))

    def _tasted(self, deed: Deed) -> set[str]:
        """The kinds of work that a deed belongs to: whoever has done one needs no first taste of it."""
        roles = self.timeline.base.roles
        known = deed.practice.known if deed.practice is not None else ()
        return {roles[post].experience for post, part in deed.roles.items() if part >= PART_OF_THE_WORK} | {*known}

    def _held(self, entry: SearchLabel) -> list[str]:
        """The roles in which somebody works or has worked before a post."""
        own = [self.timeline.person.role] if self.timeline.person.role is not None else []
        return [*own, *(stay.role for stay in self.timeline.stays if stay.start < stay.end <= entry.week)]

    def _employed(self, entry: SearchLabel) -> bool:
        """Whether somebody has a post before another: one of the field, or work that no role of the field gives.

        Years of the field without a role named are no post: who was let go has them too.
        """
        base, person = self.timeline.base, self.timeline.person
        outside = set(person.weeks) - {role.experience for role in base.roles.values()}
        hired = any(0 < stay.start < stay.end <= entry.week for stay in self.timeline.stays)
        return person.role is not None or hired or any(person.weeks[kind] for kind in outside)

    def _said(self, step: HiringStep) -> str:
        """What a step says to whoever has told a limit that it may not fit."""
        limits = (step.instead.get(limit) for limit in self.timeline.person.limits)
        return next((text for text in limits if text is not None), step.say)

    def _hiring(self, role: str, *, first: bool) -> Iterator[HiringStep]:
        base, goal = self.timeline.base, self.timeline.problem.goal
        for step in base.choosing.hiring.steps:
            wanted = first if step.first else first or role == goal
            fits = (not step.levels or base.roles[role].level in step.levels) and (not step.roles or role in step.roles)
            begun = any(self.timeline.person.weeks.get(kind, 0) >= WEEKS_PER_YEAR for kind in step.not_after)
            if wanted and fits and not begun and step.id not in self._named:
                self._named.add(step.id)
                yield step


def _paged(deed: Deed) -> bool:
    """Whether a page is known where a deed can be practised for nothing."""
    return deed.practice is not None and deed.practice.source is not None
