"""A message that only names something ("and the …?") as the question before with that in place of what it asked of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.understanding.context import ORDINALS, OTHER, POINTED, SHORT_MEMORY, SPOKEN_OF, STAND_INS, asks_nothing
from bot.understanding.entities import Match
from bot.understanding.finding import asking
from bot.understanding.normalise import normalise
from bot.understanding.parsing.cues import starts_with_cue
from bot.understanding.question import Context, Question
from bot.understanding.reading import CHOOSERS, MessageReading
from bot.understanding.segments import ASKING, STATING

PLACE = "country"
BARE = 3  # words of a message that asks of what was spoken of without pointing at it
MOST_MEANT = 4  # words of what was meant
PERSON, WORK = "background", "role"  # who asks, by what they come from; work is that too where a question named one
# Kinds of things that are put behind a question which named none of the kind, and the word for it.
ADDED = {PLACE: "in", "setting": "in", PERSON: "for"}


def swapped(reading: MessageReading) -> str | None:
    """The question before with what this message names, one of a kind; None where it says more, or that question asked
    of nothing of the kind, or of several.
    """
    context = reading.context
    if not context.asked or context.age > SHORT_MEMORY or not reading.subjects.elliptical:
        return None
    named = {at for match in reading.matches for at in range(match.start, match.end)} | reading.denied
    beside = [word for at, word in enumerate(reading.mended) if at not in named]
    kinds = [match.named[0].kind for match in reading.matches]
    alone = len(set(kinds)) == len(kinds) > 0 and CHOOSERS.isdisjoint(reading.mended)
    if not alone or not asks_nothing(beside, reading.resources.small):
        return None
    text = context.asked
    for match in reading.matches:
        words, before = _named_before(reading, text)
        new = " ".join(reading.mended[match.start : match.end])
        kind = match.named[0].kind
        same = [item for item in before if item.named[0].kind == (PERSON if kind == WORK else kind)]
        same = same or [item for item in before if item.named[0].kind == kind]
        if not same and kind in ADDED:
            text = f"{text.rstrip(' ?.!')} {ADDED[kind]} {new}"
            continue
        # Parts of one country are places of their own.
        again = new in (" ".join(words[item.start : item.end]) for item in same)
        if kind != PLACE:
            again = again or any(item.named[0] == match.named[0] for item in same)
        if again or len({item.named[0].id for item in same}) != 1:
            return None
        text = _put(words, same, new)
    return text


def pointed(reading: MessageReading) -> str | None:
    """A message that points at one of what was offered and asks something of it, with its name there ("the second one,
    how long is it"); None where it only points.
    """
    thing = reading.resources.base.entities.get(reading.pointed or "")
    words, breaks = reading.mended, reading.words.breaks
    at = next((at for at, word in enumerate(words) if word in ORDINALS or word == OTHER), None)
    if thing is None or at is None or not reading.says_more:
        return None
    start = at - (words[at - 1 : at] == ("the",))
    end = at + 1 + (at + 1 < len(words) and at + 1 not in breaks and words[at + 1] in POINTED)
    return " ".join((*words[:start], thing.short, *words[end:]))


def of_matter(reading: MessageReading) -> str | None:
    """A message that asks what something costs, behind a question about a matter of it that has a price of its own
    (its renewal, a course), with the name of that; None where it says itself of what, or nothing of the kind was asked.
    """
    base, context = reading.resources.base, reading.context
    things = [item for item in context.entities if base.kinds.get(item) in SPOKEN_OF]
    name = base.entities[things[0]].short if len(things) == 1 else ""
    own = asking.priced(base)
    named = own.union(base.verdicts.kinds.get("certification", ()))
    if len(things) > 1 or not context.asked or context.age or not named.isdisjoint(reading.mended):
        return None
    matters = (*(word for word in normalise(context.asked).tokens if word in own), *asking.matter_before(reading))
    places = [at for at, word in enumerate(reading.mended) if word in STAND_INS]
    if not matters or not (places or len(reading.mended) <= BARE):
        return None
    matter = matters[-1]
    at = places[0] if places else len(reading.mended)
    return " ".join((*reading.mended[:at], *filter(None, (name, matter)), *reading.mended[at + 1 :]))


def put_right(reading: MessageReading, text: str) -> str | None:
    """The question before of what somebody says they meant ("no i meant the …", "not the … the …"): that stands for
    what is denied, for a stand-in or for the last word of it, else beside what the talk is about. None where a message
    says more.
    """
    context, base = reading.context, reading.resources.base
    if not context.asked or context.age or reading.subjects.named_kinds():
        return None
    denied, said = _denied_and_meant(text, base.language.cues)
    meant = [word for word in said if word not in reading.resources.small]
    if not 0 < len(meant) <= MOST_MEANT or said[0] in STATING or not ASKING.isdisjoint(said):
        return None
    words, before = _named_before(reading, context.asked)
    named = {at for match in before for at in range(match.start, match.end)}
    plain = [at for at in range(len(words)) if at not in named]
    places = [at for at in plain if words[at] in denied] or [at for at in plain if words[at] in STAND_INS]
    places = places or [at for at in plain if at + 1 == len(words)]
    if places:
        return " ".join((*words[: places[-1]], *meant, *words[places[-1] + 1 :]))
    names = (base.entities[thing].short for thing in context.entities[:1] if thing in base.entities)
    return " ".join((*meant, *names))


def _denied_and_meant(text: str, cues: Mapping[str, Sequence[str]]) -> tuple[Sequence[str], Sequence[str]]:
    """The words for what was not meant, and for what was."""
    rest = starts_with_cue(text, cues.get("not_that", ()))
    if rest is None:
        return (), (starts_with_cue(text, cues.get("meant_instead", ())) or "").split()
    for cue in cues.get("but_this", ()):
        denied, found, meant = f" {rest} ".partition(f" {cue} ")
        if found:
            return denied.split(), meant.split()
    return (), ()


def completed_text(text: str, names: Iterable[str]) -> str:
    """A question with the names that it leaves out, for the next one to lean on."""
    return " ".join((text.rstrip(" ?.!"), *names))


def without_said(question: Question, said: str) -> Question:
    """The question without a sentence that was given and is not what was meant; what is left is only near."""
    if not any(item.statement.id == said for asked in question.askings for item in asked.found):
        return question
    left = [
        replace(asked, found=tuple(item for item in asked.found if item.statement.id != said))
        for asked in question.askings
    ]
    return replace(question, askings=tuple(asked for asked in left if asked.found), nearest=True)


def without_talk(context: Context) -> Context:
    """The context of a question that is complete; a talk about another country goes on."""
    home = None if context.country not in (None, context.home) else context.home
    return Context(country=context.country, home=home, foreign=context.foreign)


def _named_before(reading: MessageReading, asked: str) -> tuple[tuple[str, ...], Sequence[Match]]:
    learnt = reading.resources.learnt
    words = normalise(asked)
    mended = learnt.speller.mend(words.tokens)
    return mended, learnt.lexicon.find_all(words, mended)[0]


def _put(words: Sequence[str], old: Sequence[Match], new: str) -> str:
    """The words with something new for the first of some matches, and without the others."""
    starts = {match.start for match in old[:1]}
    gone = {at for match in old for at in range(match.start, match.end)}
    return " ".join(new if at in starts else word for at, word in enumerate(words) if at in starts or at not in gone)
