"""Which statements may follow the one that answers: each must speak of what was asked by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.advice.places import names as says_one_of
from bot.knowledge.base import KnowledgeBase
from bot.understanding.entities import ENTITY_KINDS
from bot.understanding.question import FoundStatement, Question
from bot.understanding.statements import Statement

SURELY = 0.3  # of the first one's weight, from which another statement belongs to it …
SHARE = 0.1  # … and does where it is near to what was asked, or says much of what its words tell …
# … or from here, where it is nearer than the first, that one only says what is not known, or a story was told
SMALL_SHARE = 0.05
NEAR_LIKE, NEAR_WEIGHS = 0.5, 0.3  # likeness, or share of the best one's weight, of what is near as well
AS_LIKELY = 0.4  # of the best one's weight, from which another is shown as well where other answers share the bubble
EQUALLY = 0.7  # of a weight, from which what is known goes before the word that something is not known
SHORT = 14  # words of a message that is one question and no story

Beside = Callable[[Question, Statement], bool]


def is_story(question: Question) -> bool:
    """Whether a message is more than one question."""
    return len(question.text.split()) > SHORT


def known_first(found: Sequence[FoundStatement]) -> Sequence[FoundStatement]:
    """What is known before the word that something is not known, where it is nearly as likely to answer."""
    first = found[0]
    if first.statement.known:
        return found
    known = (item for item in found if item.statement.known and item.weight >= EQUALLY * first.weight)
    told = next(known, first)
    return [told, *(item for item in found if item is not told)]


def follows(question: Question, item: FoundStatement, first: FoundStatement, best: float) -> bool:
    """Whether a statement may be shown below the `first` one of an answer, or of what is only the nearest; `best` is
    the weight of the likeliest.
    """
    if question.brief and item.weight < AS_LIKELY * best:
        return False
    if question.nearest:
        return _is_near(question, item, first, best)
    return belongs(item, first, best) or (is_story(question) and item.weight >= SMALL_SHARE * best)


def belongs(item: FoundStatement, first: FoundStatement, best: float) -> bool:
    """Whether a further statement speaks of what was asked. That something is not known does where that was likely, or
    more of what the words tell is in it; what is nearer than the first does sooner, and so does all where just what was
    asked is not known.
    """
    nearer = item.like >= first.like or item.covered > first.covered
    if item.weight >= SURELY * best:
        return True
    if first.statement.known and not item.statement.known and item.covered <= first.covered:
        return False
    share = SMALL_SHARE if nearer or not first.statement.known else SHARE
    return item.speaks_of_it and item.weight >= share * best


def _is_near(question: Question, item: FoundStatement, first: FoundStatement, best: float) -> bool:
    """Whether a further sentence is near what was asked as well, and of nothing that is not named."""
    owner = item.statement.owner
    named = {span.id for span in question.spans if span.kind in ENTITY_KINDS}
    much = item.like >= NEAR_LIKE or item.weight >= NEAR_WEIGHS * best
    return much and belongs(item, first, best) and (owner is None or not named or owner in named)


def of_another(base: KnowledgeBase, question: Question, item: Statement) -> bool:
    """Whether a statement is about another thing of the kind of those named, and does not speak of them."""
    named = {span.id for span in question.spans if span.kind in ("certification", "role")} or set(question.entities)
    owner = item.owner
    if owner is None or owner in named or owner not in base.kinds:
        return False
    same = [thing for thing in named if base.kinds.get(thing) == base.kinds[owner]]
    return bool(same) and not any(says_one_of(item.text, (base.entities[thing].short,)) for thing in same)


def of_another_body(base: KnowledgeBase, question: Question, item: Statement) -> bool:
    """Whether a statement tells the rule of another body than those whose credentials are asked about."""
    named = {span.id for span in question.spans} or set(question.entities)
    asked = {base.certifications[thing].issuer for thing in named if thing in base.certifications}
    if not asked:
        return False
    bodies = {thing for thing, term in base.terms.items() if term.body}
    told = {thing for thing in bodies if thing == item.owner or says_one_of(item.text, (base.terms[thing].short,))}
    own = (base.certifications[thing].short for thing in named if thing in base.certifications)
    return bool(told) and told.isdisjoint(asked | (named & bodies)) and not says_one_of(item.text, tuple(own))
