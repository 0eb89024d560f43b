"""What somebody has for study: hours a week, and money with its currency."""

from __future__ import annotations

from collections.abc import Iterator

from bot.knowledge.language import Language, UnitWords
from bot.understanding.reader.clauses import Part
from bot.understanding.reader.cues import Cues, TokenMarks
from bot.understanding.reader.heard import ToldFact
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.pieces import sentence
from bot.understanding.reader.quantities import QuantitySpan
from bot.understanding.reader.tokens import SLASH, Tokenizer

MIN_HOURS, MAX_HOURS = 0.5, 80
MIN_MONEY, MAX_MONEY = 20, 10_000_000


WEEK = 7.0
THOUSAND = 1000
LEAST_ALONE = 200  # money without a sign or a word, beside the hours a week
EACH, TIMES, WEEKLY = "each", "times", "weekly"


class Hours:
    """Reads the hours a week for study; days of the week may stand anywhere in the sentence."""

    def __init__(self, units: UnitWords, tokenizer: Tokenizer) -> None:
        lists = {phrase: (phrase,) for phrase in units.days}
        weeks = [phrase for phrase, often in units.a_week.items() if often == 1]
        self._days = units.days
        self._cues = Cues({**lists, EACH: units.each, TIMES: units.times, WEEKLY: weeks}, tokenizer)

    def words(self) -> frozenset[str]:
        """Every word of a phrase."""
        return self._cues.words()

    def read(self, message: ReadMessage, parts: list[Part]) -> list[ToldFact]:
        """Hours a week for study."""
        if not message.quantities:
            return []
        marks = self._cues.find(message.tokens)
        found = [fact for index in range(1, len(parts)) for fact in self._labelled(message, parts, index, marks)]
        for index, part in enumerate(parts):
            unsure = part.subject == "other" or (part.asks and not part.explicit)
            if unsure and not _terms(message, parts, index):
                continue
            if part.subject == "nobody" and (part.supposed or message.says(part.start, part.end, "source")):
                continue
            if not part.explicit and _goes_on_about(message, parts, index):
                continue
            if part.supposed and message.says(part.start, part.end, "conditional") and message.says(
                part.start, part.end, "may_be"
            ):  # fmt: skip
                continue  # "what if i could …"
            for quantity in _in(message, part):
                if quantity.kind != "hours" or _of_a_story(message, part, quantity):
                    continue
                if message.says(part.start, quantity.start, "neg", "obliged") and not message.says(
                    part.start, quantity.start, "only"
                ):
                    continue
                often, days = self._often(message, parts, index, quantity, marks)
                if often is None or not _for_study(message, parts, index, quantity, days):
                    continue
                whole = quantity.a_week is None and quantity.value > MOST_A_DAY and not _each(message, days)
                value = round(quantity.value * (1 if whole else often), 1)
                if MIN_HOURS <= value <= MAX_HOURS:
                    found.append(ToldFact(field="hours_per_week", value=value, clause=index,
                                      why=message.text(quantity.start, quantity.end)))  # fmt: skip
        return found

    def _labelled(self, message: ReadMessage, parts: list[Part], index: int, marks: TokenMarks) -> Iterator[ToldFact]:
        """Hours given behind a label, as in a form ("hours: 8 a week", "study time - 6")."""
        part, label = parts[index], parts[index - 1]
        number = next((item for item in _in(message, part) if item.kind == "number"), None)
        if number is None or part.opens or part.asks or part.demands or part.subject != "self":
            return
        at = label.start + message.has(label.start, "my")
        at += message.length(at, "hours_noun")
        led = at > label.start + message.has(label.start, "my") and at == label.end
        after = number.end + (number.end < part.end and message.tokens[number.end].word == SLASH)
        rest = after + marks[after].get(WEEKLY, 0) if after < part.end else part.end
        if led and number.start == part.start and rest == part.end and MIN_HOURS <= number.value <= MAX_HOURS:
            yield ToldFact(field="hours_per_week", value=number.value, clause=index,
                           why=message.text(label.start, part.end))  # fmt: skip

    def _often(
        self, message: ReadMessage, parts: list[Part], index: int, quantity: QuantitySpan, marks: TokenMarks
    ) -> tuple[float | None, frozenset[int]]:
        """How often in a week, and the tokens that say so; None where nothing does."""
        first, last = sentence(parts, index)
        said: list[tuple[float, range]] = []
        each = frozenset[int]()
        at = parts[first].start
        while at < parts[last - 1].end:
            here = marks[at]
            counted = message.quantity_at.get(at - 1)
            if TIMES in here and counted is not None and counted.kind == "number" and counted.value <= WEEK:
                return counted.value, frozenset(range(counted.start, at + here[TIMES]))
            each |= frozenset(range(at, at + here.get(EACH, 0)))
            days = [(size, name) for name, size in here.items() if name in self._days]
            if days:
                size, name = max(days)
                said.append((self._days[name], range(at, at + size)))
            at += max([1, *(size for size, _ in days)])
        if quantity.a_week is not None and (quantity.a_week < WEEK or not said):
            several = bool(each) and quantity.a_week == 1 and any(count > 1 for count, _ in said)
            return (max(count for count, _ in said) if several else quantity.a_week), each
        if not said:
            return None, frozenset()
        at_all = each.union(*(places for _, places in said))
        single = [count for count, _ in said if count == 1]
        number = float(len(single)) if len(single) == len(said) else min(count for count, _ in said if count > 1)
        whole = number == WEEKEND and not (each or len(single) > 1 or quantity.a_week)
        return (1.0 if whole else number), at_all


