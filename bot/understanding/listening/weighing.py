"""How likely a need is there, from all that speaks for it; in a long message, where a plea is one clause of many, that
is weighed otherwise than in a short one.

The weights stand in `weights.json`, learnt by `scripts/listening_weights.py` on lines that nothing else learnt from:
none of them names a word, so that they serve any field.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from math import exp, inf
from pathlib import Path

from bot.knowledge.listening import NeedGroup
from bot.understanding.listening.classifier import NeedEvidence

FILE = Path(__file__).with_name("weights.json")
LONG = 40  # words: a message above this is weighed as a long one
SCORES = ("close", "light", "close_part", "light_part")
MOST = 1.2  # of the score of a model, for or against: what lies beyond says no more …
NEARNESS = ("near", "near_part")
MOST_NEAR = 1.0  # … nor does a ratio of densities beyond this: far from all examples it is one of two tiny numbers
ENDS = tuple(
    (item.name, MOST if item.name in SCORES else MOST_NEAR if item.name in NEARNESS else inf)
    for item in fields(NeedEvidence)
)
SURE = 0.5  # chance from which likeness alone is as good as a pattern


@dataclass(frozen=True)
class NeedWeighing:
    """Weights of one group of needs, in the order of `signs`, the chance from which it is taken to be there, and the
    lower one from which danger is likely enough to be spoken of beside an answer.
    """

    weights: Sequence[float]
    bias: float
    least: float
    likely: float = inf

    def chance(self, evidence: NeedEvidence, *, cued: int) -> float:
        """How likely the need is there, 0..1; `cued` as for `signs`."""
        total = self.bias + sum(one * sign for one, sign in zip(self.weights, signs(evidence, cued=cued), strict=True))
        return 1 / (1 + exp(-max(min(total, 30.0), -30.0)))


def signs(evidence: NeedEvidence, *, cued: int) -> tuple[float, ...]:
    """What is weighed: what the models say, and how much a pattern counts that was found: 0 where none was."""
    said = ((getattr(evidence, name), end) for name, end in ENDS)
    return (*(max(-end, min(end, value)) for value, end in said), float(cued))


@dataclass(frozen=True)
class Weighings:
    """The weighing of each group of needs that was learnt, of `short` messages and of `long` ones."""

    short: Mapping[NeedGroup, NeedWeighing]
    long: Mapping[NeedGroup, NeedWeighing]

    def of(self, group: NeedGroup, words: int) -> NeedWeighing | None:
        """That of a group for a message of so many words, if there is one."""
        return (self.long if words > LONG else self.short).get(group)


def weighings(path: Path = FILE) -> Weighings:
    """Those that were learnt."""
    found = json.loads(path.read_text("utf-8"))
    short, long = ({group: NeedWeighing(**one) for group, one in found[name].items()} for name in ("short", "long"))
    return Weighings(short, long)
