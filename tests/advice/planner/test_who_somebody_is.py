"""Words about gender, age and name change nothing: the same answers give the same profile and the same plan."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.advice.planner import make_plan
from bot.conversation.advisor import Advisor
from bot.conversation.messages import Incoming
from bot.conversation.session import Session

TODAY = date(2026, 11, 23)
WHO = (
    "I'm a 52 year old woman named Maria",
    "I am a man of 61 and my name is John",
    "im 24, female, call me Priya",
    "I'm Ahmed, male, 38 years old",
)
# What each person types, one answer a question: country, work, certifications, schooling, goal, hours, budget.
PEOPLE = {
    "newcomer": ["united states", "new to this", "none yet", "high school", "coding auditor", "6 hours", "idk"],
    "clerk": ["united states", "another health job", "2 years", "none yet", "high school", "ccs", "6 hours", "idk"],
    "graduate": ["india", "new to this", "none yet", "bcom", "cpc", "12 hours", "idk"],
}


def talked(advisor: Advisor, answers: list[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The profile at the end of the questions, and its plan."""
    session = Session()
    for text in ("help me choose a role", *answers):
        session, _ = advisor.turn(session, Incoming(kind="text", text=text), TODAY)
    assert session.profile.goal is not None, answers
    return session.profile.model_dump(), make_plan(advisor.base, session.profile, TODAY).as_json()


@pytest.mark.parametrize("name", PEOPLE)
def test_who_somebody_is_changes_nothing(advisor: Advisor, name: str) -> None:
    """Beside every answer in words; beside a bare number an age could be either, so there it is left out."""
    answers = PEOPLE[name]
    plain = talked(advisor, answers)
    for place, answer in enumerate(answers):
        if any(char.isdigit() for char in answer) or answer == "idk":
            continue
        for who in WHO:
            told = talked(advisor, [*answers[:place], f"{answer}. {who}", *answers[place + 1 :]])
            assert told == plain, (answer, who)
