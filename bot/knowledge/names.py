"""Names as understanding compares them: lower case, no punctuation, singular, abbreviations closed up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.content import Named
from bot.knowledge.model import Entity

NameKey = tuple[str, ...]

MAX_ABBREVIATION = 5  # letters: a name up to this long is also known closed up, "a b c" as "abc"
PLURAL_LETTERS = 4  # words up to this long keep their s
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[&+]")
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'"})


@lru_cache(maxsize=16_384)
def words(text: str) -> NameKey:
    """The words of a text as compared: `Master's in R&D` → `("master", "in", "r", "and", "d")`."""
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).translate(_APOSTROPHES))
        text = "".join(letter for letter in text if not unicodedata.combining(letter))
    return tuple("and" if word in "&+" else singular(_without_apostrophe(word)) for word in _WORD.findall(text))


def _without_apostrophe(word: str) -> str:
    if "'" not in word:
        return word
    stem, mark, ending = word.rpartition("'")
    return stem.replace("'", "") if mark and ending in ("s", "") else word.replace("'", "")


@lru_cache(maxsize=16_384)
def singular(word: str) -> str:
    """The word without a plural ending; short words and those in -ss, -us and -is stay."""
    if len(word) <= PLURAL_LETTERS or word.endswith(("ss", "us", "is")) or not word.endswith("s"):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]


def keys(name: str, *, abbreviation: bool = False) -> frozenset[NameKey]:
    """All that a name is found by: its words, and closed up where it is an abbreviation."""
    key = words(name)
    joined = "".join(key)
    if not key:
        return frozenset()
    if abbreviation or len(joined) <= MAX_ABBREVIATION:
        return frozenset({key, (joined,)})
    return frozenset({key})


def all_names(things: Iterable[Entity | Named]) -> list[tuple[str, tuple[str, ...]]]:
    """The id of each thing with all that it goes by."""
    return [(thing.id, (thing.name, *thing.aliases)) for thing in things]


def names_of(entity: Entity) -> Iterator[tuple[str, bool]]:
    """Every name of an entity, and whether it is its abbreviation."""
    yield entity.name, False
    if entity.abbreviation:
        yield entity.abbreviation, True
    for name in (*entity.aliases, *(former.name for former in entity.former_names)):
        yield name, False


def find_entity(base: KnowledgeBase, wanted: str) -> str | None:
    """The id of the entity that goes by an id, a name, an abbreviation or an alias; None if none does."""
    if wanted in base.entities:
        return wanted
    by_key: dict[NameKey, str] = {}
    for entity in base.entities.values():
        for name, abbreviation in (*names_of(entity), (entity.id, False)):
            for key in keys(name, abbreviation=abbreviation):
                by_key.setdefault(key, entity.id)
    return next((by_key[key] for key in keys(wanted) | keys(wanted, abbreviation=True) if key in by_key), None)
