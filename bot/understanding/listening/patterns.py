"""Patterns over words, as editors write them, compiled to regular expressions.

A pattern is a row of words in the form they are typed. `<name>` is any entry of a word list, `(one|two words)`
any of its alternatives, which may hold such pieces again. Directly after one of these, `?` makes it optional and
`*` lets it stand up to four times or not at all. A `*` of its own stands for up to three words, `**` for up to
eight, never across the end of a sentence. `^` and `$` are the beginning and the end of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.understanding.normalise import SENTENCE, MessageWords, normalise

STOP = "."  # stands between sentences
MASK = "_"  # stands for a word that is not meant
_PIECE = re.compile(
    r"\s*(?:(?P<set><[a-z_]+>)|(?P<gap>\*{1,2})|(?P<edge>[\^$])|(?P<open>\()|(?P<word>[^\s?()<>*^$|]+))"
)
_GAPS = {"*": 3, "**": 8}
_AGAIN = {"?": "?", "*": "{0,4}"}
Sets = Mapping[str, Sequence[str]]
Needed = tuple[frozenset[str], ...]


class PatternError(ValueError):
    """A pattern that cannot be read; the message says what is wrong with it."""


def as_sentences(words: MessageWords, tokens: Sequence[str]) -> str:
    """The words as patterns read them: each after a space, a stop at both ends and between sentences."""
    parts = [STOP]
    for at, token in enumerate(tokens):
        if at and words.breaks.get(at) == SENTENCE:
            parts.append(STOP)
        parts.append(token)
    return f" {' '.join(parts)} {STOP} "


@dataclass(frozen=True)
class Pattern:
    """One pattern: `needed` are sets of words of each of which one must stand in the text, or it cannot match.

    `words` are all that it names.
    """

    text: str
    source: str
    needed: Needed
    words: frozenset[str]

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.source)

    def find(self, sentences: str, present: frozenset[str] | set[str]) -> re.Match[str] | None:
        """The first place where it matches; `present` are the words of `sentences`."""
        for words in self.needed:
            if words.isdisjoint(present):
                return None
        return self._compiled.search(sentences)

    def every(self, sentences: str, present: frozenset[str] | set[str]) -> Iterator[re.Match[str]]:
        """All places where it matches."""
        if not any(words.isdisjoint(present) for words in self.needed):
            yield from self._compiled.finditer(sentences)

    def mask(self, sentences: str, present: frozenset[str] | set[str]) -> str:
        """The text with the words that it covers put out of hearing."""
        if self.find(sentences, present) is None:
            return sentences
        return self._compiled.sub(lambda match: _masked(match.group()), sentences)


class Possible:
    """Tells which of many patterns the words of a message leave possible: a look at each word is far cheaper than one
    at each pattern.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._by_word: dict[str, list[str]] = {}
        for pattern in patterns:
            for word in pattern.needed[0]:
                self._by_word.setdefault(word, []).append(pattern.text)

    def among(self, present: Iterable[str]) -> set[str]:
        """The texts of those that may match where these words stand; no other can."""
        return {text for word in present for text in self._by_word.get(word, ())}

    def masked(self, sentences: str, patterns: Iterable[Pattern]) -> str:
        """A message with the words that some of the patterns cover put out of hearing."""
        present = frozenset(sentences.split())
        possible = self.among(present)
        for pattern in patterns:
            if pattern.text in possible:
                sentences = pattern.mask(sentences, present)
        return sentences


class Sentences:
    """A message as patterns read it; `known` are all patterns that are looked for in it."""

    def __init__(self, text: str, known: Possible) -> None:
        self.text, self._present = text, frozenset(text.split())
        self._possible = known.among(self._present)

    def find(self, pattern: Pattern) -> re.Match[str] | None:
        """The first place where a pattern matches."""
        return pattern.find(self.text, self._present) if pattern.text in self._possible else None

    def every(self, pattern: Pattern) -> Iterator[re.Match[str]]:
        """All places where a pattern matches."""
        return pattern.every(self.text, self._present) if pattern.text in self._possible else iter(())


