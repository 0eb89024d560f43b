"""What is made of an exam that is over or booked, and what is said to it."""

from __future__ import annotations

from datetime import date

from bot.advice.chart.timeline import day
from bot.advice.export.readable import cost_in_words
from bot.advice.planner import make_plan
from bot.advice.progress import circumstances, events, replanning
from bot.advice.progress.cue_reader import Happening
from bot.advice.progress.model import Progress
from bot.conversation.flows.my_plan.teller import Teller, Told
from bot.knowledge.facts import Quantity

PERCENT, MOST_POINTS = 100, 999


class ExamsTold(Teller):
    """Acts on what is told of exams."""

    def _failed(self, told: Told, said: Happening) -> None:
        on = said.day if isinstance(said.day, date) else None
        changed = circumstances.failed(self.base, told.kept, said.what, told.today, on) if said.what else None
        if changed is None:
            told.asks.append(self.say("no_exam"))
            return
        needed = any(step.kind == "exam" and step.entity == said.what for step in told.kept.open)
        told.kept = changed
        record = self.base.certifications[said.what]
        retake = circumstances.retake_of(self.base, changed.profile, said.what)
        body = self.words.short(record.issuer)
        told.notes.append(self.say("failed" if needed else "failed_beside", name=record.short))
        told.notes += self._missing(told, said)
        if retake.wait is not None:
            opens = day(changed.opens[said.what])
            told.notes.append(self.say("failed_wait", body=body, days=self.words.range(retake.wait), day=opens))
        else:
            told.notes.append(self.say("failed_unknown", body=body))
        if retake.fee is not None:
            told.notes.append(self.say("failed_fee", fee=cost_in_words(self.words, retake.fee)))

    def _mark(self, said: Happening) -> Quantity | None:
        """The score that passes an exam, where it is known and a score of its kind was told."""
        mark = self.base.certifications[said.what].planning.pass_mark if said.what else None
        if mark is None:
            return None
        # Percent are no points: a score says something of a mark on its own scale alone.
        least, most = (0, PERCENT) if mark.low <= PERCENT else (PERCENT, MOST_POINTS)
        return mark if least < said.number <= most else None

    def _confirmed(self, mark: Quantity) -> bool:
        return self.base.standing(mark) == "confirmed"

    def _missing(self, told: Told, said: Happening) -> list[str]:
        """How far a score is from the one that passes."""
        mark = self._mark(said)
        if mark is None or said.number >= mark.low:
            return []
        told.records.append(mark)
        short = f"{mark.low - said.number:g}"
        if self._confirmed(mark):
            return [self.say("mark_missed", mark=f"{mark.low:g}", short=short)]
        body = self.words.short(self.base.certifications[said.what].issuer)
        return [self.say("mark_missed_unsure", mark=f"{mark.low:g}", short=short, body=body)]

    def _sat(self, told: Told, said: Happening) -> None:
        """An exam that is over: its score against the mark that is known for certain, else how it went is asked."""
        mark = self._mark(said)
        if mark is not None and self._confirmed(mark):
            told.records.append(mark)
            if said.number >= mark.low:
                self._passed(told, said)
                told.notes.append(self.say("mark_met", mark=f"{mark.low:g}"))
            else:
                self._failed(told, said)
            return
        on = said.day if isinstance(said.day, date) else told.today
        told.kept = events.sat(self.base, told.kept, said.what, on, told.today) or told.kept
        if said.number:
            self._score(told, said)
        else:
            told.asks.append(self.say("how_was", name=self.words.short(said.what), day=day(on)))

    def _passed(self, told: Told, said: Happening) -> None:
        name = self.words.short(said.what)
        on = said.day if isinstance(said.day, date) else None
        changed = events.passed(self.base, told.kept, said.what, told.today, on)
        if changed is None:
            told.asks.append(self._text("keep_held", name=name))
            return
        held = [item for item in changed.profile.certifications if item not in told.kept.profile.certifications]
        names = ", ".join(map(self.words.short, held)) or name
        told.kept = changed
        told.notes.append(self._text("keep_note_passed", name=name, held=names))

    def _held(self, told: Told, said: Happening) -> None:
        """A credential that was earned long ago; of a bare year nobody knows the day."""
        since = said.day if isinstance(said.day, date) else None
        changed = events.held(self.base, told.kept, said.what, told.today, since)
        held = changed.profile.certifications if changed is not None else ()
        new = [item for item in held if item not in told.kept.profile.certifications]
        name = ", ".join(map(self.words.short, new)) or self.words.short(said.what)
        if changed is None:
            told.asks.append(self._text("keep_held", name=name))
            return
        told.kept = changed
        told.notes.append(self.say("held", name=name, since=day(since) if since else f"{said.number:.0f}"))

    def _swap(self, told: Told, said: Happening) -> None:
        """Another exam wished for: by the route that has it, if one does."""
        name = self.words.short(said.what)
        exams = [step.entity for step in told.kept.open if step.kind == "exam"]
        if said.what in told.kept.profile.certifications:
            told.asks.append(self._text("keep_held", name=name))
            return
        if said.what in exams:
            told.asks.append(self.say("swap_same", name=name))
            return
        plan = make_plan(self.base, told.kept.profile.model_copy(update={"goal": told.kept.goal}))
        routes = (
            route for route in plan.routes if any(s.kind == "exam" and s.entity == said.what for s in route.steps)
        )
        route = next(routes, None)
        if route is None:
            names = ", ".join(map(self.words.short, exams))
            told.asks.append(self.say("swap_none", name=name, names=names) if exams else self.say("no_exam"))
            return
        told.kept = replanning.switched(self.base, told.kept, route.name, told.today)
        told.notes.append(self._text("keep_note_route"))

    def _not_yet(self, told: Told, said: Happening) -> None:
        """An exam that was not tried yet."""
        told.asks.append(self.say("not_yet"))

    def _exam(self, told: Told, said: Happening) -> None:
        if said.day is None:
            told.asks.append(self.say("which_exam_day", name=self.words.short(said.what)))
        elif not isinstance(said.day, date):
            told.asks.append(self._text("date_ambiguous" if said.day == "ambiguous" else "date_impossible"))
        elif said.day < told.today:
            # Whoever names a day that is over may well tell of an exam that is.
            name = self.words.short(said.what) if said.what else ""
            told.asks.append(self.say("day_over", day=day(said.day), name=name) if name else self.say("exam_none"))
        elif (changed := events.booked(self.base, told.kept, said.what, said.day, told.today)) is not None:
            opens = told.kept.opens.get(said.what)
            told.kept = changed
            told.notes.append(self.say("booked", name=self.words.short(said.what), day=day(said.day)))
            told.notes += self.off_plan(changed, said.what)
            if opens is not None and said.day < opens:
                body = self.words.short(self.base.certifications[said.what].issuer)
                told.notes.append(self.say("too_early", body=body, day=day(opens)))
        else:
            told.asks.append(self.say("exam_none") if not said.what else self.say("no_exam"))

    def off_plan(self, kept: Progress, exam: str) -> list[str]:
        """That an exam is none that the plan leads over."""
        exams = [step.entity for step in kept.open if step.kind == "exam"]
        if exam in exams or not self.texts:
            return []
        names = ", ".join(map(self.words.short, exams))
        key = "booked_beside" if exams else "booked_alone"
        return [self.say(key, name=self.words.short(exam), names=names)]

    def _unbooked(self, told: Told, said: Happening) -> None:
        exams = {key: on for key, on in told.kept.exams.items() if key != said.what}
        changed = told.kept.model_copy(update={"exams": exams})
        told.kept = replanning.noted(told.kept, changed, "dated", told.today)
        told.notes.append(self.say("unbooked", name=self.words.short(said.what)))

    def _score(self, told: Told, said: Happening) -> None:
        """A bare result: whether it is a pass is for them to say."""
        told.asks.append(self.say("how_went", name=self.words.short(said.what)))
        mark = self._mark(said)
        if mark is None:
            return
        if said.number < mark.low:
            told.notes += self._missing(told, said)
        else:
            told.records.append(mark)
            told.notes.append(
                self.say("mark_met" if self._confirmed(mark) else "mark_met_unsure", mark=f"{mark.low:g}")
            )

    def _lifted(self, told: Told, said: Happening) -> None:
        """The provisional credential is a full one now, by the step that was on the plan or by another way."""
        step = next((item for item in told.kept.open if item.kind == "deed" and item.entity == said.what), None)
        changed = events.done(self.base, told.kept, step.id, told.today) if step is not None else None
        if changed is None:
            provisional = self.base.certifications[said.what].provisional
            held = (*(item for item in told.kept.profile.certifications if item != provisional), said.what)
            changed = circumstances.told(self.base, told.kept, told.today, certifications=held)
        told.notes.append(self.say("lifted", name=self.words.short(said.what)))
        told.kept = changed or told.kept
