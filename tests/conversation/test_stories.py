"""Who tells their story in the first message: what is kept of it leads into the plan of that person.

Twenty wordings of each of twelve people, and ten twins that deny, hope, ask or speak of others, stand with the
benchmarks, which print what is missed.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.advice.planner import make_plan
from bot.advice.profile import Profile, parse_profile
from bot.conversation import form
from bot.conversation.advisor import Advisor
from bot.conversation.memory import remembered
from bot.knowledge.base import KnowledgeBase
from bot.understanding.reader.merge import Known, merged
from tests.conversation.talk import Talk

TODAY = date(2026, 11, 27)
ROWS = [
    json.loads(line)
    for line in (Path(__file__).parents[2] / "benchmarks" / "people" / "personas.jsonl").read_text("utf-8").splitlines()
]
WORDINGS, TWINS = defaultdict(list), defaultdict(list)
for row in ROWS:
    (WORDINGS if row["kind"] == "wording" else TWINS)[row["persona"]].append(row)
MOST_MISSED = 3  # of twenty wordings


def told(advisor: Advisor, text: str) -> Profile:
    """What is kept, with the goal that a question lets think of ("how do i become …")."""
    heard = advisor.reader.read(text, TODAY)
    profile = remembered(advisor.base, Profile(), heard)[0]
    return profile.model_copy(update={"goal": profile.goal or merged(Known(), heard).goal})


def steps(base: KnowledgeBase, profile: Profile) -> list[list[str]]:
    return [[step.id for step in route.steps] for route in make_plan(base, profile).routes]


@pytest.mark.parametrize("persona", WORDINGS)
def test_a_story_leads_into_the_plan_of_its_person(advisor: Advisor, persona: str) -> None:
    rows = WORDINGS[persona]
    missed = []
    for row in rows:
        about: dict[str, Any] = {key: value for key, value in row["about"].items() if key != "not_certifications"}
        person, profile = parse_profile(about, advisor.base), told(advisor, row["text"])
        plan = steps(advisor.base, person) if person.goal else None
        if profile.certifications != person.certifications or (
            plan is not None and (profile.goal is None or steps(advisor.base, profile) != plan)
        ):
            missed.append(row["text"])

    assert len(rows) == 20
    assert len(missed) <= MOST_MISSED, missed


@pytest.mark.parametrize("persona", TWINS)
def test_a_twin_leaves_no_job_licence_or_credential(advisor: Advisor, persona: str) -> None:
    for row in TWINS[persona]:
        profile, about = told(advisor, row["text"]), row.get("about") or {}

        assert set(profile.certifications) <= set(about.get("certifications", ())), row["text"]
        assert set(profile.licences) <= set(about.get("licences", ())), row["text"]
        assert profile.role in (None, about.get("role")), row["text"]


def test_what_was_told_is_not_asked(advisor: Advisor) -> None:
    talk = Talk(advisor)
    talk.say("I'm a medical coder in Ohio, CPC, 4 years, want to become a coding manager, 8 hours a week to study")
    shown = talk.say("/assess")

    asked = form.questions(advisor.base)
    assert talk.session.assessment is not None
    assert {"certifications", "country"} <= {asked[key].fills for key in talk.session.assessment.known}
    assert "1 of 2." in shown


def test_the_count_stands_still_while_more_is_told(advisor: Advisor) -> None:
    talk = Talk(advisor)
    counts = []
    for words in ("/assess", "not texas, i'm in india", "6 hours a week", "biller, 4 years", "cpc"):
        shown = talk.say(words)
        counts += re.findall(r"\d of \d", shown)[-1:]

    assert counts == ["1 of 8", "2 of 8", "2 of 7", "3 of 6", "4 of 6"]


def test_what_is_taken_back_in_the_assessment_is_taken_back(advisor: Advisor) -> None:
    talk = Talk(advisor)
    talk.say("/assess", "ohio", "biller, 4 years", "cpc")
    assert talk.session.profile.certifications == ("cpc",)

    talk.say("actually i never passed the cpc")
    assert "CPC" not in talk.say("/settings")

    talk.say("high school", "auditor", "6", "500")
    assert talk.session.profile.certifications == ()
    assert talk.session.profile.role == "medical-biller"


@pytest.mark.parametrize("words", ["how much does a coder make", "/help", "I live in Ohio"])
def test_who_begins_without_a_greeting_is_told_once_that_this_is_a_bot(advisor: Advisor, words: str) -> None:
    talk = Talk(advisor)
    talk.session = talk.session.model_copy(update={"met": False})

    assert "I'm a bot" in talk.say(words)
    assert "I'm a bot" not in talk.say(words)


@pytest.mark.parametrize("words", ["/start", "hello"])
def test_a_greeting_says_it_by_itself(advisor: Advisor, words: str) -> None:
    talk = Talk(advisor)
    talk.session = talk.session.model_copy(update={"met": False})

    assert talk.say(words).count("I'm a bot") == 1
    assert "I'm a bot" not in talk.say("what is a cpc")


def test_who_asks_for_the_way_and_tells_of_themselves_has_that_goal(advisor: Advisor) -> None:
    talk = Talk(advisor)
    talk.say("rn 9 yrs in texas, how do i get into cdi")

    assert talk.session.profile.goal == "cdi-specialist"
    assert "CDI Specialist" in talk.say("my plan")


def test_a_question_about_the_way_alone_is_no_goal(advisor: Advisor) -> None:
    talk = Talk(advisor)
    talk.say("how do people get into cdi")
    talk.say("how do i get into cdi")

    assert talk.session.profile.goal is None


def test_a_number_put_right_takes_the_place_of_the_one_before(advisor: Advisor) -> None:
    talk = Talk(advisor)
    talk.say("i have 3 years coding")
    talk.say("no wait, 5 years")

    assert talk.session.profile.years == {"coding": 5.0}


def test_help_to_choose_leads_into_the_questions_whatever_is_known(advisor: Advisor) -> None:
    talk = Talk(advisor)
    talk.say("I'm a biller in Ohio, 4 years")

    assert " of " in talk.say("help me choose")
    assert talk.session.assessment is not None


@pytest.mark.parametrize(
    "text", ["please don't make me a plan, i want to be a coder", "no plan yet, i want to be a coder"]
)
def test_who_wants_no_plan_gets_none(advisor: Advisor, text: str) -> None:
    talk = Talk(advisor)

    assert "weeks" not in talk.say(text)
    assert talk.session.profile.goal == "medical-coder"


def test_who_wants_a_plan_before_any_goal_is_known_is_asked(advisor: Advisor) -> None:
    assert "1 of 8" in Talk(advisor).say("make me a plan")
    assert "weeks" in Talk(advisor).say("i want to be a coder, make me a plan")


def test_a_bare_number_in_the_questions_is_no_age(advisor: Advisor) -> None:
    talk = Talk(advisor)
    talk.say("/assess", "us")

    assert "15" in talk.say("15")
    assert not talk.session.under_age
    talk.say("i am 15")
    assert talk.session.under_age


def test_what_is_dropped_is_gone_from_the_profile(advisor: Advisor) -> None:
    talk = Talk(advisor)
    talk.say("my budget is 2000", "10 hours a week", "change my hours to 12", "forget my budget")

    assert (talk.session.profile.hours_per_week, talk.session.profile.budget) == (12.0, None)


def test_what_limits_somebody_is_kept_and_shown_and_what_is_asked_about_is_not(advisor: Advisor) -> None:
    talk = Talk(advisor)
    talk.say("i have kids at home and want to be a coder")

    assert talk.session.profile.constraints == ("children-at-home",)
    assert "children at home" in talk.say("/settings")
    other = Talk(advisor)
    other.say("is remote work possible for a new coder")
    assert other.session.profile.constraints == ()
