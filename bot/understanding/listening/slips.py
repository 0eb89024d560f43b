"""Words as they were meant: letters put in other signs, and slips in the words that listening knows.

Only what is no word at all is mended, and only towards a word that some pattern needs; unlike the
spelling of questions, a wrong guess here costs little and a plea not read costs much.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Container, Iterable
from functools import cached_property

from rapidfuzz.distance import OSA

# Signs that stand for letters, between letters only; a star may stand for any, so it is left out and mended.
_SIGNS = str.maketrans({"!": "i", "1": "i", "|": "i", "@": "a", "4": "a", "$": "s", "5": "s", "0": "o", "3": "e"})
_DISGUISED = re.compile(r"(?<=[^\W\d_])[!1|@4$503*]+(?=[^\W\d_])")
SHORTEST = 3  # of such a word only two letters swapped are mended
ONE_SLIP_LETTERS = 5
TWO_SLIPS_LETTERS = 8


def undisguised(text: str) -> str:
    """The text with signs inside words read as the letters they stand for."""
    return _DISGUISED.sub(lambda match: match.group().replace("*", "").translate(_SIGNS), text)


class Slips:
    """Mends words that are not `known` towards one of `targets`."""

    def __init__(self, targets: Collection[str], known: Container[str]) -> None:
        self._targets = frozenset(targets)
        self._known = known

    @cached_property
    def _near(self) -> dict[str, list[str]]:
        """The targets by what is left of them with letters missing; made for the first word that is not known."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._targets):
            if len(word) >= SHORTEST and word.isalpha():
                for shorter in _shortened(word):
                    found[shorter].append(word)
        return found

    def mend(self, words: Iterable[str]) -> tuple[str, ...]:
        """The words with slips mended, one for one."""
        return tuple(self._mended(word) for word in words)

    def _mended(self, word: str) -> str:
        if word in self._targets or word in self._known or len(word) < SHORTEST or not word.isalpha():
            return word
        near = {found for shorter in _shortened(word) for found in self._near.get(shorter, ())}
        ranked = sorted((OSA.distance(word, found), found[0] != word[0], found) for found in near)
        return next((found for slips, _, found in ranked if _allowed(word, found, slips)), word)


def _allowed(word: str, meant: str, slips: int) -> bool:
    if len(meant) < ONE_SLIP_LETTERS:
        return slips <= 1 and sorted(word) == sorted(meant)
    return slips <= (2 if min(len(word), len(meant)) >= TWO_SLIPS_LETTERS else 1)


def _shortened(word: str) -> set[str]:
    """The word, and it without one letter; of long words also without two."""
    once = {word[:at] + word[at + 1 :] for at in range(len(word))}
    if len(word) < TWO_SLIPS_LETTERS:
        return {word, *once}
    return {word, *once, *(short[:at] + short[at + 1 :] for short in once for at in range(len(short)))}
