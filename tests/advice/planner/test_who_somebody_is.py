"""Words about gender, age and name change nothing: the same answers give the same profile and the same plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import product
from typing import Any

import pytest
from sampling import Sample

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


def told(advisor: Advisor, session: Session, texts: Iterable[str]) -> Session:
    for text in texts:
        session, _ = advisor.turn(session, Incoming(kind="text", text=text), TODAY)
    return session


def planned(advisor: Advisor, session: Session) -> tuple[dict[str, Any], dict[str, Any]]:
    """The profile at the end of the questions, and its plan."""
    assert session.profile.goal is not None
    return session.profile.model_dump(), make_plan(advisor.base, session.profile, TODAY).as_json()


@pytest.mark.parametrize("name", PEOPLE)
def test_who_somebody_is_changes_nothing(advisor: Advisor, name: str, sample: Sample) -> None:
    """Beside every answer in words; beside a bare number an age could be either, so there it is left out."""
    answers = PEOPLE[name]
    befores = [told(advisor, Session(), ("help me choose a role",))]
    for answer in answers:
        befores.append(told(advisor, befores[-1], (answer,)))
    plain = planned(advisor, befores[-1])
    worded = [place for place, answer in enumerate(answers) if answer != "idk" and not any(map(str.isdigit, answer))]
    for place, who in sample(product(worded, WHO), lambda case: case[0], each=2):
        beside = told(advisor, befores[place], (f"{answers[place]}. {who}", *answers[place + 1 :]))
        assert planned(advisor, beside) == plain, (answers[place], who)
