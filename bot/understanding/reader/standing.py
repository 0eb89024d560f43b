"""How a credential, a licence or schooling stands with the person: held, lost, failed, denied, planned, or not told.

Held is only what is said to be held, in one of a few ways of saying so. Whatever else stands there is not.
"""

from __future__ import annotations

from itertools import pairwise

from bot.understanding.reader.clauses import Part
from bot.understanding.reader.governors import governor_of
from bot.understanding.reader.heard import FactStanding
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.names import Name
from bot.understanding.reader.pieces import got_it
from bot.understanding.reader.tokens import NONE

SAT = "sat, the result is open"  # why a credential is planned that nobody needs to aim at
WAITED = "waited for"
PASSED = "passed"
SCORES = range(20, 101)  # in hundredths
MADE = 4  # words within which "i got" follows what it was got in, and the score follows that
FoundStanding = tuple[FactStanding, str] | None


def standing(message: ReadMessage, part: Part, name: Name) -> FoundStanding:
    """How a named thing stands in a clause, and why; None where the clause does not tell of the person."""
    if part.subject == "other" and message.has(name.start - 1, "my") and message.says(part.start, name.start, "lapse"):
        return "expired", "taken away"
    if message.says(part.start, name.start, "hearsay", "almost_did", "take_away"):
        return None
    if part.reported or part.subject == "other" or (part.subject == "nobody" and not _mine(message, part, name)):
        return None
    if message.says(part.start, name.start, "nearly_so") and not part.asks:
        short = part.subject == "self" and not part.supposed and bool(name.ids("certification"))
        return ("denied", "not quite") if short else None
    if message.says(part.start, name.start, "almost_is"):
        return None  # "basically a <licence>"
    if part.supposed:
        wished = message.says(part.start, name.start, "wish") and not name.plural
        return ("denied", "wished for") if wished else None
    if part.asks or part.commands:
        return _in_question(message, part, name)
    if message.has(name.end, "tested") and not _before(message, name, "pass", "fail", "got_past"):
        return _tested(message, part, name)
    if message.says(part.start, part.end, "pass_thing") or name.plural:
        return None
    found = _stated(message, part, name)
    if found is None:
        return None
    if found[0] in ("planned", "failed") and got_it(message, name.end, part):
        return "held", "got after all"
    return found if found[0] == "planned" or not _rehearsed(message, part, name) else None


def _tested(message: ReadMessage, part: Part, name: Name) -> FoundStanding:
    """How it stands where its test is told of ("my <name> exam is booked", "i sat the <name> exam")."""
    negated = message.says(part.start, name.start, "neg")
    if message.says(name.end, part.end, "fail") and part.subject == "self" and not negated:
        return "failed", "failed"
    sat = message.says(part.start, name.start, "sat_it", "did_past")
    own = sat or message.says(part.start, name.start, "plan_sure", "my")
    own = own or (name.start == part.start and message.says(name.end + 1, part.end, "test_set"))
    if negated or not own or part.subject != "self":
        return ("denied", "negated") if negated else None
    return "planned", SAT if sat else "a test"


def _in_question(message: ReadMessage, part: Part, name: Name) -> FoundStanding:
    """How it stands where it is asked about, or we are told to do something with it."""
    if _ran_out(message, part, name):
        return "expired", "my … in a question"
    if message.has(name.end, "lapse_only"):
        return "asked", "whether it has run out"
    if message.has(name.end, "tested"):
        return "asked", "its test asked about"
    if _kept(message, part, name):
        return "held", "my … in a question"
    return ("held", "what else to do with it") if _besides(message, part, name) else ("asked", "asked about")


