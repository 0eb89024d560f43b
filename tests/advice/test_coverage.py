"""Coverage: every topic of every entity gets one of three outcomes, and what fails is found once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.advice.coverage import COVERED, cover
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.load import load

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def pastry() -> KnowledgeBase:
    return load(Path(__file__).parent.parent / "fields" / "pastry")


def test_every_topic_of_every_entity_has_an_outcome(pastry: KnowledgeBase) -> None:
    coverage = cover(pastry, TODAY)
    topics = [topic.id for topic in pastry.topics.values() if not topic.meta]

    assert set(coverage.cells) == {(topic, entity) for topic in topics for entity in pastry.entities}
    assert coverage.failures == ()
    assert list(coverage.by_topic()) == topics
    assert coverage.total() == {name: list(coverage.cells.values()).count(name) for name in COVERED}


@pytest.mark.parametrize(
    ("topic", "entity", "outcome"),
    [
        ("exam", "cpk", "answered"),
        ("salary", "cpk", "not known"),  # though "I don't know" is said in a fact of its own
        ("salary", "pastry-cook", "answered"),  # by its market
        ("cost", "cpk-t", "answered"),  # by its issuer
        ("school_choice", "culinary-associate", "not known"),
        ("duties", "cpk", "not applicable"),
    ],
)
def test_outcomes(pastry: KnowledgeBase, topic: str, entity: str, outcome: str) -> None:
    assert cover(pastry, TODAY).cells[(topic, entity)] == outcome


@pytest.mark.parametrize(
    ("template", "topic"), [("facts", "overview"), ("compare", "compare"), ("more", "compare"), ("myth", "education")]
)
def test_a_template_that_fails_is_told_once_with_its_line(pastry: KnowledgeBase, template: str, topic: str) -> None:
    source = pastry.answers[template] + "\n\n{{ nothing.at_all }}"
    broken = replace(pastry, answers={**pastry.answers, template: source})

    failures = [item for item in cover(broken, TODAY).failures if item.line == source.count("\n") + 1]

    assert failures
    assert all("UndefinedError: 'nothing' is undefined" in item.error for item in failures)
    assert topic in {item.topic for item in failures}


def test_a_text_that_is_missing_is_told(pastry: KnowledgeBase) -> None:
    texts = pastry.texts.model_copy(
        update={"texts": {k: v for k, v in pastry.texts.texts.items() if k != "not_known_about"}}
    )

    failures = cover(replace(pastry, texts=texts), TODAY).failures

    assert {item.error for item in failures} == {"KeyError: 'not_known_about'"}
