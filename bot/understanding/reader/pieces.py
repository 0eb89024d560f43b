"""Pieces without a verb that tell something all the same: "<job> at a …", "<job> to <job>"."""

from __future__ import annotations

from bot.understanding.reader.clauses import Part
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.names import Name
from bot.understanding.reader.quantities import FIRST_YEAR
from bot.understanding.reader.tokens import NONE


def sentence(parts: list[Part], index: int) -> tuple[int, int]:
    """The clauses of the sentence that one stands in: the first, and the one after the last."""
    first = next(at for at in range(index, -1, -1) if parts[at].opens or at == 0)
    return first, next((at for at in range(index + 1, len(parts)) if parts[at].opens), len(parts))


def starts_way(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether it is where somebody's way starts: "<job> to <job>", not "from <job> to <job>".

    What somebody holds starts one as well.
    """
    if not name.ids("role", "certification") or name.ids("licence"):
        return False
    at = message.ends(name.start, part.start, "way_from")
    first = at if at >= 0 else name.start
    if any(not message.has(place, "so", "greet", "filler", "det") for place in range(part.start, first)):
        return False
    length = message.length(name.end, "too")
    after = message.name_at.get(name.end + length)
    if after is None and length:
        after = message.name_at.get(name.end + length + 1)
    return bool(length) and after is not None and bool(after.ids("role"))


def placed_piece(message: ReadMessage, parts: list[Part], index: int, name: Name) -> bool:
    """Whether a piece is nothing but what somebody is and where: "<job> at a …". A country says it only beside more."""
    part = parts[index]
    at = name.end
    while message.has(at, "trained") or at in message.quantity_at:
        at += 1
    length = message.length(at, "at", "at_place", "here_in", "origin")
    first, last = sentence(parts, index)
    own = any(one.outright and one.explicit and one.subject == "self" for one in parts[first:last])
    asked = message.tokens[part.start].asked and not own
    if not length or not part.fragment or asked:
        return False
    place, strange = False, 0
    for here in range(at + length, part.end):
        found = message.name_at.get(here)
        setting = any(item.told.setting and item.start <= here < item.end for item in message.tellings)
        setting = setting or (found is not None and bool(found.ids("setting")))
        place = place or setting or (found is not None and bool(found.ids("country")) and len(parts) > 1)
        strange += not (
            setting or found is not None or message.has(here, "det", "filler", "own_place", "at_place", "at")
        )
    return place and strange <= 1


def plain(part: Part) -> bool:
    """Whether a clause states something, and neither asks, supposes, commands nor only reports it."""
    return not (part.asks or part.supposed or part.commands or part.demands or part.reported)


def followed(message: ReadMessage, name: Name) -> bool:
    """Whether the name of a job ends there: no further noun makes it something else."""
    at = name.end
    if at >= len(message) or message.tokens[at].gap != NONE or at in message.name_at or at in message.quantity_at:
        return True
    return message.has(at, "after_role", "join", "question", "aux", "neg")


HOPED = 2  # words before a clause that may make it a hope ("but hope | i got it")


def got_it(message: ReadMessage, start: int, part: Part) -> bool:
    """Whether a clause says from a token on that it was got in the end ("… and got it"): it ends so, or by when."""
    at = message.first(start, part.end, "got_it")
    if at < 0 or message.says(max(0, part.start - HOPED), at, "neg", "plan_role"):
        return False
    after = at + message.length(at, "got_it")
    tried = message.has(after, "on_try") and after + message.length(after, "on_try") in message.quantity_at
    dated = (number := message.quantity_at.get(after)) is not None and number.value >= FIRST_YEAR
    return after == part.end or tried or dated or message.has(after, "after_result", "when_got")


def leaves_out(message: ReadMessage, part: Part) -> bool:
    """Whether a clause only denies what was said of others ("… and i do not")."""
    denies = message.says(part.start, part.end, "neg") and message.says(part.start, part.end, "i")
    small = ("join", "so", "connector", "i", "aux", "neg", "filler")
    return denies and part.end - part.start > 1 and all(
        message.has(at, *small) for at in range(part.start, part.end)
    )  # fmt: skip


def once_wanted(message: ReadMessage, parts: list[Part], index: int, name: Name) -> bool:
    """Whether it was wanted only until something happened ("i wanted to be a <job> until …")."""
    after = parts[index + 1] if index + 1 < len(parts) and not parts[index + 1].opens else None
    ended = after is not None and message.has(after.start, "until_then")
    return ended and message.says(parts[index].start, name.start, "wanted")
