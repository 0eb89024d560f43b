"""Times in work, told apart from ages, deadlines, waits and what others ask for."""

from __future__ import annotations

from datetime import date

from bot.understanding.reader.clauses import Part
from bot.understanding.reader.heard import ToldFact
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.pieces import sentence
from bot.understanding.reader.quantities import FIRST_YEAR, QuantitySpan
from bot.understanding.reader.tokens import NONE

MAX_YEARS = 60
LONG_LIST = 8  # the same in a list of pieces
NEAR = 3  # clauses of one sentence between what somebody is and the time that goes with it


def no_work(message: ReadMessage, part: Part, start: int, end: int) -> bool:
    """Whether a time is something else than time in work: an age, a deadline, what is asked for, a degree's length."""
    if message.has(end, "not_work", "age") or message.says(part.start, part.end, "not_work_at_all"):
        return True
    if message.says(part.start, start, "settled") and not message.says(part.start, start, "work", "experience"):
        return True
    if message.has(end, "of_what", "inside") and message.says(end, min(end + 5, part.end), "schooling"):
        return True
    if away_from_work(message, part, start):
        return True
    corrected = message.length(part.start, "correct")  # the "no" of "no wait, 5 years" denies nothing
    if message.name_at.get(part.start + corrected) is not None and message.tokens[part.start + corrected].gap == NONE:
        corrected = 0  # "no <work> for 5 years"
    if message.says(part.start + corrected, start, "neg"):
        return True
    at = start - 1
    while at >= part.start and message.has(at, "det", "filler"):
        at -= 1
    if message.ends(at + 1, part.start, "in_time") >= 0 and message.ends(start, part.start, "before_that") < 0:
        behind = message.ends(at + 1, part.start, "after_time") >= 0 and message.has(end, "spent_in")
        if not behind:
            return True
    return message.says(part.start, start, "requirement") or message.has(end, "required")


def away_from_work(message: ReadMessage, part: Part, start: int) -> bool:
    """Whether somebody tells before a time that they were out of their work then ("out of <work> since …")."""
    for at in range(part.start, start):
        length = message.length(at, "away_from")
        after = at + length
        while length and after < start and message.has(after, "det", "my"):
            after += 1
        name = message.name_at.get(after)
        work = name is not None and bool(name.ids("experience", "role", "certification"))
        ends = after >= start and not message.has(after - 1, "of_what")  # "out of 10 years in <work>" counts
        if length and (work or ends or message.has(after, "work", "experience", "for_it", "until_now")):
            return True
    return False


def is_time(message: ReadMessage, part: Part, quantity: QuantitySpan) -> bool:
    """Whether a number is a time in work: by its unit, or as one that is put right ("years is 5")."""
    if quantity.kind == "years":
        return not no_work(message, part, quantity.start, quantity.end)
    at = quantity.start - 1
    labelled = message.has(at, "years_noun") and message.tokens[at].gap != NONE and quantity.start == part.start
    counted = labelled or message.ends(quantity.start, part.start, "years_are") >= 0
    return quantity.kind == "number" and quantity.value <= MAX_YEARS and counted


def since_there(message: ReadMessage, parts: list[Part], index: int, start: int, told: list[ToldFact]) -> bool:
    """Whether a piece behind somebody's job says where, and since when ("<job>, <setting> in … since 2017")."""
    part, first = parts[index], sentence(parts, index)[0]
    job = any(first <= fact.clause < index and fact.field == "role" and fact.standing == "held" for fact in told)
    if not (job and part.fragment and message.has(start, "until_now")):
        return False
    placed = message.says(part.start, start, "for_it") or any(
        part.start <= item.start < start and item.told.setting for item in message.tellings
    ) or any(part.start <= name.start < start and name.ids("setting") for name in message.names)  # fmt: skip
    return placed and not message.says(part.start, part.end, "holder", "certified", "person", "away_from")


def only_time(message: ReadMessage, part: Part, start: int, end: int) -> bool:
    """Whether a sentence is nothing but a time ("20 years.")."""
    small = ("filler", "about", "loosely", "so")
    beside = (*range(part.start, start), *range(end, part.end))
    return part.fragment and not message.tokens[part.start].asked and all(message.has(at, *small) for at in beside)


def between_years(message: ReadMessage, quantity: QuantitySpan, today: date) -> float | None:
    """The time from one year of the calendar to another ("from 1985 to 1999")."""
    until = message.tokens[quantity.end - 1].value
    if quantity.kind != "number" or until is None or quantity.end - quantity.start == 1:
        return None
    return until - quantity.value if FIRST_YEAR <= quantity.value < until <= today.year else None


def goes_on_counting(message: ReadMessage, part: Part, quantity: QuantitySpan) -> bool:
    """Whether a bare number counts years because one before it does ("… for five years, before that … for six")."""
    if quantity.kind != "number" or quantity.rate or quantity.value > MAX_YEARS:
        return False
    first = [item for item in message.quantities if item.end <= quantity.start][-1:]
    if not first or first[0].kind != "years":
        return False
    ends = quantity.end >= part.end or message.tokens[quantity.end].gap != NONE
    before = message.says(part.start, quantity.start, "before_that") and message.has(quantity.start - 1, "for_it")
    after = message.has(quantity.start - 1, "after_time") and message.has(quantity.end, "spent_in")
    return message.has(quantity.end, "before_that") or (ends and before) or after


