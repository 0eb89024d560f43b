"""Every figure that an answer shows stands in a sourced fact, and that source is shown with it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sampling import Sample

from bot.advice.answers import Answers
from bot.advice.wording import plain
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.checks.sentences import NumberedNames, figures
from bot.knowledge.checks.subject import walk
from bot.knowledge.conditions import leaves
from bot.knowledge.figures import written
from bot.knowledge.load import load
from bot.knowledge.model import Move, Requirement, Sourced
from bot.knowledge.names import names_of
from bot.understanding.question import Question

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 23)
SOURCES = re.compile(r"<i>[^<]*<a href=.*?</i>", re.DOTALL)
CITED = re.compile(r'<a href="[^"]*">([^<]*)</a>')


@dataclass(frozen=True)
class Claim:
    """A sentence with figures, or the figures alone where a sentence is made from them."""

    sentence: str
    figures: frozenset[str]


def claims(base: KnowledgeBase) -> dict[str, list[Claim]]:
    """What each publisher is cited for. Pages of one publisher with one date are shown as one source."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for group in (base.entities, base.markets, base.guides, base.myths):
        for owner in group.values():
            own: dict[str, list[Claim]] = defaultdict(list)
            for _, record in walk(owner):
                if isinstance(record, Sourced) and record.source is not None:
                    own[base.publisher(record.source).name] += _claims_of(record)
            summary = getattr(owner, "summary", "")
            for publisher, stated in own.items():
                # A summary repeats what facts of its file say; `check` sees to that.
                repeated = {figure for claim in stated for figure in claim.figures} & set(figures(summary))
                found[publisher] += [*stated, Claim(summary, frozenset(repeated))]
    return found


def _claims_of(record: Sourced) -> Iterator[Claim]:
    for sentence in (getattr(record, "say", None), getattr(record, "note", None)):
        if sentence:
            yield Claim(sentence, frozenset(figures(sentence)))
    if isinstance(record, Move | Requirement):
        values = [leaf.years for leaf in leaves(record.needs) if leaf.years is not None]
        values += [record.years_low, record.years_high] if isinstance(record, Move) else []
        yield Claim("", frozenset(map(written, values)))


def untraced(names: NumberedNames, bubble: str, known: dict[str, list[Claim]]) -> set[str]:
    """Figures of a bubble that no sentence of a source cited in it accounts for."""
    text = plain(SOURCES.sub("", bubble))
    stated = {
        figure
        for publisher in CITED.findall(bubble)
        for claim in known.get(plain(publisher), ())
        if not claim.sentence or claim.sentence in text
        for figure in claim.figures
    }
    return set(names.figures_beside(text)) - stated


def questions(base: KnowledgeBase) -> Iterator[Question]:
    """Every topic of every entity, of the field at large in every country, and by every guide."""

    def asked(topic: str, *entities: str, country: str | None = None, guides: tuple[str, ...] = ()) -> Question:
        return Question(
            text="",
            decision="answer",
            topics=(topic,),
            entities=entities,
            confidence=1.0,
            country=country,
            guides=guides,
        )

    for topic in base.topics.values():
        if topic.meta:
            continue
        yield from (asked(topic.id, entity) for entity, kind in base.kinds.items() if kind in topic.kinds)
        for country in base.assessment.countries:
            yield asked(topic.id, base.field.default_entity, country=country.id)
    for guide in base.guides.values():
        yield from (asked(topic, guides=(guide.id,)) for topic in guide.facts)


@pytest.mark.parametrize(
    "folder", [ROOT.parent / "knowledge", ROOT / "fields" / "pastry"], ids=lambda path: str(path.name)
)
def test_every_figure_of_every_answer_is_traced_to_a_sourced_fact(folder: Path, sample: Sample) -> None:
    base = load(folder)

    def kind(question: Question) -> tuple[object, ...]:
        entities = {base.kinds[entity] for entity in question.entities if question.country is None}
        return question.topics, *sorted(entities), question.country is None, bool(question.guides)

    answers, known = Answers(base), claims(base)
    headings = [guide.name for guide in base.guides.values()]
    names = NumberedNames([*headings, *(name for entity in base.entities.values() for name, _ in names_of(entity))])
    shown, wrong = 0, []
    for question in sample(questions(base), kind, each=5):
        answer = answers.answer(question, TODAY)
        for bubble in filter(None, (answer.text, answer.more)):
            shown += len(figures(plain(SOURCES.sub("", bubble))))
            missing = untraced(names, bubble, known)
            if missing:
                wrong.append(
                    (question.topics, question.entities, question.country, question.guides, sorted(missing), bubble)
                )

    assert wrong == []
    assert shown > 0
