"""What a message tells of its writer: whether it only tells; whether it still holds."""

from __future__ import annotations

from bot.advice.profile import Profile
from bot.conversation.memory import ProfileChange
from bot.conversation.session import Session
from bot.understanding.context import SHORT_MEMORY
from bot.understanding.question import Question
from bot.understanding.reader.heard import IN_PASSING, Heard

FEW_WORDS = 14  # of a message that asks for one thing, though it has no form of a question


def tells(told: Heard, question: Question, session: Session) -> bool:
    """Whether a message says something of its writer, asks nothing, and bears no sign of what is not for us.

    In the middle of a talk whatever somebody says of themselves belongs to it.
    """
    if told.wants or question.signed:
        return False
    talking = bool(session.context.asked) and session.context.age <= SHORT_MEMORY and "?" not in question.text
    if talking and all("tells" in clause.acts and clause.own and not clause.supposed for clause in told.clauses):
        return True
    kept = [fact for fact in told.facts if fact.why != IN_PASSING]
    sure = [fact for fact in kept if fact.field != "constraint"]
    own = len(sure) > 1 or any(told.clauses[fact.clause].own for fact in sure)
    short = question.refusal is not None and len(question.text.split()) <= FEW_WORDS
    return bool(kept) and (own or not short)


def stands(profile: Profile, change: ProfileChange) -> bool:
    """Whether a change is still there after the turn."""
    if change.value is None:
        return True
    if change.key == "years":
        return profile.years.get(str(change.kind)) == change.value
    value = getattr(profile, change.key)
    return change.value in value if isinstance(value, tuple) else value == change.value
