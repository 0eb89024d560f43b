"""What people take back, across messages and within one, and what only sounds like it."""

from __future__ import annotations

import pytest

from bot.understanding.reader.reader import Reader
from tests.understanding.reader.talk import told


@pytest.mark.parametrize(
    "text",
    [
        "no I lied",
        "i lied, sorry",
        "ok i was kidding",
        "just kidding lol",
        "that was a joke",
        "i made that up",
        "scratch that",
        "forget what i said",
        "erase my CPC",
        "please delete the cpc",
        "can you remove the cpc",
        "take the cpc off please",
        "i was joking about the cpc",
        "i lied about the cpc",
        "that was my sister's",
        "thats my wife, not me",
        "not mine, my husbands",
        "sorry that was my roommates cpc",
        "i meant my cousin",
        "i was asking for my brother",
        "I didn't pass actually",
        "i failed actually",
    ],
)
def test_what_was_claimed_is_taken_back(reader: Reader, text: str) -> None:
    assert told(reader, "i passed the CPC", text).get("certifications") is None


@pytest.mark.parametrize(
    "text",
    [
        "i did not lie",
        "im not kidding",
        "no kidding",
        "are you kidding",
        "you must be joking",
        "i lied to my boss about it",
        "i lied on my resume",
        "they said i lied",
        "my boss lied",
        "dont erase my cpc",
        "should i drop my cpc",
        "that was my sister's idea",
        "that was not my sister",
        "it is mine",
        "my sister told me that",
        "that is my job",
        "they let half of us go, but not me",
        "forget the ccs",
        "i did not pass the ccs",
        "i did not pass anatomy",
        "what if i did not pass",
        "i have not passed out",
        "i made it up the ladder",
        "never mind",
        "i was not kidding about the cpc",
        "i never use my cpc",
        "i dont want to lose my cpc",
    ],
)
def test_what_only_sounds_like_it_takes_nothing_back(reader: Reader, text: str) -> None:
    assert told(reader, "i passed the CPC", text).get("certifications") == ["cpc"]


def test_all_of_a_claim_goes_and_what_else_was_told_stays(reader: Reader) -> None:
    assert told(reader, "I live in Ohio", "I'm a CPC with 3 years", "no i lied") == {
        "country": "US",
        "not_certifications": ["cpc"],
    }
    assert told(reader, "I'm a CPC", "I'm an RN with 5 years", "that was my sister")["certifications"] == ["cpc"]


def test_a_claim_is_taken_back_in_its_own_message(reader: Reader) -> None:
    assert told(reader, "I'm an RN with 5 years. lol just kidding") == {}
    assert "certifications" not in told(reader, "cpc? thats my wife, not me")
    assert told(reader, "scratch that, i am a CCS")["certifications"] == ["ccs"]


@pytest.mark.parametrize(
    ("before", "text", "years"),
    [
        ("i have 3 years of coding", "make that 6, not 3", {"coding": 6}),
        ("i have 6 years of coding", "make that 3, not 6", {"coding": 3}),
        ("i have 3 years of coding", "not 3, 6", {"coding": 6}),
        ("i have 3 years of coding", "sorry it is 5 years", {"coding": 5}),
        ("i have 3 years of coding", "sorry, that is 5 years of coding", {"coding": 5}),
        ("i have 3 years of coding and 2 of billing", "make that 4, not 3", {"coding": 4, "billing": 2}),
        ("i have 3 years of coding and 2 of billing", "sorry, it is 5 years of coding", {"coding": 5, "billing": 2}),
        ("i have 3 years of coding and 2 of billing", "make that 4", {"coding": 3, "billing": 2}),
        ("i have 3 years of coding", "make that 4", {"coding": 4}),
        ("i have 3 years of coding", "make that 4 hours", {"coding": 3}),
        ("i have 3 years of coding", "it is 30 dollars, not 40", {"coding": 3}),
        ("i have 3 years of coding", "i can do 6 hours, not 3", {"coding": 3}),
        ("i have 3 years of coding", "sorry, 3 kids at home", {"coding": 3}),
        ("i have 3 years of coding", "it takes 5 years", {"coding": 3}),
    ],
)
def test_years_that_are_put_right(reader: Reader, before: str, text: str, years: dict[str, float]) -> None:
    assert told(reader, before, text)["years"] == years


@pytest.mark.parametrize("text", ["no no", "wait no no", "no no no"])
def test_a_refusal_said_twice_asks_nothing(reader: Reader, text: str) -> None:
    assert [clause.acts for clause in reader.clauses(text)] == [("corrects", "tells")]
