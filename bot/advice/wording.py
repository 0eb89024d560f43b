"""From facts to Telegram HTML: templates, dates, doubt in words, the source line."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from jinja2 import DictLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Fact, Label, Publisher, Requirement, Sourced, Standing
from bot.knowledge.standing import standing

MONTHS = 12
MARKS = (", ", ". ", ": ")  # what parts a yes or no from what follows it
MONTH_LENGTH = len("2026-11")


@dataclass(frozen=True)
class Said:
    """One sentence of an answer with its origin. `label` says which of the three it falls under; `begins` is the word
    before it that answers a question which wants yes or no; `bare`: the sentence has such a word of its own, which
    answers another question than was asked and is left out. `of` names what it speaks of, where it stands among
    sentences on something else.

    `whose` is the publisher whose figure or rule it is, where that is not the publisher of the page. `also` are
    further sources that it stands on.
    """

    text: str
    note: str | None = None
    source: str | None = None
    also: tuple[str, ...] = ()
    whose: str | None = None
    as_of: str | None = None
    known: bool = True
    assumption: bool = False
    label: Label | None = None
    begins: str = ""
    bare: bool = False
    of: str = ""


@dataclass(frozen=True)
class Cited:
    """A source as the `ask` contract shows it. Dates are ISO; `as_of` may be just a year or month.

    `url` is the original's address where a copy, `copied_at`, was read. `publisher` and `whose` are names.
    """

    title: str
    url: str
    publisher: str
    kind: str
    standing: Standing
    whose: str
    as_of: str | None
    read: str
    copied_at: str | None = None

    def contract(self) -> dict[str, str | None]:
        """The source as a plan's contract shows it."""
        return {name: value for name, value in asdict(self).items() if name != "copied_at"}


def said(record: Fact | Requirement, label: Label | None = None) -> Said:
    """A fact or requirement as a sentence that remembers where it comes from."""
    return Said(
        text=record.say,
        note=record.note,
        source=record.source,
        also=record.also,
        whose=record.whose,
        as_of=record.as_of,
        known=record.known if isinstance(record, Fact) else True,
        assumption=record.assumption,
        label=label,
    )


def sourced(text: str, origin: Sourced | None) -> Said:
    """A sentence made from a record's values, with the origin of that record."""
    if origin is None:
        return Said(text)
    return Said(text, source=origin.source, whose=origin.whose, as_of=origin.as_of, assumption=origin.assumption)


def month(day: date | str) -> str:
    """A date for people: `2026-11-01` → `Nov 2026`, `2026` → `2026`, `2025-35` as it stands."""
    text = day.isoformat() if isinstance(day, date) else day
    year, _, rest = text.partition("-")
    if len(text) < MONTH_LENGTH or not 1 <= int(rest[:2]) <= MONTHS:
        return text
    return f"{date(int(year), int(rest[:2]), 1):%b} {year}"


def by_page(base: KnowledgeBase, sentences: Iterable[Said]) -> Iterator[Said]:
    """Each sentence once for every page that it stands on. A further page of another body is about that body's own."""
    for sentence in sentences:
        yield sentence
        for page in sentence.also:
            own = base.publisher(page).body is not None and base.sources[page].publisher != sentence.whose
            yield replace(sentence, source=page, as_of=None, whose=None if own else sentence.whose)


