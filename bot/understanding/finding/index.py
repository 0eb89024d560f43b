"""All statements of a knowledge base, ready to be compared with a question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial

import numpy as np
import numpy.typing as npt

from bot.knowledge.base import KnowledgeBase
from bot.understanding.finding.directions import packed_directions
from bot.understanding.finding.lexical import Lexical
from bot.understanding.neighbours import Neighbours
from bot.understanding.signs import slot_names
from bot.understanding.statements import Statement, statements
from bot.understanding.vocabulary import Vector, likeness

_SLOT = re.compile(r"\{([a-z]+)\}")
KEPT = 256  # directions that were compared are remembered: 35 kB each, and many people ask the same
SURELY = 0.9  # chance of one topic, from which a sentence of its opposite is no answer
SAME = 0.85  # likeness from which two statements say the same
PRICE, PAY = "cost", "salary"  # the topics of prices, and of what is earned
STEM = 4  # letters that the forms of a word share
NONE = -1.0  # the likeness to askings of a statement that has none


class Index:
    """The statements, their directions (behind what they are about), those of their askings, and their words.

    They are all that the knowledge base has, or some of them in another form (`chosen`).
    """

    def __init__(self, base: KnowledgeBase, chosen: Sequence[Statement] | None = None) -> None:
        self.base = base
        self.statements = tuple(chosen) if chosen is not None else statements(base)
        self.size = len(self.statements)
        self.owners = np.array([at for at, item in enumerate(self.statements) for _ in _askings(item)], np.int32)
        self._files = [item.id.partition(":")[0] for item in self.statements]
        self._at = {item.id: at for at, item in enumerate(self.statements)}
        self._starts = np.flatnonzero(np.diff(self.owners, prepend=-1))  # where the askings of a statement begin
        self.kinds = tuple(kind for kind, _ in outside_phrasings(base))
        found = packed_directions(texts(base, self.statements))
        asked = self.size + len(self.owners)
        outside = asked + len(self.kinds)
        self.placed, self.asked = found.part(slice(self.size)), found.part(slice(self.size, asked))
        self.ours = found[outside:]
        self._near_placed, self._near_asked = Neighbours(self.placed), Neighbours(self.asked)
        self._near_outside = Neighbours(found.part(slice(asked, outside)))
        self.by_text = Lexical([placed(base, item) for item in self.statements])
        self.by_asked = Lexical([" ".join(item.asked) for item in self.statements])
        self._compared = lru_cache(KEPT)(self._compare)

    def likenesses(self, directions: Vector) -> tuple[Vector, Vector]:
        """The cosine of each direction with every statement, and with the nearest of its askings: shape (n, size)."""
        placed, asked = zip(*(self._compared(direction.tobytes()) for direction in directions), strict=True)
        return np.stack(placed), np.stack(asked)

    def _compare(self, direction: bytes) -> tuple[Vector, Vector]:
        wanted = np.frombuffer(direction, np.float32)
        asked = np.full(self.size, NONE, np.float32)
        if len(self.asked):
            asked[self.owners[self._starts]] = np.maximum.reduceat(self._near_asked.likenesses(wanted), self._starts)
        return self._near_placed.likenesses(wanted), asked

    def nearest(self, place: int, direction: Vector) -> tuple[str, float]:
        """The asking of one statement that is nearest to a question, and how near; none where it has none."""
        start, end = np.searchsorted(self.owners, [place, place + 1])
        if start == end:
            return "", 0.0
        near = likeness(self.asked[start:end], direction)
        best = int(near.argmax())
        return _askings(self.statements[place])[best], float(near[best])

    def repeats(self, said: str, places: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
        """Which statements say what the one of that id does, in the same words or in others."""
        if said not in self._at:
            return np.zeros(len(places), bool)
        shown = self._at[said]
        words = [self.statements[place].text == self.statements[shown].text for place in places]
        return np.array(words, bool) | (likeness(self.placed[places], self.placed[shown]) >= SAME)

    def other_prices(self, matters: Sequence[str], places: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
        """Which statements tell a price and say nothing of some matters, in no form of their words."""
        found = [bool(matters) and self._tells_price_of_other(matters, self.statements[place]) for place in places]
        return np.array(found, bool)

    def abroad(self, country: str | None, guides: Sequence[str], places: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
        """Which statements are of other countries only, where somebody told to be at home and names none of these."""
        if country != self.base.field.default_country:
            return np.zeros(len(places), bool)
        found = [self.statements[place] for place in places]
        elsewhere = [bool(item.countries) and country not in item.countries for item in found]
        return np.array([far and item.guide not in guides for far, item in zip(elsewhere, found, strict=True)], bool)

    def other_amounts(self, topics: Mapping[str, float], places: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
        """Which statements tell what is earned where surely a price is asked, or a price where pay is."""
        other = PAY if topics.get(PRICE, 0.0) >= SURELY else PRICE if topics.get(PAY, 0.0) >= SURELY else None
        return np.array([self.statements[place].topic == other for place in places], bool)

    def of_file(self, file: str, places: npt.NDArray[np.intp]) -> npt.NDArray[np.float32]:
        """1 for each statement that stands in a file."""
        return np.array([bool(file) and self._files[place] == file for place in places], np.float32)

    def amounts(self, places: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
        """Which statements tell what something costs, or what is earned."""
        return np.array([self.statements[place].topic in (PRICE, PAY) for place in places], bool)

    def _tells_price_of_other(self, matters: Sequence[str], item: Statement) -> bool:
        said = f" {item.topic} {item.text} {' '.join(item.asked)}".lower()
        tells = item.topic == PRICE or (item.topic != PAY and self.base.field.currency.lower() in said)
        return tells and not any(f" {word[:STEM]}" in said for word in matters)

    def near_ours(self, direction: Vector) -> float:
        """How near a question is to what sounds like none of our business and is ours."""
        return float(likeness(self.ours, direction).max()) if len(self.ours) else NONE

    def refused(self, direction: Vector) -> tuple[str | None, float]:
        """The kind of messages that are none of our business that a question is nearest to, and how near."""
        if not self.kinds:
            return None, NONE
        places, near = self._near_outside.nearest(direction)
        best = int(near.argmax())
        return self.kinds[places[best]], float(near[best])


def texts(base: KnowledgeBase, found: Sequence[Statement]) -> list[str]:
    """All that is compared with a question: statements behind what they are about, askings, what is not for us, and
    what only sounds like it.
    """
    return [
        *(placed(base, item) for item in found),
        *(asked for item in found for asked in _askings(item)),
        *(text for _, text in outside_phrasings(base)),
        *(text for record in base.out_of_scope.values() for text in record.ours),
    ]


def placed(base: KnowledgeBase, item: Statement) -> str:
    """A statement behind what it is about: it often does not say so itself."""
    about = base.field.name
    if item.guide is not None:
        about = base.guides[item.guide].name
    elif item.entities and item.myth is None:
        entity = base.entities[item.entities[0]]
        about = f"{entity.name} {entity.abbreviation}" if entity.abbreviation else entity.name
    return f"{about}: {item.text}"


def _askings(item: Statement) -> list[str]:
    return list(dict.fromkeys(item.asked))


def outside_phrasings(base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """What people ask that is none of our business, by its kind; each slot is filled with a name of its kind."""
    names = slot_names(base)
    for kind, record in base.out_of_scope.items():
        for at, text in enumerate(record.phrasings):
            yield kind, _SLOT.sub(partial(_filled, names, at), text)


def _filled(names: Mapping[str, Sequence[str]], at: int, slot: re.Match[str]) -> str:
    given = names.get(slot[1], ())
    return given[at % len(given)] if given else ""
