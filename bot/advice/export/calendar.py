"""The open steps as an iCalendar file: whole days, no personal data.

https://www.rfc-editor.org/rfc/rfc5545
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from bot.advice.planner.words import Words
from bot.advice.progress.model import Progress
from bot.advice.progress.schedule import Dated, schedule
from bot.knowledge.base import KnowledgeBase

PRODUCT = "-//career-advisor//plan//EN"
MEDIA_TYPE = "text/calendar"


def calendar_of(base: KnowledgeBase, progress: Progress, today: date) -> str:
    """One event for each step that takes time and each day to keep; the same step always has the same UID.

    A step of weeks is put down as its last day: a bar over months hides everything else.
    """
    from icalendar import Calendar, Event  # noqa: PLC0415 - it takes 60 ms, and few conversations end in a calendar

    words = Words(base)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for item in _events(schedule(progress, today)):
        event = Event()
        event.add("uid", uid(progress.goal, item.step.id))
        event.add("dtstamp", datetime.combine(today, time(), UTC))
        event.add("dtstart", item.end)
        event.add("dtend", item.end + timedelta(days=1))
        booked = item.step.kind == "exam" and item.step.entity in progress.exams
        key = "calendar_booked" if booked else "calendar_planned" if not item.step.weeks else "calendar_until"
        event.add("summary", words.text(key, title=item.step.title))
        event.add("description", words.text("calendar_note"))
        # Nobody is busy all day because a plan says so.
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")


def uid(goal: str, step: str) -> str:
    """The same for the same step of the way to a goal, whoever goes it."""
    return f"{hashlib.sha256(f'{goal}/{step}'.encode()).hexdigest()[:32]}@career-advisor"


def _events(dated: Sequence[Dated]) -> list[Dated]:
    return [item for item in dated if item.step.kind != "upkeep"]
