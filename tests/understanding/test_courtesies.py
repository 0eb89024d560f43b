from __future__ import annotations

import pytest

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.language import Courtesies
from bot.understanding.courtesies import CourtesyReader
from bot.understanding.interpreter import Interpreter

QUESTION = "how much does the exam cost"
AROUND = [
    "good evening folks, {}",
    "hey, hope everyone is doing great. {}",
    "ok so this might be a really silly one but {}",
    "apologies if this was asked before, {}",
    "not certain whether anyone can answer but {}",
    "one last thing: {}",
    "can someone please tell me {}",
    "{} many thanks in advance!",
    "{} please and thank you",
    "{} any advice would be appreciated",
    "{} haha",
    "{}? asap",
    "{} if you don't mind me asking",
]
AS_THEY_ARE = [
    "hello",
    "thanks a lot!",
    "love it thanks",
    "hey quick question",
    "lol",
    "thank you i passed my exam today",
    "can you tell me about the exam",
    "can you help me choose",
    "is a quick course any good",
    "one question at a time?",
    "evening shift jobs?",
    "which one is best",
    "i was wondering if it is worth it",
    "sorry, i meant the other exam",
    "how do i ask for help at work",
    "how do i get certified asap",
]


@pytest.fixture(scope="module")
def reader(base: KnowledgeBase) -> CourtesyReader:
    return CourtesyReader(base.language.courtesies, base.language.asks)


@pytest.mark.parametrize("around", AROUND)
def test_what_stands_around_a_question_is_put_aside(reader: CourtesyReader, around: str) -> None:
    assert reader.bare(around.format(QUESTION)).rstrip("?") == QUESTION


@pytest.mark.parametrize("text", AS_THEY_ARE)
def test_what_is_meant_stays(reader: CourtesyReader, text: str) -> None:
    assert reader.bare(text) == text


def test_courtesies_in_a_row_are_put_aside_together(reader: CourtesyReader) -> None:
    text = f"Hi there! Hope you're well. Sorry to bother you, quick question: {QUESTION}? Thanks so much, cheers!"
    assert reader.bare(text) == f"{QUESTION}?"


def test_nothing_is_put_aside_where_a_language_lists_none() -> None:
    assert CourtesyReader(Courtesies()).bare("hi, what is it thanks") == "hi, what is it thanks"


@pytest.mark.parametrize("around", ["hiya, random question, {}", "{} thx a bunch"])
def test_a_question_is_the_same_question_with_them(interpreter: Interpreter, around: str) -> None:
    plain = interpreter.interpret("do i need a degree for the ccs")
    polite = interpreter.interpret(around.format("do i need a degree for the ccs"))
    assert (polite.text, polite.topics, polite.confidence) == (plain.text, plain.topics, plain.confidence)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("my class keeps asking whether the exam is hard, what do i tell them", "whether the exam is hard"),
        ("my niece asked how long it takes", "how long it takes"),
        ("one of my students wants to know if she needs a degree", "if she needs a degree"),
        (
            "my boss asks if i can code surgery, what do i tell him",
            "my boss asks if i can code surgery, what do i tell him",
        ),
        ("what do i say when they ask why i left", "what do i say when they ask why i left"),
    ],
)
def test_a_question_passed_on_is_the_question(interpreter: Interpreter, text: str, meant: str) -> None:
    assert interpreter.courtesies.bare(text) == meant
