"""The clauses of a message: where each begins, who is spoken of, and what it does."""

from __future__ import annotations

from dataclasses import dataclass

from bot.understanding.reader.heard import Act, Whose
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.speakers import NEAR_START, PRONOUNS, VERBS, says_self, tell_speaker
from bot.understanding.reader.tokens import CLAUSE, NONE, SENTENCE

LEAST_ASKED = 3  # words after "do" of a question about many
WHAT_KIND = 2  # words between "what" and the verb of its question
KIND = 4  # … and of one that begins with it
CREDENTIALS = ("certification", "licence", "degree")


@dataclass(slots=True)
class Part:
    """Tokens `start`..`end` (exclusive). `asks`, `supposed` and `commands` say how it is meant.

    `subject` is who is spoken of, `explicit` whether that is said in it; `fragment` that it has no verb; `demands` that
    it says what others ask for; `owner` is true of a part ("with …") that hangs on the words before it; `opens` is true
    of a sentence's first; `outright` and `further` as those of a `Clause`; `reported` that somebody only says so ("he
    said i am …").
    """

    start: int
    end: int
    opens: bool
    subject: Whose = "self"
    explicit: bool = False
    asks: bool = False
    outright: bool = False
    further: bool = False
    supposed: bool = False
    commands: bool = False
    fragment: bool = False
    owner: bool = False
    demands: bool = False
    reported: bool = False
    acts: tuple[Act, ...] = ()


def parts(message: ReadMessage) -> list[Part]:
    """The clauses of a message, left to right."""
    if not len(message):
        return []
    bounds = [0, *(at for at in range(1, len(message)) if _begins(message, at))]
    found = [
        Part(start, end, message.tokens[start].gap == SENTENCE)
        for start, end in zip(bounds, [*bounds[1:], len(message)], strict=True)
    ]
    for index, part in enumerate(found):
        before = found[index - 1] if index else None
        after = found[index + 1] if index + 1 < len(found) else None
        last = after is None or after.opens
        tell_speaker(message, part, before)
        if before is not None and before.fragment and before.opens and not part.opens and says_self(part):
            before.subject = "self"  # "three years i did this": the piece goes on with what follows
        _how(message, part, before, last=last)
        part.further = part.further or _one_more(message, part, before)
        _lead_on(message, found[: index + 1])
        part.demands = _demands(message, part, before)
        part.reported = (
            index > 0
            and message.tokens[part.start].gap == NONE
            and message.ends(part.start, 0, "speech") >= 0
            and message.ends(part.start, 0, "said_before") < 0
        )
        part.acts = _acts(message, part)
    return found


def _begins(message: ReadMessage, at: int) -> bool:
    token = message.tokens[at]
    if token.gap == SENTENCE:
        return True
    if any(found is not None and found.start < at for found in (message.name_at.get(at), message.quantity_at.get(at))):
        return False
    if token.gap == CLAUSE:
        return not _listed(message, at)
    if message.has(at, "wanting") and not message.free(at - 1):
        return True
    if message.has(at, "connector"):
        return not (message.has(at, "temporal") and not _subject_follows(message, at + 1))
    if message.has(at, "conditional"):
        return not message.has(at - 1, "conditional")
    if message.has(at, "temporal") and _subject_follows(message, at + 1):
        return message.ends(at + 1, 0, "said_before") < 0
    if message.has(at, "question") and not message.has(at - 1, "question"):
        relative = message.has(at - 1, "be") and message.has(at + 1, "self")  # "is what i have"
        return not relative and _question_follows(message, at)
    if _inverted(message, at):
        if _of_a_cleft(message, at):
            return False
        told = message.has(at - 1, "it") and message.tokens[at].gap == NONE and not message.has(at + 1, "it")
        denied = message.ends(at, 0, "neg") >= 0  # "never again will i"
        return not (told or denied) and not message.has(at - 1, "question", "aux", "conditional", "self")
    if message.has(at, "join") and not message.has(at, "or"):
        return _clause_follows(message, at + 1)
    if message.has(at, "relative"):
        return message.has(at - 1, "person", "other") or at - 1 in message.name_at
    return message.has(at, "i") and _self_begins(message, at)


def _self_begins(message: ReadMessage, at: int) -> bool:
    """Whether a clause begins at "i"."""
    if message.ends(at, 0, "said_before") >= 0:
        return True
    if message.has(at - 1, "person", "child") and message.tokens[at].gap == NONE and _two_verbs(message, at):
        return False  # "two <people> i trained have …"
    if message.has(at - 1, *_BEFORE_SELF) or message.ends(at, 0, "conditional") >= 0:
        return False
    return _verb_follows(message, at + 1)


