"""What a typed message says about a plan that was started. The cues are content.

A message is only taken for this where a cue opens it and the rest can be read whole; anything
else is left to be read as a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.advice.progress.model import KeptStep, Progress
from bot.conversation.flow import Command
from bot.conversation.flows.my_plan.view import ACTION
from bot.knowledge.base import KnowledgeBase
from bot.understanding.parsing.cues import is_cue, starts_with_cue, words_of
from bot.understanding.parsing.dates import FoundDate
from bot.understanding.parsing.speech import Speech

MAX_WORDS = 16  # a longer message tells a story; it is no order
MOST_ASKING = 8  # words of a question about a step
MOST_TAKEN_BACK = 9  # words: "no, that was wrong, scratch that"
OPENS_WITHIN = 1  # words before it: "hmm undo that, …"
MOST_BARE = 6  # words: "6 hours a week from now"
MAX_SUBJECT = 30  # characters
WHOLE = (
    "keep_plan",
    "keep_steps",
    "keep_change",
    "keep_undo",
    "keep_export",
    "keep_calendar",
    "keep_share",
    "keep_timeline",
    "keep_counters",
)
# What has a button, with what it carries.
SHOWN = {
    "plan": ("plan",),
    "steps": ("steps", "1"),
    "change": ("change",),
    "export": ("export",),
    "calendar": ("calendar",),
    "share": ("share",),
    "timeline": ("time",),
    "counters": ("count",),
    "which": ("which",),
}
STEP_CUES = {"keep_done": "done", "keep_skip": "skip", "keep_begin": "begin"}


@dataclass(frozen=True)
class PlanCommand:
    """What to do, and with what: a step's id, a certification, a route, a number, a day."""

    verb: str
    what: str = ""
    number: float = 0
    day: FoundDate = None
    subject: str = ""