def supported(message: ReadMessage, parts: list[Part], index: int) -> bool:
    """Whether the piece itself or one beside it tells of time in work, so that it is about the person."""
    for place, near in enumerate(parts):
        if abs(place - index) > _reach(parts, place, index):
            continue
        if near.asks or near.supposed or near.demands or near.subject != "self":
            continue
        for at in range(near.start, near.end):
            quantity = message.quantity_at.get(at)
            if message.has(at, "until_now") and at + 1 < near.end and not message.has(at + 1, "self", "other", "my"):
                return True
            if (
                quantity is not None
                and quantity.kind == "years"
                and quantity.start == at
                and not no_work(message, near, at, quantity.end)
            ):
                return True
    return False


def _reach(parts: list[Part], one: int, other: int) -> int:
    """How many clauses there may be between what somebody is and their time: most in a list of pieces."""
    if not _one_sentence(parts, one, other):
        return 1
    between = parts[min(one, other) : max(one, other) + 1]
    return LONG_LIST if all(part.fragment and part.subject == "self" and not part.asks for part in between) else NEAR


def among_own(message: ReadMessage, parts: list[Part], index: int) -> bool:
    """Whether a sentence made of pieces only (a list of names) stands in a message that tells of its writer.

    Somebody who says "I" elsewhere lists there what they hold; a piece of a question is none of it.
    """
    first, last = sentence(parts, index)
    whole = parts[first:last]
    if (
        any(
            not part.fragment or part.asks or part.commands or part.supposed or part.subject != "self" for part in whole
        )
        or message.tokens[parts[index].start].asked
    ):
        return False
    before = parts[first - 1] if first else None
    if before is not None and before.subject == "other" and not message.says(before.start, before.end, "us_too"):
        return False
    wanted = before is not None and message.says(before.start, before.end, "goal_noun", "plan")
    if wanted or any(message.says(part.start, part.end, "plan", "neg", "fits") for part in whole):
        return False
    return any(_tells_of_self(message, part) for at, part in enumerate(parts) if at != index)


def _tells_of_self(message: ReadMessage, part: Part) -> bool:
    """Whether a clause tells of its writer: by "I", or as a piece with a job, a place or a time in work."""
    if part.subject != "self" or part.asks or part.supposed or part.commands or message.tokens[part.start].asked:
        return False
    inside = range(part.start, part.end)
    return part.explicit or (
        part.fragment
        and any(
            (at in message.name_at and message.name_at[at].ids("role", "licence", "background", "country"))
            or (at in message.quantity_at and message.quantity_at[at].kind == "years")
            for at in inside
        )
    )


def years_in(message: ReadMessage, part: Part) -> bool:
    """Whether a time is what somebody is "in" ("at 15 years in", "three years in at a …")."""
    return any(
        quantity.kind == "years"
        and part.start <= quantity.start < part.end
        and message.has(quantity.end, "inside")
        and (quantity.end + 1 >= part.end or message.has(quantity.end + 1, "at", "at_place"))
        for quantity in message.quantities
    )


def _led_by_been(message: ReadMessage, part: Part, start: int) -> int:
    """Where a "been" begins that stands right before a time ("been 11 years"), else the time's own place."""
    at = start
    while at > part.start and message.has(at - 1, "loosely", "about"):
        at -= 1
    led = message.ends(at, part.start, "been_so")
    return led if led >= 0 else start


def about_work(message: ReadMessage, part: Part, start: int) -> bool:
    """Whether a clause with a time and no job in it is about the person's work: a piece, or "i have …"."""
    counted = message.ends(start, part.start, "years_are") >= 0
    led = all(
        message.has(at, "so", "filler", "loosely", "about")
        for at in range(part.start, _led_by_been(message, part, start))
    )
    if led and _led_by_been(message, part, start) < start and not part.asks:
        return True  # "…, been 11 years"
    if (part.fragment and not message.has(start, "until_now")) or years_in(message, part) or counted:
        return True
    return message.says(part.start, part.end, "experience", "doing_this")


def beside_it(message: ReadMessage, part: Part, at: int, end: int) -> bool:
    """Whether a place of a clause is not behind another number, whose work would be there ("4 years <word> 12 …")."""
    if not part.start <= at < part.end:
        return False
    behind = message.quantities if at >= end else ()
    return not any(end <= item.start < at and item.kind in ("years", "number") for item in behind)


def bare_question(message: ReadMessage, parts: list[Part], index: int) -> bool:
    """Whether it is a piece of a question without any verb ("<name>, 5 years: salary?"), which may be of anybody."""
    return message.tokens[parts[index].start].asked and all(part.fragment for part in parts)


def _one_sentence(parts: list[Part], one: int, other: int) -> bool:
    return not any(part.opens for part in parts[min(one, other) + 1 : max(one, other) + 1])
