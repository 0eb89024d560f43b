"""In what kind of place somebody works, or says to prefer."""

from __future__ import annotations

from collections.abc import Iterator

from bot.understanding.reader.clauses import Part
from bot.understanding.reader.heard import ToldFact
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.names import Name
from bot.understanding.reader.tokens import NONE

NEAR_SETTING = 4  # tokens between "at a …" and a kind of place


def settings(message: ReadMessage, parts: list[Part]) -> list[ToldFact]:
    """The kinds of places somebody works at, or says to prefer."""
    return [
        fact for index, part in enumerate(parts) if _own_work(message, part) for fact in _settings(message, part, index)
    ]


def _own_work(message: ReadMessage, part: Part) -> bool:
    """Whether a clause may tell where its writer works."""
    if part.supposed or part.asks or part.demands:
        return False
    if part.subject == "other":
        return message.has(part.start, "group")
    return not (part.subject == "nobody" and part.explicit and message.says(part.start, part.end, "source"))


def _settings(message: ReadMessage, part: Part, index: int) -> Iterator[ToldFact]:
    wished = message.first(part.start, part.end, "prefer")
    for name in message.names:
        places = name.ids("setting")[:1] if part.start <= name.start < part.end and not name.ids("role") else ()
        for setting in places:
            if 0 <= wished < name.start and not message.says(part.start, name.start, "neg", "over_that"):
                yield ToldFact(field="setting", value=setting, clause=index, why="preferred")
                wished = -1
            elif not name.plural and _works_there(message, part, name):
                why = message.text(name.start - 1, name.end)
                yield ToldFact(field="setting", value=setting, clause=index, why=why)
    for telling in message.tellings:
        if telling.start == part.start and _acts_itself(message, part, telling.end):
            continue
        near = any(message.ends(at, part.start, "nearby") >= 0 for at in (telling.start, telling.start + 1))
        if near:
            continue  # "i live near a …"
        if telling.told.setting and part.start <= telling.start < part.end and not _elsewhere(message, part):
            why = message.text(telling.start, telling.end)
            yield ToldFact(field="setting", value=telling.told.setting, clause=index, why=why)


def _acts_itself(message: ReadMessage, part: Part, end: int) -> bool:
    """Whether a place that a clause begins with does something ("<place> lays off …"): no word of its writer."""
    if part.explicit:
        return False
    verb = end < part.end and message.free(end) and not message.marks[end] and message.tokens[end].gap == NONE
    ends = end + 1 >= part.end or message.tokens[end + 1].gap != NONE or message.has(end + 1, "at_place", "after_role")
    return not part.fragment or (verb and not ends)


def _elsewhere(message: ReadMessage, part: Part) -> bool:
    """Whether a clause speaks of another place than where the person works now."""
    return message.says(part.start, part.end, "neg", "going_to_be", "left", "not_job", "person", "past")


def _works_there(message: ReadMessage, part: Part, name: Name) -> bool:
    if message.has(name.start, "not_place") or _elsewhere(message, part):
        return False
    if message.ends(name.start, part.start, "nearby") >= 0 or message.says(part.start, name.start, "nearby"):
        return False
    at = name.start - 1
    for _ in range(NEAR_SETTING):
        if message.has(at, "at") or (message.has(at, "own_place") and message.has(at, "my", "group")):
            return at >= part.start
        at -= 1
    led = name.start - part.start == 1 and message.free(part.start)
    led = led and (not message.marks[part.start] or message.has(part.start, "own_place", "size"))
    return part.fragment and (name.start == part.start or led)