class PlanCommands:
    """Reads messages about a plan by the cues of one knowledge base."""

    def __init__(self, base: KnowledgeBase, speech: Speech) -> None:
        self.base, self.speech = base, speech
        self.cues = base.texts.cues

    def said(self, progress: Progress, steps: Sequence[KeptStep], text: str, today: date) -> PlanCommand | None:
        """What a message says; `steps` are the open ones, in the order in which they are numbered."""
        whole = next((cue for cue in WHOLE if is_cue(text, self.cues[cue])), None)
        if whole is not None:
            return PlanCommand(whole.removeprefix("keep_"))
        if self._taken_back(words_of(text)):
            return PlanCommand("undo")
        if "?" in text or len(text.split()) > MAX_WORDS:
            return None
        return (
            self._dated(progress, steps, text, today)
            or self._counted(progress, text, today)
            or self._on_step(steps, text)
            or self._changed(text)
        )

    def _taken_back(self, words: str) -> bool:
        """Whether a few words end, or open, by taking back what was told last: "no, we did not, scratch that"."""
        cues = self.cues["keep_scratch"]
        opening = " ".join(words.split()[: OPENS_WITHIN + max(len(cue.split()) for cue in cues)])
        said = any(words.endswith(f" {cue}") or f" {cue} " in f" {opening} " for cue in cues)
        return said and len(words.split()) <= MOST_TAKEN_BACK

    def command(self, progress: Progress, steps: Sequence[KeptStep], said: PlanCommand) -> Command:
        """What was said as the command that its button gives; what no button has goes along in `said`."""
        if said.verb in SHOWN:
            return Command(ACTION, SHOWN[said.verb])
        if said.verb == "undo":
            return Command(ACTION, ("undo", str(len(progress.journal))), said)
        if said.verb in ("done", "skip", "begin"):
            at = round(said.number)
            step = said.what or (steps[at - 1].id if 1 <= at <= len(steps) else "")
            return Command(ACTION, (said.verb, step), said)
        verb = {"day": "from", "hours": "pace", "late": "behind"}.get(said.verb, said.verb)
        named = said.verb in ("passed", "moved", "exam", "since", "units", "route")
        return Command(ACTION, (verb, said.what) if named else (verb,), said)

    def _rest(self, cue: str, text: str) -> str | None:
        """What follows a cue; empty where the message is the cue."""
        return "" if is_cue(text, self.cues[cue]) else starts_with_cue(text, self.cues[cue])

    def _on_step(self, steps: Sequence[KeptStep], text: str) -> PlanCommand | None:
        for cue, verb in STEP_CUES.items():
            rest = self._rest(cue, text)
            if rest is None:
                continue
            if (number := self._number(rest)) is not None:
                return PlanCommand(verb, number=number)
            step = self._step_named(steps, rest) if verb != "begin" else None
            if step is not None:
                return PlanCommand(verb, step.id)
        backwards = self.speech.step_then.fullmatch(words_of(text))
        if backwards is not None and is_cue(backwards[2], self.cues["keep_done"]):
            return PlanCommand("done", number=int(backwards[1]))
        return self._passed(steps, text) or self._moved(steps, text) or self._bare(text)

    def _number(self, words: str) -> int | None:
        """The number of a step, in figures or as a word: "step 2", "the second one"."""
        found = self.speech.step.fullmatch(words)
        if found is not None:
            return int(found[1])
        bare = self.speech.article.sub("", words)
        ordered = enumerate(self.cues["keep_ordinals"], 1)
        return next((at for at, cue in ordered if bare in (f"{cue} {name}" for name in self.cues["keep_one"])), None)

    def _bare(self, text: str) -> PlanCommand | None:
        return PlanCommand("which") if any(is_cue(text, self.cues[cue]) for cue in ("keep_done", "keep_skip")) else None

    def opened(self, text: str) -> int | None:
        """The number of the step that a message asks to see."""
        number = self.speech.step.fullmatch(starts_with_cue(text, self.cues["step"]) or "")
        return int(number[1]) if number is not None else None

    def asked(self, text: str) -> int | None:
        """The number of a step that a question is about: "can I skip step 4?"."""
        words = words_of(text)
        names = {word for cue in self.cues["step"] for word in words_of(cue).split()} & set(words.split())
        at = re.search(r"\b(?:" + "|".join(map(re.escape, names)) + r") (\d{1,2})\b", words) if names else None
        return int(at[1]) if at is not None and len(words.split()) <= MOST_ASKING else None

    def _passed(self, steps: Sequence[KeptStep], text: str) -> PlanCommand | None:
        rest = self._rest("keep_passed", text)
        if rest is None:
            return None
        named = self._named(rest, self.base.certifications)
        if named:
            return PlanCommand("passed", named[0])
        exams = [step for step in steps if step.kind == "exam"]
        return (
            PlanCommand("passed", exams[0].entity)
            if exams and is_cue(rest or "it", self.cues["keep_the_exam"])
            else None
        )

    def _moved(self, steps: Sequence[KeptStep], text: str) -> PlanCommand | None:
        rest = self._rest("keep_moved", text)
        if rest is None:
            return None
        moves = [step.entity for step in steps if step.kind == "move"]
        named = self._named(rest, self.base.roles) or (moves if not rest else [])
        return PlanCommand("moved", named[0]) if named else None

    def _changed(self, text: str) -> PlanCommand | None:
        words = words_of(text)
        # "6 hours" alone is an answer; with more words it says what the hours are.
        bare = words[:1].isdecimal() and len(words.split()) <= MOST_BARE
        rest = words if bare else self._rest("keep_hours", text)
        named = self.speech.numbers.named
        if rest and named["hours"].search(rest) and not named["years"].search(rest):
            hours = self.speech.numbers.read(rest, "hours")
            return PlanCommand("hours", number=hours) if hours is not None else None
        rest = self._rest("keep_route", text)
        if rest:
            names = {
                name: self.base.texts.texts[f"route_{name}"].lower() for name in ("fastest", "cheapest", "strongest")
            }
            found = next((name for name, word in names.items() if word in rest.split()), None)
            return PlanCommand("route", found) if found else None
        rest = self._rest("keep_late", text)
        if rest is None:
            return None
        weeks = self.speech.weeks.search(rest) and self.speech.numbers.read(rest, "hours")
        if weeks:
            return PlanCommand("late", number=weeks)
        return PlanCommand("late") if not rest else None

    def _dated(self, progress: Progress, steps: Sequence[KeptStep], text: str, today: date) -> PlanCommand | None:
        rest = self._rest("keep_exam_day", text)
        if rest:
            day = self.speech.dates.read(text, today)
            own = progress.profile.certifications
            # Whoever failed an exam comes back to it, whether the route leads over it or not.
            again = [exam for exam in progress.opens if exam not in own and exam not in progress.exams]
            exams = [*again[-1:], *(step.entity for step in steps if step.kind == "exam")]
            named = self._named(words_of(text), exams) or self._named(words_of(text), self.base.certifications)
            # An exam that is named and not on the plan is booked beside it, not taken for another.
            exams = [self.base.certifications[item].full or item for item in named] or exams
            gone = self.speech.dates.behind(text, today) is not None  # "i booked it yesterday" names no day of an exam
            return PlanCommand("exam", exams[0] if exams else "", day=day) if day is not None and not gone else None
        rest = self._rest("keep_day", text)
        if rest:
            day = self.speech.dates.read(rest if isinstance(self.speech.dates.read(text, today), date) else text, today)
            return PlanCommand("day", day=day) if day is not None else None
        held = self._named(words_of(text), progress.profile.certifications)
        if held and any(f" {words_of(cue)} " in f" {words_of(text)} " for cue in self.cues["keep_since"]):
            day = self.speech.dates.read(text, today, past=True)
            return PlanCommand("since", held[0], day=day) if day is not None else None
        return None

    def _counted(self, progress: Progress, text: str, today: date) -> PlanCommand | None:
        """Units earned: how many, for which certification, on what."""
        rest = self._rest("keep_earned", text)
        words = words_of(text)
        unit = next((cue for cue in self.cues["keep_units"] if f" {words_of(cue)} " in f" {words} "), None)
        count = self.speech.numbers.leading(rest or "")
        if not rest or unit is None or count is None:
            return None
        named = self._named(words, progress.profile.certifications)
        subject = self.speech.subject(words, words_of(unit))
        on = self.speech.dates.read(text, today, past=True)
        return PlanCommand(
            "units",
            named[0] if named else "",
            number=count,
            day=on if isinstance(on, date) else today,
            subject=subject[:MAX_SUBJECT] if on is None else "",
        )

    def _step_named(self, steps: Sequence[KeptStep], words: str) -> KeptStep | None:
        """The only open step whose title the words are part of, or whose entity they name."""
        words = self.speech.article.sub("", words)
        if not words:
            return None
        titled = [step for step in steps if f" {words} " in f" {words_of(step.title)} "]
        if len(titled) == 1:
            return titled[0]
        named = set(self._named(words, [step.entity for step in steps]))
        cues = self.cues["keep_study"]
        study = [step for step in steps if step.schooling and (step.entity in named or is_cue(words, cues))]
        return study[0] if study and is_cue(words.split()[0], cues) else None

    def _named(self, words: str, ids: Iterable[str]) -> list[str]:
        """Those of some entities that the words name, the longest name first."""
        found = []
        for item in dict.fromkeys(ids):
            entity = self.base.entities.get(item)
            names = (entity.name, entity.abbreviation or "", *entity.aliases) if entity is not None else ()
            lengths = [len(name) for name in map(words_of, names) if name and f" {name} " in f" {words} "]
            if lengths:
                found.append((-max(lengths), item))
        return [item for _, item in sorted(found)]
