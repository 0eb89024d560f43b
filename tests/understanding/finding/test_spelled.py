from __future__ import annotations

import pytest

from bot.understanding.finding.spelled import spelled
from bot.understanding.interpreter import Interpreter


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("do u need a degree", "do you need a degree"),
        ("is it hardd", "is it hard"),
        ("is it sooo hard???", "is it so hard?"),
        ("how many questons does it have...", "how many questions does it have"),
        ("CDIP or CCDS", "CDIP or CCDS"),
        ("I don't know which one", "I don't know which one"),
        ("where do i find a practicum", "where do i find a practicum"),
        ("can i start w/o a course", "can i start w/o a course"),
    ],
)
def test_slips_are_written_out_and_words_are_left_alone(interpreter: Interpreter, text: str, written: str) -> None:
    assert spelled(text, interpreter.mend) == written


def test_a_long_story_says_enough_beside_its_slips(interpreter: Interpreter) -> None:
    text = "i wrked as a nurse " * 12
    assert spelled(text, interpreter.mend) == text.strip()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("how many questons does the ccs have", "how many questions does the ccs have"),
        ("do u need a degree 4 the cpc??", "do you need a degree for the cpc?"),
    ],
)
def test_what_is_typed_in_haste_finds_the_same(interpreter: Interpreter, typed: str, meant: str) -> None:
    found, wanted = interpreter.interpret(typed), interpreter.interpret(meant)
    first = [item.found[0].statement.id for item in found.askings] or found.topics
    assert first == ([item.found[0].statement.id for item in wanted.askings] or wanted.topics)
