"""Which roles to look at first, from what somebody likes and has done: reasons, and what would change them.

Nothing here knows who the person is beyond the profile; the same answers give the same suggestions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.advice.planner import Route, fastest_route
from bot.advice.profile import Profile
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.choosing import Deed, Elsewhere

Done = Literal["never", "help", "alone", "teach", "skip"]

MAX_SUGGESTIONS = 3
# Roads are planned for so many roles: those for which most speaks.
SHORTLIST = 8
# A road of so many weeks weighs as much as one small reason against a role.
WEEKS_A_POINT = 52
WORTH: Mapping[str, float] = {"never": 0, "skip": 0, "help": 0.5, "alone": 1, "teach": 1.5}
OWN_WORK = ("alone", "teach")
# A deed of at least this weight is part of a role's work, so that it is one of the role's checks.
PART_OF_THE_WORK = 2
MAX_CHECKS = 6
MIN_CHECKS = 4
# Questions are chosen to tell so many of the leading roles apart.
RIVALS = 4
DISLIKED = 3.0
MAX_ELSEWHERE = 3


@dataclass(frozen=True)
class Preferences:
    """What somebody likes and has done; `disliked` are roles whose work was tried and not liked."""

    interests: tuple[str, ...] = ()
    deeds: Mapping[str, Done] = field(default_factory=dict)
    disliked: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was told that speaks for anything."""
        return not self.interests and not any(WORTH[level] for level in self.deeds.values())


@dataclass(frozen=True)
class Reason:
    """Why a role: a like (`done` None) or a deed with how it was done."""

    id: str
    done: Done | None
    points: float


@dataclass(frozen=True)
class Suggestion:
    """A role with its reasons, the strongest first, and the fastest road; `role` None: not this field."""

    role: str | None
    reasons: tuple[Reason, ...] = ()
    route: Route | None = None


@dataclass(frozen=True)
class Flip:
    """One other answer that would put another role first: a like gained or lost, or a deed."""

    kind: Literal["with", "without", "deed"]
    id: str
    role: str


@dataclass(frozen=True)
class Suggestions:
    """Up to three, the best first, and what would change the first; None where no single answer does."""

    items: tuple[Suggestion, ...]
    flip: Flip | None


def suggest(base: KnowledgeBase, profile: Profile, told: Preferences) -> Suggestions:
    """Suggestions for a profile without a goal; each road is as long and dear as the planner finds."""
    roads = _roads(base, profile, told)
    ranked = _ranked(base, told, roads)
    items = [Suggestion(role, reasons(base, told, role), roads[role]) for role in ranked[:MAX_SUGGESTIONS]]
    if away := _away(base, told):
        elsewhere = Suggestion(None, tuple(Reason(item, None, 1) for item in away))
        only = all(item in away for item in told.interests) or not any(item.reasons for item in items)
        items = [elsewhere, *items] if only else [*items[: MAX_SUGGESTIONS - 1], elsewhere]
    return Suggestions(tuple(items[:MAX_SUGGESTIONS]), _flip(base, told, roads, ranked))


def points(base: KnowledgeBase, told: Preferences) -> dict[str, float]:
    """How much speaks for each role, roads aside."""
    found = dict.fromkeys(base.roles, 0.0)
    for role in found:
        found[role] = sum(reason.points for reason in reasons(base, told, role))
    for role in told.disliked:
        found[role] -= DISLIKED
    return found


def reasons(base: KnowledgeBase, told: Preferences, role: str) -> tuple[Reason, ...]:
    """What speaks for a role, the strongest first."""
    found = [
        Reason(item.id, None, item.roles[role])
        for item in base.choosing.interests
        if item.id in told.interests and role in item.roles
    ]
    for deed in base.choosing.deeds:
        worth = WORTH[told.deeds.get(deed.id, "skip")] * deed.roles.get(role, 0)
        if worth:
            found.append(Reason(deed.id, told.deeds[deed.id], worth))
    return tuple(sorted(found, key=lambda reason: -reason.points))


