"""Which credentials suit where somebody wants to work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from bot.advice.conditions import leaves
from bot.advice.planner.actions import Passage
from bot.advice.planner.person import person_of
from bot.advice.planner.reach import Explorer, Reach
from bot.advice.profile import Profile
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Condition


class Fit:
    """Leaves out, among alternatives, the credentials of another setting.

    An alternative is only left out if one that suits can be had by anybody, from nothing: so what
    somebody holds never closes a way.
    """

    def __init__(self, base: KnowledgeBase, setting: str | None, goal: str, passages: tuple[Passage, ...]) -> None:
        self.base, self.setting, self.goal, self.passages = base, setting, goal, passages
        self._kept: dict[int, tuple[Condition, ...]] = {}

    def __call__(self, branches: Sequence[Condition]) -> Sequence[Condition]:
        """The alternatives worth trying."""
        if self.setting is None:
            return branches
        if id(branches) not in self._kept:
            self._kept[id(branches)] = tuple(self._suitable(branches))
        return self._kept[id(branches)]

    def _suitable(self, branches: Sequence[Condition]) -> Iterator[Condition]:
        open_to_all = any(self._suits(branch) and self._explorer.possible(self._anybody, branch) for branch in branches)
        yield from (branch for branch in branches if self._suits(branch) or not open_to_all)

    def _suits(self, branch: Condition) -> bool:
        named = [leaf.certification for leaf in leaves(branch) if leaf.certification is not None]
        if not named or self.goal in named:
            return True
        found = (self.base.certifications[item].settings for item in named)
        return any(not settings or self.setting in settings for settings in found)

    @cached_property
    def _explorer(self) -> Explorer:
        nobody = replace(person_of(self.base, Profile()), weeks={})
        return Explorer(self.base, nobody, self.passages)

    @cached_property
    def _anybody(self) -> Reach:
        return self._explorer.explore()
