"""The assessment: what a message is while a question of it waits."""

from __future__ import annotations

import pytest
from talk import Talk

from bot.advice.wording import plain
from bot.conversation import form
from bot.conversation.frames import Assessing
from bot.conversation.session import Given


@pytest.mark.parametrize("words", ["5", "12", "1000", "5 or so"])
def test_a_bare_number_answers_only_a_question_that_asks_for_one(fresh: Talk, words: str) -> None:
    fresh.say("help me choose", words)

    assert fresh.session.assessment is not None
    assert fresh.session.assessment.answers == {}
    assert fresh.session.assessment.at == "country"


def test_a_number_with_its_unit_is_kept_for_later(fresh: Talk) -> None:
    fresh.say("help me choose", "i have 6 hours a week")

    assert fresh.session.assessment is not None
    assert fresh.session.assessment.answers["hours"].number == 6
    assert fresh.session.assessment.at == "country"


def test_a_question_in_between_is_answered_and_the_own_one_asked_again(fresh: Talk) -> None:
    fresh.say("help me choose", "how much is the cpc exam")

    assert len(fresh.replies) == 2
    assert fresh.replies[0].topics == ("cost",)
    assert "Back to your questions" in fresh.shown


@pytest.mark.parametrize("words", ["stop", "/cancel"])
def test_stopped_it_waits_no_more_and_can_be_resumed(fresh: Talk, words: str) -> None:
    fresh.say("help me choose", "united states", words)
    assert fresh.session.frame(Assessing) is None
    assert "Welcome back" in fresh.say("help me choose")
    assert "2 of" in fresh.shown


def test_cancel_says_whether_a_question_was_put_aside(fresh: Talk) -> None:
    def text(key: str) -> str:
        return plain(fresh.advisor.replies.text(key))

    assert text("nothing_to_cancel") in fresh.say("/cancel")
    fresh.say("help me choose")
    assert text("assessment_cancelled") in fresh.say("/cancel")
    assert text("nothing_to_cancel") in fresh.say("/cancel")


def test_an_early_answer_is_corrected_by_its_old_button(fresh: Talk) -> None:
    fresh.say("help me choose")
    india = next(button.press for row in fresh.rows for button in row if button.label == "India")
    fresh.say("united states")
    assert fresh.press(india).startswith("Changed: Country: India")
    assert fresh.session.assessment is not None
    assert fresh.session.assessment.answers["country"].choices == ("india",)


def test_verbs_that_only_words_lead_to_are_no_presses(fresh: Talk) -> None:
    for data in ("1|assess|begin", "1|assess|restart", "1|assess|take|country", "1|assess|help"):
        before = fresh.session
        assert "out of date" in fresh.press(data)
        assert fresh.session == before


@pytest.mark.parametrize("wish", ["i want to be a revenue cycle manager", "want to get into auditing"])
def test_a_job_that_somebody_wants_is_none_that_they_have(fresh: Talk, wish: str) -> None:
    said = fresh.say("/assess", "us", wish)
    assert fresh.session.profile.role is None
    assert fresh.session.profile.goal is not None
    assert "Where do you stand" in said


def test_a_certification_wanted_is_none_held(fresh: Talk) -> None:
    fresh.say("/assess", "us", "i code", "3", "i want the cpc")
    assert fresh.session.profile.certifications == ()


@pytest.mark.parametrize(
    ("told", "role", "years"),
    [
        ("i am a coder 5 yrs coding and 2 auditing", "medical-coder", {"coding": 5, "auditing": 2}),
        ("biller 4 years and before that front desk 3", "medical-biller", {"billing": 4, "other": 3}),
    ],
)
def test_all_kinds_of_years_are_kept_and_echoed(fresh: Talk, told: str, role: str, years: dict[str, float]) -> None:
    said = fresh.say("/assess", "us", told)
    assert (fresh.session.profile.role, fresh.session.profile.years) == (role, years)
    assert all(f"{count:g} years of" in said for count in years.values())


def test_associates_alone_is_a_degree_of_any_field(fresh: Talk) -> None:
    fresh.say("/assess", "us", "i code", "3", "none", "associates")
    assert fresh.session.profile.education == ("associate",)


def test_hours_where_money_is_asked_for_are_study_time_once_more(fresh: Talk) -> None:
    said = fresh.say("/assess", "us", "new", "none", "high school", "auditor", "5", "6 hours")
    assert fresh.session.profile.hours_per_week == 6
    assert fresh.session.profile.budget is None
    assert "Study time: 6" in said


