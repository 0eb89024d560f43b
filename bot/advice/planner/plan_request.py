"""The three routes to a goal: found, timed, and written as steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import or_

from bot.advice.planner.cost_model import CostModel
from bot.advice.planner.demands import DONE, Demand, Demands, Regression, both
from bot.advice.planner.feasibility import Explorer, Feasible, Fit, fit_of
from bot.advice.planner.passages import Passage, ladder_of, open_to
from bot.advice.planner.person import Person, holds, person_of
from bot.advice.planner.plan import NOTHING, Money, Route, RouteName, Step
from bot.advice.planner.problem import SearchProblem
from bot.advice.planner.search import Aim, SearchLabel, search
from bot.advice.planner.steps import Steps
from bot.advice.planner.timeline import Timeline
from bot.advice.planner.words import Words
from bot.advice.profile import Profile
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.conditions import certifications_in, leaves
from bot.knowledge.model import Condition, Requirement

_AIMS: dict[RouteName, Aim] = {"fastest": "weeks", "cheapest": "cost", "strongest": "weeks"}


@dataclass(frozen=True)
class FoundRoute:
    """A route with the weeks it was written from."""

    route: Route
    timeline: Timeline


class PlanRequest:
    """One person's search for one goal: the parts are worked out when they are asked for.

    `like` is the same search with one answer changed; what that answer cannot touch is taken from it.
    """

    def __init__(self, base: KnowledgeBase, profile: Profile, goal: str, like: PlanRequest | None = None) -> None:
        self.base, self.profile, self.goal, self._like = base, profile, goal, like
        self.person: Person = person_of(base, profile)
        self.words = Words(base)
        self.costs = CostModel(base, self.person)

    @cached_property
    def _open(self) -> tuple[tuple[Passage, ...], Feasible, int]:
        """The passages this person may take, all that they lead to, and how far they were widened: no further than
        it takes for some way to lead to the goal."""
        if self._like is not None and self._same_but("hours_per_week", "setting"):
            return self._like._open
        for number, passages in enumerate(self._variants):
            feasible = Explorer(self.base, self.person, passages).explore()
            found = passages, feasible, number
            if self.goal in feasible.roles or self.goal in feasible.certifications:
                break
        return found

    @cached_property
    def _variants(self) -> tuple[tuple[Passage, ...], ...]:
        return tuple(open_to(self.base, self.person, self.goal))

    @property
    def _below(self) -> bool:
        """Whether this search may begin below the level held: only where there is no other way."""
        return self.person.role is not None and self._open[2] == len(self._variants) - 1

    def _widened(self) -> bool:
        """Opens more ways, where this search found none: False if there are no more."""
        if self._open[2] == len(self._variants) - 1 or not self.possible:
            return False
        number = self._open[2] + 1
        feasible = Explorer(self.base, self.person, self._variants[number]).explore()
        for key in ("regression", "problem", "asked", "_before", "_best"):
            self.__dict__.pop(key, None)
        self.__dict__["_open"] = self._variants[number], feasible, number
        return True

    @cached_property
    def label(self) -> SearchLabel | None:
        """How the search reached the goal fastest; None where no way leads there."""
        found = None
        while found is None:
            found = search(self.problem, "weeks") if self.possible and self.problem.leads_on else None
            if found is None and not self._widened():
                break
        return found

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every way into every role that this person may take."""
        return self._open[0]

    @property
    def feasible(self) -> Feasible:
        """What this person can reach at all: no matter how fast, or in which workplace."""
        return self._open[1]

    def _same_but(self, *keys: str) -> bool:
        """Whether only some keys differ from the search this one is like."""
        like = self._like.profile if self._like is not None else Profile()
        return self.profile.model_copy(update={key: getattr(like, key) for key in keys}) == like

    @property
    def reached(self) -> bool:
        """Whether the goal is held already."""
        return self.goal == self.person.role or self.goal in self.person.certifications

    @property
    def down(self) -> bool:
        """Whether the goal stands on a lower level than the role held."""
        levels = ladder_of(self.base).levels
        held = self.person.role
        return held is not None and self.goal in levels and levels[self.goal] < levels[held]

    @property
    def possible(self) -> bool:
        """Whether the goal can be reached, time and money aside."""
        return self.goal in self.feasible.roles or self.goal in self.feasible.certifications

    @cached_property
    def fit(self) -> Fit:
        """Which credentials suit the country and the workplace."""
        return fit_of(self.base, self.profile, self.goal)

    @cached_property
    def regression(self) -> Regression:
        """Conditions worked out for this person."""
        return Regression(self.base, self.person, self.costs, self.feasible, self.fit)

    @cached_property
    def problem(self) -> SearchProblem:
        """The goal with what its ways demand."""
        if self._like is not None and self._same_but("hours_per_week"):
            return self._like.problem.at_pace_of(self.costs)
        return SearchProblem(self.regression, self.goal, self.passages, (DONE,), below=self._below)

    @cached_property
    def asked(self) -> tuple[Requirement, ...]:
        """What employers ask for the goal and can be done before it."""
        asked = [item for item in self._requirements() if item.needs is not None]
        explorer = Explorer(self.base, self.person, self.passages, closed=self.goal)
        return tuple(item for item in asked if item.needs is not None and explorer.possible(self._before, item.needs))

    @cached_property
    def unmet(self) -> tuple[Requirement, ...]:
        """What employers ask for the goal and nobody in this person's place can do before it."""
        asked = (item for item in self._requirements() if item not in self.asked)
        return tuple(item for item in asked if item.needs is not None and not holds(self.base, self.person, item.needs))

    def _requirements(self) -> tuple[Requirement, ...]:
        record = self.base.roles.get(self.goal) or self.base.certifications[self.goal]
        return record.requires.employers_ask

    def weeks(self, under: int | None = None) -> int | None:
        """Weeks of the fastest route; None where there is none, or none shorter than `under`."""
        if self.reached:
            return 0
        if under is None:
            return self.label.week if self.label is not None else None
        found = search(self.problem, "weeks", under) if self.possible and self.problem.leads_on else None
        return found.week if found is not None else None

    def fastest(self) -> FoundRoute | None:
        """The fastest route alone."""
        return self._fastest

    @cached_property
    def _fastest(self) -> FoundRoute | None:
        label = self.label
        return self._found("fastest", Timeline(self.problem, label), ()) if label is not None else None

    def routes(self) -> tuple[FoundRoute, ...]:
        """Fastest, cheapest, strongest, or nothing."""
        fastest = self.fastest()
        label = search(self.problem, "cost") if fastest is not None else None
        if fastest is None or label is None or self.label is None:
            return ()
        if (label.week, label.cost, label.items) == (self.label.week, self.label.cost, self.label.items):
            cheapest = FoundRoute(replace(fastest.route, name="cheapest"), fastest.timeline)
        else:
            cheapest = self._found("cheapest", Timeline(self.problem, label), ())
        return fastest, cheapest, self._strongest(fastest)

    def _strongest(self, fastest: FoundRoute) -> FoundRoute:
        """The fastest of the routes that do all that employers ask for the goal, and all that the fastest does."""
        met = [fastest.timeline.met(condition) for condition in self._best]
        if all(week is not None and week <= fastest.route.weeks for week in met):
            return self._found("strongest", fastest.timeline, self.asked)
        own = self.regression.all_of(self._best)
        done = [item for item in sorted(fastest.timeline.items) if item.kind != "lift"]
        as_much: Demands = (Demand(items=reduce(or_, map(self.regression.bit, done), 0)),)
        for demands in (both(own, as_much), own):
            problem = SearchProblem(
                self.regression, self.goal, self.passages, demands, below=self._below, like=self.problem
            )
            found = self._route("strongest", problem, self.asked)
            if found is not None:
                return (self._along(fastest, demands, found) if self._idle(found) else None) or found
        return self._found("strongest", fastest.timeline, ())

    def _idle(self, found: FoundRoute) -> bool:
        """Whether a route has an exam that neither its posts nor the goal ask for."""
        asked = {self.goal, *(item for condition in self._best for item in certifications_in(condition))}
        exams = (step for step in found.route.steps if step.kind == "exam")
        return any(step.label is None and step.entity not in asked for step in exams)

    def _along(self, fastest: FoundRoute, demands: Demands, found: FoundRoute) -> FoundRoute | None:
        """Another route that does as much as one found in no more weeks, by the posts of the fastest: they ask for
        what it has."""
        entries = fastest.timeline.entries
        taken = tuple(entry.way.passage for entry in entries if entry.way and entry.way.passage is not None)
        problem = SearchProblem(self.regression, self.goal, taken, demands, below=self._below, like=self.problem)
        label = search(problem, "weeks", found.route.weeks + 1) if problem.leads_on else None
        return self._found("strongest", Timeline(problem, label), self.asked) if label is not None else None

    @cached_property
    def _best(self) -> tuple[Condition, ...]:
        """What employers ask for the goal at its best: schooling rather than years in its place, and with it the
        first credential that it opens of those named on a way to the goal."""
        explorer = Explorer(self.base, self.person, self.passages, closed=self.goal)
        asked = [item.needs for item in self.asked if item.needs is not None]
        best = [self._at_best(condition) for condition in asked]
        unmet = [condition for condition in best if not holds(self.base, self.person, condition)]
        schools = {leaf.education for condition in unmet for leaf in leaves(condition)} | self.person.given
        ways = [passage.needs for passage in self.passages if passage.to == self.goal]
        named = dict.fromkeys(item for needs in (*asked, *ways) for item in certifications_in(needs))
        for certification in named:
            opened = [
                leaf.education
                for gate in self.base.certifications[certification].requires.exam_requires
                for leaf in leaves(gate.needs)
                if leaf.accredited is not None
            ]
            wanted = Condition(certification=certification)
            if schools & set(opened) and explorer.possible(self._before, wanted):
                # It stands for whatever else would have done in its place.
                return (*(item for item in best if certification not in certifications_in(item)), wanted)
        return tuple(best)

    def _at_best(self, condition: Condition) -> Condition:
        """Of alternatives none of which is met, only the schooling where there is some; of credentials only those
        of a body whose member somebody is already, unless the fastest way has another of them anyway."""
        if condition.any is None or (holds(self.base, self.person, condition) and not self.stood_in_for(condition)):
            return condition
        records = self.base.certifications
        bodies = {records[held].issuer for held in self.person.certifications}
        branches = self.fit(condition.any)
        schools = tuple(child for child in branches if self._is_degree(child.education))
        known = tuple(
            child
            for child in branches
            if child.certification is not None and records[child.certification].issuer in bodies
        )
        best = schools or (() if self._on_fastest(condition) else known)
        explorer = Explorer(self.base, self.person, self.passages, closed=self.goal)
        within = best and explorer.possible(self._before, Condition(any=best))
        return Condition(any=best) if within else condition

    def stood_in_for(self, condition: Condition | None) -> bool:
        """Whether a condition names a degree, and somebody who has none meets it by years alone."""
        branches = condition.any if condition is not None and condition.any is not None else ()
        met = [child for child in branches if holds(self.base, self.person, child)]
        years = all(leaf.years is not None for child in met for leaf in leaves(child))
        return bool(met) and years and any(self._is_degree(child.education) for child in branches)

    def does_without_degree(self, condition: Condition | None, timeline: Timeline) -> bool:
        """Whether a condition names a degree that somebody has not, and a way does not lead over one either."""
        branches = condition.any if condition is not None and condition.any is not None else (condition,)
        named = [child for child in branches if child is not None and self._is_degree(child.education)]
        if not named or any(holds(self.base, self.person, child) for child in named):
            return False
        if condition is not None and holds(self.base, self.person, condition) and not self.stood_in_for(condition):
            return False
        attended = [week for child in named if (week := timeline.met(child)) is not None]
        return not attended or min(attended) > timeline.week

    def _on_fastest(self, condition: Condition) -> bool:
        """Whether the fastest way does what a condition asks before the goal is reached."""
        timeline = self._fastest.timeline if self._fastest is not None else None
        met = timeline.met(condition) if timeline is not None else None
        return timeline is not None and met is not None and met <= timeline.week

    def _is_degree(self, education: str | None) -> bool:
        general = {level.id for level in self.base.assessment.education}
        school = self.base.education.get(education or "")
        return education in general if school is None else school.level in general

    @cached_property
    def _before(self) -> Feasible:
        """All that can be had before the goal is reached."""
        return Explorer(self.base, self.person, self.passages, closed=self.goal).explore()

    def exams(self) -> frozenset[str]:
        """The exams of the fastest route."""
        label = self.label if not self.reached else None
        items = self.problem.listed(label.items) if label is not None else []
        return frozenset(item.entity for item in items if item.kind == "exam")

    def _route(self, name: RouteName, problem: SearchProblem, asked: tuple[Requirement, ...]) -> FoundRoute | None:
        label = search(problem, _AIMS[name])
        if label is None:
            return None
        return self._found(name, Timeline(problem, label), asked)

    def _found(self, name: RouteName, timeline: Timeline, asked: tuple[Requirement, ...]) -> FoundRoute:
        steps = Steps(timeline, self.words, asked).written()
        return FoundRoute(Route(name, timeline.week, total(steps), steps), timeline)


def total(steps: Sequence[Step]) -> Money:
    """What is known of the cost of some steps."""
    known = NOTHING
    for step in steps:
        known += step.cost or NOTHING
    return known
