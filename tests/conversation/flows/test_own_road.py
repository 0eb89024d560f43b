"""How long it would take the one who asks, and what it would cost: never where another length or price is asked."""

from __future__ import annotations

import pytest
from talk import Talk

STAND = "from where you stand"


@pytest.mark.parametrize(
    "text",
    [
        "how long would it take me to become a medical coder",
        "how long till i can work as a coder",
        "how soon could i be working if i study 10 hours a week",
        "how long will it take me to get the cpc",
    ],
)
def test_the_length_of_the_own_road(fresh: Talk, text: str) -> None:
    said = fresh.say(text)
    assert STAND in said.split("\n")[0]
    assert "hours a week" in said.split("\n")[0]


def test_it_says_what_is_inside_and_then_what_holds_for_everybody(fresh: Talk) -> None:
    first, *others = fresh.say("how long would it take me to become a medical coder").split("\n")
    assert "(self-study and exam)" in first
    assert any("no set minimum" in line for line in others)


@pytest.mark.parametrize("text", ["what would it cost me all in", "how much money do i need to become a coder"])
def test_the_price_of_the_own_road(fresh: Talk, text: str) -> None:
    first = fresh.say(text).split("\n")[0]
    assert STAND in first
    assert "USD" in first
    assert " in all" in first


@pytest.mark.parametrize(
    "text",
    [
        "how long does it take to become a coding auditor",
        "how long until i get my results",
        "how long does the rhit degree take me",
        "how long does it take to remove the a",
        "how much does the cpc cost me",
        "what should i do until i can sit the exam",
        "how soon can i retake",
        "how long did it take you to become a coder",
        "what pays the bills before i can work as a coder",
        "what does a coder do before i am one",
    ],
)
def test_another_length_or_price_is_not_that_of_the_road(fresh: Talk, text: str) -> None:
    assert STAND not in fresh.say(text).split("\n")[0]


def test_what_was_told_before_shortens_the_road(fresh: Talk) -> None:
    fresh.say("i am a registered nurse with 5 years on a ward and i study 10 hours a week")
    first = fresh.say("how long would it take me to become a coder").split("\n")[0]
    assert STAND in first
    assert "at 10 hours a week" in first


def test_of_what_is_had_already_there_is_no_road(fresh: Talk) -> None:
    fresh.say("i work as a medical coder")
    assert STAND not in fresh.say("how long would it take me to become a medical coder").split("\n")[0]