def _two_verbs(message: ReadMessage, at: int) -> bool:
    """Whether what "i" did is followed by another verb in two or three words, whose subject stands before the "i"."""
    return any(message.has(near, "have", "third") and message.tokens[near].gap == NONE for near in (at + 2, at + 3))


_BEFORE_SELF = (
    "aux", "question", "conditional", "temporal", "join", "connector", "relative", "be", "neg", "now", "correct",
    "greet", "that", "as",
)  # fmt: skip


def _listed(message: ReadMessage, at: int) -> bool:
    """Whether a name goes on a list of names of its kind across a comma."""
    before = message.name_at.get(at - 1)
    while at < len(message) and message.has(at, "join", "det", "my", "filler") and at not in message.name_at:
        at += 1
    after = message.name_at.get(at)
    if before is None or after is None:
        return False
    if message.says(after.end, min(len(message), after.end + 2), "lapse"):
        return False  # "<name>, <name> lapsed": only the second one did
    kinds = ({meaning.kind for meaning in name.meanings} for name in (before, after))
    return not any(found.isdisjoint(CREDENTIALS) for found in kinds)


def _subject_follows(message: ReadMessage, at: int) -> bool:
    return message.has(at, *PRONOUNS, "my", "person") or (message.has(at, "det") and message.has(at + 1, "person"))


def _verb_follows(message: ReadMessage, at: int) -> bool:
    while message.has(at, "filler") and not message.has(at, "have", "be", "plan"):
        at += 1
    return message.has(at, *VERBS)


def _question_follows(message: ReadMessage, at: int) -> bool:
    after = at + message.length(at, "question")
    if after >= len(message) or message.tokens[after].gap != NONE:
        return True
    if message.has(after, "aux", "self", "you", "to", "now", "other", "should", "next", "about", "else"):
        return True
    return any(_inverted(message, after + more) for more in range(1, WHAT_KIND + 1))  # "what course do i …"


def _inverted(message: ReadMessage, at: int) -> bool:
    """Whether a question begins here: "do i", "is it", "can a …"."""
    if not message.has(at, "aux") or at + 1 >= len(message) or message.tokens[at + 1].gap != NONE:
        return False
    if message.has(at + 1, "self", "you", "other"):
        tells = message.has(at, "present_be_third") and message.has(at + 1, "i")  # "my story is i …"
        orders = message.has(at, "have") and message.has(at + 1, "indefinite", "object")  # "have nobody notice"
        return not (tells or orders)
    timed = at + 2 in message.quantity_at  # "did that 5 years" tells
    return message.has(at, "opener") and message.has(at + 1, "it") and not (timed or message.has(at - 1, "it"))


def _of_a_cleft(message: ReadMessage, at: int) -> bool:
    """Whether a verb goes on with what a sentence begins to tell with a question's word ("what i do not get is …")."""
    first = at
    while first and message.tokens[first].gap == NONE:
        first -= 1
    begins = message.length(first, "question")
    return 0 < begins < at - first and message.has(first + begins, "i") and message.has(at, "present_be_third")


def _clause_follows(message: ReadMessage, at: int) -> bool:
    """Whether what comes after "and" is a clause and not the next thing of a list."""
    while message.has(at, "filler", "join") and not message.has(at, "have", "plan"):
        at += 1
    if at in message.name_at:
        return message.has(message.name_at[at].end, "certified")
    return message.has(at, *PRONOUNS, "it", "my", *VERBS, "question", "person", "conditional", "third")


def _how(message: ReadMessage, part: Part, before: Part | None, *, last: bool) -> None:
    """Whether it asks, supposes or commands."""
    start = part.start
    while start < part.end and message.has(start, "join", "greet", "connector", "filler", "so"):
        if message.has(start, "det") and message.has(start + 1, "aux"):
            break  # "the a is gone": an article leads to no question
        start += max(1, message.length(start, "greet", "connector"))
    inverted = start < part.end and _inverted(message, start)
    opener = message.has(start, "opener") and start + 1 < part.end and _opens_question(message, start)
    many = _surely_of_many(message, part, start)
    much = part.fragment and part.opens and _how_much(message, start + 1, part.end)
    part.asks = (
        (
            message.has(start, "question")
            and not (message.has(start, "temporal") and part.explicit and not _inverted(message, start + 1))
            and not _says_where(message, part, start)
        )
        or inverted
        or opener
        or many
        or _of_many(message, start)
        or message.says(part.start, part.end, "asking")
        or (message.ends(part.end, part.start + 1, "asking_last") > part.start and not _only_corrects(message, part))
        or (last and message.tokens[part.end - 1].asked)
        or much
        or (part.owner and before is not None and (before.asks or before.commands))
        or (part.fragment and not part.opens and before is not None and before.asks)
        or (not part.opens and before is not None and before.asks and message.has(part.start, "gerund_be"))
    )
    hangs = not part.opens and _hangs_on(message, part, start)
    part.outright = part.asks and (inverted or opener or many or much or _asks_outright(message, start, hangs=hangs))
    part.further = (
        not part.opens
        and (start < part.end or part.end - part.start == 1)
        and _goes_on(message, part, before)
        and (part.outright or (part.asks and message.has(start, "question")))
    )
    part.supposed = (
        message.says(part.start, part.end, "conditional")
        or (
            message.has(start, "temporal")
            and not message.has(start, "before_that")
            and not message.says(start, part.end, "got_past")
        )
        or (message.has(part.start, "temporal") and message.says(start, part.end, "pass"))
        or (not part.opens and not part.explicit and before is not None and before.supposed)
        or (part.owner and before is not None and before.supposed)
    )
    told = part.explicit and not message.says(start, part.end, "for_me")  # "make plan for me" is no word of oneself
    part.commands = message.has(start, "command") and not told


