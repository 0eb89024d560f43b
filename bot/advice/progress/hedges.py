"""Whether what a cue says happened at all, and to whom: asked, supposed, denied, somebody else's, of another kind.

All words are content.
"""

from __future__ import annotations

import re

from bot.advice.progress.cue_reader import Clause
from bot.advice.progress.event_readers import Readers
from bot.understanding.parsing.cues import words_of

# Cues of what is done: what is supposed after one of them is told all the same.
TOLD = (
    *("failed", "lifted", "passed", "passed_if", "sat", "became", "promoted", "hired", "taken", "refused", "left"),
    *("late", "broke", "pause", "resume", "unbooked", "exam_day"),
    *("units", "has", "goal_if"),
    *("finished", "country", "goal", "hours", "money"),
    *("same_work", "rebooked", "goal_off", "hours_words", "no_money", "paid_for", "going", "first_day", "start_moved"),
)
DENIED_WITHIN = 4  # words before a cue
OWN = ("hours", "money", "no_money", "paid_for", "broke", "pause", "late")
MAY_BE_DENIED = (
    "failed",
    "lifted",
    "passed",
    "passed_if",
    "sat",
    "promoted",
    "hired",
    "taken",
    "nearby",
    "has",
    "left",
    "finished",
    "country",
    "exam_day",
    "units",
    "goal",
    "resume",
    "first_day",
    "start_moved",
)
OF_SOMEBODY = (
    *("failed", "passed", "passed_if", "sat", "lifted", "promoted", "hired", "taken", "nearby", "has", "finished"),
    *("first_day", "start_moved"),
)
OF_A_SUBJECT = ("failed", "passed", "passed_if")
_POSSESSIVE = re.compile(r"'?s\b")
_NUMBER = re.compile(r"\d")
NEAR_BEFORE, NEAR_BEHIND, NEAR_AFTER = 3, 6, 8  # words around what was done that say to what


class Hedges(Readers):
    """Holds what clauses tell against the words around it, by the cues of one knowledge base."""

    def _asks(self, text: str) -> bool:
        """Whether words ask, with a mark or as a question opens."""
        at = self._found("asks", words_of(text))
        return "?" in text or (at is not None and at.start() == 0)

    def _supposed(self, words: str) -> bool:
        """Whether a clause only asks or supposes, or speaks of somebody else."""
        told_of = [at for key in TOLD if (at := self._found(key, words)) is not None]
        first = min((at.start() for at in told_of), default=len(words))
        # Somebody else's exam or job is not theirs; time and money are theirs whoever brings it about.
        own = any(self._found(key, words) is not None for key in OWN)
        own = own or any(self._found("me_last", at[0].split()[-1]) is not None for at in told_of)
        found = (self._found(key, words) for key in (("supposed",) if own else ("supposed", "others")))
        not_so = self._found("not_supposed", words)
        told = not_so.start() if not_so is not None else -1  # "I could not pass" supposes nothing
        return any(at is not None and at.start() <= first and at.start() != told for at in found)

    def _wishes(self, words: str) -> bool:
        """Whether a question is a wish that the plan can show the answer of: "can I do 2 hours a week instead?"."""
        at = self._found("hours_if", words)
        return at is not None and not at.start() and self._found("hours", words) is not None

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

    def _negated(self, kind: str, words: str) -> bool:
        keys = ("untried", "denied", *(("begun",) if kind == "finished" else ()))
        return kind in MAY_BE_DENIED and any(self._found(key, words) is not None for key in keys)

    def _another(self, key: str, clause: Clause, at: re.Match[str]) -> bool:
        """Whether it happened to somebody named before a cue: "my buddy passed", but not "my exam: passed"."""
        before, after = clause.words[: at.start()], clause.words[at.end() :].split()[:1]
        if key in OF_SOMEBODY and after and self._found("theirs", after[0]) is not None:
            return True
        if self._found("me", f"{before}{at[0]}") is not None:
            return False
        if key in ("left", "late", "pause") and self._found("others", before) is not None:
            return True
        if key == "left" and self._found("others", _POSSESSIVE.sub("", before)) is not None:
            return True  # "my husband's contract ended"
        if key == "left":
            # "Our charge nurse got fired" is another's; "my job", "our whole team" are one's own.
            opens = self._found("somebodys", before)
            own = self._found("own_work", f"{before}{at[0]}") is not None
            return opens is not None and opens.start() == 0 and not own
        if key == "broke":
            return self._found("others", " ".join(before.split()[-2:])) is not None  # the money of one who is named
        if key not in OF_SOMEBODY:
            return False
        if key in OF_A_SUBJECT and self._has_subject(before):
            return True
        opens = self._found("somebodys", before)
        things = any(self._found(word, before) is not None for word in ("exam_words", "courses", "posts"))
        return opens is not None and opens.start() == 0 and not things and not self._named(before, self._names)

    def _has_subject(self, before: str) -> bool:
        """Whether the word just before a deed is whose it is: no name of an exam, and none that may stand there."""
        last = before.split()[-1:]
        if not last or any(self._found(key, before) is not None for key in ("exam_words", "mine", "places")):
            return False
        digits = any(char.isdigit() for char in last[0])
        named = self._named(before, self.base.certifications)
        return not digits and not named and self._found("may_stand", last[0]) is None

    def _of_another_kind(self, key: str, clause: Clause) -> bool:
        """Whether a test is none of the field's ("my driving test"), or what was quit is no job ("i quit school")."""
        if key in ("failed", "passed", "passed_if", "sat", "exam_day", "rebooked"):
            if key == "exam_day" and self._of_another_thing(clause.words):
                return True
            if self._found("practice_tests", clause.message) is not None or self._beside_exam(key, clause):
                return True
            named = self._named(clause.words, self.base.certifications)
            mine = any(self._found(word, clause.words) is not None for word in ("me", "mine"))
            theirs = not mine and self._found("theirs", clause.words) is not None
            seat = key in ("passed", "passed_if") and self._found("places", clause.words) is not None
            nothing = key == "failed" and self._found("no_fail", clause.words) is not None
            return theirs or seat or nothing or (not named and self._found("other_tests", clause.words) is not None)
        if key != "left":
            return False
        spared = self._found("spared", clause.message) is not None
        quits = self._found("not_work", clause.words) is not None and self._found("posts", clause.words) is None
        return spared or quits

    def _of_another_thing(self, words: str) -> bool:
        """Whether it is something else than an exam that got a day: "they moved my surgery", "booked the hall"."""
        at = self._found("exam_day", words)
        if at is None or self._found("of_what", at[0].split()[-1]) is None:
            return False
        near = " ".join(words[at.end() :].split()[:NEAR_BEFORE])
        exam = any(self._found(key, near) is not None for key in ("exam_words", "places"))
        return not exam and not self._named(near, self.base.certifications) and not _NUMBER.search(near)

    def _beside_exam(self, key: str, clause: Clause) -> bool:
        """Whether it is a book, a chapter or a fee that was passed, taken or done, or a day that was moved."""
        at = self._found(key, clause.words)
        if at is None or key in ("failed", "exam_day"):
            return False
        before, after = clause.words[: at.start()].split(), clause.words[at.start() :].split()
        near = " ".join((*before[-NEAR_BEFORE:], *after[: NEAR_AFTER if key == "sat" else NEAR_BEHIND]))
        booking = key == "sat" and self._found("rebooking", clause.words) is not None
        return booking or self._found("not_the_exam", near) is not None
