"""Phrases by which people say what they do, as the knowledge base declares them ("run a team of …")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from bot.knowledge.content import Told
from bot.understanding.reader.tokens import NONE, Token, Tokenizer

GAP = "…"
EITHER = "|"  # between words of which one stands there ("old|new thing")
MAX_GAP = 3  # words that a gap stands for
Pieces = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """Tokens `start`..`end` (exclusive) that say something of `told`."""

    start: int
    end: int
    told: Told


class Tellings:
    """Finds what the knowledge base lets people say of what they do."""

    def __init__(self, told: Sequence[Told], tokenizer: Tokenizer) -> None:
        self._starts: dict[tuple[str, ...], list[tuple[Pieces, Told]]] = defaultdict(list)  # by one word, or two
        for item in told:
            for phrase in (meant for said in item.says for meant in _meant(said)):
                pieces = tuple(words for piece in phrase.split(GAP) if (words := tokenizer.words(piece)))
                if pieces:
                    self._starts[pieces[0][:2]].append((pieces, item))

    def words(self) -> frozenset[str]:
        """Every word of a phrase."""
        rows = (piece for found in self._starts.values() for pieces, _ in found for piece in pieces)
        return frozenset(word for row in rows for word in row)

    def find(self, tokens: Sequence[Token]) -> list[Telling]:
        """All that is said, left to right; of what starts at one place, the longest of each kind."""
        found: list[Telling] = []
        for at, token in enumerate(tokens):
            one = self._starts.get((token.word,), ())
            two = self._starts.get((token.word, tokens[at + 1].word), ()) if at + 1 < len(tokens) else ()
            if not (one or two):
                continue
            here: dict[int, Telling] = {}
            for pieces, told in (*one, *two):
                end = _end(tokens, at, pieces)
                if end > here[id(told)].end if id(told) in here else end > 0:
                    here[id(told)] = Telling(at, end, told)
            found.extend(here.values())
        return found


def _meant(phrase: str) -> Iterator[str]:
    """The phrases that one with choices of words stands for; "_" joins words of one choice."""
    if EITHER not in phrase:
        yield phrase
        return
    for words in product(*(word.split(EITHER) for word in phrase.split())):
        yield " ".join(words).replace("_", " ")


def _end(tokens: Sequence[Token], start: int, pieces: Pieces) -> int:
    """Where the pieces end that begin at `start`; 0 where they do not stand there."""
    end = start
    for number, piece in enumerate(pieces):
        gaps = range(1) if number == 0 else range(MAX_GAP + 1)
        end = next((here for gap in gaps if (here := _piece(tokens, end, gap, piece, first=number == 0))), 0)
        if not end:
            return 0
    return end


def _piece(tokens: Sequence[Token], at: int, gap: int, piece: tuple[str, ...], *, first: bool) -> int:
    row = tokens[at : at + gap + len(piece)]
    if len(row) < gap + len(piece) or any(token.gap != NONE for token in (row[1:] if first else row)):
        return 0
    return at + gap + len(piece) if all(token.word == word for token, word in zip(row[gap:], piece, strict=True)) else 0