def _how_much(message: ReadMessage, start: int, end: int) -> bool:
    """Whether "how much" or its like stands inside of what has no verb ("salary how much in …")."""
    return any(message.length(at, "question") > 1 for at in range(start, end))


def _only_corrects(message: ReadMessage, part: Part) -> bool:
    """Whether it is nothing but "no no" and its like."""
    return all(message.has(at, "correct", "neg", "so") for at in range(part.start, part.end))


def _says_where(message: ReadMessage, part: Part, start: int) -> bool:
    """Whether a clause tells with a question's word ("where i would study is the …")."""
    told = message.has(start + 1, "i") and not message.tokens[start].asked
    return told and message.first(start + 2, part.end, "present_be_third") >= 0


def _asks_outright(message: ReadMessage, start: int, *, hangs: bool) -> bool:
    """Whether a question begins as none does inside a sentence: "which would …", "how many …"; not "…, who had …"."""
    if hangs and message.has(start, "relative"):
        return False
    length = message.length(start, "question")
    if length != 1 or message.has(start, "temporal"):
        return length > 1 or (length > 0 and message.has(start + length, "aux"))
    for at in range(start + length, min(start + length + KIND, len(message))):
        if message.has(at, "aux"):
            return True  # "which exam would …", "what kind of test do …"
        if message.tokens[at].gap != NONE or message.has(at, *PRONOUNS, "it", "to"):
            return False
    return False


def _hangs_on(message: ReadMessage, part: Part, start: int) -> bool:
    """Whether nothing but a "because" stands before the first word of a question."""
    return start == part.start or message.has(part.start, "connector")


def _goes_on(message: ReadMessage, part: Part, before: Part | None) -> bool:
    """Whether "and" or its like leads to a clause."""
    alone = before is not None and before.end - before.start == 1 and message.has(before.start, "join")
    joined = message.has(part.start, "join", "connector") and not message.has(part.start, "or", "with")
    return (alone and before is not None and not message.has(before.start, "or", "with")) or joined


def _one_more(message: ReadMessage, part: Part, before: Part | None) -> bool:
    """Whether one more question follows without an "and": behind a comma, or right behind one that is asked in full
    ("how much is it how long does it take"; not "how long | does it take").
    """
    if part.opens or before is None or not (part.outright and before.asks) or message.has(before.end - 1, "or"):
        return False
    if message.has(part.start, "or"):
        return False
    if message.tokens[part.start].gap == CLAUSE:
        sides = message.has(part.start + 1, "it") and message.says(part.start, part.end, "or")
        return not sides and (before.outright or not before.supposed)  # "which is better, is it the a or the b"
    verb = part.start + message.length(part.start, "question")
    begins = message.has(verb, "aux") and not message.says(part.start, verb, "i")  # not "something i can | do"
    return before.outright and begins and not _fragment_of_question(message, before)


def _fragment_of_question(message: ReadMessage, part: Part) -> bool:
    """Whether a clause is only the word of a question with what belongs to it ("how many hours", "which of them")."""
    return message.first(part.start, part.end, "aux") < 0


