"""The three routes to a goal: found, timed, and written as steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.advice.planner.actions import Passage, Tariff, passages
from bot.advice.planner.demands import DONE, Demands, Regression
from bot.advice.planner.fit import Fit
from bot.advice.planner.person import Person, holds, person_of
from bot.advice.planner.plan import NOTHING, Money, Route, RouteName, Step
from bot.advice.planner.problem import Problem
from bot.advice.planner.reach import Explorer, Reach
from bot.advice.planner.search import Aim, search
from bot.advice.planner.steps import Steps
from bot.advice.planner.timeline import Timeline
from bot.advice.planner.words import Words
from bot.advice.profile import Profile
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Requirement

_AIMS: dict[RouteName, Aim] = {"fastest": "weeks", "cheapest": "cost", "strongest": "weeks"}


@dataclass(frozen=True)
class Found:
    """A route with the weeks it was written from."""

    route: Route
    timeline: Timeline


class Quest:
    """One person's search for one goal: the parts are worked out when they are asked for.

    `like` is the same search with one answer changed; what that answer cannot touch is taken from it.
    """

    def __init__(self, base: KnowledgeBase, profile: Profile, goal: str, like: Quest | None = None) -> None:
        self.base, self.profile, self.goal, self._like = base, profile, goal, like
        self.person: Person = person_of(base, profile)
        self.words = Words(base)
        self.tariff = Tariff(base, self.person)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every way into every role."""
        return self._like.passages if self._like is not None else passages(self.base)

    @cached_property
    def reach(self) -> Reach:
        """What this person can reach at all: no matter how fast, or in which workplace."""
        if self._like is not None and self._same_but("hours_per_week", "setting"):
            return self._like.reach
        return Explorer(self.base, self.person, self.passages).explore()

    def _same_but(self, *keys: str) -> bool:
        """Whether only some keys differ from the search this one is like."""
        like = self._like.profile if self._like is not None else Profile()
        return self.profile.model_copy(update={key: getattr(like, key) for key in keys}) == like

    @property
    def reached(self) -> bool:
        """Whether the goal is held already."""
        return self.goal == self.person.role or self.goal in self.person.certifications

    @property
    def possible(self) -> bool:
        """Whether the goal can be reached, time and money aside."""
        return self.goal in self.reach.roles or self.goal in self.reach.certifications

    @cached_property
    def fit(self) -> Fit:
        """Which credentials suit the country and the workplace."""
        like = self._like
        if like is not None and (like.profile.country, like.person.setting) == (
            self.profile.country,
            self.person.setting,
        ):
            return like.fit
        return Fit(self.base, self.profile, self.goal, self.passages)

    @cached_property
    def regression(self) -> Regression:
        """Conditions worked out for this person."""
        return Regression(self.base, self.person, self.tariff, self.reach, self.fit)

    @cached_property
    def problem(self) -> Problem:
        """The goal with what its ways demand."""
        if self._like is not None and self._same_but("hours_per_week"):
            return self._like.problem.at_pace_of(self.tariff)
        return Problem(self.regression, self.goal, self.passages, (DONE,))

    @cached_property
    def asked(self) -> tuple[Requirement, ...]:
        """What employers ask for the goal and can be done before it."""
        asked = [item for item in self._requirements() if item.needs is not None]
        if not asked:
            return ()
        explorer = Explorer(self.base, self.person, self.passages, closed=self.goal)
        before = explorer.explore()
        return tuple(item for item in asked if item.needs is not None and explorer.possible(before, item.needs))

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
        label = search(self.problem, "weeks", under) if self.possible else None
        return label.week if label is not None else None

    def fastest(self) -> Found | None:
        """The fastest route alone."""
        return self._route("fastest", self.problem, ()) if self.possible else None

    def routes(self) -> tuple[Found, ...]:
        """Fastest, cheapest, strongest, or nothing."""
        if not self.possible:
            return ()
        fastest = self._route("fastest", self.problem, ())
        cheapest = self._route("cheapest", self.problem, ())
        if fastest is None or cheapest is None:
            return ()
        return fastest, cheapest, self._strongest(fastest)

    def _strongest(self, fastest: Found) -> Found:
        """The fastest of the routes that do all that employers ask for the goal."""
        met = [fastest.timeline.met(item.needs) for item in self.asked]
        if all(week is not None and week <= fastest.route.weeks for week in met):
            return self._found("strongest", fastest.timeline, self.asked)
        demands: Demands = self.regression.requirements(self.asked)
        problem = Problem(self.regression, self.goal, self.passages, demands)
        found = self._route("strongest", problem, self.asked)
        return found if found is not None else self._found("strongest", fastest.timeline, ())

    def exams(self) -> frozenset[str]:
        """The exams of the fastest route."""
        label = search(self.problem, "weeks") if self.possible and not self.reached else None
        items = self.problem.listed(label.items) if label is not None else []
        return frozenset(item.entity for item in items if item.kind == "exam")

    def _route(self, name: RouteName, problem: Problem, asked: tuple[Requirement, ...]) -> Found | None:
        label = search(problem, _AIMS[name])
        if label is None:
            return None
        return self._found(name, Timeline(problem, label), asked)

    def _found(self, name: RouteName, timeline: Timeline, asked: tuple[Requirement, ...]) -> Found:
        steps = Steps(timeline, self.words, asked).written()
        return Found(Route(name, timeline.week, total(steps), steps), timeline)


def total(steps: Sequence[Step]) -> Money:
    """What is known of the cost of some steps."""
    known = NOTHING
    for step in steps:
        known += step.cost or NOTHING
    return known
