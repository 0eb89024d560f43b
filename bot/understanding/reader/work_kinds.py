"""Which kind of work a name, a phrase or somebody's job stands for, as years of it are counted."""

from __future__ import annotations

from bot.knowledge.base import KnowledgeBase
from bot.understanding.reader.credential_work import CredentialWork
from bot.understanding.reader.heard import ToldFact
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.names import Name
from bot.understanding.reader.telling import Telling


class WorkKinds:
    """The kinds of work of one knowledge base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._roles = {role.id: role.experience for role in base.roles.values()}
        self._backgrounds = {item.id: item for item in base.assessment.backgrounds}
        self._anything = base.assessment.experience[-1].id
        self._credentials = CredentialWork(base)

    def told(self, telling: Telling) -> str:
        """The kind of work that a phrase tells, or that of the role that it tells."""
        return str(telling.told.experience or self._roles[str(telling.told.role)])

    def at(self, message: ReadMessage, at: int) -> tuple[str, int, int] | None:
        """The kind of years that a name or a phrase from a token on stands for, with where that begins and ends."""
        for telling in message.tellings:
            if telling.start == at and (telling.told.experience or telling.told.role):
                return self.told(telling), at, telling.end
        name = message.name_at.get(at)
        if name is None or name.start != at or name.plural or name.ids("certification"):
            return None
        kind = self.of(name)
        return (kind, at, name.end) if kind is not None else None

    def of(self, name: Name, identity: str | None = None) -> str | None:
        """The kind of years that a name stands for; of a credential that of the person's job, `identity`."""
        for meaning in name.meanings:
            if meaning.kind == "experience":
                return meaning.id
        for meaning in name.meanings:
            if meaning.kind == "role":
                return self._roles[meaning.id]
            if meaning.kind == "background":
                kind = self._backgrounds[meaning.id].experience
                if kind != self._anything:  # what may be any work is none that counts
                    return kind
        if name.ids("certification"):
            return identity
        return None

    def of_job(self, facts: list[ToldFact]) -> str | None:
        """The kind of years of somebody's job, else of their licence."""
        held = [fact for fact in facts if fact.standing in ("held", "left")]
        for fact in held:
            if fact.field == "role":
                return self._roles[str(fact.value)]
        for fact in held:
            if fact.field == "licence":
                for background in self._backgrounds.values():
                    if background.licence == fact.value and background.experience:
                        return background.experience
        return None

    def identity(self, facts: list[ToldFact]) -> str | None:
        """The kind of years of what somebody says to be: a job first, then a licence, then a credential."""
        job = self.of_job(facts)
        if job is not None:
            return job
        credentials = [fact for fact in facts if fact.field == "certification" and fact.standing == "held"]
        return self._credentials.kind([str(fact.value) for fact in credentials])
