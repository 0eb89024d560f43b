"""The timeline as a picture: a step's words, below them its bar on a scale that all steps share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from bot.advice.chart.canvas import Canvas
from bot.advice.chart.columns import MARGIN
from bot.advice.chart.geometry import SMALLEST, WIDTH, MeasuredText, Rect, words
from bot.advice.chart.metrics import width
from bot.advice.chart.theme import Theme
from bot.advice.chart.timeline import Bar, PlanTimeline, TimelineWords

TITLE_SIZE = 30
STEP_SIZE = 24
GAP = 12
BAR_HEIGHT = 20
RADIUS = 5
SHORTEST = 10  # of a bar that lasts some days
DIAMOND = 11
TICK = 18
DISC = 17
LABEL_GAP = 14  # between two dates of the scale
STEPS = (1, 2, 3, 6, 12, 24, 60, 120)  # months from one date of the scale to the next
_INNER = WIDTH - 2 * MARGIN
_LEFT, _RIGHT = MARGIN + DIAMOND, WIDTH - MARGIN - DIAMOND


class _Scale:
    """Days as x."""

    def __init__(self, timeline: PlanTimeline) -> None:
        self.start, self.end = timeline.start, timeline.end
        self.days = max(1, (self.end - self.start).days)
        today = timeline.today
        self.today = self.x(today) if today is not None and self.start <= today <= self.end else None

    def x(self, day: date) -> float:
        """Where a day is."""
        return _LEFT + (_RIGHT - _LEFT) * (day - self.start).days / self.days

    def marks(self) -> list[tuple[float, str]]:
        """First days of months with their names, as many as can be read."""
        for months in STEPS:
            found = [(self.x(day), f"{day:%b %Y}") for day in _firsts(self.start, self.end, months)]
            widest = max((width(name, SMALLEST) for _, name in found), default=0.0)
            gaps = [right - left for (left, _), (right, _) in pairwise(found)]
            if all(gap >= widest + LABEL_GAP for gap in gaps):
                return found
        return found[:1]


def _firsts(start: date, end: date, months: int) -> Iterator[date]:
    """First days of every so many months between two days; years begin a row."""
    number = start.year * 12 + start.month - 1 + (start.day > 1)
    number += -number % months
    while (day := date(number // 12, number % 12 + 1, 1)) <= end:
        yield day
        number += months


def draw_timeline(phrases: TimelineWords, theme: Theme) -> str:
    """The timeline as an SVG document."""
    timeline = phrases.timeline
    canvas = Canvas(theme.page)
    y: float = GAP
    for part, colour in (
        (words(phrases.title, _INNER, TITLE_SIZE, "bold"), theme.text),
        (words(phrases.span, _INNER), theme.quiet),
    ):
        canvas.words(part, (MARGIN, y), colour)
        y += part.height
    y += GAP
    scale = _Scale(timeline)
    heights = [_height(phrases, bar) for bar in timeline.bars]
    top = y + MeasuredText(("",), SMALLEST).height + GAP / 2
    ticks = _scale_dates(canvas, phrases, scale, y, theme)
    canvas.rect(Rect(0, top, WIDTH, sum(heights) + GAP), theme.bands[0])
    y = top
    for number, bar, height in zip(timeline.numbers, timeline.bars, heights, strict=True):
        _step(canvas, phrases, number, bar, y, scale, ticks, theme)
        y += height
    y += GAP
    if phrases.overlaps:
        note = words(phrases.texts["timeline_note"], _INNER)
        canvas.words(note, (MARGIN, y + GAP), theme.quiet)
        y += GAP + note.height
    return canvas.svg(y + GAP, phrases.caption())


def _texts(phrases: TimelineWords, bar: Bar) -> tuple[MeasuredText, MeasuredText]:
    limit = _INNER - 2 * DISC - GAP
    return words(bar.title, limit, STEP_SIZE, "bold"), words(phrases.dates(bar), limit)


def _height(phrases: TimelineWords, bar: Bar) -> float:
    return _words_height(phrases, bar) + BAR_HEIGHT + 3 * GAP


def _words_height(phrases: TimelineWords, bar: Bar) -> float:
    return max(2 * DISC, sum(part.height for part in _texts(phrases, bar)))


def _scale_dates(canvas: Canvas, phrases: TimelineWords, scale: _Scale, y: float, theme: Theme) -> list[float]:
    """The dates above the bars, and where they stand: today comes first where there is room for one only, and what
    has no date above it has no tick below."""
    taken: list[tuple[float, float]] = []
    ticks: list[float] = []
    names = [(x, name, theme.quiet) for x, name in scale.marks()]
    if scale.today is not None:
        names.insert(0, (scale.today, phrases.texts["timeline_today"], theme.text))
    for x, name, colour in names:
        left, right = _extent(name, x)
        if not any(left - LABEL_GAP < end and start < right + LABEL_GAP for start, end in taken):
            canvas.words(MeasuredText((name,), SMALLEST), (left, y), colour)
            taken.append((left, right))
            if x != scale.today:
                ticks.append(x)
    return ticks


def _extent(name: str, x: float) -> tuple[float, float]:
    """Where a date stands: around x, within the margins."""
    wide = width(name, SMALLEST)
    left = min(max(x - wide / 2, MARGIN), WIDTH - MARGIN - wide)
    return left, left + wide


def _step(
    canvas: Canvas,
    phrases: TimelineWords,
    number: int | None,
    bar: Bar,
    y: float,
    scale: _Scale,
    ticks: Sequence[float],
    theme: Theme,
) -> None:
    """A step's number, title, dates and bar."""
    y += GAP
    disc = Rect(MARGIN, y, 2 * DISC, 2 * DISC)
    fill, ink = (theme.done, theme.on_done) if bar.state == "done" else (theme.accent, theme.on_accent)
    if bar.state == "skipped":
        fill, ink = theme.quiet, theme.page
    canvas.rect(disc, fill, radius=DISC)
    if number is not None:
        digits = MeasuredText((str(number),), SMALLEST, "bold")
        canvas.words(digits, (disc.centre[0], disc.centre[1] - digits.height / 2), ink, middle=True)
    elif bar.state == "done":
        canvas.tick((disc.centre[0] - TICK / 2, disc.centre[1] - TICK / 2), TICK, ink)
    top = y
    for part, colour in zip(_texts(phrases, bar), (theme.text, theme.quiet), strict=True):
        canvas.words(part, (disc.right + GAP, top), colour)
        top += part.height
    _bar(canvas, bar, y + _words_height(phrases, bar) + GAP / 2, scale, ticks, theme)


