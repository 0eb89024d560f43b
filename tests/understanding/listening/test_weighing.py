"""What speaks for a need is weighed: both models and patterns add to the chance."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.understanding.listening.classifier import NeedEvidence
from bot.understanding.listening.weighing import NeedWeighing, weighings

WEAK = NeedEvidence(close=-1, light=-1, near=-5, close_part=-1, light_part=-1, near_part=-5, parts=0, unknown=0)
STRONG = NeedEvidence(close=1, light=1, near=5, close_part=1, light_part=1, near_part=5, parts=0, unknown=0)


@pytest.mark.parametrize("group", ["crisis", "feeling", "about_bot", "under_age"])
def test_what_speaks_for_a_need_makes_it_likelier(group: str) -> None:
    weighing = {str(name): found for name, found in weighings().items()}[group]

    assert weighing.chance(WEAK, cued=False) < weighing.least < weighing.chance(STRONG, cued=False)
    assert weighing.chance(replace(WEAK, close=1, light=1), cued=False) > weighing.chance(WEAK, cued=False)


def test_a_pattern_speaks_for_danger() -> None:
    weighing = weighings()["crisis"]

    assert weighing.chance(WEAK, cued=True) > weighing.chance(WEAK, cued=False)


def test_a_chance_stays_one() -> None:
    sure = NeedWeighing(weights=[1e6] * 9, bias=0.0, least=0.5)

    assert sure.chance(STRONG, cued=True) == pytest.approx(1)
    assert sure.chance(WEAK, cued=False) == pytest.approx(0)
