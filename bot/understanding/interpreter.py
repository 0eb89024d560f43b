"""Text and context → a `Question`. Every turn starts at the top; each stage can say why."""

from __future__ import annotations

from dataclasses import replace

from bot.knowledge.base import KnowledgeBase
from bot.understanding.context import ONE, SHORT_MEMORY
from bot.understanding.courtesies import CourtesyReader
from bot.understanding.finding import asking
from bot.understanding.finding.finder import Finder
from bot.understanding.finding.support import TOPIC_SURE, Support, is_of_topic
from bot.understanding.invented import Invented
from bot.understanding.learning import learn
from bot.understanding.myths import Myths
from bot.understanding.normalise import normalise
from bot.understanding.question import Context, Question
from bot.understanding.reader.reader import Reader
from bot.understanding.reading import MessageReading
from bot.understanding.segments import Resources, Segment
from bot.understanding.statements import Statement
from bot.understanding.subjects import COMPARE
from bot.understanding.swapping import (
    BARE,
    completed_text,
    of_matter,
    pointed,
    put_right,
    swapped,
    without_said,
    without_talk,
)

AMOUNT = 2  # words: a number and its unit
SHOWN_SCORES = 6
LEANING = 7  # words of a question that points back to what was asked before
# Share of belief from which a sentence on what was asked before, or on what is asked now, is what it asks for.
OF_BEFORE, SURELY_OF_BEFORE = 0.35, 0.6
SURELY_ELSEWHERE = 0.75  # share of belief from which a sentence that stands elsewhere goes before what the topic says
STANDS_OUT = 0.15  # … and from which one of its own is what is asked
NEAR_BEHIND = 0.8  # chance of an answer to both questions from which the nearest to what leans on the first is shown
BY_NAME = 0.8  # confidence from which a question with the name that it leaves out is answered, where its topic is known
MADE_UP = 0.3  # confidence, at most, where what is asked about is not known by its name
NO_CONTEXT = Context()


