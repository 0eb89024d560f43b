"""Sentences found for a question: what is another body's rule is left out."""

from __future__ import annotations

import pytest

from bot.advice.direct import direct
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.facts import Fact
from bot.understanding.question import Asking, FoundStatement, Question, Span
from bot.understanding.statements import Statement


def statement(name: str, text: str) -> Statement:
    return Statement(name, text, "renewal", record=Fact(say=text, assumption=True))


OURS = statement("a", "AHIMA asks a form of whoever comes back.")
THEIRS = statement("b", "AAPC takes it back for a fee.")
BOTH = statement("c", "AAPC and AHIMA both ask for units.")
NEITHER = statement("d", "Keep your proofs for some years.")


def shown(base: KnowledgeBase, certification: str, *found: Statement) -> list[str]:
    span = Span(0, 1, certification, "certification", certification, 100.0)
    asking = Asking(certification, tuple(FoundStatement(item, 0.5) for item in found), support=0.9)
    question = Question(certification, "answer", entities=(certification,), spans=(span,), askings=(asking,))
    return [item for section in direct(base, question) for item in section.direct]


@pytest.mark.parametrize(("certification", "told"), [("rhit", ["a", "c", "d"]), ("cpc", ["b", "c", "d"])])
def test_the_rule_of_another_body_is_left_out(base: KnowledgeBase, certification: str, told: list[str]) -> None:
    assert shown(base, certification, THEIRS, OURS, BOTH, NEITHER) == told


def test_where_nothing_else_is_found_it_stays(base: KnowledgeBase) -> None:
    assert shown(base, "rhit", THEIRS) == ["b"]


@pytest.mark.parametrize(("entities", "headed"), [(("medical-coder",), "medical-coder"), ((), None)])
def test_what_counts_many_roles_stands_under_the_one_asked_about(
    base: KnowledgeBase, entities: tuple[str, ...], headed: str | None
) -> None:
    roles = ("coding-auditor", "medical-coder")
    count = Statement("market/soc.yaml:outlook:1", "Some openings a year.", "outlook", roles, record=OURS.record)
    asking = Asking("how many openings", (FoundStatement(count, 0.5),), support=0.9)
    (section,) = direct(base, Question("how many openings", "answer", entities=entities, askings=(asking,)))
    assert (section.entity.id if section.entity else None) == headed