def _roads(base: KnowledgeBase, profile: Profile, told: Preferences) -> dict[str, Route]:
    """The fastest road to each role worth a look: none that is held, none on a lower level."""
    score = points(base, told)
    levels = [level.id for level in base.field.levels]
    floor = levels.index(base.roles[profile.role].level) if profile.role else 0
    offered = (role for role in base.roles.values() if base.is_offered(role.id))
    open_to = [role for role in offered if role.id != profile.role and levels.index(role.level) >= floor]
    shortlist = sorted((role.id for role in open_to), key=lambda role: (-score[role], role))
    roads = {}
    for role in shortlist if told.empty else shortlist[:SHORTLIST]:
        route = fastest_route(base, profile.model_copy(update={"goal": role}))
        if route is not None and route.steps:
            roads[role] = route
    return roads


def _ranked(base: KnowledgeBase, told: Preferences, roads: Mapping[str, Route]) -> list[str]:
    score = points(base, told)
    return sorted(roads, key=lambda role: (roads[role].weeks / WEEKS_A_POINT - score[role], role))


def _away(base: KnowledgeBase, told: Preferences) -> tuple[str, ...]:
    """The likes that lead out of the field, where they are half of all; or a bare dislike of the work."""
    away = tuple(item.id for item in base.choosing.interests if item.id in told.interests and not item.roles)
    if away and 2 * len(away) >= len(told.interests):
        return away
    return told.interests[:1] if told.disliked else ()


def _flip(base: KnowledgeBase, told: Preferences, roads: Mapping[str, Route], ranked: Sequence[str]) -> Flip | None:
    """The first single answer found that would put another role first, by trying them."""
    for kind, item, other in _other_answers(base, told):
        first = next(iter(_ranked(base, other, roads)), None)
        if first is not None and first != ranked[0]:
            return Flip(kind, item, first)
    return None


def _other_answers(
    base: KnowledgeBase, told: Preferences
) -> Iterator[tuple[Literal["with", "without", "deed"], str, Preferences]]:
    """Deeds that were asked and not done alone, then each like lost, then each like gained."""
    for deed, level in told.deeds.items():
        if level not in OWN_WORK:
            yield "deed", deed, replace(told, deeds={**told.deeds, deed: "alone"})
    for item in told.interests:
        yield "without", item, replace(told, interests=tuple(like for like in told.interests if like != item))
    for interest in base.choosing.interests:
        if interest.id not in told.interests:
            yield "with", interest.id, replace(told, interests=(*told.interests, interest.id))


def checks(base: KnowledgeBase, role: str, setting: str | None) -> tuple[Deed, ...]:
    """The deeds that show how close somebody is to a role, the weightiest first; empty where too few are known."""
    asked = [
        deed
        for deed in base.choosing.deeds
        if deed.roles.get(role, 0) >= PART_OF_THE_WORK and (setting is None or setting in (deed.settings or (setting,)))
    ]
    asked = sorted(asked, key=lambda deed: -deed.roles[role])[:MAX_CHECKS]
    in_order = tuple(deed for deed in base.choosing.deeds if deed in asked)
    return in_order if len(in_order) >= MIN_CHECKS else ()


def next_deed(base: KnowledgeBase, profile: Profile, told: Preferences) -> Deed | None:
    """The deed not yet asked that tells the leading roles apart best; None where none is left."""
    score = points(base, told)
    others = (role for role in base.roles if role != profile.role and base.is_offered(role))
    rivals = sorted(others, key=lambda role: (-score[role], role))[:RIVALS]
    kinds = set(_kinds(base, profile))
    open_deeds = [
        deed
        for deed in base.choosing.deeds
        if deed.id not in told.deeds and (not deed.experience or kinds & set(deed.experience))
    ]

    def spread(deed: Deed) -> int:
        weights = [deed.roles.get(role, 0) for role in rivals]
        return max(weights) - min(weights)

    return max(open_deeds, key=spread, default=None)


def _kinds(base: KnowledgeBase, profile: Profile) -> Iterable[str]:
    """The kinds of work somebody knows: by years, by the job, by a licence."""
    yield from (kind for kind, years in profile.years.items() if years)
    if profile.role is not None:
        yield base.roles[profile.role].experience
    for background in base.assessment.backgrounds:
        if background.licence in profile.licences and background.experience is not None:
            yield background.experience


def elsewhere(base: KnowledgeBase, interests: Sequence[str]) -> tuple[Elsewhere, ...]:
    """Work that lies nearer for these likes, three at most; what suits everybody comes last."""
    near = [item for item in base.choosing.elsewhere if set(item.interests) & set(interests)]
    anyone = [item for item in base.choosing.elsewhere if not item.interests]
    return tuple([*near, *anyone][:MAX_ELSEWHERE])
