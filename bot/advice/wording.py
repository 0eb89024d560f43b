"""From facts to Telegram HTML: templates, dates, doubt in words, the source line."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from jinja2 import DictLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Confidence, Fact, Label, Requirement, Sourced

MONTHS = 12
MONTH_LENGTH = len("2026-11")


@dataclass(frozen=True)
class Said:
    """One sentence of an answer with its origin. `label` says which of the three it falls under."""

    text: str
    confidence: Confidence = "high"
    note: str | None = None
    source: str | None = None
    as_of: str | None = None
    known: bool = True
    assumption: bool = False
    label: Label | None = None


@dataclass(frozen=True)
class Cited:
    """A source as the `ask` contract shows it. Dates are ISO; `as_of` may be just a year or month."""

    title: str
    url: str
    as_of: str | None
    read: str


def said(record: Fact | Requirement, label: Label | None = None) -> Said:
    """A fact or requirement as a sentence that remembers where it comes from."""
    return Said(
        text=record.say,
        confidence=record.confidence,
        note=record.note,
        source=record.source,
        as_of=record.as_of,
        known=record.known if isinstance(record, Fact) else True,
        assumption=record.assumption,
        label=label,
    )


def sourced(text: str, origin: Sourced | None) -> Said:
    """A sentence made from a record's values, with the origin of that record."""
    if origin is None:
        return Said(text)
    return Said(text, origin.confidence, source=origin.source, as_of=origin.as_of, assumption=origin.assumption)


def month(day: date | str) -> str:
    """A date for people: `2026-11-01` → `Nov 2026`, `2026` → `2026`, `2025-35` as it stands."""
    text = day.isoformat() if isinstance(day, date) else day
    year, _, rest = text.partition("-")
    if len(text) < MONTH_LENGTH or not 1 <= int(rest[:2]) <= MONTHS:
        return text
    return f"{date(int(year), int(rest[:2]), 1):%b} {year}"


def cite(base: KnowledgeBase, sentences: Iterable[Said]) -> tuple[Cited, ...]:
    """The sources of some sentences, in order, each page with each date once."""
    found = {}
    for sentence in sentences:
        if sentence.source is None:
            continue
        source = base.sources[sentence.source]
        as_of = sentence.as_of or source.as_of
        found[(source.url, as_of)] = Cited(
            f"{source.publisher}: {source.title}", source.url, as_of, source.read.isoformat()
        )
    return tuple(found.values())


class Wording:
    """Renders the templates and sentences of one knowledge base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        # Templates are content that an editor may change: sandboxed, and every missing name an error.
        self.environment = ImmutableSandboxedEnvironment(
            loader=DictLoader(dict(base.answers)),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.filters["doubt"] = self.doubt
        self.environment.globals["text"] = self.text

    def text(self, key: str, **slots: object) -> Markup:
        """A sentence of `texts.yaml` as HTML; slots are escaped unless they are markup already."""
        template = Markup(self.base.texts.texts[key])  # noqa: S704 - our own content; slots are escaped by format
        return template.format(**slots) if slots else template

    def doubt(self, sentence: Said) -> str:
        """What to add to a sentence that is not checked at its issuer's own page: words or nothing."""
        if sentence.assumption and sentence.known:
            return str(self.base.texts.texts["doubt_assumption"])
        if sentence.confidence == "high" or not sentence.known:
            return ""
        words = self.base.texts.texts[f"doubt_{sentence.confidence}"]
        already = sentence.confidence == "medium" and re.search(r"\breported\b", sentence.text)
        return "" if already else str(words)

    def source_line(self, sentences: Iterable[Said], today: date) -> Markup:
        """One line: publisher, date of the figure, date read; a warning past the re-check date."""
        parts: dict[str, Markup] = {}
        for sentence in sentences:
            if sentence.source is None:
                continue
            source = self.base.sources[sentence.source]
            as_of = sentence.as_of or source.as_of
            key = "source_dated" if as_of else "source_undated"
            link = Markup('<a href="{url}">{publisher}</a>').format(url=source.url, publisher=source.publisher)
            part = self.text(key, publisher=link, as_of=month(as_of) if as_of else "", read=month(source.read))
            if today > source.recheck:
                part = self.text("source_stale", source=part)
            parts.setdefault(re.sub(r' href="[^"]*"', "", str(part)), part)
        return self.text("sources", sources=Markup("; ").join(parts.values())) if parts else Markup("")

    def render(self, template: str, **values: Any) -> Markup:
        """A template of `en/answers/`; runs of blank lines and trailing space are tidied."""
        rendered = self.environment.get_template(template).render(**values)
        lines = [re.sub(r"[ \t]+", " ", line).strip() for line in rendered.splitlines()]
        return Markup("\n".join(line for line in lines if line))  # noqa: S704 - rendered with autoescape


_TAG = re.compile(r"<[^>]+>")


@lru_cache(maxsize=1024)
def plain(markup: str) -> str:
    """Telegram HTML → plain text."""
    return html.unescape(_TAG.sub("", markup))
