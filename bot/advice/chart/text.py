"""The chart in words: all that the picture says and, beyond it, every move. Telegram HTML."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from bot.advice.chart.content import Box
from bot.advice.chart.phrases import Phrases

_HEADING = Markup("<b>{text}</b>")
_ROLE = Markup("• {role}")
_MOVES = Markup("  → {kind}: {names}")


def chart_text(phrases: Phrases) -> Markup:
    """The whole chart, the lowest level first: each role, and where it leads by each kind of move."""
    example = min(phrases.ladder.boxes, key=lambda box: box.level).name
    ask = Markup.escape(phrases.texts["chart_ask"].format(role=example))
    return Markup("\n").join([*chart_heading(phrases), *_levels(phrases), ask])


def chart_heading(phrases: Phrases) -> Iterator[Markup]:
    """The title, and for one person what stands below the map of the picture."""
    yield _HEADING.format(text=phrases.title)
    panel = phrases.panel()
    if panel is None:
        return
    for item in panel.items:
        yield _ROLE.format(role=item.line)
    yield from (Markup.escape(line) for line in panel.lines)
    if panel.held:
        yield Markup.escape(phrases.held(panel.held))


def _levels(phrases: Phrases) -> Iterator[Markup]:
    for number, name in enumerate(phrases.ladder.levels):
        yield _HEADING.format(text=name)
        for box in phrases.ladder.boxes:
            if box.level == number:
                yield _ROLE.format(role=_role(phrases, box))
                for kind, names in phrases.moves(box.id):
                    yield _MOVES.format(kind=kind, names=", ".join(names))


def _role(phrases: Phrases, box: Box) -> str:
    """A role with what ads name most, and with what marks it as the person's own."""
    asked = f" ({', '.join(box.certifications)})" if box.certifications else ""
    badges = phrases.badges(box.id)
    return f"{box.name}{asked}{': ' if badges else ''}{', '.join(badges)}"


def chart_caption(phrases: Phrases) -> str:
    """The picture in a sentence or two, as plain text: its alternative for who cannot see it."""
    ladder, texts, journey = phrases.ladder, phrases.texts, phrases.journey
    sentences = []
    panel = phrases.panel()
    if journey is not None and panel is not None:
        if journey.goal:
            sentences += [f"{text}." for text in (panel.title, *(item.line for item in panel.items))]
        if journey.here is not None:
            sentences.append(texts["chart_alt_here"].format(role=ladder.box(journey.here).name))
    lowest, highest = (ladder.levels[level] for level in _ends(phrases))
    whole = texts["chart_alt"].format(
        field=ladder.field,
        roles=len(ladder.boxes),
        count=len(ladder.levels),
        first=lowest,
        last=highest,
        moves=len(ladder.arrows),
    )
    return " ".join([*sentences, whole])


def _ends(phrases: Phrases) -> tuple[int, int]:
    """The lowest and the highest level on which there is anybody."""
    levels = [box.level for box in phrases.ladder.boxes]
    return min(levels), max(levels)
