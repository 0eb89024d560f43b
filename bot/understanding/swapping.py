"""A message that only names something ("and the …?") as the question before with that in place of what it asked of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.understanding.context import SHORT_MEMORY, asks_nothing
from bot.understanding.entities import Match
from bot.understanding.normalise import normalise
from bot.understanding.question import Context
from bot.understanding.reading import CHOOSERS, MessageReading

PLACE = "country"
ADDED = (PLACE, "setting")  # kinds of things that are put behind a question which named none of the kind


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
        same = [item for item in before if item.named[0].kind == match.named[0].kind]
        if not same and match.named[0].kind in ADDED:
            text = f"{text.rstrip(' ?.!')} in {new}"
            continue
        # Parts of one country are places of their own.
        again = new in (" ".join(words[item.start : item.end]) for item in same)
        if match.named[0].kind != PLACE:
            again = again or any(item.named[0] == match.named[0] for item in same)
        if again or len({item.named[0].id for item in same}) != 1:
            return None
        text = _put(words, same, new)
    return text


def completed_text(text: str, names: Iterable[str]) -> str:
    """A question with the names that it leaves out, for the next one to lean on."""
    return " ".join((text.rstrip(" ?.!"), *names))


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
