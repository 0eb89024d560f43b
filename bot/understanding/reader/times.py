"""Times in work, told apart from ages, deadlines, waits and what others ask for."""

from __future__ import annotations

from bot.understanding.reader.clauses import Part
from bot.understanding.reader.message import Message

NEAR = 3  # clauses of one sentence between what somebody is and the time that goes with it


def no_work(message: Message, part: Part, start: int, end: int) -> bool:
    """Whether a time is something else than time in work: an age, a deadline, what is asked for, a degree's length."""
    if message.has(end, "not_work", "age") or message.says(part.start, part.end, "not_work_at_all"):
        return True
    if message.says(part.start, start, "neg"):
        return True
    at = start - 1
    while at >= part.start and message.has(at, "det", "filler"):
        at -= 1
    if message.ends(at + 1, part.start, "in_time") >= 0:
        return True
    return message.says(part.start, start, "requirement") or message.has(end, "required")


def supported(message: Message, parts: list[Part], index: int) -> bool:
    """Whether the piece itself or one beside it tells of time in work, so that it is about the person."""
    for place, near in enumerate(parts):
        if abs(place - index) > (NEAR if _one_sentence(parts, place, index) else 1):
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


def _one_sentence(parts: list[Part], one: int, other: int) -> bool:
    return not any(part.opens for part in parts[min(one, other) + 1 : max(one, other) + 1])
