"""What somebody told us about likes and deeds, and which question comes next: data, no bubbles."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from bot.advice.profile import Profile
from bot.advice.suggestions import Done, Told, checks, next_deed
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.choosing import Deed

INTERESTS = "interests"
# Rule 9 of the product: at most so many questions to a first plan; what is asked later is optional.
MAX_QUESTIONS = 8
MAX_DEEDS = 3
MORE_DEEDS = 4


class Tastes(BaseModel):
    """Answers, and the question on the screen.

    `at` is "interests" or a deed; `queue` are the deeds of this round that are known already (the checks
    of `role`), `left` how many more may be chosen; `asked` what was asked in this round, in order;
    `before` the questions asked before it. `picked` are the likes ticked so far, on screen `page`.
    `near` is a role whose workplace was asked for; `task` the task on the screen.
    """

    model_config = ConfigDict(frozen=True)

    at: str | None = None
    paused: bool = False
    role: str | None = None
    queue: tuple[str, ...] = ()
    left: int = 0
    before: int = 0
    asked: tuple[str, ...] = ()
    picked: tuple[str, ...] = ()
    page: int = 0
    interests: tuple[str, ...] = ()
    deeds: dict[str, Done] = {}
    disliked: tuple[str, ...] = ()
    task: str | None = None
    near: str | None = None

    @property
    def waiting(self) -> bool:
        """Whether a question is on the screen."""
        return self.at is not None and not self.paused

    @property
    def told(self) -> Told:
        """The answers as suggestions read them."""
        return Told(self.interests, self.deeds, self.disliked)


def begin(tastes: Tastes, before: int) -> Tastes:
    """At the likes, after `before` questions of another kind; earlier answers stay ticked."""
    left = min(MAX_DEEDS, max(0, MAX_QUESTIONS - before - 1))
    update = {
        "at": INTERESTS,
        "paused": False,
        "role": None,
        "queue": (),
        "left": left,
        "before": before,
        "asked": (),
        "picked": tastes.interests,
        "page": 0,
        "deeds": {},
    }
    return tastes.model_copy(update=update)


def begin_checks(base: KnowledgeBase, tastes: Tastes, role: str, setting: str | None) -> Tastes:
    """At the first check of a role."""
    queue = tuple(deed.id for deed in checks(base, role, setting))
    update = {
        "at": queue[0],
        "paused": False,
        "near": None,
        "role": role,
        "queue": queue[1:],
        "left": 0,
        "before": 0,
        "asked": (),
    }
    return tastes.model_copy(update=update)


def more(tastes: Tastes) -> Tastes:
    """A few more deeds after the suggestions, for whoever wants."""
    return tastes.model_copy(update={"left": MORE_DEEDS, "before": 0, "asked": (), "role": None, "queue": ()})


def move_on(base: KnowledgeBase, profile: Profile, tastes: Tastes) -> Tastes:
    """At the next question, or at none when all are answered."""
    asked = (*tastes.asked, tastes.at) if tastes.at is not None else tastes.asked
    if tastes.queue:
        return tastes.model_copy(update={"at": tastes.queue[0], "queue": tastes.queue[1:], "asked": asked})
    deed = next_deed(base, profile, tastes.told) if tastes.left and tastes.role is None else None
    left = tastes.left - 1 if deed is not None else tastes.left
    return tastes.model_copy(update={"at": deed.id if deed is not None else None, "asked": asked, "left": left})


def back(tastes: Tastes) -> Tastes | None:
    """At the question before, its answer taken back; None at the first of a round."""
    if not tastes.asked:
        return None
    before = tastes.asked[-1]
    deeds = {key: value for key, value in tastes.deeds.items() if key != before}
    here = (tastes.at,) if tastes.at is not None and tastes.role is not None else ()
    update = {
        "at": before,
        "asked": tastes.asked[:-1],
        "deeds": deeds,
        "queue": (*here, *tastes.queue),
        "left": tastes.left if tastes.role is not None or tastes.at is None else tastes.left + 1,
        "picked": tastes.interests,
    }
    return tastes.model_copy(update=update)


def progress(tastes: Tastes) -> tuple[int, int]:
    """(which question this is, how many there will be), counted from 1."""
    number = tastes.before + len(tastes.asked) + 1
    return number, number + len(tastes.queue) + tastes.left


def mend(base: KnowledgeBase, tastes: Tastes) -> Tastes:
    """Answers that fit this knowledge base, which may have changed since the last message."""
    interests = {item.id for item in base.choosing.interests}
    deeds = {item.id for item in base.choosing.deeds}
    tasks = {item.id for item in base.choosing.tasks}
    known = deeds | {INTERESTS}
    fits = tastes.at is None or tastes.at in known
    return tastes.model_copy(
        update={
            "at": tastes.at if fits else None,
            "role": tastes.role if tastes.role in base.roles else None,
            "queue": kept(tastes.queue, deeds),
            "asked": kept(tastes.asked, known),
            "picked": kept(tastes.picked, interests),
            "interests": kept(tastes.interests, interests),
            "deeds": {key: value for key, value in tastes.deeds.items() if key in deeds},
            "disliked": kept(tastes.disliked, set(base.roles)),
            "task": tastes.task if tastes.task in tasks else None,
            "near": tastes.near if tastes.near in base.roles else None,
        }
    )


def kept(items: Sequence[str], known: set[str]) -> tuple[str, ...]:
    """Those ids that are known."""
    return tuple(item for item in items if item in known)


def deed_of(base: KnowledgeBase, deed_id: str) -> Deed | None:
    """The deed with an id; None where it is gone."""
    return next((deed for deed in base.choosing.deeds if deed.id == deed_id), None)
