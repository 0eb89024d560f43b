"""What people tell of their plan in passing: "so I failed the exam, and they moved my retake to 3 March".

A message is read clause by clause; several things told at once are all done. What only asks or supposes
tells nothing, and neither does what happened to somebody else. All words are content.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from bot.advice.progress.model import KeptStep, Progress
from bot.conversation.parsing.answers import words_of
from bot.conversation.parsing.dates import FoundDate
from bot.conversation.parsing.speech import Speech
from bot.knowledge.base import KnowledgeBase
from bot.understanding.likeness import Likeness

BLOCK = "plan_events"
# In this order a clause is tried: what says most for certain comes first.
TOLD = (
    *("failed", "lifted", "passed", "promoted", "hired", "left", "late", "pause", "exam_day", "units"),
    *("finished", "country", "goal", "hours", "money"),
)
SHOWN = ("exam_when", "counters", "week", "week_alone", "steps", "costs", "routes", "changes", "road")
AS_PART = ("exam_when", "counters", "week", "steps")  # may stand among other words
MAX_TEXT = 600  # characters: a longer message tells a story
MOST_WORDS = 12  # of a wish to see something
GAP = 4
DENIED_WITHIN = 4  # words before a cue
OWN = ("hours", "money", "pause", "late")
MAY_BE_DENIED = (
    "failed",
    "lifted",
    "passed",
    "promoted",
    "hired",
    "left",
    "finished",
    "country",
    "exam_day",
    "units",
    "goal",
)
MOST_COUNT = 999
MOST_WAITING = 6  # words
LEAST_MONEY = 20
NEAR = 20  # characters beside a short cue: "please", "now", "my"
DAYS = {"in_days": 1, "in_weeks": 7, "in_months": 30, "in_years": 365}
_ENDS = re.compile(r"[.;!\n]+\s*|(?<=\?)\s*|,\s+")


@dataclass(frozen=True)
class Happening:
    """One thing told: what happened, to which entity, how much, when. Empty where it was not said."""

    verb: str
    what: str = ""
    number: float = 0
    day: FoundDate = None


@dataclass(frozen=True)
class _Clause:
    """A clause as typed and as words, from its cue on (`rest`), with the plan it may be about."""

    progress: Progress
    steps: Sequence[KeptStep]
    today: date
    text: str
    words: str
    message: str
    rest: str = ""


class Happenings:
    """Finds what happened in messages, by the cues of one knowledge base; finds nothing where it has none."""

    def __init__(self, base: KnowledgeBase, speech: Speech) -> None:
        self.base, self.numbers, self.dates = base, speech.numbers, speech.dates
        dialog = base.dialogs.get(BLOCK)
        self.cues: Mapping[str, Sequence[str]] = dialog.cues if dialog is not None else {}
        self._patterns: dict[str, re.Pattern[str]] = {}  # made when first looked for: there are many
        self._likeness = Likeness(dialog.examples if dialog is not None else {})

    def shown(self, text: str) -> str | None:
        """What somebody asks to see of the plan, or wants done with it as a whole."""
        words = words_of(text)
        for key in ("delete_sure", "delete"):
            if self._is(key, words):
                return key
        if len(words.split()) > MOST_WORDS:
            return None
        found = next((key for key in SHOWN if self._found(key, words)), None)
        # Short words mean the plan only where they are all that was said.
        return found if found in AS_PART or (found and self._is(found, words)) else None

    def told(self, progress: Progress, steps: Sequence[KeptStep], text: str, today: date) -> tuple[Happening, ...]:
        """Everything that a message tells, in its order. `steps` are the open ones as they are dated."""
        if not self.cues or len(text) > MAX_TEXT:
            return ()
        found: list[Happening] = []
        for clause in self._clauses(text):
            words = words_of(clause)
            if not words or "?" in clause or self._supposed(words):
                continue
            happening = self._one(_Clause(progress, steps, today, clause, words, words_of(text)))
            if happening is not None and happening not in found:
                found.append(happening)
        # "I want another goal, I'd rather be a …" names one goal, not two.
        named = {item.verb for item in found if item.what}
        if any(item.verb == "units" for item in found):
            named.add("schooled")  # a course that gave units is no school to ask for
        return tuple(item for item in found if item.what or item.verb not in named)

    def _clauses(self, text: str) -> Iterator[str]:
        joins = self._pattern("joins")
        for part in _ENDS.split(text):
            starts = [at.start() for at in joins.finditer(part.lower())] if joins is not None else []
            yield from (part[start:end] for start, end in pairwise([0, *starts, len(part)]))

    def alike(
        self, progress: Progress, steps: Sequence[KeptStep], text: str, today: date
    ) -> tuple[Happening, ...] | str | None:
        """What a message without any cue is like: something told, or the name of something to be shown."""
        words = words_of(text)
        if not self.cues or not words or len(words.split()) > MOST_WORDS:
            return None
        parts = [words, *(part for part in map(words_of, self._clauses(text)) if part and part != words)]
        alike = [(*kinds, part) for part in parts if (kinds := self._likeness.kind(part)) is not None]
        if not alike:
            return None
        kind, sure, said = next((item for item in alike if item[1]), alike[0])
        if kind in (*SHOWN, "delete"):
            return kind if sure else None
        if kind == "hired" and self._found("wanted", words) is not None:
            kind = "goal"  # who wants a post has not got it
        if "?" in text or self._found("supposed", words) is not None or self._found("others", words) is not None:
            return None  # it asks, supposes, or happened to somebody else
        readers = dict(self._readers)
        clause = _Clause(progress, steps, today, text, words, words, words)
        found = readers[kind](clause) if kind in readers and not self._negated(kind, said) else None
        if found is None or not (sure or found.day is not None or found.number > 0 or kind == "country"):
            return None
        return (found,)

    def _negated(self, kind: str, words: str) -> bool:
        return kind in MAY_BE_DENIED and any(self._found(key, words) is not None for key in ("untried", "denied"))

    def _one(self, clause: _Clause) -> Happening | None:
        for key, read in self._readers:
            at = self._found(key, clause.words)
            if at is None or self._denied(key, clause, at.start()):
                continue
            found = read(replace(clause, rest=clause.words[at.start() :]))
            if found is not None:
                return found
        return self._dated(clause) or self._over(clause)

    @cached_property
    def _readers(self) -> tuple[tuple[str, Callable[[_Clause], Happening | None]], ...]:
        return (
            ("failed", self._failed),
            ("lifted", self._lifted),
            ("passed", self._passed),
            ("promoted", self._hired),
            ("hired", self._hired),
            ("left", lambda clause: Happening("left")),
            ("late", self._late),
            ("pause", self._pause),
            ("exam_day", self._exam_day),
            ("units", self._units),
            ("finished", self._finished),
            ("country", self._country),
            ("goal", self._goal),
            ("hours", self._hours),
            ("money", self._money),
        )

    def _denied(self, key: str, clause: _Clause, start: int) -> bool:
        """Whether what a cue says is denied just before it, or was not even tried: "I haven't been hired yet"."""
        if key in MAY_BE_DENIED and self._found("untried", clause.message) is not None:
            return True
        before = " ".join(clause.words[:start].split()[-DENIED_WITHIN:])
        return key in MAY_BE_DENIED and self._found("denied", before) is not None

    def _dated(self, clause: _Clause) -> Happening | None:
        """A day in one breath with an exam: "the test day is December 4", "they gave me May 8"."""
        on_plan = {step.entity for step in clause.steps if step.kind == "exam"}
        named = [item for item in self._named(clause.words, self.base.certifications) if self._full(item) in on_plan]
        if not named and self._found("exam_words", clause.words) is None:
            return None
        day = self._day(clause)
        return Happening("exam", self._exam(clause), day=day) if isinstance(day, date) else None

    def _over(self, clause: _Clause) -> Happening | None:
        """A course that is over."""
        at = self._found("over", clause.words)
        if at is None or self._denied("finished", clause, at.start()):
            return None
        named = self._named(clause.words, self.base.education)
        return Happening("schooled", named[0]) if named else None

    def _full(self, certification: str) -> str:
        return self.base.certifications[certification].full or certification

    def _supposed(self, words: str) -> bool:
        """Whether a clause only asks or supposes, or speaks of somebody else."""
        starts = [at.start() for key in TOLD if (at := self._found(key, words)) is not None]
        first = min(starts, default=len(words))
        # Somebody else's exam or job is not theirs; time and money are theirs whoever brings it about.
        own = any(self._found(key, words) is not None for key in OWN)
        found = (self._found(key, words) for key in (("supposed",) if own else ("supposed", "others")))
        return any(at is not None and at.start() <= first for at in found)

    def _failed(self, clause: _Clause) -> Happening:
        return Happening("failed", self._exam(clause))

    def _lifted(self, clause: _Clause) -> Happening | None:
        """The provisional credential that is one no more."""
        held = clause.progress.profile.certifications
        full = [record.full for item in held if (record := self.base.certifications[item]).full is not None]
        return Happening("lifted", full[0]) if full else None

    def _passed(self, clause: _Clause) -> Happening | None:
        exam = self._exam(clause)
        return Happening("passed", exam) if exam else None

    def _hired(self, clause: _Clause) -> Happening:
        named = self._named(clause.rest, self.base.roles) or self._named(clause.message, self.base.roles)
        return Happening("moved", named[0] if named else "")

    def _day(self, clause: _Clause) -> FoundDate:
        return self.dates.read(clause.text, clause.today)

    def _late(self, clause: _Clause) -> Happening:
        days = self._span(clause.words)
        if not days and self._found("one_week", clause.words) is not None:
            days = DAYS["in_weeks"]
        return Happening("late", number=round(days / DAYS["in_weeks"]) if days else 0)

    def _pause(self, clause: _Clause) -> Happening:
        days = self._span(clause.words)
        return Happening("pause", day=clause.today + timedelta(days=days) if days else self._day(clause))

    def waiting(self, text: str, today: date) -> Happening | None:
        """A bare "until march 3" or "for two weeks", which of a plan can only mean that it waits."""
        words = words_of(text)
        at = self._found("waiting", words)
        if at is None or at.start() or len(words.split()) > MOST_WAITING:
            return None
        days = self._span(words)
        day = today + timedelta(days=days) if days else self.dates.read(text, today)
        return Happening("pause", day=day) if day is not None else None

    def _span(self, words: str) -> int:
        """How many days a length of time is, such as "three weeks"; 0 where none is named."""
        for key, days in DAYS.items():
            at = self._found(key, words)
            count = self.numbers.read(" ".join(words[: at.end()].split()[-3:]), "hours") if at is not None else None
            if count:
                return round(min(count, MOST_COUNT) * days)
        return 0

    def _exam_day(self, clause: _Clause) -> Happening | None:
        return Happening("exam", self._exam(clause), day=self._day(clause)) if self._day(clause) is not None else None

    def _units(self, clause: _Clause) -> Happening | None:
        number = re.search(r"\b(\d{1,3}(?:\.\d)?)\b", clause.words)
        if number is None or self._found("earned", clause.message) is None:
            return None
        named = self._named(clause.words, clause.progress.profile.certifications)
        on = self.dates.read(clause.text, clause.today, past=True)
        day = on if isinstance(on, date) else clause.today
        return Happening("units", named[0] if named else "", float(number[1]), day)

    def _finished(self, clause: _Clause) -> Happening | None:
        general = self.base.assessment.education
        named = self._named(clause.rest, self.base.education) or [
            level.id for level in general if _any_in(clause.rest, (level.name, *level.aliases))
        ]
        if named:
            return Happening("schooled", named[0])
        if self._found("courses", clause.rest) is None:
            return None
        schools = [step.entity for step in clause.steps if step.schooling and step.entity in self.base.education]
        return Happening("schooled", schools[0] if schools else "")

    def _country(self, clause: _Clause) -> Happening | None:
        countries = self.base.assessment.countries
        named = [item.id for item in countries if _any_in(clause.rest, (item.name, *item.aliases))]
        named = named or [item.id for item in countries if _any_in(clause.rest, item.parts)]
        return Happening("country", named[0]) if named else None

    def _goal(self, clause: _Clause) -> Happening:
        goals = (*self.base.roles, *self.base.certifications)
        named = self._named(clause.rest, goals) or self._named(clause.words, goals)
        return Happening("goal", named[0] if named else "")

    def _hours(self, clause: _Clause) -> Happening | None:
        if self._found("work_hours", clause.words) is not None or self.numbers.named["years"].search(clause.words):
            return None
        hours = self.numbers.read(clause.text, "hours")
        return Happening("hours", number=hours) if hours else None

    def _money(self, clause: _Clause) -> Happening | None:
        if self.numbers.named["years"].search(clause.words) or self.numbers.named["hours"].search(clause.words):
            return None
        amount = self.numbers.read(clause.text, "money")
        return Happening("money", number=amount if amount is not None and amount >= LEAST_MONEY else -1)

    def _exam(self, clause: _Clause) -> str:
        """The exam that is meant: the one named, else the one booked first, else the next on the plan."""
        named = self._named(clause.words, self.base.certifications)
        if named:
            return self._full(named[0])
        exams = [step.entity for step in clause.steps if step.kind == "exam"]
        booked = sorted((on, exam) for exam, on in clause.progress.exams.items())
        return booked[0][1] if booked else next(iter(exams), "")

    def _named(self, words: str, ids: Iterable[str]) -> list[str]:
        """Those of some entities that the words name, the longest name first."""
        found = [
            (-max(lengths), item)
            for item in dict.fromkeys(ids)
            if (lengths := [len(name) for name in self._names.get(item, ()) if f" {name} " in f" {_plain(words)} "])
        ]
        return [item for _, item in sorted(found)]

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        entities = {**self.base.roles, **self.base.certifications, **self.base.education}
        return {
            key: tuple(filter(None, map(_plain, (item.name, item.abbreviation or "", *item.aliases))))
            for key, item in entities.items()
        }

    def _found(self, key: str, words: str) -> re.Match[str] | None:
        pattern = self._pattern(key)
        return pattern.search(words) if pattern is not None else None

    def _pattern(self, key: str) -> re.Pattern[str] | None:
        if key not in self._patterns and key in self.cues:
            self._patterns[key] = _pattern(self.cues[key])
        return self._patterns.get(key)

    def _is(self, key: str, words: str) -> bool:
        """Whether a cue is nearly all that was said."""
        at = self._found(key, words)
        return at is not None and len(words) - (at.end() - at.start()) <= NEAR


def _plain(text: str) -> str:
    """Words without apostrophes, which people leave out as often as not."""
    return words_of(text.partition(" (")[0]).replace("'", "")


def _any_in(words: str, names: Iterable[str]) -> bool:
    return any(f" {_plain(name)} " in f" {_plain(words)} " for name in names)


def _pattern(cues: Iterable[str]) -> re.Pattern[str]:
    """Matches any of some cues, each as whole words; "…" stands for up to four."""
    ways: Iterator[str] = (
        rf" (?:\S+ ){{0,{GAP}}}".join(re.escape(words_of(part)) for part in cue.split("…") if words_of(part))
        for cue in sorted(cues, key=len, reverse=True)
    )
    return re.compile(rf"(?<!\S)(?:{'|'.join(ways)})(?!\S)")
