"""Every topic asked of every entity: what has an answer, what says "not known", what cannot be rendered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from traceback import walk_tb
from typing import Literal

from jinja2 import TemplateError

from bot.advice.answers import Answer, Answers
from bot.knowledge.base import KnowledgeBase
from bot.understanding.question import Question

Covered = Literal["answered", "not known", "not applicable"]
COVERED: tuple[Covered, ...] = ("answered", "not known", "not applicable")


@dataclass(frozen=True, order=True)
class Failure:
    """A template that fails: its name, the line, and for which topic and entities it did first."""

    template: str
    line: int
    error: str
    topic: str
    entities: str


@dataclass(frozen=True)
class Coverage:
    """`cells` maps (topic, entity) to what asking it gives; failed ones are missing from it."""

    cells: Mapping[tuple[str, str], Covered]
    failures: tuple[Failure, ...]

    def by_topic(self) -> dict[str, dict[str, int]]:
        """Counts of each outcome by topic, in the order of the topics."""
        counts: dict[str, Counter[str]] = {}
        for (topic, _), covered in self.cells.items():
            counts.setdefault(topic, Counter())[covered] += 1
        return {topic: {name: count[name] for name in COVERED} for topic, count in counts.items()}

    def total(self) -> dict[str, int]:
        """Counts of each outcome over all topics."""
        count = Counter(self.cells.values())
        return {name: count[name] for name in COVERED}


def question_about(topic: str, *entities: str) -> Question:
    """A question understood for certain."""
    return Question(text="", decision="answer", topics=(topic,), entities=entities, confidence=1.0)


def cover(base: KnowledgeBase, today: date) -> Coverage:
    """Ask every topic that holds facts of every entity, and render every answer.

    Rendered as well, without a cell of their own: comparisons of two, routes, every myth, every
    guide, and the default entity in every country.
    """
    asking = _Asking(base, today)
    cells: dict[tuple[str, str], Covered] = {}
    for topic in base.topics.values():
        if topic.meta:
            continue
        for entity_id, kind in base.kinds.items():
            if kind not in topic.kinds:
                cells[(topic.id, entity_id)] = "not applicable"
                continue
            answer = asking.answer(question_about(topic.id, entity_id))
            if answer is not None:
                cells[(topic.id, entity_id)] = "answered" if answer.known else "not known"
    for question in _besides(base):
        asking.answer(question)
    return Coverage(cells, tuple(sorted(asking.failures.values())))


def _besides(base: KnowledgeBase) -> Iterator[Question]:
    topics = [topic for topic in base.topics.values() if not topic.meta]
    for group in (base.roles, base.certifications, base.education, base.terms):
        for first, second in pairwise(group):
            yield from (question_about(topic.id, first, second) for topic in topics if topic.entities == "several")
    yield from (question_about("path", first, second) for first, second in pairwise(base.roles))
    for myth in base.myths.values():
        yield replace(question_about(myth.topic, *myth.entities), myth=myth.id)
    for guide in base.guides.values():
        yield from (replace(question_about(topic), guides=(guide.id,)) for topic in guide.facts)
    for country in base.assessment.countries:
        for topic in topics:
            yield replace(question_about(topic.id, base.field.default_entity), country=country.id)


class _Asking:
    """Asks, and keeps the first failure of each line of each template."""

    def __init__(self, base: KnowledgeBase, today: date) -> None:
        self.base = base
        self.answers = Answers(base)
        self.today = today
        self.failures: dict[tuple[str, int], Failure] = {}

    def answer(self, question: Question) -> Answer | None:
        try:
            return self.answers.answer(question, self.today)
        except (TemplateError, LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
            template = "myth" if question.myth else self.base.topics[question.topics[0]].template
            failure = _failure(template, question, error)
            self.failures.setdefault((failure.template, failure.line), failure)
            return None


def _failure(template: str, question: Question, error: Exception) -> Failure:
    """Where a template failed: the innermost line of the traceback that is a template's."""
    lines = [line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == "<template>"]
    what = f"{type(error).__name__}: {error}"
    return Failure(template, lines[-1] if lines else 1, what, question.topics[0], ", ".join(question.entities))
