"""A message as the recogniser reads it: what it names becomes its kind (`what cert for <role>`)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import AnyEntity
from bot.knowledge.names import singular
from bot.understanding.entities import ENTITY_KINDS, FILLERS, Lexicon, Match, NameMeaning
from bot.understanding.features import HINT
from bot.understanding.normalise import MessageWords, normalise

EMPTY = ("<empty>",)
IDLE = frozenset({
    "please", "hi", "hello", "hey", "so", "ok", "okay", "um", "uh", "well", "sir", "madam", "sorry",
})  # fmt: skip
ARTICLES = frozenset(("a", "an", "the"))
_SLOT = re.compile(r"\{([a-z]+)\}")
_MARK = "slotxx"  # survives normalising, and nobody types it


def essence(template: Sequence[str]) -> tuple[str, ...]:
    """What is left of a template without words that say nothing and without what exactly is named.

    An article before a name says nothing either ("what is an <certification>").
    """
    told = [word for word in template if word not in IDLE and word[0] != HINT]
    return tuple(word for word, after in pairwise([*told, ""]) if word not in ARTICLES or after[:1] != "<")


def slotted(text: str) -> MessageWords:
    """A phrasing with slots such as `{role}` as words; `Templates.of` turns the slots into kinds."""
    return normalise(_SLOT.sub(rf" {_MARK}\1 ", text))


class Templates:
    """Knows the own names of things: words of an alias beyond them ("<name> course") stay in the text."""

    def __init__(self, base: KnowledgeBase, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._own: Mapping[str, frozenset[str]] = {
            entity.id: frozenset(normalise(" ".join(_own_names(entity))).tokens) for entity in base.entities.values()
        }

    def of_phrasing(self, text: str) -> tuple[str, ...]:
        """The template of a phrasing of the knowledge base: slots, and names found in it."""
        words = slotted(text)
        return self.of(words.tokens, self._lexicon.find(words, words.tokens))

    def of(
        self, words: Sequence[str], matches: Sequence[Match], start: int = 0, end: int | None = None
    ) -> tuple[str, ...]:
        """The template of `words[start:end]`, where `matches` name things (settings and guides stay words)."""
        end = len(words) if end is None else end
        found: list[str] = []
        at = start
        for match in matches:
            if match.start < at or match.end > end:
                continue
            found += words[at : match.start]
            found += self._slot(match.named[0], words[match.start : match.end])
            at = match.end
        found += words[at:end]
        return tuple(_kind(word) for word in found) or EMPTY

    def _slot(self, named: NameMeaning, words: Sequence[str]) -> list[str]:
        if named.kind in ("setting", "guide"):
            return list(words)
        if named.kind not in ENTITY_KINDS:
            return [f"<{named.kind}>", f"{HINT}{named.id}"]
        own = self._own[named.id]
        beyond = [word for word in words if word not in own and singular(word) not in own and word not in FILLERS]
        return [f"<{named.kind}>", f"{HINT}{named.id}", *beyond]


def _own_names(entity: AnyEntity) -> list[str]:
    return [entity.name, entity.abbreviation or "", *(former.name for former in entity.former_names)]


def _kind(word: str) -> str:
    return f"<{word.removeprefix(_MARK)}>" if word.startswith(_MARK) else word
