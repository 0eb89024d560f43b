"""Whether somebody says that they are under age, or that they are not."""

from __future__ import annotations

from bot.understanding.reader.clauses import Part
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.quantities import QuantitySpan
from bot.understanding.reader.tokens import NONE

OF_AGE = 18  # with whom plans are made
YOUNGEST, OLDEST = 10, 110
TEENS = range(13, OF_AGE)
AFTER = ("age", "after_age", "correct", "filler", "temporal", "conditional", "connector", "question", "aux", "self")


def under_age(message: ReadMessage, parts: list[Part]) -> bool | None:
    """True of whoever says to be under age, False of whoever says not to be, None where neither is said.

    What is said of somebody else, of the past, or as a number of something says nothing.
    """
    found = None
    pupil = any(_pupil(message, part) for part in parts)
    for index, part in enumerate(parts):
        both = message.says(part.start, part.end, "age_both") and index > 0 and parts[index - 1].subject == "self"
        if part.subject == "other" and not (both or message.says(part.start, part.end, "self")):
            continue
        if part.reported:
            continue
        told = _by_number(message, parts, index, pupil=pupil)
        if told is None and message.says(part.start, part.end, "of_age"):
            told = message.says(part.start, part.end, "neg", "temporal")
        found = told if told is not None else found
    return True if found is None and pupil else found


def _by_number(message: ReadMessage, parts: list[Part], index: int, *, pupil: bool) -> bool | None:
    """What the ages told in a clause say."""
    part = parts[index]
    told = None
    for quantity in message.quantities:
        if not part.start <= quantity.start < part.end or not _may_be_age(message, quantity):
            continue
        value = int(quantity.value)
        if _is(message, part, quantity):
            still = message.says(part.start, quantity.start, "not_there_yet", "temporal", "neg", "conditional")
            soon = message.has(quantity.end, "age_soon") and message.tokens[quantity.end].gap == NONE
            still = still or soon  # "i am 18 next week"
            coming = still or message.ends(_back(message, part, quantity) + 1, part.start, "age_coming") >= 0
            denied = value < OF_AGE and message.has(_back(message, part, quantity), "neg")
            told = told if denied else value < OF_AGE or (value == OF_AGE and coming)
        elif value in TEENS:
            own = _asked(message, part, quantity) or _alone(message, parts, index, quantity, pupil=pupil)
            told = True if own else told
    return told


def _may_be_age(message: ReadMessage, quantity: QuantitySpan) -> bool:
    """Whether a number counts nothing that follows it."""
    at = quantity.end
    if quantity.value * 2 != int(quantity.value * 2) or not YOUNGEST <= quantity.value <= OLDEST:
        return False
    if quantity.kind == "years":
        return message.has(at, "age")
    if quantity.kind != "number":
        return False
    if at >= len(message) or message.tokens[at].gap != NONE:
        return True
    return at not in message.quantity_at and message.has(at, *AFTER)  # "16 an hour"


def _back(message: ReadMessage, part: Part, quantity: QuantitySpan) -> int:
    """The token before a number and the small words around it."""
    at = quantity.start - 1
    while at >= part.start and message.has(at, "filler", "age_only"):
        at -= 1
    return at


def _is(message: ReadMessage, part: Part, quantity: QuantitySpan) -> bool:
    """Whether somebody says to be, or to become, that old."""
    at = _back(message, part, quantity)
    others = message.says(part.start, quantity.start, "person") and not message.has(at - 1, "self")
    if at < part.start or others:
        both = message.has(quantity.start - 1, "age_both")
        return both and message.says(0, quantity.start, "self")
    like = message.ends(at - 1, 0, "simile")
    if like > 0 and not message.has(like - 1, "so"):
        return False  # "explain it like i am 12"
    own = part.subject == "self" or message.says(part.start, at, "self")
    return own and message.ends(at + 1, part.start, "age_is", "age_coming", "age_past") >= 0


def _alone(message: ReadMessage, parts: list[Part], index: int, quantity: QuantitySpan, *, pupil: bool) -> bool:
    """Whether an age stands alone: in a list of what its writer tells, or where a message begins."""
    part = parts[index]
    if part.asks:
        return False
    first = all(message.has(at, "greet", "so", "filler") for at in range(quantity.start))
    if first and message.has(quantity.end, "age_alone"):
        return True
    only = quantity.start == part.start and quantity.end + message.has(quantity.end, "age") >= part.end
    return only and (pupil or message.has(quantity.end, "age"))


def _asked(message: ReadMessage, part: Part, quantity: QuantitySpan) -> bool:
    """Whether somebody asks for themselves at an age ("can i do this at seventeen")."""
    return (
        part.asks
        and part.subject == "self"
        and part.explicit
        and message.has(quantity.start - 1, "at_age")
        and not message.says(part.start, quantity.start, "past")
    )


def _pupil(message: ReadMessage, part: Part) -> bool:
    """Whether somebody says to be at school still."""
    if (part.subject == "other" and not message.says(part.start, part.end, "self")) or part.reported:
        return False
    at = message.first(part.start, part.end, "pupil")
    if at < 0 or message.says(part.start, part.end, "past_school", "person", "neg"):
        return False
    return not (part.asks and not part.explicit)