def _bar(canvas: Canvas, bar: Bar, y: float, scale: _Scale, ticks: Sequence[float], theme: Theme) -> None:
    """A bar on its track, by its state: ticked where done, hollow where skipped, filled so far where doing."""
    canvas.rect(Rect(MARGIN, y, _INNER, BAR_HEIGHT), theme.bands[-1], radius=RADIUS)
    for tick in ticks:
        canvas.line([(tick, y), (tick, y + BAR_HEIGHT)], theme.quiet_line, thick=1.5, head=False)
    colour = {"done": theme.done, "skipped": theme.quiet}.get(bar.state, theme.accent)
    hollow = bar.state in ("skipped", "doing")
    x, end = scale.x(bar.start), scale.x(bar.end)
    if bar.start == bar.end:
        canvas.diamond((x, y + BAR_HEIGHT / 2), DIAMOND, theme.page if hollow else colour, colour)
    else:
        area = Rect(x, y, max(end - x, SHORTEST), BAR_HEIGHT)
        canvas.rect(area, theme.page if hollow else colour, radius=RADIUS, edge=colour, thick=2.5)
        if bar.state == "doing" and scale.today is not None and scale.today > x:
            canvas.rect(Rect(x, y, min(scale.today, area.right) - x, BAR_HEIGHT), colour, radius=RADIUS)
        if bar.state == "done" and area.width > TICK + GAP:
            canvas.tick((area.centre[0] - TICK / 2, y + 1), TICK, theme.on_done)
    if scale.today is not None:
        reach = BAR_HEIGHT / 2
        canvas.line(
            [(scale.today, y - reach / 2), (scale.today, y + BAR_HEIGHT + reach / 2)], theme.text, thick=3, head=False
        )
