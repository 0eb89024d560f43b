"""All that is read of one language: numbers, days, what opens a question, where another thing begins."""

from __future__ import annotations

import re

from bot.knowledge.language import Language
from bot.understanding.parsing.dates import Dates
from bot.understanding.parsing.numbers import NumberReader
from bot.understanding.parsing.patterns import alternatives, whole

SHORTEST_QUESTION = 3  # words, where no question mark says it: "what is x"


class Speech:
    """Reads one language. Never changes after construction: safe to share."""

    def __init__(self, language: Language) -> None:
        self.numbers, self.dates = NumberReader(language), Dates(language)
        self._asks = frozenset(language.asks)
        self._clause_end = re.compile(rf"[.;!\n]+|,\s+(?={alternatives(language.clauses)}\b)", re.IGNORECASE)
        calendar, orders = language.calendar, language.orders
        self.weeks = whole(word for word, days in calendar.units.items() if days == 7)  # noqa: PLR2004 - days of a week
        step, article = alternatives(orders.step), alternatives(orders.articles)
        # "the step 2 now", "2 is done".
        number, trailing = rf"(\d{{1,2}}){self.dates.ordinal}?", alternatives(orders.trailing)
        self.step = re.compile(rf"(?:{article} )?(?:{step} )?{number}(?: {step})?(?: {trailing})?")
        self.step_then = re.compile(rf"(?:{step} )?(\d{{1,2}}) (?:{alternatives(orders.is_)} )?(.+)")
        self.article = re.compile(rf"^{article} ")
        self._about = rf".*? {alternatives(orders.about)} (?!\d)([^\W\d][\w' -]*?)(?: {alternatives(orders.for_)} |$)"

    def asks(self, text: str) -> bool:
        """Whether a message has the shape of a question rather than of an answer."""
        words = text.lower().split()
        return text.rstrip().endswith("?") or (len(words) >= SHORTEST_QUESTION and words[0] in self._asks)

    def clauses(self, text: str) -> list[str]:
        """The parts of a message that each tell something."""
        return self._clause_end.split(text)

    def subject(self, words: str, after: str) -> str:
        """What something is about, said after some words: "4 units on privacy"; empty where nothing is."""
        found = re.search(re.escape(after) + self._about, words)
        return found[1].strip() if found else ""