def _masked(words: str) -> str:
    return "".join(f" {STOP if word == STOP else MASK}" for word in words.split())


def compiled(text: str, sets: Sets) -> Pattern:
    """A pattern made ready. Raises `PatternError` where it cannot be read or has no word of its own."""
    reader = _PatternReader(text, sets)
    source, needed = reader.row()
    if reader.at < len(text):
        raise PatternError(f"cannot be read from {text[reader.at :]!r}")
    if not needed:
        raise PatternError("needs at least one word that is not optional")
    return Pattern(text, source, tuple(sorted(needed, key=len)), frozenset(reader.words))


class _PatternReader:
    """Reads one pattern from left to right; `at` is where it stands."""

    def __init__(self, text: str, sets: Sets) -> None:
        self.text = text.rstrip()
        self.sets = sets
        self.at = 0
        self.words: set[str] = set()

    def row(self) -> tuple[str, Needed]:
        """The expression of pieces up to `|`, `)` or the end, and the words that they need."""
        source: list[str] = []
        needed: list[frozenset[str]] = []
        while self.at < len(self.text) and self.text[self.at :].lstrip()[:1] not in ("|", ")"):
            part, words = self._piece()
            source.append(part)
            needed += words
        return "".join(source), tuple(needed)

    def _piece(self) -> tuple[str, Needed]:
        match = _PIECE.match(self.text, self.at)
        if match is None:
            raise PatternError(f"cannot be read from {self.text[self.at :]!r}")
        self.at = match.end()
        kind, piece = str(match.lastgroup), match.group().strip()
        if kind == "gap":
            return rf"(?: (?!\{STOP} )\S+(?= )){{0,{_GAPS[piece]}}}?", ()
        if kind == "edge":
            return (rf"(?<= \{STOP})" if piece == "^" else rf"(?= \{STOP} )"), ()
        part, needed = self._group() if kind == "open" else self._words(kind, piece)
        again = _AGAIN.get(self.text[self.at : self.at + 1])
        if again is None:
            return part, needed
        self.at += 1
        return f"(?:{part}){again}", ()

    def _words(self, kind: str, piece: str) -> tuple[str, Needed]:
        """A word, or any entry of a list."""
        name = piece.strip("<>")
        if kind == "set" and name not in self.sets:
            raise PatternError(f"names a list of words that is not there: {name}")
        entries = self.sets[name] if kind == "set" else (piece,)
        source, first, words = _any_of(tuple(entries))
        if not words:
            raise PatternError(f"has nothing to find in {piece}")
        self.words |= words
        return source, (first,)

    def _group(self) -> tuple[str, Needed]:
        """Alternatives up to the closing bracket."""
        parts, needs = [], []
        while True:
            part, needed = self.row()
            parts.append(part)
            needs.append(min(needed, key=len) if needed else None)
            rest = self.text[self.at :].lstrip()
            if rest[:1] not in ("|", ")"):
                raise PatternError("lacks a closing bracket")
            self.at = len(self.text) - len(rest) + 1
            if rest[0] == ")":
                break
        own = [words for words in needs if words is not None]
        return _either(parts), (frozenset().union(*own),) if len(own) == len(needs) else ()


@lru_cache(maxsize=4096)  # patterns use the same words and lists over and over
def _any_of(entries: tuple[str, ...]) -> tuple[str, frozenset[str], frozenset[str]]:
    """The expression of any of `entries` in the form in which a message is read, their first words, all their words."""
    rows = {normalise(entry).tokens for entry in entries} - {()}
    if not rows:
        return "", frozenset(), frozenset()
    longest_first = sorted(rows, key=lambda row: (-len(row), row))
    parts = ["".join(f" {re.escape(word)}" for word in row) + "(?= )" for row in longest_first]
    return _either(parts), frozenset(row[0] for row in rows), frozenset(word for row in rows for word in row)


def _either(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"