WEEKEND = 2.0
MOST_A_DAY = 5  # hours: more beside some days are those of the week


def _terms(message: ReadMessage, parts: list[Part], index: int) -> bool:
    """Whether a piece behind a question only gives what its writer has for it ("how long, 10 hours a week, under 900").

    Behind a question about pay or work such pieces are of those.
    """
    part = parts[index]
    first, last = sentence(parts, index)
    given = _in(message, part)
    asked = any(piece.asks for piece in parts[first:index]) and parts[first].subject != "other"
    if part.opens or not part.fragment or len(given) != 1 or not asked:
        return False
    whole = (parts[first].start, parts[last - 1].end)
    if message.says(*whole, "not_budget", "not_study", "person", "work", "requirement", "enough"):
        return False
    sure = given[0].a_week is not None or message.says(part.start, part.end, "budget")
    return sure and _alone(message, part, given[0], "budget", "after_money", "hours_noun")


def _of_a_story(message: ReadMessage, part: Part, quantity: QuantitySpan) -> bool:
    """Whether time is work's ("4 hours a day of work"), or was only lost once ("until i burned ten minutes")."""
    if message.has(quantity.end, "out_of_work"):
        return True
    short = quantity.value < 1 and quantity.a_week is None
    return short and message.ends(quantity.start, part.start, "used_up") >= 0


def _each(message: ReadMessage, days: frozenset[int]) -> bool:
    """Whether it is said to be so on each day ("6 hours a night")."""
    return any(message.has(at, "each_day") for at in days)


def _for_study(
    message: ReadMessage, parts: list[Part], index: int, quantity: QuantitySpan, days: frozenset[int]
) -> bool:
    """Whether hours are those for study: the clause says so, or it says nothing else."""
    part = parts[index]
    after = parts[index + 1] if index + 1 < len(parts) and not parts[index + 1].opens else part
    around = (parts[index - 1].start if index and not part.opens else part.start, after.end)
    if message.says(part.start, after.end, "study_sure"):
        return True
    alone = _alone(message, part, quantity, "hours_noun", days=days)
    apart = message.says(around[0], part.start, "goal", "plan_sure") or _denies_work(message, around[0], part.start)
    start = part.start if apart else around[0]
    other = message.says(start, part.end if alone else around[1], "not_study")
    if (other and not message.says(part.start, part.end, "study")) or message.says(part.start, part.end, "not_hours"):
        return False
    return alone or message.says(*around, "study")


def apart(message: ReadMessage, parts: list[Part], quantity: QuantitySpan) -> bool:
    """Whether hours or money are somebody else's, or for something else than study."""
    part = next((part for part in parts if part.start <= quantity.start < part.end), None)
    if part is None or quantity.kind == "years":
        return False
    timed = quantity.kind == "hours"
    elsewhere = "not_study" if timed else "not_budget"
    meant = ("study", "study_sure") if timed else ("budget", "budget_limit", "budget_sure")
    if part.subject == "other" and part.explicit and not message.has(part.start, "group"):
        return not message.says(part.start, part.end, "given_me")
    return message.says(part.start, part.end, elsewhere) and not message.says(part.start, part.end, *meant)


