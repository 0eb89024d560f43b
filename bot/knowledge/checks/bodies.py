"""Bodies by name: which of them a sentence names, by its own name or by that of a credential of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property

from bot.knowledge.checks.subject import Subject
from bot.knowledge.model import Certification, Term


class Bodies:
    """The bodies of a knowledge base, the publishers that speak for them, and what sentences call them."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.pages, self.publishers = subject.pages, subject.publishers

    def of(self, publisher: str | None) -> str | None:
        """The body for which a publisher speaks."""
        known = self.publishers.get(publisher or "")
        return known.body if known is not None and known.body in self.subject.ids["body"] else None

    def abbreviated(self, sentence: str) -> Set[str]:
        """The bodies whose abbreviation a sentence has, or that of a credential of theirs."""
        return {body for word, body in self._abbreviations.items() if _has(sentence, word)}

    def named(self, sentence: str) -> Set[str]:
        """These, and those that it calls by their name in full or by that of a publisher that speaks for them."""
        return self.abbreviated(sentence) | {body for word, body in self._names if _has(sentence, word)}

    def speaking(self, sentence: str, verbs: Sequence[str]) -> Set[str]:
        """The bodies of which a sentence says that they say something."""
        told = "|".join(map(re.escape, verbs))
        names = {*self._own_names.items()}
        return {body for word, body in names if re.search(rf"(?<![\w*]){re.escape(word)} (?:{told})\b", sentence)}

    @cached_property
    def _own_names(self) -> Mapping[str, str]:
        """What sentences call the bodies themselves."""
        terms = [term for _, term in self.subject.of(Term) if term.body]
        names = {name: term.id for term in terms for name in (term.abbreviation, term.name) if name}
        speak = (publisher for publisher in self.publishers.values() if publisher.body is not None)
        return names | {name: str(item.body) for item in speak for name in (item.name, item.short) if name}

    @cached_property
    def _abbreviations(self) -> Mapping[str, str]:
        bodies = {term.abbreviation: term.id for _, term in self.subject.of(Term) if term.body and term.abbreviation}
        credentials = {
            record.abbreviation: record.issuer
            for _, record in self.subject.of(Certification)
            if record.abbreviation is not None
        }
        return bodies | credentials

    @cached_property
    def _names(self) -> frozenset[tuple[str, str]]:
        return frozenset(self._full_names())

    def _full_names(self) -> Iterator[tuple[str, str]]:
        for _, term in self.subject.of(Term):
            if term.body:
                yield term.name, term.id
        for _, record in self.subject.of(Certification):
            yield record.name, record.issuer
        for publisher in self.publishers.values():
            if publisher.body is not None:
                yield publisher.name, publisher.body


def _has(sentence: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", sentence) is not None
