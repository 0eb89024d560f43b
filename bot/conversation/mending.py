"""A session made to fit the knowledge base, from which ids may have gone since the last message.

The answers of the assessment are left as they are: `Dialog` mends them, and says so.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

from bot.advice.profile import Profile
from bot.advice.progress.model import Progress
from bot.conversation import tastes
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase
from bot.understanding.question import Context


def mended(base: KnowledgeBase, session: Session) -> Session:
    """The same session without what is not known any more; what was done on a plan stays."""
    progress = session.progress
    if progress is not None:
        progress = _progress(base, progress)
    return session.model_copy(
        update={
            "profile": _profile(base, session.profile),
            "context": _context(base, session.context),
            "tastes": tastes.mend(base, session.tastes),
            "progress": progress,
        }
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
