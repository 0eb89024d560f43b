"""What people change or drop of what they told: "change my hours to 10", "forget the budget", "not <name>, <name>"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from bot.understanding.reader.clauses import Part
from bot.understanding.reader.heard import PUT_RIGHT, RETRACTED, FactStanding, Field, ToldFact
from bot.understanding.reader.means import MAX_HOURS, MAX_MONEY, MIN_HOURS, MIN_MONEY
from bot.understanding.reader.merge import Known
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.names import Name, NameKind
from bot.understanding.reader.quantities import QuantitySpan

# What may be changed by a number, and the cue for its name.
NAMED: tuple[tuple[Field, str], ...] = (
    ("hours_per_week", "hours_noun"), ("budget", "budget_noun"), ("years", "years_noun"),
)  # fmt: skip
RANGES = {"hours_per_week": (MIN_HOURS, MAX_HOURS), "budget": (MIN_MONEY, MAX_MONEY), "years": (0.0, 60.0)}
UNITS = {"hours_per_week": "hours", "budget": "money", "years": "years"}
SWAPPED: tuple[NameKind, ...] = ("certification", "role", "degree")
FIELDS: dict[NameKind, Field] = {"certification": "certification", "role": "role", "degree": "education"}
SMALL = (
    "correct", "so", "filler", "det", "my", "neg", "be", "it", "i", "make_that", "apology", "said_before", "connector",
    "meant_somebody", "join", "have", "apology",
)  # fmt: skip
MOST_WORDS = 12  # of a message that does nothing but put one name in the place of another


def changed(
    message: ReadMessage, parts: Sequence[Part], facts: list[ToldFact], known: Known, credentials: Collection[str]
) -> list[ToldFact]:
    """The facts of a message with what it changes of what is `known`; `credentials` are those there are."""
    facts = [*facts, *_after_all(message, parts, facts, known, credentials)]
    if swap := list(_swapped(message, known)):
        ids = {str(fact.value) for fact in swap}
        return [*(fact for fact in facts if str(fact.value) not in ids), *swap]
    for field, noun in NAMED:
        told = list(_by_name(message, parts, field, noun, known)) or list(_by_value(message, parts, field, known))
        told = told or [fact for fact in _put_right(message, parts, field, known) if not _is_told(facts, field)]
        if told:
            facts = [*(fact for fact in facts if fact.field != field), *told]
    return facts


def _after_all(
    message: ReadMessage, parts: Sequence[Part], facts: Sequence[ToldFact], known: Known, credentials: Collection[str]
) -> Iterator[ToldFact]:
    """A credential told of before that is passed ("i did pass!") or gone ("it expired actually") after all.

    None where the message tells of one itself, or where it might be one of several.
    """
    named = {name.ids("certification")[0] for name in message.names if name.ids("certification")}
    if len(named) > 1 or any(fact.value in named for fact in facts) or (message.tokens and message.tokens[0].asked):
        return
    held = [key for key, how in known.certifications.items() if how == "held"]
    open_ones = [key for key, how in known.certifications.items() if how in ("failed", "planned")]
    if named:
        held, open_ones = [key for key in held if key in named], [key for key in open_ones if key in named]
    elif not open_ones and known.goal in credentials and known.goal not in held:
        open_ones = [str(known.goal)]
    for index, part in enumerate(parts):
        if part.subject == "other" or part.asks or part.supposed or part.reported or part.demands:
            continue
        if message.says(part.start, part.end, "neg", "plan_role", "wait", "rehearsal", "pass_thing"):
            continue
        passed = message.says(part.start, part.end, "pass") and not _bare(message, part)
        if passed and part.subject == "self" and len(open_ones) == 1:
            yield ToldFact(field="certification", value=open_ones[0], clause=index, why="passed after all")
            return
        licences = [key for key, how in known.licences.items() if how == "held"]
        if message.says(part.start, part.end, "own_licence") and message.says(part.start, part.end, "lapse"):
            yield from (
                ToldFact(field="licence", value=key, standing="expired", clause=index, why="gone after all")
                for key in licences
                if len(licences) == 1
            )
            return
        it = part.explicit is False or not message.says(part.start, part.end, "my")
        lapsed = message.says(part.start, part.end, "lapse_it") or (
            message.has(part.start, "lapse") and message.says(part.start, part.end, "lapse_only")
        )
        if lapsed and it and len(held) == 1:
            yield ToldFact(field="certification", value=held[0], standing="expired", clause=index, why="gone after all")
            return


def _bare(message: ReadMessage, part: Part) -> bool:
    """Whether only "pass" or "passing" stands there, of what is still to come."""
    at = message.first(part.start, part.end, "pass")
    return message.has(at, "pass_bare") and not message.says(part.start, at, "did_past")


def _is_told(facts: Sequence[ToldFact], field: Field) -> bool:
    return any(fact.field == field for fact in facts)


def _by_name(message: ReadMessage, parts: Sequence[Part], field: Field, noun: str, known: Known) -> Iterator[ToldFact]:
    """A field that is named and given another number, or dropped."""
    for index, part in enumerate(parts):
        at = message.first(part.start, part.end, noun)
        if at < 0 or part.subject == "other" or part.supposed or message.says(part.start, at, "neg"):
            continue
        end = at + message.length(at, noun)
        gone = message.first(at, part.end, "no_more")
        if gone >= 0 and _ends(message, part, gone + message.length(gone, "no_more")):
            yield from _dropped(field, known, index)
            return
        begun = _begins(message, part, at)
        if begun is None:
            continue
        until = parts[index + 1].end if begun == "drop_it" and index + 1 < len(parts) else part.end
        number = next((item for item in message.quantities if end <= item.start < until), None)
        value = _value(number, field) if number is not None else None
        if value is not None and number is not None and (begun == "drop_it" or _leads(message, end, number)):
            yield _told(field, value, _kind(field, number, known), "held", index)
        elif begun == "drop_it" and number is None and _ends(message, part, end):
            yield from _dropped(field, known, index)
        return


def _by_value(message: ReadMessage, parts: Sequence[Part], field: Field, known: Known) -> Iterator[ToldFact]:
    """What was told, named by its number: "forget the 2000, its 1000", "i lied about the 10, its 8"."""
    before = _known(field, known)
    for one, index in ((one, index) for index, part in enumerate(parts) for one in message.quantities
                       if part.start <= one.start < part.end):  # fmt: skip
        at = one.start
        while message.has(at - 1, "det", "filler"):
            at -= 1
        if one.value != before or message.ends(at, 0, "drop_it", "take_away") < 0:
            continue
        other = next((item for item in message.quantities if item.start >= one.end), None)
        value = _value(other, field) if other is not None else None
        if value is not None and other is not None:
            yield _told(field, value, _kind(field, other, known), "held", index)
        elif other is None:
            yield from _dropped(field, known, index)
        return


def _known(field: Field, known: Known) -> float | None:
    """The number known of a field; of years only where they are of one kind."""
    if field == "years":
        return next(iter(known.years.values())) if len(known.years) == 1 else None
    return known.hours_per_week if field == "hours_per_week" else known.budget[0] if known.budget else None


def _leads(message: ReadMessage, end: int, number: QuantitySpan) -> bool:
    """Whether "to" or the like leads from the name of a field to its number."""
    return message.says(end, number.start, "too", "it", "is_now")


def _is_small(message: ReadMessage, start: int, end: int, *further: str) -> bool:
    """Whether nothing but names, small words and phrases of the `further` cues stands there."""
    covered = message.covered(start, end, *SMALL, *further)
    return all(at in covered or at in message.name_at for at in range(start, end))


def _begins(message: ReadMessage, part: Part, at: int) -> str | None:
    """The cue of the order that a clause begins with, right before a name of a field."""
    noun = at
    while at > part.start and message.has(at - 1, "my", "det", "filler", "about"):
        at -= 1
    for cue in ("drop_it", "change_it"):
        start = max(message.ends(end, part.start, cue) for end in range(at, noun + 1))
        if start >= 0 and _is_small(message, part.start, start, "you", "aux", "plan", "now", "to"):
            return cue
    return None


def _ends(message: ReadMessage, part: Part, at: int) -> bool:
    return all(message.has(place, "filler", "so", "after_taken", "after_money", "now") for place in range(at, part.end))


def _dropped(field: Field, known: Known, index: int) -> Iterator[ToldFact]:
    if field == "years":
        for kind, count in known.years.items():
            yield ToldFact(field=field, value=count, kind=kind, standing="denied", clause=index, why=RETRACTED)
        return
    value = _known(field, known)
    if value is not None:
        yield _told(field, value, None, "denied", index)


def _put_right(message: ReadMessage, parts: Sequence[Part], field: Field, known: Known) -> Iterator[ToldFact]:
    """A number that puts right the only thing it can: "actually make it 12 hours", "no wait 2500 dollars"."""
    before = _known(field, known) if field != "years" else None
    if before is None or len(message.quantities) != 1:
        return
    last = known.latest[-1].field if known.latest else None
    number = message.quantities[0]
    said = message.has(0, "correct", "apology") or message.ends(number.start, 0, "make_that") >= 0
    index = next(index for index, part in enumerate(parts) if number.start < part.end)
    part = parts[index]
    if not said or part.asks or part.supposed or part.subject == "other" or number.rate:
        return
    small = _is_small(message, part.start, number.start, "loosely", "about", "aux")
    large = field == "budget" and number.value > MAX_HOURS
    unit = number.kind == UNITS[field] or (number.kind == "number" and (large or last == field))
    value = _value(number, field) if unit and small else None
    if value is not None:
        yield _told(field, value, _kind(field, number, known), "held", index)


def _value(number: QuantitySpan, field: Field) -> float | None:
    """What a number says of a field; None where it counts something else, or too much of it."""
    low, high = RANGES[field]
    if number.kind not in (UNITS[field], "number") or number.rate:
        return None
    often = number.a_week if field == "hours_per_week" and number.a_week else 1.0
    value = round(number.value * often, 1)
    return value if low <= value <= high else None


def _kind(field: Field, number: QuantitySpan, known: Known) -> str | None:
    """The currency of money, the only kind of years that is known."""
    if field == "budget":
        return number.currency or (known.budget[1] if known.budget else None)
    return next(iter(known.years), None) if field == "years" else None


def _told(field: Field, value: float, kind: str | None, standing: FactStanding, index: int) -> ToldFact:
    why = PUT_RIGHT if standing == "held" else RETRACTED
    return ToldFact(field=field, value=value, kind=kind, standing=standing, clause=index, why=why)


def _swapped(message: ReadMessage, known: Known) -> Iterator[ToldFact]:
    """One name in the place of another that was told: "not <name>, <name>", "i meant <name>, not <name>"."""
    if len(message) > MOST_WORDS or len(message.names) != 2:  # noqa: PLR2004  the old one and the new one
        return
    one, other = message.names
    kind = next((kind for kind in SWAPPED if one.ids(kind) and other.ids(kind)), None)
    denied = [name for name in (one, other) if _is_denied(message, name)]
    if kind is None or len(denied) != 1 or message.tokens[one.start].asked:
        return
    if not _is_small(message, 0, len(message)):
        return
    old, new = denied[0].ids(kind)[0], (other if denied[0] is one else one).ids(kind)[0]
    held = {"certification": known.certifications, "degree": known.education}.get(kind, {})
    field = FIELDS[kind]
    if held.get(old) == "held" or (kind == "role" and known.role == old):
        yield ToldFact(field=field, value=old, standing="denied", why=RETRACTED)
        yield ToldFact(field=field, value=new, why=PUT_RIGHT)
    elif known.goal == old:
        yield ToldFact(field="goal", value=old, standing="denied", why=RETRACTED)
        yield ToldFact(field="goal", value=new, standing="planned", why=PUT_RIGHT)


def _is_denied(message: ReadMessage, name: Name) -> bool:
    at = name.start - 1
    while message.has(at, "det", "my", "filler") and not message.has(at, "neg"):
        at -= 1
    return message.has(at, "neg")
