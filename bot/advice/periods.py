"""Whether an amount that was told is for a year, a month, an hour ("is that per year")."""

from __future__ import annotations

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import Language
from bot.understanding.context import STAND_INS, points_back
from bot.understanding.parsing.cues import words_of
from bot.understanding.statements import Statement, statements


def told_before(base: KnowledgeBase, shown: str) -> Statement | None:
    """The statement of that id, where it stands in the knowledge base."""
    return next((item for item in statements(base) if item.id == shown and item.record is not None), None)


def period_answer(base: KnowledgeBase, text: str, shown: str) -> str | None:
    """How the statement of that id begins as the answer to a message that asks for no more than what its amount is for:
    yes, no, or nothing where several are offered; None where a message asks for more, or the statement tells no period,
    or several.
    """
    asked, beside = _periods(base.language, text)
    how = base.verdicts.yes_or_no
    small = {*base.language.nothing_asked, *STAND_INS, *how.openers}
    if not asked or not small.issuperset(beside) or not (points_back(beside) or len(asked) > 1):
        return None
    told = told_before(base, shown)
    known, _ = _periods(base.language, told.text) if told is not None else (frozenset(), [])
    if len(known) != 1:
        return None
    if len(asked) > 1:
        return "" if known <= asked else None
    return how.words.get("yes" if asked == known else "no")


def without_periods(language: Language, text: str) -> str:
    """A text without the periods that an amount in it is for."""
    return " ".join(_periods(language, text)[1])


def _periods(language: Language, text: str) -> tuple[frozenset[str], list[str]]:
    """The periods that a text names, and its other words."""
    words = f" {words_of(text)} "
    found = set()
    named = sorted(((word, period) for period, every in language.periods.items() for word in every), key=_longest)
    for word, period in named:
        if f" {word} " in words:
            found.add(period)
            words = words.replace(f" {word} ", " ")
    return frozenset(found), words.split()


def _longest(named: tuple[str, str]) -> int:
    return -len(named[0])
