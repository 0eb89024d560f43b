"""Two to four goals beside each other: a day, the pay, what each asks, and the road there from here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.advice.profile import Profile
from bot.advice.road import Road, road_to
from bot.advice.selection import choose, labelled
from bot.advice.wording import Said
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import LABELS, Label
from bot.understanding.question import Question

MAX_SIDES = 4


@dataclass(frozen=True)
class Side:
    """One goal. `day` and `pay` hold what is known, the most important first; `asks` is under the three labels.

    `road` is the quickest from where the person stands; None where the goal is held or out of reach.
    """

    goal: str
    day: tuple[Said, ...]
    pay: tuple[Said, ...]
    asks: tuple[tuple[Label, tuple[Said, ...]], ...]
    road: Road | None


def sides(base: KnowledgeBase, profile: Profile, goals: Iterable[str]) -> tuple[Side, ...]:
    """A side for each role or certification among `goals`, in their order, four at most."""
    known = [goal for goal in dict.fromkeys(goals) if goal in base.roles or goal in base.certifications]
    return tuple(_side(base, profile, goal) for goal in known[:MAX_SIDES])


def _side(base: KnowledgeBase, profile: Profile, goal: str) -> Side:
    entity = base.entities[goal]
    question = Question(text="", decision="answer", entities=(goal,), country=profile.country)
    day = choose(base, "duties" if goal in base.roles else "overview", goal, question).facts
    pay = choose(base, "salary", goal, question).facts if goal in base.roles else ()
    asks = tuple((label, labelled(entity, label)) for label in LABELS)
    return Side(goal, day, pay, asks, road_to(base, profile, goal))
