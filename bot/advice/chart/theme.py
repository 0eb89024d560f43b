"""Colours, light and dark. Every text has a contrast of at least 4.5:1 to what lies behind it.

https://www.w3.org/TR/WCAG22/#contrast-minimum for text; lines and shapes keep 3:1, see
https://www.w3.org/TR/WCAG22/#non-text-contrast. Colour never says anything that a line style, a
shape or a word does not say too. Nothing is red: what is late or missing is no fault.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.knowledge.model import MoveKind

ThemeName = Literal["light", "dark"]

_DARKEST = 0.04045  # below it sRGB is linear, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance


@dataclass(frozen=True)
class Theme:
    """Colours as `#rrggbb`. `bands` take turns from the lowest level up; `moves` are by kind.

    `quiet` is for what matters less, `accent` with `on_accent` for the person's own way, `done`
    with `on_done` for what is behind them.
    """

    page: str
    bands: tuple[str, ...]
    box: str
    edge: str
    text: str
    quiet: str
    quiet_line: str
    moves: Mapping[MoveKind, str]
    accent: str
    on_accent: str
    own_box: str
    done: str
    on_done: str


THEMES: Mapping[ThemeName, Theme] = {
    "light": Theme(
        page="#ffffff",
        bands=("#eef3f9", "#e4ecf6", "#d9e5f3"),
        box="#ffffff",
        edge="#6b7f99",
        text="#14202e",
        quiet="#465468",
        quiet_line="#66758a",
        moves={"up": "#1f4e8c", "across": "#8a4600", "bridge": "#6a2f9c"},
        accent="#00696b",
        on_accent="#ffffff",
        own_box="#e3f4f2",
        done="#4a5a6e",
        on_done="#ffffff",
    ),
    "dark": Theme(
        page="#0e1520",
        bands=("#151f2d", "#1a2636", "#1f2d40"),
        box="#2a3a50",
        edge="#8fa3bd",
        text="#f2f6fb",
        quiet="#c0ccdb",
        quiet_line="#74879f",
        moves={"up": "#8ec1ff", "across": "#f3b661", "bridge": "#d3a8ff"},
        accent="#4fd6d0",
        on_accent="#04201f",
        own_box="#173b3f",
        done="#b4c1d0",
        on_done="#0e1520",
    ),
}


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21, by the formula of WCAG 2.2."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (s / 12.92 if s <= _DARKEST else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
