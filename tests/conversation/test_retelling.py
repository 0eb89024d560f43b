"""What is told after an answer is the case: the question before is answered again for it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.advice.wording import plain
from bot.conversation.advisor import Advisor
from bot.conversation.messages import Incoming, Reply
from bot.conversation.session import Session

TODAY = date(2026, 11, 23)


def last(advisor: Advisor, *turns: str) -> Reply:
    session, replies = Session(), []
    for text in turns:
        session, replies = advisor.turn(session, Incoming(kind="text", text=text), TODAY)
    return replies[0]


@pytest.mark.parametrize(
    ("asked", "told", "expected"),
    [
        ("can i take the cca", "i finished high school", "Yes, from what you told me"),
        ("can i sit the ccds", "im a nurse with 3 years of cdi", "Yes, from what you told me"),
        ("how many ceus do i need", "i have the coc and cpc", "40 CEUs"),
    ],
)
def test_the_case_is_answered(advisor: Advisor, asked: str, told: str, expected: str) -> None:
    reply = last(advisor, asked, told)
    assert reply.outcome == "answer"
    assert expected in plain(reply.text).splitlines()[0]


def test_the_same_answer_is_said_to_be_the_same(advisor: Advisor) -> None:
    same = advisor.replies.text("same_answer")
    assert last(advisor, "which cert should i get first", "i want hospital work").text.startswith(same)
    assert not last(advisor, "can i take the cca", "i finished high school").text.startswith(same)


@pytest.mark.parametrize(
    "told",
    [
        "what does a coding auditor earn",  # asks
        "my cousin wants to know what a cdi specialist does",
        "i feel sad today",
        "its raining here",
    ],
)
def test_what_asks_or_is_of_nothing_of_ours_is_not_taken_for_the_case(advisor: Advisor, told: str) -> None:
    first, reply = last(advisor, "can i take the cca"), last(advisor, "can i take the cca", told)
    assert not {name for name, _ in first.statements} & {name for name, _ in reply.statements}
    assert not reply.text.startswith(advisor.replies.text("same_answer"))


def test_what_changes_nothing_is_said_to_change_nothing(advisor: Advisor) -> None:
    in_talk = advisor.replies.text("heard_in_talk")
    assert last(advisor, "do i need the cca", "i already hold the cpc").text.startswith(in_talk)
    assert not last(advisor, "i already hold the cpc").text.startswith(in_talk)


def test_a_place_by_itself_is_another_question(advisor: Advisor) -> None:
    there = plain(last(advisor, "what do coders earn in texas", "and in florida").text)
    assert there.startswith("In Florida")


def test_what_is_added_is_summed_with_all_that_is_held(advisor: Advisor) -> None:
    talk = ("how many ceus do i need for the coc", "i hold coc and cpb", "and i will add the crc")
    assert plain(last(advisor, *talk).text).startswith("44 CEUs")
    assert plain(last(advisor, *talk[:1], "and for the crc?").text).startswith("The CRC needs 36 CEUs")
