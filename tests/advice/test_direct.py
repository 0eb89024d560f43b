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


def test_a_sentence_below_the_heading_of_another_thing_names_its_own(base: KnowledgeBase) -> None:
    def lines(*texts: str) -> list[str]:
        items = [
            Statement(str(at), text, "renewal", (owner,), record=OURS.record)
            for at, (owner, text) in enumerate(zip(("cca", "ehr"), texts, strict=True))
        ]
        asking = Asking("x", tuple(FoundStatement(item, 0.5) for item in items), support=0.9)
        (section,) = direct(base, Question("x", "answer", entities=("cca",), askings=(asking,)))
        return [line.of for line in section.lines]

    assert lines("The CCA is asked.", "It is kept on a computer.") == ["EHR"]
    assert lines("The CCA is asked.", "An EHR is kept on a computer.") == [""]


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("do i tell them of an old record", False),
        ("do i tell aapc of 3 old records", True),  # another count
        ("what about old records", False),  # wants no yes
    ],
)
def test_a_no_of_its_own_is_left_out_where_something_else_is_asked(base: KnowledgeBase, text: str, bare: bool) -> None:
    known = Fact(say="No, most need not be told.", assumption=True, asked=("do i tell them of an old record",))
    item = Statement("x", known.say, "renewal", (), asked=known.askings, record=known)
    found = FoundStatement(item, 0.9, "do i tell them of an old record", 0.9)
    (section,) = direct(base, Question(text, "answer", askings=(Asking(text, (found,), support=0.9),)))
    assert section.lead is not None
    assert section.lead.bare is bare
