"""A message and its parts, each with what it seems to ask and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from bot.knowledge.base import KnowledgeBase
from bot.understanding.context import asks_nothing, lean
from bot.understanding.decision import Chances, Evidence, blended
from bot.understanding.entities import Match
from bot.understanding.features import HINT
from bot.understanding.learning import Learnt
from bot.understanding.myths import Myths
from bot.understanding.normalise import Words
from bot.understanding.template import EMPTY
from bot.understanding.topics import is_named
from bot.understanding.vocabulary import Vector

MAX_SEGMENTS = 8
SPLITTERS = frozenset(("and", "also", "plus", "but"))
LEANT = 0.75  # how much the conversation counts in whether a message is our business
LEANING_COUNTS, LEANING_USUAL = 2.0, 0.6  # … and how much more does what was learnt for such messages, and from where
PLACE = "<country>"  # the whole world speaks of countries: naming one is no sign that a message is for us
PART_INSIDE = 0.5  # how much more a part may seem to be our business than the whole message
SECOND_FROM = 0.6  # a second question in the message is answered from this confidence
GUIDE_LIFTS = 0.8  # the chance of being our business that words of a guide give


@dataclass(frozen=True)
class House:
    """What all readings share: the knowledge base and what was learnt from it."""

    base: KnowledgeBase
    learnt: Learnt
    myths: Myths

    @cached_property
    def inside(self) -> npt.NDArray[np.intp]:
        """The places of our topics among the classes."""
        return np.flatnonzero(self.learnt.recogniser.topical)

    @cached_property
    def meta(self) -> frozenset[str]:
        """The topics that steer the conversation: they never stand beside another one."""
        return frozenset(topic.id for topic in self.base.topics.values() if topic.meta)

    def ranking(self, scores: Vector) -> list[tuple[str, float]]:
        """All classes with their scores, best first."""
        return [(self.learnt.recogniser.classes[at], float(scores[at])) for at in np.argsort(-scores)]


@dataclass(frozen=True)
class Segment:
    """A message or a part of it, and what was made of it; `second` is the next best topic."""

    template: tuple[str, ...]
    scores: Vector
    evidence: Evidence
    topic: str
    second: str
    chances: Chances


@dataclass(frozen=True)
class Segments:
    """Finds the parts of one message.

    `guides` are those whose words it uses, `leaning_kind` the kind of thing that it may leave out,
    `without` a topic that it cannot ask for.
    """

    house: House
    words: Words
    mended: tuple[str, ...]
    matches: Sequence[Match]
    guides: Sequence[str]
    leaning_kind: str | None
    without: str

    def all(self) -> list[Segment]:
        """The whole message, and, where it has several, its parts."""
        end = len(self.mended)
        inside = {at for match in self.matches for at in range(match.start + 1, match.end)}
        cuts = [at for at in range(1, end) if at not in inside and self._parts_at(at)][: MAX_SEGMENTS - 1]
        whole = self._segment(0, end, None)
        parts = []
        for start, stop in pairwise([0, *cuts, end]):
            first = start + 1 if self.mended[start] in SPLITTERS else start
            if cuts and stop > first:
                parts.append(self._segment(first, stop, whole))
        return [whole, *parts]

    def _parts_at(self, at: int) -> bool:
        """Whether a new part begins at a word; "this and that", two names, is one part."""
        if at in self.words.breaks:
            return True
        names = any(match.end == at for match in self.matches) and any(match.start == at + 1 for match in self.matches)
        return self.mended[at] in SPLITTERS and not names

    def _segment(self, start: int, end: int, whole: Segment | None) -> Segment:
        template = self.house.learnt.templates.of(self.mended, self.matches, start, end)
        message = template if whole is None else whole.template
        named = is_named(message)
        plain = self._measure(template, named, whole)
        if not named and PLACE in template:
            plain = self._without_place(plain, whole)
        elif whole is None and not named and self.guides and plain.evidence.inside > 0:
            # words of a guide, and no kind of message that is none of our business is likelier
            plain = replace(plain, chances=plain.chances.with_ours(max(plain.chances.ours, GUIDE_LIFTS)))
        complete = plain.topic in self.house.meta and plain.chances.best >= SECOND_FROM
        if named or not self.leaning_kind or complete or asks_nothing(message):
            return plain
        leaning = self._leaning(plain, self._measure(lean(template, self.leaning_kind), True, whole))
        if whole is None:
            return leaning
        ours = min(leaning.chances.ours, whole.chances.ours)  # "…, what is it" leans on anything
        return replace(leaning, chances=leaning.chances.with_ours(ours))

    def _measure(self, template: tuple[str, ...], named: bool, whole: Segment | None) -> Segment:
        learnt = self.house.learnt
        scores = learnt.recogniser.scores(template)
        topic, second, seen = learnt.evidence(scores, template, named, bool(self.guides), self.without)
        if whole is not None:  # a part is hardly more our business than the whole is
            seen = replace(
                seen,
                inside=min(seen.inside, whole.evidence.inside + PART_INSIDE),
                strange=max(seen.strange, whole.evidence.strange),
                strangers=max(seen.strangers, whole.evidence.strangers),
            )
        return Segment(template, scores, seen, topic, second, learnt.calibration.chances(seen))

    def _without_place(self, segment: Segment, whole: Segment | None) -> Segment:
        """A message that names a country is our business only if it would be without."""
        hints = {f"{HINT}{match.named[0].id}" for match in self.matches if match.named[0].kind == "country"}
        rest = tuple(word for word in segment.template if word != PLACE and word not in hints) or EMPTY
        chances = segment.chances.with_ours(min(segment.chances.ours, self._measure(rest, False, whole).chances.ours))
        return replace(segment, chances=chances)

    def _leaning(self, plain: Segment, leant: Segment) -> Segment:
        """A message read with what it leaves out; whether it is our business its own words must say as well."""
        told = self.house.learnt.recogniser.leans(plain.scores) - LEANING_USUAL
        ours = blended(leant.chances.ours, plain.chances.ours, LEANT, LEANING_COUNTS * told)
        return replace(leant, evidence=replace(leant.evidence, named=False), chances=leant.chances.with_ours(ours))
