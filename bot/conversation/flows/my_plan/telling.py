"""What is made of a plan of what somebody told in passing, and what is said to it; nothing told is a silent no-op."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.advice.chart.timeline import day
from bot.advice.export.readable import cost_in_words
from bot.advice.planner import make_plan
from bot.advice.planner.words import Words
from bot.advice.profile import MAX_HOURS_PER_WEEK, MIN_HOURS_PER_WEEK
from bot.advice.progress import circumstances, events, replanning
from bot.advice.progress.counters import cycles
from bot.advice.progress.event_readers import BLOCK, Happening
from bot.advice.progress.model import Progress, Units
from bot.advice.progress.schedule import schedule
from bot.conversation.flows.my_plan.view import PlanView
from bot.conversation.messages import Reply
from bot.conversation.replies import Replies
from bot.knowledge.base import KnowledgeBase

A_WEEK = timedelta(days=6)


@dataclass
class _Told:
    """The plan as it becomes, and what is said; `asks` what is not clear yet."""

    kept: Progress
    today: date
    notes: list[str] = field(default_factory=list)
    asks: list[str] = field(default_factory=list)


class Happened:
    """Acts on happenings over one knowledge base."""

    def __init__(self, base: KnowledgeBase, replies: Replies, view: PlanView) -> None:
        self.base, self.replies, self.view = base, replies, view
        dialog = base.dialogs.get(BLOCK)
        self.texts = dialog.texts if dialog is not None else {}
        self.words = Words(base)

    def say(self, key: str, **slots: object) -> str:
        """A sentence of this dialog."""
        return self.texts[key].strip().format(**slots)

    def told(self, kept: Progress, happenings: Sequence[Happening], today: date) -> tuple[Progress, list[Reply]]:
        """Everything that was told, one after the other, then the plan as it is."""
        told = _Told(kept, today)
        for happening in happenings:
            getattr(self, f"_{happening.verb}")(told, happening)
        if told.kept == kept and told.asks:
            back = self.view.button("button_my_plan", "plan")
            return kept, [self.view.reply([*told.notes, *told.asks], [back])]
        return told.kept, [self.view.plan(told.kept, today, *told.notes, *told.asks)]

    def _failed(self, told: _Told, said: Happening) -> None:
        changed = circumstances.failed(self.base, told.kept, said.what, told.today) if said.what else None
        if changed is None:
            told.asks.append(self.say("no_exam"))
            return
        told.kept = changed
        record = self.base.certifications[said.what]
        retake = circumstances.retake_of(self.base, changed.profile, said.what)
        body = self.words.short(record.issuer)
        told.notes.append(self.say("failed", name=record.short))
        if retake.wait is not None:
            opens = day(changed.opens[said.what])
            told.notes.append(self.say("failed_wait", body=body, days=self.words.range(retake.wait), day=opens))
        else:
            told.notes.append(self.say("failed_unknown", body=body))
        if retake.fee is not None:
            told.notes.append(self.say("failed_fee", fee=cost_in_words(self.words, retake.fee)))

    def _passed(self, told: _Told, said: Happening) -> None:
        name = self.words.short(said.what)
        changed = events.passed(self.base, told.kept, said.what, told.today)
        if changed is None:
            told.asks.append(self._text("keep_held", name=name))
            return
        held = [item for item in changed.profile.certifications if item not in told.kept.profile.certifications]
        names = ", ".join(map(self.words.short, held)) or name
        told.kept = changed
        told.notes.append(self._text("keep_note_passed", name=name, held=names))

    def _exam(self, told: _Told, said: Happening) -> None:
        if not isinstance(said.day, date):
            told.asks.append(self._text("date_ambiguous" if said.day == "ambiguous" else "date_impossible"))
        elif said.day < told.today:
            told.asks.append(self._text("date_past", day=day(said.day)))
        elif (changed := events.booked(self.base, told.kept, said.what, said.day, told.today)) is not None:
            told.kept = changed
            told.notes.append(self.say("booked", name=self.words.short(said.what), day=day(said.day)))
        else:
            told.asks.append(self.say("exam_none") if not said.what else self.say("no_exam"))

    def _moved(self, told: _Told, said: Happening) -> None:
        moves = [step.entity for step in told.kept.open if step.kind == "move"]
        if not said.what:
            example = self.words.short(moves[0] if moves else self.base.field.default_entity)
            told.asks.append(self.say("which_role", role=example))
            return
        name = self.base.roles[said.what].name
        changed = events.moved(self.base, told.kept, said.what, told.today)
        if changed is None:
            told.asks.append(self._text("keep_role_held", name=name))
            return
        told.kept = changed
        told.notes.append(self._text("keep_note_moved", name=name))

    def _lifted(self, told: _Told, said: Happening) -> None:
        """The provisional credential is a full one now, by the step that was on the plan or by another way."""
        step = next((item for item in told.kept.open if item.kind == "deed" and item.entity == said.what), None)
        changed = events.done(self.base, told.kept, step.id, told.today) if step is not None else None
        if changed is None:
            held = (*told.kept.profile.certifications, said.what)
            changed = circumstances.told(self.base, told.kept, told.today, certifications=held)
        told.notes.append(self.say("lifted", name=self.words.short(said.what)))
        told.kept = changed or told.kept

    def _left(self, told: _Told, said: Happening) -> None:
        changed = circumstances.left(self.base, told.kept, told.today)
        (told.notes if changed is not None else told.asks).append(
            self.say("left" if changed is not None else "no_role")
        )
        told.kept = changed or told.kept

    def _schooled(self, told: _Told, said: Happening) -> None:
        if not said.what:
            example = next(iter(self.base.education.values()))
            told.asks.append(self.say("which_school", school=example.short))
            return
        name = self.base.name(said.what)
        changed = circumstances.schooled(self.base, told.kept, said.what, told.today)
        key = "schooled" if changed is not None else "schooled_held"
        (told.notes if changed is not None else told.asks).append(self.say(key, name=name))
        told.kept = changed or told.kept

    def _country(self, told: _Told, said: Happening) -> None:
        name = next(item.name for item in self.base.assessment.countries if item.id == said.what)
        changed = circumstances.told(self.base, told.kept, told.today, country=said.what)
        key = "country" if changed is not None else "country_same"
        (told.notes if changed is not None else told.asks).append(self.say(key, country=name))
        told.kept = changed or told.kept

    def _country_later(self, told: _Told, said: Happening) -> None:
        """Somebody will move: what holds where they live holds until then."""
        name = next(item.name for item in self.base.assessment.countries if item.id == said.what)
        same = said.what == told.kept.profile.country
        told.asks.append(self.say("country_same" if same else "country_later", country=name))

    def _score(self, told: _Told, said: Happening) -> None:
        """A bare result: whether it is a pass is for them to say."""
        told.asks.append(self.say("how_went", name=self.words.short(said.what)))

    def _goal(self, told: _Told, said: Happening) -> None:
        if not said.what:
            told.asks.append(self.say("which_goal", goal=self.words.short(self.base.field.default_entity)))
            return
        name = self.words.short(said.what)
        changed = circumstances.aimed(self.base, told.kept, said.what, told.today)
        if changed is None:
            told.asks.append(self.say("goal_same" if said.what == told.kept.goal else "goal_none", goal=name))
            return
        told.kept = changed
        told.notes.append(self.say("goal", goal=name))

    def _hours(self, told: _Told, said: Happening) -> None:
        if not MIN_HOURS_PER_WEEK <= said.number <= MAX_HOURS_PER_WEEK:
            told.asks.append(self._text("keep_bad_hours", most=MAX_HOURS_PER_WEEK))
            return
        told.kept = replanning.paced(self.base, told.kept, said.number, told.today)
        told.notes.append(self._text("keep_note_hours"))

    def _money(self, told: _Told, said: Happening) -> None:
        if said.number < 0:
            told.asks.append(self.say("which_money"))
            return
        told.kept = circumstances.afforded(self.base, told.kept, said.number, told.today) or told.kept
        told.notes.append(self.say("money", budget=f"{said.number:,.0f} {self.base.field.currency}"))
        route = make_plan(self.base, told.kept.profile).route(told.kept.route)
        if route is not None and route.cost.high > said.number:
            told.notes.append(self.say("money_over", cost=cost_in_words(self.words, route.cost)))

    def _pause(self, told: _Told, said: Happening) -> None:
        if said.day is None:
            told.asks.append(self.say("which_pause"))
            return
        until = said.day if isinstance(said.day, date) else told.today
        changed = circumstances.paused(told.kept, until, told.today)
        if changed is None:
            told.asks.append(self.say("bad_pause"))
            return
        told.kept = changed
        told.notes.append(self.say("paused", day=day(until)))

    def _late(self, told: _Told, said: Happening) -> None:
        changed = events.slipped(told.kept, round(said.number), told.today)
        if changed is None:
            told.asks.append(self._text("keep_ask_late"))
            return
        told.kept = changed
        told.notes.append(self._text("keep_note_late"))

    def _units(self, told: _Told, said: Happening) -> None:
        counting = [cycle.certification for cycle in cycles(self.base, told.kept, told.today)]
        named = [said.what] if said.what else counting
        if len(named) != 1:
            names = ", ".join(map(self.words.short, named))
            key = "keep_which_units" if named else "keep_no_units"
            told.asks.append(self._text(key, names=names, first=self.words.short(named[0]) if named else ""))
            return
        on = said.day if isinstance(said.day, date) else told.today
        changed = events.learned(told.kept, Units(on=on, certification=named[0], count=said.number), told.today)
        if changed is None:
            told.asks.append(self._text("keep_bad_units", most=events.MAX_UNITS))
            return
        told.kept = changed
        told.notes.append(self._text("keep_note_units", count=f"{said.number:g}", name=self.words.short(named[0])))

    def week(self, kept: Progress, today: date) -> Reply:
        """What runs or begins within a week."""
        dated = schedule(kept, today)
        due = [(number, item) for number, item in enumerate(dated, 1) if item.doing or item.start <= today + A_WEEK]
        lines = [self.say("week"), *(self.view.line(number, item) for number, item in due)]
        if not due:
            lines = [self.say("week_none"), *(self.view.line(1, item) for item in dated[:1])]
        return self.view.reply(lines, [self.view.button("button_my_plan", "plan")])

    def exam_when(self, kept: Progress, today: date) -> Reply:
        """The day of the next exam, booked or planned."""
        booked = sorted((on, exam) for exam, on in kept.exams.items() if on >= today)
        planned = [item for item in schedule(kept, today) if item.step.kind == "exam"]
        if booked:
            on, exam = booked[0]
            line = self.say("exam_day", name=self.words.short(exam), day=day(on), days=(on - today).days)
        elif planned:
            first = planned[0]
            line = self.say("exam_planned", name=self.words.short(first.step.entity), day=day(first.start))
        else:
            line = self.say("exam_none")
        buttons = [self.view.button("button_exam_day", "ask", "exam"), self.view.button("button_my_plan", "plan")]
        return self.view.reply([line], buttons if planned else buttons[1:])

    def _text(self, key: str, **slots: object) -> str:
        return str(self.view.fill(key, **slots))
