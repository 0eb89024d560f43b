"""Rectangles and measured text, in pixels of a picture 720 wide; y grows downwards."""

from __future__ import annotations

from dataclasses import dataclass

from bot.advice.chart.metrics import FontWeight, width, wrap

WIDTH = 720  # shown at half that on a phone of 360 pixels
SMALLEST = 22  # 11 pixels there: no text is smaller
LEADING = 1.17
_ASCENT = 0.9  # of the size, from the top of a line to its baseline

Point = tuple[float, float]


@dataclass(frozen=True)
class Rect:
    """A rectangle by its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of its lower edge."""
        return self.y + self.height

    @property
    def centre(self) -> Point:
        """Its middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def overlaps(self, other: Rect) -> bool:
        """Whether they share an area."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def contains(self, other: Rect) -> bool:
        """Whether the other lies within."""
        return self.x <= other.x and other.right <= self.right and self.y <= other.y and other.bottom <= self.bottom


@dataclass(frozen=True)
class MeasuredText:
    """Text in lines that were measured to fit."""

    lines: tuple[str, ...]
    size: float
    weight: FontWeight = "regular"

    @property
    def leading(self) -> float:
        """From one baseline to the next."""
        return self.size * LEADING

    @property
    def height(self) -> float:
        """Of all lines."""
        return self.leading * len(self.lines)

    @property
    def width(self) -> float:
        """Of the widest line."""
        return max((width(line, self.size, self.weight) for line in self.lines), default=0.0)

    def baseline(self, line: int) -> float:
        """From the top of the block to the baseline of a line."""
        return self.size * _ASCENT + self.leading * line


def words(text: str, limit: float, size: float = SMALLEST, weight: FontWeight = "regular") -> MeasuredText:
    """Text broken into lines no wider than `limit`."""
    return MeasuredText(wrap(text, size, limit, weight), size, weight)
