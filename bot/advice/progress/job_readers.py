"""What the words of one clause say of a job: got, begun on a day, near the field, lost. All words are content."""

from __future__ import annotations

import re
from datetime import date

from bot.advice.progress.cue_reader import Clause, Happening, any_in
from bot.advice.progress.exam_readers import ExamReaders


class JobReaders(ExamReaders):
    """Reads clauses about jobs by the cues of one knowledge base."""

    def _hired(self, clause: Clause) -> Happening | None:
        named = self._named(clause.rest, self.base.roles) or self._named(clause.message, self.base.roles)
        named = named or self._worded(clause.rest)
        if not named and self._dated(clause) is not None:
            return None  # "bumped to November 13" is an exam's new day
        if named:
            return Happening("moved", named[0])
        return self._nearby(clause) or Happening("moved", said=self._job(clause.message))

    def _nearby(self, clause: Clause) -> Happening | None:
        """A job that is no role of the field, but one by which a step to the first post is done."""
        found = (
            (step.id, post)
            for words in (clause.rest, clause.words, clause.message)
            for step in self.base.choosing.hiring.steps
            for post in sorted(step.posts, key=len, reverse=True)
            if any_in(words, (post,))
        )
        step, post = next(found, ("", ""))
        if not step:
            return None
        typed = re.search(re.escape(post).replace(r"\ ", r"\s+"), clause.whole, re.I)
        name = " ".join(typed[0].split()) if typed is not None else post
        if self._found("not_field", clause.message) is not None:
            return Happening("moved", said=name)  # the same job in another trade leads nowhere near
        return Happening("nearby", step, said=name)

    def _job(self, words: str) -> str:
        """What a job is called that is none of the field's; empty where it is only called a job."""
        at = self._found("job_words", words)
        before = words[: at.start()].split()[-1:] if at is not None else []
        if before and self._found("any_job", before[0]) is None:
            return before[0]
        as_a = self._found("as_a", words)
        return " ".join(words[as_a.end() :].split()[:2]) if as_a is not None else ""

    def _taken(self, clause: Clause) -> Happening | None:
        """Words that tell of a new post only where one is named: "they said yes: <role> from May"."""
        named = self._named(clause.message, self.base.roles) or self._worded(clause.rest)
        return Happening("moved", named[0]) if named else None

    def _left_alone(self, clause: Clause) -> Happening | None:
        """A word that is all that was said: "fired."."""
        alone = self._found("left_alone", clause.words)
        return Happening("left") if alone is not None and alone[0] == clause.words else None

    def _first_day(self, clause: Clause) -> Happening | None:
        """The first day at a post that is named in no words: the one that the plan leads to next."""
        if self._found("courses", clause.message) is not None or self._of_exams(clause.words):
            return None
        day = self._ahead(clause.text, clause.today)
        if day is None:
            return None
        named = self._named(clause.message, self.base.roles) or self._worded(clause.rest)
        if not named and clause.progress.begins(clause.today) is not None:
            return Happening("begins", day=day)
        if not named and (self._job(clause.message) or self._nearby(clause) is not None):
            return None  # it is the first day at another job, which is read by itself
        return Happening("moved", (*named, self._at_hand(clause))[0], day=day)

    def _at_hand(self, clause: Clause) -> str:
        """The post that the plan leads to with nothing big before it; empty where another one may be meant."""
        kinds = [step.kind for step in clause.steps]
        at = kinds.index("move") if "move" in kinds else len(kinds)
        big = {"exam", "degree", "years"} & set(kinds[:at])
        return clause.steps[at].entity if at < len(kinds) and not big else ""

    def _start_moved(self, clause: Clause) -> Happening | None:
        """Another first day at a post that is got and not begun yet."""
        day = self._ahead(clause.text, clause.today)
        waits = clause.progress.begins(clause.today) is not None
        exams = self._named(clause.words, self.base.certifications) or self._found("exam_words", clause.words)
        return Happening("begins", day=day) if waits and day is not None and not exams else None

    def _ahead(self, text: str, today: date) -> date | None:
        """A day to come that words name."""
        day = self.dates.read(text, today)
        return day if isinstance(day, date) and day > today else None

    def _declined(self, words: str) -> bool:
        """Whether somebody tells of an offer or a post that they did not take."""
        offered = any(self._found(key, words) is not None for key in ("offered", "hired"))
        return offered and self._found("declined", words) is not None

    def _of_exams(self, words: str) -> bool:
        """Whether words speak of an exam at all."""
        named = self._named(words, self.base.certifications)
        return bool(named) or any(self._found(key, words) is not None for key in ("exam_words", "places"))
