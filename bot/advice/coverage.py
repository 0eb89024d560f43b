"""Every topic asked of every entity: what has an answer, what says "not known", what cannot be rendered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from traceback import walk_tb
from typing import Literal

from jinja2 import TemplateError

from bot.advice.answers import Answers
from bot.knowledge.base import KnowledgeBase
from bot.understanding.question import Question

Covered = Literal["answered", "not known", "not applicable"]
COVERED: tuple[Covered, ...] = ("answered", "not known", "not applicable")


@dataclass(frozen=True, order=True)
class Failure:
    """A template that fails: its name, the line, and for which topic and entity it did first."""

    template: str
    line: int
    error: str
    topic: str
    entity: str


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
    """Ask every topic that holds facts of every entity, and render every answer."""
    answers = Answers(base)
    cells: dict[tuple[str, str], Covered] = {}
    failures: dict[tuple[str, int], Failure] = {}
    for topic in base.topics.values():
        if topic.meta:
            continue
        for entity_id, kind in base.kinds.items():
            if kind not in topic.kinds:
                cells[(topic.id, entity_id)] = "not applicable"
                continue
            try:
                answer = answers.answer(question_about(topic.id, entity_id), today)
            except (TemplateError, KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
                failure = _failure(topic.template, topic.id, entity_id, error)
                failures.setdefault((failure.template, failure.line), failure)
                continue
            cells[(topic.id, entity_id)] = "answered" if answer.known else "not known"
    return Coverage(cells, tuple(sorted(failures.values())))


def _failure(template: str, topic: str, entity: str, error: Exception) -> Failure:
    """Where a template failed: the innermost line of the traceback that is a template's."""
    lines = [line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == "<template>"]
    return Failure(template, lines[-1] if lines else 1, f"{type(error).__name__}: {error}", topic, entity)
