from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from bot.evaluation import Rules, evaluate, judge

RULES = Rules.of({"free": ["pastry-cook"], "same": [["abc", "abc-a"]], "covers": {"fit": ["overview"]}})
LINE = {"text": "q", "topics": ["cost"], "accept_topics": ["cost", "exam"], "entities": ["abc"], "must": [r"\d+ USD"]}
RIGHT = {"outcome": "answer", "topics": ["cost"], "entities": ["abc"], "answer": "425 USD", "confidence": 0.9}


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({}, "right"),
        ({"topics": ["exam", "salary"]}, "right"),
        ({"topics": ["salary"]}, "wrong"),
        ({"entities": ["abc-a"]}, "right"),
        ({"entities": ["abc", "pastry-cook"]}, "right"),
        ({"entities": ["abc", "xyz"]}, "wrong"),
        ({"entities": []}, "wrong"),
        ({"answer": "It is not known."}, "right"),
        ({"answer": "cheap"}, "wrong"),
        ({"outcome": "clarify"}, "clarify"),
        ({"outcome": "unknown"}, "missed"),
        ({"outcome": "chat"}, "missed"),
    ],
)
def test_the_rule(change: dict[str, Any], verdict: str) -> None:
    assert judge(LINE, {**RIGHT, **change}, RULES).verdict == verdict


def test_a_general_topic_counts_as_those_it_covers() -> None:
    line = {"text": "q", "topics": ["overview"], "entities": []}
    assert judge(line, {"outcome": "answer", "topics": ["fit"], "entities": []}, RULES).verdict == "right"


def test_greetings_may_be_chat() -> None:
    line = {"text": "hi", "topics": ["greeting"], "entities": []}
    assert judge(line, {"outcome": "chat", "topics": ["greeting"], "entities": []}, RULES).verdict == "right"


@pytest.mark.parametrize(("outcome", "verdict"), [("answer", "wrong"), ("chat", "right"), ("unknown", "right")])
def test_out_of_scope_must_not_be_answered(outcome: str, verdict: str) -> None:
    line = {"text": "q", "topics": ["out_of_scope"], "entities": []}
    assert judge(line, {"outcome": outcome, "topics": [], "entities": []}, RULES).verdict == verdict


def test_a_report_counts_turns_and_tells_where() -> None:
    lines = [LINE, {"turns": [LINE, {**LINE, "text": "two"}]}, {"text": "rain", "topics": ["out_of_scope"]}]
    asked: list[list[str]] = []

    def ask(texts: Sequence[str]) -> list[Mapping[str, Any]]:
        asked.append(list(texts))
        return [{**RIGHT, "topics": ["salary"]} if text == "two" else RIGHT for text in texts]

    report = evaluate(lines, ask, RULES)
    assert asked == [["q"], ["q", "two"], ["rain"]]
    assert (report.count("right"), report.count("wrong"), report.answered_outside) == (2, 1, 1)
    assert report.score == pytest.approx(2 / 3)
    assert report.confusions() == [("cost", "salary", 1), ("out_of_scope", "cost", 1)]
    assert report.by("topics")["cost"] == {"right": 2, "wrong": 1}
    assert report.reliability() == [(0.9, pytest.approx(0.9), 0.5, 4)]
    assert [item.turn for item in report.misses()] == [1, 0]
    assert report.as_json()["score"] == pytest.approx(0.6667)


def test_nothing_to_judge() -> None:
    assert evaluate([], lambda texts: [], RULES).score == 0
