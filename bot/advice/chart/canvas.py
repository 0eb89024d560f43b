"""The few shapes the pictures are made of, as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise
from math import hypot

from bot.advice.chart.geometry import WIDTH, MeasuredText, Point, Rect
from bot.advice.chart.metrics import FAMILY, FontWeight

_WEIGHTS: dict[FontWeight, int] = {"regular": 400, "bold": 600}
_BEND = 8  # radius of the corners of lines
_HEAD = 13  # length of an arrowhead
_HEAD_HALF = 6.5


class Canvas:
    """A picture in the making, 720 pixels wide."""

    def __init__(self, background: str) -> None:
        self._background = background
        self._parts: list[str] = []

    def svg(self, height: float, title: str) -> str:
        """The whole document; `title` says in words what it shows."""
        tall = round(height)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{tall}" viewBox="0 0 {WIDTH} {tall}" '
            f'font-family="{FAMILY}, sans-serif" role="img"><title>{escape(title)}</title>'
            f'<rect width="{WIDTH}" height="{tall}" fill="{self._background}"/>{"".join(self._parts)}</svg>'
        )

    def rect(self, area: Rect, fill: str, *, radius: float = 0, edge: str | None = None, thick: float = 1.5) -> None:
        """A rectangle, with rounded corners and an outline where given."""
        stroke = f' stroke="{edge}" stroke-width="{thick:g}"' if edge else ""
        self._parts.append(
            f'<rect x="{area.x:.1f}" y="{area.y:.1f}" width="{area.width:.1f}" height="{area.height:.1f}" '
            f'rx="{radius:g}" fill="{fill}"{stroke}/>'
        )

    def words(self, words: MeasuredText, at: Point, colour: str, *, middle: bool = False) -> None:
        """Lines of text below `at`, which is their left end, or their middle."""
        x, y = at
        anchor = ' text-anchor="middle"' if middle else ""
        for number, line in enumerate(words.lines):
            self._parts.append(
                f'<text x="{x:.1f}" y="{y + words.baseline(number):.1f}" font-size="{words.size:g}" '
                f'font-weight="{_WEIGHTS[words.weight]}" fill="{colour}"{anchor}>{escape(line)}</text>'
            )

    def line(
        self, points: Sequence[Point], colour: str, *, thick: float = 2, dash: str = "", head: bool = True
    ) -> None:
        """A line with rounded corners; its arrowhead, if any, stands at the last point."""
        end = points[-1]
        drawn = [*points[:-1], _shortened(points[-2], end, _HEAD - 2)] if head else list(points)
        style = f' stroke-dasharray="{dash}"' if dash else ""
        style += ' stroke-linecap="round"' if dash.startswith("0 ") else ""
        self._parts.append(
            f'<path d="{_rounded(drawn)}" fill="none" stroke="{colour}" stroke-width="{thick:g}"{style}/>'
        )
        if head:
            self._parts.append(f'<path d="{_arrowhead(points[-2], end, thick)}" fill="{colour}"/>')

    def diamond(self, middle: Point, reach: float, fill: str, edge: str) -> None:
        """A square on its tip, `reach` from the middle to each."""
        x, y = middle
        corners = ((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y))
        d = "M" + "L".join(f"{px:.1f} {py:.1f}" for px, py in corners) + "Z"
        self._parts.append(f'<path d="{d}" fill="{fill}" stroke="{edge}" stroke-width="2.5"/>')

    def tick(self, at: Point, size: float, colour: str) -> None:
        """A check mark in a square of `size` whose upper left corner is `at`."""
        x, y = at
        points = ((0.12, 0.55), (0.4, 0.82), (0.9, 0.2))
        d = "M" + "L".join(f"{x + size * px:.1f} {y + size * py:.1f}" for px, py in points)
        self._parts.append(
            f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{size * 0.16:.1f}" '
            'stroke-linecap="round" stroke-linejoin="round"/>'
        )


def _shortened(start: Point, end: Point, by: float) -> Point:
    length = hypot(end[0] - start[0], end[1] - start[1]) or 1
    share = min(by, length) / length
    return end[0] - (end[0] - start[0]) * share, end[1] - (end[1] - start[1]) * share


def _rounded(points: Sequence[Point]) -> str:
    """The `d` of a path through the points, each corner cut by a small curve."""
    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for (before, corner), (_, after) in pairwise(pairwise(points)):
        reach = min(_BEND, _length(before, corner) / 2, _length(corner, after) / 2)
        into, out = _shortened(before, corner, reach), _shortened(after, corner, reach)
        parts.append(f"L{into[0]:.1f} {into[1]:.1f}Q{corner[0]:.1f} {corner[1]:.1f} {out[0]:.1f} {out[1]:.1f}")
    parts.append(f"L{points[-1][0]:.1f} {points[-1][1]:.1f}")
    return "".join(parts)


def _length(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _arrowhead(start: Point, end: Point, thick: float) -> str:
    length = _length(start, end) or 1
    dx, dy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    half = _HEAD_HALF + thick / 2
    back = end[0] - dx * _HEAD, end[1] - dy * _HEAD
    corners = (end, (back[0] - dy * half, back[1] + dx * half), (back[0] + dy * half, back[1] - dx * half))
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in corners) + "Z"
