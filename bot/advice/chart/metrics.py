"""How wide text is in the bundled fonts, and where to break it.

Widths are read from the font files themselves (the OpenType tables `cmap`, `hhea`, `hmtx`:
https://learn.microsoft.com/typography/opentype/spec/), so what is measured is what is drawn.
Kerning is left out; it makes text narrower by a hair, hardly ever wider.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

FontWeight = Literal["regular", "bold"]

FAMILY = "Source Sans Pro"
FONTS = Path(__file__).parent / "fonts"
FILES: Mapping[FontWeight, Path] = {
    "regular": FONTS / "SourceSansPro-Regular.ttf",
    "bold": FONTS / "SourceSansPro-Semibold.ttf",
}
_UNICODE_BMP = ((3, 1), (0, 3), (0, 4))  # platform and encoding of the subtables that hold Unicode
_FORMAT_SEGMENTS = 4
_BREAK_AFTER = "-/"  # a word may also end here


@cache
def advances(weight: FontWeight) -> Mapping[str, float]:
    """The width of every character of a font, in shares of the font size."""
    data = FILES[weight].read_bytes()
    tables = _tables(data)
    units = struct.unpack_from(">H", data, tables["head"] + 18)[0]
    count = struct.unpack_from(">H", data, tables["hhea"] + 34)[0]
    widths = struct.unpack_from(">" + "Hh" * count, data, tables["hmtx"])[::2]
    return {
        letter: widths[min(glyph, count - 1)] / units for letter, glyph in _characters(data, tables["cmap"]) if glyph
    }


def _tables(data: bytes) -> dict[str, int]:
    count = struct.unpack_from(">H", data, 4)[0]
    records = (struct.unpack_from(">4sIII", data, 12 + 16 * index) for index in range(count))
    return {tag.decode("ascii"): offset for tag, _, offset, _ in records}


def _characters(data: bytes, cmap: int) -> Iterator[tuple[str, int]]:
    """Every character of the Basic Multilingual Plane with its glyph; 0 means there is none."""
    count = struct.unpack_from(">H", data, cmap + 2)[0]
    records = [struct.unpack_from(">HHI", data, cmap + 4 + 8 * index) for index in range(count)]
    start = next(
        cmap + offset
        for platform, encoding, offset in records
        if (platform, encoding) in _UNICODE_BMP and struct.unpack_from(">H", data, cmap + offset)[0] == _FORMAT_SEGMENTS
    )
    segments = struct.unpack_from(">H", data, start + 6)[0] // 2
    row = f">{segments}H"
    ends = struct.unpack_from(row, data, start + 14)
    firsts = struct.unpack_from(row, data, start + 16 + 2 * segments)
    deltas = struct.unpack_from(row, data, start + 16 + 4 * segments)
    offsets_at = start + 16 + 6 * segments
    offsets = struct.unpack_from(row, data, offsets_at)
    for index, (first, end, delta, offset) in enumerate(zip(firsts, ends, deltas, offsets, strict=True)):
        for code in range(first, min(end, 0xFFFE) + 1):
            glyph = code
            if offset:
                glyph = struct.unpack_from(">H", data, offsets_at + 2 * index + offset + 2 * (code - first))[0]
            yield chr(code), (glyph + delta) % 0x10000 if glyph or not offset else 0


def missing(text: str, weight: FontWeight) -> set[str]:
    """The characters of a text that the font cannot draw."""
    return set(text) - advances(weight).keys()


def width(text: str, size: float, weight: FontWeight = "regular") -> float:
    """How wide a line is at a font size, in the same unit; an unknown character counts as a full em."""
    known = advances(weight)
    return size * sum(known.get(letter, 1.0) for letter in text)


def wrap(text: str, size: float, limit: float, weight: FontWeight = "regular") -> tuple[str, ...]:
    """The text in lines no wider than `limit`: broken between words, a longer word by a hyphen."""
    lines: list[str] = []
    line = ""
    for piece, glue in _pieces(text):
        joined = f"{line}{glue}{piece}" if line else piece
        if width(joined, size, weight) <= limit:
            line = joined
            continue
        if line:
            lines.append(line)
        *full, line = _split(piece, size, limit, weight)
        lines += full
    return (*lines, line) if line else tuple(lines)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """What may not be broken, each with what stands before it in a line."""
    for word in text.split():
        glue, start = " ", 0
        for index, letter in enumerate(word[:-1], 1):
            if letter in _BREAK_AFTER:
                yield word[start:index], glue
                glue, start = "", index
        yield word[start:], glue


def _split(word: str, size: float, limit: float, weight: FontWeight) -> list[str]:
    """A word in parts that fit, each but the last with a hyphen; at least one letter a part."""
    parts, rest = [], word
    while width(rest, size, weight) > limit and len(rest) > 1:
        cut = len(rest) - 1
        while cut > 1 and width(f"{rest[:cut]}-", size, weight) > limit:
            cut -= 1
        parts.append(f"{rest[:cut]}-")
        rest = rest[cut:]
    return [*parts, rest]
