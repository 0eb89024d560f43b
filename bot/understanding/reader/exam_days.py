"""When somebody's exam is: "my exam is on march 3"."""

from __future__ import annotations

from datetime import date

from bot.understanding.reader.clauses import Part
from bot.understanding.reader.heard import ToldFact
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.pieces import sentence
from bot.understanding.reader.quantities import FIRST_YEAR

AHEAD = 3  # years: a later one is no exam's
YEAR_BEHIND = 3  # tokens behind a month in which its year may stand
SMALL = ("filler", "det", "join", "it", "be", "linked", "at", "ordinal")  # what may stand beside a day that is alone


class Exams:
    """Days of exams, by the names of the months."""

    def __init__(self, months: tuple[tuple[str, ...], ...]) -> None:
        self._months = {name: number for number, names in enumerate(months, 1) for name in names}

    def read(self, message: ReadMessage, parts: list[Part], today: date) -> list[ToldFact]:
        """The days, as ISO dates; the next such day from `today`."""
        found = []
        for index, part in enumerate(parts):
            if _not_own(part) or message.says(part.start, part.end, "neg") or _over(message, part):
                continue
            if not message.says(part.start, part.end, "tested", "exam_verb") and not self._goes_on(
                message, parts, index
            ):
                continue
            for at in range(part.start, part.end):
                day = self._day(message, at, today)
                if day is not None:
                    found.append(
                        ToldFact(
                            field="exam",
                            value=day.isoformat(),
                            standing="planned",
                            clause=index,
                            why=message.text(at, at + 2),
                        )
                    )
        return found

    def _goes_on(self, message: ReadMessage, parts: list[Part], index: int) -> bool:
        """Whether a clause gives nothing but a day, of an exam that its sentence has spoken of ("…, feb 3")."""
        part = parts[index]
        alone = all(
            message.has(at, *SMALL) or at in message.quantity_at or message.tokens[at].word in self._months
            for at in range(part.start, part.end)
        )
        if not alone:
            return False
        named = message.says(part.start, part.end, "it")
        for before in parts[sentence(parts, index)[0] : index]:
            if _not_own(before) or message.says(before.start, before.end, "got_past", "pass", "fail", "have", "lapse"):
                return False
            if message.says(before.start, before.end, "tested", "exam_verb"):
                return True
            ids = (name.ids("certification") for name in message.names if before.start <= name.start < before.end)
            if named and any(ids):
                return True
        return False

    def _day(self, message: ReadMessage, at: int, today: date) -> date | None:
        month = self._months.get(message.tokens[at].word)
        if month is None:
            return None
        for near in (at + 1, at - 1, at + 2, at - 2):
            quantity = message.quantity_at.get(near)
            if quantity is None or quantity.kind != "number" or quantity.value != int(quantity.value):
                continue
            year = self._year(message, at, near, today)
            try:
                day = date(year or today.year, month, int(quantity.value))
            except (ValueError, OverflowError):
                continue
            if day >= today:
                return day
            return None if year or (month, day.day) == (2, 29) else day.replace(year=today.year + 1)
        return None

    @staticmethod
    def _year(message: ReadMessage, month: int, day: int, today: date) -> int | None:
        """The year that stands behind a day, None where none does."""
        for at in range(max(month, day) + 1, max(month, day) + YEAR_BEHIND):
            quantity = message.quantity_at.get(at)
            if quantity is not None and quantity.kind == "number":
                return int(quantity.value) if FIRST_YEAR <= quantity.value <= today.year + AHEAD else None
        return None


def _not_own(part: Part) -> bool:
    return part.subject == "other" or part.asks or part.supposed


def _over(message: ReadMessage, part: Part) -> bool:
    """Whether an exam is behind its writer: it was on a day, or was passed or failed then."""
    if message.says(part.start, part.end, "moved_day", "retake"):
        return False
    passed = any(
        message.has(at, "pass") and not message.has(at, "pass_bare", "pass_thing") for at in range(part.start, part.end)
    )
    was = message.says(part.start, part.end, "past_be") and not message.says(part.start, part.end, "test_set")
    return passed or was or message.says(part.start, part.end, "failed")
