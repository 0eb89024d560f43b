"""Numbers with their unit: years, hours and how often in a week, money with its currency, or nothing of these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.knowledge.language import Language
from bot.understanding.reader.tokens import NONE, SLASH, Token, Tokenizer

QuantityKind = Literal["years", "hours", "money", "number"]
FIRST_YEAR = 1950  # a number from here to this year may be one of the calendar
TENS = 20


@dataclass(frozen=True, slots=True)
class QuantitySpan:
    """Tokens `start`..`end` (exclusive) that give a number.

    `a_week` says how often in a week hours are meant, None where that is not said. `rate` is true where the number is
    one per something ("/hr").
    """

    start: int
    end: int
    value: float
    kind: QuantityKind
    a_week: float | None = None
    currency: str | None = None
    rate: bool = False


PhraseValues = Mapping[tuple[str, ...], float]


class Quantities:
    """Finds the numbers of a message."""

    def __init__(self, language: Language, tokenizer: Tokenizer) -> None:
        def phrases(pairs: Mapping[str, float]) -> dict[tuple[str, ...], float]:
            return {tokenizer.words(phrase): value for phrase, value in pairs.items()}

        self._words = phrases(language.numbers.words)
        self._scales = phrases(language.numbers.scales)
        self._added = phrases(language.numbers.added)
        self._loose = phrases(dict.fromkeys(language.numbers.loose, 0.0))
        self._ranges = frozenset(language.numbers.ranges)
        self._years = phrases(language.units.years)
        self._hours = phrases(language.units.hours)
        self._a_week = phrases(language.units.a_week)
        self._signs: dict[tuple[str, ...], str] = {}
        self._money: dict[tuple[str, ...], tuple[str, float]] = {}
        for code, currency in language.currencies.items():
            for sign in currency.signs:
                self._signs[tokenizer.words(sign)] = code
            for word in (*currency.words, *currency.signs):
                self._money[tokenizer.words(word)] = (code, currency.scales.get(word, 1.0))

        self._firsts = {row[0] for row in (*self._words, *self._signs) if row}

    def find(self, tokens: Sequence[Token], names: frozenset[int]) -> list[QuantitySpan]:
        """The numbers, left to right; `names` are the tokens that belong to names."""
        found: list[QuantitySpan] = []
        at = 0
        while at < len(tokens):
            quantity = None if at in names else self._at(tokens, at)
            if quantity is None:
                at += 1
                continue
            found.append(quantity)
            at = quantity.end
        return found

    def _at(self, tokens: Sequence[Token], start: int) -> QuantitySpan | None:
        if tokens[start].value is None and tokens[start].word not in self._firsts:
            return None
        sign = None
        at = start
        for length in (2, 1):
            row = _row(tokens, at, length)
            if row in self._signs:
                sign, at = self._signs[row], at + length
                break
        number = self._number(tokens, at)
        if number is None:
            return None
        value, end, article = number
        if end + 1 < len(tokens) and (tokens[end].word in self._ranges or tokens[end].glued):
            other = self._number(tokens, end + (tokens[end].word in self._ranges))
            if other is not None and not other[2] and other[0] > value:
                end = other[1]
                value *= self._shared_scale(tokens, end, value)
        for phrase, more in self._added.items():
            if _next(tokens, end, len(phrase)) == phrase:
                value, end = value + more, end + len(phrase)
        return self._with_unit(tokens, start, end, value, sign, article=article)

    def _shared_scale(self, tokens: Sequence[Token], end: int, value: float) -> float:
        """ "2-3k": the scale of the upper end is the lower one's too."""
        last = (tokens[end - 1].word,)
        return self._scales[last] if last in self._scales and value < self._scales[last] else 1.0

    def _number(self, tokens: Sequence[Token], at: int) -> tuple[float, int, bool] | None:
        """The value from `at`, its end, and whether it is no more than an article."""
        if at >= len(tokens):
            return None
        token = tokens[at]
        if token.value is not None:
            return (*self._scaled(tokens, at + 1, token.value), False)
        for length in (3, 2, 1):
            row = _row(tokens, at, length)
            if row in self._words:
                value, end = self._words[row], at + length
                article = value == 1 and len(token.word) <= 2  # noqa: PLR2004  an article
                following = _next(tokens, end, 1)
                if value >= TENS and following in self._words and 0 < self._words[following] < 10:  # noqa: PLR2004
                    value, end = value + self._words[following], end + 1
                value, scaled = self._scaled(tokens, end, value)
                return value, scaled, article and scaled == end
        return None

    def _scaled(self, tokens: Sequence[Token], end: int, value: float) -> tuple[float, int]:
        while (row := _next(tokens, end, 1)) in self._scales and tokens[end].gap == NONE:
            value, end = value * self._scales[row], end + 1
        return value, end

    def _with_unit(
        self,
        tokens: Sequence[Token],
        start: int,
        end: int,
        value: float,
        sign: str | None,
        *,
        article: bool,
    ) -> QuantitySpan | None:
        after = end
        if sign is not None:
            rate = _next(tokens, end, 1) == (SLASH,) or self._longest(self._a_week, tokens, end) > 0
            return QuantitySpan(start, end, value, "money", currency=sign, rate=rate)
        while True:
            loose = self._longest(self._loose, tokens, after)
            if not loose and after < len(tokens) and tokens[after].word == "+" and tokens[after].glued:
                loose = 1
            if not loose:
                break
            after += loose
        for length in (2, 1):
            row = _next(tokens, after, length)
            if row in self._money and not article:
                code, times = self._money[row]
                return QuantitySpan(start, after + length, value * times, "money", currency=code)
        row = _next(tokens, after, 1)
        if row in self._years:
            after += 1
            more = next((phrase for phrase in self._added if _next(tokens, after, len(phrase)) == phrase), ())
            size = self._years[row]
            return QuantitySpan(start, after + len(more), (value + self._added.get(more, 0.0)) * size, "years")
        if row in self._hours:
            more = next((phrase for phrase in self._added if _next(tokens, after + 1, len(phrase)) == phrase), ())
            value = (value + self._added.get(more, 0.0)) * self._hours[row]
            after += len(more)
            each = self._longest(self._a_week, tokens, after + 1) or (
                1 + self._longest(self._a_week, tokens, after + 2) if _next(tokens, after + 1, 1) == (SLASH,) else 0
            )
            slashed = each > 0 and _next(tokens, after + 1, 1) == (SLASH,)
            phrase = _next(tokens, after + 1 + slashed, each - slashed) if each else ()
            often = self._a_week.get(phrase or (), None)
            return QuantitySpan(start, after + 1 + each, value, "hours", a_week=often)
        if article:
            return None
        rate = _next(tokens, end, 1) == (SLASH,)
        return QuantitySpan(start, end, value, "number", rate=rate)

    def _longest(self, phrases: PhraseValues, tokens: Sequence[Token], at: int) -> int:
        for length in (3, 2, 1):
            if _next(tokens, at, length) in phrases:
                return length
        return 0


def _row(tokens: Sequence[Token], at: int, length: int) -> tuple[str, ...]:
    """`length` words from `at`, none where punctuation stands between them."""
    row = tokens[at : at + length]
    if len(row) < length or any(token.gap != NONE for token in row[1:]):
        return ()
    return tuple(token.word for token in row)


def _next(tokens: Sequence[Token], at: int, length: int) -> tuple[str, ...]:
    """The same, and none where punctuation stands before them."""
    return _row(tokens, at, length) if at < len(tokens) and tokens[at].gap == NONE else ()
