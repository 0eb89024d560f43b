"""Whether what was found answers: from that, and from whether the message is our business, the decision."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import exp, log

from bot.understanding.context import SHORT_MEMORY
from bot.understanding.finding.ranking import FILE
from bot.understanding.normalise import normalise
from bot.understanding.question import Asking, FoundStatement, Question
from bot.understanding.reading import SURELY_STEERS, MessageReading
from bot.understanding.subjects import COMPARE

ANSWER_FROM = 0.55  # chance that the statements answer, from which they are the answer
NEAREST_FROM = 0.33  # … from which they are shown as the nearest that is known; below, as what a "don't know" has left
NEAREST_LEANING = 0.40  # … and where the message leans on the talk: much of it was never said
# Chance that a message is none of our business, from which it is refused: a short one that names nothing of ours, …
REFUSE_FROM = 0.08
REFUSE_NAMED = 0.12  # … one that names something, …
REFUSE_STORY = 0.15  # … a longer one (nobody tells a stranger's bot a story that is not for it), …
REFUSE_TALKING = 0.2  # … one in the middle of a talk, or with an answer likely enough, …
REFUSE_LEANING = 0.35  # … and one that leans on what was just said and that something answers.
REFUSE_HARDLY = 0.5  # One that leans on what was just said, and hardly anything answers.
REFUSE_SIGNLESS = 0.35  # One of a kind that has signs, without any of them, and with an answer that may do.
REFUSE_SURELY = 0.5  # From here it is told that it is none of our business; below, that nothing was found on it.
REFUSE_TAUGHT = 0.2  # … or of a kind of which it is also told what only sounds like it.
REFUSE_OURS = 0.35  # One that sounds more like what is ours than like what is not.
OURS_BY = 0.1  # … by this much of a cosine
NEARER_BY = 0.2  # of a cosine, by which a message is far nearer to a statement than to what is not ours …
NEARER_LIKELY = 0.1  # … and where something is found that may answer it
LIKELY_ENOUGH = 0.5
SIGNED_BELOW = 0.6  # chance of an answer below which a sign of a kind that is not for us refuses
LIKE, COVERED = 0.45, 0.35  # a cosine, and a share of the question's words, from which what hardly answers is near
CLEAR_FROM = 0.9  # chance of its topic from which a short question gets what the topic says where nothing is near
TOPIC_SURE = 0.5  # the confidence in what the topic says, at most: whether it says just that nobody looked
FEW, LETTERS = 7, 3  # words of a message that asks only what something is, and letters of what it asks about
SHORT, LONG = 14, 30  # words of a message that is one question, and of one that tells a story
# What is reported of a chance, on log-odds: people who were judged ask harder than the messages that it was learnt on,
# and where little was sure, the nearest was often enough.
SLOPE, LEVEL = 0.4, 0.4
SURE_OF_SHARE = 30.0
TINY = 1e-6


@dataclass(frozen=True)
class Support:
    """Logistic regressions learnt from answers judged right and wrong: weights by the name of what they weigh.

    `refusal` tells messages that are none of our business.
    """

    weights: Mapping[str, float]
    refusal: Mapping[str, float]

    @classmethod
    def load(cls) -> Support:
        """The weights that come with the package."""
        data = json.loads(FILE.read_text("utf-8"))
        return cls(data["support"], data["refusal"])

    def chance(self, seen: Mapping[str, float]) -> float:
        """The chance that an answer is right, 0..1."""
        return _logistic(self.weights, seen)

    def strange(self, seen: Mapping[str, float], sure: float) -> float:
        """The chance that a message is none of our business, 0..1; `sure`: that an answer is right."""
        sure = max(TINY, min(sure, 1 - TINY))
        return _logistic(self.refusal, {**seen, "sure": log(sure / (1 - sure))})

    def decided(self, question: Question, askings: Sequence[Asking], reading: MessageReading) -> Question:
        """The question decided by how well the statements found for it answer."""
        told = of_message(question, reading, len(askings))
        weighed = tuple(replace(item, support=self.chance({**item.evidence, **told})) for item in askings)
        sure = max((item.support for item in weighed), default=0.0)
        if reading.steers(question):
            surely = NEAREST_FROM
            if sure < surely:
                return _of_guide(question, reading)
            question = replace(question, topics=(), entities=(), alternatives=())
        strangest = max(weighed, key=lambda item: item.evidence.get("refused", -1.0), default=None)
        signed = _signed(reading, askings)
        refused = next((kind for kind, always in signed.items() if always or sure < SIGNED_BELOW), None)
        if refused is not None:
            return replace(_unknown(question, refused, sure), signed=True)
        # Of a short message's two questions the one that is ours is answered.
        others = weighed if len(reading.mended) <= SHORT else ()
        if strangest is not None and all(
            self._refuses(item, told, reading, item.support if others else sure) for item in others or (strangest,)
        ):
            kind = question.refusal or strangest.refusal
            if kind not in signed and self._hardly(strangest, told, reading, kind, sure):
                kind = None
            return replace(_unknown(question, kind, sure), signed=kind in signed)
        clear = question.decision == "answer" and question.confidence >= CLEAR_FROM
        bar = ANSWER_FROM if reading.subjects.elliptical and COMPARE not in question.topics else NEAREST_FROM
        if sure < bar and clear and len(reading.mended) <= SHORT:
            # What the topic says, the likeliest first.
            likely = tuple(found for item in askings for found in item.found)
            return replace(question, confidence=min(question.confidence, TOPIC_SURE), likely=likely)
        if sure < (NEAREST_LEANING if reading.subjects.elliptical else NEAREST_FROM):
            near = tuple(item for item in weighed if item.found and _is_near(item.found[0]))
            return replace(_unknown(question, None, sure), askings=near, nearest=bool(near))
        best = max(weighed, key=lambda item: item.support).found[0].statement
        return replace(
            question,
            decision="answer",
            topics=question.topics or (best.topic,),
            entities=question.entities or (best.entities[:1] if best.owner or best.guide or best.myth else ()),
            confidence=sure,
            alternatives=(),
            refusal=None,
            nearest=sure < ANSWER_FROM,
            askings=weighed,
        )

    def _hardly(
        self, asking: Asking, told: Mapping[str, float], reading: MessageReading, kind: str | None, sure: float
    ) -> bool:
        """Whether what is refused may be ours all the same, and nothing was found on it: an abbreviation, say."""
        known = reading.resources.base.out_of_scope.get(kind or "")
        taught = known is not None and bool(known.signs or known.hints)
        likely = self.strange({**asking.evidence, **told}, sure) >= REFUSE_SURELY
        return _of_short_form(reading) or not (taught or likely)

    def _refuses(self, asking: Asking, told: Mapping[str, float], reading: MessageReading, sure: float) -> bool:
        """Whether a message is none of our business by what it is like."""
        if reading.casual:  # what names something of ours only by an ordinary word is seldom ours
            return self.strange({**asking.evidence, **told}, sure) >= _bar(reading, asking.refusal, sure)
        plainly_ours = {**asking.evidence, **told, "foreign": 0.0}
        if asking.evidence.get("like_ours", 0.0) >= OURS_BY:
            return self.strange(plainly_ours, sure) >= REFUSE_OURS
        found = sure >= ANSWER_FROM
        bar = max(_bar(reading, asking.refusal, sure), REFUSE_OURS if found else 0.0)
        kind = reading.resources.base.out_of_scope.get(asking.refusal or "")
        taught = kind is not None and bool(kind.ours) and sure < SIGNED_BELOW and not reading.subjects.elliptical
        if taught and asking.evidence.get("refused", 0.0) >= 0 and asking.evidence.get("like_ours", 0.0) <= -OURS_BY:
            bar = REFUSE_FROM  # nearer to its kind than to all that is ours
        likely = sure >= NEAREST_FROM
        if asking.evidence.get("refused", 0.0) <= -(NEARER_LIKELY if likely else NEARER_BY):
            return self.strange(plainly_ours, sure) >= bar
        return self.strange({**asking.evidence, **told}, sure) >= bar


def _bar(reading: MessageReading, kind: str | None, sure: float) -> float:
    """How surely a message must be none of our business to be refused: the more of it is ours, the more."""
    if reading.subjects.elliptical:
        return REFUSE_LEANING if sure >= ANSWER_FROM else REFUSE_HARDLY
    talking = bool(reading.context.asked) and reading.context.age <= SHORT_MEMORY
    named = reading.segments[0].evidence.named
    known = reading.resources.base.out_of_scope.get(kind or "")
    if known is not None and known.signs and sure >= NEAREST_FROM:  # none of its signs is there
        return REFUSE_TAUGHT if known.ours else REFUSE_SIGNLESS
    if not (talking or named or len(reading.mended) > SHORT):
        return REFUSE_FROM
    if talking or sure >= LIKELY_ENOUGH:
        return REFUSE_TALKING
    return REFUSE_NAMED if named else REFUSE_STORY


def _is_near(item: FoundStatement) -> bool:
    """Whether a statement is worth showing as the nearest that is known, though it hardly answers."""
    return item.like >= LIKE or item.covered >= COVERED


def _of_short_form(reading: MessageReading) -> bool:
    """Whether a short message asks of an abbreviation that is not known here: it may be one of the field."""
    words = reading.words
    named = {at for match in reading.matches for at in range(match.start, match.end)}
    unknown = [at for at in words.capitals if at not in named and len(words.tokens[at]) >= LETTERS]
    return bool(unknown) and len(words.tokens) <= FEW


def _signed(reading: MessageReading, askings: Sequence[Asking]) -> dict[str, bool]:
    """The kinds of messages that are none of our business whose signs stand in what is asked, and whether these refuse
    whatever is found.
    """
    asking = _as_words(" ".join(item.text for item in askings))
    whole = _as_words(" ".join(reading.words.literal)) if len(reading.mended) <= LONG else asking
    kinds = reading.resources.base.out_of_scope
    signed = {
        kind: record.always for kind, record in kinds.items() if any(sign in whole for sign in _spaced(record.signs))
    }
    hinted = {kind: False for kind, record in kinds.items() if any(hint in asking for hint in _spaced(record.hints))}
    return {**hinted, **signed}


def _as_words(text: str) -> str:
    return f" {' '.join(normalise(text).tokens)} "


@lru_cache(maxsize=64)
def _spaced(signs: tuple[str, ...]) -> tuple[str, ...]:
    """Phrases as they stand in a message whose words are set apart by single spaces."""
    return tuple(_as_words(sign) for sign in signs)


def reported(sure: float) -> float:
    """The confidence that is told with an answer of which we are `sure`: how often such answers were right."""
    if sure >= 1:  # a button says just what is meant
        return 1.0
    sure = max(TINY, min(sure, 1 - TINY))
    return round(1 / (1 + exp(-LEVEL - SLOPE * log(sure / (1 - sure)))), 3)


def of_message(question: Question, reading: MessageReading, parts: int) -> dict[str, float]:
    """What the message as a whole tells of whether it is answered."""
    whole = reading.segments[0]
    return {
        "ours": max(segment.chances.ours for segment in reading.segments),
        "best": max(segment.chances.best for segment in reading.segments),
        "out_of_vocabulary": min(whole.evidence.out_of_vocabulary, 3.0),
        "words": min(len(reading.mended), 60) / 20,
        "parts": float(parts - 1),
        "any_named": float(whole.evidence.named),
        "elliptical": float(reading.subjects.elliptical),
        "foreign": float(question.refusal is not None),
    }


def _of_guide(question: Question, reading: MessageReading) -> Question:
    """What is not sure to steer the conversation and uses words of a guide asks what that guide says first."""
    if not question.guides or question.confidence >= SURELY_STEERS:
        return question
    first = next(iter(reading.resources.base.guides[question.guides[0]].facts))
    return replace(question, decision="answer", topics=(first,), entities=(), alternatives=())


def _logistic(weights: Mapping[str, float], seen: Mapping[str, float]) -> float:
    total = weights.get("constant", 0.0) + sum(weight * seen.get(name, 0.0) for name, weight in weights.items())
    return 1 / (1 + exp(-max(-SURE_OF_SHARE, min(SURE_OF_SHARE, total))))


def _unknown(question: Question, refusal: str | None, sure: float) -> Question:
    return replace(
        question, decision="unknown", topics=(), entities=(), confidence=sure, alternatives=(), refusal=refusal
    )
