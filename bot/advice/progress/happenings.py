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

from bot.advice.progress.event_readers import BLOCK, Clause, Happening, Readers
from bot.advice.progress.model import KeptStep, Progress
from bot.knowledge.base import KnowledgeBase
from bot.understanding.likeness import Likeness
from bot.understanding.parsing.cues import words_of
from bot.understanding.parsing.speech import Speech

# In this order a clause is tried: what says most for certain comes first.
TOLD = (
    *("failed", "lifted", "passed", "became", "promoted", "hired", "left", "late", "pause", "exam_day", "units"),
    *("finished", "country", "goal", "hours", "money"),
)
SHOWN = ("exam_when", "counters", "week", "week_alone", "steps", "costs", "routes", "changes", "road")
AS_PART = ("exam_when", "counters", "week", "steps")  # may stand among other words
MAX_TEXT = 600  # characters: a longer message tells a story
MOST_WORDS = 12  # of a wish to see something
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
OF_SOMEBODY = ("failed", "passed", "lifted", "promoted", "hired", "finished")
MOST_WAITING = 6  # words
_ENDS = re.compile(r"(?:(?<!\d)\.|\.(?!\d)|[;!\n])+\s*|(?<=\?)\s*|,\s+")


class Happenings(Readers):
    """Finds what happened in messages, by the cues of one knowledge base; finds nothing where it has none."""

    def __init__(self, base: KnowledgeBase, speech: Speech) -> None:
        super().__init__(base, speech)
        dialog = base.dialogs.get(BLOCK)
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
            if not words or self._asks(clause) or self._supposed(words):
                continue
            happening = self._one(Clause(progress, steps, today, clause, words, words_of(text), text))
            if happening is not None and happening not in found:
                found.append(happening)
        # "I want another goal, I'd rather be a …" names one goal, not two.
        named = {item.verb for item in found if item.what}
        if any(item.verb == "units" for item in found):
            named.add("schooled")  # a course that gave units is no school to ask for
        return tuple(item for item in found if item.what or item.verb not in named)

    def _asks(self, text: str) -> bool:
        """Whether words ask, with a mark or as a question opens."""
        at = self._found("asks", words_of(text))
        return "?" in text or (at is not None and at.start() == 0)

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
        if kind == "exam_when" and isinstance(self.dates.read(text, today), date):
            kind = "exam_day"  # who names the day does not ask for it
        if kind in SHOWN:
            return kind if sure else None
        if kind == "delete":
            return kind if sure and said == words else None  # not for a part of what was said
        if kind == "hired" and self._found("wanted", words) is not None:
            kind = "goal"  # who wants a post has not got it
        if self._asks(text) or self._found("supposed", words) is not None or self._found("others", words) is not None:
            return None  # it asks, supposes, or happened to somebody else
        readers = dict(self._readers)
        clause = Clause(progress, steps, today, text, words, words, text, words)
        found = readers[kind](clause) if kind in readers and not self._negated(kind, said) else None
        if found is None or not (sure or found.day is not None or found.number > 0 or kind == "country"):
            return None
        return (found,)

    def _negated(self, kind: str, words: str) -> bool:
        keys = ("untried", "denied", *(("begun",) if kind == "finished" else ()))
        return kind in MAY_BE_DENIED and any(self._found(key, words) is not None for key in keys)

    def _one(self, clause: Clause) -> Happening | None:
        for key, read in self._readers:
            at = self._found(key, clause.words)
            if at is None or self._denied(key, clause, at.start()) or self._another(key, clause, at):
                continue
            found = read(replace(clause, rest=clause.words[at.start() :]))
            if found is not None:
                return found
        return self._dated(clause) or self._over(clause)

    def _denied(self, key: str, clause: Clause, start: int) -> bool:
        """Whether what a cue says is denied just before it, or was not even tried: "I haven't been hired yet"."""
        if key in MAY_BE_DENIED and self._found("untried", clause.message) is not None:
            return True
        said = clause.words[:start].split()
        if key == "finished" and self._found("begun", clause.words) is not None:
            return True
        just_before = self._found("denied_next", " ".join(said[-1:]))
        near = self._found("denied", " ".join(said[-DENIED_WITHIN:]))
        return key in MAY_BE_DENIED and (just_before or near) is not None

    def _another(self, key: str, clause: Clause, at: re.Match[str]) -> bool:
        """Whether it happened to somebody named before a cue: "my buddy passed", but not "my exam: passed"."""
        before = clause.words[: at.start()]
        if self._found("me", f"{before}{at[0]}") is not None:
            return False
        if key in ("late", "pause"):
            return self._found("others", before) is not None
        if key not in OF_SOMEBODY:
            return False
        opens = self._found("somebodys", before)
        things = any(self._found(word, before) is not None for word in ("exam_words", "courses", "posts"))
        return opens is not None and opens.start() == 0 and not things and not self._named(before, self._names)

    def _over(self, clause: Clause) -> Happening | None:
        """A course that is over."""
        at = self._found("over", clause.words)
        if at is None or self._denied("finished", clause, at.start()):
            return None
        named = self._named(clause.words, self.base.education)
        return Happening("schooled", named[0]) if named else None

    def _supposed(self, words: str) -> bool:
        """Whether a clause only asks or supposes, or speaks of somebody else."""
        starts = [at.start() for key in TOLD if (at := self._found(key, words)) is not None]
        first = min(starts, default=len(words))
        # Somebody else's exam or job is not theirs; time and money are theirs whoever brings it about.
        own = any(self._found(key, words) is not None for key in OWN)
        found = (self._found(key, words) for key in (("supposed",) if own else ("supposed", "others")))
        return any(at is not None and at.start() <= first for at in found)

    def waiting(self, text: str, today: date) -> Happening | None:
        """A bare "until march 3" or "for two weeks", which of a plan can only mean that it waits."""
        words = words_of(text)
        at = self._found("waiting", words)
        if at is None or at.start() or len(words.split()) > MOST_WAITING:
            return None
        days = self._span(words)
        day = today + timedelta(days=days) if days else self.dates.read(text, today)
        return Happening("pause", day=day) if day is not None else None
