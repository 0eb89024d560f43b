"""How a clause aims at a job or a credential: wanted, refused, applied for, offered, or only asked about."""

from __future__ import annotations

from bot.understanding.reader.clauses import Part
from bot.understanding.reader.heard import FactStanding
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.names import Name

MAX_BETWEEN = 3  # tokens between "interview for" and the name
NEAR = 8  # the same between "want to be" and it
HEARD_OF = "heard of"


def aimed(message: ReadMessage, part: Part, name: Name) -> tuple[FactStanding, str] | None:
    """How a clause aims at what it names, and why; None where it does not."""
    before = max(part.start, name.start - NEAR)
    if message.has(name.start - 1, "into_it") and message.has(name.start - 2, "join"):
        wanted = (
            not part.asks and message.says(part.start, name.start, "plan") and not message.says(before, part.end, "neg")
        )
        return ("planned", "out of one into the other") if wanted else None
    if _out_of_something(message, part, name):
        return "planned", "left for it"
    if _unwanted(message, part, name):
        refused = message.says(part.start, name.start, "refuse") and not part.asks
        return ("denied", "refused") if refused else None
    way = _way(message, part, name)
    if _chosen(message, part, name):
        return "planned", "chosen"
    if not (part.asks or part.supposed) and any(
        _reaches(message, at, name, "goal_change") for at in range(part.start, name.start)
    ):
        return "planned", "set as the goal"
    if part.asks or part.supposed or part.commands:
        return ("asked", "a question of the person") if way or _asked(message, part, name) else None
    alone = not any(other is not name and part.start <= other.start < part.end for other in message.names)
    if message.has(name.end, "is_goal") or (alone and message.says(name.end, part.end, "is_goal")):
        return "planned", "named as the goal"
    if message.has(name.start - 1, "as") and _offered(message, part, name):
        return "planned", "offered"
    if _interviewed(message, part, name):
        return "planned", "applied for"
    for at in range(name.start - 1, before - 1, -1):
        if _reaches(message, at, name, "goal") and not (message.has(at, "bare_be") and message.has(at - 1, "may_be")):
            return "planned", message.text(at, name.end)
    if not way and any(_reaches(message, at, name, "goal_soft") for at in range(before, name.start)):
        return "asked", HEARD_OF
    return ("planned", "from one to the other") if way else None


def _out_of_something(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether something is to be left for it ("want to leave … for <job>")."""
    at = name.start - 1
    while message.has(at, "det"):
        at -= 1
    if not message.has(at, "for_it") or part.asks or part.supposed:
        return False
    leaving = message.first(part.start, at, "leaving")
    return leaving >= 0 and message.says(part.start, leaving, "plan_role") and not message.says(
        part.start, leaving, "neg"
    )  # fmt: skip


def _unwanted(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether what stands before it says that it is not wanted ("not only" and "yes or no" do not)."""
    at = part.start
    while at < name.start:
        size = message.length(at, "only", "yes_or_no")
        if not size and message.has(at, "not_goal") and message.says(at, name.start, "not_goal"):
            return True
        at += max(1, size)
    return False


def _offered(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether it is offered to the writer, and nobody else is told of after the offer ("… where my <person> is")."""
    at = next((at for at in range(name.start - 1, part.start - 1, -1) if message.has(at, "goal_for_me")), -1)
    end = at + message.length(at, "goal_for_me")
    return at >= 0 and end <= name.start and not message.says(end, name.start, "person", "other")


def _interviewed(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether somebody applies for it: "interview tomorrow for <job>"."""
    at = name.start - 1
    far = at - MAX_BETWEEN
    while at > max(far, part.start) and not message.has(at, "for_it"):
        at -= 1
    return message.has(at, "for_it") and message.says(part.start, at, "interviewing")


def _chosen(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether a clause is nothing but the choice of it: "then <name>", "ok so <name> it is"."""
    around = [at for at in range(part.start, part.end) if not name.start <= at < name.end]
    said = message.says(part.start, name.start, "decided")
    return (
        said and not part.asks and all(message.has(at, "decided", "so", "filler", "det", "it", "be") for at in around)
    )


def _way(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether it is where a way leads: "<name> to <name>"."""
    start = message.ends(name.start, part.start, "too")
    if start < 0 and message.has(name.start - 1, "for_it") and message.says(part.start, name.start, "leaving"):
        start = name.start - 1
    before = message.name_at.get(start - 1)
    return before is not None and bool(before.ids("role", "certification", "licence", "background"))


def _asked(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether a question about it is one of the person's own way: "can i become a …", "is … possible"."""
    if (
        message.says(part.start, part.end, "or")
        and sum(
            bool(found.ids("role", "certification")) for found in message.names if part.start <= found.start < part.end
        )
        > 1
    ):
        return False
    idle = message.says(part.start, part.end, "conditional") and not message.has(name.start - 1, "my")
    if part.supposed and idle and message.says(part.start, name.start, "outcome"):
        return False  # "what if i get the …"
    at = name.start - 1
    while message.has(at, "det", "filler", "my") and not message.has(at, "with"):
        at -= 1
    if message.has(at, "with", "with_it") or message.has(name.start - 2, "without"):
        return False
    if any(_reaches(message, at, name, "goal_question") for at in range(part.start, name.start)):
        return True
    inside = [other for other in message.names if part.start <= other.start < part.end and other is not name]
    apart = [other for other in inside if name.start not in (other.end, other.start) and name.end != other.start]
    if any(other.ids("role", "certification") for other in apart) or message.says(part.start, part.end, "have", "had"):
        return False
    if message.says(part.start, part.end, "fits"):
        return not name.plural and not message.says(part.start, name.start, "need")
    own = part.subject == "self" and part.explicit
    after = part.start + message.has(part.start, "aux")
    return own and message.says(after, name.start, "attempt") and not message.says(part.start, name.start, "need")


def ends_there(message: ReadMessage, name: Name) -> bool:
    """Whether no further noun makes it something else."""
    at = name.end
    return (
        at >= len(message)
        or message.tokens[at].gap > 0
        or at in message.name_at
        or at in message.quantity_at
        or message.has(
            at, "after_role", "after_held", "aimed", "join", "question", "aux", "neg", "self", "you", "other"
        )
    )


def _reaches(message: ReadMessage, at: int, name: Name, cue: str) -> bool:
    """Whether a phrase at `at` ends before the name with nothing but filling between."""
    length = message.length(at, cue)
    if not length or at + length > name.start:
        return False
    return all(
        message.has(place, "det", "filler", "my", "join", "aimed") or not message.free(place)
        for place in range(at + length, name.start)
    )
