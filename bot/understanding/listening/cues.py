"""What tells a need by itself: patterns, and phrases of other languages."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from bot.knowledge.listening import Need, NeedGroup
from bot.understanding.listening.apart import Elsewhere
from bot.understanding.listening.parts import Phrase
from bot.understanding.listening.patterns import MASK, STOP, Pattern, Sentences

BEFORE = 1  # words before what a pattern found that are read with it ("i")


@dataclass(frozen=True)
class Kind:
    """One kind of need, and the one that it is where it is told of somebody else."""

    name: str
    need: NeedGroup
    cues: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]
    foreign: tuple[tuple[str, str], ...]
    of_another: str | None = None


@dataclass(frozen=True)
class Hit:
    """What a pattern found: its language, where that is another than the patterns', why, and the words with some
    before them. What was `hinted` only says of which kind a need is, if there is one.
    """

    spoken: str | None
    why: str
    words: Phrase = ()
    hinted: bool = False


def hits(kind: Kind, sentences: Sentences, plain: str, elsewhere: Elsewhere) -> dict[str, Hit]:
    """What was found first of a kind, if anything; what is said of somebody else, hinted for the kind for such."""
    for language, phrase in kind.foreign:
        if phrase in plain:
            return {kind.name: Hit(language, phrase)}
    hinted: dict[str, Hit] = {}
    for pattern in kind.cues:
        for match in sentences.every(pattern):
            if any(map(sentences.find, kind.unless)):
                break
            why = f"{match.group().strip()} ({pattern.text})"
            if kind.of_another is not None and elsewhere.of_another(sentences.text, match.start()):
                hinted[kind.of_another] = Hit(None, f"said of somebody else: {why}", hinted=True)
                continue
            before = words_of(sentences.text[: match.start()].rpartition(STOP)[2])[-BEFORE:]
            return {**hinted, kind.name: Hit(None, why, (*before, *words_of(match.group())))}
    return hinted


def kind_of(name: str, need: Need, ready: Mapping[str, Pattern]) -> Kind:
    """A kind of need made ready to be looked for."""
    return Kind(
        name,
        need.need,
        tuple(ready[text] for text in need.cues),
        tuple(ready[text] for text in need.unless),
        tuple((language, phrase_of(phrase)) for language, phrases in need.foreign.items() for phrase in phrases),
        need.of_another,
    )


def words_of(sentences: str) -> Phrase:
    """The words that are meant."""
    return tuple(word for word in sentences.split() if word not in (MASK, STOP))


def phrase_of(phrase: str) -> str:
    """A foreign phrase as it is looked for: at the beginning of a word, where its script has such."""
    bare = folded(phrase)
    return f" {bare}" if bare.isascii() else bare


def folded(text: str) -> str:
    """Lower case, Latin letters without accents, single spaces, punctuation out of the way."""
    marked = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(letter for letter in marked if not "\u0300" <= letter <= "\u036f")
    kept = (letter if not unicodedata.category(letter).startswith("P") else " " for letter in bare)
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())
