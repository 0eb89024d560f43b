"""Rounds of questions about likes and deeds: which comes next, and the one before. Data, no bubbles."""

from __future__ import annotations

from bot.advice.profile import Profile
from bot.advice.suggestions import checks, next_deed
from bot.conversation.frames import INTERESTS, Round
from bot.conversation.session import Session, Tastes
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.choosing import Deed

# Rule 9 of the product: at most so many questions to a first plan; what is asked later is optional.
MAX_QUESTIONS = 8
MAX_DEEDS = 3
MORE_DEEDS = 4


def of_likes(tastes: Tastes, before: int) -> Round:
    """At the likes, after `before` questions of another kind; earlier answers stay ticked."""
    left = min(MAX_DEEDS, max(0, MAX_QUESTIONS - before - 1))
    return Round(kind="recommend", at=INTERESTS, left=left, before=before, picked=tastes.interests)


def of_checks(base: KnowledgeBase, role: str, setting: str | None) -> Round:
    """At the first check of a role."""
    first, *queue = (deed.id for deed in checks(base, role, setting))
    return Round(kind="readiness", at=first, role=role, queue=tuple(queue))


def of_more_deeds() -> Round:
    """A few more deeds after the suggestions, for whoever wants; `move_on` finds the first."""
    return Round(kind="recommend", left=MORE_DEEDS)


def move_on(base: KnowledgeBase, profile: Profile, tastes: Tastes, here: Round) -> Round:
    """At the next question, or at none when all are answered."""
    asked = (*here.asked, here.at) if here.at is not None else here.asked
    if here.queue:
        return here.model_copy(update={"at": here.queue[0], "queue": here.queue[1:], "asked": asked})
    deed = next_deed(base, profile, tastes.told) if here.left and here.role is None else None
    left = here.left - 1 if deed is not None else here.left
    return here.model_copy(update={"at": deed.id if deed is not None else None, "asked": asked, "left": left})


def back(session: Session, here: Round) -> Session | None:
    """At the question before, its answer taken back; None at the first of a round."""
    if not here.asked:
        return None
    before = here.asked[-1]
    deeds = {key: value for key, value in session.tastes.deeds.items() if key != before}
    update = {
        "at": before,
        "asked": here.asked[:-1],
        "queue": (*((here.at,) if here.at is not None and here.role is not None else ()), *here.queue),
        "left": here.left if here.role is not None or here.at is None else here.left + 1,
        "picked": session.tastes.interests,
    }
    tastes = session.tastes.model_copy(update={"deeds": deeds})
    return session.pushed(here.model_copy(update=update), tastes=tastes)


def progress(here: Round) -> tuple[int, int]:
    """(which question this is, how many there will be), counted from 1."""
    number = here.before + len(here.asked) + 1
    return number, number + len(here.queue) + here.left


def deed_of(base: KnowledgeBase, deed_id: str) -> Deed | None:
    """The deed with an id; None where it is gone."""
    return next((deed for deed in base.choosing.deeds if deed.id == deed_id), None)
