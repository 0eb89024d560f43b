"""Text and context → a `Question`. Every turn starts at the top; each stage can say why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.content import Topic
from bot.understanding.context import (
    asks_nothing,
    inherited_entities,
    lean,
    pointed_at,
    remembers,
)
from bot.understanding.decision import CHOICE_WITHIN, MAX_CHOICES, TIE, Chances, Evidence, decide
from bot.understanding.entities import ENTITY_KINDS, Match
from bot.understanding.learning import Learnt, learn
from bot.understanding.myths import Myths
from bot.understanding.normalise import SENTENCE, Words, clean, normalise
from bot.understanding.question import Context, Decision, Question, Reading, Span
from bot.understanding.template import EMPTY
from bot.understanding.topics import OUTSIDE, is_named
from bot.understanding.vocabulary import Vector

MAX_SEGMENTS = 8
SPLITTERS = frozenset(("and", "also", "plus", "but"))
PART_INSIDE = 0.5  # how much more a part may seem to be ours than the whole message
SECOND_FROM = 0.6  # a second question in the message is answered from this confidence
MAX_TOPICS = 3
REFUSE_FROM = -0.5  # score of a kind of message, from which it is named
FOREIGN_SHARE = 0.5  # of letters outside ASCII: written in another script
DEFAULT_TOPIC = "overview"
TERM_TOPIC = "definition"
COMPARE = "compare"


@dataclass(frozen=True)
class Segment:
    """Part of a message and what was made of it."""

    start: int
    end: int
    template: tuple[str, ...]
    scores: Vector
    evidence: Evidence
    topic: str
    second: str
    chances: Chances

    @property
    def confidence(self) -> float:
        """The chance that its best topic is what it asks."""
        return self.chances.best


@dataclass
class Notes:
    """What each stage found, for `explain`."""

    lines: list[str] = field(default_factory=list)

    def add(self, stage: str, said: str) -> None:
        """One line of the trace."""
        self.lines.append(f"{stage}: {said}")


class Interpreter:
    """Understands messages about one knowledge base. Immutable after construction, safe to share."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._learnt: Learnt = learn(base)
        self._classes = self._learnt.recogniser.classes
        self._inside = np.flatnonzero(self._learnt.recogniser.topical)
        self._myths = Myths(base, self._learnt)
        self._chat = frozenset(topic.id for topic in base.topics.values() if topic.meta)

    def interpret(self, text: str, context: Context = Context()) -> Question:
        """What `text` asks, with what it leaves out taken from `context`. Never fails."""
        question, _ = self._read(text, context)
        return question

    def explain(self, text: str, context: Context = Context()) -> dict[str, object]:
        """The stages, spans, scores and reasons behind `interpret`, ready for JSON."""
        question, segments = self._read(text, context)
        words = normalise(text)
        return {
            "text": question.text,
            "words": list(words.tokens),
            "mended": list(self._learnt.speller.mend(words.tokens)),
            "spans": [
                {"text": span.text, "kind": span.kind, "id": span.id, "score": round(span.score, 1)}
                for span in question.spans
            ],
            "segments": [
                {
                    "template": " ".join(segment.template),
                    "scores": dict(self._ranking(segment.scores)[:6]),
                    "score": round(segment.evidence.score, 3),
                    "ahead": round(segment.evidence.ahead, 3),
                    "inside": round(segment.evidence.inside, 3),
                    "ours": round(segment.evidence.ours, 3),
                    "named": segment.evidence.named,
                    "strange": round(segment.evidence.strange, 3),
                    "topic": segment.topic,
                    "confidence": round(segment.confidence, 3),
                    "belongs": round(segment.chances.ours, 3),
                    "either": round(segment.chances.either, 3),
                }
                for segment in segments
            ],
            "decision": question.decision,
            "topics": list(question.topics),
            "entities": list(question.entities),
            "confidence": round(question.confidence, 3),
            "alternatives": [
                {"topics": list(item.topics), "entities": list(item.entities), "confidence": round(item.confidence, 3)}
                for item in question.alternatives
            ],
            "country": question.country,
            "backgrounds": list(question.backgrounds),
            "guides": list(question.guides),
            "myth": question.myth,
            "refusal": question.refusal,
            "from_context": question.from_context,
            "why": list(question.trace),
        }

    def _read(self, text: str, context: Context) -> tuple[Question, list[Segment]]:
        notes = Notes()
        words = normalise(text)
        shown = clean(text).strip()
        if not words.tokens:
            notes.add("normalise", "no words")
            return Question(shown, "unknown", trace=tuple(notes.lines)), []
        mended = self._learnt.speller.mend(words.tokens)
        notes.add("normalise", " ".join(mended))
        matches = self._learnt.lexicon.find(words, mended)
        reading = _Read(self, words, mended, matches, context, notes)
        return reading.question(shown), reading.segments

    def _ranking(self, scores: Vector) -> list[tuple[str, float]]:
        return [(self._classes[at], round(float(scores[at]), 3)) for at in np.argsort(-scores)]


