"""Credentials that somebody is on the way to without saying so: their test, course or book, "<name> next", "it"."""

from __future__ import annotations

from bot.understanding.reader.clauses import Part
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.names import Name


def test_asked_about(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether a question is about its test, of whoever may want to sit it ("how hard is the <name> exam")."""
    if not name.ids("certification") or name.plural or part.subject == "other" or part.supposed or part.reported:
        return False
    asked = part.asks and message.has(name.end, "tested")
    return asked and not message.says(part.start, part.end, "person", "must_have", "pass", "got_past", "fail")


def named_next(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether a clause is nothing but a credential with a "next" or a "maybe" ("<name> next", "<name> eventually")."""
    if not name.ids("certification") or name.plural or part.asks or part.supposed or part.subject != "self":
        return False
    small = message.covered(part.start, part.end, "so", "filler", "det", "my", "join", "perhaps", "next", "at_end")
    around = [at for at in range(part.start, part.end) if not name.start <= at < name.end]
    said = message.has(name.end, "next") or message.says(part.start, part.end, "perhaps")
    return said and message.tokens[part.start].asked is False and all(at in small for at in around)


def asked_by_pronoun(message: ReadMessage, parts: list[Part], index: int) -> str | None:
    """The credential that the clause before names alone, of whoever asks whether to get "it"."""
    part = parts[index]
    if not index or not part.asks or part.subject == "other" or part.supposed:
        return None
    if not message.says(part.start, part.end, "get_it") or any(
        part.start <= name.start < part.end for name in message.names
    ):
        return None
    before = parts[index - 1]
    named = {
        ids[0]
        for name in message.names
        if before.start <= name.start < before.end and (ids := name.ids("certification", "role"))
    }
    credentials = {
        name.ids("certification")[0]
        for name in message.names
        if before.start <= name.start < before.end and name.ids("certification") and not name.plural
    }
    return credentials.pop() if len(named) == 1 and credentials == named else None
