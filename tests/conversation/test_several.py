from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.advisor import Advisor
from bot.conversation.messages import Incoming, Reply
from bot.conversation.session import Session

TODAY = date(2026, 11, 27)
NOT_KNOWN = "I don't know this part"


def asked(advisor: Advisor, *texts: str) -> Reply:
    """The first bubble after the last of some messages."""
    session, replies = Session(met=True), []
    for text in texts:
        session, replies = advisor.turn(session, Incoming(kind="text", text=text), TODAY)
    return replies[0]


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("what does a cdi specialist do and can it be done from home", {"duties", "remote"}),
        ("is the ccs better than the cca? also how many questions does it have", {"compare", "exam"}),
        ("who gives out the cpma, what does it cost", {"issuer", "cost"}),
        ("explain the cpc-a. how do i get rid of it", {"overview", "apprentice_status"}),
    ],
)
def test_each_of_two_questions_is_answered(advisor: Advisor, text: str, topics: set[str]) -> None:
    reply = asked(advisor, text)
    assert topics <= set(reply.topics)
    assert NOT_KNOWN not in reply.text


@pytest.mark.parametrize(
    "text",
    ["is the crc worth it and do they sell balloons", "is the cca worth it? and what songs do they play there"],
)
def test_a_part_that_is_not_known_is_named_beside_a_verdict(advisor: Advisor, text: str) -> None:
    reply = asked(advisor, text)
    assert "worth_it" in reply.topics
    assert NOT_KNOWN in reply.text


def test_the_second_question_leans_on_the_first(advisor: Advisor) -> None:
    reply = asked(advisor, "how much is the cic and how long does it last")
    assert reply.entities == ("cic",)


def test_nothing_is_said_twice(advisor: Advisor) -> None:
    reply = asked(advisor, "what is the ccs pass rate and how many people pass it")
    lines = reply.text.splitlines()
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize(
    "text", ["can i take the cpc at home and keep my job", "should i do the cpc and then the ccs", "is it cpc and ccs"]
)
def test_one_question_stays_one(advisor: Advisor, text: str) -> None:
    assert advisor.interpreter.interpret(text).apart == ()


def test_a_part_is_asked_of_the_thing_and_not_of_the_part_before_it(advisor: Advisor) -> None:
    reply = asked(advisor, "what is the price of the crc and can i take it from my kitchen table")
    assert "425" in reply.text
    assert NOT_KNOWN in reply.text or "at home" in reply.text


def test_a_body_s_own_rule_is_no_answer_about_another_s_credential(advisor: Advisor) -> None:
    assert "CRC" in asked(advisor, "how often does the crc renew and what does that cost").text.splitlines()[0].split()


def test_what_points_back_may_ask_of_what_was_asked_before(advisor: Advisor) -> None:
    assert "renewal" in asked(advisor, "when does the cpc renew", "what does that cost").topics
    assert "cost" in asked(advisor, "what is the cpc", "what does that cost").topics


def test_a_line_of_one_part_is_not_said_again_below_the_other(advisor: Advisor) -> None:
    reply = asked(advisor, "what does the cpc cost? how long is the cpc?")
    said = [line.removeprefix("• ") for line in reply.text.splitlines()]
    assert len(said) == len(set(said))


def test_a_place_alone_is_no_part(advisor: Advisor) -> None:
    assert NOT_KNOWN not in asked(advisor, "texas: is the ccs test at home").text


def test_the_place_of_one_who_asks_what_a_credential_costs_is_aside(advisor: Advisor) -> None:
    assert "425" in asked(advisor, "how much is the cpc in texas").text.splitlines()[0]