class _Read:
    """The reading of one message, stage by stage."""

    def __init__(
        self,
        house: Interpreter,
        words: Words,
        mended: tuple[str, ...],
        matches: list[Match],
        context: Context,
        notes: Notes,
    ) -> None:
        self.house, self.words, self.mended, self.matches = house, words, mended, matches
        self.context, self.notes = context, notes
        self.base, self.learnt = house._base, house._learnt
        self.template = self.learnt.templates.of(mended, matches)
        self.leans = remembers(mended, context)
        self.leaning_kind = next(
            (self.base.kinds[thing] for thing in context.entities if thing in self.base.kinds), None
        )
        if not self.leans:
            self.leaning_kind = None
        self.pointed = pointed_at(mended, context) if self.leans else None
        self.guides = tuple(
            dict.fromkeys(match.named[0].id for match in self.learnt.lexicon.find_guides(words, mended))
        )
        self.guided = bool(self.guides)
        self.segments = self._segments()

    def _segment(self, start: int, end: int, whole: Segment | None = None) -> Segment:
        template = self.learnt.templates.of(self.mended, self.matches, start, end)
        named = is_named(self.template)
        plain = self._measure(start, end, template, named, whole)
        if named or not self.leaning_kind or (plain.topic in self.house._chat and plain.chances.best >= SECOND_FROM):
            return plain
        return self._measure(start, end, lean(template, self.leaning_kind), True, whole)

    def _measure(self, start: int, end: int, template: tuple[str, ...], named: bool, whole: Segment | None) -> Segment:
        scores = self.learnt.recogniser.scores(template)
        topic, second, seen = self.learnt.evidence(scores, template, named, self.guided)
        if whole is not None:  # a part is no more ours than the whole is
            seen = replace(
                seen,
                inside=min(seen.inside, whole.evidence.inside + PART_INSIDE),
                strange=max(seen.strange, whole.evidence.strange),
                strangers=max(seen.strangers, whole.evidence.strangers),
            )
        return Segment(start, end, template, scores, seen, topic, second, self.learnt.calibration.chances(seen))

    def _segments(self) -> list[Segment]:
        """The whole message, and, where it has several, its parts."""
        end = len(self.mended)
        inside = {at for match in self.matches for at in range(match.start + 1, match.end)}
        cuts = [
            at for at in range(1, end)
            if at not in inside and (at in self.words.breaks or (self.mended[at] in SPLITTERS and not self._links(at)))
        ][: MAX_SEGMENTS - 1]  # fmt: skip
        found = [self._segment(0, end)]
        bounds = [0, *cuts, end]
        if cuts:
            for start, stop in zip(bounds, bounds[1:], strict=False):
                first = start + 1 if self.mended[start] in SPLITTERS else start
                if stop > first:
                    found.append(self._segment(first, stop, found[0]))
        return found

    def _links(self, at: int) -> bool:
        """Whether the word joins two names ("this and that") rather than two questions."""
        return any(match.end == at for match in self.matches) and any(match.start == at + 1 for match in self.matches)

    def question(self, shown: str) -> Question:
        """The message as a question, decided."""
        topics, confidence = self._topics()
        ours = max(segment.chances.ours for segment in self.segments)
        whole = self.segments[0]
        entities, inherited = self._entities(topics)
        alternatives = self._alternatives(topics, confidence)
        decision = decide(
            confidence, ours, whole.evidence.named or self.guided, len(alternatives) + 1, self.context.clarified
        )
        self.notes.add("topics", f"{', '.join(topics)} ({confidence:.2f})")
        self.notes.add("entities", ", ".join(entities) + (" (from the conversation)" if inherited else ""))
        self.notes.add("decision", decision)
        kinds: dict[str, list[str]] = {"country": [], "background": [], "setting": []}
        for match in self.matches:
            named = match.named[0]
            if named.kind in kinds:
                kinds[named.kind].append(named.id)
        return Question(
            text=shown,
            decision=decision,
            topics=topics if decision != "unknown" else (),
            entities=entities if decision != "unknown" else (),
            confidence=confidence,
            alternatives=alternatives,
            spans=self._spans(topics),
            country=kinds["country"][0] if kinds["country"] else self.context.country,
            backgrounds=tuple(dict.fromkeys(kinds["background"])),
            setting=kinds["setting"][0] if kinds["setting"] else None,
            guides=self.guides,
            myth=self.house._myths.find(self.template, entities) if decision == "answer" else None,
            refusal=self._refusal() if decision == "unknown" else None,
            from_context=inherited,
            trace=tuple(self.notes.lines),
        )

    def _refusal(self) -> str | None:
        """The kind of message that is none of our business, where it clearly is of one."""
        scores, outside = self.segments[0].scores, self.learnt.recogniser.outside
        if not outside.any():
            return None
        best = int(np.where(outside, scores, -np.inf).argmax())
        clear = scores[best] >= REFUSE_FROM and scores[best] >= self.segments[0].evidence.score
        return self.house._classes[best].removeprefix(OUTSIDE) if clear else None

    def _topics(self) -> tuple[tuple[str, ...], float]:
        """What is asked, in the order asked, and how sure that is."""
        whole, *parts = self.segments
        if asks_nothing(whole.template):
            return self._only_names(whole)
        best = whole
        if whole.confidence < SECOND_FROM:
            best = max(
                (whole, *(part for part in parts if part.topic not in self.house._chat)),
                key=lambda part: part.confidence,
            )
        found = {best.topic: best.confidence}
        order = [best.topic]
        sure = [
            part for part in parts
            if part.confidence >= SECOND_FROM and not asks_nothing(part.template) and part.topic not in self.house._chat
        ]  # fmt: skip
        if sure:
            order = list(dict.fromkeys(part.topic for part in sure))
            if best.topic not in order and best.topic not in self.house._chat:
                order.insert(0, best.topic)
            for part in sure:
                found[part.topic] = max(part.confidence, found.get(part.topic, 0.0))
        order = order[:MAX_TOPICS]
        if (
            len(order) == 1
            and order[0] == best.topic
            and best.evidence.ahead < TIE
            and not best.topic in self.house._chat
            and best.second not in self.house._chat
        ):
            return (best.topic, best.second), best.chances.either
        return tuple(order), max(found[topic] for topic in order)

    def _only_names(self, whole: Segment) -> tuple[tuple[str, ...], float]:
        named = [match for match in self.matches if match.named[0].kind in ENTITY_KINDS]
        if not named and self.pointed is None:
            return (whole.topic,), whole.confidence
        compares = any(word in ("versus", "or") for word in self.mended)
        if compares or len({match.named[0].id for match in named}) > 1 and not self.leans:
            return (COMPARE,), 0.95
        if self.leans and self.context.topics:
            return self.context.topics[:MAX_TOPICS], 0.9
        kind = named[0].named[0].kind if named else None
        return (TERM_TOPIC if kind == "term" else DEFAULT_TOPIC,), 0.95

    def _entities(self, topics: Sequence[str]) -> tuple[tuple[str, ...], bool]:
        """What the answer is about, and whether that came from the conversation."""
        asked = [self.base.topics[name] for name in topics if name in self.base.topics]
        if not asked or all(topic.entities == "none" for topic in asked):
            return (), False
        lead = next(topic for topic in asked if topic.entities != "none")
        named = self._named(lead)
        if self.pointed and not named:
            return (self.pointed,), True
        inherited: tuple[str, ...] = ()
        if self.leans and self._lacks(lead, topics, named):
            inherited = tuple(
                thing for thing in inherited_entities(self.base, lead, self.context) if thing not in named
            )
        if inherited and self._starts_from_named():
            return (*named, *inherited), True
        if inherited or named:
            return (*inherited, *named), bool(inherited)
        return ((lead.default,) if lead.default in self.base.entities else ()), False

    def _lacks(self, lead: Topic, topics: Sequence[str], named: Sequence[str]) -> bool:
        """Whether the message leaves out something that the conversation may fill in."""
        if len(named) == 1 and (COMPARE in topics or self._starts_from_named()):
            return True
        return all(self.base.kinds[thing] == "term" for thing in named) and lead.kinds[0] != "term"

    def _starts_from_named(self) -> bool:
        return any(match.start and self.mended[match.start - 1] == "from" for match in self.matches)

    def _named(self, lead: Topic) -> tuple[str, ...]:
        """The entities named, of several of one name the one that suits the topic.

        Terms and degrees that nobody asks this about are only part of the wording.
        """
        found: list[str] = []
        for match in self.matches:
            entities = [named for named in match.named if named.kind in ENTITY_KINDS]
            if not entities:
                continue
            entities.sort(
                key=lambda named: lead.kinds.index(named.kind) if named.kind in lead.kinds else len(ENTITY_KINDS)
            )
            best = entities[0]
            if best.kind in lead.kinds or best.kind in ("role", "certification"):
                found.append(best.id)
        return tuple(dict.fromkeys(found))

    def _alternatives(self, topics: Sequence[str], confidence: float) -> tuple[Reading, ...]:
        """The next best readings, likeliest first."""
        whole = self.segments[0]
        top = whole.evidence.score
        found: list[Reading] = []
        for at in self.house._inside[np.argsort(-whole.scores[self.house._inside])]:
            name, score = self.house._classes[at], float(whole.scores[at])
            if score < top - CHOICE_WITHIN or len(found) >= MAX_CHOICES - 1:
                break
            if name in topics or name in self.house._chat:
                continue
            found.append(Reading((name,), self._entities((name,))[0], confidence * (1 - (top - score) / 2)))
        return tuple(found)

    def _spans(self, topics: Sequence[str]) -> tuple[Span, ...]:
        return tuple(
            Span(
                match.start, match.end, " ".join(self.words.tokens[match.start : match.end]),
                match.named[0].kind, match.named[0].id, match.score,
            )
            for match in self.matches
        )  # fmt: skip
