"""Which credentials suit where somebody wants to work, and to what: the country, the workplace, the goal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property

from bot.advice.conditions import certifications_in, leaves
from bot.advice.planner.compiled import once
from bot.advice.planner.passages import ladder_of
from bot.advice.planner.person import Person, holds, person_of
from bot.advice.planner.reach import Explorer, Reach
from bot.advice.profile import Profile
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Certification, Condition


def fit_of(base: KnowledgeBase, profile: Profile, goal: str) -> Fit:
    """The fit for a country, a workplace and a goal: the same for everybody who shares them."""
    key = ("fit", profile.country, profile.setting, goal)
    return once(base, key, lambda: Fit(base, profile, goal))


class Fit:
    """Leaves out, among alternatives, the credentials of another country or another kind of workplace, and those
    that employers do not name for the goal where one that they name is as near.

    Alternatives are only left out if one that suits can be had by anybody, from nothing: so what
    somebody holds never closes a way.
    """

    def __init__(self, base: KnowledgeBase, profile: Profile, goal: str) -> None:
        self.base, self.goal = base, goal
        # At home everything counts; only elsewhere it matters what employers are known to look for.
        self.country = profile.country if profile.country != base.field.default_country else None
        # A role that is found in one kind of workplace alone settles it.
        only = base.roles[goal].settings if goal in base.roles else ()
        self.setting = profile.setting or (only[0] if len(only) == 1 else None)
        # The alternatives stand beside what is kept of them, so that no others can take their place in memory.
        self._kept: dict[int, tuple[Sequence[Condition], Sequence[Condition]]] = {}

    def __call__(self, branches: Sequence[Condition]) -> Sequence[Condition]:
        """The alternatives worth trying."""
        if self.setting is None and self.country is None and not self._named_for_goal:
            return branches
        if id(branches) not in self._kept:
            left = self._narrowed(self._narrowed(branches, self.known_there), self._fits_workplace)
            self._kept[id(branches)] = branches, self._narrowed(left, self._asked_and_ready)
        return self._kept[id(branches)][1]

    def known_there(self, record: Certification) -> bool:
        """Whether employers in the country are known to look for a credential."""
        return self.country is None or self.country in record.countries

    def _fits_workplace(self, record: Certification) -> bool:
        return self.setting is None or not record.settings or self.setting in record.settings

    def _asked_and_ready(self, record: Certification) -> bool:
        """Whether employers name a credential for the goal, and anybody may well sit its exam: what its
        body advises before takes no years, and its exam no schooling.
        """
        full = record.full or record.id
        if full not in self._named_for_goal:
            return False
        if not record.requires.exam_requires:
            return False  # nobody knows who may sit it
        gates = [item.needs for item in record.requires.exam_requires if item.needs is not None]
        advice = [item.needs for item in record.requires.body_recommends if item.needs is not None]
        return all(holds(self.base, self._nobody, gate) for gate in gates) and all(
            self._at_once(condition) for condition in advice
        )

    def _at_once(self, condition: Condition) -> bool:
        """Whether a condition is met, or could be by schooling alone."""
        if condition.any is not None:
            return any(map(self._at_once, condition.any))
        if condition.all is not None:
            return all(map(self._at_once, condition.all))
        general = {level.id for level in self.base.assessment.education}
        school = self.base.education.get(condition.education or "")
        return (school is not None and school.level not in general) or holds(self.base, self._nobody, condition)

    @cached_property
    def _named_for_goal(self) -> frozenset[str]:
        """The credentials that employers name for the goal."""
        role = self.base.roles.get(self.goal)
        asked = role.requires.employers_ask if role is not None else ()
        return frozenset(item for requirement in asked for item in certifications_in(requirement.needs))

    def _narrowed(self, branches: Sequence[Condition], suits: Callable[[Certification], bool]) -> Sequence[Condition]:
        """Without the credentials that do not suit, if one that does is open to everybody."""
        named = {id(branch): self._named(branch) for branch in branches}
        fitting = [branch for branch in branches if any(map(suits, named[id(branch)]))]
        if not any(self._explorer.possible(self._anybody, branch) for branch in fitting):
            return branches
        # Schooling and work suit everywhere, and so does the goal itself.
        kept = {id(branch) for branch in fitting}
        return [
            branch
            for branch in branches
            if id(branch) in kept or not named[id(branch)] or self.goal in {item.id for item in named[id(branch)]}
        ]

    def _named(self, branch: Condition) -> list[Certification]:
        found = (leaf.certification for leaf in leaves(branch))
        return [self.base.certifications[item] for item in found if item is not None]

    @cached_property
    def _nobody(self) -> Person:
        return self._explorer.person

    @cached_property
    def _explorer(self) -> Explorer:
        return once(self.base, ("nobody",), lambda: _nobody_in(self.base))

    @cached_property
    def _anybody(self) -> Reach:
        return once(self.base, ("anybody",), self._explorer.explore)


def _nobody_in(base: KnowledgeBase) -> Explorer:
    """Looks around for somebody who has nothing."""
    return Explorer(base, replace(person_of(base, Profile()), weeks={}), ladder_of(base).passages)
