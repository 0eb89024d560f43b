"""Which questions a message asks, as they are looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from bot.understanding.context import SHORT_MEMORY, STAND_INS, asks_nothing, points_back
from bot.understanding.entities import ENTITY_KINDS
from bot.understanding.finding.features import Asked
from bot.understanding.finding.spelled import spelled
from bot.understanding.normalise import normalise
from bot.understanding.question import Question
from bot.understanding.reader.heard import Act, Clause
from bot.understanding.reading import MessageReading
from bot.understanding.segments import ASKING, SECOND_FROM, Segment

MAX_PARTS = 3  # the last ones: what is asked stands at the end of a story
SHORT = 14  # words: a message up to here is looked up as a whole
APART = 24  # words of a message whose questions are each answered by itself
TOLD = 8  # words told before them: more are a story, which is read whole
MIN_WORDS = 4
LEAST_WORDS = 3  # of the question of a short message that also tells something
MOST_WORDS = 40  # of one question: where no full stop is set, a story follows
SHARPNESS = 4.0  # of topic scores, about -1 to 1, when they become shares


def questions(
    reading: MessageReading, question: Question, clauses: Callable[[str], Sequence[Clause]]
) -> tuple[Asked, ...]:
    """The questions of a message: its parts that ask, or the whole of it."""
    asked = whole(reading, question)
    if found := () if _tells(question.text, clauses) else halves(reading):
        return tuple(replace(asked, text=half) for half in found)
    if apart := _apart(question, clauses):
        return tuple(_part(asked, question, part) for part in apart)
    return tuple(_part(asked, question, part) for part in parts(question.text, clauses)) or (asked,)


def apart(
    reading: MessageReading, question: Question, clauses: Callable[[str], Sequence[Clause]]
) -> tuple[tuple[str, ...], ...]:
    """The questions of a message that asks more than one thing and tells no story; else none. Each in its own words,
    then with the names that it leaves out, where it leaves any out.
    """
    if not reading.segments[1:] or len(reading.mended) > APART or reading.pointed:
        return ()
    every = clauses(question.text)
    begun = [
        item
        for item in every
        if item.outright or item.further or (item.opens and not {"asks", "commands"}.isdisjoint(item.acts))
    ]
    if len(begun) <= 1:
        return ()
    asked, told = _parted(_pieces(every), "asks", "commands")
    sure = _surely_asking(reading)
    if sure and not any("tells" in clause.acts for run in told for clause in run):
        own = (" ".join(reading.mended[part.start : part.end]) for part in sure)
        full = halves(reading)
        wordings = zip(_put_in(tuple(own), question), full, strict=True)
        return tuple(tuple(dict.fromkeys(item)) for item in wordings)
    texts = _texts(asked)
    apart = all(any(item in begun for item in run) for run in asked)
    if len(texts) <= 1 or not apart or any(len(text.split()) < LEAST_WORDS for text in texts):
        return ()
    before = every[: every.index(asked[0][0])]  # what is told first may say what is asked about
    if sum(len(clause.text.split()) for clause in before) > TOLD:
        return ()
    first = ". ".join(" ".join(clause.text for clause in run) for run in (before, asked[0]) if run)
    return tuple((text,) for text in _put_in((first, *texts[1:MAX_PARTS]), question))


def _tells(text: str, clauses: Callable[[str], Sequence[Clause]]) -> bool:
    """Whether a longer message tells something beside what it asks."""
    return len(text.split()) > SHORT and any("tells" in clause.acts for clause in clauses(text))


def _put_in(parts: Sequence[str], question: Question) -> Iterator[str]:
    """The parts of a message; where one names something and points back at what another names, with that name."""
    names = [item.text for item in question.spans if item.kind in ENTITY_KINDS]
    named = ""
    for part in parts:
        words = normalise(part).tokens
        here = next((name for name in names if f" {name} " in f" {' '.join(words)} "), "")
        at = next((at for at, word in enumerate(words) if word in STAND_INS), None)
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
        before=reading.context.asked if elliptical and reading.context.age <= SHORT_MEMORY else "",
        said=_said(reading, question),
    )


def _said(reading: MessageReading, question: Question) -> str:
    """The id of the sentence just given, where a message that names nothing asks for something else."""
    context = reading.context
    leans = reading.subjects.elliptical and not reading.subjects.named_kinds() and not context.age
    if not leans or not context.shown or question.topics[:1] == context.topics[:1]:
        return ""
    return context.shown


def joined(reading: MessageReading, question: Question) -> Asked:
    """The question before and a message that points back to it, as one question."""
    asked = whole(reading, question)
    return replace(asked, text=f"{reading.context.asked} {asked.text}", named=question.entities, carried=(), before="")


def _carried(reading: MessageReading, named: Sequence[str], subjects: Sequence[str]) -> Iterator[str]:
    """The names of what the conversation is about and the message leaves out."""
    for thing in subjects or reading.context.entities[:1]:
        entity = reading.resources.base.entities.get(thing)
        if thing not in named and entity is not None:
            yield f"{entity.name} {entity.abbreviation}" if entity.abbreviation else entity.name


def _part(asked: Asked, question: Question, text: str) -> Asked:
    """One part of a message: what is named in it, and what is named beside it."""
    words = f" {' '.join(normalise(text).tokens)} "
    here = tuple(
        dict.fromkeys(item.id for item in question.spans if item.kind in ENTITY_KINDS and f" {item.text} " in words)
    )
    aside = tuple(thing for thing in asked.named if thing not in here)
    return replace(asked, text=text, story=asked.text, named=here, aside=aside)


def parts(text: str, clauses: Callable[[str], Sequence[Clause]]) -> tuple[str, ...]:
    """The questions of a longer message, each with what stands beside it in its sentence; where some are asked
    outright, not those that only might be.
    """
    if len(text.split()) <= SHORT:
        return ()
    asked = [run for run in _runs(clauses(text)) if any("asks" in clause.acts for clause in run)]
    outright = [run for run in asked if any(clause.outright or clause.marked for clause in run)]
    found = [" ".join(clause.text for clause in run).split()[:MOST_WORDS] for run in outright or asked]
    return tuple(" ".join(words) for words in found if len(words) >= MIN_WORDS)[-MAX_PARTS:]


def _apart(question: Question, clauses: Callable[[str], Sequence[Clause]]) -> tuple[str, ...]:
    """What a short message asks where it is more than one question ("… and can i …"), or where a sentence beside the
    question only tells of the person and names nothing of ours ("any help paying? i live in …").
    """
    if len(question.text.split()) > SHORT:
        return ()
    asked, told = _parted(_pieces(clauses(question.text)), "asks")
    texts = _texts(asked)
    if any(len(text.split()) < LEAST_WORDS for text in texts):
        return ()
    if len(asked) > 1:
        outright = all(any(clause.outright for clause in run) for run in asked)
        return texts[:MAX_PARTS] if outright and not told else ()
    beside = f" {' '.join(normalise(' '.join(clause.text for run in told for clause in run)).tokens)} "
    named = {item.text for item in question.spans if item.kind in ENTITY_KINDS}
    leans = any(points_back(normalise(text).tokens) for text in texts)
    return () if leans or not told or any(f" {name} " in beside for name in named) else texts


def _pieces(clauses: Sequence[Clause]) -> list[list[Clause]]:
    """The clauses of a short message by sentence and further question."""
    pieces: list[list[Clause]] = []
    for clause in clauses:
        if clause.further and pieces:
            _drop_lead(pieces[-1])
            if len(pieces) > 1 and " " not in " ".join(item.text for item in pieces[-1]):
                pieces.pop()
        if clause.opens or clause.further or not pieces:
            pieces.append([])
        pieces[-1].append(clause)
    return pieces


def _parted(pieces: Sequence[list[Clause]], *acts: Act) -> tuple[list[list[Clause]], list[list[Clause]]]:
    """The pieces that do one of some things, and the others."""
    doing = [run for run in pieces if any(not set(acts).isdisjoint(clause.acts) for clause in run)]
    return doing, [run for run in pieces if run not in doing]


def _texts(runs: Sequence[Sequence[Clause]]) -> tuple[str, ...]:
    return tuple(" ".join(clause.text for clause in run) for run in runs)


def _runs(clauses: Sequence[Clause]) -> list[list[Clause]]:
    """The clauses of each sentence, cut before a further question ("… and how long is it"), before the first one,
    unless that hangs on what is supposed ("if i fail, what then"), and where a long tale comes to its question.
    """
    runs: list[list[Clause]] = [[]]
    asks = outright = False
    for at, clause in enumerate(clauses):
        now = "asks" in clause.acts
        first = at > 0 and now and not asks and not clauses[at - 1].supposed
        told = sum(len(item.text.split()) for item in runs[-1])
        late = clause.outright and not outright and told > SHORT and not any(item.supposed for item in runs[-1])
        if clause.opens or first or clause.further or late:
            asks, outright = asks and not clause.opens, False
            if clause.further:
                _drop_lead(runs[-1])
            runs.append([])
        asks, outright = asks or now, outright or clause.outright
        runs[-1].append(clause)
    return runs


def _drop_lead(run: list[Clause]) -> None:
    """Take away the single word that leads on to a further question ("and")."""
    if len(run) > 1 and " " not in run[-1].text:
        run.pop()


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
