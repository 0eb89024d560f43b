"""What is told of a kept plan that was once taken for something else: results, first jobs, offers, an empty purse."""

from __future__ import annotations

from datetime import date

import pytest

from bot.advice.profile import parse_profile
from bot.conversation.advisor import Advisor
from bot.conversation.session import Session
from tests.conversation.talk import Talk

MONDAY = date(2027, 5, 10)
NEARBY = "hiring-nearby"


@pytest.fixture(scope="module")
def begun(advisor: Advisor) -> Session:
    profile = parse_profile({"goal": "medical-coder", "hours_per_week": 6}, advisor.base)
    talk = Talk(advisor, profile, date(2027, 1, 4))
    talk.say("my plan", "start this plan")
    assert talk.progress.step(NEARBY) is not None
    return talk.session


@pytest.fixture
def talk(advisor: Advisor, begun: Session) -> Talk:
    talk = Talk(advisor, today=MONDAY)
    talk.session = begun
    return talk


@pytest.mark.parametrize(
    ("text", "exam", "on"),
    [
        ("sat the CCA Friday. flunked. 280", "cca", date(2027, 5, 7)),
        ("wrote the cca two days ago, failed by 12", "cca", date(2027, 5, 8)),
        ("I could not clear CCA yesterday sir", "cca", date(2027, 5, 9)),
        ("flunked the CRC on thursday with a 64", "crc", date(2027, 5, 6)),
        ("took the cpc on thursday, 68%", "cpc", date(2027, 5, 6)),
    ],
)
def test_a_failed_try_counts_its_wait_from_the_day_it_was_sat(talk: Talk, text: str, exam: str, on: date) -> None:
    shown = talk.say(text)
    wait = 30 if exam == "cca" else 0
    assert (talk.progress.opens[exam] - on).days == wait
    assert exam not in talk.progress.exams
    assert "today or a later day" not in shown


def test_a_score_is_held_against_the_pass_mark_that_is_known(talk: Talk) -> None:
    assert "70, so 6 were missing" in talk.say("flunked the CRC on thursday with a 64")
    assert "only from others, not from AHIMA; by that 20 were missing" in talk.say("failed the cca friday. 280")


@pytest.mark.parametrize(
    ("text", "held", "on"),
    [
        ("I have cleared CCA yesterday, 331 !!", "cca", date(2027, 5, 9)),
        ("By God's grace sir CCA is cleared on 8th may", "cca", date(2027, 5, 8)),
        ("gave my CCA exam last week, result came pass", "cca", date(2027, 5, 3)),
        ("i passed the cpc friday with a 74", "cpc-a", date(2027, 5, 7)),
        ("took the cpc on thursday, 71%", "cpc-a", date(2027, 5, 6)),
        ("cleared my cca on saturday", "cca", date(2027, 5, 8)),
    ],
)
def test_a_pass_is_held_from_its_day(talk: Talk, text: str, held: str, on: date) -> None:
    shown = talk.say(text)
    assert held in talk.progress.profile.certifications
    assert talk.progress.earned[held] == on
    assert "Congratulations" in shown


@pytest.mark.parametrize(
    "text",
    [
        "i have cleared my doubts about the cca",
        "cleared the backlog before my cca exam",
        "my brother cleared the CCA yesterday",
        "have not cleared the cca yet",
        "is 280 a pass on the cca?",
        "cancel my exam",
        "booked the cca yesterday",
        "cleared it with my boss",
        "i took a cca practice test yesterday, 64 percent",
        "passed a practice exam for the cca with 90",
        "failed my cca mock again",
        "passed the halfway mark of my cca book",
        "I passed the chapter on cca guidelines",
        "sat down with my cca book on sunday",
        "took the cca prep class on saturday",
        "my exam was rescheduled",
        "my cca study is done",
        "gave the exam fee to my sister",
        "i got through the cca syllabus",
    ],
)
def test_what_only_sounds_like_a_result_is_none(talk: Talk, text: str) -> None:
    before = talk.progress
    assert "today or a later day" not in talk.say(text)
    assert (talk.progress.profile, talk.progress.opens, talk.progress.exams) == (before.profile, {}, {})


def test_a_day_that_is_over_is_asked_about_and_never_demanded_as_one_to_come(talk: Talk) -> None:
    assert "If you sat the CCA then" in talk.say("my cca exam is on 12 april 2027")
    assert "How did it go?" in talk.say("the cca was on 12 april")
    assert talk.progress.exams == {"cca": date(2027, 4, 12)}


@pytest.mark.parametrize(
    "text",
    [
        "i got a front desk job!! starts jan 4",
        "I got a job as a records clerk",
        "hired as release of information clerk",
        "front desk is the job i got",
        "guess who is the new receptionist at a family practice!! start monday",
        "started as a scheduler at the ortho clinic today",
        "they hired me as a patient access rep, evenings",
        "got the ROI job at a vendor",
        "i start monday as admissions clerk",
        "got the gig at the front desk of dr patel",
    ],
)
def test_a_first_job_near_the_field_is_congratulated_and_ticks_its_step(talk: Talk, text: str) -> None:
    shown = talk.say(text)
    assert "Congratulations on the job" in shown
    assert "Next on your plan" in shown
    assert talk.progress.step(NEARBY) is None
    assert talk.progress.profile.role is None


