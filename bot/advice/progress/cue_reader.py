"""Finds cues of kept plans and names of entities in words, and what one thing told is. All words are content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bot.advice.progress.model import KeptStep, Progress
from bot.knowledge.base import KnowledgeBase
from bot.understanding.parsing.cues import words_of
from bot.understanding.parsing.dates import FoundDate
from bot.understanding.parsing.speech import Speech

BLOCK = "plan_events"
GAP = 4
MOST_COUNT = 999
NEAR = 20  # characters beside a short cue: "please", "now", "my"
DAYS = {"in_days": 1, "in_weeks": 7, "in_fortnights": 14, "in_months": 30, "in_years": 365}


@dataclass(frozen=True)
class Happening:
    """One thing told: what happened, to which entity, how much, when, and the word for it. Empty where not said.

    Of an exam that is over `number` is its score. `said` is the name of a job that is no role of the field.
    """

    verb: str
    what: str = ""
    number: float = 0
    day: FoundDate = None
    said: str = ""


@dataclass(frozen=True)
class Clause:
    """A clause as typed and as words, from its cue on (`rest`), with the plan it may be about."""

    progress: Progress
    steps: Sequence[KeptStep]
    today: date
    text: str
    words: str
    message: str
    whole: str = ""
    rest: str = ""


class CueReader:
    """Finds cues and names by one knowledge base."""

    def __init__(self, base: KnowledgeBase, speech: Speech) -> None:
        self.base, self.numbers, self.dates = base, speech.numbers, speech.dates
        dialog = base.dialogs.get(BLOCK)
        self.cues: Mapping[str, Sequence[str]] = dialog.cues if dialog is not None else {}
        self._patterns: dict[str, re.Pattern[str]] = {}  # made when first looked for: there are many

    def _full(self, certification: str) -> str:
        return self.base.certifications[certification].full or certification

    def _country_in(self, words: str) -> str:
        """The country that words name, or one of its places; empty where they name none."""
        countries = self.base.assessment.countries
        named = [item.id for item in countries if any_in(words, (item.name, *item.aliases))]
        named = named or [item.id for item in countries if any_in(words, item.parts)]
        return named[0] if named else ""

    def _span(self, words: str) -> int:
        """How many days a length of time is, such as "three weeks"; 0 where none is named."""
        for key, days in DAYS.items():
            at = self._found(key, words)
            count = self.numbers.read(" ".join(words[: at.end()].split()[-3:]), "hours") if at is not None else None
            if count:
                return round(min(count, MOST_COUNT) * days)
        # A fortnight is one unless it is counted.
        return DAYS["in_fortnights"] if self._found("in_fortnights", words) is not None else 0

    def _named(self, words: str, ids: Iterable[str]) -> list[str]:
        """Those of some entities that the words name, the longest name first."""
        found = [
            (-max(lengths), item)
            for item in dict.fromkeys(ids)
            if (
                lengths := [len(name) for name in self._names.get(item, ()) if f" {name} " in f" {plain_words(words)} "]
            )
        ]
        return [item for _, item in sorted(found)]

    def _worded(self, words: str) -> list[str]:
        """Roles that words name by what their work is called."""
        return [role.id for role in self.base.roles.values() if any_in(words, role.short_names)]

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        entities = {**self.base.roles, **self.base.certifications, **self.base.education}
        return {
            key: tuple(filter(None, map(plain_words, (item.name, item.abbreviation or "", *item.aliases))))
            for key, item in entities.items()
        }

    def _found(self, key: str, words: str) -> re.Match[str] | None:
        pattern = self._pattern(key)
        return pattern.search(words) if pattern is not None else None

    def _pattern(self, key: str) -> re.Pattern[str] | None:
        if key not in self._patterns and key in self.cues:
            self._patterns[key] = _pattern(self.cues[key])
        return self._patterns.get(key)

    def _is(self, key: str, words: str, near: int = NEAR) -> bool:
        """Whether a cue is nearly all that was said, but for so many characters."""
        at = self._found(key, words)
        return at is not None and len(words) - (at.end() - at.start()) <= near

    def _opens_question(self, words: str) -> bool:
        """Whether the first word is one that questions open with."""
        return self._found("opens_question", " ".join(words.split()[:1])) is not None


def plain_words(text: str) -> str:
    """Words without apostrophes, which people leave out as often as not."""
    return words_of(text.partition(" (")[0]).replace("'", "")


def any_in(words: str, names: Iterable[str]) -> bool:
    return any(f" {plain_words(name)} " in f" {plain_words(words)} " for name in names)


def _pattern(cues: Iterable[str]) -> re.Pattern[str]:
    """Matches any of some cues, each as whole words; "…" stands for up to four."""
    ways: Iterator[str] = (
        rf" (?:\S+ ){{0,{GAP}}}".join(re.escape(words_of(part)) for part in cue.split("…") if words_of(part))
        for cue in sorted(cues, key=len, reverse=True)
    )
    return re.compile(rf"(?<!\S)(?:{'|'.join(ways)})(?!\S)")
