"""The years behind somebody's work, by kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from bot.knowledge.base import KnowledgeBase
from bot.understanding.reader.clauses import Part
from bot.understanding.reader.credential_work import CredentialWork
from bot.understanding.reader.heard import PUT_RIGHT, ToldFact
from bot.understanding.reader.merge import Known
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.names import Name
from bot.understanding.reader.pieces import followed, plain, sentence
from bot.understanding.reader.quantities import FIRST_YEAR, QuantitySpan
from bot.understanding.reader.splits import Splits
from bot.understanding.reader.times import (
    MAX_YEARS,
    away_from_work,
    bare_question,
    between_years,
    goes_on_counting,
    is_time,
)
from bot.understanding.reader.tokens import NONE

MAX_OF = 6  # words after a time in which its work is named
DECIMALS = 1
NOBODY = Known()


class Years:
    """Reads years by kind of work, and says which kind a name or a phrase stands for."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._roles = {role.id: role.experience for role in base.roles.values()}
        self._backgrounds = {item.id: item for item in base.assessment.backgrounds}
        default = base.roles.get(base.field.default_entity)
        self._default = default.experience if default else None
        self._anything = base.assessment.experience[-1].id
        self._credentials = CredentialWork(base)
        self._splits = Splits(self.kind_at)

    def read(
        self, message: ReadMessage, parts: list[Part], told: list[ToldFact], today: date, known: Known = NOBODY
    ) -> list[ToldFact]:
        """Years of each kind, of somebody of whom `told` is told now: the kind may be what that stands for.

        A time that corrects one is of the kind `known`, where that is only one.
        """
        found = []
        every = [*told, *known.facts()]
        job, identity = self._job_kind(every), self.identity(every)
        again = message.has(0, "correct", "apology") or message.says(0, len(message), "years_are")
        corrected = next(iter(known.years)) if len(known.years) == 1 and again else None
        split = self._splits.read(message, parts)
        taken = {place for item in split for place in range(item.start, item.end)}
        whole = sum(item.value for item in split)
        for index, part in enumerate(parts):
            spent = _years_in(message, part)
            if (
                not (plain(part) or (spent and part.asks))
                or part.subject == "other"
                or bare_question(message, parts, index)
            ):
                continue
            if part.subject != "self" and not spent:
                continue
            for item in split:
                if part.start <= item.start < part.end:
                    why = message.text(item.start, item.end)
                    found.append(ToldFact(field="years", value=item.value, kind=item.kind, clause=index, why=why))
            for value, start, end in self._spans(message, part, today):
                if start in taken or (split and value == whole):
                    continue
                if job is None and (self._of_no_work(message, end) or message.says(part.start, part.end, "in_all")):
                    continue
                another = job is None and self._of_another_trade(message, part, end)
                kind = self._kind(message, part, start, end, None if another else identity)
                known_work = kind is not None or not (another or _of_something_else(message, part, end, job))
                if kind is None and known_work:
                    kind = self._beside(message, parts, index, start, end, identity)
                put_right = corrected is not None and (
                    message.has(start - 1, "present_be_third")  # "sorry, it is 5 years"
                    or message.ends(start, part.start, "it_really_is") >= 0
                )
                if kind is None and known_work and (put_right or _about_work(message, part, start)):
                    doing = message.says(part.start, part.end, "doing_this")
                    kind = corrected or identity or (self._default if doing else None)
                    apart = self._tells_otherwise(message, parts, index, kind) or _of_another_deed(parts, index, told)
                    kind = None if apart else kind
                if kind is not None and 0 < value <= MAX_YEARS:
                    found.append(
                        ToldFact(field="years", value=round(value, DECIMALS), kind=kind, clause=index,
                             why=message.text(start, end))
                    )  # fmt: skip
        found = found if again else _of_one_kind(message, parts, found)
        return [*found, *_put_right(message, parts, known, found)]

    def _spans(self, message: ReadMessage, part: Part, today: date) -> Iterator[tuple[float, int, int]]:
        for quantity in message.quantities:
            if not part.start <= quantity.start < part.end:
                continue
            if quantity.kind == "years" and message.has(quantity.end, "ago"):
                if message.says(part.start, quantity.start, "began") and not message.says(
                    part.start, quantity.start, "left"
                ):
                    yield quantity.value, quantity.start, quantity.end
            elif is_time(message, part, quantity) or goes_on_counting(message, part, quantity):
                yield quantity.value, quantity.start, quantity.end
            elif (span := between_years(message, quantity, today)) is not None:
                yield span, quantity.start, quantity.end
            elif (
                message.has(quantity.start - 1, "until_now")
                and quantity.kind == "number"
                and not message.says(part.start, quantity.start, "neg")
                and not away_from_work(message, part, quantity.start - 1)
                and FIRST_YEAR <= quantity.value <= today.year
                and not any(name.ids("certification") for name in message.names if part.start <= name.start < part.end)
            ):
                yield today.year - quantity.value, quantity.start - 1, quantity.end

    def _kind(self, message: ReadMessage, part: Part, start: int, end: int, identity: str | None) -> str | None:
        own = self._counted(message, part, end)
        if own is not None:
            return own
        told = sorted(
            (item for item in message.tellings if _beside_it(message, part, item.start, start, end)),
            key=lambda item: (item.told.role is None, max(item.start - end, start - item.end)),
        )
        for telling in told:
            if telling.told.experience or telling.told.role:
                return telling.told.experience or self._roles[str(telling.told.role)]
        near = sorted(
            (name for name in message.names if _beside_it(message, part, name.start, start, end) and not name.plural),
            key=lambda name: max(name.start - end, start - name.end),
        )
        for name in near:
            kind = self.kind_of(name, identity) if followed(message, name) or name.ids("experience") else None
            if kind is not None and not (name.ids("certification") and message.has(start, "until_now")):
                return kind
        return None

    def _counted(self, message: ReadMessage, part: Part, end: int) -> str | None:
        """The work that a time counts, right behind it ("1 year <work>", "1 year of <work>")."""
        at = end
        while at < part.end and message.tokens[at].gap == NONE and message.has(at, "of_what", "det", "inside"):
            at += 1
        if at >= part.end or message.tokens[at].gap != NONE:
            return None
        work = self.kind_at(message, at)
        name = message.name_at.get(at)
        whole = work is not None and (name is None or name.ids("experience") or followed(message, name))
        return work[0] if work is not None and whole else None

    def _beside(
        self, message: ReadMessage, parts: list[Part], index: int, start: int, end: int, identity: str | None
    ) -> str | None:
        """The kind that the clause before or after in the sentence is about, where this one is a piece."""
        if parts[index].opens and index and message.says(parts[index].start, parts[index].end, "been_there"):
            return self._sentence_before(message, parts, index, start, end, identity)
        goes_on = index > 0 and any(message.has(at, "so_long") for at in range(parts[index].start, start))
        if not (parts[index].fragment or goes_on) or message.has(start, "until_now"):
            return None
        if index and not parts[index].opens and _tells(parts[index - 1]) and self._single(message, parts[index - 1]):
            kind = self._kind(message, parts[index - 1], start, end, identity)
            if kind is not None:
                return kind
        after = parts[index + 1] if index + 1 < len(parts) else None
        told = after is not None and not after.opens and _tells(after) and self._single(message, after)
        told = told and not self._tells_otherwise(message, parts, index, None)
        if after is not None and told and start == parts[index].start:
            return self._kind(message, after, start, end, identity)
        return None

    def _sentence_before(
        self, message: ReadMessage, parts: list[Part], index: int, start: int, end: int, identity: str | None
    ) -> str | None:
        """The kind of work that the sentence before tells of ("i … . been there 4 years")."""
        first, _ = sentence(parts, index - 1)
        kinds = [
            kind
            for part in parts[first:index]
            if _tells(part) and (kind := self._kind(message, part, start, end, identity)) is not None
        ]
        return kinds[0] if kinds else None

    def _of_no_work(self, message: ReadMessage, end: int) -> bool:
        """Whether a time is one "of" something that is no work of ours ("20 years of <word>")."""
        if not message.has(end, "of_what") or end + 1 >= len(message) or message.marks[end + 1]:
            return False
        near = range(end + 1, min(len(message), end + 1 + MAX_OF))
        return not any(self.kind_at(message, at) or message.has(at, "experience", "doing_this") for at in near)

    def _of_another_trade(self, message: ReadMessage, part: Part, end: int) -> bool:
        """Whether a work that is none of ours follows a time ("4 years <word>", "10 years in|as a <word>")."""
        at = end
        while at < part.end and message.has(at, "of_what", "inside", "as_role") and not message.has(at, "doing_this"):
            at += message.length(at, "of_what", "inside", "as_role")
            while message.has(at, "det"):
                at += 1
        if at >= part.end or message.tokens[at].gap != NONE or message.has(at, "doing_this", "experience"):
            return False
        name = message.name_at.get(at)
        if name is not None:
            return bool(name.ids("background")) and self.kind_of(name) is None
        near = range(at, min(part.end, at + MAX_OF))
        if any(message.has(place, "specialty") or place in message.name_at for place in near):
            return False
        if any(item.start == at and item.told.setting for item in message.tellings):
            return False
        unknown = not message.marks[at] or message.has(at, "teaches")
        return unknown and message.free(at) and not message.tokens[at].mended

    def _tells_otherwise(self, message: ReadMessage, parts: list[Part], index: int, kind: str | None) -> bool:
        """Whether the clause before a time that stands alone tells of several kinds of work, or of another one."""
        if not index or parts[index].opens or not parts[index].fragment or not _tells(parts[index - 1]):
            return False
        before = parts[index - 1]
        works = {work[0] for at in range(before.start, before.end) if (work := self.kind_at(message, at)) is not None}
        return bool(works) and works != {kind}

    def _single(self, message: ReadMessage, part: Part) -> bool:
        """Whether a clause speaks of one kind of work at most, so that a time beside it is none of a sum."""
        works = (self.kind_at(message, at) for at in range(part.start, part.end))
        return len({work[0] for work in works if work is not None}) <= 1

    def kind_at(self, message: ReadMessage, at: int) -> tuple[str, int, int] | None:
        """The kind of years that a name or a phrase from a token on stands for, with where that begins and ends."""
        for telling in message.tellings:
            if telling.start == at and (telling.told.experience or telling.told.role):
                told = telling.told.experience or self._roles[str(telling.told.role)]
                return str(told), at, telling.end
        name = message.name_at.get(at)
        if name is None or name.start != at or name.plural or name.ids("certification"):
            return None
        kind = self.kind_of(name)
        return (kind, at, name.end) if kind is not None else None

    def kind_of(self, name: Name, identity: str | None = None) -> str | None:
        """The kind of years that a name stands for; of a credential that of the person's job, `identity`."""
        for meaning in name.meanings:
            if meaning.kind == "experience":
                return meaning.id
        for meaning in name.meanings:
            if meaning.kind == "role":
                return self._roles[meaning.id]
            if meaning.kind == "background":
                kind = self._backgrounds[meaning.id].experience
                if kind != self._anything:  # what may be any work is none that counts
                    return kind
        if name.ids("certification"):
            return identity
        return None

    def _job_kind(self, facts: list[ToldFact]) -> str | None:
        """The kind of years of somebody's job, else of their licence."""
        held = [fact for fact in facts if fact.standing in ("held", "left")]
        for fact in held:
            if fact.field == "role":
                return self._roles[str(fact.value)]
        for fact in held:
            if fact.field == "licence":
                for background in self._backgrounds.values():
                    if background.licence == fact.value and background.experience:
                        return background.experience
        return None

    def identity(self, facts: list[ToldFact]) -> str | None:
        """The kind of years of what somebody says to be: a job first, then a licence, then a credential."""
        job = self._job_kind(facts)
        if job is not None:
            return job
        credentials = [fact for fact in facts if fact.field == "certification" and fact.standing == "held"]
        return self._credentials.kind([str(fact.value) for fact in credentials])


