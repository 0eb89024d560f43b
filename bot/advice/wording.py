"""From facts to Telegram HTML: templates, doubt in words, the source line."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from jinja2 import DictLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from bot.advice.origins import Cited, Origins
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Fact, Label, Requirement, Sourced
from bot.knowledge.standing import standing

MARKS = (", ", ". ", ": ")  # what parts a yes or no from what follows it


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
        self.base, self.origins = base, Origins(base)
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
        """The line that names the sources of some sentences, with links, and a warning past the re-check date."""
        told = tuple(sentences)
        pages = (self.base.sources[page.source] for page in by_page(self.base, told) if page.source is not None)
        late = {source.url for source in pages if today > source.recheck}
        return self.origins.line(cite(self.base, told), linked=True, stale=late)

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
