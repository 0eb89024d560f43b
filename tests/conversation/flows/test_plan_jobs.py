"""Posts that begin on a day, offers not taken, and what else people say of a kept plan around them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.advice.profile import parse_profile
from bot.conversation.advisor import Advisor
from tests.conversation.talk import CODER, Talk

TODAY = date(2027, 1, 4)
NURSE = {"country": "US", "goal": "cdi-specialist", "licences": ["rn"], "years": {"clinical": 9}, "hours_per_week": 6}
NEWCOMER = {"country": "US", "goal": "medical-coder", "setting": "hospital"}


def keeping(advisor: Advisor, profile: dict[str, object]) -> Talk:
    talk = Talk(advisor, parse_profile(profile, advisor.base), TODAY)
    talk.say("my plan", "start this plan")
    return talk


@pytest.mark.parametrize(
    "text",
    [
        "hospital said yes, first day feb 1",
        "they said yes!! first day is february 1",
        "got the job, my first day is feb 1",
        "first day is 1 february at mercy",
        "it is official: first shift on february 1",
        "i got hired as a cdi specialist, start on february 1",
        "day one is feb 1",
    ],
)
def test_a_post_that_begins_later_is_noted_with_its_first_day(advisor: Advisor, text: str) -> None:
    talk = keeping(advisor, NURSE)
    shown = talk.say(text)
    assert "CDI Specialist!" in shown
    assert "from 1 Feb 2027" in shown
    assert "done 4 Jan" not in shown
    assert talk.progress.profile.role == "cdi-specialist"
    assert talk.progress.counted == date(2027, 2, 1)


@pytest.mark.parametrize(
    "text",
    [
        "actually they pushed my start to feb 15",
        "my start date is february 15 now",
        "the first day is feb 15 instead",
        "my start got moved to february 15",
    ],
)
def test_another_first_day_moves_the_one_noted(advisor: Advisor, text: str) -> None:
    talk = keeping(advisor, NURSE)
    talk.say("hospital said yes, first day feb 1")
    assert "from 15 Feb 2027" in talk.say(text)
    assert talk.progress.counted == date(2027, 2, 15)
    assert "Taken back" in talk.say("undo")
    assert talk.progress.profile.role is None


@pytest.mark.parametrize(
    ("profile", "text"),
    [
        (NURSE, "first day of class is feb 1"),
        (NURSE, "what if my first day is feb 1"),
        (NURSE, "my sister's first day is feb 1"),
        (NURSE, "first day with the books was great"),
        # An exam stands before that post.
        (NEWCOMER, "hospital said yes, first day feb 1"),
        (NEWCOMER, "hired as a cashier, first day feb 1"),
        (NEWCOMER, "front desk job, first day feb 1"),
    ],
)
def test_a_first_day_of_something_else_or_before_an_exam_is_no_post(
    advisor: Advisor, profile: dict[str, object], text: str
) -> None:
    talk = keeping(advisor, profile)
    talk.say(text)
    assert talk.progress.profile.role is None


@pytest.mark.parametrize(
    "text",
    [
        "i got a job offer as coding educator but did not take it",
        "got an offer as a coding educator but turned it down",
        "i was offered coding educator, i declined",
        "i got a job as a coding educator but i said no",
        "they offered me a coding educator job and i didn't accept",
    ],
)
def test_an_offer_that_was_not_taken_is_no_new_post(advisor: Advisor, text: str) -> None:
    talk = keeping(advisor, CODER)
    assert "you did not take it" in talk.say(text)
    assert talk.progress.profile.role == "medical-coder"


@pytest.mark.parametrize(
    "text", ["cancel that exam, can't make it", "i cancelled the cpma exam", "have to cancel my exam"]
)
def test_a_cancelled_exam_is_booked_no_more(advisor: Advisor, text: str) -> None:
    talk = keeping(advisor, CODER)
    talk.say("my exam is on 15 february")
    assert talk.progress.exams
    assert "no day is kept" in talk.say(text)
    assert not talk.progress.exams


def test_a_retake_is_of_the_exam_that_was_failed(advisor: Advisor) -> None:
    """Though the plan leads over another one: what is passed then is what was sat."""
    talk = keeping(advisor, NEWCOMER)
    assert "no step of your plan" in talk.say("i booked the cpc for 20 february")
    talk.today = date(2027, 2, 21)
    talk.say("i failed by four points")
    talk.say("booked the retake for 15 may")
    assert talk.progress.exams == {"cpc": date(2027, 5, 15)}
    talk.today = date(2027, 5, 16)
    talk.say("passed!!!")
    assert talk.progress.profile.certifications == ("cpc-a",)


@pytest.mark.parametrize("text", ["done with the second step", "i finished the second one", "done with step 2"])
def test_a_step_is_named_by_its_place_in_words(advisor: Advisor, text: str) -> None:
    talk = keeping(advisor, NURSE)
    assert "Noted as done" in talk.say(text)


@pytest.mark.parametrize("text", ["no we did not move, scratch that", "scratch that", "no wait, undo that"])
def test_what_was_told_last_is_taken_back(advisor: Advisor, text: str) -> None:
    talk = keeping(advisor, NURSE)
    talk.say("we moved to canada")
    assert "Taken back" in talk.say(text)
    assert talk.progress.profile.country == "US"


def test_units_from_before_a_credential_are_not_said_to_count(advisor: Advisor) -> None:
    talk = keeping(advisor, {**CODER, "goal": "cpma"})
    talk.today = date(2027, 6, 1)
    talk.say("i passed the cpma today", "i earned the cpc on 1 june 2027")
    assert "leaves them out" in talk.say("did 5 units last month")


@pytest.mark.parametrize("text", ["how long until i am done", "how long do i still need", "how many weeks are left"])
def test_how_long_it_still_takes_is_the_plans_own_end(advisor: Advisor, text: str) -> None:
    assert "By your plan you are there" in keeping(advisor, NURSE).say(text)


def test_a_leave_from_one_month_to_another_lets_the_plan_wait(advisor: Advisor) -> None:
    talk = keeping(advisor, NURSE)
    assert "Take the time you need" in talk.say("i'm pregnant, will be off from may to august")


def test_whoever_lost_a_post_keeps_what_it_stood_for(advisor: Advisor) -> None:
    """An auditor without a post is no beginner: the plan does not go back to coding."""
    talk = keeping(
        advisor,
        {"country": "US", "goal": "compliance-officer", "role": "coding-auditor", "certifications": ["cpc", "cpma"],
         "years": {"auditing": 4}},
    )  # fmt: skip
    talk.say("laid off last friday")
    assert talk.progress.profile.role is None
    assert talk.progress.profile.years["coding"] == 3
    assert [step.entity for step in talk.progress.open if step.kind == "move"] == ["compliance-officer"]
