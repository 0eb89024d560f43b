"""Figures: each stands in one place, what sentences say is what plans use, and none is out of all proportion."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from bot.knowledge.checks.subject import Subject
from bot.knowledge.content import Figures, Stated, Texts
from bot.knowledge.figures import MONEY, OTHER, written
from bot.knowledge.loaded import Located
from bot.knowledge.model import Certification, Degree, Fact, Quantity, Role, Term
from bot.knowledge.standing import standing
from bot.knowledge.yaml_file import Problem, Trail

# The most that any such figure can be: hours of study, units or years of a life, not of a slip of the finger.
MOST: Mapping[str, float] = {
    "study_hours": 3_000,
    "exam_hours": 24,
    "exam_questions": 1_000,
    "hours": 15_000,
    "weeks_at_least": 520,
    "renewal_years": 20,
    "continuing_units": 500,
    "more_units": 500,
    "most_units": 1_000,
}
IN_PARTS = frozenset({"exam_questions"})  # a sentence elsewhere may be about one part of an exam
MOST_YEARS = 40  # of work before a move
MOST_MONEY = 1_000_000  # of any currency
TIMES = 50  # as much as the middle one of its kind: then a digit slipped
ENOUGH = 5  # figures of a kind that tell what is usual
_DIGITS = r"\d[\d,]*(?:\.\d+)?"


def stated(subject: Subject) -> Iterator[Problem]:
    """Sentences that state another figure than plans use."""
    for _, figures in subject.of(Figures):
        reader = FigureFinder(subject, figures)
        for found, record in subject.of(Certification):
            for key, how in figures.stated.items():
                yield from _differing(found, record, key, how, reader)


def _differing(found: Located, record: Certification, key: str, how: Stated, reader: FigureFinder) -> Iterator[Problem]:
    used = reader.used(record, key)
    for topic in how.topics if used is not None else ():
        for index, fact in enumerate(record.facts.get(topic, ())):
            told = reader.told(fact.say, key)
            if not told or used is None or used.high > MOST.get(key, MOST_MONEY):
                continue
            if not agrees(told, used):
                yield _other_figure(found, ("facts", topic, index, "say"), key, told, used)
            return  # the first sentence that states it answers for it


def agrees(told: set[float], used: Quantity) -> bool:
    """Whether the figures of a sentence are those that plans use. It may name a second one, such as of a retake."""
    one = next(iter(told)) if len(told) == 1 else None
    return used.low <= one <= used.high if one is not None else {used.low, used.high} <= told


def _other_figure(found: Located, trail: Trail, key: str, told: set[float], used: Quantity, of: str = "") -> Problem:
    shown = ", ".join(written(value) for value in sorted(told))
    range_ = written(used.low) if used.low == used.high else f"{written(used.low)} to {written(used.high)}"
    slot = f"{{{of}.{key}}}" if of else f"{{{key}}}"
    mend = f"correct one of the two, and write {slot} in the sentence so that the figure stands once"
    whose = f"the `planning.{key}` of `{of}`" if of else f"`planning.{key}`"
    return found.problem(trail, f"the sentence says {shown}, plans use {range_} ({whose})", mend)


def repeated(subject: Subject) -> Iterator[Problem]:
    """Sentences elsewhere that name one credential and give another figure of it than plans use."""
    credentials = {
        record.abbreviation: record for _, record in subject.of(Certification) if record.abbreviation is not None
    }
    told_of = [(re.compile(rf"\b{re.escape(word)}\b(?!-)"), record) for word, record in credentials.items()]
    for _, figures in subject.of(Figures):
        reader = FigureFinder(subject, figures)
        for found, trail, topic, fact in subject.told:
            if isinstance(found.record, Certification):
                continue
            for key, how in figures.stated.items():
                told = reader.told(fact.say, key) if topic in how.topics and key not in IN_PARTS else set()
                named = [record for pattern, record in told_of if pattern.search(fact.say)] if told else []
                used = reader.used(named[0], key) if len(named) == 1 else None
                if used is not None and not agrees(told, used):
                    yield _other_figure(found, (*trail, "say"), key, told, used, named[0].id)


def apart(subject: Subject) -> Iterator[Problem]:
    """Sentences that nobody confirms and that give different figures: whoever reads one is told one end only."""

    def open_(fact: Fact) -> bool:
        page = subject.pages.get(fact.source or "", "")
        publisher = subject.publishers.get(page)
        return publisher is not None and standing(publisher.kind, page, fact.whose) != "confirmed"

    for _, figures in subject.of(Figures):
        reader = FigureFinder(subject, figures)
        for found, record in subject.of(Certification):
            for key, how in figures.stated.items():
                if key in MOST:  # amounts of money are of many things
                    yield from _apart(found, record, key, how, reader, open_)


def _apart(
    found: Located, record: Certification, key: str, how: Stated, reader: FigureFinder, is_open: Callable[[Fact], bool]
) -> Iterator[Problem]:
    for topic in how.topics:
        first: set[float] = set()
        for index, fact in enumerate(record.facts.get(topic, ())):
            told = reader.told(fact.say, key) if is_open(fact) else set()
            if told and first and told.isdisjoint(first):
                ends = ", ".join(written(value) for value in sorted(first | told))
                what = f"sentences differ on `{key}` ({ends}), and nobody confirms either"
                mend = "say both ends in one sentence, with the other page under `also`"
                yield found.problem(("facts", topic, index, "say"), what, mend)
            first = first or told


class FigureFinder:
    """Finds the figures of a kind in sentences."""

    def __init__(self, subject: Subject, figures: Figures) -> None:
        self.subject = subject
        self.figures = figures
        self.shapes = {key: [self._shape(text) for text in how.as_] for key, how in figures.stated.items()}
        self.bodies = {term.id: term for _, term in subject.of(Term)}

    def used(self, record: Certification, key: str) -> Quantity | None:
        """The figure that plans use: of the credential, or else of its body."""
        own: Quantity | None = getattr(record.planning, key, None)
        body = self.bodies.get(record.issuer)
        return own if own is not None else getattr(body.planning, key, None) if body is not None else None

    def told(self, sentence: str, key: str) -> set[float]:
        """The figures of a kind that a sentence states."""
        return {
            self._value(word)
            for shape in self.shapes[key]
            for hit in shape.finditer(sentence)
            for word in hit.groups()
            if word is not None
        }

    def all_told(self, sentence: str, topic: str) -> Iterator[str]:
        """The kinds of figures of a topic that a sentence states."""
        yield from (key for key, how in self.figures.stated.items() if topic in how.topics and self.told(sentence, key))

    def _shape(self, text: str) -> re.Pattern[str]:
        words = "|".join(map(re.escape, self.figures.numbers))
        one = rf"({_DIGITS}|\b(?:{words})\b)" if words else f"({_DIGITS})"
        escaped = (
            re.escape(text.replace("{currency}", self._currency)).replace(re.escape("#"), "#").replace(r"\ ", r"\s+")
        )
        return re.compile(
            rf"(?<![\w.,-]){escaped}(?!\w)".replace("#", rf"(?:{one}{self._between})?{one}"), re.IGNORECASE
        )

    @cached_property
    def _between(self) -> str:
        """What stands between the ends of a range."""
        from_to = next((texts.texts.get("from_to", "") for _, texts in self.subject.of(Texts)), "")
        middle = from_to.partition("{low}")[2].partition("{high}")[0] or "-"
        return re.escape(middle).replace(r"\ ", r"\s+")

    @cached_property
    def _currency(self) -> str:
        return self.subject.field.currency if self.subject.field is not None else ""

    def _value(self, word: str) -> float:
        known = {name.casefold(): value for name, value in self.figures.numbers.items()}
        return known[word.casefold()] if word.casefold() in known else float(word.replace(",", ""))


def out_of_proportion(subject: Subject) -> Iterator[Problem]:
    """Figures that cannot be: a digit too many, a unit mistaken for another."""
    planned: list[tuple[Located, str, Quantity]] = []
    records: list[tuple[Located, Certification | Degree | Term]] = []
    records += subject.of(Certification)
    records += subject.of(Degree)
    records += subject.of(Term)
    for found, record in records:
        for key in type(record.planning).model_fields:
            value = getattr(record.planning, key)
            if isinstance(value, Quantity):
                planned.append((found, key, value))
    usual = {key: _middle([value.high for _, other, value in planned if other == key]) for key in MONEY}
    for found, key, value in planned:
        most = MOST.get(key, MOST_MONEY)
        if key in usual and usual[key] is not None:
            most = min(most, (usual[key] or most) * TIMES)
        if value.high > most:
            what = f"{written(value.high)} is out of all proportion for `{key}`"
            yield found.problem(("planning", key, "high"), what, "check the digits and the unit")
        elif value.high == 0 and key in OTHER and key != "more_units":
            mend = "leave it out where it is not known"
            yield found.problem(("planning", key, "high"), f"`{key}` is nothing", mend)
    for found, role in subject.of(Role):
        for name in ("moves", "ways_in"):
            for index, step in enumerate(getattr(role, name)):
                if step.years_high > MOST_YEARS:
                    what = f"{step.years_high:g} years are out of all proportion"
                    yield found.problem((name, index, "years_high"), what, "check the digits; years are meant")


def _middle(values: list[float]) -> float | None:
    known = sorted(value for value in values if value > 0)
    return known[len(known) // 2] if len(known) >= ENOUGH else None


def downward(subject: Subject) -> Iterator[Problem]:
    """Moves up the ladder that lead down."""
    levels: dict[str, int] = {}
    for level in subject.field.levels if subject.field else ():
        levels.setdefault(level.id, len(levels))
    roles = {role.id: role for _, role in subject.of(Role)}
    for found, role in subject.of(Role):
        for index, move in enumerate(role.moves):
            goal = roles.get(move.to)
            if move.kind != "up" or goal is None or not {role.level, goal.level} <= levels.keys():
                continue
            if levels[goal.level] < levels[role.level]:
                what = f"goes `up` from the level `{role.level}` to `{goal.level}`, which is lower"
                mend = "write `across` or `bridge`, or correct a level"
                yield found.problem(("moves", index, "kind"), what, mend)
