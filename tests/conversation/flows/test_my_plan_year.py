"""Three people and their plans over a year, told in plain sentences: nothing lost, nothing misread, nothing silent."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.advice.profile import parse_profile
from bot.advice.progress.circumstances import worked
from bot.conversation.advisor import Advisor
from bot.conversation.messages import Incoming
from bot.conversation.session import Session

PEOPLE: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "my_plan_year.yaml").read_text("utf-8"))
CODER = {"goal": "coding-auditor", "role": "medical-coder", "certifications": ["cpc"], "years": {"coding": 1}}


def told(advisor: Advisor, session: Session, text: str, on: date) -> tuple[Session, str]:
    session, replies = advisor.turn(session, Incoming(kind="text", text=text), on)
    assert replies, text
    return session, re.sub(r"<[^>]+>", "", " ".join(reply.text for reply in replies))


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: str(person["who"]))
def test_a_year_in_plain_words(advisor: Advisor, person: dict[str, Any]) -> None:
    session = Session(profile=parse_profile(person["profile"], advisor.base))
    for on, text, shows in person["says"]:
        session, answer = told(advisor, session, text, on)
        assert re.search(shows, answer, re.IGNORECASE | re.DOTALL), (on, text, answer)


def test_a_year_at_work_counts_by_itself(advisor: Advisor) -> None:
    begun, _ = told(advisor, Session(profile=parse_profile(CODER, advisor.base)), "start this plan", date(2026, 12, 1))
    assert begun.progress is not None

    later = worked(advisor.base, begun.progress, date(2027, 12, 1))
    assert later.profile.years["coding"] == pytest.approx(2, abs=0.02)
    assert worked(advisor.base, later, date(2027, 12, 1)) == later


@pytest.mark.parametrize(
    "text",
    [
        "what happens if i fail?",
        "my brother failed the cpc",
        "i hope i passed",
        "should i quit my job?",
        "if i got laid off, would my plan change",
        "i might move to canada",
        "she got hired as an auditor",
    ],
)
def test_what_is_only_asked_or_of_others_changes_nothing(advisor: Advisor, text: str) -> None:
    on = date(2026, 12, 1)
    begun, _ = told(advisor, Session(profile=parse_profile(CODER, advisor.base)), "start this plan", on)
    after, _ = told(advisor, begun, text, on)

    assert after.progress == begun.progress


def test_two_things_at_once_are_both_done(advisor: Advisor) -> None:
    on = date(2026, 12, 1)
    begun, _ = told(advisor, Session(profile=parse_profile(CODER, advisor.base)), "start this plan", on)
    exam = next(step.entity for step in begun.progress.open if step.kind == "exam") if begun.progress else ""
    after, _ = told(advisor, begun, "I failed the exam yesterday, but my retake is on 3 March 2027", on)

    assert after.progress is not None
    assert after.progress.exams == {exam: date(2027, 3, 3)}
    assert [entry.deed for entry in after.progress.journal] == ["begun", "failed", "dated"]
