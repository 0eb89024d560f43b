"""Phrasings: each under one topic only, with slots that exist; what is held out is not learned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.knowledge.checks.subject import Subject
from bot.knowledge.content import Phrasings
from bot.knowledge.loaded import Located
from bot.knowledge.model import Myth
from bot.knowledge.yaml_file import Problem, Trail

SLOTS = frozenset({"role", "certification", "degree", "term", "country", "background"})
_SLOT = re.compile(r"\{([a-zA-Z_ ]*)\}")
_WORD = re.compile(r"\{\w+\}|[^\W_]+(?:'[^\W_]+)*")


@dataclass(frozen=True)
class Phrasing:
    """One way to ask: the topic, kind of refusal or myth it belongs to, its place and its words."""

    owner: str
    place: Located
    trail: Trail
    text: str
    held_out: bool

    @property
    def where(self) -> str:
        return f"{self.place.file.path}:{self.place.file.line_of(self.place.trail + self.trail)}"

    def problem(self, what: str, mend: str) -> Problem:
        return self.place.problem(self.trail, what, mend)


def unknown_slots(subject: Subject) -> Iterator[Problem]:
    """Slots that stand for no kind of thing."""
    mend = f"use one of: {', '.join(f'{{{slot}}}' for slot in sorted(SLOTS))}"
    for line in _lines(subject):
        for slot in _SLOT.findall(line.text):
            if slot not in SLOTS:
                yield line.problem(f"the slot {{{slot}}} stands for nothing", mend)


def repeated(subject: Subject) -> Iterator[Problem]:
    """The same words twice: under two topics they teach nothing, and held out they measure nothing."""
    first: dict[str, Phrasing] = {}
    for line in _lines(subject):
        other = first.setdefault(_same(line.text), line)
        if other is line:
            continue
        if line.owner != other.owner:
            yield line.problem(
                f'"{line.text}" also stands under `{other.owner}` ({other.where})', "keep it in one place"
            )
        elif line.held_out != other.held_out:
            yield line.problem(f'"{line.text}" is held out and learned too ({other.where})', "keep it in one place")
        elif line.text.casefold() == other.text.casefold():
            yield line.problem(f'"{line.text}" was given already ({other.where})', "keep it in one place")


def _same(text: str) -> str:
    """What two phrasings share that differ in case and punctuation alone."""
    return " ".join(_WORD.findall(text.casefold())) or text


def _lines(subject: Subject) -> Iterator[Phrasing]:
    topics = {id(found): topic for topic, found in subject.of_phrasings()}
    for found, record in subject.of(Phrasings):
        owner = topics.get(id(found)) or str(found.trail[-1])
        for key in ("phrasings", "held_out"):
            for index, text in enumerate(getattr(record, key)):
                yield Phrasing(owner, found, (key, index), text, key == "held_out")
    for found, myth in subject.of(Myth):
        for index, text in enumerate(myth.phrasings):
            yield Phrasing(myth.id, found, ("phrasings", index), text, held_out=False)
