"""The career chart as a picture: title, map, the person's panel, legend, one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from bot.advice.chart.arrangement import arrange
from bot.advice.chart.canvas import Canvas
from bot.advice.chart.cards import TICK, card
from bot.advice.chart.columns import MARGIN
from bot.advice.chart.content import KINDS, Arrow
from bot.advice.chart.geometry import SMALLEST, WIDTH, MeasuredText, Point, Rect, words
from bot.advice.chart.journey import Journey
from bot.advice.chart.layout import Layout, lay_out
from bot.advice.chart.phrases import Panel, Phrases
from bot.advice.chart.theme import Theme
from bot.knowledge.model import MoveKind

TITLE_SIZE = 30
NAME_SIZE = 24
GAP = 14
DISC = 17  # radius of a stop's number
SAMPLE = 46  # length of a line in the legend
DASHES: dict[MoveKind, str] = {"up": "", "across": "10 6", "bridge": "0 6.5"}
THICKNESS: dict[MoveKind, float] = {"up": 2.2, "across": 2.2, "bridge": 3.4}
OWN_THICKNESS = 5.0
OWN_DASHES: dict[MoveKind, str] = {"up": "", "across": "14 8", "bridge": "0 9"}
_INNER = WIDTH - 2 * MARGIN


def draw_chart(phrases: Phrases, theme: Theme, caption: str) -> str:
    """The chart as an SVG document; `caption` says in words what it shows."""
    canvas = Canvas(theme.page)
    title = words(phrases.title, _INNER, TITLE_SIZE, "bold")
    canvas.words(title, (MARGIN, GAP), theme.text)
    y = GAP + title.height + GAP
    y += _map(canvas, phrases, y, theme) + GAP
    panel = phrases.panel()
    if panel is not None:
        y = _panel(canvas, panel, y, theme, phrases) + GAP
    y = _legend(canvas, phrases, y, theme)
    return canvas.svg(y + GAP, caption)


def map_of(phrases: Phrases) -> tuple[Layout, dict[str, float]]:
    """The layout of the map for this person, and the height each box needs."""
    ladder, journey = phrases.ladder, phrases.journey
    held = journey.certificates if journey else frozenset()
    cards = {box.id: card(box, phrases.badges(box.id), held) for box in ladder.boxes}
    heights = {role: item.height for role, item in cards.items()}
    own = journey.arrows(ladder) if journey else ()
    arrows = [*ladder.main, *(arrow for arrow in own if not arrow.main)]
    return lay_out(ladder, arrange(ladder), heights, arrows, own), heights


def _map(canvas: Canvas, phrases: Phrases, y: float, theme: Theme) -> float:
    """Draw the map `y` pixels down; its height is returned."""
    layout, _ = map_of(phrases)
    journey = phrases.journey
    held = journey.certificates if journey else frozenset()
    for number, band in enumerate(layout.bands):
        canvas.rect(_down(band.area, y), theme.bands[number % len(theme.bands)])
        canvas.words(band.name, (band.label.x, band.label.y + y), theme.text)
    own = set(journey.arrows(phrases.ladder)) if journey else set()
    for line in sorted(layout.lines, key=lambda line: line.arrow in own):
        points = [(px, py + y) for px, py in line.drawn]
        _arrow(canvas, points, line.arrow, theme, own=_emphasis(line.arrow, own, journey), head=line.head)
    for box in phrases.ladder.boxes:
        card(box, phrases.badges(box.id), held).draw(canvas, _down(layout.boxes[box.id], y), theme)
    return layout.height


def _emphasis(arrow: Arrow, own: set[Arrow], journey: Journey | None) -> bool | None:
    """True: the person's way. False: not theirs, so it steps back. None: nobody's chart."""
    if journey is None or not own:
        return None
    return arrow in own


def _arrow(
    canvas: Canvas, points: Sequence[Point], arrow: Arrow, theme: Theme, *, own: bool | None, head: bool
) -> None:
    kind = arrow.kind
    if own:
        canvas.line(points, theme.accent, thick=OWN_THICKNESS, dash=OWN_DASHES[kind], head=head)
    else:
        colour = theme.moves[kind] if own is None else theme.quiet_line
        canvas.line(points, colour, thick=THICKNESS[kind], dash=DASHES[kind], head=head)


def _down(area: Rect, y: float) -> Rect:
    return Rect(area.x, area.y + y, area.width, area.height)


def _panel(canvas: Canvas, panel: Panel, y: float, theme: Theme, phrases: Phrases) -> float:
    """Draw the person's own part; the y below it is returned."""
    indent = MARGIN + (2 * DISC + GAP if any(item.number for item in panel.items) else 0)
    for item in panel.items:
        if item.number is not None:
            digits = MeasuredText((str(item.number),), SMALLEST, "bold")
            disc = Rect(MARGIN, y, 2 * DISC, 2 * DISC)
            canvas.rect(disc, theme.accent, radius=DISC)
            canvas.words(digits, (disc.centre[0], disc.centre[1] - digits.height / 2), theme.on_accent, middle=True)
        limit = WIDTH - MARGIN - indent
        for part, colour in (
            (words(item.name, limit, NAME_SIZE, "bold" if item.detail else "regular"), theme.text),
            (words(item.detail, limit), theme.quiet),
        ):
            canvas.words(part, (indent, y), colour)
            y += part.height
        y += GAP / 2
    for line in panel.lines:
        part = words(line, _INNER)
        canvas.words(part, (MARGIN, y), theme.quiet)
        y += part.height
    if panel.held:
        canvas.tick((MARGIN, y + 4), TICK, theme.done)
        part = words(phrases.held(panel.held), _INNER - TICK - GAP / 2)
        canvas.words(part, (MARGIN + TICK + GAP / 2, y), theme.text)
        y += part.height
    return y


def _legend(canvas: Canvas, phrases: Phrases, y: float, theme: Theme) -> float:
    """Draw what the styles mean; the y below it is returned."""
    drawn = {arrow.kind for arrow in phrases.ladder.arrows}
    # Beside somebody's way every other move steps back, and so do its colours here.
    colours = dict.fromkeys(KINDS, theme.quiet_line) if phrases.own else theme.moves
    samples = [(phrases.kind(kind), colours[kind], THICKNESS[kind], DASHES[kind]) for kind in KINDS if kind in drawn]
    if phrases.own:
        samples.append((phrases.own, theme.accent, OWN_THICKNESS, ""))
    x: float = MARGIN
    for name, colour, thick, dash in samples:
        label = MeasuredText((name,), SMALLEST)
        needed = SAMPLE + GAP / 2 + label.width
        if x > MARGIN and x + needed > WIDTH - MARGIN:
            x, y = MARGIN, y + label.height
        middle = y + label.height / 2
        canvas.line([(x, middle), (x + SAMPLE, middle)], colour, thick=thick, dash=dash)
        canvas.words(label, (x + SAMPLE + GAP / 2, y), theme.text)
        x += needed + GAP + GAP / 2
    y += MeasuredText(("",), SMALLEST).height + GAP / 2
    notes = words(" ".join(phrases.notes), _INNER)
    canvas.words(notes, (MARGIN, y), theme.quiet)
    return y + notes.height
