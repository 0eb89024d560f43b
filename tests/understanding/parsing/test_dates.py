"""Days as people type them, read from a Monday."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import Language
from bot.understanding.parsing.dates import Dates

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def dates(base: KnowledgeBase) -> Dates:
    return Dates(base.language)


def test_without_a_language_only_figures_are_read() -> None:
    assert Dates(Language()).read("2026-12-01", TODAY) == date(2026, 12, 1)
    assert Dates(Language()).read("1 december", TODAY) is None
    assert Dates(Language()).read("tomorrow", TODAY) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("start on 1 December", date(2026, 12, 1)),
        ("on 15 january", date(2027, 1, 15)),
        ("jan 15th", date(2027, 1, 15)),
        ("January 15, 2028", date(2028, 1, 15)),
        ("the 3rd of march 2027", date(2027, 3, 3)),
        ("march 2025", date(2025, 3, 1)),
        ("today", TODAY),
        ("tomorrow", date(2026, 11, 24)),
        ("next monday", date(2026, 11, 30)),
        ("friday", date(2026, 11, 27)),
        ("in 3 weeks", date(2026, 12, 14)),
        ("in two months", date(2027, 1, 23)),
        ("next month", date(2026, 12, 1)),
        ("15/1", date(2027, 1, 15)),
        ("1/15/2027", date(2027, 1, 15)),
        ("5/5", date(2027, 5, 5)),
    ],
)
def test_a_day_is_read(dates: Dates, text: str, day: date) -> None:
    assert dates.read(text, TODAY) == day


def test_a_day_gone_by_is_read_back_in_time(dates: Dates) -> None:
    assert dates.read("20 december", TODAY, past=True) == date(2025, 12, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("last friday", date(2026, 11, 20)),
        ("last monday", date(2026, 11, 16)),
        ("2 weeks ago", date(2026, 11, 9)),
        ("three days back", date(2026, 11, 20)),
        ("last week", date(2026, 11, 16)),
        ("the day before yesterday", date(2026, 11, 21)),
        ("this morning", TODAY),
    ],
)
def test_words_of_the_past_name_a_day_that_is_over(dates: Dates, text: str, day: date) -> None:
    assert dates.read(text, TODAY) == day
    assert dates.read(text, TODAY, past=True) == day


def test_a_day_of_the_week_is_the_last_one_only_in_the_past(dates: Dates) -> None:
    assert dates.read("on saturday", TODAY, past=True) == date(2026, 11, 21)
    assert dates.read("on saturday", TODAY) == date(2026, 11, 28)
    assert dates.behind("on saturday", TODAY) is None


@pytest.mark.parametrize("text", ["03/04", "3.4.2027", "my exam is on 12/11"])
def test_what_two_countries_read_differently_is_not_guessed(dates: Dates, text: str) -> None:
    assert dates.read(text, TODAY) == "ambiguous"


@pytest.mark.parametrize("text", ["31 june", "2026-02-30", "45/1", "in 900 weeks"])
def test_a_day_that_is_none_is_said_to_be_none(dates: Dates, text: str) -> None:
    assert dates.read(text, TODAY) == "impossible"


@pytest.mark.parametrize("text", ["", "soon", "10 hours a week", "step 2"])
def test_no_day(dates: Dates, text: str) -> None:
    assert dates.read(text, TODAY) is None


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 364))
def test_a_day_and_month_are_the_next_to_come(dates: Dates, today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    if (day.month, day.day) != (2, 29):
        assert dates.read(f"{day.day} {day:%B}", today) == day


@given(st.text(max_size=300), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_anything_can_be_read(dates: Dates, text: str, today: date) -> None:
    found = dates.read(text, today)
    assert found is None or found in ("ambiguous", "impossible") or isinstance(found, date)


@pytest.mark.parametrize("words", ["31 december 9999", "9999-12-31", "0001-01-01", "1 jan 0001", "june 2999"])
def test_a_day_beyond_a_working_life_is_no_day_of_a_plan(dates: Dates, words: str) -> None:
    assert dates.read(words, date(2026, 11, 24)) == "impossible"
