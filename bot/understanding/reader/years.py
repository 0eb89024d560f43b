"""The years behind somebody's work, by kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.knowledge.base import KnowledgeBase
from bot.understanding.reader.clauses import Part
from bot.understanding.reader.heard import ToldFact
from bot.understanding.reader.merge import Known
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.pieces import followed, plain, sentence
from bot.understanding.reader.quantities import FIRST_YEAR
from bot.understanding.reader.splits import Splits
from bot.understanding.reader.times import (
    MAX_YEARS,
    about_work,
    away_from_work,
    bare_question,
    beside_it,
    between_years,
    goes_on_counting,
    is_time,
    only_time,
    since_there,
    years_in,
)
from bot.understanding.reader.tokens import NONE
from bot.understanding.reader.work_kinds import WorkKinds
from bot.understanding.reader.years_settled import DECIMALS, one_of_a_kind, years_put_right

MAX_OF = 6  # words after a time in which its work is named
NOBODY = Known()


@dataclass(frozen=True)
class _Teller:
    """Whose years are told: what is `told` of them, the kind of their `job`, the one that they are known by, and the
    one whose years are put right.
    """

    told: list[ToldFact]
    job: str | None
    identity: str | None
    corrected: str | None


class Years:
    """Reads years by kind of work; `kinds` says which kind a name or a phrase stands for."""

    def __init__(self, base: KnowledgeBase, kinds: WorkKinds) -> None:
        default = base.roles.get(base.field.default_entity)
        self._default = default.experience if default else None
        self._kinds = kinds
        self._splits = Splits(kinds.at)

    def read(
        self, message: ReadMessage, parts: list[Part], told: list[ToldFact], today: date, known: Known = NOBODY
    ) -> list[ToldFact]:
        """Years of each kind, of somebody of whom `told` is told now: the kind may be what that stands for.

        A time that corrects one is of the kind `known`, where that is only one.
        """
        every = [*told, *known.facts()]
        again = message.has(0, "correct", "apology") or message.says(0, len(message), "years_are")
        corrected = next(iter(known.years)) if len(known.years) == 1 and again else None
        teller = _Teller(told, self._kinds.of_job(every), self._kinds.identity(every), corrected)
        split = self._splits.read(message, parts)
        taken = {place for item in split for place in range(item.start, item.end)}
        whole = sum(item.value for item in split)
        found: list[ToldFact] = []
        for index, part in enumerate(parts):
            if not _may_tell(message, parts, index):
                continue
            for item in split:
                if part.start <= item.start < part.end:
                    why = message.text(item.start, item.end)
                    found.append(ToldFact(field="years", value=item.value, kind=item.kind, clause=index, why=why))
            for value, start, end in self._spans(message, part, today):
                if start in taken or (split and value == whole) or not 0 < value <= MAX_YEARS:
                    continue
                kind = self._kind_of_time(message, parts, index, start, end, teller)
                if kind is not None:
                    years, why = round(value, DECIMALS), message.text(start, end)
                    found.append(ToldFact(field="years", value=years, kind=kind, clause=index, why=why))
        found = found if again else one_of_a_kind(message, parts, found)
        return [*found, *years_put_right(message, parts, known, found)]

    def _kind_of_time(
        self, message: ReadMessage, parts: list[Part], index: int, start: int, end: int, teller: _Teller
    ) -> str | None:
        """The kind of work that a time in a clause was spent at; None where it tells no years of work."""
        part, job = parts[index], teller.job
        if job is None and (self._of_no_work(message, end) or message.says(part.start, part.end, "in_all")):
            return None
        another = job is None and self._of_another_trade(message, part, end)
        kind = self._kind(message, part, start, end, None if another else teller.identity)
        if kind is not None:
            return kind
        if another or _of_something_else(message, part, end, job):
            return None
        kind = self._beside(message, parts, index, start, end, teller.identity)
        if kind is not None or not self._is_of_work(message, parts, index, start, teller):
            return kind
        doing = message.says(part.start, part.end, "doing_this")
        kind = teller.corrected or teller.identity or (self._default if doing else None)
        apart = self._tells_otherwise(message, parts, index, kind) or _of_another_deed(parts, index, teller.told)
        return None if apart else kind

    def _is_of_work(self, message: ReadMessage, parts: list[Part], index: int, start: int, teller: _Teller) -> bool:
        """Whether a time beside which no work is named is one of work all the same, or puts one right."""
        part = parts[index]
        put_right = teller.corrected is not None and (
            message.has(start - 1, "present_be_third")  # "sorry, it is 5 years"
            or message.ends(start, part.start, "it_really_is") >= 0
        )
        return put_right or since_there(message, parts, index, start, teller.told) or about_work(message, part, start)

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
                (led := _led_since(message, part, quantity.start)) >= 0
                and quantity.kind == "number"
                and not message.says(part.start, quantity.start, "neg")
                and not away_from_work(message, part, led)
                and FIRST_YEAR <= quantity.value <= today.year
                and not any(name.ids("certification") for name in message.names if part.start <= name.start < part.end)
            ):
                yield today.year - quantity.value, led, quantity.end

    def _kind(self, message: ReadMessage, part: Part, start: int, end: int, identity: str | None) -> str | None:
        own = self._counted(message, part, end)
        if own is not None:
            return own
        told = sorted(
            (item for item in message.tellings if beside_it(message, part, item.start, end)),
            key=lambda item: (item.told.role is None, max(item.start - end, start - item.end)),
        )
        for telling in told:
            if telling.told.experience or telling.told.role:
                return self._kinds.told(telling)
        near = sorted(
            (name for name in message.names if beside_it(message, part, name.start, end) and not name.plural),
            key=lambda name: max(name.start - end, start - name.end),
        )
        for name in near:
            kind = self._kinds.of(name, identity) if followed(message, name) or name.ids("experience") else None
            if kind is not None and not (name.ids("certification") and message.has(start, "until_now")):
                return kind
        return None

    def _counted(self, message: ReadMessage, part: Part, end: int) -> str | None:
        """The work that a time counts, right behind it ("1 year <work>", "1 year of <work>")."""
        at = end
        while at < part.end and message.tokens[at].gap == NONE and message.has(at, "of_what", "det", "inside", "as"):
            at += 1
        if self._kinds.at(message, at) is None and at not in message.name_at:
            at += message.length(at, "specialty")
        if at >= part.end or message.tokens[at].gap != NONE:
            return None
        work = self._kinds.at(message, at)
        name = message.name_at.get(at)
        whole = work is not None and (name is None or name.ids("experience") or followed(message, name))
        return work[0] if work is not None and whole else None

    def _beside(
        self, message: ReadMessage, parts: list[Part], index: int, start: int, end: int, identity: str | None
    ) -> str | None:
        """The kind that the clause before or after in the sentence is about, where this one is a piece."""
        there = message.says(parts[index].start, parts[index].end, "been_there")
        if parts[index].opens and index and (there or only_time(message, parts[index], start, end)):
            return self._sentence_before(message, parts, index, start, end, identity)
        goes_on = index > 0 and any(message.has(at, "so_long") for at in range(parts[index].start, start))
        if not (parts[index].fragment or goes_on) or message.has(start, "until_now"):
            return None
        before = self._with_work(message, parts, index)
        if before is not None and _tells(before) and self._single(message, before):
            kind = self._kind(message, before, start, end, identity)
            if kind is not None:
                return kind
        after = parts[index + 1] if index + 1 < len(parts) else None
        told = after is not None and not after.opens and _tells(after) and self._single(message, after)
        told = told and not self._tells_otherwise(message, parts, index, None)
        if after is not None and told and start == parts[index].start:
            return self._kind(message, after, start, end, identity)
        return None

    def _with_work(self, message: ReadMessage, parts: list[Part], index: int) -> Part | None:
        """The clause before a piece in its sentence, over pieces without a work or a time ("<work>, <x>, 9 years")."""
        while index and not parts[index].opens:
            index -= 1
            part = parts[index]
            inside = range(part.start, part.end)
            told = any(self._kinds.at(message, at) is not None or at in message.quantity_at for at in inside)
            if told or not part.fragment or part.opens:
                return part
        return None

    def _sentence_before(
        self, message: ReadMessage, parts: list[Part], index: int, start: int, end: int, identity: str | None
    ) -> str | None:
        """The kind of work that the sentence before tells of ("i … . been there 4 years")."""
        first, _ = sentence(parts, index - 1)
        kinds = [
            kind
            for part in parts[first:index]
            if _tells(part)
            and (message.says(part.start, part.end, "used_to") or not message.says(part.start, part.end, "plan_role"))
            and (kind := self._kind(message, part, start, end, identity)) is not None
        ]
        return kinds[0] if kinds else None

    def _of_no_work(self, message: ReadMessage, end: int) -> bool:
        """Whether a time is one "of" something that is no work of ours ("20 years of <word>")."""
        if not message.has(end, "of_what") or end + 1 >= len(message) or message.marks[end + 1]:
            return False
        near = range(end + 1, min(len(message), end + 1 + MAX_OF))
        return not any(self._kinds.at(message, at) or message.has(at, "experience", "doing_this") for at in near)

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
            return bool(name.ids("background")) and self._kinds.of(name) is None
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
        works = {work[0] for at in range(before.start, before.end) if (work := self._kinds.at(message, at)) is not None}
        return bool(works) and works != {kind}

    def _single(self, message: ReadMessage, part: Part) -> bool:
        """Whether a clause speaks of one kind of work at most, so that a time beside it is none of a sum."""
        works = (self._kinds.at(message, at) for at in range(part.start, part.end))
        return len({work[0] for work in works if work is not None}) <= 1


def _of_another_deed(parts: list[Part], index: int, told: list[ToldFact]) -> bool:
    """Whether a time ends a sentence about something else that its writer does, with no word of their work in it."""
    if parts[index].opens or not index:
        return False
    first, last = sentence(parts, index)
    before = parts[index - 1]
    work = any(first <= fact.clause < last and fact.field in ("role", "certification", "licence") for fact in told)
    return before.explicit and before.subject == "self" and not work


def _may_tell(message: ReadMessage, parts: list[Part], index: int) -> bool:
    """Whether a clause may tell years of somebody's own."""
    part = parts[index]
    spent = years_in(message, part)
    told = plain(part) or (spent and part.asks)
    own = part.subject == "self" or (spent and part.subject != "other")
    return told and own and not bare_question(message, parts, index)


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


def _led_since(message: ReadMessage, part: Part, at: int) -> int:
    """Where "since" stands before a year, with nothing but small words between ("since like 2017"); else -1."""
    at -= 1
    while at > part.start and message.has(at, "about", "loosely", "filler"):
        at -= 1
    still = (
        message.has(at, "from")
        and message.says(part.start, at, "self_be", "work")
        and not message.says(part.start, at, "past_be", "did_past", "move")
    )  # "i am <job> in … from 2018"
    return at if message.has(at, "until_now") or still else -1


def _tells(part: Part) -> bool:
    return part.subject == "self" and not (part.asks or part.supposed or part.commands)
