from __future__ import annotations

import pytest

from bot.knowledge.base import KnowledgeBase
from bot.understanding.context import (
    afterwards,
    asks_nothing,
    completed,
    inherited_entities,
    left_out,
    pointed_at,
    remembers,
)
from bot.understanding.interpreter import Interpreter
from bot.understanding.question import Context

AUDITOR = Context(topics=("certifications",), entities=("coding-auditor",), listed=("cpma", "ccs"))
SMALL = frozenset(("and", "for", "what", "about", "the"))
CPC = Context(topics=("cost",), entities=("cpc",), listed=("cpc",))
BOTH = Context(topics=("compare",), entities=("rhit", "rhia"), listed=("rhit", "rhia"))


@pytest.mark.parametrize(
    ("text", "context", "topic", "entities"),
    [
        ("how much does it cost", AUDITOR, "cost", ("cpma",)),
        ("pay?", AUDITOR, "salary", ("coding-auditor",)),
        ("and ccs?", CPC, "cost", ("ccs",)),
        ("what about the second one", AUDITOR, "certifications", ("ccs",)),
        ("how much is the second one", AUDITOR, "cost", ("ccs",)),
        ("and for a coding manager?", AUDITOR, "certifications", ("coding-manager",)),
        ("salary difference", BOTH, "salary", ("rhit", "rhia")),
        ("passing score", CPC, "exam", ("cpc",)),
        ("what is ahima", CPC, "definition", ("ahima",)),
    ],
)
def test_follow_ups(
    interpreter: Interpreter, text: str, context: Context, topic: str, entities: tuple[str, ...]
) -> None:
    question = interpreter.interpret(text, context)
    assert question.decision == "answer"
    assert topic in question.topics
    assert question.entities == entities


def test_a_new_question_with_a_name_of_its_own_inherits_nothing(interpreter: Interpreter) -> None:
    question = interpreter.interpret("what does a cdi specialist earn", CPC)
    assert question.entities == ("cdi-specialist",)
    assert not question.from_context


def test_the_conversation_is_forgotten(interpreter: Interpreter) -> None:
    fresh = interpreter.interpret("how much is it", CPC)
    assert fresh.entities == ("cpc",)
    assert fresh.from_context
    old = interpreter.interpret("how much is it", CPC.model_copy(update={"age": 9}))
    assert not old.from_context


def test_thanks_stays_thanks_in_a_conversation(interpreter: Interpreter) -> None:
    assert interpreter.interpret("thanks", CPC).topics == ("thanks",)


def test_never_clarifies_twice_in_a_row(interpreter: Interpreter) -> None:
    for text in ("cpc hmm", "ccs thing", "something about the cpc", "coder stuff"):
        assert interpreter.interpret(text, CPC.model_copy(update={"clarified": True})).decision != "clarify"


def test_unknown_things_in_the_context_do_no_harm(interpreter: Interpreter) -> None:
    context = Context(topics=("no-such",), entities=("no-such",), listed=("no-such",))
    for text in ("and?", "the second one", "how much does it cost", "and cpc"):
        assert "no-such" not in interpreter.interpret(text, context).entities


def test_memory() -> None:
    assert remembers(("how", "much"), CPC)
    assert not remembers(("how", "much"), CPC.model_copy(update={"age": 2}))
    assert remembers(("how", "much", "is", "it"), CPC.model_copy(update={"age": 2}))
    assert not remembers(("how", "much"), Context())


def test_what_is_told_is_what_the_talk_is_about_next(interpreter: Interpreter) -> None:
    clarified = CPC.model_copy(update={"age": 2, "clarified": True})
    named = afterwards(clarified, interpreter.interpret("the rhit exam is tomorrow, so nervous"))
    assert (named.entities, named.listed, named.topics, named.age) == (("rhit",), ("rhit",), (), 0)
    unnamed = afterwards(clarified, interpreter.interpret("so nervous"))
    assert (unnamed.entities, unnamed.topics, unnamed.age) == (("cpc",), ("cost",), 3)
    assert not named.clarified
    assert not unnamed.clarified


def test_what_only_names_asks_nothing() -> None:
    assert asks_nothing(("and", "for", "<role>", "=auditor"), SMALL)
    assert not asks_nothing(("pay", "for", "<role>"), SMALL)
    assert asks_nothing(("what", "about", "the", "second", "one"), SMALL, pointing=True)


def test_pointing() -> None:
    assert pointed_at(("the", "second", "one"), (), AUDITOR, SMALL) == "ccs"
    assert pointed_at(("the", "last", "option"), (), AUDITOR, SMALL) == "ccs"
    assert pointed_at(("my", "first", "job"), (), AUDITOR, SMALL) is None
    assert pointed_at(("the", "third", "one"), (), AUDITOR, SMALL) is None
    assert pointed_at(("the", "second", "is", "it", "hard"), (2,), AUDITOR, SMALL) == "ccs"
    assert pointed_at(("the", "second", "is", "it", "hard"), (), AUDITOR, SMALL) is None


def test_leaning() -> None:
    assert completed(("how", "much", "is", "it"), "certification") == ("how", "much", "is", "<certification>")
    assert completed(("pay",), "role") == ("pay", "<role>")


def test_what_is_named_may_be_left_out() -> None:
    assert list(left_out(("cost", "of", "the", "<certification>", "=cpc"))) == [("cost", "of", "the", "it"), ("cost",)]
    assert list(left_out(("is", "<role>", "hard"))) == [("is", "it", "hard")]
    assert list(left_out(("<role>", "or", "<role>"))) == []
    assert list(left_out(("<term>",))) == [("it",)]


@pytest.mark.parametrize(
    "text",
    ["what time does the match start", "did my parcel arrive", "nice tune, what is it", "is it raining in london",
     "how many days until christmas", "who taught you to talk", "what is a fooblar"],
)  # fmt: skip
@pytest.mark.parametrize("context", [AUDITOR, CPC])
def test_an_unrelated_message_inherits_nothing(interpreter: Interpreter, text: str, context: Context) -> None:
    assert interpreter.interpret(text, context).decision != "answer"


@pytest.mark.parametrize(
    ("text", "thing"), [("wat is cpc-a", "cpc-a"), ("what is a drg?", "drg"), ("whats ccs", "ccs")]
)
def test_a_new_question_about_something_named_takes_no_topic_from_the_conversation(
    interpreter: Interpreter, text: str, thing: str
) -> None:
    question = interpreter.interpret(text, CPC)
    assert question.decision == "answer"
    assert question.entities == (thing,)
    assert "cost" not in question.topics


def test_a_role_s_recommended_credential_is_meant_by_questions_on_credentials(base: KnowledgeBase) -> None:
    assert inherited_entities(base, base.topics["cost"], AUDITOR) == ("cpma",)
    assert inherited_entities(base, base.topics["salary"], AUDITOR) == ("coding-auditor",)
    assert inherited_entities(base, base.topics["salary"], BOTH) == ("rhit", "rhia")
