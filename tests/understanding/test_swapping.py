"""A name by itself after a question: the same is asked of it."""

from __future__ import annotations

import pytest

from bot.understanding.interpreter import Interpreter
from bot.understanding.question import Context
from bot.understanding.swapping import completed_text, without_talk

OPEN_BOOK = Context(topics=("exam",), entities=("cpc",), listed=("cpc",), asked="is the cpc exam open book?")
REMOTE = Context(topics=("remote",), entities=("medical-coder",), asked="can i work from home as a medical coder")
PAID = Context(topics=("salary",), entities=("medical-coder",), asked="what do coders earn in Texas?")
PRICE = Context(topics=("cost",), entities=("cpc",), listed=("cpc",), asked="how much is the cpc exam")
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


COST = Context(topics=("cost",), entities=("rhit",), asked="what does that cost RHIT", shown="x")


@pytest.mark.parametrize(
    ("text", "context", "full"),
    [
        ("no i meant the renewal", COST, "what does renewal cost rhit"),
        ("i was asking about the renewal", COST, "what does renewal cost rhit"),
        ("not the exam the membership", PRICE, "how much is the cpc membership"),
        ("i mean the course", PRICE, "how much is the cpc course"),
        ("the second one, how long is it", BOTH, "RHIA how long is it"),
        ("how long is the first one", BOTH, "how long is RHIT"),
    ],
)
def test_what_was_meant_instead_is_asked(interpreter: Interpreter, text: str, context: Context, full: str) -> None:
    question = interpreter.interpret(text, context)
    assert question.full == full
    assert question.from_context


@pytest.mark.parametrize(
    "text",
    [
        "no degree yet",
        "i mean i am slow",
        "i meant how long do i have to study",
        "not sure",
        "no",
        "not the cheapest way",
    ],
)
def test_what_says_something_else_puts_nothing_right(interpreter: Interpreter, text: str) -> None:
    assert not interpreter.interpret(text, PRICE).full.startswith("how much is")


def test_what_was_not_meant_is_not_said_again(interpreter: Interpreter) -> None:
    said = "certifications/cpc.yaml:cost:0"
    found = interpreter.interpret("not the exam but the books", PRICE.model_copy(update={"shown": said}))
    first = found.askings[0].found[0].statement
    assert "books" in first.text  # what they cost
    assert all(item.statement.id != said for asked in found.askings for item in asked.found)
