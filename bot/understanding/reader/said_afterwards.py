"""What is said of credentials named before: that they ran out, that they were passed or failed, that one has none."""

from __future__ import annotations

from collections.abc import Iterator

from bot.understanding.reader.clauses import Part
from bot.understanding.reader.heard import FactStanding, ToldFact
from bot.understanding.reader.listed import names_in
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.pieces import got_it, leaves_out
from bot.understanding.reader.standing import SAT, let_go
from bot.understanding.reader.tokens import SENTENCE


def said_afterwards(message: ReadMessage, part: Part, index: int, found: list[ToldFact]) -> Iterator[ToldFact]:
    """What is said of things named before: "everything expired", "i let it lapse", "then passed it"."""
    if part.asks or part.supposed or part.subject == "nobody" or any(names_in(message, part)):
        return
    lacks = message.says(part.start, part.end, "lacks_it") or leaves_out(message, part)
    if part.subject == "self" and lacks:
        yield from _without(message, part, index, found)
    before = message.name_at.get(part.start - 1)
    if not part.opens and before is not None and message.says(part.start, part.end, "lapse_it"):
        for value in before.ids("certification")[:1]:
            yield ToldFact(field="certification", value=value, standing="expired", clause=index, why="that one")
    elif not (part.explicit or part.opens) and before is not None and (said := _told_of_it(message, part)) >= 0:
        how: FactStanding = "failed" if message.has(said, "fail") else "expired"
        for value in before.ids("certification")[:1]:
            yield ToldFact(field="certification", value=value, standing=how, clause=index, why="said right after")
    yield from _failed_it(message, part, index, found)
    passed = message.says(part.start, part.end, "pass") and not message.says(
        part.start, part.end, "pass_thing", "pass_bare", "rehearsal"
    )
    passed = passed and not message.says(part.start, part.end, "neg", "plan_role")
    if passed or got_it(message, part.start, part):
        for fact in latest_of(found)[-1:]:
            if fact.field == "certification" and fact.standing in _passable(message, part):
                yield fact.model_copy(update={"standing": "held", "clause": index, "why": "passed, said later"})
    yield from _not_paid(message, part, index, found)
    yield from _ran_out(message, part, index, found)


def _without(message: ReadMessage, part: Part, index: int, found: list[ToldFact]) -> Iterator[ToldFact]:
    """What was named before, of somebody who says that they do not have it ("… and i do not have one")."""
    held = {fact.value for fact in found if fact.standing == "held"}
    before = [name for name in message.names if name.end <= part.start]
    at = before[-1].start if before else 0
    named = [name for name in before if all(message.tokens[place].gap != SENTENCE for place in
                                               range(name.start + 1, at + 1))]  # fmt: skip
    for name in named:
        for value in name.ids("certification")[:1]:
            if value not in held:
                yield ToldFact(field="certification", value=value, standing="denied", clause=index, why="without it")


def _told_of_it(message: ReadMessage, part: Part) -> int:
    """Where a piece begins to say that what was named before has run out or was failed ("…, now expired"), else -1."""
    at = part.start
    while at < part.end and message.has(at, "filler", "until_now") and not message.has(at, "run_down"):
        at += 1
    return at if at < part.end and message.has(at, "lapse", "fail", "run_down") else -1


def _passable(message: ReadMessage, part: Part) -> tuple[FactStanding, ...]:
    """How a credential may have stood that is then said to be passed: what was only asked about by "it" alone."""
    named = {value for name in message.names for value in name.ids("certification")[:1] if name.end <= part.start}
    asked = len(named) == 1 and part.explicit and part.subject == "self" and message.says(part.start, part.end, "it")
    again: tuple[FactStanding, ...] = ("expired",) if message.says(part.start, part.end, "again") else ()
    return ("planned", "failed", *again, "asked") if asked else ("planned", "failed", *again)


def _ran_out(message: ReadMessage, part: Part, index: int, found: list[ToldFact]) -> Iterator[ToldFact]:
    """What was held and has run out, said later: all of it, or the licence where that is named."""
    licence = part.subject == "self" and message.says(part.start, part.end, "licence_noun")
    lost = message.says(part.start, part.end, "lapse") or (licence and let_go(message, part))
    named = licence or message.says(part.start, part.end, "all_of_it")
    over = lost and named and not message.says(part.start, part.end, "neg")
    if not (over or message.says(part.start, part.end, "stopped_paying")):
        return
    fields = ("licence",) if licence else ("certification", "licence")
    for fact in latest_of(found):
        if fact.field in fields and fact.standing == "held":
            yield fact.model_copy(update={"standing": "expired", "clause": index, "why": "lapsed, said later"})


def _not_paid(message: ReadMessage, part: Part, index: int, found: list[ToldFact]) -> Iterator[ToldFact]:
    """The credential named last, of whoever says that they stopped paying for it and tells of none held."""
    if not message.says(part.start, part.end, "stopped_paying") or any(fact.standing == "held" for fact in found):
        return
    named = [name for name in message.names if name.end <= part.start and name.ids("certification")]
    for value in named[-1].ids("certification")[:1] if named else ():
        yield ToldFact(field="certification", value=value, standing="expired", clause=index, why="not paid")


def _failed_it(message: ReadMessage, part: Part, index: int, found: list[ToldFact]) -> Iterator[ToldFact]:
    """What was sat, of whoever says later to have failed it."""
    if not message.says(part.start, part.end, "all_of_it") or message.says(part.start, part.end, "neg"):
        return
    if message.says(part.start, part.end, "fail"):
        for fact in latest_of(found)[-1:]:
            if fact.why == SAT:
                yield fact.model_copy(update={"standing": "failed", "clause": index, "why": "failed, said later"})


def latest_of(found: list[ToldFact]) -> list[ToldFact]:
    """What was told last of each thing."""
    return list({(fact.field, fact.value): fact for fact in found}.values())
