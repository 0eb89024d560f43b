from __future__ import annotations

from datetime import date

import pytest

from bot.advice.wording import plain
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
    ("text", "topics"),
    [
        ("do coders work from home, what do they earn, what do they do all day", {"remote", "salary", "duties"}),
        ("hwo much is teh crc adn how many qestions are on it", {"cost", "exam"}),
        ("how much is the cpc how many questions does it have", {"cost", "exam"}),
        (
            "I stacked boxes for eleven years and my back gave up, so the doctor said sit down for a living, and a "
            "lady at the church told me about the cpc. What does that exam cost, and if I fail it, when could I retry?",
            {"cost", "exam"},
        ),
        (
            "my sister codes for a hospital and she has the cic, she keeps telling me to do it too but i only ever "
            "sold phones. how many questions does the cic have and who issues it",
            {"exam", "issuer"},
        ),
    ],
)
def test_questions_are_answered_however_they_are_joined_and_in_stories(
    advisor: Advisor, text: str, topics: set[str]
) -> None:
    reply = asked(advisor, text)
    assert topics <= set(reply.topics), reply.text
    assert NOT_KNOWN not in reply.text


def test_a_part_of_a_story_that_is_not_known_is_named(advisor: Advisor) -> None:
    story = "I drove a bus for twenty years and now my eyes are bad at night, so my wife says try coding at a desk. "
    reply = asked(advisor, f"{story} What does the cpc cost and do they sell balloons?")
    assert "425" in reply.text
    assert "do they sell balloons" in reply.text


def test_answers_stand_before_what_explains_them(advisor: Advisor) -> None:
    lines = asked(advisor, "how much is the cpc and how many questions does it have").text.splitlines()
    sources = [at for at, line in enumerate(lines) if "Source: " in line]
    assert sources
    assert max(at for at, line in enumerate(lines) if "questions" in line) < min(sources)


def test_what_is_only_near_to_a_part_is_shown_as_no_more_than_that(advisor: Advisor) -> None:
    text = (
        "so i work at front desk at a clinic, they said they'd pay for a class. which class should i ask for & how "
        "long does it take"
    )
    part = next(line for line in asked(advisor, text).text.splitlines() if "which class should i ask for" in line)
    assert "The nearest I have" in part or NOT_KNOWN in part


def test_an_answer_stands_with_the_question_that_it_answers(advisor: Advisor) -> None:
    text = (
        "My daughter left school in June and does not want four years of college, a friend told us of coding. Will she "
        "find work with a certificate alone, and is AAPC's online course better than the college one?"
    )
    lines = asked(advisor, text).text.splitlines()
    assert sum("compares AAPC" in line for line in lines) == 1


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
    "text",
    [
        "can i take the cpc at home and keep my job",
        "should i do the cpc and then the ccs",
        "is it cpc and ccs",
        "which is better, is it the cpc or the ccs",
        "i answer phones and do all the billing, can i take the cpc",
        "my boss has me change the codes, what can i do",
        "what do you think, is the cpc worth it",
        "do you know how long does the cpc take",
        "who pays for the exam, the hospital or me",
    ],
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


@pytest.mark.parametrize(
    ("text", "begin"),
    [
        (
            "I code outpatient, six years. My hospital will pay for either the CCS or the CIC if I move to inpatient. "
            "Which one is better for a hospital and which is harder?",
            ("Either, by one ad only", "I know no fair measure"),
        ),
        (
            "I'm an RN, 14 years, my knees are finished. I keep reading about CDI and about coding and I can't tell "
            "which one a nurse should aim for. Which one, and do I need a certificate before I apply?",
            ("CDI, with your licence", "Apply where the ad lists RN"),
        ),
        (
            "ive been a medical biller for four years and i know cpt pretty well. do i still get the A on my cpc if i "
            "pass and does my billing count as experience",
            ("No A, if an employer confirms your years", "It depends. Your billing years count"),
        ),
        (
            "Boss wants me to upcode the visits a bit. I'm a CPC-A and it's my first job. What am I supposed to do and "
            "could I lose my certification?",
            ("Refuse code changes", "A member who breaks AAPC"),
        ),
        (
            "I teach school and I can't live on less than 52,000. I could study all summer. Is medical coding a step "
            "down for me, and how long would it take me?",
            ("In pay most likely at first", "Medical Coder: about"),
        ),
    ],
)
def test_each_question_of_a_story_is_decided_with_all_that_it_tells(
    advisor: Advisor, text: str, begin: tuple[str, ...]
) -> None:
    lines = plain(asked(advisor, text).text).splitlines()
    answers = [line for line in lines if not line.startswith(("•", "Source:"))]
    assert answers[0].startswith(begin[0]), answers
    assert any(line.startswith(begin[1]) for line in answers[1:]), answers


def test_of_several_questions_the_one_not_known_is_named_in_its_own_words(advisor: Advisor) -> None:
    text = (
        "Been a cook for ten years and my aunt says try it. What is that worth to my cousin's dog, and how many "
        "questions does the cpc have?"
    )
    reply = asked(advisor, text)
    assert "cook" not in reply.text


def test_what_all_of_it_costs_is_the_road_and_not_the_fee_alone(advisor: Advisor) -> None:
    text = "I have six hours a week. How long would it take me to be ready for the CPC, and what would it all cost?"
    assert "in all from where you stand" in asked(advisor, text).text
