"""Acts on what was typed about a kept plan, and says what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.advice.chart.timeline import day
from bot.advice.planner.plan import ROUTE_NAMES
from bot.advice.profile import MAX_HOURS_PER_WEEK
from bot.advice.progress import deeds, replanning
from bot.advice.progress.counters import cycles
from bot.advice.progress.model import Progress, Units, waiting_for
from bot.advice.progress.schedule import schedule
from bot.conversation.keeping_files import Files
from bot.conversation.keeping_views import MAX_TITLES, Views
from bot.conversation.keeping_words import Listener, Said
from bot.conversation.messages import Reply
from bot.conversation.reading import is_cue
from bot.knowledge.base import KnowledgeBase

PLAN_ONLY = ("keep_export", "keep_calendar", "keep_share", "keep_timeline", "keep_counters")
Heard = tuple[Progress, Sequence[Reply]]


class Typed:
    """The typed form of every button of a plan."""

    def __init__(self, base: KnowledgeBase, views: Views, files: Files) -> None:
        self.base, self.views, self.files = base, views, files
        self.listener = Listener(base)

    def starts(self, text: str) -> bool:
        """Whether a message asks to start the plan."""
        return is_cue(text, self.base.texts.cues["keep_start"])

    def takes_along(self, text: str) -> bool:
        """Whether a message asks for something that only a plan which was started has."""
        return any(is_cue(text, self.base.texts.cues[cue]) for cue in PLAN_ONLY)

    def heard(self, progress: Progress, text: str, today: date) -> Heard | None:
        """The plan after a message and the replies to it (none: show the plan); None where it is not meant."""
        steps = [item.step for item in schedule(progress, today)]
        said = self.listener.said(progress, steps, text, today)
        if said is None:
            return None
        act = {
            "plan": self._plan,
            "undo": self._undo,
            "export": self._files,
            "share": self._files,
            "calendar": self._files,
            "timeline": self._files,
            "counters": self._counters,
            "done": self._step,
            "skip": self._step,
            "begin": self._step,
            "which": self._which,
            "passed": self._passed,
            "moved": self._moved,
            "steps": self._steps,
            "change": self._steps,
            "exam": self._exam,
            "day": self._day,
            "since": self._since,
            "hours": self._hours,
            "route": self._route,
            "late": self._late,
            "units": self._units,
        }[said.verb]
        return act(progress, said, today)

    def opens(self, progress: Progress, text: str, today: date) -> Reply | None:
        """The step that a message asks to see; None for any other message."""
        number = self.listener.opened(text)
        if number is None:
            return None
        steps = [item.step for item in schedule(progress, today)]
        shown = (
            self.views.step(progress, steps[number - 1].id, today, edit=False) if 1 <= number <= len(steps) else None
        )
        return shown or self._say(progress, "keep_no_such_step", count=len(steps))[1][0]

    def _say(self, progress: Progress, key: str, **slots: object) -> Heard:
        """Nothing changes; why, and the way back."""
        return progress, [
            self.views.reply([self.views.fill(key, **slots)], [self.views.button("button_my_plan", "plan")])
        ]

    def _no_day(self, progress: Progress, said: Said) -> Heard:
        return self._say(progress, "date_ambiguous" if said.day == "ambiguous" else "date_impossible")

    def _told(self, progress: Progress, today: date, key: str, **slots: object) -> Heard:
        return progress, [self.views.plan(progress, today, self.views.fill(key, **slots))]

    def _plan(self, progress: Progress, said: Said, today: date) -> Heard:
        return progress, []

    def _undo(self, progress: Progress, said: Said, today: date) -> Heard:
        undone = replanning.undone(self.base, progress)
        if undone is None:
            return self._say(progress, "keep_no_undo")
        return self._told(undone, today, "keep_note_undo")

    def _files(self, progress: Progress, said: Said, today: date) -> Heard:
        if said.verb == "share":
            return progress, self.files.card(progress)
        if said.verb == "calendar":
            return progress, [self.files.calendar(progress, today)]
        if said.verb == "timeline":
            return progress, [self.files.timeline(progress, today)]
        return progress, [self.files.choices(edit=False)]

    def _counters(self, progress: Progress, said: Said, today: date) -> Heard:
        return progress, [self.views.counts.whole(progress, today, edit=False)]

    def _step(self, progress: Progress, said: Said, today: date) -> Heard:
        """Done, skip or start, by the step's number on the plan or by its id."""
        steps = [item.step for item in schedule(progress, today)]
        step = progress.step(said.what)
        if step is None and 1 <= said.number <= len(steps):
            step = steps[int(said.number) - 1]
        if step is None:
            return self._say(progress, "keep_no_such_step", count=len(steps))
        if said.verb == "begin":
            before = waiting_for(progress, step)
            if before:
                titles = ", ".join(item.title for item in before[:MAX_TITLES])
                return self._say(progress, "keep_first", titles=titles)
            changed = deeds.begun(progress, step.id, today)
            return self._told(changed or progress, today, "keep_note_begin")
        if said.verb == "skip":
            changed = deeds.skipped(progress, step.id, today)
        else:
            changed = deeds.done(self.base, progress, step.id, today)
        return self._told(changed or progress, today, f"keep_note_{said.verb}_named", title=step.title)

    def _which(self, progress: Progress, said: Said, today: date) -> Heard:
        """A bare "done" or "skip": the step it may mean, with its buttons."""
        doing = [item.step for item in schedule(progress, today) if item.doing]
        current = next((step for step in doing if step.schooling), doing[0] if doing else None)
        shown = self.views.step(progress, current.id, today, edit=False) if current is not None else None
        return progress, [shown] if shown is not None else []

    def _passed(self, progress: Progress, said: Said, today: date) -> Heard:
        changed = deeds.passed(self.base, progress, said.what, today)
        name = self.base.entities[said.what].short
        if changed is None:
            return self._say(progress, "keep_held", name=name)
        held = [item for item in changed.profile.certifications if item not in progress.profile.certifications]
        names = ", ".join(self.base.entities[item].short for item in held) or name
        return self._told(changed, today, "keep_note_passed", name=name, held=names)

    def _moved(self, progress: Progress, said: Said, today: date) -> Heard:
        changed = deeds.moved(self.base, progress, said.what, today)
        name = self.base.roles[said.what].name
        if changed is None:
            return self._say(progress, "keep_role_held", name=name)
        return self._told(changed, today, "keep_note_moved", name=name)

    def _steps(self, progress: Progress, said: Said, today: date) -> Heard:
        shown = self.views.steps(progress, 1, today, edit=False) if said.verb == "steps" else None
        return progress, [shown or self.views.change(edit=False)]

    def _exam(self, progress: Progress, said: Said, today: date) -> Heard:
        if not isinstance(said.day, date):
            return self._no_day(progress, said)
        if said.day < today:
            return self._say(progress, "date_past", day=day(said.day))
        changed = deeds.booked(progress, said.what, said.day, today)
        if changed is None:
            return self._say(progress, "keep_no_exam")
        return self._told(changed, today, "keep_note_exam")

    def _day(self, progress: Progress, said: Said, today: date) -> Heard:
        if not isinstance(said.day, date):
            return self._no_day(progress, said)
        if said.day < today:
            return self._say(progress, "date_past", day=day(said.day))
        return self._told(deeds.starting(progress, said.day, today), today, "keep_note_day")

    def _since(self, progress: Progress, said: Said, today: date) -> Heard:
        if not isinstance(said.day, date):
            return self._no_day(progress, said)
        changed = deeds.renewed(progress, said.what, said.day, today)
        if changed is None:
            return self._say(progress, "date_ahead", day=day(said.day))
        note = self.views.fill("keep_note_since", name=self.base.entities[said.what].short, day=day(said.day))
        return changed, [self.views.counts.whole(changed, today, note, edit=False)]

    def _hours(self, progress: Progress, said: Said, today: date) -> Heard:
        if not 0 < said.number <= MAX_HOURS_PER_WEEK:
            return self._say(progress, "keep_bad_hours", most=MAX_HOURS_PER_WEEK)
        changed = replanning.paced(self.base, progress, said.number, today)
        return self._told(changed, today, "keep_note_hours")

    def _route(self, progress: Progress, said: Said, today: date) -> Heard:
        route = next(name for name in ROUTE_NAMES if name == said.what)
        if route == progress.route:
            return self._told(progress, today, "keep_same_route")
        return self._told(replanning.switched(self.base, progress, route, today), today, "keep_note_route")

    def _late(self, progress: Progress, said: Said, today: date) -> Heard | None:
        if not said.number:
            asked = self.views.ask(progress, "late", edit=False)
            return (progress, [asked]) if asked is not None else None
        changed = deeds.slipped(progress, round(said.number), today)
        if changed is None:
            return self._say(progress, "keep_bad_weeks", most=deeds.MAX_SLIP)
        return self._told(changed, today, "keep_note_late")

    def _units(self, progress: Progress, said: Said, today: date) -> Heard:
        """Units for the certification named, or the only one that asks for them."""
        counting = cycles(self.base, progress, today)
        named = [said.what] if said.what else [cycle.certification for cycle in counting]
        if not named or not any(named[0] in cycle.certifications for cycle in counting):
            return self._say(progress, "keep_no_units")
        if len(named) > 1:
            names = ", ".join(self.base.entities[item].short for item in named)
            return self._say(progress, "keep_which_units", names=names, first=self.base.entities[named[0]].short)
        on = said.day if isinstance(said.day, date) else today
        units = Units(on=on, certification=named[0], count=said.number, subject=said.subject)
        changed = deeds.learned(progress, units, today)
        if changed is None:
            return self._say(progress, "keep_bad_units", most=deeds.MAX_UNITS)
        note = self.views.fill("keep_note_units", count=f"{said.number:g}", name=self.base.entities[named[0]].short)
        return changed, [self.views.counts.whole(changed, today, note, edit=False)]
