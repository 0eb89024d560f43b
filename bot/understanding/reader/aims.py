"""Where somebody wants to get to, and what they refuse."""

from __future__ import annotations

from collections.abc import Iterator

from bot.understanding.reader.ahead import asked_by_pronoun, named_next, test_asked_about
from bot.understanding.reader.aimed import HEARD_OF, NEAR, aimed, ends_there
from bot.understanding.reader.clauses import Part
from bot.understanding.reader.heard import FactStanding, ToldFact
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.names import Name
from bot.understanding.reader.pieces import once_wanted, sentence
from bot.understanding.reader.standing import SAT
from bot.understanding.reader.tokens import NONE

OWN = ("role", "certification", "licence", "education", "years")  # who tells one of these asks for themselves
BY_NAME = "asked by its name"
CORRECTED = "corrected"
SEVERAL = "one of several"


def goals(
    message: ReadMessage, parts: list[Part], held: set[str], default: str, before: str | None = None
) -> list[ToldFact]:
    """Goals, in order; one that only a question lets think of is "asked". What is `held` is no goal.

    `before` is the goal known so far, `default` what somebody wants who wants into the field and names nothing.
    """
    found = []
    for index, part in enumerate(parts):
        if _unreal(message, parts, index) or _others(message, part) or (part.asks and message.has(part.start, "who")):
            continue
        for name in message.names:
            if not part.start <= name.start < part.end:
                continue
            ids = name.ids("role") or name.ids("certification")
            whole = part.asks or ends_there(message, name) or message.has(name.end, "appeals")
            if not ids or ids[0] in held or not whole:
                continue
            if _met(message, name) or once_wanted(message, parts, index, name):
                continue
            how = _how_aimed(message, parts, index, name, before)
            until = parts[index + 1].end if index + 1 < len(parts) else part.end
            if how is not None and not (how[0] == "planned" and message.says(name.end, until, "declined")):
                found.append(ToldFact(field="goal", value=ids[0], standing=how[0], clause=index, why=how[1]))
        found.extend(_told_work(message, part, index, held))
        meant = asked_by_pronoun(message, parts, index)
        if meant is not None and meant not in held:
            found.append(ToldFact(field="goal", value=meant, standing="asked", clause=index, why="asked for as it"))
        picked = _picked(message, parts[index - 1], part) if index else None
        if picked is not None:
            found.append(
                ToldFact(field="goal", value=picked, standing="asked", clause=index, why="picked, and asked for")
            )
        if part.subject != "other" and message.says(part.start, part.end, "field_goal"):
            found.append(
                ToldFact(field="goal", value=default, standing="asked", clause=index, why="the field as a whole")
            )
    return found


def _others(message: ReadMessage, part: Part) -> bool:
    """Whether a clause tells or asks of somebody else's way, and nobody in it wants something of the writer."""
    if part.subject != "other" or message.says(part.start, part.end, "goal_for_me"):
        return False
    if part.asks:
        return message.says(part.start, part.end, "person")
    return part.explicit or _goes_on(message, part)


def _unreal(message: ReadMessage, parts: list[Part], index: int) -> bool:
    """Whether a sentence says what would be if its writer were somebody else ("if i were a <job> i would …")."""
    first = sentence(parts, index)[0]
    return message.says(parts[first].start, parts[index].end, "unreal")


def _met(message: ReadMessage, name: Name) -> bool:
    """Whether it is somebody whom its writer meets ("an interview with the <job>")."""
    at = name.start - 1
    person = message.has(at, "det", "my", "theirs") and bool(name.ids("role"))
    return person and message.has(at - 1, "with", "with_it") and ends_there(message, name)


def _goes_on(message: ReadMessage, part: Part) -> bool:
    """Whether a clause without a subject goes on with what somebody else does ("… and wants to be a …")."""
    if part.opens:
        return False
    at = part.start
    while message.has(at, "join", "filler", "so") and not message.has(at, "third"):
        at += 1
    joined = at > part.start and message.has(part.start, "join")
    alone = message.has(part.start - 1, "join") and message.tokens[part.start].gap == NONE
    return message.has(at, "third") or joined or alone


