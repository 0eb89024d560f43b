"""What somebody tells after an answer is the case that they ask for: the question before, asked again with it."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

from bot.conversation.flow import Message
from bot.conversation.heeding import home_of, puts_right
from bot.understanding.context import SHORT_MEMORY
from bot.understanding.interpreter import Interpreter
from bot.understanding.parsing.cues import words_of
from bot.understanding.question import Context, Question
from bot.understanding.reader.heard import IN_PASSING, RETRACTED
from bot.understanding.subjects import COMPARE
from bot.understanding.swapping import without_talk

MOST_WORDS = 20  # of what is told: more is a story of its own


def only_tells(heard: Message, asking: Container[str]) -> bool:
    """Whether a message tells something and asks nothing, in none of the words that ask ("wants to know what …")."""
    clauses = heard.told.clauses
    if any(word in asking for word in words_of(heard.text).split()):
        return False
    asks = "?" in heard.text or heard.told.wants or any({"asks", "commands"} & set(item.acts) for item in clauses)
    return bool(clauses) and not asks and len(heard.text.split()) <= MOST_WORDS


def asked_again(
    interpreter: Interpreter, heard: Message, talk: Context, cues: Mapping[str, Sequence[str]]
) -> Question | None:
    """The question before with what a message tells; None where that asks, tells nothing of ours, bears a sign of what
    is not for us, or answers surely by itself. `cues` has words that ask.
    """
    own, before, asking = heard.question, heard.session.context, frozenset(cues.get("question", ()))
    # What is taken back is no case; what was weighed is weighed again by the verdict itself.
    if any(fact.why == RETRACTED for fact in heard.told.facts) or COMPARE in heard.session.context.topics:
        return None
    if puts_right(heard.told) and home_of(heard.told) is not None:  # told of the wrong country
        return None
    if own is None or own.signed or not before.asked or before.age > SHORT_MEMORY or not only_tells(heard, asking):
        return None
    told = any(fact.why != IN_PASSING and fact.field != "country" for fact in heard.told.facts)
    if not told and not (own.spans and any(clause.own for clause in heard.told.clauses)):
        return None
    asked = before.asked.rstrip(" .?!")
    again = interpreter.interpret(f"{asked}? {heard.text}", without_talk(talk))
    if again.decision != "answer" or again.nearest:
        return None
    if own.decision == "answer" and not own.nearest and own.confidence >= again.confidence:
        return None
    return replace(again, full=asked, from_context=True, apart=())
