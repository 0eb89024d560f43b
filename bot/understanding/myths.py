"""False claims that circulate, recognised where a message repeats one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz

from bot.knowledge.base import KnowledgeBase
from bot.understanding.features import MARKS
from bot.understanding.learning import Learnt
from bot.understanding.vocabulary import likeness

LIKENESS = 0.8  # cosine of the word vectors, from which the words are compared
WORDS_ALIKE = 80  # of 100, rapidfuzz: in any order, extra words allowed
SURELY_ALIKE = 90  # … from which the claim itself shows that the message is for us
MIN_WORDS = 4
COMPARED = 5
IDENTITY = "="  # what stands before the id of a named thing in a template


@dataclass(frozen=True)
class Repeated:
    """A myth that a message repeats; `surely` where it needs no other sign that the message is for us."""

    myth: str
    surely: bool


@dataclass(frozen=True)
class _Claim:
    """One phrasing: its words without ids, the ids it names, and the entities the myth is about."""

    myth: str
    words: str
    names: frozenset[str]
    about: frozenset[str]


class Myths:
    """The phrasings of all myths, by meaning and by words, and the names that name nothing."""

    def __init__(self, base: KnowledgeBase, learnt: Learnt) -> None:
        self._base = base
        self._vectors = learnt.vectors
        self._false_names = {name.lower(): myth.id for myth in base.myths.values() for name in myth.false_names}
        # What stands for the field as a whole is left out of claims as often as not.
        self._usual = f"{IDENTITY}{base.field.default_entity}"
        self._claims: list[_Claim] = []
        directions = []
        for myth in base.myths.values():
            for phrasing in myth.phrasings:
                template = learnt.templates.of_phrasing(phrasing)
                names = _named(template) - {self._usual}
                self._claims.append(_Claim(myth.id, _plain(template), names, frozenset(myth.entities)))
                directions.append(self._direction(template))
        self._directions = np.array(directions, np.float32).reshape(len(directions), self._vectors.size)

    def find(
        self, words: Collection[str], template: Sequence[str], entities: Sequence[str], topics: Sequence[str]
    ) -> Repeated | None:
        """The myth that a message repeats, or None.

        `words` are its plain words, `template` the same with names as kinds; `entities` and
        `topics` what it seems to be about.
        """
        return self._by_name(words, topics) or self._by_claim(template, entities)

    def _by_name(self, words: Collection[str], topics: Sequence[str]) -> Repeated | None:
        """A name of a credential that nobody issues, where credentials are what is asked about."""
        myth = next((self._false_names[word] for word in words if word in self._false_names), None)
        credential = any("certification" in self._base.topics[topic].kinds for topic in topics)
        return Repeated(myth, surely=False) if myth and credential else None

    def _by_claim(self, template: Sequence[str], entities: Sequence[str]) -> Repeated | None:
        if not self._claims or len(template) < MIN_WORDS:
            return None
        near = likeness(self._directions, self._direction(template))
        text, names = _plain(template), _named(template)
        best, best_score = None, float(WORDS_ALIKE)
        for at in np.argsort(-near)[:COMPARED]:
            if near[at] < LIKENESS:
                break
            claim = self._claims[at]
            score = fuzz.token_sort_ratio(claim.words, text)
            # The same words about another country or another exam are another claim, perhaps a true one.
            same = claim.names <= names
            if same and score >= SURELY_ALIKE:
                return Repeated(claim.myth, surely=True)
            if same and score >= best_score and (not claim.about or not claim.about.isdisjoint(entities)):
                best, best_score = claim.myth, score
        return Repeated(best, surely=False) if best else None

    def _direction(self, template: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        return self._vectors.mean(word for word in template if word[0] not in MARKS)


def _plain(template: Sequence[str]) -> str:
    return " ".join(word for word in template if word[0] != IDENTITY)


def _named(template: Sequence[str]) -> frozenset[str]:
    return frozenset(word for word in template if word[0] == IDENTITY)