def _how_aimed(
    message: ReadMessage, parts: list[Part], index: int, name: Name, before: str | None
) -> tuple[FactStanding, str] | None:
    """How a job or a credential is aimed at, by its clause and the one before; `before` is the goal known so far."""
    part = parts[index]
    how = aimed(message, part, name)
    if how is not None:
        return ("asked", SEVERAL) if how[0] == "planned" and _undecided(message, part) else how
    noun = message.ends(part.start, parts[index - 1].start, "goal_noun") >= 0 if index else False
    opening = message.length(part.start, "goal_noun")  # "goal revenue cycle manager"
    if (noun or (opening and not part.asks)) and name.start - part.start - opening <= 1:
        return "planned", "named as the goal"
    if before is not None and len(message.names) == 1 and _corrects(message, parts, index):
        return "asked", CORRECTED
    if _appeals(message, part, name):
        return "planned", "appeals"
    if named_next(message, part, name) or (name.ids("role") and _at_the_end(message, parts, index, name)):
        return "planned", "named last"
    if test_asked_about(message, part, name):
        return "asked", "its test asked about"
    by_name = index and name.ids("role", "certification") and _asked_by_name(message, part, name)
    return ("asked", BY_NAME) if by_name else None


def _at_the_end(message: ReadMessage, parts: list[Part], index: int, name: Name) -> bool:
    """Whether a piece is only a job: with a "maybe", or as the end of a list of what its writer is or has for it.

    "<licence>, <country>, <job>", "8 hours a week, 700 dollars, <job>": whoever has letters or years may be it already.
    """
    part = parts[index]
    if not part.fragment or part.subject != "self" or name.plural or not index or message.tokens[name.start].asked:
        return False
    around = message.covered(part.start, part.end, "so", "filler", "det", "aimed", "by_name", "perhaps")
    if not all(name.start <= at < name.end or at in around for at in range(part.start, part.end)):
        return False
    if message.says(part.start, part.end, "perhaps"):
        return True
    whole = all(piece.fragment and not piece.asks for piece in parts) and index == len(parts) - 1
    if not whole or any(other.ids("certification", "role") for other in message.names if other is not name):
        return False
    kinds = {item.kind for item in message.quantities}
    licensed = any(other.ids("licence", "background") for other in message.names)
    return "years" not in kinds and (licensed or not kinds.isdisjoint({"hours", "money"}))


def _corrects(message: ReadMessage, parts: list[Part], index: int) -> bool:
    """Whether a clause puts something right: "actually <name>", "actually no, <name>"."""
    if message.has(parts[index].start, "correct"):
        return True
    small = range(parts[index - 1].start, parts[index - 1].end) if index else range(0)
    return (
        bool(small)
        and message.has(small[0], "correct")
        and all(message.has(at, "correct", "neg", "so") for at in small)
    )


def _undecided(message: ReadMessage, part: Part) -> bool:
    """Whether a clause weighs two jobs or credentials ("either <name> or <name>")."""
    named = [name for name in message.names if part.start <= name.start < part.end]
    named = [name for name in named if name.ids("role", "certification")]
    return len(named) > 1 and message.says(named[0].start, named[-1].end, "or")


