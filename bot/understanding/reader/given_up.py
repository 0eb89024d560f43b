"""Jobs that are over: "former <job>", "quit <work>", "i used to <work>"."""

from __future__ import annotations

from bot.understanding.reader.clauses import Part
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.names import Name
from bot.understanding.reader.tokens import NONE

MAX_STRANGE = 2  # words between "former" and the name of a job


def formerly(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether a clause begins with a job that is over ("former <job>", "laid off <job> here")."""
    at = name.start
    for _ in range(MAX_STRANGE + 1):
        start = message.ends(at, part.start, "former_job", "worked_once")
        if start >= 0:
            led = ("so", "greet", "filler", "i")
            return all(message.has(at, *led) and not message.has(at, "det", "my") for at in range(part.start, start))
        at -= 1
        if at < part.start or message.has(at, "function", "my", "self", "other", "you", "neg"):
            return False
    return False


def given_up(message: ReadMessage, part: Part) -> tuple[str, str] | None:
    """The job of work that somebody says to have given up ("quit <work>", "i used to <work>"), and the words."""
    at = part.start
    while at < part.end and not message.length(at, "given_up"):
        if not message.has(at, "i", "so", "greet", "filler", "join"):
            return None
        at += 1
    work = at + message.length(at, "given_up")
    name = message.name_at.get(work)
    told = next((item for item in message.tellings if item.start == work and item.end <= part.end), None)
    if name is not None and name.ids("experience") and not name.plural:
        roles, end = name.ids("role"), name.end
    elif told is not None and message.has(at, "used_to"):
        roles, end = tuple(str(role) for role in (told.told.role, told.told.goal) if role), told.end
    else:
        return None
    ends = end >= part.end or message.tokens[end].gap != NONE or message.has(end, "after_role", "until_now")
    return (roles[0], message.text(at, end)) if roles and ends and work < part.end else None
