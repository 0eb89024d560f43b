"""Which credentials suit where somebody wants to work: the country and the kind of workplace."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property

from bot.advice.conditions import leaves
from bot.advice.planner.actions import Passage
from bot.advice.planner.person import person_of
from bot.advice.planner.reach import Explorer, Reach
from bot.advice.profile import Profile
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Certification, Condition


class Fit:
    """Leaves out, among alternatives, the credentials of another country or another kind of workplace.

    Alternatives are only left out if one that suits can be had by anybody, from nothing: so what
    somebody holds never closes a way.
    """

    def __init__(self, base: KnowledgeBase, profile: Profile, goal: str, passages: tuple[Passage, ...]) -> None:
        self.base, self.goal, self.passages = base, goal, passages
        # At home everything counts; only elsewhere it matters what employers are known to look for.
        self.country = profile.country if profile.country != base.field.default_country else None
        self.setting = profile.setting
        self._kept: dict[int, tuple[Condition, ...]] = {}

    def __call__(self, branches: Sequence[Condition]) -> Sequence[Condition]:
        """The alternatives worth trying."""
        if self.setting is None and self.country is None:
            return branches
        if id(branches) not in self._kept:
            left = self._narrowed(self._narrowed(branches, self.known_there), self._fits_workplace)
            self._kept[id(branches)] = tuple(left)
        return self._kept[id(branches)]

    def known_there(self, record: Certification) -> bool:
        """Whether employers in the country are known to look for a credential."""
        return self.country is None or self.country in record.countries

    def _fits_workplace(self, record: Certification) -> bool:
        return self.setting is None or not record.settings or self.setting in record.settings

    def _narrowed(self, branches: Sequence[Condition], suits: Callable[[Certification], bool]) -> Sequence[Condition]:
        """Without the credentials that do not suit, if one that does is open to everybody."""
        named = {id(branch): self._named(branch) for branch in branches}
        fitting = [branch for branch in branches if any(map(suits, named[id(branch)]))]
        if not any(self._explorer.possible(self._anybody, branch) for branch in fitting):
            return branches
        # Schooling and work suit everywhere, and so does the goal itself.
        return [
            branch
            for branch in branches
            if branch in fitting or not named[id(branch)] or self.goal in {item.id for item in named[id(branch)]}
        ]

    def _named(self, branch: Condition) -> list[Certification]:
        found = (leaf.certification for leaf in leaves(branch))
        return [self.base.certifications[item] for item in found if item is not None]

    @cached_property
    def _explorer(self) -> Explorer:
        nobody = replace(person_of(self.base, Profile()), weeks={})
        return Explorer(self.base, nobody, self.passages)

    @cached_property
    def _anybody(self) -> Reach:
        return self._explorer.explore()
