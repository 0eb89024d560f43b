"""A plan that is kept: started, followed, changed, taken along. Each button has a typed form.

A press names what it means (a step's id, the length of the journal it was made for), so that an
old or repeated one never counts for something else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from bot.advice.planner.plan import ROUTE_NAMES, RouteName
from bot.advice.progress import deeds, replanning
from bot.advice.progress.model import Progress, Proof, Units
from bot.conversation.bubbles import Bubbles
from bot.conversation.flow import Turn
from bot.conversation.keeping_files import Files
from bot.conversation.keeping_typed import Typed
from bot.conversation.keeping_views import ACTION, HOURS, SLIPS, STARTS, Views
from bot.conversation.messages import Reply
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase

__all__ = ["ACTION", "Keeping"]

COMMANDS = ("plan", "progress")
Act = Callable[[Progress, Sequence[str], date], Progress | None]
Show = Callable[[Progress, Sequence[str], date, bool], list[Reply] | None]


class Keeping:
    """Keeps plans over one knowledge base."""

    def __init__(self, base: KnowledgeBase, bubbles: Bubbles) -> None:
        self.base, self.bubbles = base, bubbles
        self.views = Views(base, bubbles)
        self.files = Files(self.views)
        self.listener = Typed(base, self.views, self.files)
        # What a press shows, by its first word and the number of the others.
        self.shows: dict[tuple[str, int], Show] = {
            ("plan", 0): lambda progress, _, today, edit: [self._plan(progress, today, edit=edit)],
            ("steps", 1): lambda progress, rest, today, edit: _one(
                self.views.steps(progress, _number(rest[0]), today, edit=edit)
            ),
            ("step", 1): lambda progress, rest, today, edit: _one(self.views.step(progress, rest[0], today, edit=edit)),
            ("change", 0): lambda progress, _, today, edit: [self.views.change(edit=edit)],
            ("ask", 1): lambda progress, rest, today, edit: _one(self.views.ask(progress, rest[0], edit=edit)),
            ("count", 0): lambda progress, _, today, edit: [self.views.counts.whole(progress, today, edit=edit)],
            ("time", 0): lambda progress, _, today, edit: [self.files.timeline(progress, today)],
            ("export", 0): lambda progress, _, today, edit: [self.files.choices(edit=edit)],
            ("text", 0): lambda progress, _, today, edit: [self.files.text(progress, today)],
            ("calendar", 0): lambda progress, _, today, edit: [self.files.calendar(progress, today)],
            ("share", 0): lambda progress, _, today, edit: self.files.card(progress),
        }
        # What a press does; the plan is shown after it.
        self.acts: dict[tuple[str, int], Act] = {
            ("done", 1): lambda progress, rest, today: deeds.done(self.base, progress, rest[0], today),
            ("skip", 1): lambda progress, rest, today: deeds.skipped(progress, rest[0], today),
            ("begin", 1): lambda progress, rest, today: deeds.begun(progress, rest[0], today),
            ("undo", 1): self._undo,
            ("route", 1): self._route,
            ("hours", 1): self._hours,
            ("day", 1): self._day,
            ("late", 2): self._late,
            ("unit", 2): self._unit,
            ("proof", 2): self._proof,
            ("accept", 0): self._accept,
            ("old", 0): lambda progress, _, today: replanning.kept_as_is(self.base, progress),
        }

    def press(self, session: Session, arguments: Sequence[str], today: date, *, edit: bool) -> Turn | None:
        """A button of a kept plan, or the one that starts it; None for what fits no plan as it is now."""
        verb, *rest = arguments or ("",)
        if verb == "start" and len(rest) == 2:  # noqa: PLR2004 - route, goal
            if rest[1] not in self.base.roles.keys() | self.base.certifications.keys():
                return None
            # The button may be older than the goal that was looked at last.
            meant = session.profile.model_copy(update={"goal": rest[1]})
            return self.start(session.model_copy(update={"profile": meant}), rest[0], today, edit=edit)
        if session.progress is None:
            return None
        progress = replanning.followed(self.base, session.progress, session.profile, today)
        key = (verb, len(rest))
        if key in self.shows:
            replies = self.shows[key](progress, rest, today, edit)
            return (_with(session, progress), replies) if replies else None
        changed = self.acts[key](progress, rest, today) if key in self.acts else None
        if changed is None:
            return None
        if verb in ("unit", "proof"):
            return _with(session, changed), [self.views.counts.whole(changed, today, edit=edit)]
        note = self.bubbles.text(f"keep_note_{verb}")
        return _with(session, changed), [self.views.plan(changed, today, note, edit=edit)]

    def start(self, session: Session, route: str, today: date, *, edit: bool) -> Turn | None:
        """Start the plan for the profile's goal; None without a way there."""
        named = _route(route)
        if named is None or session.profile.goal is None:
            return None
        kept = session.progress
        again = kept is not None and kept.goal == session.profile.goal
        if kept is not None and again:
            followed = replanning.followed(self.base, kept, session.profile, today)
            changed = replanning.switched(self.base, followed, named, today) if named != kept.route else followed
            return _with(session, changed), [self.views.plan(changed, today, edit=edit)]
        begun = replanning.begin(self.base, session.profile, named, today, kept)
        if begun is None:
            return None
        return _with(session, begun), [self.views.plan(begun, today, self.bubbles.text("keep_begun"), edit=edit)]

    def typed(self, session: Session, text: str, today: date) -> Turn | None:
        """What was said of a kept plan; without one, only the words that start it."""
        if session.progress is None:
            begun = self.start(session, ROUTE_NAMES[0], today, edit=False) if self.listener.starts(text) else None
            asked = self.listener.starts(text) or self.listener.takes_along(text)
            return begun or ((session, [self._none(session)]) if asked else None)
        progress = replanning.followed(self.base, session.progress, session.profile, today)
        if self.listener.starts(text) and session.profile.goal != progress.goal:
            return self.start(session, ROUTE_NAMES[0], today, edit=False)
        # While a road is on the screen, its own steps are meant.
        opened = self.listener.opens(progress, text, today) if session.road is None else None
        if opened is not None:
            return _with(session, progress), [opened]
        heard = self.listener.heard(progress, text, today)
        if heard is None:
            return None
        changed, replies = heard
        # Where the message asks for the plan itself, it is shown as `/plan` does.
        return _with(session, changed), list(replies) or [self._plan(changed, today, edit=False)]

    def _none(self, session: Session) -> Reply:
        """There is no plan yet, and how to come by one."""
        way = "assessment" if session.profile.goal is None else "plan"
        return self.views.reply([self.bubbles.text("keep_none")], [self.bubbles.ask_button(way, ())])

    def command(self, session: Session, word: str, today: date, *, edit: bool = False) -> Turn | None:
        """`/plan` and `/progress`, once a plan was started."""
        if word not in COMMANDS or session.progress is None:
            return None
        progress = replanning.followed(self.base, session.progress, session.profile, today)
        return _with(session, progress), [self._plan(progress, today, edit=edit)]

    def _plan(self, progress: Progress, today: date, *, edit: bool) -> Reply:
        """How the plan stands; first, once, what new knowledge makes of it."""
        difference = replanning.difference(self.base, progress)
        if difference is not None:
            return self.views.changed(difference, edit=edit)
        return self.views.plan(progress, today, edit=edit)

    def _accept(self, progress: Progress, rest: Sequence[str], today: date) -> Progress | None:
        difference = replanning.difference(self.base, progress)
        if difference is None:
            return None
        return replanning.noted(progress, difference.steps, "changed", today)

    def _undo(self, progress: Progress, rest: Sequence[str], today: date) -> Progress | None:
        return replanning.undone(self.base, progress) if _stamped(progress, rest[0]) else None

    def _route(self, progress: Progress, rest: Sequence[str], today: date) -> Progress | None:
        named = _route(rest[0])
        if named is None or named == progress.route:
            return None
        return replanning.switched(self.base, progress, named, today)

    def _hours(self, progress: Progress, rest: Sequence[str], today: date) -> Progress | None:
        hours = _number(rest[0])
        return replanning.paced(self.base, progress, hours, today) if hours in HOURS else None

    def _day(self, progress: Progress, rest: Sequence[str], today: date) -> Progress | None:
        """Start today, next Monday, or some weeks after that."""
        weeks = _number(rest[0])
        if weeks not in STARTS:
            return None
        day = today + timedelta(days=7 * weeks - today.weekday()) if weeks else today
        return deeds.starting(progress, day, today)

    def _late(self, progress: Progress, rest: Sequence[str], today: date) -> Progress | None:
        weeks = _number(rest[0])
        return deeds.slipped(progress, weeks, today) if weeks in SLIPS and _stamped(progress, rest[1]) else None

    def _unit(self, progress: Progress, rest: Sequence[str], today: date) -> Progress | None:
        if not _stamped(progress, rest[1]):
            return None
        return deeds.learned(progress, Units(on=today, certification=rest[0], count=1), today)

    def _proof(self, progress: Progress, rest: Sequence[str], today: date) -> Progress | None:
        parts = self.views.counts.parts(progress, today)
        at = _number(rest[0])
        if not _stamped(progress, rest[1]) or not 1 <= at <= len(parts):
            return None
        held, part = parts[at - 1]
        return deeds.proven(progress, Proof(certification=held, part=part.id), today)


def _with(session: Session, progress: Progress) -> Session:
    """The session with a plan, and with the profile that the plan has brought about."""
    return session.model_copy(update={"progress": progress, "profile": progress.profile, "asking": False, "road": None})


def _one(reply: Reply | None) -> list[Reply] | None:
    return [reply] if reply is not None else None


def _route(name: str) -> RouteName | None:
    return next((known for known in ROUTE_NAMES if known == name), None)


def _number(text: str) -> int:
    """A number of a press; -1 for anything else."""
    return int(text) if text.isdecimal() and len(text) <= 4 else -1  # noqa: PLR2004 - digits


def _stamped(progress: Progress, stamp: str) -> bool:
    """Whether a press was made for the plan as it is now, with nothing said since."""
    return stamp == str(len(progress.journal))
