"""What somebody has for study: hours a week, and money with its currency."""

from __future__ import annotations

from bot.knowledge.language import Language
from bot.understanding.reader.clauses import Part
from bot.understanding.reader.heard import Fact
from bot.understanding.reader.message import Message
from bot.understanding.reader.quantities import Quantity

MIN_HOURS, MAX_HOURS = 0.5, 80
MIN_MONEY, MAX_MONEY = 20, 10_000_000


def hours(message: Message, parts: list[Part]) -> list[Fact]:
    """Hours a week for study."""
    found = []
    for index, part in enumerate(parts):
        if part.subject == "other" or (part.asks and not part.explicit):
            continue
        for quantity in _in(message, part):
            if quantity.kind != "hours" or quantity.a_week is None:
                continue
            after = parts[index + 1] if index + 1 < len(parts) and not parts[index + 1].opens else part
            around = (parts[index - 1].start if index and not part.opens else part.start, after.end)
            if message.says(*around, "not_study") and not message.says(part.start, part.end, "study"):
                continue
            if not message.says(*around, "study") and not _alone(message, part, quantity):
                continue
            value = round(quantity.value * quantity.a_week, 1)
            if MIN_HOURS <= value <= MAX_HOURS:
                found.append(Fact(field="hours_per_week", value=value, clause=index,
                                  why=message.text(quantity.start, quantity.end)))  # fmt: skip
    return found


def budget(message: Message, parts: list[Part], language: Language, default: str) -> list[Fact]:
    """Money that may be spent on study. `default` is the currency meant where none is named."""
    found = []
    for index, part in enumerate(parts):
        if part.subject == "other" or part.asks or part.supposed:
            continue
        for quantity in _in(message, part):
            if (
                quantity.kind not in ("money", "number")
                or quantity.rate
                or not MIN_MONEY <= quantity.value <= MAX_MONEY
            ):
                continue
            offered = message.says(part.start, part.end, "budget") or _with_hours(message, part, quantity)
            if not offered or message.says(part.start, part.end, "not_budget"):
                continue
            if quantity.kind == "number" and quantity.end < part.end and not message.has(quantity.end, "after_money"):
                continue
            found.append(Fact(field="budget", value=quantity.value, kind=quantity.currency or default, clause=index,
                              why=message.text(quantity.start, quantity.end)))  # fmt: skip
    return found


def currency_of(language: Language, country: str | None, default: str) -> str:
    """The currency meant by somebody in a country who names none."""
    return next((code for code, item in language.currencies.items() if country in item.countries), default)


def _in(message: Message, part: Part) -> list[Quantity]:
    return [found for found in message.quantities if part.start <= found.start < part.end]


def _alone(message: Message, part: Part, quantity: Quantity) -> bool:
    """Whether a piece gives nothing but the hours."""
    return all(
        quantity.start <= at < quantity.end
        or at in message.quantity_at
        or message.has(at, "filler", "det", "join", "so", "about")
        for at in range(part.start, part.end)
    )


def _with_hours(message: Message, part: Part, quantity: Quantity) -> bool:
    """Whether a piece gives nothing but money and the hours a week ("50000 rupees and 8 hrs a week")."""
    hours = any(found.kind == "hours" and found.a_week is not None for found in _in(message, part))
    return quantity.kind == "money" and part.fragment and hours and _alone(message, part, quantity)
