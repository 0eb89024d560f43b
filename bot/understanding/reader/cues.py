"""Words that say how something is meant, found in tokens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.understanding.reader.tokens import NONE, Token, Tokenizer

TokenMarks = list[dict[str, int]]


class Cues:
    """Lists of phrases by name, ready to be found."""

    def __init__(self, lists: Mapping[str, Sequence[str]], tokenizer: Tokenizer) -> None:
        self._single: dict[str, dict[str, int]] = defaultdict(dict)
        self._longer: dict[tuple[str, str], list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for name, phrases in lists.items():
            for phrase in phrases:
                key = tokenizer.words(phrase)
                if len(key) == 1:
                    self._single[key[0]][name] = 1
                elif key:
                    self._longer[key[0], key[1]].append((key, name))
        for found in self._longer.values():
            found.sort(key=lambda pair: len(pair[0]))

    def words(self) -> frozenset[str]:
        """Every word of a phrase."""
        longer = frozenset(word for found in self._longer.values() for key, _ in found for word in key)
        return longer | self._single.keys()

    def find(self, tokens: Sequence[Token]) -> TokenMarks:
        """For each token the names of the lists of which a phrase starts there, with the length of the longest."""
        marks: TokenMarks = []
        single, longer, last = self._single, self._longer, len(tokens) - 1
        for at, token in enumerate(tokens):
            word = token.word
            here = dict(single[word]) if word in single else {}
            if at < last:
                for key, name in longer.get((word, tokens[at + 1].word), ()):
                    if self._follows(tokens, at, key):
                        here[name] = len(key)
            marks.append(here)
        return marks

    def at(self, tokens: Sequence[Token], at: int) -> dict[str, int]:
        """The same for one token."""
        here = dict(self._single.get(tokens[at].word, {}))
        if at + 1 < len(tokens):
            longer = self._longer.get((tokens[at].word, tokens[at + 1].word), ())
            here.update((name, len(key)) for key, name in longer if self._follows(tokens, at, key))
        return here

    @staticmethod
    def _follows(tokens: Sequence[Token], at: int, key: tuple[str, ...]) -> bool:
        if at + len(key) > len(tokens):
            return False
        for n in range(1, len(key)):
            token = tokens[at + n]
            if token.gap != NONE or token.word != key[n]:
                return False
        return True
