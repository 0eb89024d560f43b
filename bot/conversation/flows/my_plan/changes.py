"""What a press or typed words change in a plan that is kept, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.advice.chart.timeline import day
from bot.advice.planner.plan import ROUTE_NAMES
from bot.advice.profile import MAX_HOURS_PER_WEEK
from bot.advice.progress import events, replanning
from bot.advice.progress.counters import cycles
from bot.advice.progress.model import Progress, Proof, Units, waiting_for
from bot.advice.progress.schedule import schedule
from bot.conversation.flow import Command
from bot.conversation.flows.my_plan.commands import PlanCommand
from bot.conversation.flows.my_plan.view import HOURS, MAX_TITLES, SLIPS, STARTS, PlanView
from bot.conversation.messages import Reply
from bot.knowledge.base import KnowledgeBase
from bot.understanding.parsing.numbers import digits

# The plan afterwards and what is shown; None for a press that fits the plan no more.
Changed = tuple[Progress, Sequence[Reply]]


class Changes:
    """Changes plans over one knowledge base."""

    def __init__(self, base: KnowledgeBase, view: PlanView) -> None:
        self.base, self.view = base, view

    def _say(self, kept: Progress, key: str, **slots: object) -> Changed:
        """Nothing changes; why, and the way back."""
        back = self.view.button("button_my_plan", "plan")
        return kept, [self.view.reply([self.view.fill(key, **slots)], [back])]

    def _told(self, kept: Progress | None, today: date, key: str, **slots: object) -> Changed | None:
        """The plan as it is now, and what changed."""
        return (kept, [self.view.plan(kept, today, self.view.fill(key, **slots))]) if kept is not None else None

    def _counted(self, kept: Progress | None, today: date, *notes: object) -> Changed | None:
        """The counters as they are now."""
        return (kept, [self.view.counts.whole(kept, today, *notes)]) if kept is not None else None

    def no_such_step(self, kept: Progress, today: date) -> Changed:
        """How many steps there are."""
        return self._say(kept, "keep_no_such_step", count=len(schedule(kept, today)))

    def step(self, kept: Progress, command: Command, today: date) -> Changed | None:
        """Done, skip or start a step."""
        verb, step = command.verb, kept.step(command.rest[0])
        typed = command.said is not None
        if step is None:
            return self.no_such_step(kept, today) if typed else None
        if verb == "begin":
            before = waiting_for(kept, step)
            if before and typed:
                return self._say(kept, "keep_first", titles=", ".join(item.title for item in before[:MAX_TITLES]))
            begun = events.begun(kept, step.id, today)
            return self._told(begun or (kept if typed else None), today, "keep_note_begin")
        changed = (
            events.skipped(kept, step.id, today) if verb == "skip" else events.done(self.base, kept, step.id, today)
        )
        if typed:
            return self._told(changed or kept, today, f"keep_note_{verb}_named", title=step.title)
        return self._told(changed, today, f"keep_note_{verb}")

    def undo(self, kept: Progress, command: Command, today: date) -> Changed | None:
        """Take back the last entry, the one that the button was made for."""
        undone = replanning.undone(self.base, kept) if _stamped(kept, command.rest[0]) else None
        if undone is None and command.said is not None:
            return self._say(kept, "keep_no_undo")
        return self._told(undone, today, "keep_note_undo")

    def route(self, kept: Progress, command: Command, today: date) -> Changed | None:
        """Go on by another route."""
        named = next((known for known in ROUTE_NAMES if known == command.rest[0]), None)
        if named == kept.route and command.said is not None:
            return self._told(kept, today, "keep_same_route")
        if named is None or named == kept.route:
            return None
        return self._told(replanning.switched(self.base, kept, named, today), today, "keep_note_route")

    def hours(self, kept: Progress, command: Command, today: date) -> Changed | None:
        """So many hours a week, of those that have a button."""
        hours = digits(command.rest[0])
        if hours not in HOURS:
            return None
        return self._told(replanning.paced(self.base, kept, hours, today), today, "keep_note_hours")

    def pace(self, kept: Progress, command: Command, today: date) -> Changed | None:
        """So many hours a week, as typed."""
        hours = _said(command).number
        if not 0 < hours <= MAX_HOURS_PER_WEEK:
            return self._say(kept, "keep_bad_hours", most=MAX_HOURS_PER_WEEK)
        return self._told(replanning.paced(self.base, kept, hours, today), today, "keep_note_hours")

    def day(self, kept: Progress, command: Command, today: date) -> Changed | None:
        """Start today, next Monday, or some weeks after that."""
        weeks = digits(command.rest[0])
        if weeks not in STARTS:
            return None
        first = today + timedelta(days=7 * weeks - today.weekday()) if weeks else today
        return self._told(events.starting(kept, first, today), today, "keep_note_day")

    def starting(self, kept: Progress, command: Command, today: date) -> Changed | None:
        """Start on the day that was typed."""
        on = _said(command).day
        if not isinstance(on, date):
            return self._no_day(kept, on)
        if on < today:
            return self._say(kept, "date_past", day=day(on))
        return self._told(events.starting(kept, on, today), today, "keep_note_day")

    def exam(self, kept: Progress, command: Command, today: date) -> Changed | None:
        """An exam on the day that was typed."""
        on = _said(command).day
        if not isinstance(on, date):
            return self._no_day(kept, on)
        if on < today:
            return self._say(kept, "date_past", day=day(on))
        booked = events.booked(self.base, kept, command.rest[0], on, today)
        return self._told(booked, today, "keep_note_exam") or self._say(kept, "keep_no_exam")

    def since(self, kept: Progress, command: Command, today: date) -> Changed | None:
        """Since when a credential is held."""
        on = _said(command).day
        if not isinstance(on, date):
            return self._no_day(kept, on)
        renewed = events.renewed(kept, command.rest[0], on, today)
        note = self.view.fill("keep_note_since", name=self._short(command.rest[0]), day=day(on))
        return self._counted(renewed, today, note) or self._say(kept, "date_ahead", day=day(on))

    def _no_day(self, kept: Progress, found: object) -> Changed:
        return self._say(kept, "date_ambiguous" if found == "ambiguous" else "date_impossible")

    def late(self, kept: Progress, command: Command, today: date) -> Changed | None:
        """So many weeks behind, of those that have a button."""
        weeks = digits(command.rest[0])
        if weeks not in SLIPS or not _stamped(kept, command.rest[1]):
            return None
        return self._told(events.slipped(kept, weeks, today), today, "keep_note_late")

    def behind(self, kept: Progress, command: Command, today: date) -> Changed | None:
        """So many weeks behind, as typed; how many, where that was not said."""
        weeks = _said(command).number
        if not weeks:
            asked = self.view.ask(kept, "late")
            return (kept, [asked]) if asked is not None else None
        slipped = events.slipped(kept, round(weeks), today)
        return self._told(slipped, today, "keep_note_late") or self._say(kept, "keep_bad_weeks", most=events.MAX_SLIP)

    def passed(self, kept: Progress, command: Command, today: date) -> Changed | None:
        """An exam passed."""
        name, changed = self._short(command.rest[0]), events.passed(self.base, kept, command.rest[0], today)
        if changed is None:
            return self._say(kept, "keep_held", name=name)
        held = [item for item in changed.profile.certifications if item not in kept.profile.certifications]
        names = ", ".join(self._short(item) for item in held) or name
        return self._told(changed, today, "keep_note_passed", name=name, held=names)

    def moved(self, kept: Progress, command: Command, today: date) -> Changed | None:
        """A new role."""
        name = self.base.roles[command.rest[0]].name
        moved = events.moved(self.base, kept, command.rest[0], today)
        return self._told(moved, today, "keep_note_moved", name=name) or self._say(kept, "keep_role_held", name=name)

    def unit(self, kept: Progress, command: Command, today: date) -> Changed | None:
        """One unit more, by the button that was made for the plan as it is."""
        if not _stamped(kept, command.rest[1]):
            return None
        units = Units(on=today, certification=command.rest[0], count=1)
        return self._counted(events.learned(kept, units, today), today)

    def units(self, kept: Progress, command: Command, today: date) -> Changed | None:
        """Units for the certification named, or the only one that asks for them."""
        said, what = _said(command), command.rest[0]
        counting = cycles(self.base, kept, today)
        named = [what] if what else [cycle.certification for cycle in counting]
        if not named or not any(named[0] in cycle.certifications for cycle in counting):
            return self._say(kept, "keep_no_units")
        if len(named) > 1:
            names = ", ".join(self._short(item) for item in named)
            return self._say(kept, "keep_which_units", names=names, first=self._short(named[0]))
        on = said.day if isinstance(said.day, date) else today
        units = Units(on=on, certification=named[0], count=said.number, subject=said.subject)
        note = self.view.fill("keep_note_units", count=f"{said.number:g}", name=self._short(named[0]))
        learned = self._counted(events.learned(kept, units, today), today, note)
        return learned or self._say(kept, "keep_bad_units", most=events.MAX_UNITS)

    def proof(self, kept: Progress, command: Command, today: date) -> Changed | None:
        """A part of a full credential proven."""
        parts, at = self.view.counts.parts(kept, today), digits(command.rest[0])
        if not _stamped(kept, command.rest[1]) or not 1 <= at <= len(parts):
            return None
        held, part = parts[at - 1]
        return self._counted(events.proven(kept, Proof(certification=held, part=part.id), today), today)

    def accept(self, kept: Progress, command: Command, today: date) -> Changed | None:
        """The plan that new knowledge makes of it."""
        difference = replanning.difference(self.base, kept)
        if difference is None:
            return None
        return self._told(replanning.noted(kept, difference.steps, "changed", today), today, "keep_note_accept")

    def old(self, kept: Progress, command: Command, today: date) -> Changed | None:
        """The plan as it was, whatever is known now."""
        return self._told(replanning.kept_as_is(self.base, kept), today, "keep_note_old")

    def _short(self, entity: str) -> str:
        return self.base.entities[entity].short


def _said(command: Command) -> PlanCommand:
    return command.said if isinstance(command.said, PlanCommand) else PlanCommand(command.verb)


def _stamped(kept: Progress, stamp: str) -> bool:
    """Whether a press was made for the plan as it is now, with nothing said since."""
    return stamp == str(len(kept.journal))