@pytest.mark.parametrize(
    "text",
    [
        "didnt get the front desk job",
        "my cousin got a front desk job",
        "should i take a front desk job",
        "i applied for a front desk job at a clinic",
        "i have an interview for a front desk job on friday",
        "got a front desk job at a gym",
        "i got a job as a barista",
        "got an offer. records clerk at the VA. 19 an hour. take it?",
        "turned down again for the roi job",
        "the front desk job fell through",
        "offer from banner: patient registrar, 18/hr",
        "hired as a cashier at a store",
        "my daughter started as a receptionist",
        "first day of class is monday, front desk gave me the badge",
        "i accepted the terms on the registration page",
        "they took me off the front desk",
        "what if i get a front desk job",
    ],
)
def test_a_job_not_got_yet_or_elsewhere_ticks_nothing(talk: Talk, text: str) -> None:
    assert "Which role" not in talk.say(text)
    assert talk.progress.step(NEARBY) is not None


def test_an_offer_is_weighed_and_not_taken_for_a_post(talk: Talk) -> None:
    shown = talk.say("they offered me the medical coder job, should i say yes")
    assert "Congratulations on the offer: Medical Coder" in shown
    assert talk.progress.profile.role is None
    talk.say("they offered me the medical coder job and i accepted")
    assert talk.progress.profile.role == "medical-coder"


@pytest.mark.parametrize(
    "text",
    ["cancel it", "scrap it", "I'm done with this. cancel it", "i dont want this plan", "forget the plan", "delete it"],
)
def test_a_plan_is_dropped_only_when_it_is_said_in_full(talk: Talk, text: str) -> None:
    assert "type: yes, delete my plan" in talk.say(text)
    assert "type: yes, delete my plan" in talk.say("yes")
    assert talk.session.progress is not None
    profile = talk.session.profile
    assert "gone" in talk.say("yes, delete my plan")
    assert talk.session.progress is None
    assert talk.session.profile == profile


def test_the_full_words_alone_are_asked_about_first(talk: Talk) -> None:
    assert "type: yes, delete my plan" in talk.say("yes, delete my plan")
    assert talk.session.progress is not None


def test_a_plan_is_dropped_by_its_button_on_that_day_alone(talk: Talk) -> None:
    talk.say("scrap it")
    before, press = talk.session, next(b.press for row in talk.rows for b in row if b.label == "Delete my plan")
    talk.today = date(2027, 5, 11)
    talk.press(press)
    assert talk.session.progress is not None
    talk.session, talk.today = before, MONDAY
    talk.press(press)
    assert talk.session.progress is None


@pytest.mark.parametrize("text", ["nah keep it", "no", "dont delete the plan"])
def test_a_plan_that_is_wanted_after_all_stays(talk: Talk, text: str) -> None:
    talk.say("scrap it")
    assert "stays as it is" in talk.say(text)
    assert talk.session.progress is not None


@pytest.mark.parametrize("text", ["can i delete the plan later?", "how do i cancel my membership", "Make me a plan"])
def test_what_only_sounds_like_deleting_asks_nothing_of_the_kind(talk: Talk, text: str) -> None:
    assert "delete my plan" not in talk.say(text)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("my husband's hours were cut so no money till june", date(2027, 6, 1)),
        ("cant pay for the exam until july", date(2027, 7, 1)),
        ("i can't afford the exam for two months", date(2027, 7, 9)),
    ],
)
def test_without_money_what_costs_waits_and_the_rest_goes_on(talk: Talk, text: str, until: date) -> None:
    talk.say("i passed the cpc today", "my ccs exam is on 30 june", text)
    assert talk.progress.broke == until
    assert talk.progress.paused is None


@pytest.mark.parametrize(
    "text",
    ["my friend has no money until march", "what if i have no money until march", "boss says they'll pay if i stay"],
)
def test_somebody_elses_or_supposed_money_moves_nothing(talk: Talk, text: str) -> None:
    before = talk.progress
    talk.say(text)
    assert (talk.progress.broke, talk.progress.profile.budget) == (None, None)
    assert talk.progress.steps == before.steps


@pytest.mark.parametrize(
    "text", ["United States", "we are in dallas now", "i moved from ohio to texas", "We shifted to Houston last week"]
)
def test_the_country_that_a_plan_counts_on_changes_nothing(talk: Talk, text: str) -> None:
    before = talk.progress
    assert "differ there" not in talk.say(text)
    assert (talk.progress.steps, talk.progress.journal) == (before.steps, before.journal)


def test_what_a_move_would_change_is_answered_from_the_plan(talk: Talk) -> None:
    assert "stays as it is" in talk.say("so does my plan change if we move to Texas?")
    assert "Once you are there" in talk.say("does my plan change if we move to Canada?")
    assert talk.progress.profile.country is None


