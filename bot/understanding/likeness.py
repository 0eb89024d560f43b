"""What a short message is most like, among a few examples of each kind: for what no cue foresees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from bot.understanding.encoder import encoder
from bot.understanding.finding.directions import directions
from bot.understanding.vocabulary import Vector

PLAIN = "plain"
# Measured on messages about kept plans: below a sure likeness (a cosine) every second guess is wrong, unless what the
# kind speaks of, such as a day, is found in the message; and so it is with something plain nearly as near. What lies
# far ahead of all that is plain is sure as well.
LEAST, SURE = 0.42, 0.62
AHEAD, FAR_AHEAD = 0.04, 0.15
BEST = 2  # examples of a kind that count: one alone may be like it by chance


class Likeness:
    """Tells kinds of messages apart; the examples are read at the first message."""

    def __init__(self, examples: Mapping[str, Sequence[str]]) -> None:
        self._examples = examples

    @cached_property
    def _known(self) -> list[tuple[str, Vector]]:
        return [(kind, directions(texts)) for kind, texts in self._examples.items() if texts]

    def kind(self, text: str) -> tuple[str, bool] | None:
        """The kind that a text is most like, and whether surely; None where it is like none, or plain."""
        if not self._examples:
            return None
        direction = encoder().encode([text])[0]
        scores = {kind: float(np.sort(known @ direction)[-BEST:].mean()) for kind, known in self._known}
        plain = scores.pop(PLAIN, -1.0)
        best = max(scores, key=lambda kind: scores[kind], default=None)
        if best is None or scores[best] < max(LEAST, plain + AHEAD):
            return None
        return best, scores[best] >= min(SURE, max(plain, LEAST) + FAR_AHEAD)
