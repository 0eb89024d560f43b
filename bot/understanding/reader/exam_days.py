"""When somebody's exam is: "my exam is on march 3"."""

from __future__ import annotations

from datetime import date

from bot.understanding.reader.clauses import Part
from bot.understanding.reader.heard import ToldFact
from bot.understanding.reader.message import ReadMessage


class Exams:
    """Days of exams, by the names of the months."""

    def __init__(self, months: tuple[tuple[str, ...], ...]) -> None:
        self._months = {name: number for number, names in enumerate(months, 1) for name in names}

    def read(self, message: ReadMessage, parts: list[Part], today: date) -> list[ToldFact]:
        """The days, as ISO dates; the next such day from `today`."""
        found = []
        for index, part in enumerate(parts):
            if part.subject == "other" or part.asks or part.supposed or message.says(part.start, part.end, "neg"):
                continue
            if not message.says(part.start, part.end, "tested", "exam_verb"):
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

    def _day(self, message: ReadMessage, at: int, today: date) -> date | None:
        month = self._months.get(message.tokens[at].word)
        if month is None:
            return None
        for near in (at + 1, at - 1, at + 2, at - 2):
            quantity = message.quantity_at.get(near)
            if quantity is None or quantity.kind != "number" or quantity.value != int(quantity.value):
                continue
            try:
                day = date(today.year, month, int(quantity.value))
            except (ValueError, OverflowError):
                continue
            return day if day >= today else day.replace(year=today.year + 1) if (month, day.day) != (2, 29) else None
        return None
