"""A danger that is over, one of a film or a book, and one said of somebody else are none of the person's own now."""

from __future__ import annotations

import pytest

from bot.knowledge.base import KnowledgeBase
from bot.understanding.listening.listener import CRISIS, Listener


@pytest.fixture(scope="module")
def listener(base: KnowledgeBase) -> Listener:
    return Listener(base)


def alone(listener: Listener, text: str) -> bool:
    return any(item.need == CRISIS for item in listener.listen(text))


@pytest.mark.parametrize(
    ("over", "now"),
    [
        (
            "two years ago I wanted to die, now I'm in recovery and want to code",
            "two years ago I wanted to die, and now I want to again",
        ),
        (
            "Seven years ago I took all my pills. Today I am a mother of two. What's a good start?",
            "Seven years ago I took all my pills. I have them here again tonight. What's a good start?",
        ),
        (
            "i used to think everyone would be better off without me. i got help and i'm happy. CPC or CCS?",
            "i used to think everyone would be better off without me. i was right. CPC or CCS?",
        ),
        (
            "he choked me in 2016 and i left that night. i'm safe and remarried. is RHIT all online?",
            "he choked me in 2016 and he's out on parole and knows where i live. is RHIT all online?",
        ),
        (
            "in college i was on a ledge and somebody talked me down. i'm fine, i have three kids. how long is the cpc",
            "in college i was on a ledge and somebody talked me down. i wish they had not. how long is the cpc",
        ),
    ],
)
def test_a_danger_that_is_over_is_told_from_one_that_is_not(listener: Listener, over: str, now: str) -> None:
    assert (alone(listener, over), alone(listener, now)) == (False, True)


@pytest.mark.parametrize(
    ("tale", "own"),
    [
        (
            "in the show the coder takes all her pills and dies. what does a coder earn",
            "i watched the show where the coder dies and i want to die like her. what does a coder earn",
        ),
        (
            "i'm reading a novel where the biller wants to kill herself. is the job that bad?",
            "i'm reading a novel and i keep thinking about killing myself. is the job that bad?",
        ),
        (
            "There's a podcast about a nurse. She wanted to end her life in the garage. Who codes such charts?",
            "There's a podcast about a nurse. I want to end my life in the garage. Who codes such charts?",
        ),
    ],
)
def test_what_happens_in_a_tale_is_told_from_what_happens_here(listener: Listener, tale: str, own: str) -> None:
    assert (alone(listener, tale), alone(listener, own)) == (False, True)


@pytest.mark.parametrize(
    ("other", "own"),
    [
        (
            "The manager who interviewed me seemed tired of life. Is that how coders end up?",
            "The manager interviewed me and I am tired of life. Is that how coders end up?",
        ),
        (
            "my boss is so tired of living out of a suitcase, can coders stay at home",
            "my boss is fine, i am so tired of living, can coders stay at home",
        ),
    ],
)
def test_what_is_said_of_somebody_else_is_not_of_oneself(listener: Listener, other: str, own: str) -> None:
    assert (alone(listener, other), alone(listener, own)) == (False, True)


@pytest.mark.parametrize(
    "text",
    [
        "my sister is suicidal",
        "my friend keeps saying he is tired of living and he gave his dog away",
        "my dad tried to hang himself last year and tonight he locked the garage",
        "my daughter watched a show about it and now she says she wants to die",
    ],
)
def test_somebody_else_in_danger_now_gets_help_as_such(listener: Listener, text: str) -> None:
    assert [item.kind for item in listener.listen(text) if item.need == CRISIS] == ["other_in_danger"]
