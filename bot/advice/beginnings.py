"""How an answer begins to a question that wants yes or no."""

from __future__ import annotations

import re

from bot.advice.ranking import beginnings
from bot.advice.verdicts.asked import place, says
from bot.advice.verdicts.yes_or_no import plain_words, wants_yes_or_no
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.verdicts import YesOrNo
from bot.understanding.entities import ENTITY_KINDS
from bot.understanding.question import FoundStatement, Question

NEAR = 0.72  # cosine of a question with an asking, from which both want the same answer
STRANGE = 0.34  # of the telling words of a question that its asking may lack
_WORD = re.compile(r"[a-z']+")


def beginning(base: KnowledgeBase, question: Question, text: str, found: FoundStatement) -> str:
    """The word that the answer to `text`, a part of `question`, begins with; nothing where it wants none or may be
    another question than the one whose answer is known.
    """
    how = base.verdicts.yes_or_no
    reply = found.statement.replies.get(found.asking)
    if reply is None or reply not in how.words or found.near < NEAR or not wants_yes_or_no(how, text):
        return ""
    if place(found.statement.text, how.begun) == 0 or not _speaks_of_all(base, question, found):
        return ""
    if not _says_as_much(how, text, found.asking):
        return ""
    turned = _turns(how, text) != _turns(how, found.asking)
    demands = says(plain_words(text), how.demands) != says(plain_words(found.asking), how.demands)
    return "" if turned or demands else how.words[reply]


def _speaks_of_all(base: KnowledgeBase, question: Question, found: FoundStatement) -> bool:
    """Whether everything that a question names is what the statement is about, or in the asking it was likened to."""
    named = [span for span in question.spans if span.kind in ENTITY_KINDS and span.id != base.field.default_entity]
    return all(span.id in found.statement.entities or says(found.asking, (span.text,)) for span in named)


def _says_as_much(how: YesOrNo, text: str, asking: str) -> bool:
    """Whether the asking uses most of the telling words of a question: a word more may turn the answer round."""
    known = beginnings(_WORD.findall(plain_words(asking)))
    small = beginnings((*how.openers, *how.demands, *how.negations))
    telling = beginnings(_WORD.findall(plain_words(text))) - small
    return len(telling - known) <= len(telling) * STRANGE


def _turns(how: YesOrNo, text: str) -> int:
    """How often a question is turned round, odd or even."""
    return sum(word in how.negations for word in _WORD.findall(plain_words(text))) % 2
