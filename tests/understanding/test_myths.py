"""A false claim is recognised by itself; the same words about another thing are another claim."""

from __future__ import annotations

import pytest
from sampling import Sample, whole

from bot.knowledge.base import KnowledgeBase
from bot.understanding.interpreter import Interpreter

MOST_FALSE_ALARMS = 0.01


@pytest.mark.parametrize(
    ("text", "myth"),
    [
        ("CCS requires two years experience", "ccs-needs-two-years"),
        ("80% get jobs in four months", "jobs-in-four-months"),
        ("80% of graduates get jobs in four months", "jobs-in-four-months"),
        ("CDIS certification", "cdis-certification"),
        ("how much is the cdis exam", "cdis-certification"),
    ],
)
def test_a_bare_claim_is_enough(interpreter: Interpreter, text: str, myth: str) -> None:
    question = interpreter.interpret(text)
    assert (question.decision, question.myth) == ("answer", myth)


@pytest.mark.parametrize(
    "text",
    [
        "can i work from the uk with a cpc",
        "is the cpc valid in canada",
        "cdi certification cost",
        "what do cdis do all day",
        "how much does the ccs cost",
    ],
)
def test_near_words_about_something_else_are_no_myth(interpreter: Interpreter, text: str) -> None:
    assert interpreter.interpret(text).myth is None


def test_ordinary_questions_are_hardly_ever_taken_for_a_myth(
    base: KnowledgeBase, interpreter: Interpreter, sample: Sample
) -> None:
    lines = [
        (topic, line.replace("{country}", "India").replace("{background}", "nurse"))
        for topic, record in base.phrasings.items()
        for line in record.held_out
        if not any(slot in line for slot in ("{role}", "{certification}", "{degree}", "{term}"))
    ]
    chosen = sample(lines, lambda line: line[0], each=6)
    alarms = [line for _, line in chosen if interpreter.interpret(line).myth]
    # By chance some more may be among a few.
    assert len(alarms) <= MOST_FALSE_ALARMS * len(chosen) + (0 if sample is whole else 3), alarms
