"""Plans to take along: the calendar is read back by the library that others use, the rest by its parts."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from bot.advice.export.calendar import calendar_of
from bot.advice.export.card import MAX_PAYLOAD, card_of, linked, start_word
from bot.advice.export.data import data_of
from bot.advice.export.readable import Readable
from bot.advice.profile import Profile, parse_profile
from bot.advice.progress import events as happened
from bot.advice.progress import replanning
from bot.advice.progress.model import Progress
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.load import load

TODAY = date(2026, 11, 23)
PASTRY = Path(__file__).parents[2] / "fields" / "pastry"


@pytest.fixture
def progress(base: KnowledgeBase) -> Progress:
    profile = Profile(
        country="IN", role="medical-coder", certifications=("cpc",), years={"coding": 3}, goal="coding-auditor"
    )
    begun = replanning.begin(base, profile, "fastest", TODAY, None)
    assert begun is not None
    booked = happened.booked(base, begun, "cpma", date(2027, 1, 15), TODAY)
    assert booked is not None
    return booked


def events(base: KnowledgeBase, progress: Progress, today: date) -> dict[str, date]:
    calendar = Calendar.from_ical(calendar_of(base, progress, today))
    return {str(event["uid"]): event.decoded("dtstart") for event in calendar.walk("VEVENT")}


def test_a_calendar_reads_back(base: KnowledgeBase, progress: Progress) -> None:
    calendar = Calendar.from_ical(calendar_of(base, progress, TODAY))
    found = calendar.walk("VEVENT")

    assert calendar["prodid"]
    assert not [event for event in found if event.errors]
    exam = next(event for event in found if str(event["summary"]) == "Exam day: Pass the CPMA exam")
    assert exam.decoded("dtstart") == date(2027, 1, 15)
    assert exam.decoded("dtend") == date(2027, 1, 16)
    assert exam.decoded("dtstamp").date() == TODAY
    assert len({str(event["uid"]) for event in found}) == len(found) == len(progress.open)


def test_a_step_keeps_its_uid_when_its_day_moves(base: KnowledgeBase, progress: Progress) -> None:
    moved = happened.slipped(progress, 4, TODAY)
    assert moved is not None

    before, after = events(base, progress, TODAY), events(base, moved, TODAY + timedelta(days=9))
    assert before.keys() == after.keys()
    assert calendar_of(base, progress, TODAY) == calendar_of(base, progress, TODAY)


def test_a_calendar_says_nothing_about_its_owner(base: KnowledgeBase, progress: Progress) -> None:
    content = calendar_of(base, progress, TODAY)

    assert not re.search(r"ORGANIZER|ATTENDEE|\bIN\b|India", content)


def test_the_text_carries_sources_and_dates(base: KnowledgeBase, progress: Progress) -> None:
    passed = happened.done(base, progress, "study-cpma", TODAY)
    assert passed is not None
    text = Readable(base, passed, TODAY).text()

    assert "[done 23 Nov 2026] Study for the CPMA" in text
    assert ". Pass the CPMA exam: 15 Jan 2027" in text
    assert re.search(r"^- .+, read \d{4}-\d\d-\d\d, https://", text, re.MULTILINE)
    assert not re.search(r"[{}<>]", text)


def test_the_data_can_be_planned_with_again(base: KnowledgeBase, progress: Progress) -> None:
    data = json.loads(data_of(base, progress.profile, progress, {"misses": 0}, TODAY))

    assert parse_profile(data["profile"], base) == progress.profile
    assert [route["name"] for route in data["plan"]["routes"]] == ["fastest", "cheapest", "strongest"]
    assert data["progress"]["exams"] == {"cpma": "2027-01-15"}
    assert data["talk"] == {"misses": 0}


def test_the_data_of_somebody_new_is_empty(base: KnowledgeBase) -> None:
    data = json.loads(data_of(base, Profile(), None, {}, TODAY))

    assert (data["profile"], data["progress"], data["plan"]) == ({}, None, None)


def test_a_card_is_the_same_whoever_sends_it(base: KnowledgeBase) -> None:
    text, cited = card_of(base, "coding-auditor")

    assert "/start role_coding-auditor" in text
    assert cited
    assert not re.search(r"India|United States", text)


@pytest.mark.parametrize("folder", [None, PASTRY], ids=["knowledge", "pastry"])
def test_every_goal_has_a_link_that_leads_to_it(base: KnowledgeBase, folder: Path | None) -> None:
    known = base if folder is None else load(folder)
    for goal in (*known.roles, *known.certifications):
        word = start_word(known, goal)
        assert word is not None
        assert re.fullmatch(rf"[A-Za-z0-9_-]{{1,{MAX_PAYLOAD}}}", word)
        assert linked(known, word) == goal


@pytest.mark.parametrize("payload", ["", "role_", "role_no-such", "cert_coding-auditor", "x_cpc", "role", "assess_"])
def test_any_other_payload_leads_nowhere(base: KnowledgeBase, payload: str) -> None:
    assert linked(base, payload) is None


def test_a_goal_that_no_kind_has_gets_no_link(base: KnowledgeBase) -> None:
    assert start_word(base, "practicode") is None
