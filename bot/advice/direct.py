"""Answers made of the statements found for what exactly was asked: first the one that answers, then what belongs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.advice.topic_answers import Section
from bot.advice.wording import Said, said
from bot.knowledge.base import KnowledgeBase
from bot.understanding.finding.support import NEAREST_FROM
from bot.understanding.question import Asking, Question
from bot.understanding.statements import Statement

FIRST, FURTHER = 1, 3  # statements a question is answered with: the one that answers, and those that belong to it
QUOTED = 12  # words of a question that is named as not known
SHARE = 0.05  # of the best one's weight, from which another statement belongs to it


def direct(base: KnowledgeBase, question: Question) -> list[Section]:
    """One section for each question of a message, none of them repeating another's statement."""
    taken: set[str] = set()
    sections = []
    for asking in question.askings:
        if asking.support < NEAREST_FROM and not question.nearest:
            sections.append(Section("", None, unknown=_short(asking.text)))
            continue
        shown = list(_chosen(asking, taken, len(question.askings)))
        if shown:
            section = _section(base, question, shown)
            # Said once: what follows is the nearest as well.
            sections.append(replace(section, nearest=question.nearest and not sections))
    return sections


def _short(text: str) -> str:
    """The words of a question, cut where they are many."""
    words = text.strip().split()
    return " ".join(words if len(words) <= QUOTED else [*words[:QUOTED], "…"])


def _chosen(asking: Asking, taken: set[str], questions: int) -> Iterator[Statement]:
    """The statements to show: of several questions each gets its share."""
    left = FIRST + FURTHER if questions == 1 else 2
    for item in asking.found:
        if left and item.statement.text not in taken and item.weight >= SHARE * asking.found[0].weight:
            taken.add(item.statement.text)
            left -= 1
            yield item.statement


def _section(base: KnowledgeBase, question: Question, shown: Sequence[Statement]) -> Section:
    first = shown[0]
    owner = first.entities[0] if first.entities and first.guide is None and first.myth is None else None
    country = question.country if question.country not in (None, base.field.default_country) else None
    foreign = country if country and not any(country in item.countries for item in shown) else None
    return Section(
        topic=first.topic,
        entity=base.entities[owner] if owner else None,
        lead=_said(base, first),
        lines=tuple(_said(base, item) for item in shown[1:]),
        guide=base.guides[first.guide] if first.guide else None,
        foreign=foreign,
        listed=tuple(dict.fromkeys(item.entities[0] for item in shown if item.entities)),
        direct=tuple(item.id for item in shown),
    )


def _said(base: KnowledgeBase, item: Statement) -> Said:
    if item.record is not None:
        return said(item.record)
    entity = base.entities[item.entities[0]]
    origin = next((fact for facts in entity.facts.values() for fact in facts if fact.source), None)
    return replace(said(origin), text=item.text) if origin else Said(item.text)
