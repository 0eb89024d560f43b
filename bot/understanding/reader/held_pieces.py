"""Whether a piece without a verb tells what its writer has: "<name>, 5 years"."""

from __future__ import annotations

from bot.understanding.reader.clauses import Part
from bot.understanding.reader.heard import IN_PASSING
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.names import Name
from bot.understanding.reader.standing import is_whole, lapse_reaches
from bot.understanding.reader.tokens import NONE

NEXT = 2  # words after a name that a negation may follow in
MAX_STRANGE = 2  # words of the subject before schooling
NOT_IN_PIECES = ("plan", "fail", "or", "requirement", "tested", "aspiring")


def fragment_holds(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether a piece without a verb can tell that the person has it: "<name>, 5 years"."""
    return (
        part.fragment
        and part.subject == "self"
        and not (part.asks or part.supposed or part.commands or part.owner or part.demands or name.plural)
        and (is_whole(message, name) or _with_subject(message, part, name))
        and not _counted(message, name)
        and not _employer(message, part, name)
        and not (name.ids("degree") and message.has(name.end, "school_job", "still_to_buy"))
        and (
            all(_fills(message, at) for at in range(_after_time(message, part, name), name.start))
            or _led_by_subject(message, part, name)
        )
        and not message.says(part.start, part.end, *NOT_IN_PIECES)
        and not (message.says(part.start, part.end, "lapse") and lapse_reaches(message, part, name))
        and not message.says(part.start, name.start, "neg")
        and not message.says(name.end, min(part.end, name.end + NEXT), "neg")
    )


def only_thought_of(message: ReadMessage, parts: list[Part], index: int, name: Name, why: str) -> bool:
    """Whether what follows in the sentence says that it is not there: "with a <name> i would …", "<name> when …"."""
    after = parts[index + 1] if index + 1 < len(parts) and not parts[index + 1].opens else None
    if why == IN_PASSING and message.has(name.end, "temporal") and message.tokens[name.end].gap == NONE:
        return True
    if after is None:
        return False
    at = name.start - 1
    while at >= parts[index].start and message.has(at, "det") and not message.has(at, "with_it", "as"):
        at -= 1
    led = at >= parts[index].start and message.has(at, "with_it", "as")
    wished = any(message.length(at, "plan") > 1 for at in (after.start, after.start + 1))  # "i would like to"
    if led and message.has(after.start, "would_be") and not wished:
        return True
    waits = message.has(after.start, "temporal", "conditional") and message.tokens[after.start].gap == NONE
    return why == IN_PASSING and waits


def _with_subject(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether schooling is followed by nothing but its subject ("bachelors psych")."""
    return bool(name.ids("degree")) and name.end + 1 == part.end and message.free(name.end)


def _led_by_subject(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether a piece is schooling behind nothing but its subject ("liberal arts <degree>")."""
    led = range(part.start, name.start)
    strange = all(message.free(at) and message.marks[at].keys() <= {"specialty"} for at in led)
    return bool(name.ids("degree")) and len(led) <= MAX_STRANGE and strange and name.end == part.end


def _after_time(message: ReadMessage, part: Part, name: Name) -> int:
    """Where what a piece lists begins: behind a time in it ("<job> for a … 6 years <name>"), else with it."""
    times = (item for item in message.quantities if part.start <= item.start < name.start and item.kind == "years")
    return max((item.end for item in times), default=part.start)


def _employer(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether it is whom or where somebody works for ("<job> at a <name>")."""
    if not name.ids("licence"):
        return False
    if any(item.told.setting and item.start <= name.start < item.end for item in message.tellings):
        return True
    at = name.start - 1
    while at > part.start and message.has(at, "det", "filler"):
        at -= 1
    return at > part.start and message.has(at, "at_place", "for_it") and message.has(at + 1, "det")


def _counted(message: ReadMessage, name: Name) -> bool:
    """Whether a number stands before it that is none of years ("one <name>, two rooms"): others are meant."""
    before = message.quantity_at.get(name.start - 1) if message.tokens[name.start].gap == NONE else None
    return before is not None and before.kind == "number"


def _fills(message: ReadMessage, at: int) -> bool:
    if any(telling.start <= at < telling.end for telling in message.tellings):
        return True
    return not message.free(at) or message.has(
        at, "det", "filler", "join", "my", "after_held", "so", "greet", "holder", "child"
    )
