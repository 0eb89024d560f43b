"""Years told more than once: what counts where they are of one kind, and what puts an earlier number right."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bot.understanding.reader.clauses import Part
from bot.understanding.reader.heard import PUT_RIGHT, ToldFact
from bot.understanding.reader.merge import Known
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.pieces import sentence
from bot.understanding.reader.quantities import QuantitySpan
from bot.understanding.reader.times import MAX_YEARS
from bot.understanding.reader.tokens import NONE

DECIMALS = 1


def one_of_a_kind(message: ReadMessage, parts: list[Part], found: list[ToldFact]) -> list[ToldFact]:
    """Several times of one kind in a sentence: the longest holds the others, unless one came before another."""
    merged: dict[str, ToldFact] = {}
    for fact in found:
        before = merged.get(str(fact.kind))
        value = float(fact.value)
        part = parts[fact.clause]
        right = message.says(parts[max(0, fact.clause - 1)].start, part.end, "correct")
        if before is not None and before.clause >= sentence(parts, fact.clause)[0] and not right:
            apart = before.clause != fact.clause and message.says(part.start, part.end, "before_that", "after_it")
            value = value + float(before.value) if apart else max(value, float(before.value))
        merged[str(fact.kind)] = fact.model_copy(update={"value": min(value, MAX_YEARS)})
    return list(merged.values())


def years_put_right(message: ReadMessage, parts: list[Part], known: Known, found: list[ToldFact]) -> Iterator[ToldFact]:
    """Years told before that are put right: "not 3 yrs, 4", "make that 4, not 3", "make that 4"."""
    told = {**known.years, **{str(fact.kind): float(fact.value) for fact in found}}
    for one, other in pairwise(message.quantities):
        times = {one.kind, other.kind}
        if "years" not in times | {_sole(message, one, other)} or not times <= {"years", "number"}:
            continue
        if other.start - one.end > 1 and not _misstated(message, one, other):
            continue
        denied = [item for item in (one, other) if message.has(item.start - 1, "neg")]
        denied = denied or ([one] if _misstated(message, one, other) else [])
        right = other if denied == [one] else one
        kinds = [kind for kind, count in told.items() if denied and count == denied[0].value]
        if len(denied) == 1 and len(kinds) == 1 and right.value <= MAX_YEARS:
            yield _right(parts, right, kinds[0])
            return
    yield from _made(message, parts, known, found, told)


def _misstated(message: ReadMessage, one: QuantitySpan, other: QuantitySpan) -> bool:
    """Whether a number is said to have been wrong, and the next one to be right ("i said 2 years, it is 12")."""
    said = any(message.ends(at, 0, "misstated") >= 0 for at in (one.start, one.start - 1))
    return said and message.ends(other.start, one.end, "it_really_is") >= 0


def _right(parts: list[Part], item: QuantitySpan, kind: str) -> ToldFact:
    """A number as the years of a kind that were meant."""
    index = next(index for index, part in enumerate(parts) if item.start < part.end)
    return ToldFact(field="years", value=round(item.value, DECIMALS), kind=kind, clause=index, why=PUT_RIGHT)


def _sole(message: ReadMessage, one: QuantitySpan, other: QuantitySpan) -> str:
    """ "years", where bare numbers are said to be put right ("make that 4, not 3")."""
    alone = all(message.has(at, "neg", "correct", "so", "filler", "apology") for at in range(len(message))
                if at not in message.quantity_at)  # fmt: skip
    said = any(message.ends(item.start, 0, "make_that") >= 0 for item in (one, other))
    return "years" if alone or said else one.kind


def _made(
    message: ReadMessage, parts: list[Part], known: Known, found: list[ToldFact], told: dict[str, float]
) -> Iterator[ToldFact]:
    """A bare number that takes the place of the only years that were told ("make that 4")."""
    latest = {str(fact.kind) for fact in known.latest if fact.field == "years"}
    if known.latest and not latest and known.latest[-1].field in ("hours_per_week", "budget"):
        return  # that was told last, and is meant
    kinds = {str(fact.kind) for fact in found} or latest or set(told)
    for item in message.quantities:
        alone = item.kind == "number" and message.ends(item.start, 0, "make_that") >= 0
        ends = item.end >= len(message) or message.tokens[item.end].gap != NONE
        if alone and ends and len(kinds) == 1 and kinds <= set(told) and item.value <= MAX_YEARS:
            yield _right(parts, item, kinds.pop())
            return