def test_another_plan_after_something_told_elsewhere_is_said_and_can_be_taken_back(talk: Talk) -> None:
    before = {step.entity for step in talk.progress.open if step.kind == "exam"}
    profile = talk.session.profile.model_copy(update={"certifications": ("cpc",)})
    talk.session = talk.session.model_copy(update={"profile": profile})
    assert "You told me since: CPC" in talk.say("my plan")
    assert "no longer needs the CCA" in talk.say("undo") or "Taken back" in talk.shown
    assert {step.entity for step in talk.progress.open if step.kind == "exam"} == before


@pytest.mark.parametrize("text", ["can i do 2 hrs a wk insted", "could i do 2 hours a week"])
def test_a_wish_for_other_hours_is_shown_at_once(talk: Talk, text: str) -> None:
    talk.say(text)
    assert talk.progress.profile.hours_per_week == 2


@pytest.mark.parametrize("text", ["is 2 hours a week enough?", "how many hrs did u think i have"])
def test_a_question_about_hours_changes_none(talk: Talk, text: str) -> None:
    talk.say(text)
    assert talk.progress.profile.hours_per_week == 6


@pytest.mark.parametrize("text", ["interview on friday, what do they ask", "what they will ask at my interview"])
def test_what_an_interview_asks_is_not_this_weeks_list(talk: Talk, text: str) -> None:
    assert "This week" not in talk.say(text)


def test_a_wage_is_no_time_for_study(talk: Talk) -> None:
    talk.say("offer from banner: patient registrar, 18/hr")
    assert talk.progress.profile.hours_per_week == 6


def test_a_day_by_itself_says_which_day_was_meant(talk: Talk) -> None:
    talk.say("the cca is next week, may 18")
    assert talk.progress.exams == {"cca": date(2027, 5, 18)}


def test_whether_a_credential_is_needed_is_answered_from_the_plan(talk: Talk) -> None:
    assert "Pass the CCA exam" in talk.say("do i still need the cca")
    assert "Pass the CCA exam" not in talk.say("do i still need my nursing licence")


def test_a_plan_for_another_goal_is_made_where_it_is_named(talk: Talk) -> None:
    assert "Changed the goal: Coding Auditor" in talk.say("make me a plan for coding auditor")
    talk.say("undo")
    assert "Your plan: Medical Coder" in talk.say("make me a plan")


def test_what_is_asked_beside_something_told_is_answered_after_it(talk: Talk) -> None:
    talk.say("I have cleared CPC yesterday, 78 percent!! Now I am CPC-A, how to remove this A?")
    assert "cpc-a" in talk.progress.profile.certifications
    assert talk.progress.exams == {}
    assert "Practicode" in talk.shown.partition("Left")[2]


def test_nobody_is_congratulated_on_a_failed_exam(talk: Talk) -> None:
    assert "Congratulations" not in talk.say("Sir I am crying, I failed CCA yesterday, 264 only")
    assert talk.shown.count("Congratulations") == 0
    talk.say("undo")
    assert talk.say("I passed the cca!!! so happy").count("Congratulations") == 1


def test_a_full_credential_takes_the_place_of_the_provisional_one(talk: Talk) -> None:
    talk.say("I passed the cpc friday")
    assert talk.progress.profile.certifications == ("cpc-a",)
    assert "CPC-A to CPC" not in talk.say("the A is off my CPC now")
    assert talk.progress.profile.certifications == ("cpc",)


def test_on_the_day_of_an_exam_no_hours_of_study_are_counted_up(talk: Talk) -> None:
    assert "h a week would fit" not in talk.say("took the cca this morning and it went sideways, 268")


@pytest.mark.parametrize("text", ["what am i supposed to be reading right now", "so which task should i be studying"])
def test_what_to_study_now_is_this_weeks_list(talk: Talk, text: str) -> None:
    assert "This week" in talk.say(text)


def test_percent_are_held_against_no_mark_in_points(talk: Talk) -> None:
    assert "missing" not in talk.say("got my cca results: 64, no pass")


def test_who_supposes_a_failed_exam_is_shown_no_sooner_road(talk: Talk) -> None:
    assert "sooner" not in talk.say("what if i fail the cca")
    assert "sooner" not in talk.say("what if i dont pass the cca")
    assert "sooner" in talk.say("what if i had the cca")


@pytest.mark.parametrize("text", ["scored 280", "i scored 310", "my score is 331", "280 points", "ended up with 310"])
def test_a_score_by_itself_is_asked_about(talk: Talk, text: str) -> None:
    """It says neither that it is a pass nor that it is none, whether the day of the exam was told or not."""
    talk.say(text)
    assert (talk.progress.opens, talk.progress.profile.certifications) == ({}, ())
    talk.today = date(2027, 5, 3)
    talk.say("my cca exam is on 7 may 2027")
    talk.today = MONDAY
    assert "Is that your result of the CCA?" in talk.say(text)
    assert (talk.progress.opens, talk.progress.profile.certifications) == ({}, ())
