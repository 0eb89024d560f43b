"""Abbreviations spelled out at their first use in a conversation."""

from __future__ import annotations

import re
from collections.abc import Collection

from markupsafe import Markup

from bot.advice.wording import plain
from bot.knowledge.base import KnowledgeBase

MAX_SPELLED = 4  # more than a line of fine print is not read on a phone


class Glossary:
    """The abbreviations of one knowledge base, found in any text by one regular expression."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        self._ids = {
            entity.abbreviation: entity.id
            for entity in base.entities.values()
            if entity.abbreviation and entity.abbreviation.lower() not in entity.name.lower().split()
        }
        longest_first = sorted(map(re.escape, self._ids), key=len, reverse=True)
        self._pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(longest_first) or '(?!)'})(?=s?(?![\w-]))")

    def explain(self, text: str, spelled: Collection[str]) -> tuple[Markup, tuple[str, ...]]:
        """A line that spells out what `text` abbreviates for the first time, and the ids it covers."""
        words = plain(text)
        found = dict.fromkeys(self._ids[match] for match in self._pattern.findall(words))
        lowered = words.lower()
        new = [
            entity_id
            for entity_id in found
            if entity_id not in spelled and self.base.entities[entity_id].name.lower() not in lowered
        ][:MAX_SPELLED]
        if not new:
            return Markup(""), tuple(found)
        entities = [self.base.entities[entity_id] for entity_id in new]
        meanings = Markup("; ").join(
            Markup("{short}: {name}").format(short=entity.short, name=entity.name) for entity in entities
        )
        told = (
            entity_id
            for entity_id in found
            if entity_id in new or self.base.entities[entity_id].name.lower() in lowered
        )
        return Markup("<i>{meanings}</i>").format(meanings=meanings), tuple(told)
