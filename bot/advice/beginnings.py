"""How an answer begins to a question that wants yes or no."""

from __future__ import annotations

import re

from bot.advice.ranking import beginnings
from bot.advice.verdicts.asked import place, says
from bot.advice.verdicts.yes_or_no import plain_words, wants_yes_or_no
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import Language
from bot.knowledge.verdicts import YesOrNo
from bot.understanding.entities import ENTITY_KINDS
from bot.understanding.question import FoundStatement, Question

NEAR = 0.72  # cosine of a question with an asking, from which both want the same answer
STRANGE = 0.34  # of the telling words of a question that its asking may lack
_WORD = re.compile(r"[a-z']+")
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


def beginning(base: KnowledgeBase, question: Question, text: str, found: FoundStatement) -> str:
    """The word that the answer to `text`, a part of `question`, begins with; nothing where it wants none or may be
    another question than the one whose answer is known.
    """
    how = base.verdicts.yes_or_no
    reply = found.statement.replies.get(found.asking)
    if reply is None or reply not in how.words or place(found.statement.text, how.begun) == 0:
        return ""
    return how.words[reply] if asks_the_same(base, question, text, found) else ""


def asks_the_same(base: KnowledgeBase, question: Question, text: str, found: FoundStatement) -> bool:
    """Whether `text`, a part of `question`, wants yes or no, and of just what the asking does that it was likened to:
    the same things, bodies and numbers, and turned the same way.
    """
    how = base.verdicts.yes_or_no
    if found.near < NEAR or not wants_yes_or_no(how, text):
        return False
    if not (_speaks_of_all(base, question, found) and _of_its_body(base, question, found)):
        return False
    if not _says_as_much(how, text, found.asking) or _turns(how, text) != _turns(how, found.asking):
        return False
    demands = says(plain_words(text), how.demands) == says(plain_words(found.asking), how.demands)
    return demands and _numbers(base.language, text) == _numbers(base.language, found.asking)


def _speaks_of_all(base: KnowledgeBase, question: Question, found: FoundStatement) -> bool:
    """Whether everything that a question names is what the statement is about, or in the asking it was likened to."""
    named = [span for span in question.spans if span.kind in ENTITY_KINDS and span.id != base.field.default_entity]
    return all(span.id in found.statement.entities or says(found.asking, (span.text,)) for span in named)


def _of_its_body(base: KnowledgeBase, question: Question, found: FoundStatement) -> bool:
    """Whether the bodies that a question names are those whose rule is told: the law of a state, or the practice of
    employers, says nothing of what a body asks.
    """
    item = found.statement
    told = f"{item.text} {found.asking}"
    credential = base.certifications.get(item.owner or "")
    owners = {item.owner, credential.issuer if credential is not None else None}
    named = {span.id for span in question.spans if span.id in base.terms and base.terms[span.id].body}
    return all(body in owners or says(told, (base.terms[body].short.lower(),)) for body in named)


def _numbers(language: Language, text: str) -> frozenset[float]:
    """The numbers in a text, in figures or words; one is left out, since a mere article says it too."""
    figures = (float(figure.replace(",", "")) for figure in _FIGURE.findall(text))
    words = language.numbers.words
    written = (words[word] for word in _WORD.findall(text.lower()) if word in words)
    return frozenset(number for number in (*figures, *written) if number > 1)


def _says_as_much(how: YesOrNo, text: str, asking: str) -> bool:
    """Whether the asking uses most of the telling words of a question: a word more may turn the answer round."""
    known = beginnings(_WORD.findall(plain_words(asking)))
    small = beginnings((*how.openers, *how.demands, *how.negations))
    telling = beginnings(_WORD.findall(plain_words(text))) - small
    return len(telling - known) <= len(telling) * STRANGE


def _turns(how: YesOrNo, text: str) -> int:
    """How often a question is turned round, odd or even."""
    return sum(word in how.negations for word in _WORD.findall(plain_words(text))) % 2
