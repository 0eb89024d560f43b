"""What happened on a plan, in ten wordings a kind, and what only sounds like it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.advice.profile import parse_profile
from bot.advice.progress.model import Progress
from bot.advice.wording import plain
from bot.conversation.advisor import Advisor
from bot.conversation.messages import Incoming
from bot.conversation.session import Session
from tests.conversation.talk import CODER

EVENTS = yaml.safe_load((Path(__file__).parent / "plan_events.yaml").read_text("utf-8"))
TODAY, BOOKED = date(2027, 4, 12), date(2027, 5, 8)
PROFILE = {**CODER, "hours_per_week": 5}
TELLS = ("profile", "goal", "exams", "opens", "paused", "units", "journal")


@pytest.fixture(scope="module")
def kept(advisor: Advisor) -> Session:
    session = Session().model_copy(update={"profile": parse_profile(PROFILE, advisor.base)})
    for words in ("my plan", "start this plan", f"my cpma exam is on {BOOKED}"):
        session, _ = advisor.turn(session, Incoming(kind="text", text=words), TODAY)
    assert session.progress is not None
    assert session.progress.exams == {"cpma": BOOKED}
    return session


def happened(before: Progress, after: Progress, meant: str, shown: str) -> bool:
    """Whether what was told is so now; for what is only asked, whether it is said and nothing changed."""
    what, _, value = meant.partition(" ")
    profile = after.profile
    if what == "says":
        return value in shown and not changed(before, after)
    return {
        "failed": lambda: value in after.opens and value not in after.exams,
        "cert": lambda: value in profile.certifications,
        "exam": lambda: " ".join((value.split()[0], str(after.exams.get(value.split()[0])))) == value,
        "role": lambda: profile.role == (None if value == "-" else value),
        "edu": lambda: value in profile.education,
        "units": lambda: bool(after.units) and after.units[-1].count == float(value),
        "hours": lambda: profile.hours_per_week == float(value),
        "budget": lambda: profile.budget == float(value),
        "goal": lambda: after.goal == value,
        "paused": lambda: after.paused is not None,
        "slip": lambda: after.journal[-1].deed == "dated" and after.exams == before.exams and after.paused is None,
        "country": lambda: profile.country == value,
    }[what]()


def changed(before: Progress, after: Progress) -> set[str]:
    return {key for key in TELLS if getattr(before, key) != getattr(after, key)}


@pytest.mark.parametrize("meant", EVENTS)
def test_what_is_told_happens_and_what_only_sounds_like_it_does_not(
    advisor: Advisor, kept: Session, meant: str
) -> None:
    before = kept.progress
    assert before is not None
    wrong = []
    for text in (*EVENTS[meant]["told"], *EVENTS[meant]["not"]):
        session, replies = advisor.turn(kept, Incoming(kind="text", text=text), TODAY)
        shown = " ".join(plain(reply.text) for reply in replies)
        assert session.progress is not None, text
        told = text in EVENTS[meant]["told"]
        fits = happened(before, session.progress, meant, shown) if told else not changed(before, session.progress)
        wrong += [] if fits else [(text, sorted(changed(before, session.progress)), shown[:160])]
    assert not wrong
