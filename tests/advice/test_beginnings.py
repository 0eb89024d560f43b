"""Answers begin with yes or no where a question wants that, and never with the word for another question."""

from __future__ import annotations

import pytest

from bot.advice.beginnings import beginning
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.facts import Fact
from bot.understanding.question import FoundStatement, Question, Span
from bot.understanding.statements import Statement

FACT = Fact(
    say="Any active member can sit it, with or without experience.", assumption=True,
    asked=("who may sit",), yes_to=("can i sit the exam without a course",), no_to=("do i need years of work first",),
)  # fmt: skip
STATEMENT = Statement("x", FACT.say, "eligibility", ("cpma",), asked=FACT.askings, record=FACT)


def begun(base: KnowledgeBase, text: str, asking: str, near: float = 0.9, **more: object) -> str:
    return beginning(base, Question(text, "answer", **more), text, FoundStatement(STATEMENT, 1.0, asking, near))  # type: ignore[arg-type]


def test_it_begins_as_the_asking_says_that_it_is_likened_to(base: KnowledgeBase) -> None:
    assert begun(base, "can i sit the exam without any course", "can i sit the exam without a course") == "Yes."
    assert begun(base, "so do i need years of work first", "do i need years of work first") == "No."


@pytest.mark.parametrize(
    ("text", "asking"),
    [
        ("can i sit the exam with a course", "can i sit the exam without a course"),  # turned round
        ("can i have years of work first", "do i need years of work first"),  # leave, not duty
        ("do i need years of schooling and a licence first", "do i need years of work first"),  # other words
        ("how many years of work do i need first", "do i need years of work first"),  # wants no yes
        ("where can i sit the exam without a course", "can i sit the exam without a course"),  # wants more
        ("who is to sit the exam without a course", "can i sit the exam without a course"),
        ("who may sit", "who may sit"),  # nothing is said for it
    ],
)
def test_another_question_is_not_begun(base: KnowledgeBase, text: str, asking: str) -> None:
    assert begun(base, text, asking) == ""


COUNTED = Fact(
    say="An 80-hour course counts as one year.", assumption=True, asked=("how long is the course",),
    yes_to=("does the course count as a year", "are there 100 questions"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "asking", "word"),
    [
        ("does the course count as one year", "does the course count as a year", "Yes."),
        ("does the course count as two years", "does the course count as a year", ""),
        ("does the course count as 2 years", "does the course count as a year", ""),
        ("are there 100 questions", "are there 100 questions", "Yes."),
        ("are there 150 questions", "are there 100 questions", ""),
        ("are there any questions", "are there 100 questions", ""),
    ],
)
def test_another_count_is_another_question(base: KnowledgeBase, text: str, asking: str, word: str) -> None:
    item = Statement("x", COUNTED.say, "eligibility", ("cpma",), asked=COUNTED.askings, record=COUNTED)
    assert beginning(base, Question(text, "answer"), text, FoundStatement(item, 1.0, asking, 0.9)) == word


@pytest.mark.parametrize(
    ("say", "asking", "word"),
    [
        ("A state may let you leave an old record out.", "do i report an old record", ""),
        ("AAPC asks about no record.", "do i report an old record", "No."),
        ("A state may let you leave an old record out.", "do i report an old record to aapc", "No."),
    ],
)
def test_another_rule_than_that_of_the_body_named_begins_nothing(
    base: KnowledgeBase, say: str, asking: str, word: str
) -> None:
    fact = Fact(say=say, assumption=True, no_to=(asking,))
    item = Statement("x", say, "eligibility", ("cpc", "aapc"), guide="age", asked=fact.askings, record=fact)
    text = "do i report an old record to aapc"
    span = Span(29, 33, "aapc", "term", "aapc", 100.0)
    question = Question(text, "answer", entities=("aapc",), spans=(span,))
    assert beginning(base, question, text, FoundStatement(item, 1.0, asking, 0.9)) == word


def test_what_is_only_distantly_alike_or_begun_already_is_left_as_it_is(base: KnowledgeBase) -> None:
    asking = "do i need years of work first"
    said = FACT.model_copy(update={"say": "No. Any member can sit it."})
    item = FoundStatement(Statement("x", said.say, "eligibility", ("cpma",), record=said), 1.0, asking, 0.9)

    assert begun(base, asking, asking, near=0.4) == ""
    assert beginning(base, Question(asking, "answer"), asking, item) == ""
