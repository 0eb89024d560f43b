"""Years told one kind after another: "5 <work> 4 <work>", "<work> 4 years, <work> 2"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.understanding.reader.clauses import Part
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.quantities import QuantitySpan
from bot.understanding.reader.times import no_work
from bot.understanding.reader.tokens import NONE

MAX_YEARS = 50
MAX_BETWEEN = 4  # tokens between a number and its work
KindAt = Callable[[ReadMessage, int], "tuple[str, int, int] | None"]


@dataclass(frozen=True, slots=True)
class Split:
    """A number at tokens `start`..`end` (exclusive) that counts years of a kind."""

    start: int
    end: int
    value: float
    kind: str


class Splits:
    """Finds the numbers that count years of several kinds; `kind_at` says what kind of work begins at a token."""

    def __init__(self, kind_at: KindAt) -> None:
        self._kind_at = kind_at

    def read(self, message: ReadMessage, parts: list[Part]) -> list[Split]:
        """The numbers with their kinds; nothing where there are not two, or no time at all beside them."""
        found = [split for part in parts if _tells(part) for split in self._inside(message, part)]
        kinds = {split.kind for split in found}
        timed = any(quantity.kind == "years" for quantity in message.quantities)
        bare = [split for split in found if message.quantity_at[split.start].kind == "number"]
        if len(kinds) < 2 or not bare or not (timed or len(bare) == len(found)):  # noqa: PLR2004  two kinds
            return []
        return found

    def _inside(self, message: ReadMessage, part: Part) -> list[Split]:
        numbers = [
            quantity
            for quantity in message.quantities
            if part.start <= quantity.start < part.end and _counts_years(message, part, quantity)
        ]
        works = []
        at = part.start
        while at < part.end:
            work = self._kind_at(message, at)
            if work is not None:
                works.append(work)
            at = max(at + 1, work[2] if work is not None else 0)
        if not numbers or not works:
            return []
        followed = all(
            any(work[1] == item.end and message.tokens[item.end].gap == NONE for work in works) for item in numbers
        )
        if followed or numbers[0].start < works[0][1]:
            return self._before(message, numbers, works)
        return self._after(message, numbers, works)

    @staticmethod
    def _before(message: ReadMessage, numbers: list[QuantitySpan], works: list[tuple[str, int, int]]) -> list[Split]:
        """Each number with the work that follows it."""
        found = []
        for place, number in enumerate(numbers):
            until = numbers[place + 1].start if place + 1 < len(numbers) else len(message)
            work = next((work for work in works if number.end <= work[1] < until), None)
            if work is not None and _near(message, number.end, work[1]):
                found.append(Split(number.start, number.end, number.value, work[0]))
        return found

    @staticmethod
    def _after(message: ReadMessage, numbers: list[QuantitySpan], works: list[tuple[str, int, int]]) -> list[Split]:
        """Each number with the work that stands before it."""
        found = []
        for place, number in enumerate(numbers):
            since = numbers[place - 1].end if place else 0
            work = next((work for work in reversed(works) if since <= work[1] and work[2] <= number.start), None)
            if work is not None and _near(message, work[2], number.start):
                found.append(Split(number.start, number.end, number.value, work[0]))
        return found


def _tells(part: Part) -> bool:
    return part.subject == "self" and not (part.asks or part.supposed or part.commands or part.demands or part.reported)


def _counts_years(message: ReadMessage, part: Part, quantity: QuantitySpan) -> bool:
    if quantity.kind == "years":
        return not no_work(message, part, quantity.start, quantity.end)
    small = quantity.kind == "number" and 0 < quantity.value <= MAX_YEARS and not quantity.rate
    # "Want to lead one day" counts no year.
    planned = message.says(part.start, quantity.end, "goal_deed") or message.has(quantity.start, "goal_deed")
    return small and not planned and not message.says(part.start, quantity.start, "neg")


def _near(message: ReadMessage, start: int, end: int) -> bool:
    """Whether only small words stand between a number and its work."""
    return end - start <= MAX_BETWEEN and all(
        message.has(at, "det", "filler", "join", "as", "inside", "at", "linked", "spent_in", "doing", "self_be")
        for at in range(start, end)
    )
