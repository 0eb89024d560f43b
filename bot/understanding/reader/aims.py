"""Where somebody wants to get to, what they refuse, what limits them, and when their exam is."""

from __future__ import annotations

from datetime import date

from bot.knowledge.base import KnowledgeBase
from bot.understanding.reader.clauses import Part
from bot.understanding.reader.cues import Cues
from bot.understanding.reader.heard import Fact, Standing
from bot.understanding.reader.message import Message
from bot.understanding.reader.names import Name
from bot.understanding.reader.tokens import Tokenizer

NEAR = 4  # tokens between "want to be" and the name
IN_QUESTIONS = "~"


def goals(message: Message, parts: list[Part], held: set[str]) -> list[Fact]:
    """Goals, in order; one that only a question lets think of is "asked". What is `held` is no goal."""
    found = []
    for index, part in enumerate(parts):
        if part.subject == "other" and part.explicit and not message.says(part.start, part.end, "goal_for_me"):
            continue
        for name in message.names:
            if not part.start <= name.start < part.end:
                continue
            ids = name.ids("role") or name.ids("certification")
            if not ids or ids[0] in held:
                continue
            how = _aimed(message, part, name)
            if how is not None:
                found.append(Fact(field="goal", value=ids[0], standing=how[0], clause=index, why=how[1]))
    return found


def _aimed(message: Message, part: Part, name: Name) -> tuple[Standing, str] | None:
    before = max(part.start, name.start - NEAR)
    if message.says(part.start, name.start, "not_goal"):
        refused = message.says(part.start, name.start, "refuse") and not part.asks
        return ("denied", "refused") if refused else None
    if part.asks or part.supposed or part.commands:
        start = next(
            (at for at in range(name.start - 1, part.start - 1, -1) if _reaches(message, at, name, "goal_question")), -1
        )
        return ("asked", message.text(start, name.end)) if start >= 0 else None
    for at in range(name.start - 1, before - 1, -1):
        if _reaches(message, at, name, "goal"):
            return "planned", message.text(at, name.end)
    return None


def _reaches(message: Message, at: int, name: Name, cue: str) -> bool:
    """Whether a phrase at `at` ends before the name with nothing but filling between."""
    length = message.length(at, cue)
    if not length or at + length > name.start:
        return False
    return all(
        message.has(place, "det", "filler", "my", "join", "aimed") or place in message.name_at
        for place in range(at + length, name.start)
    )


class Limits:
    """What limits somebody, as the language content notes it."""

    def __init__(self, constraints: dict[str, tuple[str, ...]], tokenizer: Tokenizer) -> None:
        self._anywhere = {
            noted
            for noted, phrases in constraints.items()
            if any(phrase.startswith(IN_QUESTIONS) for phrase in phrases)
        }
        self._cues = Cues(
            {
                noted: [phrase.removeprefix(IN_QUESTIONS) for phrase in phrases]
                for noted, phrases in constraints.items()
            },
            tokenizer,
        )

    def read(self, message: Message, parts: list[Part]) -> list[Fact]:
        """The limits told, each once."""
        marks = self._cues.find(message.tokens)
        found: dict[str, Fact] = {}
        for index, part in enumerate(parts):
            if (part.subject == "other" and part.explicit) or part.supposed:
                continue
            for at in range(part.start, part.end):
                for noted in marks[at]:
                    if (part.asks and noted not in self._anywhere) or message.says(part.start, at, "neg"):
                        continue
                    found.setdefault(
                        noted,
                        Fact(
                            field="constraint", value=noted, clause=index, why=message.text(at, at + marks[at][noted])
                        ),
                    )
        return list(found.values())


class Exams:
    """Days of exams: "my exam is on march 3"."""

    def __init__(self, months: tuple[tuple[str, ...], ...]) -> None:
        self._months = {name: number for number, names in enumerate(months, 1) for name in names}

    def read(self, message: Message, parts: list[Part], base: KnowledgeBase, today: date) -> list[Fact]:
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
                        Fact(
                            field="exam",
                            value=day.isoformat(),
                            standing="planned",
                            clause=index,
                            why=message.text(at, at + 2),
                        )
                    )
        return found

    def _day(self, message: Message, at: int, today: date) -> date | None:
        month = self._months.get(message.tokens[at].word)
        if month is None:
            return None
        for near in (at + 1, at - 1, at + 2, at - 2):
            quantity = message.quantity_at.get(near)
            if quantity is None or quantity.kind != "number" or quantity.value != int(quantity.value):
                continue
            try:
                day = date(today.year, month, int(quantity.value))
            except ValueError:
                continue
            return day if day >= today else day.replace(year=today.year + 1) if (month, day.day) != (2, 29) else None
        return None
