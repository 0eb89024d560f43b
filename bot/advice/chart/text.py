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
        number = f"{item.number}. " if item.number is not None else ""
        detail = f": {item.detail}" if item.detail else ""
        yield _ROLE.format(role=f"{number}{item.name}{detail}")
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
    lowest = min(box.level for box in ladder.boxes)
    highest = max(box.level for box in ladder.boxes)
    sentences = [
        texts["chart_alt"].format(
            field=ladder.field,
            roles=len(ladder.boxes),
            count=len(ladder.levels),
            first=ladder.levels[lowest],
            last=ladder.levels[highest],
            moves=len(ladder.arrows),
        )
    ]
    if journey is not None and journey.here is not None:
        sentences.append(texts["chart_alt_here"].format(role=ladder.box(journey.here).name))
    panel = phrases.panel()
    if panel is not None and journey is not None and journey.goal:
        steps = "; ".join(
            f"{item.number}. {item.name} ({item.detail})" if item.number else f"{item.name} ({item.detail})"
            for item in panel.items
        )
        sentences.append(f"{panel.title}{': ' if steps else ''}{steps}")
    return " ".join(sentences)
