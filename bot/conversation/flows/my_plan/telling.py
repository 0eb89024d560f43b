"""What is made of a plan of what somebody told in passing, and what is said to it; nothing told is a silent no-op."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.advice.chart.timeline import day
from bot.advice.planner import make_plan
from bot.advice.profile import MAX_HOURS_PER_WEEK, MIN_HOURS_PER_WEEK
from bot.advice.progress import circumstances, events, replanning
from bot.advice.progress.counters import cycles
from bot.advice.progress.cue_reader import Happening
from bot.advice.progress.model import Progress, Units
from bot.advice.progress.schedule import schedule
from bot.conversation.about import About
from bot.conversation.flows.my_plan.exams_told import ExamsTold
from bot.conversation.flows.my_plan.jobs_told import JobsTold
from bot.conversation.flows.my_plan.teller import Told
from bot.conversation.flows.my_plan.view import MAX_TITLES
from bot.conversation.messages import Reply

A_WEEK = timedelta(days=6)
WAYS = ("exam", "degree")  # steps that say over which credentials a plan goes


class Happened(ExamsTold, JobsTold):
    """Acts on happenings over one knowledge base."""

    def told(self, kept: Progress, happenings: Sequence[Happening], today: date) -> tuple[Progress, list[Reply]]:
        """Everything that was told, one after the other, then the plan as it is."""
        told = Told(kept, today)
        for happening in happenings:
            getattr(self, f"_{happening.verb}")(told, happening)
        if not any(item.verb == "goal" for item in happenings):
            told.notes += self.turned(kept, told.kept)
        cited = self.words.cited(told.records)
        if told.kept == kept and (told.asks or told.notes):
            back = self.view.button("button_my_plan", "plan")
            return kept, [self.view.reply([*told.notes, *told.asks], [*told.buttons, back], cited)]
        return told.kept, [self.view.plan(told.kept, today, *told.notes, *told.asks, cited=cited)]

    def turned(self, before: Progress, after: Progress) -> list[str]:
        """That a plan goes over other credentials or schooling than it did; what was done is not missed."""
        if not self.texts:
            return []
        was, now = ({step.entity: step for step in plan.open if step.kind in WAYS} for plan in (before, after))
        over = {step.entity for step in after.done} | set(after.profile.certifications) | set(after.profile.education)
        gone, new = [item for item in was if item not in {*now, *over}], [item for item in now if item not in was]
        names = [", ".join(map(self.words.short, items)) for items in (gone, new)]
        if not gone:
            return [self.say("turned_more", new=names[1])] if new else []
        return [self.say("turned", gone=names[0], new=names[1]) if new else self.say("turned_less", gone=names[0])]

    def because(self, before: Progress, after: Progress) -> str:
        """What was told in between, as far as it has a name."""
        about = About(self.replies)
        was, now = ({key: value for key, _, value in about.lines(plan.profile)} for plan in (before, after))
        told = [value for key, value in now.items() if value != was.get(key)]
        return self.say("turned_by", what=", ".join(told)) if told else self.say("turned_anew")

    def _broke(self, told: Told, said: Happening) -> None:
        """No money until a day: what costs waits, and what is free goes on."""
        until = said.day if isinstance(said.day, date) else told.today
        changed = circumstances.broke(told.kept, until, told.today)
        if changed is None:
            told.asks.append(self.say("bad_pause"))
            return
        before = {item.step.id: item.start for item in schedule(told.kept, told.today)}
        moved = [
            item.step.title
            for item in schedule(changed, told.today)
            if item.step.costs and item.start > before.get(item.step.id, item.start)
        ]
        told.kept = changed
        told.notes.append(self.say("broke", day=day(until)))
        waits = self.say("broke_waits", titles=", ".join(moved[:MAX_TITLES])) if moved else self.say("broke_none")
        told.notes.append(waits)

    def _schooled(self, told: Told, said: Happening) -> None:
        if not said.what:
            example = next(iter(self.base.education.values()))
            told.asks.append(self.say("which_school", school=example.short))
            return
        name = self.base.name(said.what)
        changed = circumstances.schooled(self.base, told.kept, said.what, told.today)
        key = "schooled" if changed is not None else "schooled_held"
        (told.notes if changed is not None else told.asks).append(self.say(key, name=name))
        told.kept = changed or told.kept

    def _done(self, told: Told, said: Happening) -> None:
        """A step told as done by its number or by what it is."""
        step = told.kept.step(said.what)
        changed = events.done(self.base, told.kept, said.what, told.today) if step is not None else None
        if step is not None and changed is not None:
            told.kept = changed
            told.notes.append(self._text("keep_note_done_named", title=step.title))

    def _going(self, told: Told, said: Happening) -> None:
        """A piece of what runs: the step stays open until it is over."""
        running = next((item for item in schedule(told.kept, told.today) if item.doing and item.step.schooling), None)
        if running is None:
            told.asks.append(self.say("going"))
        else:
            told.asks.append(self.say("going_on", title=running.step.title, day=day(running.end)))

    def _same_job(self, told: Told, said: Happening) -> None:
        """The same work at another employer: the years go on counting."""
        told.asks.append(self.say("same_job"))

    def _tired(self, told: Told, said: Happening) -> None:
        """Somebody who can no more: the ways to do less."""
        told.asks.append(self.say("tired"))

    def _country(self, told: Told, said: Happening) -> None:
        name = next(item.name for item in self.base.assessment.countries if item.id == said.what)
        changed = circumstances.told(self.base, told.kept, told.today, country=said.what)
        if told.kept.profile.country is None and said.what == self.base.field.default_country:
            # The plan counted on it already: it is noted, and nothing else changes.
            known = told.kept.profile.model_copy(update={"country": said.what})
            told.kept, changed = told.kept.model_copy(update={"profile": known}), None
        key = "country" if changed is not None else "country_same"
        (told.notes if changed is not None else told.asks).append(self.say(key, country=name))
        told.kept = changed or told.kept

    def _country_later(self, told: Told, said: Happening) -> None:
        """Somebody will move: what holds where they live holds until then."""
        name = next(item.name for item in self.base.assessment.countries if item.id == said.what)
        same = said.what == (told.kept.profile.country or self.base.field.default_country)
        told.asks.append(self.say("country_same" if same else "country_later", country=name))

    def _goal(self, told: Told, said: Happening) -> None:
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

    def _goal_maybe(self, told: Told, said: Happening) -> None:
        """A goal that somebody only thinks of."""
        now, other = self.words.short(told.kept.goal), self.words.short(said.what)
        told.asks.append(self.say("goal_maybe", now=now, goal=other))

    def _unwanted(self, told: Told, said: Happening) -> None:
        """An exam of the plan that somebody does not want: how to see ways without it."""
        told.asks.append(self.say("unwanted", name=self.words.short(said.what)))

    def _which_hours(self, told: Told, said: Happening) -> None:
        told.asks.append(self.say("which_hours"))

    def _no_money(self, told: Told, said: Happening) -> None:
        """No limit on what it may cost any more."""
        changed = circumstances.unlimited(self.base, told.kept, told.today)
        (told.notes if changed is not None else told.asks).append(
            self.say("no_money" if changed is not None else "no_money_told")
        )
        told.kept = changed or told.kept

    def _paid_for(self, told: Told, said: Happening) -> None:
        """Somebody else pays for a part of it."""
        told.asks.append(self.say("paid_for"))

    def _hours(self, told: Told, said: Happening) -> None:
        if not MIN_HOURS_PER_WEEK <= said.number <= MAX_HOURS_PER_WEEK:
            told.asks.append(self._text("keep_bad_hours", most=MAX_HOURS_PER_WEEK))
            return
        told.kept = replanning.paced(self.base, told.kept, said.number, told.today)
        told.notes.append(self._text("keep_note_hours"))

    def _money(self, told: Told, said: Happening) -> None:
        if said.number < 0:
            told.asks.append(self.say("which_money"))
            return
        told.kept = circumstances.afforded(self.base, told.kept, said.number, told.today) or told.kept
        told.notes.append(self.say("money", budget=f"{said.number:,.0f} {self.base.field.currency}"))
        route = make_plan(self.base, told.kept.profile).route(told.kept.route)
        if route is not None and route.cost.high > said.number:
            told.notes.append(self.say("money_over", cost=self.words.total(route)))

    def _pause(self, told: Told, said: Happening) -> None:
        if said.day is None:
            told.asks.append(self.say("which_pause"))
            return
        until = said.day if isinstance(said.day, date) else told.today
        days = round(said.number)
        changed = circumstances.paused(told.kept, until, told.today, days)
        if changed is None:
            told.asks.append(self.say("bad_pause"))
            return
        told.kept = changed
        start = until - timedelta(days=days)
        told.notes.append(
            self.say("paused_from", start=day(start), day=day(until)) if days else self.say("paused", day=day(until))
        )

    def _resumed(self, told: Told, said: Happening) -> None:
        """Somebody is back before a wait is over."""
        changed = circumstances.resumed(told.kept, told.today)
        told.kept = changed or told.kept
        told.notes.append(self.say("resumed"))

    def _corrected(self, told: Told, said: Happening) -> None:
        """Another number for what was told last: that is taken back, and told again."""
        last = told.kept.units[-1].certification if said.what == "units" and told.kept.units else ""
        told.kept = replanning.undone(self.base, told.kept) or told.kept
        getattr(self, f"_{said.what}")(told, Happening(said.what, last, said.number, said.day))

    def _late(self, told: Told, said: Happening) -> None:
        changed = events.slipped(told.kept, round(said.number), told.today)
        if changed is None:
            told.asks.append(self._text("keep_ask_late"))
            return
        told.kept = changed
        told.notes.append(self._text("keep_note_late"))

    def _units(self, told: Told, said: Happening) -> None:
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
        added = self._text("keep_note_units", count=f"{said.number:g}", name=self.words.short(named[0]))
        told.notes += self.too_early(changed, changed.units[-1], told.today) or [added]

    def too_early(self, kept: Progress, units: Units, today: date) -> list[str]:
        """That units were earned before the time began in which they count."""
        found = next(
            (item for item in cycles(self.base, kept, today) if units.certification in item.certifications), None
        )
        if found is None or found.since is None or units.on >= found.since or not self.texts:
            return []
        name, count = self.words.short(units.certification), f"{units.count:g}"
        return [self.say("units_early", count=count, name=name, day=day(found.since))]

    def pace(self, kept: Progress) -> Reply:
        """How many hours a week the plan counts on, and whether that was told."""
        key = "pace" if kept.profile.hours_per_week else "pace_assumed"
        line = self.say(key, hours=f"{kept.profile.pace:g}")
        return self.view.reply([line], [self.view.button("button_my_plan", "plan")])

    def held(self, kept: Progress, today: date) -> Reply:
        """Whether the plan waits, and until when."""
        waits = kept.paused is not None and kept.paused > today
        line = self.say("held_until", day=day(kept.paused)) if kept.paused and waits else self.say("held_not")
        return self.view.reply([line], [self.view.button("button_my_plan", "plan")])

    def finish(self, kept: Progress, today: date) -> Reply:
        """When the goal is reached by the plan as it stands, and what runs late."""
        dated = [item for item in schedule(kept, today) if item.step.kind != "upkeep"]
        if not dated:
            return self.view.plan(kept, today)
        last = max(dated, key=lambda item: (item.end, item.step.kind in ("move", "exam")))
        lines = [self.say("finish", title=last.step.title, day=day(last.end))]
        late = [item.step.title for item in dated if item.late]
        lines.append(self.say("finish_late", titles=", ".join(late[:MAX_TITLES])) if late else self.say("finish_on"))
        changes = self.replies.button("button_changes", "road", "changes", kept.route)
        return self.view.reply(lines, [changes, self.view.button("button_my_plan", "plan")])

    def effect(self, kept: Progress, today: date) -> Reply | None:
        """What the last entry did to the day of the goal; None where there is none to compare with."""
        before = replanning.undone(self.base, kept)
        if before is None:
            return None
        was, now = (
            max((item.end for item in schedule(plan, today) if item.step.kind != "upkeep"), default=today)
            for plan in (before, kept)
        )
        key = "effect_same" if was == now else "effect"
        lines = [self.say(key, was=day(was), now=day(now))]
        return self.view.reply(lines, [self.view.undo(kept), self.view.button("button_my_plan", "plan")])

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
        elif opens := sorted((on, exam) for exam, on in kept.opens.items() if exam not in kept.profile.certifications):
            on, exam = opens[-1]
            body = self.words.short(self.base.certifications[exam].issuer)
            key = "exam_opens" if on > today else "exam_open"
            line = self.say(key, name=self.words.short(exam), body=body, day=day(on))
        else:
            line = self.say("exam_none")
        buttons = [self.view.button("button_exam_day", "ask", "exam"), self.view.button("button_my_plan", "plan")]
        return self.view.reply([line], buttons if planned else buttons[1:])
