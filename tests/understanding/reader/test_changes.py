"""What people change or drop of what they told, across messages, and what only sounds like it."""

from __future__ import annotations

import pytest

from bot.understanding.reader.reader import Reader
from tests.understanding.reader.talk import told

HOURS = "i can study 8 hours a week"
MONEY = "my budget is 2000 dollars"


@pytest.mark.parametrize(
    "text",
    [
        "change my hours to 10",
        "set my study time to 10",
        "can you change my hours to 10 please",
        "actually make it 10 hours",
        "no wait, 10 hours",
        "undo the hours thing, 10",
        "make that 10",
        "i meant 10",
    ],
)
def test_hours_are_changed(reader: Reader, text: str) -> None:
    assert told(reader, HOURS, text) == {"hours_per_week": 10.0}


@pytest.mark.parametrize(
    "text",
    [
        "i dont want to change my hours to 10",
        "how do i change my hours at work to 10",
        "my boss changed her hours to 10",
        "the exam takes 10 hours?",
        "if you change my hours to 10, what then",
    ],
)
def test_hours_are_not_changed_by_what_only_sounds_like_it(reader: Reader, text: str) -> None:
    assert told(reader, HOURS, text)["hours_per_week"] == 8


@pytest.mark.parametrize(
    "text",
    [
        "forget my budget",
        "scrap the budget, my aunt pays",
        "cancel my budget please",
        "my budget is gone",
        "forget about the budget",
        "forget the 2000",
    ],
)
def test_a_budget_is_dropped(reader: Reader, text: str) -> None:
    assert "budget" not in told(reader, MONEY, text)


@pytest.mark.parametrize(
    "text", ["dont forget my budget", "we forget the budget all the time", "does my budget matter", "forget my boss"]
)
def test_a_budget_stays(reader: Reader, text: str) -> None:
    assert told(reader, MONEY, text)["budget"]["amount"] == 2000


def test_a_budget_is_put_right(reader: Reader) -> None:
    for text in ("actually 800", "no wait, 800 dollars", "forget the 2000, its 800", "change my budget to 800"):
        assert told(reader, MONEY, text)["budget"] == {"amount": 800.0, "currency": "USD"}, text


def test_money_alone_is_the_budget_and_asked_of_it_is_not(reader: Reader) -> None:
    for text in ("600 dollars", "about $600", "$600 max"):
        assert told(reader, text)["budget"]["amount"] == 600, text
    for text in ("is it 600 dollars", "600 dollars?", "the course is 600 dollars", "it cost my sister 600 dollars"):
        assert "budget" not in told(reader, text), text


@pytest.mark.parametrize(
    "text", ["not CPC, COC", "wait, not cpc, coc", "sorry i meant coc not cpc", "no its coc, not cpc"]
)
def test_one_credential_takes_the_place_of_another(reader: Reader, text: str) -> None:
    assert told(reader, "i have my cpc", text) == {"certifications": ["coc"], "not_certifications": ["cpc"]}


def test_what_was_not_told_is_not_swapped(reader: Reader) -> None:
    assert "certifications" not in told(reader, "hello", "not cpc, coc")
    assert told(reader, "i have my cpc", "is it coc, not cpc?")["certifications"] == ["cpc"]


@pytest.mark.parametrize("text", ["oh wait i DID pass", "i passed!!!", "passed it after all", "i passed today"])
def test_what_was_failed_is_passed_after_all(reader: Reader, text: str) -> None:
    assert told(reader, "i failed the cca", text)["certifications"] == ["cca"]


@pytest.mark.parametrize(
    "text", ["i want to pass", "did i pass?", "my sister passed", "i did not pass", "i passed the mock", "if i pass"]
)
def test_what_was_failed_stays_so(reader: Reader, text: str) -> None:
    assert "certifications" not in told(reader, "i failed the cca", text)


def test_a_credential_is_gone_after_all(reader: Reader) -> None:
    for text in ("it expired actually", "i lied its expired, the cpc i mean", "i let it lapse"):
        assert told(reader, "i have my cpc", text) == {"not_certifications": ["cpc"]}, text
    for text in ("it is not expired", "has it expired?", "my card expired"):
        assert told(reader, "i have my cpc", text)["certifications"] == ["cpc"], text


def test_who_has_only_the_provisional_one_has_not_the_full_one(reader: Reader) -> None:
    heard = told(reader, "i hold crc and cpc", "the cpc is only the apprentice one")

    assert heard["certifications"] == ["crc", "cpc-a"]
