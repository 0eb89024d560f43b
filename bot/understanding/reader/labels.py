"""What is said of the label of a provisional credential ("still have the …"), and whose it is."""

from __future__ import annotations

from bot.understanding.reader.clauses import Part
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.pieces import sentence
from bot.understanding.reader.telling import Telling
from bot.understanding.reader.tokens import NONE


def labels(message: ReadMessage, part: Part) -> list[Telling]:
    """What is said of a credential's label: of several in one place the one that ends last, then the longest."""
    inside = [
        telling
        for telling in message.tellings
        if telling.told.certification and part.start <= telling.start < part.end and _ends(message, telling.end)
    ]
    return [
        one
        for one in inside
        if not any(
            other is not one and other.start < one.end and one.start < other.end
            and (other.end, other.end - other.start) > (one.end, one.end - one.start)
            for other in inside
        )
    ]  # fmt: skip


def _ends(message: ReadMessage, at: int) -> bool:
    """Whether a label ends before a token: a further noun would make its last letter an article."""
    if at >= len(message) or message.tokens[at].gap != NONE or len(message.tokens[at - 1].word) > 1:
        return True
    return at in message.quantity_at or message.has(
        at, "after_held", "after_role", "join", "question", "aux", "neg", "self", "function", "filler", "off"
    )


def hoped(message: ReadMessage, parts: list[Part], index: int, full: str) -> bool:
    """Whether a sentence only supposes the credential of the label ("once i am a …")."""
    first, last = sentence(parts, index)
    return any(
        full in name.ids("certification")
        for part in parts[first:last]
        if part.supposed
        for name in message.names
        if part.start <= name.start < part.end
    )


def own(message: ReadMessage, parts: list[Part], index: int) -> bool:
    """Whether a sentence speaks of its writer, and of nobody else's things."""
    part = parts[index]
    first, last = sentence(parts, index)
    if part.reported or part.demands or (part.asks and message.says(part.start, part.end, "will_get")):
        return False
    whole = range(parts[first].start, parts[last - 1].end)
    mine = range(part.start, part.end)
    if part.subject == "other" and not any(message.has(at, "self") or _my_own(message, at) for at in mine):
        return False
    theirs = any(message.has(at, "person") and not message.has(at, "superior") for at in mine)
    if any(message.has(at, "self") or _my_own(message, at) for at in whole):
        return not theirs or message.says(part.start, part.end, "self")
    return not part.asks and (part.subject == "self" or not part.explicit)


def _my_own(message: ReadMessage, at: int) -> bool:
    """Whether something of the writer's is named: none of their people but those they work for."""
    return message.has(at, "my") and (not message.has(at + 1, "person") or message.has(at + 1, "superior"))
