"""What is made of a job that is got, offered, refused or lost, and what is said to it."""

from __future__ import annotations

from datetime import date

from bot.advice.chart.timeline import day
from bot.advice.progress import circumstances, events
from bot.advice.progress.cue_reader import Happening
from bot.advice.progress.schedule import schedule
from bot.conversation.flows.my_plan.teller import Teller, Told
from bot.conversation.flows.my_plan.view import ACTION
from bot.conversation.messages import Button
from bot.knowledge.choosing import HiringStep


class JobsTold(Teller):
    """Acts on what is told of jobs."""

    def _moved(self, told: Told, said: Happening) -> None:
        moves = [step.entity for step in told.kept.open if step.kind == "move"]
        if not said.what:
            example = self.words.short(moves[0] if moves else self.base.field.default_entity)
            told.asks.append(self.say("other_job" if said.said else "which_role", role=example))
            told.buttons += [self._post(told, role) for role in moves]
            return
        name = self.base.roles[said.what].name
        first = said.day if isinstance(said.day, date) and said.day > told.today else None
        if first is not None and said.what == told.kept.profile.role and told.kept.begins(told.today) is not None:
            self._begins(told, said)
            return
        changed = events.moved(self.base, told.kept, said.what, told.today, first)
        if changed is None:
            told.asks.append(self._text("keep_role_held", name=name))
            return
        told.kept = changed
        told.notes.append(self._text("keep_note_moved", name=name))
        if first is not None:
            told.notes.append(self.say("first_day", day=day(first)))

    def _begins(self, told: Told, said: Happening) -> None:
        """Another first day for a post that is not begun yet."""
        on = said.day if isinstance(said.day, date) else told.today
        changed = events.beginning(told.kept, on, told.today)
        if changed is not None:
            told.kept = changed
            told.notes.append(self.say("first_day", day=day(on)))

    def _declined(self, told: Told, said: Happening) -> None:
        """An offer or a post that was not taken."""
        told.asks.append(self.say("declined"))

    def _post(self, told: Told, role: str) -> Button | None:
        """The button that says that a new job is a post of the plan."""
        step = next(step for step in told.kept.open if step.kind == "move" and step.entity == role)
        return self.replies.tap(ACTION, self.words.short(role), "done", step.id)

    def _hiring(self, said: Happening) -> HiringStep | None:
        return next((step for step in self.base.choosing.hiring.steps if step.id == said.what), None)

    def _nearby(self, told: Told, said: Happening) -> None:
        """A job near the field: the step that it fulfils is done, and what comes next is said."""
        told.notes.append(self.say("nearby", name=said.said))
        hiring, step = self._hiring(said), told.kept.step(f"hiring-{said.what}")
        if step is None:
            told.notes.append(self.say("nearby_beside"))
        else:
            told.kept = events.done(self.base, told.kept, step.id, told.today) or told.kept
            told.notes.append(self.say("nearby_done", title=step.title))
        if hiring is not None:
            told.records.append(hiring)
        told.notes += self._next(told)

    def _next(self, told: Told) -> list[str]:
        """What comes next on the plan."""
        dated = schedule(told.kept, told.today)
        upcoming = next((item.step for item in dated if item.step.kind != "upkeep"), None)
        return [self.say("next", title=upcoming.title)] if upcoming is not None else []

    def _offer(self, told: Told, said: Happening) -> None:
        """A job offered: what it is to the plan, and what to ask before one says yes."""
        hiring, role = self._hiring(said), said.what if said.what in self.base.roles else ""
        name = self.base.roles[role].name if role else said.said
        told.notes.append(self.say("offer" if name else "offer_unnamed", name=name))
        moves = [step.entity for step in told.kept.open if step.kind == "move"]
        if hiring is not None:
            told.notes.append(self.say("offer_nearby", why=hiring.why))
            told.records.append(hiring)
        elif role:
            told.notes.append(self.say("offer_planned" if role in moves else "offer_beside"))
        told.notes.append(self.say("offer_mind"))
        example = name or self.words.short(moves[0] if moves else self.base.field.default_entity)
        told.asks.append(self.say("offer_taken", name=example))

    def _refused(self, told: Told, said: Happening) -> None:
        """An application that came to nothing: how long searches take, and what is still open."""
        hiring = self.base.choosing.hiring
        told.notes.append(self.say("refused"))
        if hiring.say is not None and hiring.weeks is not None:
            told.notes.append(hiring.say)
            told.records.append(hiring.weeks)
        near = next(
            (step for item in hiring.steps if item.posts and (step := told.kept.step(f"hiring-{item.id}"))), None
        )
        told.notes += [self.say("refused_near", title=near.title)] if near is not None else self._next(told)

    def _theirs(self, told: Told, said: Happening) -> None:
        """Somebody else's good news."""
        told.asks.append(self.say("theirs"))

    def _theirs_gone(self, told: Told, said: Happening) -> None:
        """Somebody else has lost a job."""
        told.asks.append(self.say("theirs_gone"))

    def _applied(self, told: Told, said: Happening) -> None:
        """Applications sent: how long searches take."""
        hiring = self.base.choosing.hiring
        told.notes.append(self.say("applied"))
        if hiring.say is not None and hiring.weeks is not None:
            told.notes.append(hiring.say)
            told.records.append(hiring.weeks)

    def _interviewed(self, told: Told, said: Happening) -> None:
        """An interview that is over."""
        told.asks.append(self.say("interviewed"))

    def _interview(self, told: Told, said: Happening) -> None:
        """An interview to come: what of the plan is got ready for it."""
        told.notes.append(self.say("interview"))
        ready = (step for item in self.base.choosing.hiring.steps if (step := told.kept.step(f"hiring-{item.id}")))
        told.notes += [self.say("next", title=step.title) for step in ready if not step.costs][-1:]

    def _left(self, told: Told, said: Happening) -> None:
        changed = circumstances.left(self.base, told.kept, told.today)
        (told.notes if changed is not None else told.asks).append(
            self.say("left" if changed is not None else "no_role")
        )
        told.kept = changed or told.kept