def _of_one_kind(message: ReadMessage, parts: list[Part], found: list[ToldFact]) -> list[ToldFact]:
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


def _put_right(message: ReadMessage, parts: list[Part], known: Known, found: list[ToldFact]) -> Iterator[ToldFact]:
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


def _of_another_deed(parts: list[Part], index: int, told: list[ToldFact]) -> bool:
    """Whether a time ends a sentence about something else that its writer does, with no word of their work in it."""
    if parts[index].opens or not index:
        return False
    first, last = sentence(parts, index)
    before = parts[index - 1]
    work = any(first <= fact.clause < last and fact.field in ("role", "certification", "licence") for fact in told)
    return before.explicit and before.subject == "self" and not work


def _beside_it(message: ReadMessage, part: Part, at: int, start: int, end: int) -> bool:
    """Whether a place of a clause is not behind another number, whose work would be there ("4 years <word> 12 …")."""
    if not part.start <= at < part.end:
        return False
    behind = message.quantities if at >= end else ()
    return not any(end <= item.start < at and item.kind in ("years", "number") for item in behind)


def _of_something_else(message: ReadMessage, part: Part, end: int, job: str | None) -> bool:
    """Whether a time is said to be of a work that is not known ("14 years <word>"), or of all kinds together.

    Who has told a `job` may name a part of it so.
    """
    if job is None and message.says(part.start, part.end, "in_all"):
        return True
    at = end
    if message.has(at, "of_what"):
        at += 1
    if at >= len(message) or message.tokens[at].gap != NONE:
        return False
    name = message.name_at.get(at)
    if any(item.start == at and item.told.setting for item in message.tellings):
        return False
    if name is not None:
        return bool(name.ids("term")) and not name.ids("role", "experience", "certification", "background", "setting")
    return job is None and message.free(at) and not message.marks[at] and not message.tokens[at].mended


def _years_in(message: ReadMessage, part: Part) -> bool:
    """Whether a time is what somebody is "in" ("at 15 years in", "three years in at a …")."""
    return any(
        quantity.kind == "years"
        and part.start <= quantity.start < part.end
        and message.has(quantity.end, "inside")
        and (quantity.end + 1 >= part.end or message.has(quantity.end + 1, "at", "at_place"))
        for quantity in message.quantities
    )


def _tells(part: Part) -> bool:
    return part.subject == "self" and not (part.asks or part.supposed or part.commands)


def _about_work(message: ReadMessage, part: Part, start: int) -> bool:
    """Whether a clause with a time and no job in it is about the person's work: a piece, or "i have …"."""
    counted = message.ends(start, part.start, "years_are") >= 0
    if (part.fragment and not message.has(start, "until_now")) or _years_in(message, part) or counted:
        return True
    return message.says(part.start, part.end, "experience", "doing_this")