def _goes_on_about(message: ReadMessage, parts: list[Part], index: int) -> bool:
    """Whether a piece goes on with what an advertisement or a school says ("the ad says …, 40 hours a week")."""
    before = parts[index - 1] if index and not parts[index].opens else None
    if before is None or before.subject != "nobody" or not before.explicit:
        return False
    said = message.says(before.start, before.end, "third", "requirement")
    return said and message.says(before.start, before.end, "source")


def _denies_work(message: ReadMessage, start: int, end: int) -> bool:
    """Whether what else takes time is said not to be ("no work in …")."""
    return any(message.has(at, "not_study") and message.ends(at, start, "neg") >= 0 for at in range(start, end))


def budget(message: ReadMessage, parts: list[Part], default: str) -> list[ToldFact]:
    """Money that may be spent on study. `default` is the currency meant where none is named."""
    found = []
    for index, part in enumerate(parts):
        named = any(message.has(at, "budget_noun") for at in (part.start, part.start + 1))
        named = named and not (message.has(part.start, "theirs") and not message.has(part.start, "group", "the"))
        named = named or message.says(part.start, part.end, "given_me", "budget_sure")
        ours = message.has(part.start, "group")
        others = part.subject == "other" and not (ours or named)
        if (others or part.asks) and not _terms(message, parts, index):
            continue
        if part.supposed and not (named and part.fragment):
            continue
        for quantity in _in(message, part):
            if (
                quantity.kind not in ("money", "number")
                or quantity.rate
                or not MIN_MONEY <= quantity.value <= MAX_MONEY
            ):
                continue
            limited = message.says(part.start, part.end, "budget_limit")
            limited = limited or (len(parts) == 1 and _is_all(message, part, quantity))
            until = parts[index + 1].end if index + 1 < len(parts) and not parts[index + 1].opens else part.end
            limited = limited or message.says(quantity.end, until, "budget_sure")
            offered = limited or _offered(message, parts, index, quantity)
            if not offered or (message.says(part.start, part.end, "not_budget") and not limited):
                continue
            if part.subject == "nobody" and message.says(part.start, quantity.start, "source") and message.says(
                part.start, quantity.start, "you"
            ):  # fmt: skip
                continue  # "the school gives you a voucher worth …"
            if message.has(quantity.end, "not_budget") or _others_share(message, part, quantity):
                continue
            if quantity.kind == "number" and message.has(quantity.start - 1, "inside"):
                continue  # a year
            if message.ends(quantity.start, part.start, "risen") >= 0:
                continue  # "the other one went up to 29"
            if not limited and message.says(part.start, quantity.start, "neg"):
                continue
            led_on = quantity.end < part.end and not message.has(quantity.end, "after_money", "given_by")
            if quantity.kind == "number" and led_on:
                continue
            found.append(ToldFact(field="budget", value=quantity.value, kind=quantity.currency or default, clause=index,
                              why=message.text(quantity.start, quantity.end)))  # fmt: skip
    return found


def _offered(message: ReadMessage, parts: list[Part], index: int, quantity: QuantitySpan) -> bool:
    """Whether money is what may be spent: the clause says so, or the one before it whose piece it is."""
    part = parts[index]
    if message.says(part.start, part.end, "budget") or _with_hours(message, parts, index, quantity):
        return True
    if message.has(part.start, "budget_noun") or message.says(part.start, quantity.start, "given_me"):
        return True
    thousands = quantity.kind == "number" and quantity.end - quantity.start > 1 and quantity.value >= THOUSAND
    had = (
        quantity.kind == "number" and quantity.value >= LEAST_ALONE and _right_after(message, part, quantity, "at_hand")
    )
    if had and _joined_to_hours(message, part, quantity):
        return True  # "got 1200 and 14 hours a week"
    ends = quantity.end >= part.end or message.has(quantity.end, "given_by")
    if (quantity.kind == "money" or thousands) and ends and _joined_to_hours(message, part, quantity):
        return True
    if thousands and part.subject == "self" and ends:  # "i have 1k"
        return _right_after(message, part, quantity, "at_hand")
    if quantity.kind == "money" and message.says(part.start, quantity.start, "at_hand"):
        mine = part.subject == "self" and _right_after(message, part, quantity, "at_hand")
        mine = mine or (part.subject == "self" and part.explicit and _listed_last(message, part, quantity))
        return mine or _alone(message, part, quantity, "i", "at_hand", "after_money")
    before = parts[index - 1] if index and not part.opens else None
    told = before is not None and before.subject == "self" and not (before.asks or before.supposed)
    return (
        before is not None
        and told
        and part.fragment
        and message.says(before.start, before.end, "budget")
        and _alone(message, part, quantity)
    )


