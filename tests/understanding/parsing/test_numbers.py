from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import Language
from bot.understanding.parsing.numbers import NumberReader, Unit


@pytest.fixture(scope="module")
def numbers(base: KnowledgeBase) -> NumberReader:
    return NumberReader(base.language)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("about 2 and a half years", "years", 2.5),
        ("a year and a half", "years", 1.5),
        ("half a year", "years", 0.5),
        ("18 months", "years", 1.5),
        ("a couple of years", "years", 2),
        ("2-3 years", "years", 2),
        ("between 4 to 6", "years", 4),
        ("ten hours", "hours", 10),
        ("an hour a day", "hours", 7),
        ("2 hrs every night", "hours", 14),
        ("90 minutes", "hours", 1.5),
        ("$1,500", "money", 1500),
        ("2k", "money", 2000),
        ("two thousand usd", "money", 2000),
        ("under 3 years. I'm a 52 year old woman", "years", 3),
        ("im 24, 6 hours", "hours", 6),
        ("I’m 52", "hours", None),
        ("aged 45 with 20 years", "years", 20),
        ("i am 16 years in", "years", 16),
        ("26 weeks", "years", 0.5),
        ("none", "years", None),
        ("i have a job", "years", None),
        ("", "money", None),
        ("twenty five hours", "hours", 25),
        ("half an hour a day", "hours", 3.5),
        ("an hour and a half a day", "hours", 10.5),
        ("hour and a half", "hours", 1.5),
        ("₹40,000", "money", 40000),
    ],
)
def test_numbers_as_people_type_them(numbers: NumberReader, text: str, unit: Unit, value: float | None) -> None:
    assert numbers.read(text, unit) == value


@given(st.text(max_size=500), st.sampled_from(["years", "hours", "money"]))
def test_any_text_gives_a_number_or_none(numbers: NumberReader, text: str, unit: Unit) -> None:
    value = numbers.read(text, unit)
    assert value is None or value >= 0


def test_without_a_language_only_figures_are_read() -> None:
    numbers = NumberReader(Language())
    assert numbers.read("about 2 and a half years", "years") == 2
    assert numbers.read("ten hours", "hours") is None
    assert not numbers.minor("i am 16")
