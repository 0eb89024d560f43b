"""The reading of one message, stage by stage: its parts, their topics, its subjects, the decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from bot.understanding.context import asks_nothing, pointed_at, points_back, remembers
from bot.understanding.decision import (
    CHOICE_WITHIN,
    ELLIPTICAL,
    GUIDED,
    MAX_CHOICES,
    NAMED,
    TIE,
    UNNAMED,
    Thresholds,
    decide,
)
from bot.understanding.entities import ENTITY_KINDS, Match, not_meant
from bot.understanding.features import MARKS
from bot.understanding.normalise import MessageWords, foreign_share
from bot.understanding.question import Context, Question, Reading, Span
from bot.understanding.segments import SECOND_FROM, Resources, Segment, Segments
from bot.understanding.statements import guide_file
from bot.understanding.subjects import COMPARE, Subjects
from bot.understanding.template import essence
from bot.understanding.topics import OUTSIDE

MAX_TOPICS = 3
FUNCTION = frozenset({
    "what", "which", "when", "where", "does", "have", "with", "that", "this", "from", "will", "would", "should",
    "could", "there", "they", "them", "your", "many", "much", "need", "want", "know", "like", "some", "also", "been",
    "about", "than", "then", "just", "more", "most", "take", "make", "into", "only", "free",
})  # fmt: skip
CHOOSERS = frozenset(("versus", "or"))
DENIED = 4  # words before somebody's background within which it is denied
REFUSE_FROM = -0.3  # score of a kind of message that is none of our business, from which it is named
BARE_NAME, BARE_FOLLOW_UP = 0.95, 0.9  # confidence in a message that only names something
FOREIGN, FOREIGN_KIND = 0.4, "other_language"  # share of letters of another script, from which it is another language
UNREADABLE = "gibberish"  # the kind of messages none of whose words is one
SURELY_STEERS = 0.8  # confidence in a topic that steers the conversation, from which no statement is looked for
CLAIMED = 0.9  # confidence in a message that repeats a known claim nearly word for word
DEFAULT_TOPIC, TERM_TOPIC = "overview", "definition"  # what is asked by only naming something


@dataclass
class MessageReading:
    """One message being read; `told` are the words of guides in it, `notes` say what each stage found,
    `near` is what an unknown word one slip from abbreviations may have meant, once the question is decided.
    Where places are named, `at_home` is the country that somebody tells they are in, and `apart` are those that are
    only other people's, or not meant. `made_up` are the words that name something like ours that is not known.
    """

    resources: Resources
    words: MessageWords
    mended: tuple[str, ...]
    matches: list[Match]
    told: list[Match]
    context: Context
    notes: list[str] = field(default_factory=list)
    near: tuple[Reading, ...] = ()
    at_home: str | None = None
    apart: frozenset[str] = frozenset()
    made_up: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        learnt, context = self.resources.learnt, self.context
        self.template = learnt.templates.of(self.mended, self.matches)
        every, verdicts = self.matches, self.resources.base.verdicts
        denied = not_meant(self.mended, every, verdicts.denying, verdicts.asked_why)
        self.matches = [match for match in every if match not in denied]
        self.denied = frozenset(at for match, start in denied.items() for at in range(start, match.end))
        elliptical = remembers(self.mended, context)
        pointed = pointed_at(self.mended, self.words.breaks, context, self.resources.small) if elliptical else None
        self.pointed = pointed if pointed in self.resources.base.entities else None
        kinds = self.resources.base.kinds
        spoken_of = context.entities if elliptical else ()
        left_out_kind = next((kinds[thing] for thing in spoken_of if thing in kinds), None)
        self.subjects = Subjects(self.resources.base, self.mended, self.matches, context, elliptical, self.pointed)
        self.guides = tuple(dict.fromkeys(match.named[0].id for match in self.told))
        guided = {at for match in self.told for at in range(match.start, match.end)}
        self.guided_only = bool(guided) and not any(
            learnt.tells(word) and not word.isdigit() for at, word in enumerate(self.mended) if at not in guided
        )
        alone = not elliptical and len(self.subjects.named_kinds()) == 1 and CHOOSERS.isdisjoint(self.mended)
        without = COMPARE if alone else ""  # with what?
        self.segments = Segments(
            self.resources, self.words, self.mended, every, self.guides, self.guided_only, left_out_kind, without
        ).all()
        self.asked = [part for part in self.segments[1:] if not part.states]
        aside = frozenset(at for part in self.segments[1:] if part.states for at in range(part.start, part.end))
        if self.asked and not any(points_back(self.mended[part.start : part.end]) for part in self.asked):
            self.subjects = replace(self.subjects, aside=aside, guides=self.guides)
        else:
            self.subjects = replace(self.subjects, guides=self.guides)

    @property
    def asked_words(self) -> range | frozenset[int]:
        """The words of what is asked; all of them where nothing is told beside it."""
        parts = self.asked
        inside = frozenset(at for part in parts for at in range(part.start, part.end))
        return inside if parts else range(len(self.mended))

    def question(self, shown: str) -> Question:
        """The message as a question, decided; `shown` is its text."""
        topics, confidence, ours = self._topics()
        entities, inherited = self.subjects.of(topics)
        alternatives = self._alternatives(topics, confidence)
        decision = decide(confidence, ours, self._bar(topics), len(alternatives) + 1, self.context.clarified)
        repeated = self.resources.myths.find(self.words.literal, self.template, entities, topics)
        if repeated is not None and repeated.surely and decision != "answer":
            myth = self.resources.base.myths[repeated.myth]
            decision, topics, confidence = "answer", (myth.topic,), CLAIMED
            entities = entities or myth.entities[:1]
        if not repeated and not self.context.clarified:
            self.near = self.resources.near.readings(self.mended, self.matches)
        if self.near:
            meant = self.near[0]
            decision, topics, entities, inherited = "clarify", meant.topics, meant.entities, False
            confidence, alternatives = meant.confidence, self.near[1:]
            self.notes.append(f"one slip away: {', '.join(item.entities[0] for item in self.near)}")
        known = decision != "unknown"
        self.notes += [
            f"words: {' '.join(self.mended)}",
            f"template: {' '.join(self.template)}",
            f"topics: {', '.join(topics)} (chance {confidence:.2f}; that it is our business {ours:.2f})",
            f"about: {', '.join(entities) or 'nothing named'}{' (from the conversation)' if inherited else ''}",
            f"decision: {decision}",
        ]
        country, parts = self._place()
        settings = self._ids("setting")
        return Question(
            text=shown,
            decision=decision,
            topics=topics if known else (),
            entities=entities if known else (),
            confidence=confidence,
            alternatives=alternatives,
            spans=self._spans(),
            country=country or self._talked_of(),
            part=next(iter(parts), None),
            parts=parts if self._places()[1] else parts[:1],
            part_told=not self._places()[1],
            telling=self._telling(),
            backgrounds=self._backgrounds(),
            setting=settings[0] if settings else None,
            guides=self.guides,
            myth=repeated.myth if repeated is not None and decision == "answer" else None,
            refusal=None if known else self._refusal(),
            from_context=inherited and known,
            trace=tuple(self.notes),
        )

    def asks_topic(self, question: Question) -> bool:
        """Whether a topic as a whole is asked ("tell me about …", "requirements for …"), and no one thing of it."""
        if question.myth is not None or self.steers(question, SURELY_STEERS):
            return True
        if question.decision != "answer" or question.part is not None:
            return False
        if essence(self.template) in self.resources.learnt.phrased:
            return True
        if COMPARE in question.topics and len(question.entities) > 1:
            return not self._names_a_measure(question)
        return not self.says_more

    def _names_a_measure(self, question: Question) -> bool:
        """Whether a comparison names what things are to be held against each other by."""
        verdicts = self.resources.base.verdicts
        lists = (verdicts.choosing, verdicts.deciding, verdicts.telling_apart, verdicts.same, verdicts.than)
        small = {word for words in lists for phrase in words for word in phrase.split()}
        return len(set(question.telling) - small) > 1

    @property
    def says_more(self) -> bool:
        """Whether it says anything beside what it names."""
        beside = [word for word in self.template if word[0] not in MARKS]
        return not asks_nothing(beside, self.resources.small, pointing=self.pointed is not None)

    def steers(self, question: Question, sure: float = 0.0) -> bool:
        """Whether it is taken to steer the conversation, and with what confidence at least."""
        return question.confidence >= sure and not self.resources.meta.isdisjoint(question.topics)

    def _bar(self, topics: Sequence[str]) -> Thresholds:
        """How sure it must be that the message is our business: the less it says of it, the more."""
        if (self.segments[0].evidence.named and not self.casual) or self.pointed:
            return NAMED
        if not self.resources.meta.isdisjoint(topics):
            return UNNAMED
        if self.subjects.elliptical:
            return ELLIPTICAL
        return GUIDED if self.guides or self._ids("background") else UNNAMED

    @property
    def of_a_matter(self) -> bool:
        """Whether it names nothing, no guide either, and leans on an answer that stands in a guide of one matter."""
        if not self.subjects.elliptical or self.subjects.named_kinds() or self.guides:
            return False
        file = self.context.shown.partition(":")[0]
        return any(file == guide_file(guide.id) and not guide.general for guide in self.resources.base.guides.values())

    @property
    def casual(self) -> bool:
        """Whether all it names it names by ordinary words."""
        named = [match for match in self.matches if match.named[0].kind in ENTITY_KINDS]
        return bool(named) and all(match.casual for match in named)

    @property
    def unreadable(self) -> bool:
        """Whether of several words none is one, and nothing is named."""
        words = [word for word in self.mended if word.isalpha()]
        return len(words) > 1 and not self.matches and not any(map(self.resources.learnt.speller.knows, words))

    def _topics(self) -> tuple[tuple[str, ...], float, float]:
        """What is asked, in the order asked, how sure that is, and how sure that it is our business."""
        ours = max(segment.chances.ours for segment in self.segments)
        whole, parts = self.segments[0], self.asked or self.segments[1:]
        named = {at for match in self.matches for at in range(match.start, match.end)} | self.denied
        beside = [word for at, word in enumerate(self.mended) if at not in named]
        bare = (
            self._only_names()
            if asks_nothing(beside, self.resources.small, pointing=self.pointed is not None)
            else None
        )
        if bare is not None:
            return *bare, 1.0
        meta = self.resources.meta
        best = whole
        if whole.chances.best < SECOND_FROM:
            best = max((whole, *(part for part in parts if part.topic not in meta)), key=lambda part: part.chances.best)
        sure = {
            part.topic: part.chances.best
            for part in parts
            if part.chances.best >= SECOND_FROM
            and part.topic not in meta
            and not asks_nothing(part.template, self.resources.small)
        }
        if best.topic not in sure and (not sure or best.topic not in meta):
            sure = {best.topic: best.chances.best, **sure}
        if len(sure) == 1 and best.evidence.ahead < TIE and self._tie(best):
            return (best.topic, best.second), best.chances.either, ours
        order = tuple(sure)[:MAX_TOPICS]
        return order, max(sure[topic] for topic in order), ours

    def _tie(self, segment: Segment) -> bool:
        """Whether the two best topics are near each other, and one answer may stand beside the other."""
        pair = {segment.topic, segment.second}
        return pair.isdisjoint({COMPARE, *self.resources.meta}) and self.resources.learnt.are_near(
            segment.topic, segment.second
        )

    def _only_names(self) -> tuple[tuple[str, ...], float] | None:
        """What a message that only names things asks: what the last one did, a comparison, or what they are."""
        kinds = self.subjects.named_kinds()
        if not kinds and self.pointed is None and not (self.subjects.elliptical and self._ids("country")):
            return None
        several = len(kinds) > 1 and len(set(kinds)) == 1 and not self.subjects.elliptical
        topics: tuple[str, ...] = (TERM_TOPIC if kinds[:1] == ("term",) else DEFAULT_TOPIC,)
        confidence = BARE_NAME
        if several or not CHOOSERS.isdisjoint(self.mended):
            topics = (COMPARE,)
        elif self.subjects.elliptical and self.context.topics:
            topics, confidence = self.context.topics[:MAX_TOPICS], BARE_FOLLOW_UP
        known = tuple(topic for topic in topics if topic in self.resources.base.topics)
        return (known, confidence) if known else None

    def _alternatives(self, topics: Sequence[str], confidence: float) -> tuple[Reading, ...]:
        """The next best readings, likeliest first."""
        whole, classes = self.segments[0], self.resources.learnt.recogniser.classes
        top = whole.evidence.score
        found: list[Reading] = []
        for at in self.resources.inside[np.argsort(-whole.scores[self.resources.inside])]:
            name, score = classes[at], float(whole.scores[at])
            if score < top - CHOICE_WITHIN or len(found) >= MAX_CHOICES - 1:
                break
            if name not in topics and name not in self.resources.meta:
                found.append(Reading((name,), self.subjects.of((name,))[0], confidence * (1 - (top - score) / 2)))
        return tuple(found)

    def _refusal(self) -> str | None:
        """The kind of message that is none of our business, where it clearly is of one."""
        if foreign_share(self.words) >= FOREIGN and FOREIGN_KIND in self.resources.base.out_of_scope:
            return FOREIGN_KIND
        scores, recogniser = self.segments[0].scores, self.resources.learnt.recogniser
        if not recogniser.outside.any():
            return None
        best = int(np.where(recogniser.outside, scores, -np.inf).argmax())
        clear = scores[best] >= max(REFUSE_FROM, self.segments[0].evidence.score)
        return recogniser.classes[best].removeprefix(OUTSIDE) if clear else None

    def _ids(self, kind: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(match.named[0].id for match in self.matches if match.named[0].kind == kind))

    def _backgrounds(self) -> tuple[str, ...]:
        """The backgrounds named, but for those that are denied or were given up ("not a …", "dropped out of …")."""
        cues = self.resources.base.language.cues
        denying = (*cues.get("neg", ()), *cues.get("not_entered", ()))
        found = (match for match in self.matches if match.named[0].kind == "background")
        before = ((match, f" {' '.join(self.mended[max(match.start - DENIED, 0) : match.start])} ") for match in found)
        return tuple(
            dict.fromkeys(
                match.named[0].id for match, words in before if not any(f" {cue} " in words for cue in denying)
            )
        )

    def _telling(self) -> tuple[str, ...]:
        """The words that say what is asked, beside the names."""
        named = {at for match in self.matches for at in range(match.start, match.end)} | self.denied
        return tuple(
            word for at, word in enumerate(self.mended) if at not in named and word not in FUNCTION and word.isalpha()
        )

    @property
    def placed(self) -> bool:
        """Whether a place is named."""
        return any(match.named[0].kind == "country" for match in self.matches)

    def _places(self) -> tuple[list[Match], list[Match]]:
        """The places named, and those of them that stand in what is asked."""
        every = [match for match in self.matches if match.named[0].kind == "country"]
        places = [match for match in every if match.named[0].id not in self.apart]
        if not self.segments[1:]:
            return places, places
        asked = [
            match for match in places for part in self.asked if part.start <= match.start and match.end <= part.end
        ]
        return places, asked

    def _place(self) -> tuple[str | None, tuple[str, ...]]:
        """The country that is named and its parts, the last first, as the knowledge base writes them.

        Of several the one in what is asked counts, or else the last: people say where they come from first.
        """
        places, asked = self._places()
        if not places:
            return None, ()
        at_home = self.at_home or self.context.home
        home = [match for match in places if match.named[0].id == at_home]
        if self.context.home is not None and not asked and not home:
            return self.context.home, ()  # where somebody was once is not where they ask about
        meant = (self._held_against(asked, at_home) or asked or home or places)[-1]
        told = [match for match in (asked or places) if match.named[0].id == meant.named[0].id]
        named = (self.resources.learnt.lexicon.part(self.mended[match.start : match.end]) for match in reversed(told))
        return meant.named[0].id, tuple(dict.fromkeys(filter(None, named)))

    def _held_against(self, asked: Sequence[Match], at_home: str | None) -> list[Match]:
        """Of several countries in what is asked the one where the work is: the person's own, or the usual one ("does
        what i did in … count in …").
        """
        usual = at_home or self.resources.base.field.default_country
        return [match for match in asked if match.named[0].id == usual]

    def _talked_of(self) -> str | None:
        """The country of a message that names none: what the talk was about where it leans on that, else home."""
        home, talked = self.context.home, self.context.country
        if home is None:
            return talked
        named = any(item.named[0].kind in ENTITY_KINDS for item in self.matches)
        return talked if talked is not None and self.subjects.elliptical and not named else home

    def _spans(self) -> tuple[Span, ...]:
        """What is named, where; of a name that stands for several things, the likeliest."""
        found = []
        for match in self.matches:
            best = next((named for named in match.named if named.kind in ENTITY_KINDS), match.named[0])
            text = " ".join(self.words.tokens[match.start : match.end])
            found.append(Span(match.start, match.end, text, best.kind, best.id, match.score))
        return tuple(found)