def _joined_to_hours(message: ReadMessage, part: Part, quantity: QuantitySpan) -> bool:
    """Whether money goes on from the hours a week ("15 hrs a week and 2k")."""
    small = ("join", "filler", "about", "loosely", "simile")
    for item in _in(message, part):
        start, end = min(item.end, quantity.end), max(item.start, quantity.start)
        beside = item.kind == "hours" and item.a_week is not None and end > start
        if beside and all(message.has(at, *small) for at in range(start, end)):
            return True
    return False


def currency_of(language: Language, country: str | None, default: str) -> str:
    """The currency meant by somebody in a country who names none."""
    return next((code for code, item in language.currencies.items() if country in item.countries), default)


def _in(message: ReadMessage, part: Part) -> list[QuantitySpan]:
    return [found for found in message.quantities if part.start <= found.start < part.end]


def _alone(
    message: ReadMessage, part: Part, quantity: QuantitySpan, *further: str, days: frozenset[int] = frozenset()
) -> bool:
    """Whether a piece gives nothing but a quantity, the hours' `days` and words of the `further` cues."""
    said = {
        at + n
        for at in range(part.start, part.end)
        for n in range(message.length(at, "filler", "det", "join", "so", "about", "loosely", "now", *further))
    }
    return all(
        at in said or at in message.quantity_at or at in days or quantity.start <= at < quantity.end
        for at in range(part.start, part.end)
    )


def _is_all(message: ReadMessage, part: Part, quantity: QuantitySpan) -> bool:
    """Whether a message is nothing but an amount of money ("600 dollars", "about $600 max")."""
    return quantity.currency is not None and _alone(message, part, quantity, "after_money", "budget")


def _right_after(message: ReadMessage, part: Part, quantity: QuantitySpan, cue: str) -> bool:
    """Whether money stands right behind a phrase, and what follows makes it nothing else ("i have $900 and a …")."""
    at = quantity.start
    while at > part.start and message.has(at - 1, "filler", "about", "loosely", "det"):
        at -= 1
    ends = quantity.end >= part.end or message.tokens[quantity.end].gap > 0
    return message.ends(at, part.start, cue) >= 0 and (
        ends or message.has(quantity.end, "join", "connector", "after_money", "so", "given_by")
    )


def _listed_last(message: ReadMessage, part: Part, quantity: QuantitySpan) -> bool:
    """Whether money ends a list of what somebody has ("i have a <degree> and $800")."""
    ends = quantity.end >= part.end or message.tokens[quantity.end].gap > 0
    return quantity.currency is not None and ends and message.has(quantity.start - 1, "join")


def _others_share(message: ReadMessage, part: Part, quantity: QuantitySpan) -> bool:
    """Whether it is what somebody else adds to money told before it ("3k of mine and <employer> adds 1k")."""
    before = [item.end for item in _in(message, part) if item.end <= quantity.start and item.kind != "hours"]
    return bool(before) and message.says(max(before), quantity.start, "source", "person", "other")


def _with_hours(message: ReadMessage, parts: list[Part], index: int, quantity: QuantitySpan) -> bool:
    """Whether a piece gives nothing but money, beside one with the hours a week ("8 hrs a week, 50000 rupees")."""
    first, last = sentence(parts, index)
    listed = all(part.fragment for part in parts[first:last])
    beside = parts[max(0, first - 1) : last + 1] if last - first == 1 else parts[first:last]
    near = [found for part in beside if part.fragment for found in _in(message, part)]
    hours = any(found.kind == "hours" and (found.a_week is not None or listed) for found in near)
    part = parts[index]
    return quantity.kind == "money" and part.fragment and hours and _alone(message, part, quantity)