def _ran_out(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether a question says of what is the writer's that it has run out ("should i tell them my <name> expired")."""
    at = name.end
    while message.has(at, "perfect", "filler"):
        at += 1
    mine = name.start - 1
    told = message.has(mine, "my") and not message.has(mine - 1, "aux", "conditional", "question")
    return told and mine > part.start and message.has(at, "lapse_only") and not part.demands


def _stated(message: ReadMessage, part: Part, name: Name) -> FoundStanding:
    """How it stands where a clause states something of the person."""
    left, right = part.start, part.end
    negated = _negated(message, part, name)
    if let_go(message, part) and not negated:
        return "expired", "let go"
    ahead = _ahead(message, part, name)
    if ahead is not None and not (negated and ahead != WAITED):
        return "planned", ahead
    if not is_whole(message, name):
        return None
    if message.says(left, name.start, "former", "used_to") or (
        message.has(name.start - 1, "old_one") and message.tokens[name.start].gap == NONE
    ):
        return "expired", "former"
    if message.says(left, right, "not_renewed"):
        return "expired", "not renewed"
    if message.says(left, right, "lapse") and lapse_reaches(message, part, name):
        lost = message.first(name.end, right, "lapse")
        negated = negated or (lost >= 0 and message.says(name.end, lost, "neg"))
        return ("held", "not lapsed") if negated and _mine(message, part, name) else ("expired", "lapsed")
    if message.says(left, right, "fail"):
        return ("failed", "failed") if not negated else None
    if _taken(message, part, name):
        return ("failed", "not passed") if negated else _unless_wanted(message, part, name, PASSED)
    if negated:
        contrast = name.start - 2 in message.name_at and message.has(name.start - 1, "neg")
        contrast = contrast and message.tokens[name.start - 1].gap == NONE
        contrast = contrast and not message.says(left, name.start - 2, "neg")
        if message.says(left, name.start, "said_no") or (contrast and not (part.explicit or part.fragment)):
            return None
        if message.has(name.start - 1, "my") and message.says(left, name.start, "still_used"):
            return "held", "my … that is there"  # "i never use my <licence>"
        only = message.says(left, name.start, "save_for", "only_this") and _save_for(message, part, name)
        return ("held", "but for") if only else ("denied", "negated")
    if message.says(left, name.start, "wait") or message.has(name.end, "wait", "yet"):
        return "planned", "waited for"
    return _held(message, part, name)


def _ahead(message: ReadMessage, part: Part, name: Name) -> str | None:
    """Why it is still to come: waited for, on somebody's list, or sat with a score that says no more."""
    until = min(part.end, name.end + 4)
    pending = message.has(name.end, "be") and message.says(name.end, until, "wait", "pending")
    if pending or message.says(part.start, name.start, "wait"):
        return WAITED
    if message.has(name.end, "on_list"):
        return "on a list"
    if _tries(message, part, name) and not message.says(part.start, part.end, "fail"):
        return SAT
    scored = message.says(part.start, name.start, "scored") or score_in(message, part, name) is not None
    return SAT if scored else None


def score_in(message: ReadMessage, part: Part, name: Name) -> float | None:
    """The bare number that was reached in a test ("got a 60 on my <name>", "my <name> came back 65"), if any."""
    at = name.start
    while message.has(at - 1, "det", "my"):
        at -= 1
    led = message.ends(at, part.start, "score_on")
    back = message.places.get("came_back", ())
    places = [led - 1, *(until for start, until in back if start == name.end)]
    places = [place for place in places if part.start <= place < part.end]
    if led == part.start:  # "on my …, i got a 61"
        got = message.first(name.end, min(name.end + MADE, len(message.tokens)), "get_score")
        places += range(got + 1, got + MADE) if got >= 0 else ()
    found = (message.quantity_at.get(place) for place in places)
    return next(
        (item.value for item in found if item is not None and item.kind == "number" and item.value in SCORES), None
    )


def _tries(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether tries at it are spoken of ("two tries on my …")."""
    at = name.start
    while message.has(at - 1, "det", "my"):
        at -= 1
    for_it = message.ends(at, part.start, "tries_at")
    return for_it >= 0 and message.ends(for_it, part.start, "tries") >= 0


def _rehearsed(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether only a trial of it was passed ("the mock <name>"), or it was passed on."""
    at = name.start
    while at > part.start and message.has(at - 1, "det", "my"):
        at -= 1
    mock = message.ends(name.start, part.start, "rehearsal") >= 0 or message.ends(at, part.start, "rehearsal") >= 0
    passed = message.first(part.start, name.start, "pass")
    return mock or message.ends(at, part.start, "said_no") >= 0 or message.has(passed, "said_no")


def _unless_wanted(message: ReadMessage, part: Part, name: Name, why: str) -> FoundStanding:
    at = message.first(part.start, name.start, "pass")
    wanted = at >= 0 and message.says(part.start, at, "plan")
    return None if wanted else ("held", why)


def _held(message: ReadMessage, part: Part, name: Name) -> FoundStanding:
    """Held, where a governor right before it says so; planned where it is wanted; else nothing."""
    governor = governor_of(message, part, name)
    if governor >= 0:
        if message.has(governor, "aspiring"):
            return "planned", "aspiring"
        perfect = message.has(governor - 1, "perfect")
        phrase = message.ends(governor + 1, part.start, "had")
        if (message.has(governor, "had") and not perfect) or 0 <= phrase < governor:
            return "expired", "had"
        if message.has(governor, "have", "my_held") or perfect:
            wanted = message.says(part.start, governor, "plan") and not message.has(governor, "got_past")
            return None if wanted else ("held", message.tokens[governor].word)
        if message.has(governor, "past_be"):
            return "expired", "was"
        if message.has(governor, "self_be") and part.subject == "self":
            wanted = message.says(part.start, governor, "plan") or message.has(governor, "bare_be")
            return None if wanted else ("held", message.tokens[governor].word)
        if message.has(governor, "with_it"):
            return "held", "with"
        if message.has(governor, "as", "certified") and not message.says(part.start, governor, "plan"):
            return "held", message.tokens[governor].word
    done = bool(name.ids("certification")) and message.has(name.end, "done_it")
    if (done or message.has(name.end, "holder")) and not message.says(part.start, name.start, "plan", "aspiring"):
        return "held", "holder"
    if _is_at_it(message, part, name):
        return "held", "at work with it"
    if _wants(message, part, name) or message.says(part.start, name.start, "sat_it"):
        sat = message.says(part.start, name.start, "sat_it")
        return ("planned", SAT if sat else "on the way") if sat or _sure(message, part, name) else None
    current = not message.has(name.end, "be") or message.has(name.end + 1, "current")
    mine = message.has(name.start - 1, "my")
    first = mine and name.start - 1 == part.start
    if first or (governor < part.start and ((mine and current) or _after_mine(message, part, name))):
        return "held", "my"
    return None


def _is_at_it(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether a clause begins with what somebody is and goes on with what they do ("<licence> doing …")."""
    begins = all(
        (message.has(at, "so", "greet", "filler") and not message.has(at, "det")) or not message.free(at)
        for at in range(part.start, name.start)
    )
    others = part.explicit or message.says(name.end, part.end, "other", "person", "than", "third")
    return begins and message.has(name.end, "doing_now") and not others


def _save_for(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether a negation leaves the name out ("no … but my <name>"), with nothing but small words before it."""
    left = message.ends(name.start, part.start, "only_this")
    if left > part.start and message.tokens[left].gap != NONE and not part.demands:
        return True  # "neither … nor …, only a <name>"
    at = name.start - 1
    while at >= part.start and message.has(at, "det", "filler", "my"):
        at -= 1
    return message.ends(at + 1, part.start, "save_for") >= 0 and not part.demands


def lapse_reaches(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether what is said to be lost reaches a name: over commas only where an "and" ends the list."""
    lost = message.first(part.start, part.end, "lapse")
    if lost < name.end or message.says(name.end, lost, "all_of_it"):
        return True
    inside = [other for other in message.names if name.start <= other.start < lost]
    commas = [one for one, other in pairwise(inside) if not _joins(message, one.end, other.start)]
    return not commas or _joins(message, inside[-2].end, inside[-1].start)


def _joins(message: ReadMessage, start: int, end: int) -> bool:
    """Whether a word joins two names, or nothing but a verb of one stands between them."""
    return any(message.has(at, "join") or message.tokens[at].gap == NONE for at in range(start, end + 1))


def _taken(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether a test of it was passed, or was not; "to pass" and "can pass" tell of none."""
    if message.has(name.end, "pass"):
        return True
    at = message.first(part.start, name.start, "pass")
    return at >= 0 and not (message.has(at, "pass_bare") and not message.says(part.start, at, "did_past", "neg"))


def _after_mine(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether it goes on a list that "my" begins ("my <name> and <name>")."""
    at, listed = name.start - 1, False
    while at >= part.start and message.has(at, "join"):
        before = message.name_at.get(at - 1)
        if before is None or not before.ids("certification"):
            return False
        at, listed = before.start - 1, True
    return listed and message.has(at, "my")


def _negated(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether a negation before the name, or right after it, reaches it."""
    at = part.start
    while at < name.start:
        if message.has(at, "only"):
            at += message.length(at, "only")
            continue
        if message.has(at, "neg") and not message.says(at + 1, name.start, "with", "connector", "self", "question"):
            return True
        at += 1
    return message.has(name.end, "yet")


def let_go(message: ReadMessage, part: Part) -> bool:
    """ "let … go", with few words between."""
    at = message.first(part.start, part.end, "let_go")
    return at >= 0 and message.first(at + 1, min(part.end, at + 6), "go") >= 0


def _sure(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether somebody is surely on the way to it, and does not only wish for it."""
    return message.says(part.start, min(part.end, name.end + 1), "plan_sure")


def _wants(message: ReadMessage, part: Part, name: Name) -> bool:
    return message.says(part.start, name.start, "plan")


def _before(message: ReadMessage, name: Name, *cues: str) -> bool:
    at = name.start - 1
    while at >= 0 and message.has(at, "det", "filler", "my"):
        at -= 1
    return at >= 0 and message.ends(at + 1, 0, *cues) >= 0


def _mine(message: ReadMessage, part: Part, name: Name) -> bool:
    return message.first(part.start, name.start, "my", "self") >= 0


def _kept(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether a question takes it for granted ("can i work abroad with my …")."""
    at = name.start - 1
    while (
        at >= part.start and (message.has(at, "filler", "join") or at in message.name_at) and not message.has(at, "my")
    ):
        at -= 1
    subject = message.has(at, "my") and message.has(at - 1, "opener")
    return (
        at >= part.start
        and (subject or message.ends(at + 1, part.start, "my_held") >= 0)
        and is_whole(message, name)
        and not message.says(part.start, name.start, "conditional")
    )


def _besides(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether a question asks what more can be done with it ("what else can i do with a <credential>")."""
    at = name.start - 1
    while at >= part.start and message.has(at, "det") and not message.has(at, "with_it"):
        at -= 1
    more = message.says(max(0, part.start - 3), at, "what_else") and part.subject == "self"  # "what else" stands apart
    return more and message.has(at, "with_it") and not name.plural and not part.supposed


def is_whole(message: ReadMessage, name: Name) -> bool:
    """Whether the name ends there: no further noun makes it something else ("<name> book")."""
    at = name.end
    if at >= len(message) or message.tokens[at].gap != NONE:
        return True
    if message.has(at, "person") and not message.has(at, "oneself"):
        return False  # "my <name> teacher"
    if at in message.name_at or at in message.quantity_at:
        return True
    return message.has(
        at,
        "done_it",
        "oneself",
        "after_held",
        "self",
        "holder",
        "join",
        "question",
        "aux",
        "neg",
        "yet",
        "tested",
        "lapse",
        "fail",
        "pass",
    )
