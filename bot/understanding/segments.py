"""A message and its parts, each with what it seems to ask and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from bot.knowledge.base import KnowledgeBase
from bot.understanding.context import asks_nothing, completed
from bot.understanding.decision import Chances, Evidence, blended
from bot.understanding.did_you_mean import DidYouMean
from bot.understanding.entities import Match
from bot.understanding.features import HINT
from bot.understanding.learning import Learnt
from bot.understanding.myths import Myths
from bot.understanding.normalise import MessageWords
from bot.understanding.signs import Signs
from bot.understanding.template import EMPTY, essence
from bot.understanding.topics import OUTSIDE, is_named
from bot.understanding.vocabulary import Vector

MAX_SEGMENTS = 8
SPLITTERS = frozenset(("and", "also", "plus", "but"))
COMPLETED = 0.75  # how much the conversation counts in whether a message is our business
ELLIPTICAL_COUNTS, ELLIPTICAL_USUAL = 2.0, 0.6  # … how much more what was learnt for such messages does, and from where
PLACE = "<country>"  # the whole world speaks of countries: naming one is no sign that a message is for us
PART_INSIDE = 0.5  # how much more a part may seem to be our business than the whole message
SECOND_FROM = 0.6  # a second question in the message is answered from this confidence
GUIDE_LIFTS = 0.8  # the chance of being our business that words of a guide give
GUIDE_SPEAKS = 0.3  # how much more the topics of a guide score where its words are used
PHRASED = 0.97  # the chance that a message means what the very same phrasing does
STATING = frozenset(("i", "we", "my", "been", "worked", "working", "currently"))
ASKING = frozenset({
    "what", "which", "how", "when", "where", "who", "why", "can", "could", "should", "would", "will", "do", "does",
    "is", "are", "any", "want", "need", "like", "wonder", "wondering", "looking", "interested", "help", "tell",
    "thinking", "hoping", "trying", "hope", "plan", "love", "know",
})  # fmt: skip
OF_ONES_OWN = frozenset(("know", "like", "love"))  # "i know …" states; "you know …?" asks


@dataclass(frozen=True)
class Resources:
    """What all readings share: the knowledge base and what was learnt from it."""

    base: KnowledgeBase
    learnt: Learnt
    myths: Myths

    @cached_property
    def small(self) -> frozenset[str]:
        """The words that beside a name ask nothing."""
        return frozenset(self.base.language.nothing_asked)

    @cached_property
    def near(self) -> DidYouMean:
        """What unknown words may have been meant to be."""
        return DidYouMean(self.learnt, self.small)

    @cached_property
    def signs(self) -> Signs:
        """The words by which a message that is none of our business is known."""
        return Signs(self.base)

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
    """A message or a part of it, and what was made of it; `second` is the next best topic.

    It is the words `start`..`end` (exclusive); `states` where it asks nothing ("i have three years of …").
    """

    start: int
    end: int
    states: bool
    template: tuple[str, ...]
    scores: Vector
    evidence: Evidence
    topic: str
    second: str
    chances: Chances


@dataclass(frozen=True)
class Segments:
    """Finds the parts of one message.

    `guides` are those whose words it uses, `guided_only` where it says hardly anything else;
    `left_out_kind` is the kind of thing that it may leave out, `without` a topic that it cannot ask for.
    """

    resources: Resources
    words: MessageWords
    mended: tuple[str, ...]
    matches: Sequence[Match]
    guides: Sequence[str]
    guided_only: bool
    left_out_kind: str | None
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
        template = self.resources.learnt.templates.of(self.mended, self.matches, start, end)
        message = template if whole is None else self.resources.learnt.templates.of(self.mended, self.matches)
        named = is_named(message)
        plain = self._measure(start, end, template, named, whole)
        if not named and PLACE in template:
            plain = self._without_place(plain, whole)
        elif whole is None and not named and self.guides and (plain.evidence.inside > 0 or self.guided_only):
            # words of a guide, and no kind of message that is none of our business is likelier
            plain = replace(plain, chances=plain.chances.with_ours(max(plain.chances.ours, GUIDE_LIFTS)))
        if whole is None:
            plain = self._as_phrased(plain, steady=not self.left_out_kind or named)
        complete = plain.topic in self.resources.meta and plain.chances.best >= SECOND_FROM
        if named or not self.left_out_kind or complete or asks_nothing(message, self.resources.small):
            return plain
        elliptical = self._elliptical(plain, self._completed(start, end, template, whole))
        if whole is None:
            return elliptical
        ours = min(elliptical.chances.ours, whole.chances.ours)  # "…, what is it" leans on anything
        return replace(elliptical, chances=elliptical.chances.with_ours(ours))

    def _completed(self, start: int, end: int, template: tuple[str, ...], whole: Segment | None) -> Segment:
        """A message with the kind of thing it may leave out."""
        full = self._measure(start, end, completed(template, self.left_out_kind or ""), True, whole)
        return self._as_phrased(full, steady=True) if whole is None else full

    def _as_phrased(self, segment: Segment, *, steady: bool) -> Segment:
        """A message that is a phrasing word for word means what that does; where it is not `steady`, for the
        conversation may bend it, that only shows whether it is our business.
        """
        said = self.resources.learnt.phrased.get(essence(segment.template))
        if said is None or said == self.without:
            return segment
        if said.startswith(OUTSIDE):
            return replace(segment, chances=segment.chances.with_ours(min(segment.chances.ours, 1 - PHRASED)))
        if not steady:
            return replace(segment, chances=segment.chances.with_ours(max(segment.chances.ours, PHRASED)))
        ours = max(segment.chances.ours, PHRASED)
        return replace(
            segment, topic=said, evidence=replace(segment.evidence, ahead=1.0), chances=Chances(ours, ours, ours)
        )

    @cached_property
    def _lift(self) -> Vector:
        """How much more each class scores because words of a guide are used that speaks of it."""
        guides = self.resources.base.guides
        told = {topic for guide in self.guides for topic in guides[guide].facts}
        classes = self.resources.learnt.recogniser.classes
        return np.array([GUIDE_SPEAKS * (name in told) for name in classes], np.float32)

    def _measure(self, start: int, end: int, template: tuple[str, ...], named: bool, whole: Segment | None) -> Segment:
        learnt = self.resources.learnt
        scores = learnt.recogniser.scores(template)
        if self.guides:
            scores = scores + self._lift
        topic, second, seen = learnt.evidence(scores, template, named, bool(self.guides), self.without)
        if self.guides:  # it says what is asked, not whether that is our business
            lift = float(self._lift[learnt.recogniser.classes.index(topic)])
            seen = replace(seen, inside=seen.inside - lift)
        if whole is not None:  # a part is hardly more our business than the whole is
            seen = replace(
                seen,
                inside=min(seen.inside, whole.evidence.inside + PART_INSIDE),
                strange=max(seen.strange, whole.evidence.strange),
                out_of_vocabulary=max(seen.out_of_vocabulary, whole.evidence.out_of_vocabulary),
            )
        chances = learnt.calibration.chances(seen)
        return Segment(start, end, self._states(start, end), template, scores, seen, topic, second, chances)

    def _states(self, start: int, end: int) -> bool:
        """Whether words tell of the person and ask nothing."""
        words = self.mended[start:end]
        asking = ASKING - OF_ONES_OWN if words[0] == "i" else ASKING
        return words[0] in STATING and asking.isdisjoint(words)

    def _without_place(self, segment: Segment, whole: Segment | None) -> Segment:
        """A message that names a country is our business only if it would be without."""
        hints = {f"{HINT}{match.named[0].id}" for match in self.matches if match.named[0].kind == "country"}
        rest = tuple(word for word in segment.template if word != PLACE and word not in hints) or EMPTY
        alone = self._measure(segment.start, segment.end, rest, False, whole)
        chances = segment.chances.with_ours(min(segment.chances.ours, alone.chances.ours))
        return replace(segment, chances=chances)

    def _elliptical(self, plain: Segment, full: Segment) -> Segment:
        """A message read with what it leaves out; whether it is our business its own words must say as well."""
        told = self.resources.learnt.recogniser.elliptical(plain.scores) - ELLIPTICAL_USUAL
        ours = blended(full.chances.ours, plain.chances.ours, COMPLETED, ELLIPTICAL_COUNTS * told)
        said = self.resources.learnt.phrased.get(essence(full.template), OUTSIDE)
        if not said.startswith(OUTSIDE):  # with what it leaves out it is a phrasing word for word
            ours = max(ours, PHRASED)
        return replace(full, evidence=replace(full.evidence, named=False), chances=full.chances.with_ours(ours))
