"""Where what is said was read, and whose it is: sources, and the line that names them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from urllib.parse import urlsplit

from markupsafe import Markup

from bot.advice.listing import listed
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Standing

MONTHS = 12
MONTH_LENGTH = len("2026-11")


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


def month(day: date | str) -> str:
    """A date for people: `2026-11-01` → `Nov 2026`, `2026` → `2026`, `2025-35` as it stands."""
    text = day.isoformat() if isinstance(day, date) else day
    year, _, rest = text.partition("-")
    if len(text) < MONTH_LENGTH or not 1 <= int(rest[:2]) <= MONTHS:
        return text
    return f"{date(int(year), int(rest[:2]), 1):%b} {year}"


def place(address: str) -> Markup:
    """An address to check at, shown by its host."""
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    return Markup('<a href="{url}">{host}</a>').format(url=address, host=host)


class Origins:
    """Names sources in the words of one knowledge base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        self._publishers = {item.name: item for item in base.publishers.values()}

    def line(
        self,
        sources: Iterable[Cited],
        *,
        most: int | None = None,
        linked: bool = False,
        doubted: bool = False,
        stale: Collection[str] = (),
    ) -> Markup:
        """One line: on whose pages, whose figures, their dates, the day they were read; where to check what is not
        confirmed; empty without any. A publisher is named once for its own and once for all those whose figures it
        tells.

        At `most` so many: the rest stands in what is opened. `linked`: pages can be opened from it. `doubted`: it
        says what is second-hand, since no sentence does. `stale` are the addresses past their re-check date.
        """
        groups: dict[tuple[str, bool, bool], list[Cited]] = {}
        for source in sources:
            key = (source.publisher, bool(_owners([source])), source.copied_at is not None)
            groups.setdefault(key, []).append(source)
        shown = list(groups.values())[:most]
        if not shown:
            return Markup("")
        told = Markup("; ").join(self._part(group, stale, linked=linked, doubted=doubted) for group in shown)
        owners = list(dict.fromkeys(whose for group in shown for whose in _owners(group)))
        if owners:
            names = ", ".join(map(self._short, owners))
            places = Markup(", ").join(filter(None, map(self._check_at, owners)))
            told += self._text("source_check", whose=names, places=places)
        return self._text("sources", sources=told)

    def _part(self, group: Sequence[Cited], stale: Collection[str], *, linked: bool, doubted: bool) -> Markup:
        """One part of the line: pages of one publisher that tell its own figures, or those of others."""
        first = group[0]
        publisher = _link(first.url, first.publisher) if linked else Markup.escape(first.publisher)
        if owners := _owners(group):
            whose = listed(self.base, [self._short(owner) for owner in owners])
            publisher = self._text("source_of", publisher=publisher, kind=self._kind(first), whose=whose)
        elif doubted and all(source.standing == "second-hand" for source in group):
            publisher = self._text("source_second_hand", publisher=publisher, kind=self._kind(first))
        as_of = ", ".join(dict.fromkeys(month(source.as_of) for source in group if source.as_of))
        read = Markup(", ").join(dict.fromkeys(month(source.read) for source in group))
        if first.copied_at is not None:
            words = self._text("source_copy")
            copied = _link(first.copied_at, words) if linked else words
            read = self._text("source_copied", copied=copied, read=read)
        part = self._text("source_dated" if as_of else "source_undated", publisher=publisher, as_of=as_of, read=read)
        late = any(source.url in stale for source in group)
        return self._text("source_stale", source=part) if late else part

    def _text(self, key: str, **slots: object) -> Markup:
        return Markup(self.base.texts.texts[key]).format(**slots)  # noqa: S704 - our own content; format escapes slots

    def _kind(self, source: Cited) -> Markup:
        return self._text(f"kind_{source.kind}")

    def _short(self, name: str) -> str:
        """A publisher as people call it."""
        publisher = self._publishers.get(name)
        return (publisher.short or name) if publisher is not None else name

    def _check_at(self, name: str) -> Markup:
        """Where what a publisher rules can be checked."""
        publisher = self._publishers.get(name)
        return place(publisher.check_at) if publisher is not None and publisher.check_at else Markup("")


def _owners(sources: Iterable[Cited]) -> list[str]:
    """Whose figures are told on pages that are not theirs, each once."""
    return list(dict.fromkeys(item.whose for item in sources if item.whose not in ("", item.publisher)))


def _link(address: str, words: str) -> Markup:
    return Markup('<a href="{url}">{words}</a>').format(url=address, words=words)
