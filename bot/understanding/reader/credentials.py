"""Credentials, licences and schooling that somebody tells of."""

from __future__ import annotations

from collections.abc import Iterator

from bot.knowledge.base import KnowledgeBase
from bot.understanding.reader.clauses import Part
from bot.understanding.reader.heard import Fact, Field
from bot.understanding.reader.message import Message
from bot.understanding.reader.names import Name, NameKind
from bot.understanding.reader.standing import fragment_holds, standing
from bot.understanding.reader.times import among_own, bare_question, supported

FIELDS: dict[NameKind, Field] = {"certification": "certification", "licence": "licence", "degree": "education"}


class Credentials:
    """Reads how credentials, licences and schooling stand."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._levels = {level.id for level in base.assessment.education}
        self._abroad = {licence.id: licence.abroad for licence in base.assessment.licences if licence.abroad}

    def read(self, message: Message, parts: list[Part]) -> list[Fact]:
        """The facts, in the order told."""
        found: list[Fact] = []
        for index, part in enumerate(parts):
            for name in _names(message, part):
                found.extend(self._told(message, parts, index, name))
            found.extend(self._afterwards(message, part, index, found))
        return found

    def _told(self, message: Message, parts: list[Part], index: int, name: Name) -> Iterator[Fact]:
        part = parts[index]
        meanings = self._meanings(name)
        if not meanings:
            return
        how = standing(message, part, name)
        if how is None and fragment_holds(message, part, name):
            schooling = len(parts) > 1 and all(field == "education" for field, _ in meanings)
            told = schooling or supported(message, parts, index) or among_own(message, parts, index)
            how = ("held", "told in passing") if told and not bare_question(message, parts, index) else None
        if how is None:
            return
        for field, value in meanings:
            if field != "certification" and how[0] in ("asked", "failed"):
                continue
            abroad = field == "licence" and value in self._abroad and self._from_abroad(message, parts, index)
            meant = str(self._abroad[value]) if abroad else value
            yield Fact(field=field, value=meant, standing=how[0], clause=index, why=how[1])

    def _meanings(self, name: Name) -> list[tuple[Field, str]]:
        found = [(FIELDS[meaning.kind], meaning.id) for meaning in name.meanings if meaning.kind in FIELDS]
        certifications = [pair for pair in found if pair[0] == "certification"]
        if certifications:
            return certifications[:1]
        general = [pair for pair in found if pair[1] in self._levels]
        schooling = general or [pair for pair in found if pair[0] == "education"]
        return [*[pair for pair in found if pair[0] == "licence"][:1], *schooling[:1]]

    def _from_abroad(self, message: Message, parts: list[Part], index: int) -> bool:
        """Whether the clause, or the next one, says that the person comes from another country."""
        end = parts[min(index + 1, len(parts) - 1)].end
        home = self._base.field.default_country
        return any(
            name.ids("country")[:1] not in ((), (home,)) and message.has(name.start - 1, "origin", "at_place")
            for name in message.names
            if parts[index].start <= name.start < end
        )

    def _afterwards(self, message: Message, part: Part, index: int, found: list[Fact]) -> Iterator[Fact]:
        """What is said of things named before: "everything expired", "i let it lapse", "then passed it"."""
        if part.asks or part.supposed or part.subject == "nobody" or any(_names(message, part)):
            return
        stands = message.says(part.start, part.end, "all_of_it")
        passed = message.says(part.start, part.end, "pass") and not message.says(part.start, part.end, "pass_thing")
        if passed and not message.says(part.start, part.end, "neg", "plan_role"):
            for fact in _latest(found)[-1:]:
                if fact.field == "certification" and fact.standing in ("planned", "failed"):
                    yield fact.model_copy(update={"standing": "held", "clause": index, "why": "passed, said later"})
        lapsed = message.says(part.start, part.end, "lapse") and not message.says(part.start, part.end, "neg")
        if message.says(part.start, part.end, "stopped_paying") or (stands and lapsed):
            for fact in _latest(found):
                if fact.field in ("certification", "licence") and fact.standing == "held":
                    yield fact.model_copy(update={"standing": "expired", "clause": index, "why": "lapsed, said later"})


def _names(message: Message, part: Part) -> Iterator[Name]:
    return (name for name in message.names if part.start <= name.start < part.end)


def _latest(found: list[Fact]) -> list[Fact]:
    return list({(fact.field, fact.value): fact for fact in found}.values())
