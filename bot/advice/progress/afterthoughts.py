"""What a message says of something told shortly before: another number, another day, of which field a degree is.

And what it tells beside the plan: somebody else's news, an application, an exam not tried yet. All words are content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from bot.advice.progress.cue_reader import DAYS, Clause, Happening, any_in
from bot.advice.progress.hedges import Hedges
from bot.advice.progress.model import Entry, Progress
from bot.understanding.parsing.cues import words_of

CORRECTED_WITHIN = timedelta(days=14)
MOST_CORRECTING = 9  # words: a longer message tells something new
MOST_OF_A_DAY = 5  # words behind a correction
MOST_BESIDE = 14
OPENS_WITHIN = 2  # words before an afterthought: "hm no, back to …"
# What an entry may have changed that a number corrects, and what is told then.
NUMBERS: Mapping[str, str] = {"units": "units", "paused": "pause"}
OF_PROFILE: Mapping[str, str] = {"hours_per_week": "hours", "budget": "money"}
OTHERS_NEWS = ("passed", "passed_if", "hired", "promoted")
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d)?(?![\w.]*\d)")


class Afterthoughts(Hedges):
    """Reads messages against the last entry of a plan, by the cues of one knowledge base."""

    def afterthought(self, progress: Progress, text: str, today: date) -> Happening | None:
        """A correction of what was told last, or more about it; None where a message is neither."""
        words = words_of(text)
        if self._asks(text) or len(words.split()) > MOST_CORRECTING:
            return None
        entry = progress.journal[-1] if progress.journal else None
        fresh = entry is not None and entry.before is not None and today - entry.on <= CORRECTED_WITHIN
        kinds = (
            self._corrected,
            self._of_field,
            self._other_goal,
            self._not_that_exam,
            self._more_units,
            self._no_move,
            self._other_day,
        )
        readers = kinds if entry is not None and fresh else ()
        found = (read(progress, entry, text, words) for read in readers if entry is not None)
        return next((item for item in found if item is not None), None) or self._later_on(progress, words, today)

    def _corrected(self, progress: Progress, entry: Entry, text: str, words: str) -> Happening | None:
        """Another number for the one told last: "make it 7", "that was 8, not 6", "no, three months"."""
        at = self._found("corrects", words)
        if at is None or len(words[: at.start()].split()) > OPENS_WITHIN or entry.before is None:
            return None
        kinds = [kind for key, kind in NUMBERS.items() if getattr(entry.before, key) != getattr(progress, key)]
        was, now = entry.before.profile, progress.profile
        kinds += [kind for key, kind in OF_PROFILE.items() if getattr(was, key) != getattr(now, key)]
        days, last = self._span(words), list(_NUMBER.finditer(words))[-1:]
        follows = words[last[0].end() :].split()[:1] if last else []
        if follows and self._found("after_number", follows[0]) is None:
            return None  # "make it 5 people" counts something else
        if len(kinds) != 1 or (days > 0) != (kinds[0] == "pause"):
            return None
        if days:
            return Happening("corrected", "pause", day=entry.on + timedelta(days=days))
        told = {
            "hours": now.hours_per_week,
            "money": now.budget,
            "units": progress.units[-1].count if progress.units else 0,
        }
        numbers = [float(number) for number in _NUMBER.findall(text.replace(",", ""))]
        other = [number for number in numbers if number != told[kinds[0]]]
        return Happening("corrected", kinds[0], number=other[0]) if other else None

    def _of_field(self, progress: Progress, entry: Entry, text: str, words: str) -> Happening | None:
        """Of which field the degree is that was told last: "the one in …"."""
        at, before = self._found("of_one", words), entry.before
        if at is None or before is None:
            return None
        general = {level.id for level in self.base.assessment.education}
        new = [item for item in progress.profile.education if item not in before.profile.education and item in general]
        named = self._named(words[at.end() :], self.base.education) or self._named(words, self.base.education)
        fields = [*named, *self._in_field(" ".join(words[at.end() :].split()))]
        schools = [item for item in fields if self.base.education[item].level in new]
        # The plainest name: a special way to the same degree would have been named.
        return Happening("schooled", min(schools, key=lambda item: len(self.base.name(item)))) if schools else None

    def _other_goal(self, progress: Progress, entry: Entry, text: str, words: str) -> Happening | None:
        """Another goal than the one told last: "I mean the one, not the other", "no, the first it is"."""
        at = self._found("corrects", words)
        if entry.before is None or entry.before.goal == progress.goal:
            return None
        if at is None or len(words[: at.start()].split()) > OPENS_WITHIN:
            return None
        off = self._pattern("other_than")
        meant = [words[at.end() :], *(off.split(words) if off is not None else ())]
        named = (self._named(part, (*self.base.roles, *self.base.certifications)) for part in meant)
        found = next((item for items in named for item in items if item != progress.goal), None)
        return Happening("goal", found) if found is not None else None

    def _not_that_exam(self, progress: Progress, entry: Entry, text: str, words: str) -> Happening | None:
        """That the exam booked last is none of theirs: "sorry, wrong, no …"."""
        before = entry.before
        if self._found("mistaken", words) is None or before is None:
            return None
        new = [exam for exam, on in progress.exams.items() if before.exams.get(exam) != on]
        named = set(map(self._full, self._named(words, self.base.certifications)))
        denied = self._found("other_than", words) is not None
        found = [exam for exam in new if exam in named]
        return Happening("unbooked", found[0]) if denied and found and not _NUMBER.search(words) else None

    def _more_units(self, progress: Progress, entry: Entry, text: str, words: str) -> Happening | None:
        """More units than were told last: "and 2 more at the meeting"."""
        number = _NUMBER.search(words)
        if entry.deed != "units" or not progress.units or number is None:
            return None
        before, after = words[: number.start()].split(), words[number.end() :].split()[:1]
        adds = [word for word in before if self._found("adds", word) is not None]
        more = bool(after) and self._found("adds", after[0]) is not None
        if not (adds and more) or len(adds) != len(before):
            return None
        return Happening("units", progress.units[-1].certification, float(number[0]))

    def _no_move(self, progress: Progress, entry: Entry, text: str, words: str) -> Happening | None:
        """That nobody moves after all: the country of before."""
        before = entry.before.profile.country if entry.before is not None else None
        if before == progress.profile.country or self._found("stays_put", words) is None:
            return None
        return Happening("country", before or self.base.field.default_country)

    def _other_day(self, progress: Progress, entry: Entry, text: str, words: str) -> Happening | None:
        """Another day for the exam booked last: "make that the 19th" is of the same month."""
        was = entry.before.exams if entry.before is not None else progress.exams
        new = [(exam, on) for exam, on in progress.exams.items() if was.get(exam) != on]
        cue = self._pattern("corrects")
        if len(new) != 1 or cue is None:
            return None
        exam, on = new[0]
        ends = [at.end() for at in cue.finditer(words)]
        parts = (words[end:].split()[:MOST_OF_A_DAY] for end in ends)
        first = on.replace(day=1)
        said = [" ".join(part) for part in parts if len(part) < MOST_OF_A_DAY]
        days = [self.dates.read(each, first) or self.dates.of_month(each, first) for each in said]
        other = [day for day in days if isinstance(day, date) and day != on]
        return Happening("exam", exam, day=other[-1]) if other else None

    def _in_field(self, field: str) -> Iterator[str]:
        """Schools one of whose names ends with a field."""
        for school in self.base.education if field else ():
            if any(name.endswith(f" {field}") for name in self._names[school]):
                yield school

    def _later_on(self, progress: Progress, words: str, today: date) -> Happening | None:
        """A booked exam so much later, or a goal of before taken up again."""
        booked = sorted((on, exam) for exam, on in progress.exams.items() if on >= today)
        at = self._found("push_back", words)
        if at is not None and booked and self._found("keeps_plan", words) is None:
            days = self._span(words) or (DAYS["in_weeks"] if self._found("one_week", words) is not None else 0)
            return Happening("exam", booked[0][1], day=booked[0][0] + timedelta(days=days)) if days else None
        back = self._found("back_to", words)
        if back is None or len(words[: back.start()].split()) > OPENS_WITHIN:
            return None
        former = {entry.before.goal for entry in progress.journal if entry.before is not None} - {progress.goal}
        named = [item for item in self._named(words, (*self.base.roles, *self.base.certifications)) if item in former]
        return Happening("goal", named[0]) if named else None

    def beside(self, progress: Progress, text: str) -> Happening | None:
        """What changes nothing in a plan and still wants an answer: news of others, an application, what is to come."""
        words = words_of(text)
        if self._asks(text) or self._opens_question(words) or len(words.split()) > MOST_BESIDE:
            return None
        others = self._found("others", words)
        news = next((at for key in OTHERS_NEWS if (at := self._found(key, words)) is not None), None)
        if others is not None and news is not None and others.start() < news.start():
            own = self._found("me", words[: news.start()]) is not None or self._found("denied", words) is not None
            return None if own else Happening("theirs")
        missed = self._found("failed", words)
        if others is not None and missed is not None and others.start() < missed.start():
            own = self._found("me", words[: missed.start()]) is not None or self._found("denied", words) is not None
            return None if own else Happening("theirs_gone")
        clause = Clause(progress, (), progress.started, text, words, words, text, words)
        gone = self._found("left", words)
        if gone is not None and self._another("left", clause, gone) and self._found("denied", words) is None:
            return Happening("theirs_gone")
        if others is not None:
            return None
        if (maybe := self._perhaps(progress, words)) is not None:
            return maybe
        for key in ("interviewed", "interview", "applied", "not_yet"):
            if self._found(key, words) is not None:
                return Happening(key)
        return None

    def _perhaps(self, progress: Progress, words: str) -> Happening | None:
        """Another goal that somebody thinks of: how to change to it is said, and nothing changes yet."""
        at = self._found("goal_maybe", words)
        rest = words[at.end() :] if at is not None else ""
        roles = self._named(rest, self.base.roles) or self._worded(rest) or self._of_work(rest)
        named = [role for role in roles if role not in (progress.goal, progress.profile.role)]
        return Happening("goal_maybe", named[0]) if named else None

    def _of_work(self, words: str) -> list[str]:
        """The first roles in the kind of work that words name."""
        kinds = [item.id for item in self.base.assessment.experience if any_in(words, (item.name, *item.aliases))]
        levels = {level.id: at for at, level in enumerate(self.base.field.levels)}
        roles = (role for role in self.base.roles.values() if role.experience in kinds)
        return [role.id for role in sorted(roles, key=lambda role: levels[role.level])]

    def swapped(self, progress: Progress, text: str) -> Happening | None:
        """Another exam wished for in the place of that of the plan."""
        words = words_of(text)
        at = self._found("swap_exam", words)
        named = self._named(words[at.end() :], self.base.certifications) if at is not None else []
        return Happening("swap", self._full(named[0])) if named and "?" not in text else None
