"""What the words of one clause say that happened, once a cue of its kind is found. All words are content."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from bot.advice.progress.model import KeptStep, Progress
from bot.knowledge.base import KnowledgeBase
from bot.understanding.parsing.cues import words_of
from bot.understanding.parsing.dates import FoundDate
from bot.understanding.parsing.speech import Speech

BLOCK = "plan_events"
GAP = 4
MOST_COUNT = 999
LEAST_MONEY = 20
MOST_SETTLED = 6  # words of "May 9 it is"
NEAR = 20  # characters beside a short cue: "please", "now", "my"
DAYS = {"in_days": 1, "in_weeks": 7, "in_fortnights": 14, "in_months": 30, "in_years": 365}
_COUNT = r"\b(\d{1,3}(?:\.\d)?)"


@dataclass(frozen=True)
class Happening:
    """One thing told: what happened, to which entity, how much, when. Empty where it was not said."""

    verb: str
    what: str = ""
    number: float = 0
    day: FoundDate = None


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


class Readers:
    """Reads clauses by the cues of one knowledge base."""

    def __init__(self, base: KnowledgeBase, speech: Speech) -> None:
        self.base, self.numbers, self.dates = base, speech.numbers, speech.dates
        dialog = base.dialogs.get(BLOCK)
        self.cues: Mapping[str, Sequence[str]] = dialog.cues if dialog is not None else {}
        self._patterns: dict[str, re.Pattern[str]] = {}  # made when first looked for: there are many

    @cached_property
    def _readers(self) -> tuple[tuple[str, Callable[[Clause], Happening | None]], ...]:
        return (
            ("failed", self._failed),
            ("lifted", self._lifted),
            ("passed", self._passed),
            ("became", self._became),
            ("promoted", self._hired),
            ("hired", self._hired),
            ("taken", self._taken),
            ("left", lambda clause: Happening("left")),
            ("left_alone", self._left_alone),
            ("late", self._late),
            ("pause", self._pause),
            ("exam_day", self._exam_day),
            ("units", self._units),
            ("finished", self._finished),
            ("country", self._country),
            ("goal", self._goal),
            ("hours", self._hours),
            ("money", self._money),
            ("has", self._has),
            ("goal_if", self._goal_if),
        )

    def _dated(self, clause: Clause) -> Happening | None:
        """A day in one breath with an exam: "the test day is December 4", "they gave me May 8"."""
        on_plan = {*clause.progress.exams, *(step.entity for step in clause.steps if step.kind == "exam")}
        named = [item for item in self._named(clause.words, self.base.certifications) if self._full(item) in on_plan]
        settled = clause.progress.exams and len(clause.words.split()) <= MOST_SETTLED
        settled = settled and self._found("settled", clause.words) is not None
        if not named and not settled and self._found("exam_words", clause.words) is None:
            return None
        exam = self._exam(clause)
        day = self._moved(clause, exam)
        return Happening("exam", exam, day=day) if isinstance(day, date) else None

    def _full(self, certification: str) -> str:
        return self.base.certifications[certification].full or certification

    def _failed(self, clause: Clause) -> Happening:
        return Happening("failed", self._exam(clause))

    def _lifted(self, clause: Clause) -> Happening | None:
        """The provisional credential that is one no more."""
        held = clause.progress.profile.certifications
        full = [record.full for item in held if (record := self.base.certifications[item]).full is not None]
        return Happening("lifted", full[0]) if full else None

    def _passed(self, clause: Clause) -> Happening | None:
        exam = self._exam(clause)
        return Happening("passed", exam) if exam else None

    def _became(self, clause: Clause) -> Happening | None:
        """What somebody says they are now: "i am a lead now"."""
        exams, roles = (self._named(clause.rest, ids) for ids in (self.base.certifications, self.base.roles))
        if roles:
            return Happening("moved", roles[0])
        return Happening("passed", self._full(exams[0])) if exams else None

    def _hired(self, clause: Clause) -> Happening | None:
        named = self._named(clause.rest, self.base.roles) or self._named(clause.message, self.base.roles)
        if not named and self._dated(clause) is not None:
            return None  # "bumped to November 13" is an exam's new day
        return Happening("moved", named[0] if named else "")

    def _taken(self, clause: Clause) -> Happening | None:
        """Words that tell of a new post only where one is named: "they said yes: <role> from May"."""
        named = self._named(clause.message, self.base.roles)
        return Happening("moved", named[0]) if named else None

    def _left_alone(self, clause: Clause) -> Happening | None:
        """A word that is all that was said: "fired."."""
        alone = self._found("left_alone", clause.words)
        return Happening("left") if alone is not None and alone[0] == clause.words else None

    def _has(self, clause: Clause) -> Happening | None:
        """ "I have the …": a credential of the plan that the clause ends with, so not its book or its date."""
        exams = {*clause.progress.exams, *(step.entity for step in clause.steps if step.kind == "exam")}
        own = [item for item in self._named(clause.rest, self.base.certifications) if self._full(item) in exams]
        ends = any(clause.words.endswith(f" {name}") for item in own for name in self._names[item])
        return Happening("passed", self._full(own[0])) if ends else None

    def _day(self, clause: Clause) -> FoundDate:
        return self.dates.read(clause.text, clause.today)

    def _moved(self, clause: Clause, exam: str) -> FoundDate:
        """The day told of an exam: of two, the one that is not booked already ("not april 18, it is april 25 now")."""
        day, booked = self._day(clause), clause.progress.exams.get(exam)
        if booked is None or day != booked:
            return day
        words = clause.whole.split()
        rest = (self.dates.read(" ".join(words[at:]), clause.today) for at in range(len(words)))
        return next((other for other in rest if isinstance(other, date) and other != booked), day)

    def _late(self, clause: Clause) -> Happening:
        days = self._span(clause.words)
        if not days and self._found("one_week", clause.words) is not None:
            days = DAYS["in_weeks"]
        return Happening("late", number=round(days / DAYS["in_weeks"]) if days else 0)

    def _pause(self, clause: Clause) -> Happening:
        days = self._span(clause.words)
        day = clause.today + timedelta(days=days) if days else self._day(clause)
        day = day or self.dates.until(clause.text, clause.today) or self.dates.read(clause.message, clause.today)
        return Happening("pause", day=day)

    def _span(self, words: str) -> int:
        """How many days a length of time is, such as "three weeks"; 0 where none is named."""
        for key, days in DAYS.items():
            at = self._found(key, words)
            count = self.numbers.read(" ".join(words[: at.end()].split()[-3:]), "hours") if at is not None else None
            if count:
                return round(min(count, MOST_COUNT) * days)
        # A fortnight is one unless it is counted.
        return DAYS["in_fortnights"] if self._found("in_fortnights", words) is not None else 0

    def _exam_day(self, clause: Clause) -> Happening | None:
        exam = self._exam(clause)
        day = self._moved(clause, exam)
        return Happening("exam", exam, day=day) if day is not None else None

    def _units(self, clause: Clause) -> Happening | None:
        at = self._found("units", clause.words)
        unit = re.escape(at[0]) if at is not None else ""
        text = clause.text.lower()
        number = re.search(rf"{_COUNT}\s+(?:\w+\s+)?{unit}\b", text) or re.search(rf"{_COUNT}\b", text)
        before = words_of(text[: number.start()]) if number is not None else ""
        opens = all(self._found("adds", word) is not None for word in before.split())
        # Credits of a college are none that renew anything.
        owed = any(self._found(key, clause.message) is not None for key in ("owing", "of_college"))
        # "4 units, summer camp" tells of units as "I earned 4" does; "4 to go" does not.
        if number is None or owed or not (opens or self._found("earned", clause.message) is not None):
            return None
        named = self._named(clause.words, clause.progress.profile.certifications)
        on = self.dates.read(clause.text, clause.today, past=True)
        day = on if isinstance(on, date) else clause.today
        return Happening("units", named[0] if named else "", float(number[1]), day)

    def _finished(self, clause: Clause) -> Happening | None:
        named = self._named(clause.rest, self.base.education)
        schools = [step.entity for step in clause.steps if step.schooling and step.entity in self.base.education]
        if named:
            # The school of the plan, where it gives just that.
            planned = [school for school in schools if named[0] in self.base.education[school].counts_as]
            return Happening("schooled", next((item for item in named if item in schools), (*planned, *named)[0]))
        levels = self.base.assessment.education
        level = next((item for item in levels if _any_in(clause.message, (item.name, item.id, *item.aliases))), None)
        if level is not None:
            # The degree of the plan is meant, unless another field is named with it.
            of = self._found("of_field", clause.message)
            field = clause.message[of.end() :].split()[:1] if of is not None else []
            named = [*schools, *(self.base.education if field else ())]
            own = [item for item in named if self.base.education[item].level == level.id]
            meant = [item for item in own if set(field) <= set(words_of(self.base.name(item)).split())]
            return Happening("schooled", (*meant, level.id)[0])
        if self._found("courses", clause.words) is None:
            return None
        return Happening("schooled", schools[0] if schools else "")

    def _country(self, clause: Clause) -> Happening | None:
        countries = self.base.assessment.countries
        named = [item.id for item in countries if _any_in(clause.rest, (item.name, *item.aliases))]
        named = named or [item.id for item in countries if _any_in(clause.rest, item.parts)]
        if not named:
            return None
        day = self._day(clause) or self.dates.until(clause.text, clause.today)
        later = isinstance(day, date) and day > clause.today
        soon = later or self._found("later", clause.message) is not None
        return Happening("country_later" if soon else "country", named[0])

    def _goal(self, clause: Clause) -> Happening:
        goals = (*self.base.roles, *self.base.certifications)
        # What only says of which kind a thing is names no goal: "a … department".
        things = self._pattern("things")
        said = (clause.rest, clause.words, clause.message)
        rest, words, message = (things.sub("", text) if things is not None else text for text in said)
        named = self._named(rest, goals) or self._named(words, goals)
        # A goal may stand in the next breath, or as an ordinary word for the work.
        named = named or self._named(message, goals) or self._worded(message)
        return Happening("goal", named[0] if named else "")

    def _goal_if(self, clause: Clause) -> Happening | None:
        """Words that change a goal only where one is named: "changed my mind, <role>"."""
        found = self._goal(clause)
        return found if found.what else None

    def _hours(self, clause: Clause) -> Happening | None:
        named = self.numbers.named
        if self._found("work_hours", clause.words) is not None or named["years"].search(clause.words):
            return None
        if not named["hours"].search(clause.words):
            return None
        hours = self.numbers.read(clause.text, "hours")
        return Happening("hours", number=hours) if hours else None

    def _money(self, clause: Clause) -> Happening | None:
        # Money for units of learning is none for the plan.
        if self._found("units", clause.words) is not None:
            return None
        # "In 2 years" is no sum; "2500 a year" is one.
        if self.numbers.a_time.search(clause.words) or self.numbers.named["hours"].search(clause.words):
            return None
        amount = self.numbers.read(clause.text, "money") or self.numbers.read(clause.message, "money")
        return Happening("money", number=amount if amount is not None and amount >= LEAST_MONEY else -1)

    def _exam(self, clause: Clause) -> str:
        """The exam that is meant: the one named, else the one booked first, else the next on the plan."""
        named = self._named(clause.words, self.base.certifications)
        if named:
            return self._full(named[0])
        exams = [step.entity for step in clause.steps if step.kind == "exam"]
        held = clause.progress.profile.certifications
        booked = sorted((on, exam) for exam, on in clause.progress.exams.items() if not self._sat(exam, held))
        # Named in another clause of the message, it is the one that is meant where it is on the plan, or alone.
        told = self._named(clause.message, self.base.certifications)
        near = self._full(told[0]) if told else ""
        if near and len(told) == 1 and near not in held and self._found("others", clause.message) is None:
            return near
        # Who failed comes back to it, whether the route still leads over it or not.
        again = [exam for exam in clause.progress.opens if exam not in held]
        return booked[0][1] if booked else next(iter((*again[-1:], *exams)), "")

    def _sat(self, exam: str, held: Sequence[str]) -> bool:
        """Whether an exam is over: its credential is held, or the provisional one."""
        return bool({exam, self.base.certifications[exam].provisional} & set(held))

    def _named(self, words: str, ids: Iterable[str]) -> list[str]:
        """Those of some entities that the words name, the longest name first."""
        found = [
            (-max(lengths), item)
            for item in dict.fromkeys(ids)
            if (lengths := [len(name) for name in self._names.get(item, ()) if f" {name} " in f" {_plain(words)} "])
        ]
        return [item for _, item in sorted(found)]

    def _worded(self, words: str) -> list[str]:
        """Roles that words name by what their work is called."""
        return [role.id for role in self.base.roles.values() if _any_in(words, role.short_names)]

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
