"""What was heard is remembered, said back, not asked again, and can be changed."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.advisor import Advisor
from bot.conversation.messages import Incoming, Reply
from bot.conversation.session import Session

TODAY = date(2026, 11, 27)


class Talk:
    def __init__(self, advisor: Advisor) -> None:
        self.advisor, self.session = advisor, Session()

    def say(self, text: str) -> list[Reply]:
        kind = "command" if text.startswith("/") else "text"
        incoming = Incoming(kind=kind, text=text.removeprefix("/"))
        self.session, replies = self.advisor.turn(self.session, incoming, TODAY)
        return replies

    def tap(self, press: str) -> list[Reply]:
        self.session, replies = self.advisor.turn(self.session, Incoming(kind="press", text=press), TODAY)
        return replies


@pytest.fixture
def talk(advisor: Advisor) -> Talk:
    return Talk(advisor)


def test_a_story_fills_the_profile_and_the_plan_starts_from_it(talk: Talk) -> None:
    (reply, *_) = talk.say("I'm a CPC with 3 years in cardiology, want to get into auditing")

    assert "CPC" in reply.text
    assert "noted" in reply.text
    assert talk.session.profile.years == {"coding": 3}
    (plan, *_) = talk.say("my plan")
    assert "Study for the CPC " not in plan.text
    assert "Coding Auditor" in plan.text


def test_what_was_told_is_not_asked_again_and_the_count_goes_one_by_one(talk: Talk) -> None:
    talk.say("im an RN with 9 years in ICU in Texas")
    (first, *_) = talk.say("help me choose")

    assert "1 of " in first.text
    assert "Where will you look for work" not in first.text
    (second, *_) = talk.say("none yet")
    assert "2 of " in second.text


@pytest.mark.parametrize("text", ["not a nurse, im a CNA", "my rn license lapsed", "my friend is a nurse"])
def test_a_denied_answer_is_not_taken(talk: Talk, text: str) -> None:
    talk.say("help me choose")
    talk.say("united states")
    talk.say(text)

    assert "rn" not in talk.session.profile.licences
    assert talk.session.assessment is not None
    assert "stand" not in talk.session.assessment.answers


def test_hours_are_no_budget(talk: Talk) -> None:
    talk.say("help me choose")
    for answer in ("united states", "i code", "3", "none yet", "high school"):
        talk.say(answer)
    (reply, *_) = talk.say("6 hours a week")

    assert "6 h a week" in reply.text
    assert talk.session.assessment is not None
    assert "budget" not in talk.session.assessment.answers


def test_a_currency_stays_with_its_amount(talk: Talk) -> None:
    talk.say("help me choose")
    for answer in ("india", "new", "none yet", "high school", "auditor", "5"):
        talk.say(answer)
    talk.say("50000 rupees")

    assert (talk.session.profile.budget, talk.session.profile.budget_currency) == (50000, "INR")


def test_settings_show_each_line_and_change_or_forget_it(talk: Talk) -> None:
    talk.say("i live in texas and i have a cpc")
    (shown, *_) = talk.say("/settings")

    assert "United States" in shown.text
    assert any("Country" in button.label for row in shown.buttons for button in row)
    talk.tap("1|me|change|country")
    talk.say("india")
    assert talk.session.profile.country == "IN"
    talk.tap("1|me|forget|certifications")
    assert talk.session.profile.certifications == ()


def test_a_contradiction_is_asked_about_and_can_be_taken_back(talk: Talk) -> None:
    talk.say("i live in texas")
    (reply, *_) = talk.say("i live in india")

    assert "United States" in reply.text
    press = next(button.press for row in reply.buttons for button in row if "|set|" in button.press)
    talk.tap(press)
    assert talk.session.profile.country == "US"


@pytest.mark.parametrize(
    "press", ["1|me|set|country|XX", "1|me|set|role|nobody", "1|me|change|name", "1|me|forget|version"]
)
def test_a_forged_press_changes_nothing(talk: Talk, press: str) -> None:
    talk.say("i live in texas")
    before = talk.session.profile
    talk.tap(press)

    assert talk.session.profile == before


def test_what_is_only_supposed_is_not_remembered(talk: Talk) -> None:
    talk.say("my goal is to become a coding auditor")
    talk.say("what if i had a cpc and 10 hours a week")

    assert talk.session.profile.certifications == ()
    assert talk.session.profile.hours_per_week is None


@pytest.mark.parametrize(
    "text",
    [
        "I worked in India for 7 years as a nurse and now I am in Ohio",
        "I am a nurse, 7 years in a hospital in Kochi, living in Ohio now",
        "I live in Pune, i mean i lived there, i live in Ohio",
    ],
)
def test_of_two_countries_in_a_first_message_none_is_said_to_have_stood_before(talk: Talk, text: str) -> None:
    (reply, *_) = talk.say(text)
    assert talk.session.profile.country == "US"
    assert "Before" not in reply.text


def test_a_country_that_is_put_right_is_gone_from_the_talk_as_well(talk: Talk) -> None:
    talk.say("i live in India")
    talk.say("what do coders earn in India")
    assert talk.session.context.country == "IN"
    (reply, *_) = talk.say("Why you are telling about India again, I am in United States, Ohio")
    assert not reply.statements
    assert "United States" in reply.text
    assert (talk.session.profile.country, talk.session.context.country) == ("US", "US")


def test_a_country_that_is_denied_is_known_no_more(talk: Talk) -> None:
    talk.say("i live in India")
    talk.say("what do coders earn in India")
    talk.say("not India")
    assert (talk.session.profile.country, talk.session.context.country) == (None, None)


def test_a_question_about_another_country_moves_nobody(talk: Talk) -> None:
    talk.say("i live in Ohio")
    talk.say("what do coders earn in India")
    assert (talk.session.profile.country, talk.session.context.country) == ("US", "IN")


def test_the_country_of_a_friend_is_not_asked_about(talk: Talk) -> None:
    talk.say("i live in Ohio")
    talk.say("My friend in Bangalore got the CPC in 3 months, can I also do it in 3 months?")
    assert talk.session.context.country in (None, "US")


@pytest.mark.parametrize("text", ["no I lied", "that was my sister, not me", "please erase the cpc", "i was kidding"])
def test_what_is_taken_back_is_gone_and_thanked_for(talk: Talk, text: str) -> None:
    talk.say("I'm a CPC")
    talk.say("how much is the CIC")
    (reply, *_) = talk.say(text)
    assert talk.session.profile.certifications == ()
    assert "No CPC" in reply.text
    assert not reply.statements


def test_years_that_are_taken_back_or_put_right(talk: Talk) -> None:
    talk.say("i have 3 years of coding")
    (reply, *_) = talk.say("make that 2, not 3")
    assert talk.session.profile.years == {"coding": 2}
    assert "Before" not in reply.text
    talk.say("i made that up")
    assert talk.session.profile.years == {}
