"""Who says to be under age, who says not to be, and whose numbers are none of an age."""

from __future__ import annotations

import pytest

from bot.understanding.reader.reader import Reader
from tests.understanding.reader.talk import TODAY


@pytest.mark.parametrize(
    "text",
    [
        "im a sophomore in high school",
        "my mom says i have to wait till im 18",
        "im 16 and i want to start",
        "i dont turn 18 til october",
        "im gonna be a senior next year in high school",
        "15f looking for a career",
        "me and my friend are both 17",
        "can i do this at seventeen or do i wait",
        "i wont be 18 until june",
        "im 18 next week",
        "im 17 and a half",
        "i am 18 in june",
        "my parents wont let me work until i finish 10th grade",
        "grade 12 student here, 17, want to code",
        "so like im 16 and want to code",
    ],
)
def test_whoever_says_to_be_younger_is_under_age(reader: Reader, text: str) -> None:
    assert reader.read(text, TODAY).under_age is True


@pytest.mark.parametrize(
    "text",
    ["im 19 actually", "i turned 18 last month", "im 18 today", "im 45, too old?", "im in my second year of college"],
)
def test_whoever_says_to_be_older_is_not(reader: Reader, text: str) -> None:
    assert reader.read(text, TODAY).under_age is False


@pytest.mark.parametrize(
    "text",
    [
        "my daughter is 16",
        "i only have my high school diploma",
        "since i was 16",
        "16 years in billing",
        "im 16 weeks along",
        "i teach high school",
        "at 17 i started as a clerk",
        "im 17 charts behind",
        "16 an hour is what they offered",
        "is there an age limit",
        "my students are 15 and 16",
        "i was in 10th grade when my dad got sick",
        "do you have to be 18 for the exam",
        "my sister is not an adult yet, can she start",
        "my sister, 16 yo, wants to start",
        "he thinks im 16",
        "i am not 16",
        "i am not in high school",
        "can a sophomore in high school do this",
        "why did i quit at 17",
        "17 yo?",
        "can i start at 45",
        "45f looking for a career",
        "im 15 an hour",
        "im 16.5 an hour",
        "im 17 years into this",
        "talk to me like im 5",
        "my son is 18 next week",
        "im 17 chapters in",
    ],
)
def test_other_numbers_and_other_people_say_nothing(reader: Reader, text: str) -> None:
    assert reader.read(text, TODAY).under_age is not True