def test_a_thousand_where_no_number_was_asked_for_is_asked_about(fresh: Talk) -> None:
    assert "1000" in fresh.say("/assess", "us", "new", "none", "1k")
    assert fresh.session.profile.budget is None


def test_a_number_is_offered_only_where_it_may_be_meant(fresh: Talk) -> None:
    fresh.say("/assess", "us", "new", "none", "1k")
    offered = [button.label for row in fresh.replies[-1].buttons for button in row]
    assert any("1000" in label or "1,000" in label for label in offered)
    assert not any("h a week" in label for label in offered)


def test_years_that_are_put_right_in_between_count(fresh: Talk) -> None:
    fresh.say("/assess", "us", "i code", "3 years coding and 2 years billing")
    fresh.say("sorry, it is 5 years of coding")
    assert fresh.session.profile.years["coding"] == 5
    fresh.say("none")
    assert fresh.session.assessment is not None
    assert fresh.session.assessment.answers["years"].years == {"coding": 5, "billing": 2}


def test_a_question_about_a_word_is_no_answer(fresh: Talk) -> None:
    said = fresh.say("/assess", "us", "i code", "3", "whats cpc-a")
    assert fresh.session.profile.certifications == ()
    assert "CPC-A" in said
    assert fresh.say("cpc-a and cca")
    assert fresh.session.profile.certifications == ("cpc-a", "cca")


def test_what_was_somewhere_else_moves_nobody(fresh: Talk) -> None:
    fresh.say("/assess", "us", "i was nurse in india, now i am homemaker")
    assert fresh.session.profile.country == "US"


def test_who_weighs_two_goals_has_chosen_none(fresh: Talk) -> None:
    fresh.say("/assess", "us", "new", "none", "high school")
    fresh.say("I am thinking either CDI or medical coder, which one is better for me")
    assert fresh.session.profile.goal is None
    fresh.say("cdi")
    assert fresh.session.profile.goal == "cdi-specialist"


def test_a_nurse_puts_it_right_that_she_is_not_new(fresh: Talk) -> None:
    said = fresh.say("/assess", "us", "new", "no wait, i am not new, i am a nurse")
    assert fresh.session.profile.licences == ("rn",)
    assert "registered nurse" in said


def test_a_kind_of_years_that_is_no_more_is_asked_again(fresh: Talk) -> None:
    fresh.say("/assess", "us", "i code", "3 years coding and 2 years billing")
    state = fresh.session.assessment
    assert state is not None
    gone = state.model_copy(update={"answers": {**state.answers, "years": Given(years={"of_old": 3.0})}})
    mended, changed = form.mend(fresh.advisor.base, gone)
    assert changed
    assert "years" not in mended.answers


@pytest.mark.parametrize("none", ["none", "zero", "0", "no", "none of those"])
def test_no_years_are_zero_and_no_answer_to_another_question(fresh: Talk, none: str) -> None:
    fresh.say("help me choose", "united states", "nurse", none)
    assert fresh.session.assessment is not None
    assert fresh.session.assessment.answers["years"].number == 0
    assert fresh.session.assessment.at == "certifications"
    assert "Years: 0" in fresh.shown


def test_none_answers_the_question_on_the_screen_only(fresh: Talk) -> None:
    fresh.say("help me choose", "united states", "none of those", "none of those")
    assert fresh.session.assessment is not None
    assert fresh.session.assessment.at == "education"
    fresh.say("help me choose", "back", "none")
    assert "education" not in fresh.session.assessment.answers


@pytest.mark.parametrize("schooling", ["B.Pharm", "BSc Nursing", "b.tech", "BPT"])
def test_degrees_of_other_countries_are_schooling(fresh: Talk, schooling: str) -> None:
    fresh.say("help me choose", "india", "fresher", "none", schooling)
    assert fresh.session.profile.education == ("bachelor",)
    assert fresh.session.assessment is not None
    assert fresh.session.assessment.at == "goal"


@pytest.mark.parametrize(
    "text", ["No not India, United States", "actually i live in Ohio", "my country is United States"]
)
def test_a_country_that_is_put_right_in_between_is_noted(fresh: Talk, text: str) -> None:
    fresh.say("help me choose", "india")
    assert fresh.say(text).startswith("Changed: Country: United States")
    assert fresh.session.profile.country == "US"
    assert fresh.session.assessment is not None
    assert fresh.session.assessment.at == "stand"


ASIDES = [
    "wait what is a cca first",
    "hold on, what is the cca",
    "hang on is billing easier than coding",
    "one sec is the cpc hard",
    "before i answer is the cca worth it",
    "ok but what does cca mean",
]


