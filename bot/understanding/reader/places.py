"""Where somebody is, where they want to work, and in what kind of place."""

from __future__ import annotations

from bot.understanding.reader.clauses import Part
from bot.understanding.reader.heard import Fact
from bot.understanding.reader.message import Message
from bot.understanding.reader.names import Name

NEAR = 3  # tokens between "at a …" and the place


def countries(message: Message, parts: list[Part]) -> list[Fact]:
    """Countries, in order: where somebody is ("held"), comes from ("left"), wants to go ("planned"), asks about."""
    found = []
    for index, part in enumerate(parts):
        for name in message.names:
            if part.start <= name.start < part.end and (ids := name.ids("country")):
                fact = _country(message, part, name, ids[0])
                if fact is not None:
                    found.append(fact.model_copy(update={"clause": index}))
    return found


def _country(message: Message, part: Part, name: Name, country: str) -> Fact | None:
    if part.subject == "other" and part.explicit:
        return None
    before = max(part.start, name.start - NEAR)
    if part.supposed or message.says(part.start, name.start, "going", "neg"):
        planned = message.says(part.start, name.start, "going") and not message.says(part.start, name.start, "neg")
        return Fact(field="country", value=country, standing="planned", why="wants to go") if planned else None
    if message.says(before, name.start, "moved"):
        return Fact(field="country", value=country, why="moved to")
    if message.says(before, name.start, "origin") and not message.says(before, name.start, "living"):
        return Fact(field="country", value=country, standing="left", why="from")
    if part.asks or part.commands:
        placed = message.has(name.start - 1, "at_place") or name.end == part.end
        return Fact(field="country", value=country, standing="asked", why="asked about") if placed else None
    if message.says(part.start, name.start, "living", "at_place") or part.fragment:
        return Fact(field="country", value=country, why="in")
    return None


def settings(message: Message, parts: list[Part]) -> list[Fact]:
    """The kinds of places somebody works at."""
    found = []
    for index, part in enumerate(parts):
        if (part.subject == "other" and not message.has(part.start, "group")) or part.supposed or part.asks:
            continue
        for name in message.names:
            if not part.start <= name.start < part.end or name.plural or name.ids("role"):
                continue
            for setting in name.ids("setting")[:1]:
                if _works_there(message, part, name):
                    found.append(Fact(field="setting", value=setting, clause=index,
                                      why=message.text(name.start - 1, name.end)))  # fmt: skip
        for telling in message.tellings:
            if telling.told.setting and part.start <= telling.start < part.end and not _elsewhere(message, part):
                found.append(Fact(field="setting", value=telling.told.setting, clause=index,
                                  why=message.text(telling.start, telling.end)))  # fmt: skip
    return found


def _elsewhere(message: Message, part: Part) -> bool:
    """Whether a clause speaks of another place than where the person works now."""
    return message.says(part.start, part.end, "neg", "plan_role", "left", "not_job", "person", "past")


def _works_there(message: Message, part: Part, name: Name) -> bool:
    if message.has(name.start, "not_place") or _elsewhere(message, part):
        return False
    at = name.start - 1
    for _ in range(NEAR):
        if message.has(at, "at", "own_place"):
            return at >= part.start
        at -= 1
    return part.fragment and name.start == part.start
