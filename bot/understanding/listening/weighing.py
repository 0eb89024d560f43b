"""How likely a need is there, from all that speaks for it.

The weights stand in `weights.json`, learnt by `scripts/listening_weights.py` on lines that nothing else learnt from:
none of them names a word, so that they serve any field.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from math import exp
from pathlib import Path

from bot.knowledge.listening import NeedGroup
from bot.understanding.listening.classifier import NeedEvidence

FILE = Path(__file__).with_name("weights.json")
SURE = 0.5  # chance from which likeness alone is as good as a pattern


@dataclass(frozen=True)
class NeedWeighing:
    """Weights of one group of needs, in the order of `signs`, and the chance from which it is taken to be there."""

    weights: Sequence[float]
    bias: float
    least: float

    def chance(self, evidence: NeedEvidence, *, cued: bool) -> float:
        """How likely the need is there, 0..1."""
        total = self.bias + sum(one * sign for one, sign in zip(self.weights, signs(evidence, cued=cued), strict=True))
        return 1 / (1 + exp(-max(min(total, 30.0), -30.0)))


def signs(evidence: NeedEvidence, *, cued: bool) -> tuple[float, ...]:
    """What is weighed: what the models say, and whether a pattern was found."""
    return (*astuple(evidence), float(cued))


def weighings(path: Path = FILE) -> Mapping[NeedGroup, NeedWeighing]:
    """Those of each group of needs that were learnt."""
    return {group: NeedWeighing(**found) for group, found in json.loads(path.read_text("utf-8")).items()}
