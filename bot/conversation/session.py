"""Everything that is remembered about one person between two messages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.advice.profile import Profile
from bot.advice.progress.model import Progress
from bot.advice.suggestions import Done, Preferences
from bot.conversation import frames
from bot.conversation.frames import Frame, Stack
from bot.knowledge.listening import HelpFor
from bot.understanding.question import Context

VERSION = 2
AnyFrame = TypeVar("AnyFrame", bound=BaseModel)


class QuickReply(BaseModel):
    """A button just shown, so that typing "2" or its words picks it."""

    model_config = ConfigDict(frozen=True)

    label: str
    say: str
    press: str


class Given(BaseModel):
    """One answer: choices picked, a number typed, or ids named. All empty: skipped or not known.

    `years` are those of kinds that were named with them; `currency` is that of a number of money, where it is another
    than the field's.
    """

    model_config = ConfigDict(frozen=True)

    choices: tuple[str, ...] = ()
    number: float | None = None
    ids: tuple[str, ...] = ()
    years: dict[str, float] = {}
    currency: str | None = None

    @property
    def empty(self) -> bool:
        """Whether it says nothing about the person."""
        return not self.choices and self.number is None and not self.ids and not self.years


class AssessmentState(BaseModel):
    """Answers by question id in the order given; `at` is the question now on the screen.

    `picked` are the choices ticked so far of a question that takes several; `known` are the questions that were
    answered without being asked, from what somebody had told: they are not counted.
    """

    model_config = ConfigDict(frozen=True)

    at: str | None = None
    answers: dict[str, Given] = {}
    picked: tuple[str, ...] = ()
    known: tuple[str, ...] = ()


class Tastes(BaseModel):
    """What somebody likes and has done; `disliked` are roles whose work was tried and not liked."""

    model_config = ConfigDict(frozen=True)

    interests: tuple[str, ...] = ()
    deeds: dict[str, Done] = {}
    disliked: tuple[str, ...] = ()

    @property
    def told(self) -> Preferences:
        """The answers as suggestions read them."""
        return Preferences(self.interests, self.deeds, self.disliked)


class AfterDanger(BaseModel):
    """That somebody was in danger: the kind of `line` that was named, and in how many messages it is not forgotten.

    `how` sure it was: danger that was only likely was spoken of `beside` an answer, or they were `asked` whether they
    are safe. `onward`: since then they asked something that was answered.
    Nothing of what they said is in it, and with the last of these messages it is gone.
    """

    model_config = ConfigDict(frozen=True)

    line: HelpFor
    left: int
    how: Literal["surely", "asked", "beside"] = "surely"
    onward: bool = False


class Session(BaseModel):
    """Profile, answers, context, and where the talk is. `version` tells `restore` which upgrades to run.

    `stack` holds what waits and what is on the screen, the last on top; `choices` are the buttons just
    shown; `spelled` are the entities whose abbreviations were spelled out already; `progress` is the plan
    that was started; `misses` counts messages in a row that were not understood; `met` is
    whether the person was told that this is a bot; `under_age` that they said to be younger than 18, and not since
    that they are older; `after_danger` is there for a few messages after they were in danger;
    `claims` are what they said of themselves last (field, value, kind of years), for when it is taken back;
    `public` that others read along: then nothing is said to be noted.
    """

    model_config = ConfigDict(frozen=True)

    version: int = VERSION
    profile: Profile = Profile()
    context: Context = Context()
    choices: tuple[QuickReply, ...] = ()
    stack: Stack = ()
    assessment: AssessmentState | None = None
    tastes: Tastes = Tastes()
    progress: Progress | None = None
    spelled: tuple[str, ...] = ()
    misses: int = 0
    met: bool = False
    under_age: bool = False
    claims: tuple[tuple[str, str, str | None], ...] = ()
    after_danger: AfterDanger | None = None
    public: bool = False

    @property
    def top(self) -> Frame | None:
        """The frame on top."""
        return self.stack[-1] if self.stack else None

    def frame(self, kind: type[AnyFrame]) -> AnyFrame | None:
        """The topmost frame of a type."""
        return next((item for item in reversed(self.stack) if isinstance(item, kind)), None)

    def pushed(self, frame: Frame, **update: object) -> Session:
        """With a frame on top, in place of one of its kind, and other things changed."""
        return self.model_copy(update={"stack": frames.pushed(self.stack, frame), **update})

    def without(self, *kinds: str, **update: object) -> Session:
        """Without the frames of some kinds, and with other things changed."""
        return self.model_copy(update={"stack": frames.without(self.stack, *kinds), **update})


def _stacked(stored: dict[str, Any]) -> dict[str, Any]:
    """Version 1 kept the position in a field for each dialog; the last of these was asked first."""
    tastes = {**stored.get("tastes", {})}
    at, role, asked = tastes.pop("at", None), tastes.pop("role", None), tastes.pop("asked", ())
    stack: list[dict[str, Any]] = []
    if task := tastes.pop("task", None):
        stack.append({"kind": "job_sample", "task": task})
    if near := tastes.pop("near", None):
        stack.append({"kind": "workplace", "role": near})
    if road := stored.pop("road", None):
        stack.append({"kind": "roadmap", "route": road})
    if day := stored.pop("erasing", None):
        stack.append({"kind": "confirm", "day": day})
    round_ = {key: tastes.pop(key) for key in ("paused", "queue", "left", "before", "picked", "page") if key in tastes}
    if at or role or asked:
        stack.append({"kind": "readiness" if role else "recommend", "at": at, "role": role, "asked": asked, **round_})
    if stored.pop("asking", False):
        stack.append({"kind": "assessment"})
    return {**stored, "tastes": tastes, "stack": stack, "version": 2}


# From version N to N + 1; a stored session runs through all that it lacks.
UPGRADES: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _stacked}


def restore(stored: dict[str, Any]) -> Session:
    """A stored session brought up to this version; one that cannot be read starts afresh."""
    return restored(stored)[0]


def restored(stored: dict[str, Any]) -> tuple[Session, tuple[str, ...]]:
    """A stored session brought up to this version, and the names of what does not fit and was left out."""
    try:
        while (version := stored.get("version")) != VERSION:
            if not isinstance(version, int) or version not in UPGRADES:
                return Session(), ("version",)
            stored = UPGRADES[version](dict(stored))
    except (TypeError, ValueError, AttributeError):
        return Session(), ("version",)
    # Who talked before this was kept has met the bot.
    parts, left_out = {"met": True, **stored}, list[str]()
    # One field of the profile, say, then all of it: who told us much must not lose all for a part of it.
    for depth in (2, 1):
        try:
            return Session.model_validate(parts), tuple(left_out)
        except ValidationError as error:
            places = [place["loc"] for place in error.errors(include_url=False, include_input=False)]
            wrong = {_part(parts, place, depth) for place in places}
        left_out += sorted(".".join(place) for place in wrong)
        parts = _without(parts, wrong)
    try:
        return Session.model_validate(parts), tuple(left_out)
    except ValidationError:
        return Session(), (*left_out, "all")


def _part(parts: Mapping[str, Any], place: tuple[int | str, ...], depth: int) -> tuple[str, ...]:
    """The name of what stands at a place: a field, or within a group of fields one of these."""
    names = tuple(str(name) for name in place[:depth])
    return names if isinstance(parts.get(names[0]), dict) and names[-1] in parts[names[0]] else names[:1]


def _without(parts: Mapping[str, Any], names: Collection[tuple[str, ...]]) -> dict[str, Any]:
    return {
        name: {inner: item for inner, item in value.items() if (name, inner) not in names}
        if isinstance(value, dict)
        else value
        for name, value in parts.items()
        if (name,) not in names
    }
