"""Mending a slip of the fingers: an unknown word becomes the nearest word that the knowledge base uses
(or, failing that, a frequent word of English).

Words one edit away are made and looked up: a few hundred for a word, where an index of all that lie so near would
hold many thousands; longer words may be two edits away, which rapidfuzz searches. Abbreviations are never a target,
for many differ by one letter and are all real, and a word known in English is left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

MIN_LETTERS = 4
ENGLISH_TARGETS = 8000
RARER = 10  # a strange word one edit from one used so many times more often is itself a slip
ONE_SLIP_LETTERS = 5  # shorter words only have two letters swapped, or one left out
TWO_SLIPS_LETTERS = 8
SMALL = (3, 4)  # letters of a small word …
COMMON = 200  # … and from which rank on two of its letters may be swapped ("teh", "waht")
MAX_TWO_SLIP_SEARCHES = 12  # a message: bounds the time that gibberish costs
KEPT = 1024  # unknown words whose mending is remembered
_VOWELS = frozenset("aeiouy")


class Speller:
    """`counts` are the words that may be meant, with how often they are used; words of
    `english` (with their rank, the most frequent first) are left alone. `slips` are those of the
    words that are slips themselves, where that is known from before."""

    def __init__(
        self,
        counts: Mapping[str, int],
        english: Mapping[str, int],
        frozen: Collection[str],
        slips: Collection[str] | None = None,
    ) -> None:
        self._counts = {word: n for word, n in counts.items() if self._mendable(word) and word not in frozen}
        self._english = english
        self._known = set(counts) | set(frozen)
        for word, rank in english.items():  # an English word may be meant as well, but one of ours rather
            if rank < ENGLISH_TARGETS and len(word) > MIN_LETTERS and word not in self._known:
                self._counts[word] = 0
        self._swapped = dict(self._swaps(english, frozen))
        self._known -= self._swapped.keys()
        self._words = tuple(self._counts)
        self.slips = tuple(self._slips() if slips is None else slips)
        for word in self.slips:
            self._known.discard(word)
            self._counts.pop(word, None)
        # A turn reads its words several times over, whole and by clauses.
        self._by_one_slip, self._by_two_slips = lru_cache(KEPT)(self._one_slip), lru_cache(KEPT)(self._two_slips)

    @cached_property
    def _letters(self) -> str:
        """The letters of all words that may be meant."""
        return "".join(sorted(set().union(*self._counts)))

    @cached_property
    def _alike(self) -> dict[tuple[str, int], list[str]]:
        """All words, slips too, by first letter and length."""
        found: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in self._words:
            found[word[0], len(word)].append(word)
        return found

    def _slips(self) -> Iterator[str]:
        """Slips that editors wrote down (as people make them): no words to mend towards."""
        gone: set[str] = set()
        for word, count in self._counts.items():
            if word in self._english or len(word) < ONE_SLIP_LETTERS:
                continue
            meant = self._one_slip(word, gone)
            if meant is not None and self._counts[meant] >= RARER * count:
                gone.add(word)
                yield word

    @staticmethod
    def _swaps(english: Mapping[str, int], frozen: Collection[str]) -> Iterator[tuple[str, str]]:
        """The smallest words by what they are with two letters swapped; last those that keep their first."""
        small = [word for word, rank in english.items() if rank < COMMON and len(word) in SMALL]
        for at in range(MIN_LETTERS - 1):
            for word in reversed(small):
                if at > len(word) - 2:
                    continue
                slip = f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}"
                if slip not in english and slip not in frozen:
                    yield slip, word

    @staticmethod
    def _mendable(word: str) -> bool:
        return len(word) >= MIN_LETTERS and word.isalpha() and word.isascii()

    def knows(self, word: str) -> bool:
        """Whether the word is English or used by the knowledge base."""
        return word in self._known or word in self._english or word.isdigit()

    def mend(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The words with slips mended, one for one."""
        searches = 0
        mended = []
        for word in words:
            if word in self._swapped:
                mended.append(self._swapped[word])
                continue
            if self.knows(word) or not self._mendable(word) or self._is_letters(word):
                mended.append(word)
                continue
            best = self._by_one_slip(word)
            if best is None and len(word) >= TWO_SLIPS_LETTERS and searches < MAX_TWO_SLIP_SEARCHES:
                searches += 1
                best = self._by_two_slips(word)
            mended.append(best or word)
        return tuple(mended)

    @staticmethod
    def _is_letters(word: str) -> bool:
        """Whether it looks like an abbreviation: short, without a vowel."""
        return len(word) < ONE_SLIP_LETTERS and _VOWELS.isdisjoint(word)

    def _one_slip(self, word: str, gone: Collection[str] = ()) -> str | None:
        best, best_rank = None, (0, 0, "")
        for candidate in self._one_edit_away(word):
            if candidate == word or candidate in gone:
                continue
            if len(word) < ONE_SLIP_LETTERS and len(candidate) <= len(word) and sorted(word) != sorted(candidate):
                continue
            rank = (int(candidate[0] == word[0]), self._counts[candidate], candidate)
            if rank > best_rank:
                best, best_rank = candidate, rank
        return best

    def _one_edit_away(self, word: str) -> set[str]:
        """The words that may be meant which lack a letter of this one, have one more or another, or two swapped."""
        found: list[str] = []
        for at in range(len(word) + 1):
            before, here, after = word[:at], word[at : at + 1], word[at + 1 :]
            found += (before + after, before + after[:1] + here + after[1:])
            found += [f"{before}{letter}{after}" for letter in self._letters]
            found += [f"{before}{letter}{here}{after}" for letter in self._letters]
        return set(filter(self._counts.__contains__, found))

    def _two_slips(self, word: str) -> str | None:
        lengths = range(max(len(word) - 2, TWO_SLIPS_LETTERS), len(word) + 3)
        pool = [near for length in lengths for near in self._alike.get((word[0], length), ())]
        found = process.extractOne(word, pool, scorer=OSA.distance, score_cutoff=2)
        return found[0] if found and found[0] in self._counts else None