def _lead_on(message: ReadMessage, found: list[Part]) -> None:
    """Where "and" leads by way of a condition to a question ("… and if i fail, can i …"), one more begins at the "and",
    as it does at "and whether"; so does one whose first words are a clause of their own.
    """
    part, at = found[-1], len(found) - 1
    if at > 1 and part.outright and not part.opens:
        lead = found[at - 1]  # "…, what course | do i need"
        paused = not lead.opens and message.tokens[lead.start].gap == CLAUSE
        if paused and lead.asks and _fragment_of_question(message, lead) and found[at - 2].asks:
            lead.further = True
    if part.opens or part.further or not (part.outright or message.has(part.start, "whether")):
        return
    first = at
    while first and found[first - 1].supposed and not found[first].opens and not found[first - 1].asks:
        first -= 1
    hangs = first < at or message.has(part.start, "whether")
    begun = next((item for item in reversed(found[:first]) if item.asks), None)
    before = found[first - 1] if first else None
    if hangs and begun is not None and not found[first].opens and _goes_on(message, found[first], before):
        found[first].further = True


def _demands(message: ReadMessage, part: Part, before: Part | None) -> bool:
    """Whether it tells what an employer or a school asks for; pieces that follow go on with that."""
    if _hires(message, part):
        return True
    if part.subject == "self" and part.explicit and not (before is not None and before.demands and not part.opens):
        return False
    if _looks_for_work(message, part):
        return False
    piece = part.fragment or message.has(part.start, "obliged")
    going_on = before is not None and before.demands and not part.opens and piece
    return going_on or message.says(part.start, part.end, "demand")


def _hires(message: ReadMessage, part: Part) -> bool:
    """Whether somebody is looked for to do a job ("i need a <job> for my office", "looking to hire …")."""
    at = message.first(part.start, part.end, "hires")
    if at < 0 or message.says(part.start, at, "neg", "person"):
        return False
    at += message.length(at, "hires")
    while at < part.end and (message.has(at, "det", "filler", "specialty") or at in message.quantity_at):
        at += 1
    name = message.name_at.get(at)
    after = name is not None and (name.end >= part.end or message.tokens[name.end].gap != NONE)
    return (
        name is not None
        and bool(name.ids("role"))
        and (after or message.has(name.end, "for_it", "with_it", "at_place", "now", "who"))
    )


def _looks_for_work(message: ReadMessage, part: Part) -> bool:
    """Whether a clause says that its writer looks for work ("looking for a <job> position")."""
    at = message.first(part.start, part.end, "looks_for")
    return at >= 0 and part.subject == "self" and message.says(at, part.end, "job_noun") and not message.says(
        part.start, part.end, "required", "obliged"
    )  # fmt: skip


def _of_many(message: ReadMessage, at: int) -> bool:
    """ "do <plural> …", "do <name> <plural> …", "do old <people> …"; not "do my …"."""
    name = message.name_at.get(at + 1)
    if not message.has(at, "aux"):
        return False
    said = at + LEAST_ASKED < len(message) and all(
        message.tokens[near].gap == NONE for near in range(at + 1, at + LEAST_ASKED + 1)
    )
    if message.has(at, "opens_many") and said and not message.has(at + 1, "det", "my", "it", "neg", "theirs", "so"):
        return True
    while name is not None and not name.plural:
        name = message.name_at.get(name.end)
    return name is not None


def _surely_of_many(message: ReadMessage, part: Part, at: int) -> bool:
    """ "do <plural> …", "do most …", "do hospitals …", also behind another question; and, where a question mark is set,
    whatever "do" begins.
    """
    if not message.has(at, "aux") or at + 1 >= part.end:
        return False
    name = message.name_at.get(at + 1)
    if name is not None and name.plural:
        return True
    marked = part.opens and at == part.start and message.tokens[at].asked
    return message.has(at, "opens_many") and (marked or message.has(at + 1, "many_of", "takers"))


def _opens_question(message: ReadMessage, at: int) -> bool:
    """Whether "is", "can" and the like ask: after "can" somebody must follow, for "can spend 500" tells."""
    if message.has(at + 1, "neg") or (message.has(at + 1, "it") and at + 2 in message.quantity_at):
        return False
    if not message.has(at, "modal"):
        return True
    return at + 1 in message.name_at or message.has(at + 1, *PRONOUNS, "my", "it", "det", "source", "person", "theirs")


def _acts(message: ReadMessage, part: Part) -> tuple[Act, ...]:
    acts: list[Act] = []
    if message.has(part.start, "greet") and part.end - part.start <= NEAR_START:
        acts.append("greets")
    if (part.opens and message.has(part.start, "correct")) or message.says(part.start, part.end, "complaint"):
        acts.append("corrects")
    if message.says(part.start, part.end, "feel") and not part.asks:
        acts.append("feels")
    if part.commands:
        acts.append("commands")
    elif part.asks and not message.says(part.start, part.end, "complaint"):
        acts.append("asks")
    if not acts or acts == ["corrects"] or (acts == ["feels"] and message.names):
        acts.append("tells")
    return tuple(acts)
