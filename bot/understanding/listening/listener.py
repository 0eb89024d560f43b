"""From a message to what it needs of us: whole, however long, and with what is not meant put aside first."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.listening import Need, NeedGroup
from bot.understanding.listening.patterns import Pattern, Sets, as_sentences, compiled
from bot.understanding.listening.slips import Slips, undisguised
from bot.understanding.normalise import MAX_CHARACTERS, clean, normalise
from bot.understanding.vocabulary import word_vectors

Group = NeedGroup


@dataclass(frozen=True)
class Heeded:
    """One need that was found: its kind (a file of `en/listening/`), the language it was told in, and why."""

    kind: str
    need: Group
    language: str | None = None
    why: str = ""


@dataclass(frozen=True)
class _Kind:
    name: str
    need: Group
    cues: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]
    foreign: tuple[tuple[str, str], ...]


class Listener:
    """Listens for the needs of one knowledge base. Never changes after construction: safe to share."""

    def __init__(self, base: KnowledgeBase) -> None:
        listening = base.listening
        sets = listening.words.sets
        self._not_meant = tuple(compiled(text, sets) for text in listening.words.not_meant)
        self._kinds = tuple(_kind(name, need, sets) for name, need in listening.needs.items())
        patterns = (*self._not_meant, *(cue for kind in self._kinds for cue in kind.cues))
        self._slips = Slips({word for pattern in patterns for word in pattern.words}, word_vectors().rank)

    def listen(self, text: str) -> tuple[Heeded, ...]:
        """The needs of a message, those in danger first. Never fails."""
        shown = clean(text)
        words = normalise(undisguised(shown), MAX_CHARACTERS)
        tokens = self._slips.mend(words.tokens)
        sentences = as_sentences(words, tokens)
        present = set(tokens)
        for pattern in self._not_meant:
            sentences = pattern.mask(sentences, present)
        present = set(sentences.split())
        plain = f" {_folded(shown)} "
        found = [heeded for kind in self._kinds if (heeded := _find(kind, sentences, present, plain)) is not None]
        return tuple(sorted(found, key=lambda item: item.need != "crisis"))


def _find(kind: _Kind, sentences: str, present: set[str], plain: str) -> Heeded | None:
    for language, phrase in kind.foreign:
        if phrase in plain:
            return Heeded(kind.name, kind.need, language, phrase)
    for pattern in kind.cues:
        match = pattern.find(sentences, present)
        if match is not None and not any(other.find(sentences, present) for other in kind.unless):
            return Heeded(kind.name, kind.need, None, f"{match.group().strip()} ({pattern.text})")
    return None


def _kind(name: str, need: Need, sets: Sets) -> _Kind:
    return _Kind(
        name,
        need.need,
        tuple(compiled(text, sets) for text in need.cues),
        tuple(compiled(text, sets) for text in need.unless),
        tuple((language, _phrase(phrase)) for language, phrases in need.foreign.items() for phrase in phrases),
    )


def _phrase(phrase: str) -> str:
    """A foreign phrase as it is looked for: at the beginning of a word, where its script has such."""
    folded = _folded(phrase)
    return f" {folded}" if folded.isascii() else folded


def _folded(text: str) -> str:
    """Lower case, Latin letters without accents, single spaces, punctuation out of the way."""
    marked = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(letter for letter in marked if not _accent(letter))
    kept = (letter if not unicodedata.category(letter).startswith("P") else " " for letter in bare)
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())


def _accent(letter: str) -> bool:
    return "\u0300" <= letter <= "\u036f"


def kinds_of(heeded: Iterable[Heeded], need: Group) -> tuple[str, ...]:
    """The kinds among those found that are of one group."""
    return tuple(item.kind for item in heeded if item.need == need)
