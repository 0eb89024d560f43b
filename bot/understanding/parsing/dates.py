"""Days as people type them: "15 january", "2027-01-15", "next monday", "in 3 weeks", "last friday". Never guessed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

from bot.knowledge.language import Language
from bot.understanding.parsing.patterns import alternatives, whole

FoundDate = date | Literal["ambiguous", "impossible"] | None

MAX_LENGTH = 200
MOST_YEARS = 60  # from today either way, as long as anybody works: what is further off is no day of a plan
MOST_AHEAD = 520  # of days, weeks or months: what is further off is a slip of the keyboard
MONTHS_A_YEAR = 12
DAYS_A_WEEK = 7
DAYS_A_MONTH = 30  # of a month that is counted back
MOST_OF_MONTH = 31  # days
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_FIGURES = re.compile(r"\b(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?\b")
_YEAR = r"(?:,?\s+(\d{4}))?"
_CENTURY = 2000


class Dates:
    """Reads days in one language."""

    def __init__(self, language: Language) -> None:
        calendar = language.calendar
        self._months = {name.lower(): at for at, names in enumerate(language.units.months, 1) for name in names}
        self._weekdays = {name.lower(): at for at, names in enumerate(calendar.weekdays) for name in names}
        self._counts = {word.lower(): int(value) for word, value in language.numbers.words.items() if value >= 1}
        self._sizes = calendar.units | dict.fromkeys(calendar.months, 0)
        month, ordinal = f"({alternatives(self._months)})", alternatives(calendar.ordinals)
        day = rf"(\d{{1,2}}){ordinal}?"
        self._day_month = re.compile(rf"\b{day}\s+(?:{alternatives(calendar.of)}\s+)?{month}\b\.?{_YEAR}")
        self._month = re.compile(rf"\b(?:{alternatives(calendar.until)})\s+{month}\b")
        last = rf"(\d{{1,2}}){ordinal}(?!\w|\s+\w)"  # "until my 2nd try" is no day
        self._until_day = re.compile(rf"\b(?:{alternatives(calendar.until)})\s+(?:\w+\s+)?{last}")
        the = rf"(?:{alternatives(calendar.the)})\s+" if calendar.the else ""
        self._bare_day = re.compile(rf"\b(?:{alternatives(calendar.coming)})\s+{the}{last}")
        self._day_of = re.compile(last)
        self._month_day = re.compile(rf"\b{month}\.?\s+{day}\b{_YEAR}")
        self._month_year = re.compile(rf"\b{month}\.?\s+(\d{{4}})\b")
        ahead, counts, units = map(alternatives, (calendar.ahead, self._counts, self._sizes))
        self._in = re.compile(rf"\b{ahead}\s+(\d{{1,3}}|{counts})\s+({units})\b")
        self._weekday = re.compile(rf"\b(?:{alternatives(calendar.coming)}\s+)?({alternatives(self._weekdays)})\b")
        ago, gone = map(alternatives, (calendar.ago, calendar.gone))
        self._ago = re.compile(rf"\b(\d{{1,3}}|{counts})\s+({units})\s+(?:{ago})\b")
        self._gone = re.compile(rf"\b(?:{gone})\s+({alternatives(self._weekdays)}|{units})\b")
        self._days = [(whole([word]), days) for word, days in calendar.days.items()]
        self._next_week, self._next_month = whole(calendar.next_week), whole(calendar.next_month)
        self.ordinal = ordinal
        slashed = re.compile(r"\b\d{1,2}/\d{1,2}(?:/(?:\d{4}|\d{2}))?\b")
        bare = re.compile(rf"\b\d{{1,2}}{ordinal}(?!\w)")
        self._numbered = (_ISO, self._day_month, self._month_day, self._month_year, self._in, slashed, bare)

    def read(self, text: str, today: date, *, past: bool = False) -> FoundDate:
        """The day that a message names; None where it names none.

        A day without its year is the next one to come, or with `past` the last one; "last friday" and "2 days ago"
        are past in any case. "03/04" is
        "ambiguous", "31 june" is "impossible", and so is a day more than a working life away; a month
        with its year is the month's first day.
        """
        found = self._found(" ".join(text[:MAX_LENGTH].lower().split()), today, past=past)
        return "impossible" if isinstance(found, date) and abs(found.year - today.year) > MOST_YEARS else found

    def left_out(self, text: str) -> str:
        """A text without the days that it names: their numbers count nothing else ("my exam is march 3")."""
        words = " ".join(text[:MAX_LENGTH].lower().split())
        for pattern in self._numbered:
            words = pattern.sub(" ", words)
        return words

    def until(self, text: str, today: date) -> date | None:
        """The end of a time as a bare month or a bare day; None where none is named.

        "Until june" is its first day, "till the 29th" the next 29th.
        """
        words = text[:MAX_LENGTH].lower()
        found = self._month.search(words)
        day = _of_year(1, self._months[found[1]], None, today, past=False) if found is not None else None
        if found is None and (bare := self._until_day.search(words)) is not None:
            day = _next(int(bare[1]), today)
        return day if isinstance(day, date) else None

    def of_month(self, text: str, first: date) -> date | None:
        """The day of a month, whose first day is given, that words name by its number alone: "the 19th"."""
        found = self._day_of.search(text[:MAX_LENGTH].lower())
        day = _day(first.year, first.month, int(found[1])) if found is not None else None
        return day if isinstance(day, date) else None

    def behind(self, text: str, today: date) -> date | None:
        """The day counted back from today that a message names ("2 weeks ago", "last friday"); None where none is."""
        return self._behind(" ".join(text[:MAX_LENGTH].lower().split()), today)

    def _found(self, words: str, today: date, *, past: bool) -> FoundDate:
        if found := _ISO.search(words):
            return _day(int(found[1]), int(found[2]), int(found[3]))
        if found := self._day_month.search(words):
            return self._named(int(found[1]), found[2], found[3], today, past)
        if found := self._month_year.search(words):
            return _day(int(found[2]), self._months[found[1]], 1)
        if found := self._month_day.search(words):
            return self._named(int(found[2]), found[1], found[3], today, past)
        if found := _FIGURES.search(words):
            return _figures(int(found[1]), int(found[2]), found[3], today, past)
        return self._behind(words, today) or self._spoken(words, today, past=past)

    def _named(self, day: int, month: str, year: str | None, today: date, past: bool) -> FoundDate:
        return _of_year(day, self._months[month], int(year) if year else None, today, past)

    def _behind(self, words: str, today: date) -> date | None:
        """Days counted back from today: "yesterday", "2 weeks ago", "last friday", "last week"."""
        for pattern, days in self._days:
            if days < 0 and pattern.search(words):
                return _back(today, -days)
        if found := self._ago.search(words):
            count, size = self._counts.get(found[1]) or int(found[1]), self._sizes[found[2]] or DAYS_A_MONTH
            return _back(today, min(count, MOST_AHEAD) * size)
        if found := self._gone.search(words):
            if found[1] in self._weekdays:
                return _back(today, (today.weekday() - self._weekdays[found[1]] - 1) % DAYS_A_WEEK + 1)
            return _back(today, self._sizes[found[1]] or DAYS_A_MONTH)
        return None

    def _spoken(self, words: str, today: date, *, past: bool) -> FoundDate:
        """Days counted from today."""
        for pattern, days in self._days:
            if pattern.search(words):
                return today + timedelta(days=days)
        if found := self._in.search(words):
            count = self._counts.get(found[1]) or int(found[1])
            size = self._sizes[found[2]]
            if count > MOST_AHEAD:
                return "impossible"
            return today + timedelta(days=count * size) if size else _months_ahead(today, count)
        if self._next_week.search(words):
            return today + timedelta(days=DAYS_A_WEEK - today.weekday())
        if self._next_month.search(words):
            return _months_ahead(today.replace(day=1), 1)
        if found := self._bare_day.search(words):
            return _next(int(found[1]), today, past=past)
        if (found := self._weekday.search(words)) and past:
            return _back(today, (today.weekday() - self._weekdays[found[1]]) % DAYS_A_WEEK)
        if found:
            return today + timedelta(days=(self._weekdays[found[1]] - today.weekday() - 1) % DAYS_A_WEEK + 1)
        return None


def _next(number: int, today: date, *, past: bool = False) -> date | None:
    """The next day with a number in its month, or with `past` the last one."""
    steps = range(2 * MOST_OF_MONTH)
    days = (today - timedelta(days=each) if past else today + timedelta(days=each + 1) for each in steps)
    return next((day for day in days if day.day == number), None)


def _back(today: date, days: int) -> date:
    return date.fromordinal(max(today.toordinal() - days, 1))


def _months_ahead(today: date, count: int) -> FoundDate:
    year, month = divmod(today.year * MONTHS_A_YEAR + today.month - 1 + count, MONTHS_A_YEAR)
    return next((day for back in range(4) if isinstance(day := _day(year, month + 1, today.day - back), date)), None)


def _of_year(day: int, month: int, year: int | None, today: date, past: bool) -> FoundDate:
    if year is not None:
        return _day(year, month, day)
    found = _day(today.year, month, day)
    if not isinstance(found, date):
        # 29 February is a day of some other year.
        return found
    if past:
        return found if found <= today else _day(today.year - 1, month, day)
    return found if found >= today else _day(today.year + 1, month, day)


def _figures(one: int, other: int, year: str | None, today: date, past: bool) -> FoundDate:
    """15/1 and 1/15 can only be read one way; 3/4 is read one way here and another there."""
    whole = None if year is None else int(year) + (_CENTURY if len(year) == 2 else 0)  # noqa: PLR2004 - digits
    if one != other and max(one, other) <= MONTHS_A_YEAR:
        return "ambiguous"
    day, month = max(one, other), min(one, other)
    return _of_year(day, month, whole, today, past)


def _day(year: int, month: int, day: int) -> FoundDate:
    try:
        return date(year, month, day)
    except ValueError:
        return "impossible"
