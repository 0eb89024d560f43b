"""What is measured is what is drawn: widths against the ink of a rendered line, and breaking into lines."""

from __future__ import annotations

import pytest
from drawn import ink_of, names
from hypothesis import given
from hypothesis import strategies as st

from bot.advice.chart.canvas import Canvas
from bot.advice.chart.geometry import MeasuredText
from bot.advice.chart.metrics import FILES, FONTS, FontWeight, missing, width, wrap
from bot.channels.rendering import render
from bot.knowledge.base import KnowledgeBase

MAX_BYTES = 800_000


@pytest.mark.parametrize("weight", ["regular", "bold"])
@pytest.mark.parametrize("size", [22, 30])
def test_text_is_drawn_as_wide_as_measured(base: KnowledgeBase, weight: FontWeight, size: float) -> None:
    longest = sorted(base.roles.values(), key=lambda role: -len(role.name))[:3]
    for line in [role.name for role in longest] + ["AVAVAV To We", "0123456789 (.,:;) · …"]:
        canvas = Canvas("#ffffff")
        canvas.words(MeasuredText((line,), size, weight), (20, 10), "#000000")
        first, last = ink_of(render(canvas.svg(size * 2, line)))

        assert first >= 19
        assert last <= 20 + width(line, size, weight) + 1
        assert last >= 20 + width(line, size, weight) * 0.9 - 4


@given(names, st.integers(60, 400), st.sampled_from(("regular", "bold")))
def test_no_line_is_wider_than_the_limit_and_no_letter_is_lost(text: str, limit: int, weight: FontWeight) -> None:
    lines = wrap(text, 24, limit, weight)

    assert all(width(line, 24, weight) <= limit for line in lines)
    assert "".join(lines).replace(" ", "").replace("-", "") == "".join(text.split()).replace("-", "")


def test_lines_break_between_words_and_after_hyphens() -> None:
    assert wrap("Professional-fee Coder", 24, 150, "bold") == ("Professional-", "fee Coder")
    assert wrap("Donaudampfschiff", 24, 120, "bold")[0].endswith("-")
    assert wrap("", 24, 100) == ()


def test_a_character_the_font_lacks_is_found() -> None:
    assert missing("Ärzte – naïve €", "regular") == set()
    assert missing("職", "bold") == {"職"}


def test_the_font_is_small_and_brings_its_licence() -> None:
    assert sum(path.stat().st_size for path in FILES.values()) <= MAX_BYTES
    assert "SIL OPEN FONT LICENSE" in (FONTS / "LICENSE.txt").read_text("utf-8")
