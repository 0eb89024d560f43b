"""What is written into the box of a role: its name, what ads name most, and marks of the person's own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.advice.chart.canvas import Canvas
from bot.advice.chart.columns import BOX_WIDTH
from bot.advice.chart.content import Box
from bot.advice.chart.geometry import SMALLEST, MeasuredText, Rect, words
from bot.advice.chart.metrics import width
from bot.advice.chart.theme import Theme

PADDING = 12
NAME_SIZE = 24
BADGE_RADIUS = 15
BADGE_PADDING = 10
GAP = 6
TICK = 18
TICK_GAP = 3
RADIUS = 10
_BETWEEN = " · "
_INNER = BOX_WIDTH - 2 * PADDING


@dataclass(frozen=True)
class HeldMark:
    """A certification below a name, with a check mark where the person holds it."""

    text: str
    held: bool

    @property
    def width(self) -> float:
        """On its line."""
        return width(self.text, SMALLEST) + (TICK + TICK_GAP if self.held else 0)


@dataclass(frozen=True)
class Card:
    """The content of a box from top to bottom; `own` boxes belong to the person's way."""

    badges: tuple[MeasuredText, ...]
    name: MeasuredText
    marks: tuple[tuple[HeldMark, ...], ...]
    own: bool

    @property
    def height(self) -> float:
        """Of the box, with its padding."""
        badges = sum(_pill_height(badge) + GAP for badge in self.badges)
        return badges + self.name.height + self._marks_height + 2 * PADDING

    @property
    def _marks_height(self) -> float:
        return MeasuredText(("",) * len(self.marks), SMALLEST).height

    def draw(self, canvas: Canvas, area: Rect, theme: Theme) -> None:
        """Draw the box into `area`; what is left of its height goes above and below."""
        edge, thick = (theme.accent, 3.0) if self.own else (theme.edge, 1.5)
        canvas.rect(area, theme.own_box if self.own else theme.box, radius=RADIUS, edge=edge, thick=thick)
        middle = area.centre[0]
        y = area.y + (area.height - self.height) / 2 + PADDING
        for badge in self.badges:
            wide, tall = badge.width + 2 * BADGE_PADDING, _pill_height(badge)
            canvas.rect(Rect(middle - wide / 2, y, wide, tall), theme.accent, radius=BADGE_RADIUS)
            canvas.words(badge, (middle, y + (tall - badge.height) / 2), theme.on_accent, middle=True)
            y += tall + GAP
        canvas.words(self.name, (middle, y), theme.text, middle=True)
        y += self.name.height
        for line in self.marks:
            _draw_marks(canvas, line, (middle, y), theme)
            y += MeasuredText(("",), SMALLEST).height


def _pill_height(badge: MeasuredText) -> float:
    return badge.height + 4


def _draw_marks(canvas: Canvas, marks: Sequence[HeldMark], at: tuple[float, float], theme: Theme) -> None:
    """A line of marks, centred; one text where nothing is ticked."""
    x, y = at[0] - _line_width(marks) / 2, at[1]
    if not any(mark.held for mark in marks):
        text = MeasuredText((_BETWEEN.join(mark.text for mark in marks),), SMALLEST)
        canvas.words(text, (x, y), theme.quiet)
        return
    for number, mark in enumerate(marks):
        if number:
            canvas.words(MeasuredText((_BETWEEN.strip(),), SMALLEST), (x + width(" ", SMALLEST), y), theme.quiet)
            x += width(_BETWEEN, SMALLEST)
        if mark.held:
            canvas.tick((x, y + 5), TICK, theme.done)
        canvas.words(MeasuredText((mark.text,), SMALLEST), (x + (TICK + TICK_GAP if mark.held else 0), y), theme.quiet)
        x += mark.width


def _line_width(marks: Sequence[HeldMark]) -> float:
    return sum(mark.width for mark in marks) + width(_BETWEEN, SMALLEST) * (len(marks) - 1)


def card(box: Box, badges: Sequence[str] = (), held: Collection[str] = ()) -> Card:
    """The content of a role's box. Certifications are named as far as one line holds them."""
    return Card(
        badges=_badges(badges),
        name=words(box.name, _INNER, NAME_SIZE, "bold"),
        marks=_marks(box.certifications, held),
        own=bool(badges),
    )


def _badges(badges: Sequence[str]) -> tuple[MeasuredText, ...]:
    """All in one where they fit side by side."""
    together = MeasuredText((_BETWEEN.join(badges),), SMALLEST, "bold")
    if badges and together.width + 2 * BADGE_PADDING <= _INNER:
        return (together,)
    return tuple(words(badge, _INNER - 2 * BADGE_PADDING, SMALLEST, "bold") for badge in badges)


def _marks(certifications: Sequence[str], held: Collection[str]) -> tuple[tuple[HeldMark, ...], ...]:
    found = [HeldMark(name, name in held) for name in certifications]
    while len(found) > 1 and _line_width(found) > _INNER:
        # What the person holds stays longest.
        found.remove(next((mark for mark in reversed(found) if not mark.held), found[-1]))
    if found and _line_width(found) > _INNER:
        # A single long name is broken rather than cut; its check mark stands on the first line.
        lines = words(found[0].text, _INNER - TICK - TICK_GAP).lines
        return tuple((HeldMark(line, found[0].held and not at),) for at, line in enumerate(lines))
    return (tuple(found),) if found else ()
