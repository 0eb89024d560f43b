"""What kind of verdict a message asks for, by the words of `verdicts.yaml`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.verdicts import End, Measure
from bot.understanding.context import SHORT_MEMORY, STAND_INS
from bot.understanding.entities import ENTITY_KINDS
from bot.understanding.normalise import normalise
from bot.understanding.question import Context, Question, Span

FEW_WORDS = 14  # of a message that is one question and no story
FEW_WORDS_LEFT = 6  # … and of one that leaves out what it is about
A_TALE = 45  # words: a story with no question of its own
WEIGHED = ("certification", "role")  # kinds of things of which one may be meant by pointing
SCHOOLED = ("certification", "degree")  # … and those of which one may be weighed against the other
SENTENCES_BEFORE = 3  # of a story, in which what it asks to choose from was told
MOST_SIDES = 4

_STOPS = re.compile(r"[.?!;\n]+(?=\s|$)")


@dataclass(frozen=True)
class Measured:
    """A measure that is asked for, and which end of it."""

    measure: Measure
    end: End

    @property
    def most(self) -> bool:
        """Whether the one with more of it is asked for."""
        return self.end is self.measure.more


def says(text: str, words: Iterable[str]) -> bool:
    """Whether a text uses one of some words or phrases, whole."""
    return place(text, words) is not None


def place(text: str, words: Iterable[str]) -> int | None:
    """Where in a text the first of some words or phrases begins."""
    lower = text.lower()
    there = tuple(word for word in words if word in lower)  # mostly none: then nothing need be compiled
    found = _pattern(there).search(lower) if there else None
    return found.start() if found else None


def between(text: str, one: str, other: str) -> str:
    """What stands in a text between two of its words or phrases; nothing where they are not there in this order."""
    start = text.lower().find(one)
    end = text.lower().find(other, start + len(one)) if start >= 0 else -1
    return text[start + len(one) : end] if end >= 0 else ""


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    anyone = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    return re.compile(rf"(?<![\w-])(?:{anyone})(?![\w-])")


def asking_text(question: Question) -> str:
    """The part of a message that asks, or all of it."""
    return " ".join(item.text for item in question.askings) or question.text


def is_tale(text: str) -> bool:
    """Whether a text is a story in which nothing asks outright: what it names are asides."""
    return len(text.split()) > A_TALE


def _as_read(text: str) -> str:
    """A text in the words in which names are found in it."""
    return normalise(text).text


def sentences_in(text: str) -> list[str]:
    """The sentences of a text, without what ends them."""
    return [part.strip() for part in _STOPS.split(text) if part.strip()]


def named_in(question: Question) -> tuple[Span, ...]:
    """What is named in the part of a message that asks; where that is the whole message, all that is named."""
    text = asking_text(question)
    if not question.brief and len(text.split()) >= len(question.text.split()):
        return question.spans
    found = set()
    for name in sorted({span.text for span in question.spans}, key=len, reverse=True):
        at = place(text, (name,))
        if at is not None:  # a longer name does not name the shorter one within it as well
            found.add(name)
            text = text.lower().replace(name, "\n")
    return tuple(span for span in question.spans if span.text in found)


def says_more(base: KnowledgeBase, question: Question) -> bool:
    """Whether a short message holds some things against each other by something that it names ("fewer calls")."""
    verdicts = base.verdicts
    small = {word for words in (verdicts.choosing, verdicts.deciding, verdicts.than) for word in words}
    return len(question.text.split()) <= FEW_WORDS and len(set(question.telling) - small) > 1


def measured(base: KnowledgeBase, question: Question, kinds: Iterable[str]) -> Measured | None:
    """The measure that is asked for of things of one of the `kinds`; the one whose words say most."""
    text = asking_text(question)
    found = [item for item in _fitting(base, text) if item.measure.of in kinds]
    return max(found, key=lambda item: (bool(item.measure.beside), _longest(text, item.end)), default=None)


def asks_for_end(base: KnowledgeBase, text: str) -> bool:
    """Whether a text asks for the one with the most or the least of something."""
    ends = (end for measure in base.verdicts.measures for end in (measure.less, measure.more) if end is not None)
    return any(says(text, end.asked) for end in ends)


def _fitting(base: KnowledgeBase, text: str) -> Iterator[Measured]:
    for measure in base.verdicts.measures:
        if (measure.beside and not says(text, measure.beside)) or says(text, measure.unless):
            continue
        for end in (measure.less, measure.more):
            if end is not None and says(text, end.asked):
                yield Measured(measure, end)


def _longest(text: str, end: End) -> int:
    return max((len(word) for word in end.asked if says(text, (word,))), default=0)


def compared(base: KnowledgeBase, question: Question) -> tuple[str, ...]:
    """The things named that are weighed against each other: all of one kind, in the order named."""
    text, where = asking_text(question).lower(), base.verdicts.leaving
    named = dict.fromkeys(
        span.id
        for span in named_in(question)
        if span.kind in ENTITY_KINDS and not says(text, (f"{word} {span.text}" for word in where))
    )
    # What is named by itself ("the … one, how long is it") is not weighed against what was spoken of before.
    leans = question.from_context and (not named or says(text, (*base.verdicts.choosing, *base.verdicts.than)))
    context = question.entities if leans else ()
    known = [item for item in dict.fromkeys((*named, *context)) if item in base.entities]
    kinds = [base.kinds[item] for item in known]
    for kind in ("certification", "role", "degree"):
        if kinds.count(kind) > 1:
            return tuple(dict.fromkeys(item for item in known if base.kinds[item] == kind))
    bodies = [item for item in known if item in base.terms and base.terms[item].body]
    if len(bodies) > 1 and all(item in bodies or base.kinds[item] == "role" for item in known):
        return tuple(bodies)
    schooled = [item for item in known if base.kinds[item] in SCHOOLED]
    return tuple(dict.fromkeys(schooled)) if len(set(schooled)) > 1 and len(schooled) == len(known) else ()


def told_before(base: KnowledgeBase, question: Question, held: Collection[str]) -> tuple[str, ...]:
    """What a story weighs before it asks which ("… the x or the y. which would you pick"), without what is held."""
    sentences = sentences_in(question.story)
    text = asking_text(question)
    asking = sentences[-1] if sentences and (is_tale(text) or not question.askings) else text
    names = [span.text for span in question.spans if span.kind in ENTITY_KINDS]
    if not says(asking, base.verdicts.deciding) or says(asking.lower(), names):
        return ()
    found: dict[str, None] = {}
    for sentence in reversed([_as_read(item) for item in sentences[-1 - SENTENCES_BEFORE :]]):
        here = (span for span in question.spans if span.kind in (*SCHOOLED, "role") and says(sentence, (span.text,)))
        own = dict.fromkeys(span.id for span in here if span.id not in held)
        found = {**own, **found}
        # The last sentence that sets some side by side tells what there is to choose from.
        sides = _of_one_kind(base, own) or _of_one_kind(base, found)
        if sides:
            return sides
    return ()


def _of_one_kind(base: KnowledgeBase, found: Iterable[str]) -> tuple[str, ...]:
    """Those of some things that are weighed against each other; none where they are one, or too many."""
    for kinds in (SCHOOLED, ("role",)):
        sides = tuple(item for item in found if base.kinds.get(item) in kinds)
        if 1 < len(sides) <= MOST_SIDES:
            return sides
    return ()


def with_before(base: KnowledgeBase, question: Question, named: tuple[str, ...], before: Context) -> tuple[str, ...]:
    """What is weighed, with what the talk was about just before where the message points at that."""
    text = asking_text(question)
    if named or before.age > SHORT_MEMORY or not says(text, base.verdicts.pointing):
        return named
    if not says(
        text, (*base.verdicts.choosing, *base.verdicts.than)
    ):  # "and the other one, how long is it" weighs nothing
        return named
    own = tuple(dict.fromkeys(span.id for span in named_in(question) if span.kind in WEIGHED))
    kinds = {base.kinds[item] for item in own}
    told = before.listed if not own and len(before.listed) > 1 else before.entities[:1]
    known = [item for item in told if base.kinds.get(item) in (kinds or WEIGHED) and item not in own]
    both = (*known, *own) if known else ()
    return both if len(both) > 1 and len({base.kinds[item] for item in both}) == 1 else ()


def beside_usual(base: KnowledgeBase, question: Question, usual: str, before: Context) -> tuple[str, ...]:
    """The one thing spoken of and the `usual` one of its kind, where the message holds that against what it leaves out
    ("does it pay more"); nothing where it names something, or nothing else is known to be meant.
    """
    if named_in(question) or before.age > SHORT_MEMORY or says(question.text, base.verdicts.asked_why):
        return ()
    spoken = before.entities[:1] if compares_it(base, question) else ()
    fits = spoken and spoken[0] != usual and base.kinds.get(spoken[0]) == base.kinds.get(usual)
    return (spoken[0], usual) if fits else ()


def compares_it(base: KnowledgeBase, question: Question) -> bool:
    """Whether a short message holds what was spoken of against something that it leaves out."""
    text = question.text.lower()
    return len(text.split()) <= FEW_WORDS_LEFT and says(text, STAND_INS) and says(text, base.verdicts.comparing)


def kind_asked(base: KnowledgeBase, question: Question, before: Context) -> tuple[str, ...]:
    """The kinds of things that a message asks for one of, where it names none of them: by its words, else those that
    were just spoken of ("which is calmer").
    """
    text = asking_text(question)
    named = {span.kind for span in question.spans}
    asked = tuple(
        kind
        for kind, words in base.verdicts.kinds.items()
        if says(text, words) and (kind == "role" or kind not in named)
    )
    if asked or named or before.age > SHORT_MEMORY or len(text.split()) > FEW_WORDS_LEFT:
        return asked
    if says(text, base.verdicts.ways) or compares_it(base, question):  # to what was spoken of, or that beside another
        return ()
    spoken = (base.kinds[item] for item in before.entities if item in base.kinds)
    return tuple(dict.fromkeys(kind for kind in spoken if kind in WEIGHED))