def cite(base: KnowledgeBase, sentences: Iterable[Said]) -> tuple[Cited, ...]:
    """The sources of some sentences, in order, each page with each date once."""
    found = {}
    for sentence in by_page(base, sentences):
        if sentence.source is None:
            continue
        source = base.sources[sentence.source]
        page = base.publisher(sentence.source)
        as_of = sentence.as_of or source.as_of
        found[(source.url, sentence.whose, as_of)] = Cited(
            title=source.title,
            url=source.url,
            publisher=page.name,
            kind=page.kind,
            standing=standing(page.kind, source.publisher, sentence.whose),
            whose=base.publishers[sentence.whose or source.publisher].name,
            as_of=as_of,
            read=source.read.isoformat(),
            copied_at=source.copied_at,
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
        self.environment.filters["bare"] = self.bare
        self.environment.globals["text"] = self.text

    def text(self, key: str, **slots: object) -> Markup:
        """A sentence of `texts.yaml` as HTML; slots are escaped unless they are markup already."""
        template = Markup(self.base.texts.texts[key])  # noqa: S704 - our own content; slots are escaped by format
        return template.format(**slots) if slots else template

    def bare(self, text: str) -> str:
        """A sentence without the yes or no at its beginning: where it is no answer to what was asked, that reads as
        one.
        """
        words = (self.base.verdicts.words.get(key, "").strip(" .") for key in ("yes", "no"))
        for word in filter(None, words):
            first, mark, rest = text[: len(word)], text[len(word) : len(word) + 2], text[len(word) + 2 :]
            if first == word and mark in MARKS and rest:
                return rest[0].upper() + rest[1:]
        return text

    def doubt(self, sentence: Said) -> str:
        """What to add to a sentence that was not read at whoever it belongs to: words or nothing."""
        if sentence.assumption and sentence.known:
            return str(self.text("doubt_assumption"))
        if sentence.source is None or not sentence.known:
            return ""
        page = self.base.publisher(sentence.source)
        founded = standing(page.kind, self.base.sources[sentence.source].publisher, sentence.whose)
        if founded == "confirmed" or (founded == "reported" and sentence.whose is None):
            return ""  # the source line names who says so
        if sentence.whose is None:
            return str(self.text("doubt_second_hand", kind=self.text(f"kind_{page.kind}")))
        key = "doubt_reported_of" if founded == "reported" else "doubt_second_hand_of"
        owner = self.base.publishers[sentence.whose]
        return str(self.text(key, whose=owner.short or owner.name))

    def source_line(self, sentences: Iterable[Said], today: date) -> Markup:
        """One line: on whose page, whose figures, their dates, the day they were read; where to check what is
        not confirmed; a warning past the re-check date. A publisher is named once for each it speaks of.
        """
        origins: dict[tuple[str, str | None, bool], list[Said]] = {}
        unsettled: dict[str, Publisher] = {}
        for sentence in by_page(self.base, sentences):
            if sentence.source is None:
                continue
            source = self.base.sources[sentence.source]
            whose = sentence.whose if sentence.whose != source.publisher else None
            origins.setdefault((source.publisher, whose, source.copied_at is None), []).append(sentence)
            if whose is not None:
                unsettled[whose] = self.base.publishers[whose]
        if not origins:
            return Markup("")
        told = Markup("; ").join(self._origin(whose, group, today) for (_, whose, _), group in origins.items())
        if unsettled:
            names = ", ".join(owner.short or owner.name for owner in unsettled.values())
            places = Markup(", ").join(place(owner.check_at) for owner in unsettled.values() if owner.check_at)
            told += self.text("source_check", whose=names, places=places)
        return self.text("sources", sources=told)

    def _origin(self, whose: str | None, sentences: Sequence[Said], today: date) -> Markup:
        """One part of the source line: sentences from pages of one publisher that speak of one owner."""
        sources = [self.base.sources[sentence.source] for sentence in sentences if sentence.source is not None]
        page = self.base.publishers[sources[0].publisher]
        publisher = Markup('<a href="{url}">{name}</a>').format(url=sources[0].url, name=page.name)
        if whose is not None:
            owner, kind = self.base.publishers[whose], self.text(f"kind_{page.kind}")
            publisher = self.text("source_of", publisher=publisher, kind=kind, whose=owner.short or owner.name)
        dates = (sentence.as_of or source.as_of for sentence, source in zip(sentences, sources, strict=True))
        as_of = ", ".join(dict.fromkeys(month(item) for item in dates if item))
        read = Markup(", ").join(dict.fromkeys(month(source.read) for source in sources))
        copy = next((source.copied_at for source in sources if source.copied_at), None)
        if copy is not None:
            copied = Markup('<a href="{url}">{words}</a>').format(url=copy, words=self.text("source_copy"))
            read = self.text("source_copied", copied=copied, read=read)
        key = "source_dated" if as_of else "source_undated"
        part = self.text(key, publisher=publisher, as_of=as_of, read=read)
        stale = any(today > source.recheck for source in sources)
        return self.text("source_stale", source=part) if stale else part

    def render(self, template: str, **values: Any) -> Markup:
        """A template of `en/answers/`; runs of blank lines and trailing space are tidied."""
        rendered = self.environment.get_template(template).render(**values)
        lines = [re.sub(r"[ \t]+", " ", line).strip() for line in rendered.splitlines()]
        return Markup("\n".join(line for line in lines if line))  # noqa: S704 - rendered with autoescape


def place(address: str) -> Markup:
    """An address to check at, shown by its host."""
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    return Markup('<a href="{url}">{host}</a>').format(url=address, host=host)


_TAG = re.compile(r"<[^>]+>")


@lru_cache(maxsize=1024)
def plain(markup: str) -> str:
    """Telegram HTML → plain text."""
    return html.unescape(_TAG.sub("", markup))
