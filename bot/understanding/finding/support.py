"""Whether what was found answers: from that, and from whether the message is our business, the decision."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp

from bot.understanding.finding.ranking import FILE
from bot.understanding.question import Asking, Question
from bot.understanding.reading import SURELY_STEERS, MessageReading

ANSWER_FROM = 0.55  # chance that the statements answer, from which they are the answer
NEAREST_FROM = 0.3  # … from which they are shown as the nearest that is known; below, as what a "don't know" has left
REFUSE_BELOW = 0.3  # the chance that it is answered from which no message is refused
REFUSE_FROM = 0.13  # how much nearer than any statement (a cosine) a message of a kind that is not for us must be …
REFUSE_UNKNOWN_FROM = 0.04  # … where the recogniser does not take it for ours either …
REFUSE_AGREED_FROM = -0.15  # … and takes it for the same kind
TOPIC_BELOW = 0.35  # the chance below which a short question whose topic is clear gets what the topic says …
CLEAR_FROM = 0.9  # … and the chance of that topic from which it gets it wherever the statements are only the nearest
SHORT = 14  # words
SURE_OF_SHARE = 30.0


@dataclass(frozen=True)
class Support:
    """A logistic regression learnt from answers judged right and wrong: weights by the name of what they weigh."""

    weights: Mapping[str, float]

    @classmethod
    def load(cls) -> Support:
        """The weights that come with the package."""
        return cls(json.loads(FILE.read_text("utf-8"))["support"])

    def chance(self, seen: Mapping[str, float]) -> float:
        """The chance that an answer is right, 0..1."""
        total = self.weights.get("constant", 0.0)
        total += sum(weight * seen.get(name, 0.0) for name, weight in self.weights.items())
        return 1 / (1 + exp(-max(-SURE_OF_SHARE, min(SURE_OF_SHARE, total))))

    def decided(self, question: Question, askings: Sequence[Asking], reading: MessageReading) -> Question:
        """The question decided by how well the statements found for it answer."""
        told = of_message(question, reading, len(askings))
        weighed = tuple(replace(item, support=self.chance({**item.evidence, **told})) for item in askings)
        sure = max((item.support for item in weighed), default=0.0)
        if reading.steers(question):
            surely = ANSWER_FROM if question.confidence >= ANSWER_FROM and not question.guides else NEAREST_FROM
            if sure < surely:
                return _of_guide(question, reading)
            question = replace(question, topics=(), entities=(), alternatives=())
        refused = next(
            (item.refusal for item in weighed if item.evidence.get("refused", 0.0) >= _bar(question, item)), None
        )
        if refused is not None and sure < REFUSE_BELOW:
            return _unknown(question, question.refusal or refused, sure)
        below = ANSWER_FROM if question.confidence >= CLEAR_FROM else TOPIC_BELOW
        if sure < below and question.decision == "answer" and len(reading.mended) <= SHORT:
            # What the topic says, the likeliest first.
            likely = tuple(found for item in askings for found in item.found)
            return replace(question, confidence=min(question.confidence, ANSWER_FROM), likely=likely)
        if sure < NEAREST_FROM:
            return replace(_unknown(question, None, sure), askings=weighed, nearest=True)
        best = max(weighed, key=lambda item: item.support).found[0].statement
        return replace(
            question,
            decision="answer",
            topics=question.topics or (best.topic,),
            entities=question.entities or best.entities[:1],
            confidence=sure,
            alternatives=(),
            refusal=None,
            nearest=sure < ANSWER_FROM,
            askings=weighed,
        )


def of_message(question: Question, reading: MessageReading, parts: int) -> dict[str, float]:
    """What the message as a whole tells of whether it is answered."""
    whole = reading.segments[0]
    return {
        "ours": max(segment.chances.ours for segment in reading.segments),
        "best": max(segment.chances.best for segment in reading.segments),
        "strangers": min(whole.evidence.strangers, 3.0),
        "words": min(len(reading.mended), 60) / 20,
        "parts": float(parts - 1),
        "any_named": float(whole.evidence.named),
        "leans": float(reading.subjects.leans),
        "foreign": float(question.refusal is not None),
    }


def _of_guide(question: Question, reading: MessageReading) -> Question:
    """What is not sure to steer the conversation and uses words of a guide asks what that guide says first."""
    if not question.guides or question.confidence >= SURELY_STEERS:
        return question
    first = next(iter(reading.house.base.guides[question.guides[0]].facts))
    return replace(question, decision="answer", topics=(first,), entities=(), alternatives=())


def _bar(question: Question, item: Asking) -> float:
    """How much nearer than any statement a message must be that is refused."""
    if question.decision != "unknown":
        return REFUSE_FROM
    return REFUSE_AGREED_FROM if question.refusal == item.refusal else REFUSE_UNKNOWN_FROM


def _unknown(question: Question, refusal: str | None, sure: float) -> Question:
    return replace(
        question, decision="unknown", topics=(), entities=(), confidence=sure, alternatives=(), refusal=refusal
    )
