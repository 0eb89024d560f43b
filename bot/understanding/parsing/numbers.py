"""Numbers as people type them: "about 2 and a half years", "18 months", "ten hours", "$1.5k"."""

from __future__ import annotations

import re
from typing import Literal

from bot.knowledge.language import Language
from bot.understanding.parsing.patterns import alternatives, whole

Unit = Literal["years", "hours", "money"]

WEEKS_A_YEAR = 52
DAYS_A_WEEK = 7
MAX_LENGTH = 200
MOST_DIGITS = 4
LONGEST = 3  # words that say one number
TENS = 20
_RANGE_ENDS = r"(\d+(?:\.\d+)?)\s*{to}\s*(\d+(?:\.\d+)?)"


class NumberReader:
    """Reads numbers in one language; what was asked for says which unit is meant."""

    def __init__(self, language: Language) -> None:
        numbers, units, calendar = language.numbers, language.units, language.calendar
        said = numbers.words | numbers.vague
        self._words = {tuple(phrase.lower().split()): value for phrase, value in said.items() if value >= 1}
        # "half an hour": less than one.
        self._parts = {phrase: value for phrase, value in said.items() if 0 < value < 1}
        self._scales = {word.lower(): value for word, value in numbers.scales.items()}
        self._number = re.compile(rf"(\d[\d,]*(?:\.\d+)?)\s*({alternatives(numbers.scales)}\b)?")
        self._range = re.compile(_RANGE_ENDS.format(to=alternatives(numbers.ranges)))
        self._half, self._added = whole(numbers.half), whole(numbers.added)
        self._less = {phrase: whole([phrase]) for phrase in self._parts}
        self._times = [(whole([phrase]), value) for phrase, value in sorted(units.a_week.items(), key=_longest)]
        weeks = {word: days / DAYS_A_WEEK / WEEKS_A_YEAR for word, days in calendar.units.items()}
        self._sizes: dict[str, list[tuple[re.Pattern[str], float]]] = {
            "years": [(whole([word]), size) for word, size in (weeks | units.years).items() if size < 1],
            "hours": [(whole([word]), size) for word, size in units.hours.items() if size < 1],
        }
        # What names a unit, to tell whether a number is given in another one than was asked for.
        money = [word for item in language.currencies.values() for word in (*item.signs, *item.words)]
        self.named: dict[str, re.Pattern[str]] = {
            "years": whole(units.years),
            "hours": whole(units.hours),
            "money": whole(money),
        }
        spans = [*calendar.units, *units.years]
        self.a_time = re.compile(rf"\b\d+\s*{alternatives(spans)}\b")
        self._units = {word.lower() for word in (*spans, *units.hours)}
        ages = language.ages
        one_year = [word for word, size in units.years.items() if size == 1]
        # How old somebody is answers nothing here, and must not be taken for what does.
        self._age = re.compile(
            rf"\b\d{{1,3}}[\s-]*{alternatives(one_year)}[\s/-]*{alternatives(ages.old)}\b"
            rf"|\b{alternatives(ages.age)}\s+\d{{1,3}}\b"
            rf"|\b{alternatives(ages.am)}\s+(?:{alternatives(ages.only)}\s+)?\d{{2}}\b"
            rf"(?!\s*{alternatives([*self._units, *numbers.scales])}\b)"
        )
        self._minor = re.compile(
            rf"\b{alternatives([*ages.am, *ages.age])}\s+(?:{alternatives(ages.only)}\s+)?(?:1[0-7]|[5-9])\b"
            rf"(?!\s*{alternatives(one_year)}?\s*{alternatives(ages.spent)})"
            rf"|\b{alternatives(ages.under)}\b"
            rf"|\b1[0-7][\s-]*{alternatives(one_year)}[\s/-]*{alternatives(ages.old)}\b"
        )

    def read(self, text: str, unit: Unit) -> float | None:
        """The number in `text` in years, hours a week or money; None where there is none.

        Months and days are converted; a range gives its lower end, so that nobody is promised
        more than they have.
        """
        words = self._age.sub(" ", text[:MAX_LENGTH].lower().replace("’", "'"))
        value = self._value(words)
        if value is None:
            return None
        size = next((size for pattern, size in self._sizes.get(unit, ()) if pattern.search(words)), None)
        if unit == "hours":
            value *= next((times for pattern, times in self._times if pattern.search(words)), 1)
        return round(value * size, 2) if size is not None else value

    def minor(self, text: str) -> bool:
        """Whether somebody says that they are younger than 18."""
        return self._minor.search(text.lower().replace("’", "'")) is not None

    def leading(self, text: str) -> float | None:
        """The number that some words open with."""
        number = re.match(r"\d{1,3}(?:\.\d)?\b", text)
        if number is not None:
            return float(number[0])
        found = self._phrase(text.lower().split(), 0)
        return found[0] if found is not None else None

    def _value(self, words: str) -> float | None:
        more = self._added.search(words) is not None
        rest = self._added.sub(" ", words)  # "an hour and a half a day" is no half a day
        for phrase, pattern in self._less.items():
            if pattern.search(rest):
                return self._parts[phrase]
        half = 0.5 if self._half.search(words) else 0.0
        found = self._range.search(words)
        if found:
            return float(found[1])
        found = self._number.search(words)
        if found:
            return float(found[1].replace(",", "")) * self._scales.get(found[2] or "", 1) + half
        spoken = self._spoken(re.findall(r"[^\W\d_]+", self._half.sub(" ", words)))
        return spoken + half if spoken is not None else half + more or None  # "hour and a half" says no one

    def _spoken(self, tokens: list[str]) -> float | None:
        """The first number in words; "a" is one only before a unit."""
        for at in range(len(tokens)):
            found = self._phrase(tokens, at)
            if found is None:
                continue
            value, end = found
            following = tokens[end] if end < len(tokens) else ""
            article = value == 1 and len(tokens[at]) <= 2  # noqa: PLR2004 - letters
            if article and following not in self._units and following not in self._scales:
                continue
            return value * self._scales.get(following, 1)
        return None

    def _phrase(self, tokens: list[str], at: int) -> tuple[float, int] | None:
        """The number that starts at a word, and where it ends."""
        for length in range(LONGEST, 0, -1):
            row = tuple(tokens[at : at + length])
            if len(row) == length and row in self._words:
                value, end = self._words[row], at + length
                more = self._words.get(tuple(tokens[end : end + 1]), 0)
                return (value + more, end + 1) if value >= TENS and 0 < more < 10 else (value, end)  # noqa: PLR2004
        return None


def _longest(item: tuple[str, float]) -> int:
    return -len(item[0])


def digits(text: str) -> int:
    """A whole number as a button carries it, of four digits at most; -1 for anything else."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else -1
