"""The names that a person may use of themselves: jobs, credentials, schooling, licences, places, kinds of work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.content import Background, Named
from bot.knowledge.ids import Record
from bot.knowledge.names import singular
from bot.understanding.reader.tokens import NONE, Token, Tokenizer
from bot.understanding.vocabulary import WordVectors

NameKind = Literal[
    "role", "certification", "degree", "licence", "background", "experience", "setting", "country", "term"
]
# Letters of a short name, and the rank in the word table up to which it is rather a word: then it counts only in
# capitals, or after an article.
GUARDED = {1: 30_000, 2: 20_000, 3: 6_000}
GUARDED_LICENCE = 200  # the same for a licence of any length: people type those small ("rn"), but not "do"
MAX_NAME_WORDS = 8
MOST_ADDED, PLURAL = 3, "s"  # digits joined to a credential's name that may make it another one; what makes it many


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a name may stand for. `own` where it is no part of it (a town of a country)."""

    kind: NameKind
    id: str
    own: bool = True


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens `start`..`end` (exclusive) and all that they may stand for; `plural` where several are meant."""

    start: int
    end: int
    meanings: tuple[Meaning, ...]
    plural: bool = False

    def ids(self, *kinds: NameKind) -> tuple[str, ...]:
        """Ids of the meanings of some kinds."""
        return tuple(meaning.id for meaning in self.meanings if meaning.kind in kinds)


class Names:
    """All names of a knowledge base that tell of a person, ready to be found in tokens.

    `articles` and `inside` are words before a name that make one of what is else a word ("the us", "in us").
    """

    def __init__(
        self,
        base: KnowledgeBase,
        tokenizer: Tokenizer,
        english: WordVectors,
        articles: frozenset[str] = frozenset(),
        inside: frozenset[str] = frozenset(),
    ) -> None:
        units = base.language.units
        self._times = units.years.keys() | units.hours.keys()
        self._meanings: dict[tuple[str, ...], list[Meaning]] = defaultdict(list)
        self._plural: set[tuple[str, ...]] = set()
        self._guarded: set[tuple[str, ...]] = set()
        self._led: set[tuple[str, ...]] = set()  # guarded names with the preposition after which they are meant
        self._longest: dict[str, int] = {}
        letters = {tokenizer.words(name) for country in base.assessment.countries for name in country.letters}
        self._letters = frozenset(letters)
        for meaning, name, short in _names(base):
            key = tokenizer.words(name)[:MAX_NAME_WORDS]
            if len(key) > 1 and key[0] in articles:
                key = key[1:]
            if not key:
                continue
            if key[0] in inside and key[1:] and _guard(key[1:], meaning, english):
                self._led.add(key)
                key = key[1:]
            self._add(key, meaning)
            closed = "".join(key)
            if short and closed.isalpha():
                self._add((closed,), meaning)
                self._add(tuple(closed), meaning)
            if _guard(key, meaning, english) or key in letters:
                self._guarded.add(key)
            if key in letters:
                self._led.update((word, *key) for word in inside)
        for key, meanings in list(self._meanings.items()):
            if meanings[0].kind in ("country", "degree"):
                continue
            one = (*key[:-1], singular(key[-1]))
            if one != key and one in self._meanings:
                self._plural.add(key)
            many = (*key[:-1], f"{key[-1]}s")
            if many not in self._meanings:
                self._plural.add(many)
                for meaning in meanings:
                    self._add(many, meaning)

    def _add(self, key: tuple[str, ...], meaning: Meaning) -> None:
        if meaning not in self._meanings[key]:
            self._meanings[key].append(meaning)
        self._longest[key[0]] = max(len(key), self._longest.get(key[0], 0))

    def words(self) -> frozenset[str]:
        """Every word of a name."""
        return frozenset(word for key in self._meanings for word in key)

    def find(self, tokens: Sequence[Token], articles: Sequence[bool]) -> list[Name]:
        """The names in a message, left to right, without overlaps; `articles` says which tokens are such."""
        found: list[Name] = []
        at = 0
        while at < len(tokens):
            name = self._at(tokens, at, articles)
            if name is None:
                at += 1
                continue
            found.append(name)
            at = name.end
        return found

    def _at(self, tokens: Sequence[Token], start: int, articles: Sequence[bool]) -> Name | None:
        longest = self._longest.get(tokens[start].word, 0)
        end = start + 1
        while end < len(tokens) and end < start + longest and tokens[end].gap == NONE:
            end += 1
        while end > start:
            key = tuple(token.word for token in tokens[start:end])
            meanings = self._meanings.get(key)
            if meanings and self._meant(tokens, start, end, key, articles):
                return Name(start, end, tuple(meanings), key in self._plural)
            end -= 1
        return None

    def _meant(
        self, tokens: Sequence[Token], start: int, end: int, key: tuple[str, ...], articles: Sequence[bool]
    ) -> bool:
        if self._meanings[key][0].kind == "country" and any(token.mended for token in tokens[start:end]):
            return False
        if tokens[end - 1].value is not None and end < len(tokens) and tokens[end].word in self._times:
            return False  # "<job> 3 yrs" is no third grade of the job
        if self._meanings[key][0].kind == "certification" and self._lengthened(tokens, end):
            return False
        if len(key) == 1 and len(key[0]) == 1:
            return tokens[start].capitals  # a mark at school ("a C") is none
        if key in self._guarded:
            led = start > 0 and (articles[start - 1] or (tokens[start - 1].word, *key) in self._led)
            town = start > 1 and (tokens[start - 2].word, *key) in self._led
            ends = end == len(tokens) or tokens[end].gap != NONE
            led = led or (start > 0 and key in self._letters and tokens[start].gap != NONE and ends)  # ", ny,"
            led = led or (town and tokens[start - 1].gap == tokens[start].gap == NONE)  # "in <town> ny"
            return tokens[start].capitals or led
        if len(key) > 1 and len(key[-1]) == 1 and key[-1].isalpha():  # the letter of "b-c" must be joined to it
            return tokens[end - 1].glued or all(len(word) == 1 for word in key) or end == len(tokens)
        return True

    def _lengthened(self, tokens: Sequence[Token], end: int) -> bool:
        """Whether letters or a number are joined to a name, which make it another one ("<credential>-Z9")."""
        if end >= len(tokens) or not tokens[end].glued or tokens[end].gap != NONE:
            return False
        if tokens[end].value is None:
            return len(tokens[end].word) == 1 and tokens[end].word != PLURAL
        timed = end + 1 < len(tokens) and tokens[end + 1].word in self._times
        return len(tokens[end].word) < MOST_ADDED and not timed


def _guard(key: tuple[str, ...], meaning: Meaning, english: WordVectors) -> bool:
    """Whether a name is rather a word, so that it counts only where its writing or the word before it says so."""
    rank = GUARDED_LICENCE if meaning.kind == "licence" else GUARDED.get(len(key[0]), 0)
    return len(key) == 1 and english.common(key[0], rank)


def _names(base: KnowledgeBase) -> Iterator[tuple[Meaning, str, bool]]:
    """A meaning, a name for it, and whether that is its abbreviation."""
    for entity in base.entities.values():
        meaning = Meaning(base.kinds[entity.id], entity.id)
        yield meaning, entity.name, False
        if entity.abbreviation:
            yield meaning, entity.abbreviation, True
        for name in (*entity.aliases, *(former.name for former in entity.former_names)):
            yield meaning, name, name.isupper()
        for name in getattr(entity, "short_names", ()):
            yield meaning, name, False
    vocabulary = base.assessment
    for country in vocabulary.countries:
        for name in (country.name, *country.aliases):
            yield Meaning("country", country.id), name, False
        for name in country.parts:
            yield Meaning("country", country.id, own=False), name, False
        for name in country.letters:
            yield Meaning("country", country.id), name, False
    groups: tuple[tuple[NameKind, Sequence[Named]], ...] = (
        ("degree", vocabulary.education),
        ("licence", vocabulary.licences),
        ("background", vocabulary.backgrounds),
        ("experience", vocabulary.experience),
        ("setting", vocabulary.settings),
    )
    for kind, items in groups:
        for item in items:
            for name in (item.name, *item.aliases):
                yield Meaning(kind, item.id), name, False
                yield from ((meaning, name, False) for meaning in _stands_for(item))


def _stands_for(item: Record) -> Iterator[Meaning]:
    """The licence and the schooling that a background means."""
    if isinstance(item, Background):
        yield from (Meaning("licence", found) for found in (item.licence,) if found)
        yield from (Meaning("degree", found) for found in (item.education,) if found)
