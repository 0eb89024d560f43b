"""Where somebody is in the talk: a stack of typed frames, the last one on top.

A frame is what a flow needs to go on: the question that waits, or what is on the screen. A
digression pushes a frame; when it is over, the one below waits again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

INTERESTS = "interests"


class _Frame(BaseModel):
    model_config = ConfigDict(frozen=True)


class Assessing(_Frame):
    """A question of the assessment waits; which one stands in the session's `assessment`."""

    kind: Literal["assessment"] = "assessment"


class Round(_Frame):
    """Some questions about likes and deeds, for suggestions or (`kind` "readiness") as the checks of a role.

    `at` is "interests" or a deed, None when all are answered; `queue` are the deeds that are known to
    come, `left` how many more may be chosen; `asked` what was asked, in order; `before` the questions
    asked before the round. `picked` are the likes ticked so far, on screen `page`.
    """

    kind: Literal["recommend", "readiness"]
    at: str | None = None
    paused: bool = False
    role: str | None = None
    queue: tuple[str, ...] = ()
    left: int = 0
    before: int = 0
    asked: tuple[str, ...] = ()
    picked: tuple[str, ...] = ()
    page: int = 0

    @property
    def waiting(self) -> bool:
        """Whether its question waits for an answer."""
        return self.at is not None and not self.paused


class ChoosingWorkplace(_Frame):
    """Before the checks of a role, its workplace was asked for."""

    kind: Literal["workplace"] = "workplace"
    role: str


class TryingTask(_Frame):
    """A task of the work is on the screen."""

    kind: Literal["job_sample"] = "job_sample"
    task: str


class OnRoad(_Frame):
    """A plan is on the screen, by the route of that name."""

    kind: Literal["roadmap"] = "roadmap"
    route: str


class PlanWished(_Frame):
    """A plan was asked for before any goal was known, and this role was offered as one."""

    kind: Literal["plan_wished"] = "plan_wished"
    near: str


class Confirming(_Frame):
    """On that day somebody was asked whether to do what cannot be undone."""

    kind: Literal["confirm"] = "confirm"
    day: date


class Dropping(_Frame):
    """On that day somebody was asked whether to delete the plan that is kept."""

    kind: Literal["dropping"] = "dropping"
    day: date


class Changing(_Frame):
    """The new value of a line of the profile was asked for."""

    kind: Literal["changing"] = "changing"
    key: str


Frame = Annotated[
    Assessing | Round | ChoosingWorkplace | TryingTask | OnRoad | PlanWished | Confirming | Dropping | Changing,
    Field(discriminator="kind"),
]
Stack = tuple[Frame, ...]


def pushed(stack: Stack, frame: Frame) -> Stack:
    """The stack with a frame on top, in place of an older one of its kind."""
    return (*without(stack, frame.kind), frame)


def replaced(stack: Stack, frame: Frame) -> Stack:
    """The stack with a frame where the one of its kind is, else on top."""
    if all(item.kind != frame.kind for item in stack):
        return (*stack, frame)
    return tuple(frame if item.kind == frame.kind else item for item in stack)


def without(stack: Iterable[Frame], *kinds: str) -> Stack:
    """The stack without the frames of some kinds."""
    return tuple(item for item in stack if item.kind not in kinds)
