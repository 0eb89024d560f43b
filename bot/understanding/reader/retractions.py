"""What people take back: "no i lied", "that was my sister's", "erase my <credential>", "i did not pass actually"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.understanding.reader.clauses import Part
from bot.understanding.reader.heard import RETRACTED, FactStanding, Field, ToldFact
from bot.understanding.reader.merge import CLAIMS, Known
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.names import Name, NameKind

SAID = ("take_back", "take_away", "take_it", "not_mine", "meant_somebody", "pass", "fail")  # one of these stands there
KINDS: dict[NameKind, Field] = {
    "role": "role",
    "certification": "certification",
    "licence": "licence",
    "degree": "education",
    "background": "licence",
}


def taken_back(message: ReadMessage, parts: list[Part], facts: Sequence[ToldFact], known: Known) -> list[ToldFact]:
    """The facts of a message with what it takes back denied, of itself or of what was told before."""
    found = list(facts)
    before: list[ToldFact] = []
    for index, part in enumerate(parts):
        if not message.says(part.start, part.end, *SAID):
            continue
        begged = message.has(part.start + 1, "you") or message.says(part.start, part.end, "asking_for")
        if part.supposed or part.reported or part.demands or (part.asks and not begged):
            continue
        said = [fact for fact in found if fact.clause < index and fact.field in CLAIMS and fact.standing == "held"]
        named = set(_named(message, parts, index))
        if named:
            ids = {value for _, value in named}
            found = [fact for fact in found if not (fact.clause == index and _of_them(fact, ids))]
            targets = [fact for fact in (*said, *known.facts()) if (fact.field, str(fact.value)) in named]
        elif part.asks and message.has(part.start + 1, "you"):
            continue
        elif _takes_back(message, part) or _somebody_elses(message, parts, index):
            targets = said or [fact for fact in known.latest if fact.field in CLAIMS and fact.standing == "held"]
        else:
            targets = list(_not_passed(message, part, said, known))
        standing: FactStanding = "failed" if _unpassed(message, part) and not named else "denied"
        for target in targets:
            told = target.model_copy(update={"standing": standing, "clause": index, "why": RETRACTED})
            if target in found:
                found[found.index(target)] = told
            else:
                before.append(told)
    return [*before, *found]


def _of_them(fact: ToldFact, ids: set[str]) -> bool:
    """Whether what drops something was read as having it, or as aiming at it."""
    return str(fact.value) in ids and (fact.standing == "held" or fact.field == "goal")


def _named(message: ReadMessage, parts: list[Part], index: int) -> Iterator[tuple[Field, str]]:
    """What is named as taken back ("erase my <credential>", "<credential>? that is my <person>")."""
    part = parts[index]
    theirs = _somebody_elses(message, parts, index)
    for name in message.names:
        inside = part.start <= name.start < part.end
        piece = bool(theirs and index) and parts[index - 1].fragment and not _put_away(message, parts[index - 1], name)
        ahead = piece and parts[index - 1].start <= name.start < part.start
        if (theirs and (inside or ahead)) or (inside and _put_away(message, part, name)):
            yield from ((KINDS[item.kind], item.id) for item in name.meanings if item.kind in KINDS)


def _put_away(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether a clause bids to drop a name, or says that it was no truth."""
    at = name.start - 1
    while at >= part.start and message.has(at, "det", "my", "filler", "about"):
        at -= 1
    away = ("take_away", "take_it") if message.has(name.end, "off_it") else ("take_away",)
    start = max(message.ends(end, part.start, *away) for end in range(at + 1, name.start + 1))
    if start < 0 or message.says(part.start, start, "neg", "plan", "person", "other"):
        return False
    ends = name.end >= part.end or message.tokens[name.end].gap > 0 or message.has(name.end, "after_taken")
    return ends and (part.commands or part.asks or part.subject == "self")


def _takes_back(message: ReadMessage, part: Part) -> bool:
    """Whether a clause says that what was said before is not so ("i was kidding")."""
    at = message.first(part.start, part.end, "take_back")
    if at < 0 or part.subject == "other" or message.says(part.start, at, "neg", "person"):
        return _first_no(message, part, at)
    return _ends(message, part, at + message.length(at, "take_back"))


def _first_no(message: ReadMessage, part: Part, at: int) -> bool:
    """Whether the only refusal before it is the "no" that begins the clause ("no i lied")."""
    alone = at > part.start and all(message.has(place, "correct", "so", "filler") for place in range(part.start, at))
    return alone and _ends(message, part, at + message.length(at, "take_back"))


def _ends(message: ReadMessage, part: Part, at: int) -> bool:
    """Whether nothing but small words follows in a clause."""
    return all(message.has(place, "filler", "so", "correct", "after_taken") for place in range(at, part.end))


def _somebody_elses(message: ReadMessage, parts: list[Part], index: int) -> bool:
    """Whether a clause says whose it is that was told of ("that was my <person>", "not me", "i meant my <person>")."""
    part = parts[index]
    at = part.start
    while message.has(at, "so", "connector", "correct", "join", "after_taken", "apology"):
        if message.has(at, "not_mine", "meant_somebody"):
            break
        at += 1 if message.has(at, "apology") else max(1, message.length(at, "connector", "correct"))
    lead = message.length(at, "not_mine")
    if lead:  # "they let half of us go, but not me" takes nothing back
        return part.opens and not message.says(part.start, at, "connector") and _ends(message, part, at + lead)
    lead = message.length(at, "meant_somebody")
    if not lead:
        return False
    at += lead
    while at < part.end and message.has(at, "my", "theirs", "filler"):
        at += 1
    if not message.has(at, "person"):
        return False
    at += message.length(at, "person")
    while at < part.end and (at in message.name_at or message.has(at, "held_noun", "be", "have", "det")):
        at += 1
    return _ends_mine(message, part, at)


def _ends_mine(message: ReadMessage, part: Part, at: int) -> bool:
    """Whether a clause ends there, or with "not me"."""
    if message.has(at, "neg"):
        at += 1
        while at < part.end and message.has(at, "self", "mine"):
            at += 1
    return _ends(message, part, at)


def _unpassed(message: ReadMessage, part: Part) -> bool:
    """Whether a clause without a name says that a test was not passed after all."""
    if part.subject != "self" or any(part.start <= name.start < part.end for name in message.names):
        return False
    at = message.first(part.start, part.end, "pass", "fail")
    if at < 0 or message.says(part.start, part.end, "plan_role", "pass_thing"):
        return False
    failed = message.has(at, "fail") != message.says(part.start, at, "neg")
    at += message.length(at, "pass", "fail")
    return failed and all(message.has(place, "filler", "correct", "after_result") for place in range(at, part.end))


def _not_passed(message: ReadMessage, part: Part, said: Sequence[ToldFact], known: Known) -> Iterator[ToldFact]:
    """The credential that was told of last, of whoever says not to have passed."""
    if not _unpassed(message, part):
        return
    last = [fact for fact in (said or known.latest) if fact.field == "certification" and fact.standing == "held"]
    if len(last) == 1:
        yield from last