class Interpreter:
    """Understands messages about one knowledge base. Never changes after construction: safe to share."""

    def __init__(self, base: KnowledgeBase) -> None:
        learnt = learn(base)
        self._resources = Resources(base, learnt, Myths(base, learnt))
        self._finder = Finder(base)
        self._support = Support.load()
        self._currency = base.field.currency
        self._invented = Invented(base.language)
        self.courtesies = CourtesyReader(base.language.courtesies, base.language.asks)
        self.reader = Reader(base, self.mend)

    def mend(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The words with slips of the fingers mended, one for one."""
        return self._resources.learnt.speller.mend(words)

    def interpret(self, text: str, context: Context = NO_CONTEXT) -> Question:
        """What `text` asks, with what it leaves out taken from `context`. Never fails."""
        return self._read(text, context)[0]

    def explain(self, text: str, context: Context = NO_CONTEXT) -> dict[str, object]:
        """The stages, spans, scores and reasons behind `interpret`, ready for JSON."""
        question, reading = self._read(text, context)
        return {
            "text": question.text,
            "words": list(reading.words.tokens) if reading else [],
            "mended": list(reading.mended) if reading else [],
            "spans": [
                {"text": span.text, "kind": span.kind, "id": span.id, "score": round(span.score, 1)}
                for span in question.spans
            ],
            "segments": [self._shown(segment) for segment in reading.segments] if reading else [],
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
            "setting": question.setting,
            "guides": list(question.guides),
            "myth": question.myth,
            "refusal": question.refusal,
            "from_context": question.from_context,
            "statements": [
                {
                    "asked": part.text,
                    "support": round(part.support, 3),
                    "id": item.statement.id,
                    "weight": round(item.weight, 3),
                    "text": item.statement.text,
                }
                for part in question.askings
                for item in part.found[:SHOWN_SCORES]
            ],
            "why": list(question.trace),
        }

    def _read(self, text: str, context: Context) -> tuple[Question, MessageReading | None]:
        shown = self.courtesies.bare(text).strip()
        words = normalise(shown)
        if not words.tokens:
            return Question(shown, "unknown", trace=("words: none",)), None
        mended = self._resources.learnt.speller.mend(words.tokens)
        matches, guides = self._resources.learnt.lexicon.find_all(words, mended)
        knows = self._resources.learnt.speller.knows
        others = self._invented.lengthened(words, [*matches, *guides], knows)
        matches = [match for match in matches if match not in others]
        reading = MessageReading(self._resources, words, mended, matches, guides, context)
        asked = reading.asked_words
        made_up = [match.start for match in others if match.start in asked]
        reading.made_up = tuple(made_up or self._invented.codes(words, [*matches, *guides], asked, knows))
        if reading.placed:
            reading.at_home, reading.apart = self.reader.places(text)
        question = reading.question(shown)
        if (instead := self._of_another(shown, reading)) is not None:
            return instead, reading
        found = self._leaning(self._found(question, reading), reading)
        return asking.with_parts(reading, found, self.reader.clauses), reading

    def _found(self, question: Question, reading: MessageReading) -> Question:
        """The question with the statements that may answer it, and decided anew by how well they do."""
        if reading.near or _an_amount_alone(question, reading):  # what a slip may have meant is asked, never guessed
            return question
        if reading.made_up:  # what is like something of ours is said not to be known, not answered as that
            nothing = replace(
                question, decision="unknown", topics=(), entities=(), alternatives=(), myth=None, refusal=None
            )
            return replace(nothing, confidence=min(question.confidence, MADE_UP), from_context=False)
        of_before = self._of_before(question, reading)
        if of_before is not None and asking.COST not in of_before.topics:
            return of_before
        if asking.COST in question.topics and (text := of_matter(reading)) is not None:
            of_matter_asked, _ = self._read(text, without_talk(reading.context))
            return replace(
                of_matter_asked, text=question.text, full=text, spans=question.spans, from_context=True, apart=()
            )
        if of_before is not None:
            return self._by_name(of_before, reading)
        if reading.asks_topic(question):
            return self._by_name(self._with_likely(question, reading), reading)
        askings = self._finder.find(asking.questions(reading, question, self.reader.clauses))
        decided = self._by_name(self._support.decided(question, askings, reading), reading)
        return self._beside_before(decided, reading)

    def _beside_before(self, question: Question, reading: MessageReading) -> Question:
        """A short question that by itself is not understood, with the nearest to it behind the one before; the sentence
        that was just given is not that.
        """
        context, subjects = reading.context, reading.subjects
        leans = subjects.elliptical and not subjects.named_kinds() and len(reading.mended) <= LEANING
        if not leans or question.decision != "unknown" or question.refusal is not None or context.age > SHORT_MEMORY:
            return question
        if context.told and (behind_told := self._behind_told(question, reading)) is not None:
            return behind_told
        if not context.asked or not context.topics:
            return question
        asked = replace(question, decision="answer", topics=context.topics[:1], entities=context.entities[:1])
        found = self._finder.find((replace(asking.joined(reading, asked), said=context.shown),))
        decided = self._support.decided(asked, found, reading)
        again = any(item.again for item in found)
        if again or decided.decision != "answer" or decided.confidence < NEAR_BEHIND:
            return question
        return replace(question, askings=decided.askings, nearest=True)

    def _behind_told(self, question: Question, reading: MessageReading) -> Question | None:
        """A short question as one message with what was told just before ("… / now what"); None where nothing surely
        answers that.
        """
        text = f"{reading.context.told.rstrip(' .!')}. {question.text}"
        found, _ = self._read(text, without_talk(reading.context))
        if found.decision != "answer" or found.nearest:
            return None
        return replace(found, text=question.text, full=text, spans=question.spans, from_context=True, apart=())

    def _by_name(self, question: Question, reading: MessageReading) -> Question:
        """A short question that leans on the talk as it is answered with the name of what it leaves out, where without
        that the sentence just given comes first again, or little more than the topic is known.
        """
        subjects, context = reading.subjects, reading.context
        meant = question.entities or reading.context.entities[:1]
        leans = subjects.elliptical and not subjects.named_kinds() and len(reading.mended) <= LEANING
        again = any(item.again for item in question.askings) and not question.nearest
        vague = question.nearest or (bool(question.likely) and question.confidence <= TOPIC_SURE)
        thing = self._resources.base.entities.get(meant[0]) if len(meant) == 1 else None
        if not leans or thing is None or not (again or vague) or question.decision != "answer":
            return question
        text = asking.with_name(question.text, thing.short)
        named, _ = self._read(text, without_talk(context))
        # What is nearest by its name is nearer than another sentence of what was just told.
        stays = again and question.topics[:1] == context.topics[:1]
        surely = named.decision == "answer" and (stays or not named.nearest)
        if not surely or _first(named) == context.shown:
            return question
        if vague and (named.confidence < BY_NAME or named.topics[:1] != question.topics[:1]):
            return question
        return replace(named, text=question.text, full=text, spans=question.spans, from_context=True, apart=())

    def _of_another(self, shown: str, reading: MessageReading) -> Question | None:
        """The question before, asked of what the message names or says it meant and says no more of, or the message
        with the name of what it points at; None where that is not known.
        """
        meant, points = put_right(reading, shown), pointed(reading)
        text = meant or points or swapped(reading)
        if text is None:
            return None
        talk = reading.context if points and not meant else without_talk(reading.context)
        question, _ = self._read(text, talk)
        question = without_said(question, reading.context.shown) if meant else question
        if question.decision != "answer" and not question.nearest:
            return None
        spans = reading.question(shown).spans
        return replace(question, text=shown, full=text, spans=spans, from_context=True, apart=())

    def _leaning(self, question: Question, reading: MessageReading) -> Question:
        """The question with what it leaves out, for the next one to lean on."""
        if not question.from_context:
            return question
        named = {span.id for span in question.spans}
        entities = self._resources.base.entities
        names = [entities[item].short for item in question.entities if item not in named and item in entities]
        return replace(question, full=completed_text(question.text, names))

    def _of_before(self, question: Question, reading: MessageReading) -> Question | None:
        """What a short question that points back asks of just what was asked before ("what does that cost", of a
        renewal and not of the thing that is renewed); None where it asks of the thing. "They" are people or things.
        """
        context, words = reading.context, reading.mended
        leans = reading.subjects.elliptical and not reading.subjects.named_kinds()
        points = not ONE.isdisjoint(words)
        leans = leans and (points or len(words) <= BARE)
        if not (leans and len(words) <= LEANING and context.asked and context.age <= SHORT_MEMORY):
            return None
        if question.decision != "answer" or not context.topics or question.topics[:1] in ((), context.topics[:1]):
            return None
        found = self._finder.find((asking.joined(reading, question),))
        first = next((item for asked in found for item in asked.found), None)
        topic = first.statement.topic if first is not None else ""
        bar = OF_BEFORE if topic in context.topics else SURELY_OF_BEFORE if topic in question.topics else 1.0
        if not points:  # "how much", of what was asked before, is its price and nothing else of it
            priced = asking.COST in question.topics and first is not None and self._currency in first.statement.text
            bar = OF_BEFORE if topic in question.topics or priced else 1.0
        if first is None or first.weight < bar:
            return None
        decided = self._support.decided(replace(question, topics=(topic,)), found, reading)
        surely = decided.decision == "answer" and not decided.nearest and not decided.likely
        return decided if surely else None

    def _with_likely(self, question: Question, reading: MessageReading) -> Question:
        """A question for a topic as a whole; where its words say more than that, with the likeliest of what it says.

        Where a sentence that stands elsewhere (a guide's) surely is what is asked, just that is answered.
        """
        if not reading.says_more or reading.steers(question) or question.decision != "answer":
            return question
        found = self._finder.find((asking.whole(reading, question),))
        likely = tuple(item for asked in found for item in asked.found)
        own = [item for item in likely if is_of_topic(question, item.statement)]
        stands_out = any(item.weight >= STANDS_OUT for item in own)
        if likely and _stands_elsewhere(question, likely[0].statement):
            surely = likely[0].weight >= SURELY_ELSEWHERE or not stands_out
            decided = self._support.decided(question, found, reading) if surely else question
            if decided.decision == "answer" and decided.askings and not decided.nearest:
                return decided
        knows = reading.resources.learnt.speller.knows
        strange = any(word.isalpha() and not knows(word) for word in reading.mended)  # it asks of what has no name here
        if strange and not reading.segments[0].evidence.named and not any(item.says_it for item in own):
            return self._support.decided(question, found, reading)
        return self._support.of_topic(question, found, reading)

    def _shown(self, segment: Segment) -> dict[str, object]:
        seen, chances = segment.evidence, segment.chances
        return {
            "template": " ".join(segment.template),
            "scores": {name: round(score, 3) for name, score in self._resources.ranking(segment.scores)[:SHOWN_SCORES]},
            "topic": segment.topic,
            "second": segment.second,
            "ahead": round(seen.ahead, 3),
            "inside": round(seen.inside, 3),
            "named": seen.named,
            "strange": round(seen.strange, 3),
            "chance_ours": round(chances.ours, 3),
            "chance_topic": round(chances.best, 3),
            "chance_either": round(chances.either, 3),
        }


def _first(question: Question) -> str:
    """The id of the statement that is likeliest to answer."""
    found = (*question.likely, *(item for asked in question.askings for item in asked.found))
    return next((item.statement.id for item in found), "")


def _stands_elsewhere(question: Question, statement: Statement) -> bool:
    """Whether a sentence is of a guide, the market or another topic, not of the topic of the entity that is asked.

    What stands in the file of another entity is about that one.
    """
    if COMPARE in question.topics:
        return False
    return statement.owner is None or (statement.owner in question.entities and statement.topic not in question.topics)


def _an_amount_alone(question: Question, reading: MessageReading) -> bool:
    """Whether a message is a number with its unit and asks nothing: it answers a question that is no longer asked."""
    words = reading.mended
    return question.decision != "answer" and len(words) <= AMOUNT and any(word.isdecimal() for word in words)
