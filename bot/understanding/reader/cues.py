"""Words that say how something is meant, found in tokens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.understanding.reader.tokens import NONE, Token, Tokenizer

Marks = list[dict[str, int]]


class Cues:
    """Lists of phrases by name, ready to be found."""

    def __init__(self, lists: Mapping[str, Sequence[str]], tokenizer: Tokenizer) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for name, phrases in lists.items():
            for phrase in phrases:
                key = tokenizer.words(phrase)
                if key:
                    self._by_first[key[0]].append((key, name))
        for found in self._by_first.values():
            found.sort(key=lambda pair: len(pair[0]))

    def words(self) -> frozenset[str]:
        """Every word of a phrase."""
        return frozenset(word for found in self._by_first.values() for key, _ in found for word in key)

    def find(self, tokens: Sequence[Token]) -> Marks:
        """For each token the names of the lists of which a phrase starts there, with the length of the longest."""
        marks: Marks = []
        for at, token in enumerate(tokens):
            here: dict[str, int] = {}
            for key, name in self._by_first.get(token.word, ()):
                if len(key) == 1 or self._follows(tokens, at, key):
                    here[name] = len(key)
            marks.append(here)
        return marks

    @staticmethod
    def _follows(tokens: Sequence[Token], at: int, key: tuple[str, ...]) -> bool:
        end = at + len(key)
        if end > len(tokens) or tokens[at + 1].word != key[1]:
            return False
        return all(tokens[at + n].word == word and (n == 0 or tokens[at + n].gap == NONE) for n, word in enumerate(key))