@pytest.mark.parametrize("aside", ASIDES)
@pytest.mark.parametrize("before", [("us", "i code"), ("us", "new")])
def test_a_question_behind_a_word_that_holds_up_is_answered_and_no_fact(
    fresh: Talk, before: tuple[str, ...], aside: str
) -> None:
    fresh.say("/assess", *before)
    stood, known = fresh.session.assessment, fresh.session.profile
    said = fresh.say(aside)
    assert (fresh.session.assessment, fresh.session.profile) == (stood, known)
    assert not said.startswith(("Noted", "Changed"))
    assert "Back to your questions" in fresh.shown


@pytest.mark.parametrize("told", ["wait i have the cca", "hold on, i hold the cca", "oh the cca", "ok so cca"])
def test_an_answer_behind_such_a_word_is_still_one(fresh: Talk, told: str) -> None:
    fresh.say("/assess", "us", "new", told)
    assert fresh.session.profile.certifications == ("cca",)


@pytest.mark.parametrize("words", ["Help me choose", "help me choose"])
def test_words_of_a_choice_that_leads_elsewhere_answer_no_question_before_it_is_asked(fresh: Talk, words: str) -> None:
    fresh.say("/assess")
    stood = fresh.session.assessment
    assert "Goal" not in fresh.say(words)
    assert fresh.session.assessment == stood


ON = ["can we go on with the questions", "ok lets continue", "can we keep going please", "back to the questions now"]


@pytest.mark.parametrize("words", ON)
def test_going_on_is_understood_with_courtesy_around_it(fresh: Talk, words: str) -> None:
    fresh.say("/assess", "us", "new")
    assert fresh.say(words).startswith("3 of 7")
    fresh.say("lets stop please")
    assert "Welcome back" in fresh.say(words)


@pytest.mark.parametrize("words", ["dont go on", "can we not continue", "no more questions"])
def test_who_does_not_want_to_go_on_is_not_led_on(fresh: Talk, words: str) -> None:
    fresh.say("/assess", "us", "new", "stop")
    assert "Welcome back" not in fresh.say(words)


WRONG = [
    "no i never worked in health care thats wrong",
    "thats wrong, i never worked in healthcare",
    "sorry no, i never worked in this field",
]


@pytest.mark.parametrize("words", WRONG)
def test_years_go_with_the_job_that_was_never_there(fresh: Talk, words: str) -> None:
    fresh.say("/assess", "us", "i do billing", "1")
    assert fresh.session.profile.years == {"billing": 1}
    assert "New to this" in fresh.say(words)
    assert fresh.session.profile.years == {}
    assert fresh.session.profile.role is None


def test_who_confirms_the_work_keeps_its_years(fresh: Talk) -> None:
    fresh.say("/assess", "us", "i do billing", "1", "no i did work in health care")
    assert fresh.session.profile.years == {"billing": 1}


@pytest.mark.parametrize(
    "words",
    ["no sorry i mean i did billing at a dentist office 6 months once", "oh and i did billing for 6 months once"],
)
def test_what_is_told_beside_the_question_is_said_to_be_noted(fresh: Talk, words: str) -> None:
    said = fresh.say("/assess", "us", "new", "none", words)
    assert fresh.session.profile.years == {"billing": 0.5}
    assert "billing" in said
    assert "couldn't read" not in said


def test_a_number_is_no_years_before_it_is_known_of_what(fresh: Talk) -> None:
    fresh.say("/assess", "us", "1")
    assert not any(label.startswith("Years") for label in fresh.labels)


@pytest.mark.parametrize(
    ("said", "years"),
    [("I work as a medical assistant, 6 years", {"clinical": 6.0}), ("front desk for 3 years", {"other": 3.0})],
)
def test_years_told_with_a_job_are_not_asked_for(fresh: Talk, said: str, years: dict[str, float]) -> None:
    shown = fresh.say("help me choose", "US", said)
    assert "Which certifications do you hold" in shown
    assert fresh.session.profile.years == years


def test_having_no_certification_says_nothing_of_years(fresh: Talk) -> None:
    shown = fresh.say("help me choose", "US", "nurse", "no certs")
    assert "How many years" in shown
    assert "Certifications: None yet" in shown


def test_a_day_is_no_number_of_hours(fresh: Talk) -> None:
    at_hours = ("help me choose", "US", "new", "none", "high school", "office coder")
    for said in ("my exam is march 3", "i test on 3/14", "my exam is on the 5th", "exam in 10 days"):
        fresh.say(*at_hours, said)
        assert "How many hours a week" in fresh.shown
        assert fresh.session.profile.hours_per_week is None
    assert fresh.say("10 hours from march 3 on")
    assert fresh.session.profile.hours_per_week == 10


