"""Names that look like ours and are none: a credential with letters added ("<credential>-Z9"), a code nobody knows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from bot.knowledge.language import Language
from bot.understanding.entities import ENTITY_KINDS, Match
from bot.understanding.normalise import MessageWords

MOST_ADDED = 3  # letters and digits joined to a name by a hyphen that make it another name
CODE = range(3, 7)  # letters of an unknown code
PLURAL = "s"
Knows = Callable[[str], bool]


class Invented:
    """Tells names apart that a message makes up, or that are not known here."""

    def __init__(self, language: Language) -> None:
        self._times = frozenset(language.units.years) | frozenset(language.units.hours)
        self._articles = frozenset(language.cues.get("det", ()))
        self._nouns = frozenset(language.cues.get("code_noun", ()))

    def lengthened(self, words: MessageWords, matches: Sequence[Match], knows: Knows) -> tuple[Match, ...]:
        """The matches of credentials to which something is joined that makes them another name."""
        taken = {at for match in matches for at in range(match.start, match.end)}
        return tuple(
            match
            for match in matches
            if match.named[0].kind == "certification"
            and match.end not in taken
            and self._joined(words, match.end, knows)
        )

    def _joined(self, words: MessageWords, at: int, knows: Knows) -> bool:
        if at not in words.glued:
            return False
        added = words.tokens[at]
        if added.isdigit():
            timed = words.tokens[at + 1 : at + 2]
            return len(added) < MOST_ADDED and not (timed and timed[0] in self._times)
        return len(added) <= MOST_ADDED and added != PLURAL and (len(added) == 1 or not knows(added))

    def codes(
        self, words: MessageWords, matches: Sequence[Match], asked: Collection[int], knows: Knows
    ) -> Iterator[int]:
        """The words that are codes nobody knows, where the message names nothing else of ours.

        In capitals, in what is `asked`, and after an article or before "exam" and its like.
        """
        if any(match.named[0].kind in ENTITY_KINDS and not match.casual for match in matches):
            return
        taken = {at for match in matches for at in range(match.start, match.end)}
        for at in sorted(words.capitals - taken):
            word = words.tokens[at]
            if at not in asked or len(word) not in CODE or not word[0].isalpha() or knows(word):
                continue
            after = words.tokens[at + 1 + (at + 1 in words.glued) :][:1]
            if (at and words.tokens[at - 1] in self._articles) or (after and after[0] in self._nouns):
                yield at
