"""Everything that is remembered about one person between two messages."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.advice.profile import Profile
from bot.advice.progress.model import Progress
from bot.conversation.assessment import AssessmentState
from bot.conversation.tastes import Tastes
from bot.understanding.question import Context

VERSION = 1


class Choice(BaseModel):
    """A choice offered in the last clarify, so that typing "2" or its words picks it."""

    model_config = ConfigDict(frozen=True)

    label: str
    say: str
    press: str


class Session(BaseModel):
    """Profile, dialog position and context. `version` tells `restore` which upgrades to run.

    `asking` is true while a question of the assessment waits for its answer; `spelled` are
    the entities whose abbreviations were spelled out already; `tastes` are likes and deeds; `road` names
    the route while a plan is on the screen. `progress` is the plan that was started, `erasing` the day on which
    somebody was asked whether to delete everything.
    """

    model_config = ConfigDict(frozen=True)

    version: int = VERSION
    profile: Profile = Profile()
    context: Context = Context()
    choices: tuple[Choice, ...] = ()
    assessment: AssessmentState | None = None
    asking: bool = False
    misses: int = 0
    spelled: tuple[str, ...] = ()
    tastes: Tastes = Tastes()
    road: str | None = None
    progress: Progress | None = None
    erasing: date | None = None


# From version N to N + 1; a stored session runs through all that it lacks.
UPGRADES: dict[int, Any] = {}


def restore(stored: dict[str, Any]) -> Session:
    """A stored session brought up to this version; one that cannot be read starts afresh."""
    version = stored.get("version")
    while isinstance(version, int) and version in UPGRADES:
        stored = UPGRADES[version](stored)
        version = stored.get("version")
    if version != VERSION:
        return Session()
    try:
        return Session.model_validate(stored)
    except ValidationError:
        return Session()
