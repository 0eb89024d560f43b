"""The people of the six model dialogs, told as a story in the first message: what is kept, and the plan that follows.

Each in three voices, and in twins that deny, hope, ask for somebody else or speak of an ad: those leave nothing.
"""

from __future__ import annotations

from typing import Any

import pytest

from bot.conversation.advisor import Advisor
from tests.conversation.talk import Talk

STORIES: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "newcomer": (
        {"country": "US", "hours_per_week": 6, "budget": 1500, "goal": "medical-coder", "role": None},
        (
            "im in ohio, no health job yet, 2 kids. i have 6 hours a week, 1500 saved, i want to be a medical coder",
            "Hi! I live in Texas and have never worked in healthcare. My budget is 1,500 dollars, I can study "
            "six hours a week, and I would like to become a medical coder, from home if possible.",
            "ok so i want to get into medical coding, been home with kids in florida, can do 6 hrs a week, "
            "can spend 1500 dollars",
        ),
    ),
    "coder to auditor": (
        {"role": "medical-coder", "certifications": ("cpc",), "years": {"coding": 3}, "goal": "coding-auditor"},
        (
            "coder 3 yrs, cpc, doctor office, want to get into auditing",
            "I'm a medical coder with three years behind me and a CPC. My goal is to become a coding auditor.",
            "ive been a coder for 3 years i have my cpc and i wanna be an auditor",
        ),
    ),
    "nurse to documentation": (
        {"licences": ("rn",), "years": {"clinical": 9}, "goal": "cdi-specialist", "role": None},
        (
            "rn 9 yrs icu, tired, heard about CDI",
            "I'm a registered nurse, nine years in the ICU, and I would like to move into CDI.",
            "been a nurse 9 years and i want to do cdi instead of bedside",
        ),
    ),
    "to lead": (
        {"role": "medical-coder", "certifications": ("ccs",), "years": {"coding": 5}, "goal": "coding-manager"},
        (
            "im a coder w a ccs, 5 yrs, i want to be a coding manager in 3 yrs",
            "I have my CCS and five years as a medical coder. My goal is to become a coding manager.",
            "coder, 5 years, ccs. want to move up to coding manager",
        ),
    ),
    "undecided": (
        {"country": "US", "goal": None, "role": None, "certifications": ()},
        (
            "idk if this is for me. cashier in ohio, no certs",
            "I live in Oregon and I really do not know what I want to do. I have no certifications.",
            "im in georgia, no clue what i want, no cert no nothing",
        ),
    ),
    "coming back": (
        {"role": "medical-coder", "certifications": ("cpc",), "goal": "cpma", "hours_per_week": 5},
        (
            "im a coder, i have my cpc, studying for the cpma, 5 hours a week",
            "Medical coder here, 4 years, CPC. I am preparing for the CPMA and can study five hours a week.",
            "i work as a coder with a cpc. signed up for the cpma. 5 hrs a week to study",
        ),
    ),
}
TWINS = (
    "my sister is a medical coder in ohio with a cpc and 3 years",
    "the ad wants a cpc and 3 years as a coder",
    "if i had a ccs and 5 years as a coder could i be a manager",
    "im not a nurse, never was, and i dont want to do cdi",
    "do you need to be an rn with 9 years for cdi",
    "i wish i was a coder with a cpc",
    "my wife has been a nurse 9 years and she wants to do cdi",
    "how many years does a coder need to be an auditor",
    "i dont have a cpc and i have never been a coder",
    "i dont want to be an auditor, i hate auditing",
)


@pytest.mark.parametrize(
    ("about", "story"), [(about, story) for about, stories in STORIES.values() for story in stories]
)
def test_a_story_is_kept_and_leads_into_its_plan(advisor: Advisor, about: dict[str, Any], story: str) -> None:
    talk = Talk(advisor)
    talk.say(story)
    profile = talk.session.profile
    assert {key: getattr(profile, key) for key in about} == about

    shown = talk.say("my plan")
    goal = about["goal"]
    assert (advisor.base.entities[goal].short in shown) if goal is not None else ("no plan yet" in shown)


@pytest.mark.parametrize("twin", TWINS)
def test_a_twin_gives_nobody_anything(advisor: Advisor, twin: str) -> None:
    talk = Talk(advisor)
    talk.say(twin)
    profile = talk.session.profile
    assert (profile.role, profile.certifications, profile.licences, profile.years) == (None, (), (), {})
    assert "no plan yet" in talk.say("my plan")


@pytest.mark.parametrize("story", [stories[0] for _, stories in STORIES.values()])
def test_settings_show_what_a_story_told_line_by_line(advisor: Advisor, story: str) -> None:
    talk = Talk(advisor)
    talk.say(story)
    kept = talk.session.profile.model_dump(exclude_defaults=True).keys() - {"budget_currency"}
    talk.say("/settings")
    labels = [button.label for row in talk.rows for button in row]
    assert len([label for label in labels if label.startswith("Change ")]) == len(kept)
