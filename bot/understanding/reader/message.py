"""A message as the extractors see it: tokens, names, numbers and cues, by place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.understanding.reader.cues import TokenMarks
from bot.understanding.reader.names import Name
from bot.understanding.reader.quantities import QuantitySpan
from bot.understanding.reader.telling import Telling
from bot.understanding.reader.tokens import Token


@dataclass
class ReadMessage:
    """What was found in one message. Indexes are those of tokens, ends are exclusive."""

    tokens: Sequence[Token]
    names: Sequence[Name]
    quantities: Sequence[QuantitySpan]
    marks: TokenMarks
    tellings: Sequence[Telling] = ()
    name_at: dict[int, Name] = field(default_factory=dict)
    quantity_at: dict[int, QuantitySpan] = field(default_factory=dict)
    places: dict[str, list[tuple[int, int]]] = field(default_factory=dict)  # of each cue, where it starts and ends
    size: int = 0

    def __post_init__(self) -> None:
        self.size = len(self.tokens)
        self.name_at = {at: name for name in self.names for at in range(name.start, name.end)}
        self.quantity_at = {at: found for found in self.quantities for at in range(found.start, found.end)}
        for at, here in enumerate(self.marks):
            for cue, length in here.items():
                self.places.setdefault(cue, []).append((at, at + length))

    def __len__(self) -> int:
        return self.size

    def has(self, at: int, *cues: str) -> bool:
        """Whether a phrase of one of some cues starts at a token."""
        if not 0 <= at < self.size:
            return False
        here = self.marks[at]
        if here:
            for cue in cues:
                if cue in here:
                    return True
        return False

    def length(self, at: int, *cues: str) -> int:
        """The length of the longest phrase of some cues that starts at a token, 0 where none does."""
        return max((self.marks[at].get(cue, 0) for cue in cues), default=0) if 0 <= at < len(self.tokens) else 0

    def ends(self, end: int, start: int, *cues: str) -> int:
        """Where a phrase of some cues starts that ends just before `end`, not before `start`; -1 where none does."""
        found = [
            at for cue in cues for at, until in self.places.get(cue, ()) if until == end and at >= max(start, end - 6)
        ]
        return min(found, default=-1)

    def first(self, start: int, end: int, *cues: str) -> int:
        """The first token from `start` to `end` at which a phrase of some cues starts; -1 where none does."""
        found = [at for cue in cues for at, _ in self.places.get(cue, ()) if start <= at < end]
        return min(found, default=-1)

    def says(self, start: int, end: int, *cues: str) -> bool:
        """Whether a phrase of one of some cues lies within `start`..`end`."""
        for cue in cues:
            for at, until in self.places.get(cue, ()):
                if start <= at < until <= end:
                    return True
        return False

    def covered(self, start: int, end: int, *cues: str) -> set[int]:
        """The tokens from `start` to `end` that belong to phrases of some cues."""
        return {at + n for at in range(start, end) for n in range(self.length(at, *cues))}

    def free(self, at: int) -> bool:
        """Whether a token belongs to no name and no number."""
        return at not in self.name_at and at not in self.quantity_at

    def text(self, start: int, end: int) -> str:
        """The words of a stretch."""
        return " ".join(token.word for token in self.tokens[start:end])
