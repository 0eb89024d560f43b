"""What people tell of their plan in passing: "so I failed the exam, and they moved my retake to 3 March".

A message is read clause by clause; several things told at once are all done. What only asks or supposes
tells nothing, and neither does what happened to somebody else. All words are content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from bot.advice.progress.afterthoughts import Afterthoughts
from bot.advice.progress.cue_reader import BLOCK, Clause, Happening, any_in
from bot.advice.progress.exam_readers import A_DAY, COUNTED, FRESH, OF_A_DATE
from bot.advice.progress.hedges import DENIED_WITHIN, OWN
from bot.advice.progress.model import KeptStep, Progress
from bot.advice.progress.practising import practised
from bot.knowledge.base import KnowledgeBase
from bot.understanding.likeness import Likeness
from bot.understanding.parsing.cues import mentioned, words_of
from bot.understanding.parsing.speech import Speech

SHOWN = (
    *("exam_when", "counters", "pace", "costs", "finish", "week", "week_alone", "steps", "routes", "changes", "road"),
    *("change", "effect", "calendar", "share", "export", "timeline"),
)
AS_PART = ("exam_when", "counters", "pace", "week", "steps")  # may stand among other words
MAX_TEXT = 600  # characters: a longer message tells a story
MOST_WORDS = 12  # of a wish to see something
OVER = ("failed", "passed", "sat")  # what is told of an exam that is over
BESIDE = {
    "money": "wages",
    "hours": "work_hours",
    "country": "visits",
    "pause": "of_terms",
}  # of another matter than a likeness says
MOST_WAITING = 6  # words
OF_A_DAY = 4  # words of a clause that is nothing but a day
MOST_OF_SCORE = 6  # words around a bare result
MOST_SCORE = 400
MOST_BESIDE_EFFECT = 6  # characters beside "what changed"
_NUMBERS = re.compile(r"(?<![\w.])\d{1,2}(?![\w.]*\d)")
_ENDS = re.compile(r"(?:(?<!\d)\.|\.(?!\d)|[;!\n])+\s*|(?<=\?)\s*|,\s+")


class Happenings(Afterthoughts):
    """Finds what happened in messages, by the cues of one knowledge base; finds nothing where it has none."""

    def __init__(self, base: KnowledgeBase, speech: Speech) -> None:
        super().__init__(base, speech)
        dialog = base.dialogs.get(BLOCK)
        self._likeness = Likeness(dialog.examples if dialog is not None else {})

    def shown(self, text: str, progress: Progress | None = None) -> str | None:
        """What somebody asks to see of the plan, or wants done with it as a whole."""
        words = words_of(text)
        for key in ("delete_sure", "delete"):
            at = self._found(key, words) if self._is(key, words) else None
            if at is None or "?" in text or self._asks(text):
                continue
            denied = self._found("denied", " ".join(words[: at.start()].split()[-DENIED_WITHIN:])) is not None
            return "keep" if denied else key
        if len(words.split()) > MOST_WORDS:
            return None
        # "When is the …" may be of anything; of an exam that is booked it asks for its day.
        asked = self._found("when_is", words)
        if asked is not None and not asked.start() and progress is not None:
            booked = (self.base.certifications[item].short.lower() for item in progress.exams)
            if set(words[asked.end() :].split()) & set(booked):
                return "exam_when"
        if progress is not None and progress.exams and self._makes_sure(text, words):
            return "exam_when"
        if (why := self._found("why", words)) is not None and why[0] == words:
            return "why"  # with more words it asks for the reason of something else
        if progress is not None and progress.opens and self._found("wait_again", words) is not None:
            return "exam_when"
        if self._asks(text) and self._is("break_on", words):
            return "held"
        units = progress is not None and progress.journal and progress.journal[-1].deed == "units"
        if units and self._is("how_many_left", words):
            return "counters"
        found = next((key for key in SHOWN if self._found(key, words)), None)
        if found == "change" and not (self._asks(text) or self._found("supposed", words) is not None):
            return found
        if found == "effect" and not self._is(found, words, MOST_BESIDE_EFFECT):
            return None  # "what changed in the books" asks for something else
        # Short words mean the plan only where they are all that was said.
        return found if found in AS_PART or (found and self._is(found, words)) else None

    def _makes_sure(self, text: str, words: str) -> bool:
        """Whether a statement about the day of an exam ends as a question: "my test is next thursday, right?"."""
        sure = self._found("makes_sure", words)
        ends = sure is not None and words.endswith(sure[0])
        exam = self._found("exam_words", words) is not None or bool(self._named(words, self.base.certifications))
        return (ends or "?" in text) and exam and isinstance(self.dates.read(text, A_DAY), date)

    def asked(self, progress: Progress, text: str) -> Happening | None:
        """What is asked of the plan as a whole: a plan for another goal, or what a move would change in it."""
        words = words_of(text)
        if self._found("if_moved", words) is not None and (there := self._country_in(words)):
            return Happening("country_later", there)
        wanted = mentioned(words, [("plan", self.base.texts.cues["plan_wanted"])])
        if not wanted or self._found("denied", words) is not None:
            return None
        roles = mentioned(words, [(role, self._names[role]) for role in self.base.roles])
        named = [role for role in roles if role != progress.profile.role]
        return Happening("goal", named[0]) if len(named) == 1 else Happening("plan")

    def needed(self, progress: Progress, text: str) -> tuple[str, ...]:
        """The credential on the way that somebody asks whether they need it at all."""
        words = words_of(text)
        way = dict.fromkeys(step.entity for step in progress.open if step.kind == "exam")
        if self._is("why_exam", words):
            return tuple(way)[:1]
        if self._found("still_need", words) is None:
            return ()
        return tuple(item for item in self._named(words, self.base.certifications) if item in way)[:1]

    def this_step(self, text: str) -> bool:
        """Whether somebody asks why the step is there that they are at."""
        return self._is("why_step", words_of(text))

    def fails(self, text: str) -> bool:
        """Whether what is supposed is that something goes wrong."""
        return self._found("fails", words_of(text)) is not None

    def practised(self, text: str) -> bool:
        """Whether a test that words speak of is only for practice, or it is a book or a chapter of it."""
        return any(self._found(key, words_of(text)) is not None for key in ("practice_tests", "not_the_exam"))

    def of_another(self, text: str) -> bool:
        """Whether it is no exam that words give a day."""
        return self._of_another_thing(words_of(text))

    def keeps(self, text: str) -> bool:
        """Whether somebody says that their plan stays."""
        return self._is("keep", words_of(text)) or self.shown(text) == "keep"

    def told(self, progress: Progress, steps: Sequence[KeptStep], text: str, today: date) -> tuple[Happening, ...]:
        """Everything that a message tells, in its order. `steps` are the open ones as they are dated."""
        if not self.cues or len(text) > MAX_TEXT:
            return ()
        found: list[Happening] = []
        whole = self._apart(text)
        if (after := self.afterthought(progress, whole, today) or self.swapped(progress, whole)) is not None:
            return (after,)
        if (offer := self._offered(progress, steps, whole, today)) is not None:
            return (offer,)
        if ticked := self._ticked(steps, whole):
            return ticked
        for clause in self._clauses(whole):
            words = words_of(clause)
            if not words or ((self._asks(clause) or self._supposed(words)) and not self._wishes(words)):
                continue
            happening = self._one(Clause(progress, steps, today, clause, words, words_of(whole), whole))
            if (
                happening is None
                and found
                and found[-1].verb == "exam"
                and len(words.split()) <= OF_A_DAY
                and self._found("denied", words) is None
            ):
                # "The exam is next week, may 8": a day by itself says which day was meant.
                day = self.dates.read(clause, today)
                found[-1] = replace(found[-1], day=day) if isinstance(day, date) else found[-1]
            if happening is not None and happening not in found:
                found.append(happening)
        if not found and (moved := self._rebooked(progress, whole, today)) is not None:
            return (moved,)
        found = self._together(found, whole, today)
        found = self._from_a_day(found, whole, today)
        if any(item.verb == "broke" for item in found):
            # "The money ran out, nothing till may" waits for money alone.
            found = [item for item in found if item.verb != "pause"]
        if any(item.verb == "same_job" for item in found):
            found = [item for item in found if item.verb != "moved" or item.what]
        # "I want another goal, I'd rather be a …" names one goal, not two.
        named = {item.verb for item in found if item.what}
        if any(item.verb == "units" for item in found):
            named.add("schooled")  # a course that gave units is no school to ask for
        return tuple(item for item in found if item.what or item.verb not in named)

    def _ticked(self, steps: Sequence[KeptStep], text: str) -> tuple[Happening, ...]:
        """Steps told by their numbers as done, several at once, or a practice told by what was done."""
        words = words_of(text)
        if self._asks(text) or self._found("supposed", words) is not None or self._found("denied", words) is not None:
            return ()
        numbers = [int(number) for number in _NUMBERS.findall(text)]
        rest = self.cues.get("numbered", ())
        others = [word for word in words.split() if not word.isdigit() and word not in rest]
        if len(numbers) > 1 and not others and all(1 <= number <= len(steps) for number in numbers):
            return tuple(Happening("done", steps[number - 1].id) for number in dict.fromkeys(numbers))
        if len(words.split()) > MOST_WORDS or self._found("courses", words) is not None:
            return ()
        ready = {f"hiring-{item.id}" for item in self.base.choosing.hiring.steps if any_in(words, item.done)}
        if got_ready := [Happening("done", step.id) for step in steps if step.id in ready]:
            return tuple(got_ready)
        step = practised(self.base, steps, words, [word for word in words.split() if self._found("did", word)])
        return (Happening("done", step.id),) if step is not None else ()

    def _together(self, found: Sequence[Happening], text: str, today: date) -> list[Happening]:
        """With an exam that was sat and its result as one, and the score and the day that another clause tells."""
        results = [item for item in found if item.verb in OVER]
        over = {item.what for item in results}
        found = [item for item in found if not (item.verb == "exam" and item.what in over and _today(item, today))]
        sat = next((item for item in results if item.verb == "sat"), None)
        told = [item for item in results if item.verb != "sat"]
        if sat is not None and told:
            results = told
            found = [item for item in found if item is not sat]
        if len(results) != 1:
            return list(found)
        (one,) = results
        day = one.day or (sat.day if sat is not None else None)
        gone = self.dates.behind(text, today) or self.dates.read(text, today)
        if day is None and isinstance(gone, date) and gone <= today and not any(item.verb == "exam" for item in found):
            day = gone
        number = one.number or (sat.number if sat is not None else 0) or self.score_in(text)
        return [replace(item, day=day, number=number) if item is one else item for item in found]

    def _from_a_day(self, found: Sequence[Happening], text: str, today: date) -> list[Happening]:
        """A new post with its first day, where the message names one to come that is of nothing else."""
        posts = [item for item in found if item.verb == "moved" and item.what]
        day = self._ahead(text, today) if len(posts) == 1 and not any(item.day for item in found) else None
        if day is None:
            return list(found)
        return [replace(item, day=day) if item is posts[0] else item for item in found]

    def _offered(self, progress: Progress, steps: Sequence[KeptStep], text: str, today: date) -> Happening | None:
        """A job that is offered and not taken, or not yet: somebody tells of it, or asks whether to take it."""
        words = words_of(text)
        if self._declined(words) and not self._asks(text):
            return Happening("declined")
        at = self._found("offered", words)
        if at is None or self._found("wanted", words) is not None:
            return None
        if self._found("offer_over", words) is not None:
            return None if self._asks(text) else self._got(steps, progress, text, words, today)
        clause = Clause(progress, steps, today, text, words, words, text, words)
        if self._denied("hired", clause, at.start()) or self._another("hired", clause, at):
            return None
        if (asked := self._found("supposed", words)) is not None and asked.start() < at.start():
            return None  # "what if they offer me …"
        roles = self._named(words, self.base.roles)
        near = self._nearby(clause)
        if roles or near is None:
            return Happening("offer", roles[0] if roles else "", said="" if roles else self._job(words))
        return replace(near, verb="offer")

    def _got(
        self, steps: Sequence[KeptStep], progress: Progress, text: str, words: str, today: date
    ) -> Happening | None:
        """A post that is offered with its first day, where nothing else tells that it was got."""
        clauses = (Clause(progress, steps, today, part, words_of(part), words, text) for part in self._clauses(text))
        if any(self._one(clause) is not None for clause in clauses if not self._supposed(clause.words)):
            return None
        roles = self._named(words, self.base.roles)
        return Happening("moved", roles[0], day=self._ahead(text, today)) if len(roles) == 1 else None

    def _apart(self, text: str) -> str:
        """The same with a number and its short unit as two words: "3h" → "3 h"."""
        glued = self.cues.get("glued", ())
        return re.sub(rf"(?<![\w.])(\d+(?:\.\d)?)({'|'.join(glued)})\b", r"\1 \2", text, flags=re.I) if glued else text

    def _rebooked(self, progress: Progress, text: str, today: date) -> Happening | None:
        """The day of a booked exam beside another one: "the 12th clashes with a wedding, so the 19th"."""
        if self._asks(text) or self._supposed(words_of(text)):
            return None
        words = text.split()
        days = dict.fromkeys(self.dates.read(" ".join(words[at : at + OF_A_DATE]), today) for at in range(len(words)))
        told = [day for day in days if isinstance(day, date)]
        exam = next((item for item, on in progress.exams.items() if on in told), None)
        other = [day for day in told if exam is not None and day != progress.exams[exam]]
        return Happening("exam", exam, day=other[-1]) if exam is not None and len(other) == 1 else None

    def score(self, progress: Progress, text: str, today: date) -> Happening | None:
        """A bare number once the day of an exam has come: its result, though it may not be said which."""
        sat = sorted((on, exam) for exam, on in progress.exams.items() if on <= today <= on + FRESH)
        words = words_of(text).split()
        scores = [int(word) for word in (word.rstrip("%") for word in words) if word.isdigit()]
        sitting = {exam for _, exam in sat} & set(
            map(self._full, self._named(" ".join(words), self.base.certifications))
        )
        # It may say as well what was needed.
        fits = len(words) <= MOST_OF_SCORE and len(scores) in (1, 2) and all(0 < each <= MOST_SCORE for each in scores)
        won = self._found("winning", " ".join(words)) is not None and not self._asks(text)
        if won and (sitting or (fits and len(sat) == 1)):
            return Happening("passed", min(sitting or {sat[0][1]}), number=scores[0] if fits else 0)
        if not sat or not fits or "?" in text:
            return None
        counted = any(self._found(key, " ".join(words)) is not None for key in COUNTED)
        lost = self._found("losing", " ".join(words)) is not None
        return None if counted else Happening("failed" if lost else "score", sat[0][1], number=scores[0])

    def _bare(self, progress: Progress, text: str, today: date) -> bool:
        """Whether a few words hold a score and none for how it went, or a number soon after the day of an exam."""
        words = words_of(text)
        numbers = [word for word in words.split() if word.rstrip("%").isdecimal()]
        told = any(self._found(key, words) is not None for key in ("losing", "winning"))
        short = bool(numbers) and len(words.split()) <= MOST_OF_SCORE
        return (short and not told) or self.score(progress, text, today) is not None

    def _clauses(self, text: str) -> Iterator[str]:
        joins = self._pattern("joins")
        for part in _ENDS.split(text):
            starts = [at.start() for at in joins.finditer(part.lower())] if joins is not None else []
            yield from (part[start:end] for start, end in pairwise([0, *starts, len(part)]))

    def alike(
        self, progress: Progress, steps: Sequence[KeptStep], text: str, today: date
    ) -> tuple[Happening, ...] | str | None:
        """What a message without any cue is like: something told, or the name of something to be shown."""
        text = self._apart(text)
        words = words_of(text)
        if not self.cues or not words or len(words.split()) > MOST_WORDS:
            return None
        parts = [words, *(part for part in map(words_of, self._clauses(text)) if part and part != words)]
        alike = [(*kinds, part) for part in parts if (kinds := self._likeness.kind(part)) is not None]
        if not alike:
            return None
        kind, sure, said = next((item for item in alike if item[1]), alike[0])
        if kind == "exam_when" and isinstance(self.dates.read(text, today), date):
            kind = "exam_day"  # who names the day does not ask for it
        if kind in SHOWN:
            return kind if sure else None
        if kind == "delete":
            # Not for a part of what was said, nor where somebody asks.
            return kind if sure and said == words and "?" not in text else None
        if kind == "hired" and self._found("wanted", words) is not None:
            kind = "goal"  # who wants a post has not got it
        if kind == "exam_day" and not (sure or self._of_exams(words)):
            return None  # a day may be of anything
        if kind in OVER and self._bare(progress, text, today):
            return None  # a score by itself does not say how it went
        # Time and money are somebody's own, whoever brings it about, where they speak of themselves as well.
        own = kind in OWN and self._found("me", words) is not None
        others = not own and self._found("others", words) is not None
        if self._asks(text) or self._asks_of(words) or self._found("supposed", words) is not None or others:
            return None  # it asks, supposes, or happened to somebody else
        if kind in OVER and not sure:
            return None  # a day or a number does not make a result of what only sounds like one
        beside = BESIDE.get(kind)
        if beside is not None and self._found(beside, words) is not None:
            return None  # a wage is no budget, a shift no time for study, a visit no new country
        readers = dict(self._readers)
        clause = Clause(progress, steps, today, text, words, words, text, words)
        stands = kind in readers and not self._negated(kind, said) and not self._of_another_kind(kind, clause)
        found = readers[kind](clause) if stands else None
        if found is None or not (sure or found.day is not None or found.number > 0 or kind == "country"):
            return None
        return (found,)

    def _asks_of(self, words: str) -> bool:
        """Whether a question opens with a verb and what it is about: "would 15 hours do", but not "can only do 6"."""
        about = words.split()[1:2]
        return (
            bool(about)
            and self._opens_question(words)
            and (about[0].isdecimal() or self._found("of_what", about[0]) is not None)
        )

    def _one(self, clause: Clause) -> Happening | None:
        for key, read in self._readers:
            at = self._found(key, clause.words)
            if at is None or self._denied(key, clause, at.start()) or self._another(key, clause, at):
                continue
            if self._of_another_kind(key, clause):
                continue
            found = read(replace(clause, rest=clause.words[at.start() :]))
            if found is not None:
                return found
        return (None if self._of_another_kind("exam_day", clause) else self._dated(clause)) or self._over(clause)

    def _over(self, clause: Clause) -> Happening | None:
        """A course that is over."""
        at = self._found("over", clause.words)
        if at is None or self._denied("finished", clause, at.start()):
            return None
        named = self._named(clause.words, self.base.education)
        return Happening("schooled", named[0]) if named else None

    def waiting(self, text: str, today: date) -> Happening | None:
        """A bare "until march 3" or "for two weeks", which of a plan can only mean that it waits."""
        words = words_of(text)
        at = self._found("waiting", words)
        if at is None or at.start() or len(words.split()) > MOST_WAITING:
            return None
        days = self._span(words)
        day = today + timedelta(days=days) if days else self.dates.read(text, today)
        return Happening("pause", day=day) if day is not None else None


def _today(said: Happening, today: date) -> bool:
    """Whether a day told of an exam is today's or none: "now I am …" beside a result names no day to come."""
    return said.day is None or said.day == today
