"""Sentences that people read: figures have a source, promises are not made, and one breath is enough."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from bot.knowledge.checks.subject import Subject, walk
from bot.knowledge.loaded import Located
from bot.knowledge.model import Entity, Guide, Market, Sourced
from bot.knowledge.names import names_of
from bot.knowledge.yaml_file import Problem, Trail

# Two sentences of 20 words, the longest that people take in on a phone.
MAX_WORDS = 40
# A figure, not part of a name such as ISO-9001: digits after a letter or after its hyphen name something.
FIGURE = re.compile(r"(?<![\w-])\d[\d,.]*(?<![,.])")
# Nobody can keep these promises.
BANNED = re.compile(r"\b(?:guarantee[sd]?\b|easy money\b|you will earn\b|best school\b|100 ?%)", re.IGNORECASE)
BANNED_STARTS = ("guarantee", "easy money", "you will earn", "best school", "100%", "100 %")
SPOKEN_KEYS = ("say", "note", "summary", "covers", "ask", "why", "hint")


def figures(text: str) -> list[str]:
    """The figures in a sentence as they stand: `36 hours for 1,050 USD, ISO-9001` → `["36", "1,050"]`."""
    return FIGURE.findall(text)


class NumberedNames:
    """Names with a figure in them, such as "ISO 9001", so that it is not taken for a claim."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_figure: dict[str, set[str]] = {}
        for name in names:
            for figure in figures(name):
                self._by_figure.setdefault(figure, set()).add(name.casefold())

    def figures_beside(self, sentence: str) -> list[str]:
        """The figures of a sentence that are not part of a name."""
        found = figures(sentence)
        names = {name for figure in found for name in self._by_figure.get(figure, ())}
        if not names:
            return found
        rest = sentence.casefold()
        for name in sorted(names, key=len, reverse=True):
            rest = rest.replace(name, " ")
        return figures(rest)


def unsourced(subject: Subject) -> Iterator[Problem]:
    """Figures in sentences that no source stands behind."""
    names = NumberedNames(name for _, entity, _ in subject.entities for name, _ in names_of(entity))
    for place, trail, record in subject.sourced:
        for key in ("say", "note") if record.source is None else ():
            sentence = getattr(record, key, None) or ""
            if found := names.figures_beside(sentence):
                mend = "add `source:`, or leave the figure out"
                yield place.problem((*trail, key), f"the figure {found[0]} has no source", mend)
    for place, summed in _with_summary(subject):
        told = names.figures_beside(summed.summary)
        known = {figure for sentence in _sourced_sentences(summed) for figure in figures(sentence)} if told else set()
        for figure in told:
            if figure not in known:
                mend = "state it in a fact with a source too, or leave it out"
                what = f"the figure {figure} of the summary stands in no sourced fact of this file"
                yield place.problem(("summary",), what, mend)


def _with_summary(subject: Subject) -> Iterator[tuple[Located, Entity | Guide]]:
    for place, entity, _ in subject.entities:
        yield place, entity
    yield from subject.of(Guide)


def _sourced_sentences(record: BaseModel) -> Iterator[str]:
    for _, inner in walk(record):
        if isinstance(inner, Sourced) and inner.source is not None:
            yield str(getattr(inner, "say", None) or "")
            yield str(getattr(inner, "note", None) or "")


def too_long(subject: Subject) -> Iterator[Problem]:
    """Sentences nobody reads to the end."""
    for place, trail, record in subject.sourced:
        count = len(str(getattr(record, "say", None) or "").split())
        if count > MAX_WORDS:
            mend = "say it in fewer, and put the fine print under `note`"
            yield place.problem((*trail, "say"), f"`say` has {count} words; {MAX_WORDS} are the most", mend)


def promises(subject: Subject) -> Iterator[Problem]:
    """Words that promise what nobody can keep."""
    # Few files have such a word at all, mostly where a false claim is quoted: only those are read.
    texts = {id(file): file.text.lower() for file in subject.loaded.files.values()}
    suspects = {key for key, text in texts.items() if any(start in text for start in BANNED_STARTS)}
    for place, trail, record in subject.everything:
        if id(place.file) not in suspects:
            continue
        for key, text in _spoken(record):
            if (hit := BANNED.search(text)) is not None:
                mend = "say what is known instead, without a promise"
                yield place.problem((*trail, *key), f'"{hit.group()}" promises too much', mend)


def _spoken(record: BaseModel) -> Iterator[tuple[Trail, str]]:
    """The sentences of a record that are shown to people, with their keys."""
    for key in SPOKEN_KEYS:
        text = getattr(record, key, None)
        if isinstance(text, str):
            yield (key,), text
    texts = getattr(record, "texts", None)
    if isinstance(texts, dict):
        yield from ((("texts", key), text) for key, text in texts.items())


def foreign_market(subject: Subject) -> Iterator[Problem]:
    """Facts of a market that name another country than the market does."""
    for place, market in subject.of(Market):
        for topic, facts in market.facts.items():
            for index, fact in enumerate(facts):
                if fact.country is not None and fact.country != market.country:
                    what = f"is about {fact.country} in a market of {market.country}"
                    mend = "move it to a market of that country"
                    yield place.problem(("facts", topic, index, "country"), what, mend)
