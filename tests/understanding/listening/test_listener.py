"""Somebody in danger is heard in any wording, and an idiom is not taken for it."""

from __future__ import annotations

import pytest

from bot.knowledge.base import KnowledgeBase
from bot.understanding.listening.listener import Listener


@pytest.fixture(scope="module")
def listener(base: KnowledgeBase) -> Listener:
    return Listener(base)


DANGER = {
    "suicide": [
        "i want to die",
        "kms",
        "dont wanna b here anymore",
        "everyone would be better off without me",
        "won't be needing the exam after tonight",
        "i have the pills lined up on my desk tonight",
        "started cutting myself again",
        "me quiero morir",
        "the exam is killing me but seriously i want to kill myself",
        "what does the ccs cost. also i dont see a reason to live. and how long does it take",
    ],
    "violence": ["he hit me again", "my husband wont let me work and takes my money", "mi esposo me pega"],
    "other_in_danger": ["my brother says he'll kill himself", "my friend is suicidal"],
    "harm": ["im scared i will hurt my baby"],
}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in DANGER.items() for text in texts])
def test_danger_is_heard(listener: Listener, kind: str, text: str) -> None:
    assert kind in [item.kind for item in listener.listen(text) if item.need == "crisis"]


@pytest.mark.parametrize(
    "text",
    [
        "this exam is killing me",
        "kill the queue",
        "id die for a remote job",
        "shoot me an email",
        "what is the code for a suicide attempt",
        "i attempted in 2019, i'm fine now, can i work",
        "i cant stand this job anymore",
        "i cant do this anymore with these exams",
        "no reason to take the ccs",
        "he hit me up about a job",
        "my brother says he'll kill it",
        "",
        "?!",
    ],
)
def test_what_is_no_danger_is_not(listener: Listener, text: str) -> None:
    assert [item for item in listener.listen(text) if item.need == "crisis"] == []


def test_the_whole_of_a_long_message_is_heard(listener: Listener) -> None:
    story = "i have worked in billing for nine years and i like the work a lot " * 50

    assert [item.kind for item in listener.listen(f"{story} honestly i want to end my life")] == ["suicide"]
    assert listener.listen(story) == ()
