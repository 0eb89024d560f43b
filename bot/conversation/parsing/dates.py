"""Days as people type them: "15 january", "2027-01-15", "next monday", "in 3 weeks". Never guessed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

Found = date | Literal["ambiguous", "impossible"] | None

MAX_LENGTH = 200
MOST_YEARS = 60  # from today either way, as long as anybody works: what is further off is no day of a plan
MOST_AHEAD = 520  # of days, weeks or months: what is further off is a slip of the keyboard
MONTHS_A_YEAR = 12
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"  # noqa: E501 - one line, one table
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(\d{4}))?"
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_DAY_MONTH = re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}\b\.?{_YEAR}")
_MONTH_DAY = re.compile(rf"\b{_MONTH}\.?\s+{_DAY}\b{_YEAR}")
_MONTH_YEAR = re.compile(rf"\b{_MONTH}\.?\s+(\d{{4}})\b")
_FIGURES = re.compile(r"\b(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?\b")
_IN = re.compile(r"\bin (?:about )?(\d{1,3}|an?|one|two|three|four|five|six) (day|week|month)s?\b")
_WEEKDAY = re.compile(
    r"\b(?:(next|this|on)\s+)?(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b"
)
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_CENTURY = 2000


def read_date(text: str, today: date, *, past: bool = False) -> Found:
    """The day that a message names; None where it names none.

    A day without its year is the next one to come, or with `past` the last one. "03/04" is
    "ambiguous", "31 june" is "impossible", and so is a day more than a working life away; a month
    with its year is the month's first day.
    """
    found = _found(text, today, past=past)
    return "impossible" if isinstance(found, date) and abs(found.year - today.year) > MOST_YEARS else found


def _found(text: str, today: date, *, past: bool) -> Found:
    words = " ".join(text[:MAX_LENGTH].lower().split())
    if found := _ISO.search(words):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_MONTH.search(words):
        return _named(int(found[1]), found[2], found[3], today, past)
    if found := _MONTH_YEAR.search(words):
        return _day(int(found[2]), _month(found[1]), 1)
    if found := _MONTH_DAY.search(words):
        return _named(int(found[2]), found[1], found[3], today, past)
    if found := _FIGURES.search(words):
        return _figures(int(found[1]), int(found[2]), found[3], today, past)
    return _spoken(words, today)


def _spoken(words: str, today: date) -> Found:
    """Days counted from today."""
    if re.search(r"\b(today|now)\b", words):
        return today
    if re.search(r"\btomorrow\b", words):
        return today + timedelta(days=1)
    if re.search(r"\byesterday\b", words):
        return today - timedelta(days=1)
    if found := _IN.search(words):
        count = _COUNTS.get(found[1]) or int(found[1])
        return _ahead(today, count, found[2]) if count <= MOST_AHEAD else "impossible"
    if re.search(r"\bnext week\b", words):
        return today + timedelta(days=7 - today.weekday())
    if re.search(r"\bnext month\b", words):
        return _ahead(today.replace(day=1), 1, "month")
    if found := _WEEKDAY.search(words):
        days = (_DAYS.index(found[2][:3]) - today.weekday() - 1) % 7 + 1
        return today + timedelta(days=days)
    return None


def _ahead(today: date, count: int, unit: str) -> Found:
    if unit == "month":
        year, month = divmod(today.year * MONTHS_A_YEAR + today.month - 1 + count, MONTHS_A_YEAR)
        return next(
            (day for back in range(4) if isinstance(day := _day(year, month + 1, today.day - back), date)), None
        )
    return today + timedelta(days=count * (7 if unit == "week" else 1))


def _named(day: int, month: str, year: str | None, today: date, past: bool) -> Found:
    return _of_year(day, _month(month), int(year) if year else None, today, past)


def _of_year(day: int, month: int, year: int | None, today: date, past: bool) -> Found:
    if year is not None:
        return _day(year, month, day)
    found = _day(today.year, month, day)
    if not isinstance(found, date):
        # 29 February is a day of some other year.
        return found
    if past:
        return found if found <= today else _day(today.year - 1, month, day)
    return found if found >= today else _day(today.year + 1, month, day)


def _figures(one: int, other: int, year: str | None, today: date, past: bool) -> Found:
    """15/1 and 1/15 can only be read one way; 3/4 is read one way here and another there."""
    whole = None if year is None else int(year) + (_CENTURY if len(year) == 2 else 0)  # noqa: PLR2004 - digits
    if one != other and max(one, other) <= MONTHS_A_YEAR:
        return "ambiguous"
    day, month = max(one, other), min(one, other)
    return _of_year(day, month, whole, today, past)


def _month(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1


def _day(year: int, month: int, day: int) -> Found:
    try:
        return date(year, month, day)
    except ValueError:
        return "impossible"
