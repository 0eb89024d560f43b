"""What is told in the midst of a talk: it decides anew, it says what comes next, and what is asked then leans on it."""

from __future__ import annotations

import pytest
from talk import FirstReplies

from bot.advice.wording import plain
from bot.conversation.messages import Reply


def first(reply: Reply) -> str:
    return plain(reply.text).splitlines()[0]


@pytest.mark.parametrize(
    ("told", "pace"),
    [
        ("im in ohio and only have 6 hours a week", "6 hours a week"),
        ("i can do 20 hrs a week", "20 hours a week"),
        ("i can study 12 hours a week", "12 hours a week"),
    ],
)
def test_the_road_is_reckoned_again(talk: FirstReplies, told: str, pace: str) -> None:
    *_, before, after = talk("should i do cpc or ccs? i like hospitals", "why", "how long would that take me", told)
    assert "about 45 weeks at 5 hours a week" in first(before)
    assert pace in first(after)
    assert first(after).startswith("Certified Coding Specialist: about")


def test_the_length_of_both_where_nothing_decided(talk: FirstReplies) -> None:
    line = first(talk("cpc or cca", "how long would that take me")[-1])
    assert "CCA" in line
    assert "CPC" in line
    assert "weeks" in line


def test_the_place_of_work_decides_between_what_was_weighed(talk: FirstReplies) -> None:
    *_, settled, cost = talk("is aapc or ahima better", "im gonna work in a doctors office", "what does it cost")
    assert first(settled).startswith("AAPC for you")
    assert first(cost).startswith("AAPC")


@pytest.mark.parametrize("asked", ["does that change anything", "does that matter?", "does that make a difference"])
def test_whether_it_changes_anything_is_no_complaint(talk: FirstReplies, asked: str) -> None:
    reply = talk("should i go for rhia or rhit", "i have a bachelors in biology", asked)[-1]
    assert first(reply) == "With that I find the same as before:"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("got 60 on my cpc", "You pass with 70%"),
        ("on my cpc i got a 61", "You pass with 70%"),
        ("i failed my ccs by 8 points", "After a failed CCS you wait 30 days"),
        ("flunked the cpc twice", "you may try again"),
    ],
)
def test_how_an_exam_went_is_answered_with_what_comes_next(talk: FirstReplies, told: str, said: str) -> None:
    reply = talk(told)[-1]
    assert said in first(reply)
    assert "USD" in plain(reply.text)  # and what the next try costs
    assert "noted" not in plain(reply.text)


@pytest.mark.parametrize(
    "told",
    [
        "my friend failed the cpc",
        "i failed my practice exam for the cpc",
        "what if i fail the cpc",
        "i failed the cpc but then i passed",
        "i got 60 ceus on my cpc",
    ],
)
def test_what_is_no_failed_exam_of_theirs_is_not_taken_for_one(talk: FirstReplies, told: str) -> None:
    assert "one try costs" not in plain(talk(told)[-1].text)


def test_what_follows_a_failed_exam_is_of_that_exam(talk: FirstReplies) -> None:
    _, wait, cost, limit = talk("i failed my ccs by 8 points", "when can i go again", "how much", "is there a limit")
    assert "30 days" in first(wait)
    assert "CCS" in first(cost)
    assert "AHIMA" in first(limit)


def test_the_work_that_is_aimed_at_is_what_is_asked_of(talk: FirstReplies) -> None:
    _, cert, cost, years = talk(
        "i want to be an auditor", "which cert", "how much is it", "and do i need experience for that"
    )
    assert "CPMA" in first(cert)
    assert "CPMA" in first(cost)
    assert "CPMA" in first(years)
