"""The loaded knowledge base: look-ups, and nothing that thinks."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.knowledge.choosing import Choosing
from bot.knowledge.content import Assessment, Dialog, FieldOfWork, Phrasings, Refused, Texts, Topic
from bot.knowledge.dilemmas import Dilemmas
from bot.knowledge.language import Language
from bot.knowledge.listening import Listening
from bot.knowledge.model import (
    AnyEntity,
    Certification,
    Degree,
    Guide,
    Kind,
    Market,
    Myth,
    Publisher,
    Role,
    Source,
    Sourced,
    Standing,
    Term,
)
from bot.knowledge.standing import standing
from bot.knowledge.verdicts import Verdicts


@dataclass(frozen=True)
class KnowledgeBase:
    """Everything the advisor knows. Built by `load`, checked by `check`, never changed.

    `digest` is the SHA-256 of all files in hex: the same digest, the same knowledge.
    `answers` maps a template's name to its Jinja2 source.
    """

    digest: str
    field: FieldOfWork
    roles: Mapping[str, Role]
    certifications: Mapping[str, Certification]
    education: Mapping[str, Degree]
    terms: Mapping[str, Term]
    markets: Mapping[str, Market]
    guides: Mapping[str, Guide]
    myths: Mapping[str, Myth]
    publishers: Mapping[str, Publisher]
    sources: Mapping[str, Source]
    topics: Mapping[str, Topic]
    assessment: Assessment
    phrasings: Mapping[str, Phrasings]
    out_of_scope: Mapping[str, Refused]
    texts: Texts
    answers: Mapping[str, str] = dataclasses.field(repr=False)
    choosing: Choosing = dataclasses.field(default_factory=Choosing)
    verdicts: Verdicts = dataclasses.field(default_factory=Verdicts)
    dilemmas: Dilemmas = dataclasses.field(default_factory=Dilemmas)
    listening: Listening = dataclasses.field(default_factory=Listening)
    language: Language = dataclasses.field(default_factory=Language)
    dialogs: Mapping[str, Dialog] = dataclasses.field(default_factory=dict)

    @cached_property
    def entities(self) -> Mapping[str, AnyEntity]:
        """Every entity by id; ids are unique over all kinds."""
        return {**self.roles, **self.certifications, **self.education, **self.terms}

    @cached_property
    def kinds(self) -> Mapping[str, Kind]:
        """The kind of every entity by id."""
        pairs: Iterable[tuple[Kind, Mapping[str, AnyEntity]]] = (
            ("role", self.roles),
            ("certification", self.certifications),
            ("degree", self.education),
            ("term", self.terms),
        )
        return {entity_id: kind for kind, entities in pairs for entity_id in entities}

    @cached_property
    def renamed(self) -> Mapping[str, str]:
        """Ids that entities had before → their ids now."""
        return {former: item.id for item in self.entities.values() for former in item.former_ids}

    def is_offered(self, entity_id: str) -> bool:
        """Whether it may be recommended: what is retired or doubtful is not."""
        item = self.entities.get(entity_id)
        return item is None or item.status == "current"

    def publisher(self, source_id: str) -> Publisher:
        """Who publishes the page of a source."""
        return self.publishers[self.sources[source_id].publisher]

    def standing(self, record: Sourced) -> Standing | None:
        """How well a claim is founded; None for what has no source."""
        if record.source is None:
            return None
        page = self.sources[record.source].publisher
        return standing(self.publishers[page].kind, page, record.whose)

    def name(self, entity_id: str) -> str:
        """The name of an entity or of a general education level."""
        if entity_id in self.entities:
            return self.entities[entity_id].name
        for level in self.assessment.education:
            if level.id == entity_id:
                return level.name
        raise KeyError(entity_id)
