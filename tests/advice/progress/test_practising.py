"""Small deeds told in plain words tick the practice step that they are, and no other."""

from __future__ import annotations

import pytest

from bot.advice.planner import make_plan
from bot.advice.profile import parse_profile
from bot.advice.progress.model import KeptStep, kept
from bot.advice.progress.practising import practised
from bot.knowledge.base import KnowledgeBase


@pytest.fixture(scope="module")
def steps(base: KnowledgeBase) -> list[KeptStep]:
    profile = parse_profile({"goal": "medical-coder", "country": "US", "hours_per_week": 6}, base)
    return [kept(step) for step in make_plan(base, profile).routes[0].steps]


@pytest.mark.parametrize(
    ("words", "did", "step"),
    [
        ("looked up ten codes", ["looked"], "practice-code-books"),
        ("read my sample note today", ["read"], "practice-clinical-notes"),
        ("i looked up what a coder earns", ["looked"], None),
        ("finished a class in medical terms", ["finished"], None),
        ("read", ["read"], None),
        ("codes and notes all day", [], None),
    ],
)
def test_what_was_done_is_the_deed_it_is(
    base: KnowledgeBase, steps: list[KeptStep], words: str, did: list[str], step: str | None
) -> None:
    found = practised(base, steps, words, did)
    assert (found.id if found is not None else None) == step
