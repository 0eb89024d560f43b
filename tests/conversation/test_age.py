"""Whoever is under age is led into no plan, now or later in the talk, until they say that they are older."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation.advisor import Advisor
from bot.conversation.messages import Incoming
from bot.conversation.session import Session
from tests.conversation.talk import Talk


@pytest.mark.parametrize("told", ["im a junior in hs and want to be a coder", "i dont turn 18 til october"])
@pytest.mark.parametrize("ways", [("/assess",), ("help me choose",), ("my plan",), ("what is a cpc", "/assess")])
def test_no_plan_begins_later_in_the_talk(advisor: Advisor, told: str, ways: tuple[str, ...]) -> None:
    talk = Talk(advisor)
    said = talk.say(told, *ways)
    assert "under 18" in said
    assert talk.session.under_age
    assert talk.session.assessment is None
    assert not talk.session.stack


def test_nothing_more_is_kept_of_them(advisor: Advisor) -> None:
    talk = Talk(advisor)
    talk.say("im 16 and live in ohio", "i want to be a coder")
    assert talk.session.profile.country is None
    assert talk.session.profile.goal is None


@pytest.mark.parametrize("older", ["im 19 actually", "i turned 18 last week"])
def test_who_is_older_after_all_may_go_on(advisor: Advisor, older: str) -> None:
    talk = Talk(advisor)
    assert "you are 18 or over" in talk.say("im 17", older)
    assert not talk.session.under_age
    assert "1 of 8" in talk.say("/assess")


def test_the_age_is_shown_and_taken_back_by_a_button(advisor: Advisor) -> None:
    talk = Talk(advisor)
    assert "under 18" in talk.say("im 15", "/settings")
    assert "under 18" in talk.say("/privacy")
    talk.say("/settings")
    talk.tap("I'm 18 or over")
    assert not talk.session.under_age


def test_the_button_of_the_assessment_is_kept_as_well(advisor: Advisor) -> None:
    talk = Talk(advisor)
    talk.say("/assess")
    talk.tap("I'm under 18")
    assert "under 18" in talk.say("/assess")


def test_a_child_of_theirs_bars_nobody(advisor: Advisor) -> None:
    talk = Talk(advisor)
    assert "1 of 8" in talk.say("my daughter is 16 and i am 40", "/assess")


@pytest.mark.parametrize("told", ["15 years inpatient coding, ccs. what now", "16 yrs billing here, no cert. what now"])
def test_years_of_work_are_no_age(advisor: Advisor, told: str) -> None:
    session, _ = advisor.turn(Session(), Incoming(kind="text", text=told), date(2026, 11, 23))
    assert not session.under_age
    assert session.profile.years


def test_an_age_is_one_also_beside_some_years(advisor: Advisor) -> None:
    text = "17 yrs, can i start"
    session, _ = advisor.turn(Session(), Incoming(kind="text", text=text), date(2026, 11, 23))
    assert session.under_age
