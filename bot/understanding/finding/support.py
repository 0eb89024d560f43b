"""Whether what was found answers: from that, and from whether the message is our business, the decision."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log, prod

from bot.understanding.finding.ranking import FILE
from bot.understanding.question import Asking, Question
from bot.understanding.reading import FOREIGN_KIND, SURELY_STEERS, UNREADABLE, MessageReading
from bot.understanding.signs import as_words
from bot.understanding.statements import Statement
from bot.understanding.subjects import COMPARE

ANSWER_FROM = 0.6  # chance that the statements answer, from which they are the answer
PLAIN_FROM = 0.64  # … and from which they are given as it: of those below, a strict reader found one in three wrong
NEAREST_FROM = 0.45  # … from which they are shown as the nearest that is known; below, as what a "don't know" has left
REFUSE_FROM = 0.6  # chance that a message is none of our business, from which it is told so …
NOT_OURS_FROM = -0.04  # … where what is none of our business is not much less like it than any statement
NEAR_BELOW = 0.3  # … and below which what is near is shown beside a "don't know"
CLEAR_FROM = 0.9  # chance of its topic from which a short question gets what the topic says where nothing is near
ASSESSMENT = "assessment"  # the topic that asks about the person: who names a thing asks about that
TOPIC_SURE = 0.4  # the confidence in what the topic says, at most: whether it says just that nobody looked
FEW, LETTERS = 7, 3  # words of a message that asks only what something is, and letters of what it asks about
SHORT, LONG = 14, 30  # words of a message that is one question, and of one that tells a story
# What is reported of a chance, on log-odds: people who were judged ask harder than the messages that it was learnt on,
# and where little was sure, the nearest was often enough.
SLOPE, LEVEL = 0.7, 0.4
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
        weighed, strange = self._weighed(question, askings, reading)
        sure = max((item.support for item in weighed), default=0.0)
        if reading.steers(question):
            if sure < NEAREST_FROM:
                named = ASSESSMENT in question.topics and reading.segments[0].evidence.named and not reading.casual
                return _unknown(question, None, sure) if named else _of_guide(question, reading)
            question = replace(question, topics=(), entities=(), alternatives=())
        strangest = max(weighed, key=lambda item: item.evidence.get("refused", -1.0), default=None)
        if reading.unreadable and strangest is not None and strangest.refusal != FOREIGN_KIND:
            return _unknown(question, UNREADABLE if UNREADABLE in reading.resources.base.out_of_scope else None, sure)
        signed = _signed(reading, askings)
        refused = next((kind for kind, always in signed.items() if always or sure < ANSWER_FROM), None)
        if refused is not None:
            return replace(_unknown(question, refused, sure), signed=True)
        if strangest is not None and strange >= REFUSE_FROM and strangest.evidence.get("refused", 0.0) >= NOT_OURS_FROM:
            kind = None if _of_short_form(reading) else question.refusal or strangest.refusal
            return replace(_unknown(question, kind, sure), signed=kind in signed)
        clear = question.decision == "answer" and question.confidence >= CLEAR_FROM and len(reading.mended) <= SHORT
        clear = clear and not reading.of_a_matter  # what a thing's topic says as a whole is no answer there
        leans = reading.subjects.elliptical and COMPARE not in question.topics
        likely = tuple(found for item in askings for found in item.found)
        # What the topic says, the likeliest first; where none of it says what else the words tell, it is no answer.
        said = not likely or any(item.says_it and is_of_topic(question, item.statement) for item in likely)
        if clear and said and sure < (ANSWER_FROM if leans else NEAREST_FROM):
            return replace(question, confidence=min(question.confidence, TOPIC_SURE), likely=likely)
        if sure < NEAREST_FROM:
            ours = weighed if strange < NEAR_BELOW else ()
            near = tuple(item for item in ours if item.found and item.found[0].speaks_of_it)
            return replace(_unknown(question, None, sure), askings=near, nearest=bool(near))
        best = max(weighed, key=lambda item: item.support).found[0].statement
        about, spoken_of = _about(question, best, reading)
        return replace(
            question,
            decision="answer",
            topics=question.topics or (best.topic,),
            entities=about,
            from_context=question.from_context or spoken_of,
            confidence=prod(item.support for item in weighed),  # that every part of it is answered
            alternatives=(),
            refusal=None,
            nearest=sure < PLAIN_FROM,
            askings=weighed,
        )

    def of_topic(self, question: Question, askings: Sequence[Asking], reading: MessageReading) -> Question:
        """A question for a topic as a whole with the likeliest that it says; where that hardly answers what more its
        words say ("… be good at math"), it is not sure that the topic does.
        """
        weighed, _ = self._weighed(question, askings, reading)
        sure = max((item.support for item in weighed), default=0.0)
        confidence = question.confidence if sure >= NEAREST_FROM else min(question.confidence, TOPIC_SURE)
        likely = tuple(found for item in weighed for found in item.found)
        return replace(question, confidence=confidence, likely=likely)

    def _weighed(
        self, question: Question, askings: Sequence[Asking], reading: MessageReading
    ) -> tuple[tuple[Asking, ...], float]:
        """The questions with the chance that each is ours and answered, and the chance that the message is not ours.

        Of a short message's two questions each is judged by itself, and the one that is ours counts; of a longer one
        that which is least like ours counts for all of them.
        """
        told = of_message(question, reading, len(askings))
        seen = [{**item.evidence, **told} for item in askings]
        chances = [self.chance(item) for item in seen]
        if len(reading.mended) > SHORT and seen:
            strangest = max(seen, key=lambda item: item.get("refused", -1.0))
            strange = [self.strange(strangest, max(chances))] * len(seen)
        else:
            strange = [self.strange(item, chance) for item, chance in zip(seen, chances, strict=True)]
        weighed = tuple(
            replace(item, support=chance * (1 - other))
            for item, chance, other in zip(askings, chances, strange, strict=True)
        )
        return weighed, min(strange, default=0.0)


def _about(question: Question, best: Statement, reading: MessageReading) -> tuple[tuple[str, ...], bool]:
    """What a question is about where it names nothing: what was spoken of, if that is among what the best statement is
    about, or else the first of this; and whether it was spoken of.
    """
    if question.entities or not (best.owner or best.guide or best.myth):
        return question.entities, False
    leans = reading.subjects.elliptical and not reading.subjects.named_kinds()
    spoken_of = next((item for item in reading.context.entities if leans and item in best.entities), None)
    return ((spoken_of,), True) if spoken_of is not None else (best.entities[:1], False)


def is_of_topic(question: Question, item: Statement) -> bool:
    """Whether a statement is one of those that the topic asked about says of what it is asked about."""
    here = item.guide in (None, *question.guides) and item.owner in (None, *question.entities)
    return here and item.topic in question.topics


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
    asking = as_words(" ".join(item.text for item in askings))
    whole = as_words(" ".join(reading.words.literal)) if len(reading.mended) <= LONG else asking
    return reading.resources.signs.of(whole, asking)


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
