"""One person on the chart: where they are, the way to their goal, what counts already, what is missing.

Read from a profile and its plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.advice.chart.content import Arrow, LadderChart
from bot.advice.conditions import years_of
from bot.advice.planner.plan import PREPARATIONS, Plan, Route, RouteName, Step
from bot.advice.profile import Profile
from bot.knowledge.base import KnowledgeBase

_NAMED_BY_ENTITY = ("exam", "degree")  # the title of other steps says what there is to have
_NOT_MISSING = ("study", "move", "upkeep")  # study is for an exam that is named already, if it is no course


@dataclass(frozen=True)
class Stop:
    """A role on the way, with what is missing for it, named briefly."""

    role: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Journey:
    """`here` and `goal` may be None: not said. `weeks` is None where there is no road, `reached`
    where none is needed.

    `missing` is what the goal asks beyond the last stop, `asked` what employers ask and the road leaves out; `held`
    names what counts already, `certificates` the certifications among it; `notes` say why there is no road.
    """

    here: str | None = None
    goal: str | None = None
    goal_name: str = ""
    stops: tuple[Stop, ...] = ()
    missing: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    certificates: frozenset[str] = frozenset()
    weeks: int | None = None
    reached: bool = False
    notes: tuple[str, ...] = ()

    def number(self, role: str) -> int | None:
        """Which stop a role is, counted from 1."""
        return next((number for number, stop in enumerate(self.stops, 1) if stop.role == role), None)

    def arrows(self, ladder: LadderChart) -> tuple[Arrow, ...]:
        """The legs of the way, by whatever move they are; with no goal, every move from here.

        A leg that no move of the ladder makes, such as by what was done before, changes the track.
        """
        if not self.goal:
            return tuple(arrow for arrow in ladder.arrows if arrow.start == self.here)
        roles = [role for role in (self.here, *(stop.role for stop in self.stops)) if role]
        moves = {(arrow.start, arrow.to): arrow for arrow in reversed(ladder.arrows)}
        legs = dict.fromkeys(leg for leg in pairwise(roles) if leg[0] != leg[1])
        return tuple(moves.get(leg) or Arrow(*leg, "bridge", main=False) for leg in legs)


def journey_of(base: KnowledgeBase, profile: Profile, plan: Plan | None, route: RouteName = "fastest") -> Journey:
    """A profile and, where it has a goal, its plan → what the chart shows of them."""
    held = [*profile.certifications, *profile.education, *profile.licences]
    found = Journey(
        here=profile.role,
        goal=profile.goal,
        goal_name=base.name(profile.goal) if profile.goal else "",
        held=(*(_short(base, item) for item in held), *_years(base, profile)),
        certificates=frozenset(_short(base, item) for item in profile.certifications),
    )
    if plan is None or profile.goal is None:
        return found
    way = plan.route(route)
    if way is None:
        reached = profile.goal in (profile.role, *profile.certifications)
        gaps = tuple(dict.fromkeys(gap.title for gap in plan.gaps))
        return replace(found, missing=gaps, reached=reached, notes=plan.warnings[:1])
    stops, rest = _stops(base, way.steps)
    reached = all(step.kind == "upkeep" for step in way.steps)
    weeks = None if reached else way.weeks
    return replace(found, stops=stops, missing=rest, asked=_left_out(plan, way), weeks=weeks, reached=reached)


def _years(base: KnowledgeBase, profile: Profile) -> tuple[str, ...]:
    """The years of work told, in words."""
    kinds = {kind.id: kind.name for kind in base.assessment.experience}
    return tuple(
        years_of(base, round(years, 1), kinds[kind]) for kind, years in profile.years.items() if years and kind in kinds
    )


def _left_out(plan: Plan, route: Route) -> tuple[str, ...]:
    """What employers ask and the route does without, as the plan warns of it."""
    done = {step.entity for step in route.steps}
    asked = [gap for gap in plan.gaps if gap.label == "employers_ask" and gap.entity not in done]
    return tuple(dict.fromkeys(gap.title.rstrip(".") for gap in asked))


def _stops(base: KnowledgeBase, steps: Sequence[Step]) -> tuple[tuple[Stop, ...], tuple[str, ...]]:
    """The moves in order with what each needs first; and what is left for after the last."""
    by_id = {step.id: step for step in steps}
    told: set[str] = set()
    stops: list[Stop] = []
    for step in steps:
        if step.kind == "move" and step.entity in base.roles:
            needed = _before(step, by_id) - told
            told |= needed
            stops.append(Stop(step.entity, _names(base, [item for item in steps if item.id in needed])))
    return tuple(stops), _names(base, [step for step in steps if step.id not in told])


def _before(step: Step, by_id: Mapping[str, Step]) -> set[str]:
    """Ids of all that must be finished before a step."""
    found: set[str] = set()
    waiting = list(step.needs)
    while waiting:
        needed = waiting.pop()
        if needed not in found and needed in by_id:
            found.add(needed)
            waiting += by_id[needed].needs
    return found


def _names(base: KnowledgeBase, steps: Sequence[Step]) -> tuple[str, ...]:
    wanted = [
        step
        for step in steps
        if (step.kind not in _NOT_MISSING or step.entity in base.education) and not step.id.startswith(PREPARATIONS)
    ]
    by_entity = (step.kind in _NAMED_BY_ENTITY or step.entity in base.education for step in wanted)
    names = [_short(base, step.entity) if named else step.title for step, named in zip(wanted, by_entity, strict=True)]
    return tuple(dict.fromkeys(names))


def _short(base: KnowledgeBase, item: str) -> str:
    """An entity by its abbreviation, anything else by its name."""
    if item in base.entities:
        return base.entities[item].short
    named = (*base.assessment.education, *base.assessment.licences)
    return next((value.name for value in named if value.id == item), item)
