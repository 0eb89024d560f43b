"""Reading pictures back: the texts and shapes of an SVG, the ink of a PNG; ladders to draw."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from bot.advice.chart.content import Arrow, Box, LadderChart, main_moves
from bot.advice.chart.geometry import Rect
from bot.advice.chart.metrics import FontWeight, width

SVG = "{http://www.w3.org/2000/svg}"
WEIGHTS: dict[str, FontWeight] = {"400": "regular", "600": "bold"}
ASCENT, DESCENT = 0.75, 0.22  # of the size: what letters take above and below the baseline


@dataclass(frozen=True)
class Text:
    """A line of text with what lies behind it: the colour of the topmost rectangle drawn before."""

    text: str
    size: float
    weight: FontWeight
    colour: str
    area: Rect
    behind: str
    inside: Rect


def texts_of(svg: str) -> list[Text]:
    """Every line of text, in the order drawn."""
    found = []
    rects: list[tuple[Rect, str]] = []
    for element in ElementTree.fromstring(svg).iter():
        if element.tag == f"{SVG}rect":
            values = [float(element.get(key, 0)) for key in ("x", "y", "width", "height")]
            rects.append((Rect(*values), str(element.get("fill"))))
        elif element.tag == f"{SVG}text":
            found.append(_text(element, rects))
    return found


def _text(element: ElementTree.Element, rects: list[tuple[Rect, str]]) -> Text:
    text, size = str(element.text), float(str(element.get("font-size")))
    weight = WEIGHTS[str(element.get("font-weight"))]
    wide = width(text, size, weight)
    x, y = float(str(element.get("x"))), float(str(element.get("y")))
    if element.get("text-anchor") == "middle":
        x -= wide / 2
    area = Rect(x, y - size * ASCENT, wide, size * (ASCENT + DESCENT))
    inside, behind = next((rect, fill) for rect, fill in reversed(rects) if rect.overlaps(area))
    return Text(text, size, weight, str(element.get("fill")), area, behind, inside)


def page_of(svg: str) -> Rect:
    """The whole picture."""
    root = ElementTree.fromstring(svg)
    return Rect(0, 0, float(str(root.get("width"))), float(str(root.get("height"))))


def strokes_of(svg: str) -> set[str]:
    """The colours of all lines."""
    return {
        str(element.get("stroke"))
        for element in ElementTree.fromstring(svg).iter(f"{SVG}path")
        if element.get("stroke")
    }


def overlapping(texts: list[Text]) -> list[tuple[str, str]]:
    """Texts that lie on one another."""
    return [(one.text, other.text) for one, other in combinations(texts, 2) if one.area.overlaps(other.area)]


def said_in(texts: list[Text]) -> str:
    """All texts of a picture as one, in the order drawn, words broken by a hyphen put together."""
    return re.sub(r"\s+", " ", " ".join(text.text for text in texts))


def ink_of(png: bytes) -> tuple[int, int]:
    """The first and the last column that is not white."""
    pixels = _pixels(png)
    dark = (pixels[..., :3] < 250).any(axis=(0, 2)).nonzero()[0]
    return int(dark.min()), int(dark.max())


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height. Raises `AssertionError` for what is no PNG."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    wide, tall = struct.unpack_from(">II", png, 16)
    return wide, tall


def _pixels(png: bytes) -> NDArray[np.uint8]:
    """An 8-bit RGBA picture; https://www.w3.org/TR/png-3/#9Filters."""
    wide, tall = size_of(png)
    raw = zlib.decompress(b"".join(_chunks(png)))
    step = 4
    rows = np.zeros((tall, wide * step), dtype=np.uint8)
    before = np.zeros(wide * step, dtype=np.uint8)
    for number in range(tall):
        start = number * (wide * step + 1)
        kind, row = raw[start], np.frombuffer(raw, np.uint8, wide * step, start + 1).copy()
        if kind == 1:
            row = row.reshape(wide, step).cumsum(axis=0, dtype=np.uint8).ravel()
        elif kind == 2:
            row = row + before
        elif kind in (3, 4):
            for at in range(wide * step):
                left = int(row[at - step]) if at >= step else 0
                corner = int(before[at - step]) if at >= step else 0
                up = int(before[at])
                guess = (left + up) // 2 if kind == 3 else _paeth(left, up, corner)
                row[at] = (int(row[at]) + guess) % 256
        rows[number] = before = row
    return rows.reshape(tall, wide, step)


def _chunks(png: bytes) -> Iterator[bytes]:
    at = 8
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        if png[at + 4 : at + 8] == b"IDAT":
            yield png[at + 8 : at + 8 + length]
        at += 12 + length


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda value: abs(guess - value))


names = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzABCDEFÄéß-/&' "), min_size=1, max_size=48).filter(str.strip)


@st.composite
def ladders(draw: st.DrawFn) -> LadderChart:
    """Any ladder: up to five levels, some empty, up to 24 roles, moves in all directions and circles."""
    levels = tuple(draw(st.lists(names, min_size=1, max_size=5)))
    count = draw(st.integers(1, 24))
    boxes = tuple(
        Box(
            f"role-{number}",
            draw(names),
            draw(st.integers(0, len(levels) - 1)),
            tuple(draw(st.lists(names, max_size=3, unique=True))),
        )
        for number in range(count)
    )
    pairs = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)).filter(lambda pair: pair[0] != pair[1])
    moves = [
        Arrow(f"role-{start}", f"role-{end}", draw(st.sampled_from(("up", "across", "bridge"))))
        for start, end in draw(st.lists(pairs, max_size=40, unique=True) if count > 1 else st.just([]))
    ]
    main = main_moves(moves)
    arrows = tuple(Arrow(move.start, move.to, move.kind, main=move in main) for move in moves)
    return LadderChart(draw(names), levels, boxes, arrows)
