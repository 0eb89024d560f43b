"""Plans kept over a year, told in plain sentences: nothing lost, nothing misstated.

Files in `kept/`: `P` is the profile, then one line a message: day | what is typed | what becomes of it.
`same` changes nothing; `says` are words that the answer holds; the others name the change. A line that begins with
`~` is not understood yet: it may be asked about or lost, but must not be misstated.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from sampling import Sample

from bot.advice.profile import parse_profile
from bot.advice.progress.model import Progress
from bot.advice.wording import plain
from bot.conversation.advisor import Advisor
from bot.conversation.messages import Incoming
from bot.conversation.session import Session

PEOPLE = sorted((Path(__file__).parent / "kept").glob("*.txt"))
KEPT = ("profile", "goal", "exams", "opens", "paused", "units", "journal")


def told(path: Path, advisor: Advisor) -> list[tuple[str, str, str, str]]:
    """What was not understood as (kind, line, message, what was said): "misstated" changed something else than was
    told, "lost" changed nothing or did not say what it should."""
    session, start, wrong = Session(), "", []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("P "):
            session = session.model_copy(update={"profile": parse_profile(json.loads(line[2:]), advisor.base)})
        if line.startswith(("#", "P ")) or not line.strip():
            continue
        open_yet = line.startswith("~")
        day, message, meant = (part.strip() for part in line.lstrip("~ ").split("|"))
        on = date.fromisoformat(day)
        if not start:
            start = day
            for word in ("my plan", "start this plan"):
                session, _ = advisor.turn(session, Incoming(kind="text", text=word), on)
        before = session.progress
        session, replies = advisor.turn(session, Incoming(kind="text", text=message), on)
        shown = " ".join(plain(reply.text) for reply in replies)
        assert before is not None
        kind = verdict(before, session.progress, meant, shown)
        if kind and not (open_yet and kind == "lost"):
            wrong.append((kind, f"{path.stem} {day} | {message} | {meant}", message, shown))
        if kind:
            session = mended(session, advisor, meant, on)
    return wrong


def verdict(before: Progress, after: Progress | None, meant: str, shown: str) -> str:
    """Empty where a message did what it should."""
    what, _, value = meant.partition(" ")
    if after is None:
        return "misstated"
    changed = {key for key in KEPT if getattr(before, key) != getattr(after, key)}
    if what in ("same", "says"):
        if changed:
            return "misstated"
        return "" if what == "same" or value.lower() in shown.lower() else "lost"
    if holds(before, after, what, value):
        return ""
    return "misstated" if changed else "lost"


def holds(before: Progress, after: Progress, what: str, value: str) -> bool:
    """Whether the change that was told was made."""
    first, _, rest = value.partition(" ")
    profile, last = after.profile, after.journal[-1] if after.journal != before.journal else None
    return {
        "hours": lambda: profile.hours_per_week == float(value),
        "budget": lambda: profile.budget == float(value),
        "slip": lambda: last is not None and last.deed == "dated" and before.exams == after.exams,
        "resumed": lambda: before.paused is not None and after.paused is None,
        "paused": lambda: after.paused is not None and after.paused != before.paused,
        "exam": lambda: str(after.exams.get(first)) == rest,
        "failed": lambda: last is not None and last.deed == "failed" and value in after.opens,
        "cert": lambda: value in profile.certifications and value not in before.profile.certifications,
        "edu": lambda: value in profile.education or any(step.entity == value for step in after.done),
        "role": lambda: profile.role == (None if value == "-" else value) and profile.role != before.profile.role,
        "goal": lambda: after.goal == value,
        "units": lambda: after.units != before.units and after.units[-1].count == float(value),
        "country": lambda: profile.country == value,
    }[what]()


def mended(session: Session, advisor: Advisor, meant: str, on: date) -> Session:
    """The session as if a change had been understood, so that one miss does not bring others."""
    words = {
        "cert": "i passed the {0}",
        "role": "i got hired as {0}",
        "exam": "my {0} exam is on {1}",
        "failed": "i failed the {0}",
        "goal": "my new goal is {0}",
    }
    what, *rest = meant.split()
    if what not in words or rest == ["-"]:
        return session
    name = advisor.base.entities[rest[0]].name if what in ("role", "goal") else rest[0]
    # A new goal may ask for the years done: not told here.
    for text in (words[what].format(name, *rest[1:]), *(["skip"] if what == "goal" else [])):
        session, _ = advisor.turn(session, Incoming(kind="text", text=text), on)
    return session


def test_a_year_of_a_plan_told_in_plain_words(advisor: Advisor, sample: Sample) -> None:
    people = sample(PEOPLE, lambda path: None, each=8)
    assert not [wrong for path in people for wrong in told(path, advisor)]
