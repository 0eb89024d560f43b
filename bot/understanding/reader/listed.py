"""Credentials in lists of pieces: what stands beside one and says that its writer holds it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bot.understanding.reader.clauses import Part
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.names import Name
from bot.understanding.reader.pieces import sentence
from bot.understanding.reader.quantities import FIRST_YEAR
from bot.understanding.reader.tokens import NONE

MAX_JOINED = 2  # tokens from one name over a joint to the next


def beside(message: ReadMessage, parts: list[Part], index: int) -> bool:
    """Whether the next piece says that they are in force ("…, both current"), or the one before that there is one."""
    part = parts[index]
    after = parts[index + 1] if index + 1 < len(parts) and not parts[index + 1].opens else None
    if after is not None and after.fragment and message.says(after.start, after.end, "current"):
        return not message.says(after.start, after.end, "neg")
    before = parts[index - 1] if index and not part.opens else None
    if before is None or before.subject != "self" or before.asks or before.supposed or before.reported:
        return False
    said = message.says(before.start, before.end, "certified") and message.says(before.start, before.end, "have", "be")
    return said and not message.says(before.start, before.end, "neg", "plan_role", "plan_sure", "obliged")


def after_own(message: ReadMessage, parts: list[Part], index: int) -> bool:
    """Whether a piece that is nothing but names follows what its writer says of themselves ("i am a <job>, <name>")."""
    part = parts[index]
    if part.opens or not all(at in message.name_at or message.has(at, "join", "filler", "det") for at in
                             range(part.start, part.end)):  # fmt: skip
        return False
    first, _ = sentence(parts, index)
    unsure = message.says(parts[first].start, part.end, "plan", "neg", "fits", "or", "left", "speech", "feel")
    return not unsure and any(_own_work(message, told) for told in parts[first:index])


def current(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether a piece says that it is in force ("<name> current", "currently <name>")."""
    return (
        message.says(name.end, part.end, "current")
        or message.has(name.start - 1, "at_present")
        or message.has(name.end, "at_present")
    )


def _own_work(message: ReadMessage, told: Part) -> bool:
    """Whether a clause says what its writer works as, or where they are."""
    if told.subject != "self" or told.asks or told.supposed or told.commands or told.reported or told.demands:
        return False
    said = told.explicit and any(
        name.ids("role", "licence", "background", "country") for name in message.names
        if told.start <= name.start < told.end
    )  # fmt: skip
    return said or any(item.told.role and told.start <= item.start < told.end for item in message.tellings)


def before_own(message: ReadMessage, parts: list[Part], index: int) -> bool:
    """Whether a first piece that is nothing but a name goes on with what its writer holds ("<name>, i have a …")."""
    part, after = parts[index], parts[index + 1] if index + 1 < len(parts) else None
    if after is None or after.opens or not part.opens or any(at not in message.name_at for at in
                                                             range(part.start, part.end)):  # fmt: skip
        return False
    own = after.explicit and after.subject == "self" and not (after.asks or after.supposed or after.reported)
    if after.subject == "self" and not after.asks and message.says(after.start, after.end, "jobless"):
        return True
    holds = own and message.says(after.start, after.end, "have")
    return holds and any(name.ids("degree", "licence", "certification") for name in names_in(message, after)) and not (
        message.says(after.start, after.end, "neg", "plan_role", "obliged")
    )  # fmt: skip


def dated_list(message: ReadMessage, parts: list[Part], index: int) -> bool:
    """Whether it stands among several credentials, each with the year it was earned in ("<name> 2015, <name> 2019")."""
    return _with_year(message, parts[index]) and any(
        _with_year(message, parts[near]) for near in (index - 1, index + 1) if 0 <= near < len(parts)
    )


def _with_year(message: ReadMessage, part: Part) -> bool:
    names = [name for name in names_in(message, part) if name.ids("certification")]
    year = message.quantity_at.get(names[0].end) if len(names) == 1 else None
    return year is not None and year.kind == "number" and year.value >= FIRST_YEAR and year.end == part.end


def of_several_kinds(message: ReadMessage, part: Part) -> bool:
    """Whether a piece lists a licence beside schooling or a credential ("<licence>, <degree>")."""
    names = list(names_in(message, part))
    ids = [{kind for kind in ("licence", "degree", "certification") if name.ids(kind)} for name in names]
    joined = any(
        (message.has(one.end, "join") and two.start <= one.end + MAX_JOINED)
        or (two.start == one.end and message.tokens[two.start].gap != NONE)
        for one, two in pairwise(names)
    )
    return len(ids) > 1 and (joined or any("licence" in kinds for kinds in ids)) and len(set().union(*ids)) > 1


def joined(message: ReadMessage, name: Name) -> bool:
    """Whether a credential is joined to another one beside it ("<name> + <name>")."""
    after = message.name_at.get(name.end + 1) if message.has(name.end, "join") else None
    before = message.name_at.get(name.start - 2) if message.has(name.start - 1, "join") else None
    return any(found is not None and found.ids("certification") for found in (before, after))


def of_choice(message: ReadMessage, name: Name) -> bool:
    """Whether a credential is one of two of which one is meant ("<name> or <name>"): nobody holds such."""
    after = message.name_at.get(name.end + 1) if message.has(name.end, "or") else None
    beyond = [item for item in message.names if item.end == name.start - 1] if message.has(name.start - 1, "or") else []
    others = [*beyond, *([after] if after is not None else [])]
    return bool(name.ids("certification")) and any(item.ids("certification") for item in others)


def names_in(message: ReadMessage, part: Part) -> Iterator[Name]:
    return (name for name in message.names if part.start <= name.start < part.end)
