"""Which questions a longer message asks."""

from __future__ import annotations

import pytest

from bot.conversation.advisor import Advisor
from bot.understanding.finding.asking import parts


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "I sold shoes for nine years and my feet hurt. My aunt, who has a house, says try it. "
            "How long does it take, and do I need a degree?",
            ("how long does it take", "do i need a degree"),
        ),
        (
            "Six years on the phones, two kids, no savings at all, sorry for the length. "
            "If I fail the test, what would it cost to try again?",
            ("if i fail the test what would it cost to try again",),
        ),
        (
            "What I mind is the hours. My brother asked what I earn and laughed at me in front of everybody. "
            "Is there part time work?",
            ("is there part time work",),
        ),
        ("do i need a degree", ()),  # a short one is looked up as a whole
    ],
)
def test_questions_are_cut_by_sentences_and_asides_left_out(
    advisor: Advisor, text: str, asked: tuple[str, ...]
) -> None:
    assert parts(text, advisor.reader.clauses) == asked
