"""What only looks like a fact about the reader is none; its twin, which is one, is heard."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding.reader.reader import Reader

TODAY = date(2026, 11, 29)


def heard(reader: Reader, text: str, field: str) -> set[object]:
    return {fact.value for fact in reader.read(text, TODAY).facts if fact.field == field and fact.standing == "held"}


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("High school teacher, burned out. what does a coder earn", "education"),
        ("middle aged high school principal here, can i start", "education"),
        ("A bachelor's would cost me 30k. is it needed", "education"),
        ("a bachelor's takes four years, is it needed", "education"),
        ("B just went up to 29. which offer?", "budget"),
        ("they bumped it up to 27, take it?", "budget"),
        ("Two offers: A is onsite 24 an hour. B is remote, 30 an hour", "constraint"),
        ("offer is fully remote and pays by chart", "constraint"),
        ("the job is remote, 30 an hour. is it good?", "constraint"),
        ("i get maybe 4 good hours a day of work out of my hands", "hours_per_week"),
        ("i can sit 3 hours a day at my desk, then it hurts", "hours_per_week"),
        ("i do it every day, but i reread one question until i burned ten minutes", "hours_per_week"),
        ("got 60 on my cpc", "certification"),
        ("i got a 64 on the ccs last week", "certification"),
        ("my crc came back 65", "certification"),
        ("on my cpc i got a 61", "certification"),
        ("on my ccs i only got 65", "certification"),
        ("i got two tries on my cpc", "certification"),
        ("i got 2 attempts left on my cpc", "certification"),
        ("i bought two tries for my cpc", "certification"),
    ],
)
def test_it_is_no_fact_of_theirs(reader: Reader, text: str, field: str) -> None:
    assert heard(reader, text, field) == set()


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("high school diploma, burned out cook", "education", "high-school"),
        ("i am a high school graduate, waitress", "education", "high-school"),
        ("my bachelor's is in biology", "education", "bachelor"),
        ("i can spend up to 900 dollars", "budget", 900.0),
        ("i want remote work only", "constraint", "remote"),
        ("i have 4 hours a day to study", "hours_per_week", 28.0),
        ("i study twenty minutes a day on the bus", "hours_per_week", 2.3),
    ],
)
def test_its_twin_is_one(reader: Reader, text: str, field: str, value: object) -> None:
    assert value in heard(reader, text, field)
