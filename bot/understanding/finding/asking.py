"""Which questions a message asks, as they are looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.verdicts import Figure
from bot.understanding.context import ONE, SHORT_MEMORY, STAND_INS, asks_nothing, points_at, points_back, said_before
from bot.understanding.entities import ENTITY_KINDS
from bot.understanding.finding.cutting import Cuts, Hollow, Part, cut
from bot.understanding.finding.features import Asked
from bot.understanding.finding.spelled import spelled
from bot.understanding.normalise import normalise
from bot.understanding.question import Apart, Question
from bot.understanding.reader.heard import Clause
from bot.understanding.reading import CHOOSERS, MessageReading
from bot.understanding.segments import ASKING, SECOND_FROM, Segment
from bot.understanding.statements import guide_file

COST = "cost"
DENIED = 3  # words before a name within which a negation denies it
PRICE: Figure = "exam_fee"  # what is meant by the cost of a thing where nothing else of it is spoken of
SHORT = 14  # words: a message up to here is looked up as a whole
TOLD, TOLD_BEFORE = 8, 25  # words told before a question that always belong to it, and that may
PLURAL = "s"  # the end of a name of several
SHARPNESS = 4.0  # of topic scores, about -1 to 1, when they become shares


def questions(
    reading: MessageReading, question: Question, clauses: Callable[[str], Sequence[Clause]]
) -> tuple[Asked, ...]:
    """The questions of a message: its parts that ask, or the whole of it."""
    asked = whole(reading, question)
    every = clauses(question.text)
    tells = any("tells" in clause.acts for clause in every)
    long = len(question.text.split()) > SHORT
    if found := () if long and tells else halves(reading):
        return tuple(replace(asked, text=half) for half in found)
    parts = cut(every, _hollow(reading)).parts
    if len(parts) > 1:  # what else is asked is no part of the story around a question
        return tuple(_one_of_several(reading, question, asked, parts))
    texts = [part.text for part in parts] if long else _beside_told(question, every) if parts else []
    return tuple(_part(asked, question, text, asked.text) for text in texts) or (asked,)


def _one_of_several(
    reading: MessageReading, question: Question, asked: Asked, parts: Sequence[Part]
) -> Iterator[Asked]:
    """The parts of a message; one that points back behind the one before where nothing is told between them."""
    before = ""
    for part in parts:
        text = _looked_up(reading, part)
        leans = text == part.text and not part.told and not STAND_INS.isdisjoint(normalise(text).tokens)
        yield replace(_part(asked, question, text, part.tale), before=before if leans else asked.before)
        before = part.text


def _looked_up(reading: MessageReading, part: Part) -> str:
    """The words of a question; of one that only asks what to do, all that it is asked of, and of one that points at
    what is told right before it, that as well.
    """
    words = part.text.split()
    ends = {" ".join(words[:end]) for end in (len(words), len(words) - 1)}
    if any(end.endswith(phrase) for end in ends for phrase in reading.resources.base.verdicts.open):
        return part.tale
    told = _last(part.told, TOLD_BEFORE) if points_at(normalise(part.text).tokens) else ""
    return f"{told}. {part.text}" if told else part.text


def with_parts(reading: MessageReading, question: Question, clauses: Callable[[str], Sequence[Clause]]) -> Question:
    """A message that asks more than one thing with its questions apart, each as it may be worded: in its own words with
    what is told right before it, without that, and with a name that it leaves out.
    """
    cuts = Cuts() if reading.pointed else cut(clauses(question.text), _hollow(reading))
    if len(cuts.parts) <= 1:
        return replace(question, apart=())
    choosing = frozenset(reading.resources.base.verdicts.choosing)
    return replace(question, apart=tuple(_wordings(question, cuts.parts, choosing)), told=cuts.told)


def _wordings(question: Question, parts: Sequence[Part], choosing: frozenset[str]) -> Iterator[Apart]:
    texts = tuple(_put_in([part.text for part in parts], question))
    names = [item.text for item in question.spans if item.kind in ENTITY_KINDS]
    named = ""
    for part, text in zip(parts, texts, strict=True):
        here = _names_in(names, part.text)
        told = _last(part.told, TOLD_BEFORE)
        with_told = f"{told}. {text}" if told else text
        leans = points_back(normalise(text).tokens)
        one = told and part.opens and (leans or len(told.split()) <= TOLD)
        named = named or next(reversed(_names_in(names, told)), "")
        chooses = not choosing.isdisjoint(text.split())  # "which is harder" leaves out more than one name
        full = with_name(text, named) if named and not here and not chooses else text
        wordings = tuple(dict.fromkeys((with_told, full) if one else (text, with_told, full)))
        yield Apart(part.text, wordings)
        named = next(iter(here), named)


def with_name(text: str, name: str) -> str:
    """A question that leaves out what it asks about, with the name of that for what points back, else at its end; as it
    is where it points at several things and the name is one's.
    """
    words = text.split()
    of_many = name.endswith(PLURAL)
    at = next((at for at, word in enumerate(words) if word in (STAND_INS if of_many else ONE)), len(words))
    if at == len(words) and not STAND_INS.isdisjoint(words):
        return text
    return " ".join((*words[:at], name, *words[at + 1 :]))


def _last(clauses: Sequence[str], most: int) -> str:
    """The last of some clauses, with so many words at most."""
    found: list[str] = []
    for clause in reversed(clauses):
        if sum(len(text.split()) for text in (clause, *found)) > most:
            break
        found.insert(0, clause)
    return " ".join(found)


def _names_in(names: Sequence[str], text: str) -> tuple[str, ...]:
    """Those of some names that a text says."""
    words = f" {' '.join(normalise(text).tokens)} "
    return tuple(name for name in names if f" {name} " in words)


def _hollow(reading: MessageReading) -> Hollow:
    base = reading.resources.base
    cues = base.language.cues
    return Hollow(
        cues.get("hollow", ()),
        cues.get("lead_in", ()),
        reading.resources.small,
        frozenset(base.verdicts.deciding),
        frozenset(cues.get("whether", ())),
    )


def _beside_told(question: Question, clauses: Sequence[Clause]) -> list[str]:
    """The question of a short message where a sentence beside it only tells of the person and names nothing of ours
    ("any help paying? i live in …"); else nothing.
    """
    sentences: list[list[Clause]] = []
    for clause in clauses:
        if clause.opens or not sentences:
            sentences.append([])
        sentences[-1].append(clause)
    asking = [any("asks" in clause.acts for clause in sentence) for sentence in sentences]
    texts = [" ".join(clause.text for clause in sentence) for sentence in sentences]
    asked = [text for text, asks in zip(texts, asking, strict=True) if asks]
    beside = " ".join(text for text, asks in zip(texts, asking, strict=True) if not asks)
    leans = any(points_back(normalise(text).tokens) for text in asked)
    names = [item.text for item in question.spans if item.kind in ENTITY_KINDS]
    return [] if leans or not beside or len(asked) != 1 or _names_in(names, beside) else asked


def _put_in(parts: Sequence[str], question: Question) -> Iterator[str]:
    """The parts of a message; where one names something and points back at what another names, with that name."""
    names = [item.text for item in question.spans if item.kind in ENTITY_KINDS]
    named = ""
    for part in parts:
        words = normalise(part).tokens
        here = next((name for name in names if f" {name} " in f" {' '.join(words)} "), "")
        at = next((at for at, word in enumerate(words) if word in ONE), None)
        if here and named and at is not None:
            yield " ".join((*words[:at], named, *words[at + 1 :]))
        else:
            yield part
        named = named or here


def whole(reading: MessageReading, question: Question) -> Asked:
    """The message as one question."""
    shares = topic_shares(reading)
    named = tuple(dict.fromkeys(item.id for item in question.spans if item.kind in ENTITY_KINDS))
    subjects = question.entities or reading.subjects.of(tuple(shares)[:1])[0]
    elliptical = reading.subjects.elliptical
    return Asked(
        text=spelled(question.text, reading.resources.learnt.speller.mend),
        named=named,
        subjects=subjects,
        topics=shares,
        guides=question.guides,
        country=question.country,
        backgrounds=question.backgrounds,
        carried=tuple(_carried(reading, named, subjects)) if elliptical else (),
        before=said_before(reading.context) if elliptical and reading.context.age <= SHORT_MEMORY else "",
        said=_said(reading, question),
        file=_file(reading),
        matters=matters(reading),
        paid=_asks_who_pays(reading),
    )


def _asks_who_pays(reading: MessageReading) -> bool:
    """Whether a message asks who pays, and not what is paid for work, nor who pays more."""
    verdicts = reading.resources.base.verdicts
    if not {*verdicts.choosing, *verdicts.grading}.isdisjoint(reading.mended):
        return False
    words = f" {' '.join(reading.mended)} "
    return any(f" {cue} " in words for cue in reading.resources.base.language.cues.get("who_pays", ()))


def matters(reading: MessageReading) -> tuple[str, ...]:
    """What is named in what is asked that has a price of its own, beside the exam ("what does the renewal cost"); not
    what is denied, or told before the question.
    """
    words = [reading.mended[at] for at in sorted(reading.asked_words)]
    if not CHOOSERS.isdisjoint(words) or names_exam(reading):
        return ()
    own, denying = priced(reading.resources.base), set(reading.resources.base.language.cues.get("neg", ()))
    start = next((at for at, word in enumerate(words) if word in ASKING), 0)
    meant = (at for at, word in enumerate(words) if word in own and at >= start)
    return tuple(words[at] for at in meant if denying.isdisjoint(words[max(at - DENIED, 0) : at]))


def names_exam(reading: MessageReading) -> bool:
    """Whether a message says itself that it asks of an exam or a credential."""
    return not set(reading.resources.base.verdicts.kinds.get("certification", ())).isdisjoint(reading.mended)


def priced(base: KnowledgeBase) -> frozenset[str]:
    """The words for what has a price of its own, beside the exam."""
    return frozenset(word for item in base.verdicts.measures if item.figure == PRICE for word in item.unless)


def matter_before(reading: MessageReading) -> tuple[str, ...]:
    """What was spoken of last, where that is a topic with a price of its own."""
    base, topics = reading.resources.base, reading.context.topics[:1]
    labels = (base.texts.topics[topic].label.lower() for topic in topics if topic in base.texts.topics)
    return tuple(label for label in labels if label in priced(base))


def _said(reading: MessageReading, question: Question) -> str:
    """The id of the sentence just given, where a message that names nothing asks for something else."""
    context = reading.context
    leans = reading.subjects.elliptical and not reading.subjects.named_kinds() and not context.age
    if not leans or not context.shown or question.topics[:1] == context.topics[:1]:
        return ""
    return context.shown


def _file(reading: MessageReading) -> str:
    """The file of the guide that the sentence just given stands in, where a message that names nothing leans on it."""
    leans = reading.subjects.elliptical and not reading.subjects.named_kinds() and not reading.guides
    file = reading.context.shown.partition(":")[0]
    guides = map(guide_file, reading.resources.base.guides)
    return file if leans and reading.context.age <= SHORT_MEMORY and file in guides else ""


def joined(reading: MessageReading, question: Question) -> Asked:
    """The question before and a message that points back to it, as one question."""
    asked = whole(reading, question)
    text = f"{reading.context.asked} {asked.text}"
    leans = COST in question.topics and not names_exam(reading)
    spoken_of = asked.matters or (matter_before(reading) if leans else ())
    return replace(asked, text=text, named=question.entities, carried=(), before="", matters=spoken_of)


def _carried(reading: MessageReading, named: Sequence[str], subjects: Sequence[str]) -> Iterator[str]:
    """The names of what the conversation is about and the message leaves out."""
    for thing in subjects or reading.context.entities[:1]:
        entity = reading.resources.base.entities.get(thing)
        if thing not in named and entity is not None:
            yield f"{entity.name} {entity.abbreviation}" if entity.abbreviation else entity.name


def _part(asked: Asked, question: Question, text: str, story: str) -> Asked:
    """One part of a message with the story around it: what is named in it, and what is named beside it."""
    words = f" {' '.join(normalise(text).tokens)} "
    here = tuple(
        dict.fromkeys(item.id for item in question.spans if item.kind in ENTITY_KINDS and f" {item.text} " in words)
    )
    aside = tuple(thing for thing in asked.named if thing not in here)
    return replace(asked, text=text, story=story, named=here, aside=aside)


def halves(reading: MessageReading) -> tuple[str, ...]:
    """The parts of a message that tells nothing and of which each surely asks something else
    ("what does it cost and how long is it").
    """
    sure = _surely_asking(reading)
    each = [tuple(dict.fromkeys(_named(reading, part))) for part in reading.segments[1:]]
    named = " ".join(next((names for names in each if names), ()))
    found = []
    for part in sure:
        words = " ".join(reading.mended[part.start : part.end])
        found.append(words if _named(reading, part) else f"{words} {named}".strip())
    return tuple(found)


def _surely_asking(reading: MessageReading) -> tuple[Segment, ...]:
    """The parts of a message each of which surely asks something else; none where it does not fall into such."""
    small = reading.resources.small  # a name or a place alone ("texas: …") is no part of its own
    parts = [part for part in reading.segments[1:] if not asks_nothing(part.template, small)]
    sure = tuple(part for part in parts if not part.states and part.chances.best >= SECOND_FROM)
    other = len({part.topic for part in sure}) == len(sure)
    begun = all(reading.mended[part.start] in ASKING for part in sure)
    return sure if len(sure) >= max(len(parts), 2) and (other or begun) else ()


def _named(reading: MessageReading, part: Segment) -> list[str]:
    """The names in a part, as written."""
    return [
        " ".join(reading.mended[match.start : match.end])
        for match in reading.matches
        if match.named[0].kind in ENTITY_KINDS and part.start <= match.start and match.end <= part.end
    ]


def topic_shares(reading: MessageReading) -> Mapping[str, float]:
    """How likely each topic is asked, by the recogniser, in all 1; the likeliest first."""
    inside = reading.resources.inside
    scores = reading.segments[0].scores[inside] * SHARPNESS
    shares = np.exp(scores - scores.max())
    shares /= shares.sum()
    classes = reading.resources.learnt.recogniser.classes
    return {classes[inside[at]]: float(shares[at]) for at in np.argsort(-shares)}