def test_what_is_wished_beside_the_question_is_kept_and_the_question_stays(fresh: Talk) -> None:
    shown = fresh.say("help me choose", "US", "new", "not more than 600", "remote if possible")
    assert "couldn't read" not in shown
    assert "Which certifications do you hold" in shown
    assert fresh.session.profile.budget == 600
    assert fresh.session.profile.constraints == ("remote",)


def test_a_bare_no_answers_what_is_asked(fresh: Talk) -> None:
    fresh.say("help me choose", "US", "nurse", "CCA", "no")
    assert fresh.session.profile.certifications == ("cca",)


ASKED = ("help me choose", "us", "biller", "2 years", "cpb", "high school", "auditor")


@pytest.mark.parametrize(
    ("words", "hours"),
    [("eight, no wait, ten", 10), ("i can do 10 hours", 10), ("i think 8", 8), ("one hour a day", 7)],
)
def test_hours_are_those_for_study_and_what_was_put_right(fresh: Talk, words: str, hours: float) -> None:
    fresh.say(*ASKED, words)

    assert fresh.session.profile.hours_per_week == hours


@pytest.mark.parametrize("words", ["i work 40 hours", "my husband studies 10 hours a week", "i owe 2000 dollars"])
def test_numbers_of_something_else_are_asked_about(fresh: Talk, words: str) -> None:
    fresh.say(*ASKED, words)

    assert fresh.session.assessment is not None
    assert fresh.session.assessment.at == "hours"
    assert fresh.session.profile.hours_per_week is None
    assert fresh.session.profile.budget is None


def test_two_facts_in_one_reply_are_both_said(fresh: Talk) -> None:
    said = fresh.say("help me choose", "us", "biller", "2 years", "cpb", "high school and also i have the cca")

    assert "CPB, CCA" in said
    assert "Schooling: high school" in said
    assert fresh.session.profile.certifications == ("cpb", "cca")


def test_what_is_gone_is_said_beside_the_answer(fresh: Talk) -> None:
    said = fresh.say("help me choose", "us", "biller", "2 years", "cpb", "my cpb expired by the way. ged")

    assert "No CPB" in said
    assert fresh.session.profile.certifications == ()


def test_years_put_right_are_the_right_ones(fresh: Talk) -> None:
    said = fresh.say("help me choose", "us", "biller", "2 years", "wait i said 2 years billing, its 12")

    assert "12 years of billing" in said
    assert fresh.session.profile.years == {"billing": 12}


@pytest.mark.parametrize("words", ["dunno", "dunno tbh", "no clue", "beats me"])
def test_who_does_not_know_goes_on(fresh: Talk, words: str) -> None:
    fresh.say("help me choose", "us", "biller", "2 years", "cpb", words)

    assert fresh.session.assessment is not None
    assert fresh.session.assessment.at == "goal"


@pytest.mark.parametrize("degree", ["bachelor", "a bachelor", "my bachelor"])
def test_a_degree_is_told_by_its_bare_name(fresh: Talk, degree: str) -> None:
    fresh.say("help me choose a role", "egypt", "pharmacist", "6", "none", degree)
    assert "bachelor" in fresh.session.profile.education


def test_years_of_two_kinds_are_told_by_their_numbers(fresh: Talk) -> None:
    fresh.say("help me choose a role", "us", "coding manager", "6 leading and 5 coding")
    assert fresh.session.profile.years == {"management": 6, "coding": 5}


def test_a_goal_is_read_beside_what_it_may_not_bring(fresh: Talk) -> None:
    fresh.say("help me choose a role", "us", "front desk", "3", "none", "high school", "medical biller, no phone work")
    assert (fresh.session.profile.goal, fresh.session.profile.role) == ("medical-biller", None)


def test_a_goal_named_with_its_place_is_no_job_held(fresh: Talk) -> None:
    fresh.say("help me choose a role", "us", "teacher", "none", "bachelors degree", "medical coder in a hospital")
    assert fresh.session.profile.role is None


@pytest.mark.parametrize("work", ["cna", "army medic", "paramedic"])
def test_whoever_works_at_the_bedside_has_years_of_that(fresh: Talk, work: str) -> None:
    fresh.say("help me choose a role", "us", work, "4")
    assert fresh.session.profile.years == {"clinical": 4}
