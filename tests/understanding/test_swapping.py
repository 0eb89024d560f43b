"""A name by itself after a question: the same is asked of it."""

from __future__ import annotations

import pytest

from bot.understanding.interpreter import Interpreter
from bot.understanding.question import Context
from bot.understanding.swapping import completed_text, without_talk

OPEN_BOOK = Context(topics=("exam",), entities=("cpc",), listed=("cpc",), asked="is the cpc exam open book?")
REMOTE = Context(topics=("remote",), entities=("medical-coder",), asked="can i work from home as a medical coder")
PAID = Context(topics=("salary",), entities=("medical-coder",), asked="what do coders earn in Texas?")
BOTH = Context(topics=("compare",), entities=("rhit", "rhia"), listed=("rhit", "rhia"), asked="rhit or rhia")


@pytest.mark.parametrize(
    ("text", "context", "full"),
    [
        ("and the cca?", OPEN_BOOK, "is the cca exam open book"),
        ("the CCS too?", OPEN_BOOK, "is the ccs exam open book"),
        ("what about as an auditor", REMOTE, "can i work from home as a auditor"),
        ("sorry i meant the coc", OPEN_BOOK, "is the coc exam open book"),
        ("and in florida", PAID, "what do coders earn in florida"),
        ("in Canada?", REMOTE, "can i work from home as a medical coder in canada"),
    ],
)
def test_what_is_named_takes_the_place(interpreter: Interpreter, text: str, context: Context, full: str) -> None:
    question = interpreter.interpret(text, context)
    assert question.full == full
    assert question.text == text
    assert question.from_context
    assert question.decision == "answer"


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("how long is the cca exam", OPEN_BOOK),  # a question of its own
        ("and the salary of an auditor", OPEN_BOOK),
        ("and the ccs?", BOTH),  # of two that were held against each other neither gives way
        ("the cpc", OPEN_BOOK),  # the same again
        ("and the cca?", OPEN_BOOK.model_copy(update={"age": 9})),
        ("and the cca?", OPEN_BOOK.model_copy(update={"asked": ""})),
        ("cca or ccs?", OPEN_BOOK),
    ],
)
def test_what_asks_by_itself_is_not_bent(interpreter: Interpreter, text: str, context: Context) -> None:
    assert "open book" not in interpreter.interpret(text, context).full
    assert not interpreter.interpret(text, context).full.startswith("rhit")


def test_what_leans_is_remembered_with_what_it_leaves_out(interpreter: Interpreter) -> None:
    assert interpreter.interpret("how much does it cost", OPEN_BOOK).full == "how much does it cost CPC"
    assert not interpreter.interpret("how much does the cca cost", OPEN_BOOK).full


def test_a_text_is_completed_before_its_mark() -> None:
    assert completed_text("and then?", ("CPC",)) == "and then CPC"


def test_a_talk_about_another_country_goes_on() -> None:
    abroad = without_talk(Context(asked="x", entities=("cpc",), home="us", country="in"))
    assert (abroad.home, abroad.country, abroad.entities, abroad.asked) == (None, "in", (), "")
    assert without_talk(Context(home="us", country="us")).home == "us"