def _asked_by_name(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether a question is nothing but a job ("<job>?", "<job> next?")."""
    around = [at for at in range(part.start, part.end) if not name.start <= at < name.end]
    asked = message.tokens[name.start].asked and not name.plural
    small = message.covered(part.start, part.end, "so", "filler", "det", "aimed", "by_name")
    return asked and all(at in small for at in around)


def _told_work(message: ReadMessage, part: Part, index: int, held: set[str]) -> Iterator[ToldFact]:
    """The job of whoever wants to do what only its people do ("want to run the …")."""
    if part.asks or part.supposed or part.commands or part.reported:
        return
    for telling in sorted(message.tellings, key=lambda item: (item.start, -item.end)):
        role = telling.told.goal or telling.told.role
        if role is None or role in held or not part.start <= telling.start < part.end:
            continue
        at = max(part.start, telling.start - NEAR)
        wanted = any(
            (length := message.length(place, *(("goal_deed", "goal") if telling.told.goal else ("goal_deed",))))
            and all(
                message.has(between, "filler", "det", "to", "aimed", "my")
                for between in range(place + length, telling.start)
            )
            for place in range(at, telling.start)
        )
        if telling.told.goal and not _ends_goal(message, part, telling.end):
            continue
        if wanted and not message.says(max(0, part.start - 1), telling.start, "not_goal"):
            why = message.text(telling.start, telling.end)
            yield ToldFact(field="goal", value=role, standing="planned", clause=index, why=why)
            return


def _ends_goal(message: ReadMessage, part: Part, at: int) -> bool:
    """Whether nothing behind a work that is wanted makes it something else ("want to <work> a class")."""
    name = message.name_at.get(at - 1)
    if name is not None and (name.end > at or name.ids("role", "certification")):
        return False
    return (
        at >= part.end
        or message.tokens[at].gap > 0
        or at in message.quantity_at
        or (
            message.has(at, "after_role", "after_held", "aimed", "join", "so", "connector", "filler", "than", "perhaps")
            and not message.has(at, "indefinite_article")
        )
    )


def _appeals(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether it is said to be to somebody's liking ("<job> sounds like me")."""
    return message.has(name.end, "appeals") and not (
        part.asks or part.supposed or message.says(part.start, name.start, "not_goal")
    )


def planned(message: ReadMessage, parts: list[Part], facts: list[ToldFact]) -> list[ToldFact]:
    """The job or credential that somebody is on the way to, as the goal of whoever tells no other."""
    if any(fact.field == "goal" and (fact.standing in ("planned", "denied") or fact.why == SEVERAL) for fact in facts):
        return []
    asked = [
        fact
        for fact in facts
        if fact.field == "goal" and (_asks_the_way(message, parts[fact.clause]) or fact.why == HEARD_OF)
    ]
    if asked and any(fact.field in OWN and fact.standing == "held" for fact in facts):
        return [asked[-1].model_copy(update={"standing": "planned"})]
    latest = {fact.value: fact for fact in facts if fact.field in ("certification", "role")}
    again = any(message.says(part.start, part.end, "retake") and not message.says(part.start, part.end, "neg")
                for part in parts)  # fmt: skip
    ways = [
        fact
        for fact in latest.values()
        if (
            (fact.standing == "planned" and _going(message, parts[fact.clause]))
            or (again and fact.standing == "failed" and fact.field == "certification")
        )
        and fact.why != SAT
        and not (_supposed(parts, fact.clause) or _undecided(message, parts[fact.clause]))
    ]
    return [fact.model_copy(update={"field": "goal", "standing": "planned"}) for fact in ways[-1:]]


def _asks_the_way(message: ReadMessage, part: Part) -> bool:
    """Whether a clause asks how its writer gets there ("how do i become a …")."""
    return part.asks and part.subject == "self" and not part.supposed and message.says(part.start, part.end, "goal_how")


def _going(message: ReadMessage, part: Part) -> bool:
    """Whether a clause does not say that nothing comes of it."""
    own = part.subject != "other" and not part.reported
    return own and not message.says(part.start, part.end, "neg", "missed_aim", "almost_did")


def _supposed(parts: list[Part], index: int) -> bool:
    """Whether the sentence of a clause only supposes something."""
    first, last = sentence(parts, index)
    return any(part.supposed for part in parts[first:last])


def _picked(message: ReadMessage, before: Part, part: Part) -> str | None:
    """What is picked and then asked for: "the <job> one. can i do it …"."""
    inside = [name for name in message.names if before.start <= name.start < before.end]
    ids = inside[0].ids("role", "certification") if len(inside) == 1 and before.fragment else ()
    if not ids or not (message.has(inside[0].start - 1, "the") and message.has(inside[0].end, "that_one")):
        return None
    asked = part.asks and part.subject == "self" and message.says(part.start, part.end, "attempt")
    return ids[0] if asked else None
