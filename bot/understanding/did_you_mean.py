""" "Did you mean": a short message with an unknown word that is one slip from abbreviations.

Many abbreviations differ by one letter and are all real, so none is ever corrected into
another: those that are near are offered, each as a full question.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.understanding.context import asks_nothing
from bot.understanding.entities import ENTITY_KINDS, Lexicon, Match, NameMeaning
from bot.understanding.learning import Learnt
from bot.understanding.question import Reading

MAX_WORDS = 3  # in a longer message an unknown word is more likely something else
MIN_LETTERS = 3
MAX_OFFERED = 4
NEAR = 0.3  # confidence in what is only offered
DEFAULT_TOPICS = {"term": "definition"}  # what is asked by only naming something, if it is no overview


@dataclass(frozen=True)
class DidYouMean:
    """Finds what a word may have been meant to be; `small` are the words that ask nothing."""

    learnt: Learnt
    small: frozenset[str]

    def readings(self, words: Sequence[str], matches: Sequence[Match]) -> tuple[Reading, ...]:
        """The readings to offer, the likeliest first; none where every word is known or the message is long."""
        if len(words) > MAX_WORDS or any(match.named[0].kind in ENTITY_KINDS for match in matches):
            return ()
        taken = {at for match in matches for at in range(match.start, match.end)}
        for at, word in enumerate(words):
            if at in taken or self.learnt.speller.knows(word) or len(word) < MIN_LETTERS or not word.isalpha():
                continue
            found = list(dict.fromkeys(nearest(self.learnt.lexicon, word)))[:MAX_OFFERED]
            if found:
                return tuple(self._reading(words, matches, at, named) for named in found)
        return ()

    def _reading(self, words: Sequence[str], matches: Sequence[Match], at: int, named: NameMeaning) -> Reading:
        meant = Match(at, at + 1, 0.0, (named,), whole=False)
        template = self.learnt.templates.of(words, sorted((*matches, meant), key=lambda match: match.start))
        topic = DEFAULT_TOPICS.get(named.kind, "overview")
        if not asks_nothing(template, self.small):
            scores = self.learnt.recogniser.scores(template)
            topic = self.learnt.evidence(scores, template, named=True, guided=False)[0]
        return Reading((topic,), (named.id,), NEAR)


def nearest(lexicon: Lexicon, word: str) -> Iterator[NameMeaning]:
    """What has an abbreviation one slip away, first the same letters in another order, then the same first letter."""
    near = [short for short in lexicon.abbreviations if OSA.distance(word, short, score_cutoff=1) == 1]
    for short in sorted(near, key=lambda short: (sorted(short) != sorted(word), short[0] != word[0], short)):
        yield from (named for named in lexicon.named(short)[:1] if named.kind in ENTITY_KINDS)
