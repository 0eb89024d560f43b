"""What the words of one clause say that happened, once a cue of its kind is found. All words are content."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cached_property

from bot.advice.progress.cue_reader import DAYS, Clause, Happening, any_in
from bot.advice.progress.job_readers import JobReaders
from bot.understanding.parsing.cues import words_of

LEAST_MONEY = 20
LEAST_NAME = 4  # letters of a kind of work that a word may begin with
OF_A_DAY = 5  # words of a clause that is little but a day
_A_RATE = re.compile(r"\d\s*/")
_COUNT = r"\b(\d{1,3}(?:\.\d)?)"


class Readers(JobReaders):
    """Reads clauses by the cues of one knowledge base."""

    @cached_property
    def _readers(self) -> tuple[tuple[str, Callable[[Clause], Happening | None]], ...]:
        # In this order a clause is tried: what says most for certain comes first.
        return (
            ("failed", self._failed),
            ("lifted", self._lifted),
            ("passed", self._passed),
            ("passed_if", self._passed_if),
            ("sat", self._sat_exam),
            ("became", self._became),
            ("same_work", lambda clause: Happening("same_job")),
            ("promoted", self._hired),
            ("hired", self._hired),
            ("taken", self._taken),
            ("first_day", self._first_day),
            ("start_moved", self._start_moved),
            ("nearby", self._nearby),
            ("refused", lambda clause: Happening("refused")),
            ("tired", lambda clause: Happening("tired")),
            ("left", lambda clause: Happening("left")),
            ("left_alone", self._left_alone),
            ("resume", self._resumed),
            ("late", self._late),
            ("broke", self._broke),
            ("pause", self._pause),
            ("unbooked", self._unbooked),
            ("exam_day", self._exam_day),
            ("rebooked", self._rebooked_some_day),
            ("units", self._units),
            ("finished", self._finished),
            ("country", self._country),
            ("goal_off", self._goal_off),
            ("goal", self._goal),
            ("hours", self._hours),
            ("hours_words", lambda clause: Happening("which_hours")),
            ("no_money", lambda clause: Happening("no_money")),
            ("paid_for", lambda clause: Happening("paid_for")),
            ("money", self._money),
            ("has", self._has),
            ("goal_if", self._goal_if),
            ("going", lambda clause: None if self._opens_question(clause.words) else Happening("going")),
        )

    def _lifted(self, clause: Clause) -> Happening | None:
        """The provisional credential that is one no more."""
        held = clause.progress.profile.certifications
        full = [record.full for item in held if (record := self.base.certifications[item]).full is not None]
        return Happening("lifted", full[0]) if full else None

    def _became(self, clause: Clause) -> Happening | None:
        """What somebody says they are now: "i am a lead now"."""
        exams, roles = (self._named(clause.rest, ids) for ids in (self.base.certifications, self.base.roles))
        if roles:
            return Happening("moved", roles[0])
        return Happening("passed", self._full(exams[0])) if exams else None

    def _late(self, clause: Clause) -> Happening:
        days = self._span(clause.words)
        if not days and self._found("one_week", clause.words) is not None:
            days = DAYS["in_weeks"]
        return Happening("late", number=round(days / DAYS["in_weeks"]) if days else 0)

    def _rebooked_some_day(self, clause: Clause) -> Happening | None:
        """An exam that was moved; without a day, that is asked for. "Rescheduled the dentist" is of something else."""
        exam, at = self._exam(clause), self._pattern("rebooked")
        left = at.sub(" ", clause.words).split() if at is not None else []
        day = self._day(clause)
        bare = all(self._found("beside_rebooked", word) is not None for word in left)
        dated = isinstance(day, date) and len(left) <= OF_A_DAY and any(map(str.isdecimal, left))
        told = bare or dated or self._of_exams(clause.words)
        return Happening("exam", exam, day=day) if exam and told else None

    def _goal_off(self, clause: Clause) -> Happening | None:
        """Somebody who does not want the goal of the plan, or an exam of it, any more: what instead is asked."""
        way = [step.entity for step in clause.steps if step.kind == "exam" and step.entity != clause.progress.goal]
        if exams := self._named(clause.words, way):
            return Happening("unwanted", exams[0])
        goal = self.base.roles.get(clause.progress.goal)
        kinds = [item for item in self.base.assessment.experience if goal is not None and item.id == goal.experience]
        names = [name for item in kinds for name in (item.name, *item.aliases)]
        of_work = any(
            word.startswith(name) for word in clause.words.split() for name in names if len(name) >= LEAST_NAME
        )
        worded = goal is not None and any_in(clause.words, goal.short_names)
        meant = self._named(clause.words, (clause.progress.goal,)) or of_work or worded
        return Happening("goal") if meant or self._found("it_all", clause.words) is not None else None

    def _resumed(self, clause: Clause) -> Happening | None:
        """A wait that ends before its day."""
        until = clause.progress.paused
        return Happening("resumed") if until is not None and until > clause.today else None

    def _between(self, clause: Clause) -> Happening | None:
        """A wait from one day until another: "from march till august"."""
        at = self._found("up_to", clause.words)
        if at is None:
            return None
        before, after = clause.words[: at.start()], clause.words[at.end() :]
        until = next(iter(self.cues.get("up_to", ())), "")
        begins = self.dates.read(before, clause.today)
        if not isinstance(begins, date):  # a month alone is read as the end of a wait is
            begins = self.dates.until(f"{until} {' '.join(before.split()[-1:])}", clause.today)
        ends = self.dates.read(after, clause.today) or self.dates.until(f"{until} {after}", clause.today)
        if not (isinstance(begins, date) and isinstance(ends, date) and clause.today < begins < ends):
            return None
        return Happening("pause", number=(ends - begins).days, day=ends)

    def _pause(self, clause: Clause) -> Happening:
        if (between := self._between(clause)) is not None:
            return between
        days = self._span(clause.words) or self._span(clause.message)
        begins = self._day(clause) if days else None
        opens = self._found("away_first", clause.words)
        away = self._found("away", clause.words) is not None or (opens is not None and not opens.start())
        if days and begins is None and away and not self._of_exams(clause.message):
            begins = self.dates.read(clause.whole, clause.today)  # "surgery on may 6, out for five weeks"
        if isinstance(begins, date) and begins > clause.today and self.dates.behind(clause.text, clause.today) is None:
            # "Surgery on feb 20, nothing for six weeks" waits from that day on.
            return Happening("pause", number=days, day=begins + timedelta(days=days))
        day = clause.today + timedelta(days=days) if days else self._day(clause)
        day = day or self.dates.until(clause.text, clause.today) or self.dates.read(clause.message, clause.today)
        return Happening("pause", day=day)

    def _broke(self, clause: Clause) -> Happening | None:
        """No money until a day; None without one: then it is a question of how much there is."""
        days = self._span(clause.words)
        day = clause.today + timedelta(days=days) if days else self._day(clause)
        day = day or self.dates.until(clause.text, clause.today) or self.dates.until(clause.message, clause.today)
        return Happening("broke", day=day) if isinstance(day, date) and day > clause.today else None

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
        level = next((item for item in levels if any_in(clause.message, (item.name, item.id, *item.aliases))), None)
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
        there = self._country_in(clause.rest)
        if not there or self._found("visits", clause.message) is not None:
            return None
        day = self._day(clause) or self.dates.until(clause.text, clause.today)
        later = isinstance(day, date) and day > clause.today
        soon = later or any(self._found(key, clause.message) is not None for key in ("later", "wanted"))
        return Happening("country_later" if soon else "country", there)

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
        # "18/hr" is a wage.
        if not named["hours"].search(clause.words) or _A_RATE.search(clause.text):
            return None
        hours = self.numbers.read(self._meant(clause.text), "hours")
        return Happening("hours", number=hours) if hours else None

    def _meant(self, text: str) -> str:
        """A text without the numbers that it denies: "not 800, 900" tells of 900."""
        at = self._pattern("other_than")
        if at is None:
            return text
        return re.sub(rf"{at.pattern}\s+\D?\d[\d.,]*(?=[,;\s])", " ", text, flags=re.I)

    def _money(self, clause: Clause) -> Happening | None:
        # Money for units of learning is none for the plan.
        if self._found("units", clause.words) is not None:
            return None
        # "In 2 years" is no sum; "2500 a year" is one.
        if self.numbers.a_time.search(clause.words) or self.numbers.named["hours"].search(clause.words):
            return None
        said = (self._meant(clause.text), clause.message)
        amount = next((found for text in said if (found := self.numbers.read(text, "money"))), None)
        return Happening("money", number=amount if amount is not None and amount >= LEAST_MONEY else -1)
