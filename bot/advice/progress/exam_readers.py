"""What the words of one clause say of an exam: passed, failed, sat, booked, moved. All words are content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from bot.advice.progress.cue_reader import DAYS, Clause, CueReader, Happening
from bot.understanding.parsing.cues import words_of
from bot.understanding.parsing.dates import FoundDate

LEAST_SCORE, MOST_SCORE = 20, 999
MOST_SETTLED = 6  # words of "May 9 it is"
NEAR_EXAM = 3  # words between an exam and what was done with it: "cleared my first exam", not "my doubts about it"
BESIDE = 2  # words behind the name of an exam that say that something of it is meant
MOST_AGO = 270  # days: what was sat earlier is no news, and its day may be one to come
OF_A_DATE, OF_A_COUNT = 2, 4  # words
_YEAR = re.compile(r"(?<![\d./-])(?:19[89]|20\d)\d(?![\d./-])")
FRESH = timedelta(weeks=6)  # after the day of an exam a result may come
A_DAY = date(2024, 1, 1)  # any day: whether words name one does not hang on it
COUNTED = ("units", "hours", "money", *DAYS)  # what has words of its own


class ExamReaders(CueReader):
    """Reads clauses about exams by the cues of one knowledge base."""

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
        beside = (
            self._found("not_the_exam", clause.words) is not None and self._found("exam_words", clause.words) is None
        )
        if beside or self.dates.behind(clause.text, clause.today) is not None:
            return None  # a day of its course, or a day gone by, is none to come
        return Happening("exam", exam, day=day) if isinstance(day, date) else None

    def _failed(self, clause: Clause) -> Happening:
        return Happening("failed", self._exam(clause), self.score_in(clause.text), self._day_gone(clause))

    def _day_gone(self, clause: Clause) -> date | None:
        """The day of what is over, as the clause tells it; a word for having sat an exam may look like one of a day."""
        sat = self._pattern("sat")
        text = sat.sub(" ", clause.text.lower()) if sat is not None else clause.text
        day = self.dates.read(text, clause.today, past=True)
        return day if isinstance(day, date) and day <= clause.today else None

    def score_in(self, text: str) -> float:
        """The score that words tell of an exam; 0 where they tell none that is no day and no count of anything else."""
        words = words_of(text).split()
        scores = []
        for at, word in enumerate(words):
            bare = word.rstrip("%")
            counts = " ".join(words[at : at + OF_A_COUNT])
            named = any(self._found(key, counts) is not None for key in (*COUNTED, "points"))
            dated = self._of_a_date(words, at)
            if bare.isdecimal() and LEAST_SCORE <= int(bare) <= MOST_SCORE and not named and not dated:
                scores.append(int(bare))
        return float(scores[0]) if scores else 0

    def _of_a_date(self, words: Sequence[str], at: int) -> bool:
        """Whether a number is part of a day: "april 25", and not the score in "friday 71"."""
        before, after = words[max(at - 1, 0) : at], words[at + 1 : at + OF_A_DATE]
        day = self.dates.read(" ".join((*before, words[at], *after)), A_DAY)
        return isinstance(day, date) and day != self.dates.read(" ".join((*before, *after)), A_DAY)

    def _passed(self, clause: Clause) -> Happening | None:
        exam, day = self._exam(clause), self._day_gone(clause)
        year = self._year_gone(clause) if exam and day is None else 0
        if year or (day is not None and (clause.today - day).days > MOST_AGO):
            # What was passed years ago is no news: it is held since then.
            return Happening("held", exam, number=year, day=day) if exam else None
        return Happening("passed", exam, self.score_in(clause.text), day) if exam else None

    def _year_gone(self, clause: Clause) -> int:
        """The year before this one that a clause names alone; 0 where it names none."""
        years = [int(found) for found in _YEAR.findall(clause.text)]
        return years[0] if len(years) == 1 and years[0] < clause.today.year else 0

    def _passed_if(self, clause: Clause) -> Happening | None:
        """Words that tell of a pass only beside an exam: "cleared", "through with"."""
        before = clause.words.removesuffix(clause.rest).split()[-NEAR_EXAM:]
        near = " ".join((*before, *clause.rest.split()[: NEAR_EXAM + 1]))
        of_exam = self._named(near, self.base.certifications) or self._found("exam_words", near) is not None
        if not of_exam and not self._just_sat(clause):
            return None
        return self._passed(clause)

    def _just_sat(self, clause: Clause) -> bool:
        """Whether the day of a booked exam has just come: news of those days are of it."""
        return any(on <= clause.today <= on + FRESH for on in clause.progress.exams.values())

    def _sat_exam(self, clause: Clause) -> Happening | None:
        """An exam that somebody has sat, however it went."""
        named = self._named(clause.words, self.base.certifications)
        if not named and self._found("exam_words", clause.words) is None:
            return None
        exam, over = self._exam(clause), self._found("sat_over", clause.words) is not None
        day: FoundDate = self._day_gone(clause) if over else self._day(clause)
        ago = (clause.today - day).days if isinstance(day, date) else 0
        if not exam or isinstance(day, str) or not 0 <= ago <= MOST_AGO:
            return None
        return Happening("sat", exam, self.score_in(clause.text), day)

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

    def _exam_day(self, clause: Clause) -> Happening | None:
        if self._of_its_course(clause.words):
            return None
        exam = self._exam(clause)
        day = self._moved(clause, exam)
        if self.dates.behind(clause.text, clause.today) is not None and day != clause.today:
            # "I booked it yesterday" names no day of an exam, unless it names another one too.
            day = day if isinstance(day, date) and day > clause.today else None
            return Happening("exam", exam, day=day) if exam else None
        return Happening("exam", exam, day=day) if day is not None else None

    def _of_its_course(self, words: str) -> bool:
        """Whether an exam is named only to say whose class or book it is: "the … class on saturday"."""
        names = [name for item in self._named(words, self.base.certifications) for name in self._names[item]]
        behind = [words.partition(f" {name} ")[2].split()[:BESIDE] for name in names]
        return any(self._found("not_the_exam", " ".join(near)) is not None for near in behind if near)

    def _unbooked(self, clause: Clause) -> Happening | None:
        """A booked exam that is not booked any more."""
        exam = self._exam(clause)
        return Happening("unbooked", exam) if exam in clause.progress.exams else None

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
