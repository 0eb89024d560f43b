"""What a message tells of its writer: whether it only tells; whether it still holds."""

from __future__ import annotations

from bot.advice.profile import Profile
from bot.conversation.memory import ProfileChange
from bot.conversation.session import Session
from bot.understanding.context import SHORT_MEMORY
from bot.understanding.entities import ENTITY_KINDS
from bot.understanding.question import Question
from bot.understanding.reader.heard import IN_PASSING, PUT_RIGHT, RETRACTED, Field, Heard, ToldFact

ORDERED: tuple[Field, ...] = ("hours_per_week", "budget")  # what an amount by itself tells of
NEWS_BELOW = 0.8  # the chance of an answer from which a word of what somebody holds is a question after all
NEWS_WORDS = 8  # of a message that only says what somebody holds or does now
FEW_WORDS = 14  # of a message that asks for one thing, though it has no form of a question


def tells(told: Heard, question: Question, session: Session) -> bool:
    """Whether a message says something of its writer, asks nothing, and bears no sign of what is not for us.

    In the middle of a talk whatever somebody says of themselves belongs to it.
    """
    if any(fact.why in (PUT_RIGHT, RETRACTED) and fact.field in ORDERED for fact in told.facts):
        return "?" not in question.text
    if told.wants:
        return False
    if question.signed:
        return _all_told(told, question)
    talking = bool(session.context.asked) and session.context.age <= SHORT_MEMORY and "?" not in question.text
    if talking and all("tells" in clause.acts and clause.own and not clause.supposed for clause in told.clauses):
        return True
    if _of_others(told, question):
        return True
    if _all_told(told, question):
        return True
    kept = [fact for fact in told.facts if fact.why != IN_PASSING]
    sure = [fact for fact in kept if fact.field != "constraint"]
    own = len(sure) > 1 or any(told.clauses[fact.clause].own for fact in sure)
    if not sure and not any(_tells_limit(told, fact) for fact in kept):
        return False
    short = question.refusal is not None and len(question.text.split()) <= FEW_WORDS
    return bool(kept) and (own or not short)


def _tells_limit(told: Heard, fact: ToldFact) -> bool:
    """Whether a limit is told, and not only part of what somebody looks for ("best desk for <limit> work")."""
    clause, words = told.clauses[fact.clause], len(fact.why.split())
    begins = clause.text.startswith(fact.why)
    sentence = clause.subject == "self" and not clause.piece
    return clause.own or sentence or begins or words * 2 >= len(clause.text.split())


def _all_told(told: Heard, question: Question) -> bool:
    """Whether a message is little more than what it tells of its writer ("10 hours a week")."""
    words = sum(len(fact.why.split()) for fact in told.facts if fact.field in ORDERED)
    return "?" not in question.text and words * 2 >= len(question.text.split()) > 0


def _of_others(told: Heard, question: Question) -> bool:
    """Whether a short message only tells of somebody else ("my cousin passed it", "they will call")."""
    named = any(span.kind in ENTITY_KINDS for span in question.spans)
    answered = bool(question.askings) and question.decision == "answer"
    if answered or (question.refusal is not None and not named):  # something of ours answers, or it is not ours
        return False
    if "?" in question.text or len(question.text.split()) > FEW_WORDS:
        return False
    only_tells = all(set(clause.acts) == {"tells"} for clause in told.clauses)
    return only_tells and any(clause.subject in ("other", "group") and not clause.piece for clause in told.clauses)


def news(told: Heard, question: Question, *, glad: bool = False) -> bool:
    """Whether a message is no more than a word of what somebody holds or does, and nothing surely answers; of whoever
    is `glad` to hold it now, it is more.
    """
    facts = [fact for fact in told.facts if fact.why != IN_PASSING and fact.field in ("certification", "role")]
    plain = all(set(clause.acts) == {"tells"} for clause in told.clauses)
    if glad and any(fact.standing == "held" for fact in facts):
        return False
    unsure = question.nearest or question.confidence < NEWS_BELOW
    return unsure and plain and bool(facts) and len(question.text.split()) <= NEWS_WORDS


def stands(profile: Profile, change: ProfileChange) -> bool:
    """Whether a change is still there after the turn."""
    if change.value is None:
        return True
    if change.key == "years":
        return profile.years.get(str(change.kind)) == change.value
    value = getattr(profile, change.key)
    return change.value in value if isinstance(value, tuple) else value == change.value
