"""A session made to fit the knowledge base, from which ids may have gone since the last message.

The answers of the assessment are left as they are: its flow mends them, and says so.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

from bot.advice.profile import Profile, with_ids_of_now
from bot.advice.progress.model import Progress
from bot.conversation.frames import INTERESTS, ChoosingWorkplace, Frame, Round, TryingTask
from bot.conversation.session import Session, Tastes
from bot.knowledge.base import KnowledgeBase
from bot.understanding.question import Context


def mended(base: KnowledgeBase, session: Session) -> Session:
    """The same session with the ids of now, and without what is not known any more; what was done on a plan stays."""
    if base.renamed:
        session = Session.model_validate(with_ids_of_now(base, session.model_dump(mode="json")))
    progress = session.progress
    if progress is not None:
        progress = _progress(base, progress)
    return session.model_copy(
        update={
            "profile": _profile(base, session.profile),
            "context": _context(base, session.context),
            "tastes": _tastes(base, session.tastes),
            "stack": tuple(found for frame in session.stack if (found := _frame(base, frame)) is not None),
            "progress": progress,
        }
    )


def _frame(base: KnowledgeBase, frame: Frame) -> Frame | None:
    """A frame without what is gone; None where nothing of it is left to go on with."""
    if isinstance(frame, TryingTask):
        return frame if frame.task in {item.id for item in base.choosing.tasks} else None
    if isinstance(frame, ChoosingWorkplace):
        return frame if frame.role in base.roles else None
    if not isinstance(frame, Round):
        return frame
    if frame.role is not None and frame.role not in base.roles:
        return None
    deeds = {item.id for item in base.choosing.deeds}
    update = {
        "at": _one(frame.at, deeds | {INTERESTS}),
        "queue": _some(frame.queue, deeds),
        "asked": _some(frame.asked, deeds | {INTERESTS}),
        "picked": _some(frame.picked, {item.id for item in base.choosing.interests}),
    }
    return frame.model_copy(update=update)


def _tastes(base: KnowledgeBase, tastes: Tastes) -> Tastes:
    deeds = {item.id for item in base.choosing.deeds}
    return Tastes(
        interests=_some(tastes.interests, {item.id for item in base.choosing.interests}),
        deeds={key: value for key, value in tastes.deeds.items() if key in deeds},
        disliked=_some(tastes.disliked, base.roles),
    )


def _progress(base: KnowledgeBase, progress: Progress) -> Progress:
    """Its profile, and those that undo would bring back."""
    journal = tuple(
        entry.model_copy(
            update={
                "before": entry.before.model_copy(update={"profile": _profile(base, entry.before.profile)})
                if entry.before is not None
                else None
            }
        )
        for entry in progress.journal
    )
    return progress.model_copy(update={"profile": _profile(base, progress.profile), "journal": journal})


def _profile(base: KnowledgeBase, profile: Profile) -> Profile:
    vocabulary = base.assessment
    schooling = base.education.keys() | {level.id for level in vocabulary.education}
    kinds = {item.id for item in vocabulary.experience}
    return profile.model_copy(
        update={
            "role": _one(profile.role, base.roles),
            "certifications": _some(profile.certifications, base.certifications),
            "education": _some(profile.education, schooling),
            "years": {kind: years for kind, years in profile.years.items() if kind in kinds},
            "licences": _some(profile.licences, {item.id for item in vocabulary.licences}),
            "setting": _one(profile.setting, {item.id for item in vocabulary.settings}),
            "constraints": _some(profile.constraints, {item.id for item in vocabulary.constraints}),
            "goal": _one(profile.goal, base.roles.keys() | base.certifications.keys()),
        }
    )


def _context(base: KnowledgeBase, context: Context) -> Context:
    return context.model_copy(
        update={
            "topics": _some(context.topics, base.topics),
            "entities": _some(context.entities, base.entities),
            "listed": _some(context.listed, base.entities),
        }
    )


def _one(item: str | None, known: Container[str]) -> str | None:
    return item if item in known else None


def _some(items: Iterable[str], known: Container[str]) -> tuple[str, ...]:
    return tuple(item for item in items if item in known)
