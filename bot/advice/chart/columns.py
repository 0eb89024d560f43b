"""Across the picture: columns of boxes, and the gutters between and beside them, in pixels."""

from __future__ import annotations

from bot.advice.chart.geometry import WIDTH
from bot.advice.chart.placing import COLUMNS

MARGIN = 28
GUTTER = 38
BOX_WIDTH = (WIDTH - 2 * MARGIN - (COLUMNS - 1) * GUTTER) / COLUMNS
CORNER = 18  # no arrow meets a box nearer to its corner


def left(column: int) -> float:
    """The left edge of a column of boxes."""
    return MARGIN + column * (BOX_WIDTH + GUTTER)


def span(slot: int) -> tuple[float, float]:
    """Where vertical lines may be in a slot."""
    if slot % 2:
        return left(slot // 2) + CORNER, left(slot // 2) + BOX_WIDTH - CORNER
    gutter = slot // 2
    start = 0.0 if gutter == 0 else left(gutter - 1) + BOX_WIDTH
    return start, WIDTH if gutter == COLUMNS else left(gutter)
