"""What speaks for a need is weighed: both models and patterns add to the chance."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.knowledge.listening import NeedGroup
from bot.understanding.listening.classifier import NeedEvidence
from bot.understanding.listening.weighing import LONG, NeedWeighing, weighings

WEAK = NeedEvidence(close=-1, light=-1, near=-5, close_part=-1, light_part=-1, near_part=-5, parts=0, unknown=0)
STRONG = NeedEvidence(close=1, light=1, near=5, close_part=1, light_part=1, near_part=5, parts=0, unknown=0)


@pytest.mark.parametrize("words", [5, 100])
@pytest.mark.parametrize("group", ["crisis", "feeling", "about_bot", "under_age"])
def test_what_speaks_for_a_need_makes_it_likelier(group: NeedGroup, words: int) -> None:
    weighing = weighings().of(group, words)
    assert weighing is not None

    parts = 2 if words > LONG else 0  # a long message has some
    strong, weak = replace(STRONG, parts=parts), replace(WEAK, parts=parts)
    assert weighing.chance(weak, cued=0) < weighing.least < weighing.chance(strong, cued=0)
    assert weighing.chance(replace(WEAK, close_part=1, light_part=1), cued=0) > weighing.chance(WEAK, cued=0)


@pytest.mark.parametrize("words", [5, 100])
def test_a_pattern_speaks_for_danger(words: int) -> None:
    weighing = weighings().of("crisis", words)
    assert weighing is not None

    assert weighing.chance(WEAK, cued=1) > weighing.chance(WEAK, cued=0)


def test_a_chance_stays_one() -> None:
    sure = NeedWeighing(weights=[1e6] * 9, bias=0.0, least=0.5)

    assert sure.chance(STRONG, cued=1) == pytest.approx(1)
    assert sure.chance(WEAK, cued=0) == pytest.approx(0)


def test_one_model_alone_counts_only_so_much() -> None:
    """Words that all stand in pleas make no plea: nothing lies near."""
    weighing = weighings().of("crisis", 8)
    assert weighing is not None
    far = replace(WEAK, close=1, light=1)
    assert weighing.chance(replace(far, close=9, light=9), cued=0) < weighing.chance(STRONG, cued=0)


def test_long_messages_are_weighed_apart() -> None:
    found = weighings()
    assert found.of("crisis", LONG) == found.short["crisis"] != found.long["crisis"] == found.of("crisis", LONG + 1)
    assert found.of("plain", 3) is None
