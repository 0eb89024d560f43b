"""What of the nearest that is known may be shown: nothing of another thing, place or kind of amount than was asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from bot.advice.direct import of_elsewhere
from bot.advice.further import of_another, of_another_body
from bot.advice.verdicts.asked import says
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import Amount, Language
from bot.understanding.parsing.patterns import alternatives
from bot.understanding.question import Asking, Question
from bot.understanding.reading import TERM_TOPIC
from bot.understanding.statements import Statement

NUMBER = r"\d[\d.,]*"
Beside = Callable[[Question, Statement], bool]


class Nearest:
    """Prunes what is only near to a question. `is_beside` tells sentences of a place that is not asked about."""

    def __init__(self, base: KnowledgeBase, is_beside: Beside) -> None:
        self.base, self.is_beside = base, is_beside

    def pruned(self, question: Question) -> Question:
        """The question with only such near statements as may be shown; not known where none is left."""
        if not question.nearest or not question.askings:
            return question
        kept = tuple(item for asking in question.askings if (item := self._fitting(question, asking)).found)
        if kept:
            return replace(question, askings=kept)
        return replace(question, decision="unknown", topics=(), entities=(), askings=(), nearest=False)

    def _fitting(self, question: Question, asking: Asking) -> Asking:
        base = self.base
        found = tuple(
            item
            for item in asking.found
            if not (
                of_another(base, question, item.statement)
                or of_another_body(base, question, item.statement)
                or self.is_beside(question, item.statement)
                or self._of_a_third_country(question, item.statement)
                or self._defines_another(question, item.statement)
            )
        )
        wanted = asked_amount(base.language, asking.text)
        told = {item.statement.id: told_amounts(base.language, item.statement.text) for item in found}
        if wanted is not None:  # one that tells none may say on what it depends
            found = tuple(item for item in found if wanted in told[item.statement.id] or not told[item.statement.id])
        return replace(asking, found=found)

    def _defines_another(self, question: Question, item: Statement) -> bool:
        """Whether a statement says what something means that is not named, and not a word of what is asked about."""
        if item.topic != TERM_TOPIC or item.owner is None or any(span.id == item.owner for span in question.spans):
            return False
        said = f"{item.text} {' '.join(item.asked)}"
        return any(not says(said, (word,)) for word in question.telling)

    def _of_a_third_country(self, question: Question, item: Statement) -> bool:
        """Whether a statement is neither of the country that is meant nor of the usual one."""
        return of_elsewhere(self.base, question, item) and self.base.field.default_country not in item.countries


def asked_amount(language: Language, text: str) -> Amount | None:
    """The one kind of amount that a question asks for; None where it asks for none, or for both."""
    asked = [kind for kind, words in language.amounts.items() if says(text, words)]
    return asked[0] if len(asked) == 1 else None


def told_amounts(language: Language, text: str) -> frozenset[Amount]:
    """The kinds of amounts that a sentence tells."""
    patterns = _patterns(
        tuple(word for currency in language.currencies for word in (currency, *language.currencies[currency].words)),
        tuple(sign for currency in language.currencies.values() for sign in currency.signs),
        (*language.units.years, *language.units.hours, *language.units.times, *_plain(language)),
        tuple(word for word, value in language.numbers.words.items() if value > 1),  # "51,140 USD a year" is no length
    )
    return frozenset(kind for kind, pattern in patterns.items() if pattern.search(text.lower()))


def _plain(language: Language) -> tuple[str, ...]:
    """The words for days and weeks."""
    return tuple(language.calendar.units)


@lru_cache(maxsize=8)
def _patterns(
    currencies: tuple[str, ...], signs: tuple[str, ...], units: tuple[str, ...], numbers: tuple[str, ...]
) -> dict[Amount, re.Pattern[str]]:
    number = rf"\b(?:{NUMBER}|{alternatives(numbers)})"
    return {
        "money": re.compile(rf"{number}\s*{alternatives(currencies)}\b|{alternatives(signs)}\s?{NUMBER}"),
        "time": re.compile(rf"{number}[\s-]*{alternatives(units)}\b"),
    }
