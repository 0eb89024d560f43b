from __future__ import annotations

import pytest

from bot.understanding.interpreter import Interpreter
from bot.understanding.question import Context


@pytest.mark.parametrize(("text", "topic"), [("RHTI", "overview"), ("rhti cost", "cost")])
def test_a_near_miss_is_offered_and_never_corrected(interpreter: Interpreter, text: str, topic: str) -> None:
    question = interpreter.interpret(text)
    assert (question.decision, question.topics, question.entities) == ("clarify", (topic,), ("rhit",))


def test_all_that_are_one_letter_away_are_offered(interpreter: Interpreter) -> None:
    question = interpreter.interpret("CPCC")
    offered = {question.entities, *(item.entities for item in question.alternatives)}
    assert {("cpc",), ("cpcd",)} <= offered
    assert len(offered) == len(question.alternatives) + 1 > 1


@pytest.mark.parametrize("text", ["CPC-H", "ccs", "lol", "weather tmrw", "i once met a man called rhti in town"])
def test_what_is_known_or_far_or_long_is_left_alone(interpreter: Interpreter, text: str) -> None:
    assert interpreter.interpret(text).decision != "clarify"


def test_nothing_is_offered_twice_in_a_row(interpreter: Interpreter) -> None:
    assert interpreter.interpret("RHTI", Context(clarified=True)).decision != "clarify"
