"""Which verb or "as" rules a name in a clause: "i have a …", "i work as a …", "certified as …"."""

from __future__ import annotations

from bot.understanding.reader.clauses import Part
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.names import Name

MAX_STRANGE = 2  # words between an article and what somebody is ("a night shift <name>")
NOT_STRANGE = ("function", "my", "self", "other", "person", "you")
MAX_SUBJECT = 3  # words of what a degree is in


def governor_of(message: ReadMessage, part: Part, name: Name) -> int:
    """The token whose verb or "as" rules the name: all between them is filling. -1 where there is none."""
    at, strange, article = name.start - 1, 0, False
    person = bool(name.ids("background")) and not name.ids("certification")
    while at >= part.start:
        if message.has(at, "with_it") and (_with_oneself(message, part, at) or message.has(at - 1, "holder")):
            return at
        hoping = message.has(at, "with_it") and message.says(part.start, at, "aspiring")
        if hoping and message.says(part.start, at, "as", "self_be"):
            return at  # "as an aspiring <job> with a <credential>"
        if message.has(at, "have", "had", "be", "as", "certified", "aspiring") and not _passable(message, at):
            return -1 if message.ends(at + 1, part.start, "same") >= 0 else at
        start = message.ends(at + 1, part.start, "my_held", "have", "had", "as")
        if start >= 0:
            return start
        inside = message.name_at.get(at)
        degree = next((item for item in message.tellings if item.told.education and item.start <= at < item.end), None)
        studied = _subject(message, part, at)
        spent = message.ends(at + 1, part.start, "experience", "time_tail")
        if degree is not None:
            at = degree.start - 1
        elif studied >= 0:
            at = studied
        elif spent >= 0:
            at = spent - 1
        elif inside is not None:
            at = inside.start - 1
        elif message.has(at, "det", "filler", "join", "my") or at in message.quantity_at:
            article = article or message.has(at, "det")
            at -= 1
        elif person and not article and strange < MAX_STRANGE and not message.has(at, *NOT_STRANGE):
            strange += 1
            at -= 1
        else:
            return -1
    return -1


def _subject(message: ReadMessage, part: Part, end: int) -> int:
    """The token before a degree with its subject ("<degree> in <words>") that ends at a token, -1 where none does."""
    for at in range(end - 1, max(part.start, end - MAX_SUBJECT - 1), -1):
        name = message.name_at.get(at - 1)
        if message.has(at, "inside") and name is not None and name.ids("degree"):
            return name.start - 1
    return -1


def _with_oneself(message: ReadMessage, part: Part, at: int) -> bool:
    """Whether "with" follows what the person says to be ("i am a <job> with a <credential>")."""
    before = message.name_at.get(at - 1)
    time = message.quantity_at.get(at - 1)
    return (
        (
            (before is not None and bool(before.ids("role", "licence", "background")))
            or (time is not None and time.kind == "years")
        )
        and message.says(part.start, at, "self_be")
        and not message.says(part.start, at, "person", "plan", "neg", "past_be")
    )


def _passable(message: ReadMessage, at: int) -> bool:
    """A word that fills as well as it rules ("certified" after "am")."""
    return message.has(at, "filler") and not message.has(at, "have", "had", "as")
