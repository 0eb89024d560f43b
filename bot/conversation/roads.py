"""Plans in the conversation: every route and step opened, tapped or typed, and "what if".

The planner's own words (titles, reasons, warnings) are shown as they are; figures carry the
sources the planner gives. Nothing here is stored but the profile.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.advice.planner import Money, Plan, Route, Step, fastest_route, make_plan
from bot.advice.planner.plan import ROUTE_NAMES
from bot.advice.profile import Profile
from bot.advice.suggestions import checks
from bot.conversation.bubbles import Bubbles, rows
from bot.conversation.flow import Turn
from bot.conversation.messages import Button, Reply
from bot.conversation.reading import is_cue, starts_with_cue
from bot.conversation.road_bubbles import ACTION, PRACTICE, RoadBubbles
from bot.conversation.road_words import RoadWords
from bot.conversation.session import Session
from bot.conversation.supposing import changed, supposed
from bot.knowledge.base import KnowledgeBase

MAX_PRACTICE = 2
UNDONE = ("never", "help")


class Roads:
    """Shows and varies plans over one knowledge base."""

    def __init__(self, base: KnowledgeBase, bubbles: Bubbles) -> None:
        self.base = base
        self.words = RoadWords(base, bubbles)
        self.shows = RoadBubbles(self.words)

    def show(
        self,
        profile: Profile,
        name: str = ROUTE_NAMES[0],
        *,
        edit: bool = False,
        before: str = "",
        practice: Sequence[Step] = (),
    ) -> list[Reply]:
        """The road to the profile's goal; without a goal, the way to one."""
        if profile.goal is None:
            button = self.words.bubbles.ask_button("assessment", (), whole=True)
            return [self.words.reply([self.words.text("plan_none")], [button], edit=edit)]
        plan = make_plan(self.base, profile)
        route = _named(plan, name)
        if route is None:
            return [self.shows.no_road(profile, plan, edit=edit, before=before)]
        return [self.shows.road(profile, plan, route, practice, edit=edit, before=before)]

    def open(self, session: Session, name: str = ROUTE_NAMES[0], *, edit: bool = False, before: str = "") -> Turn:
        """The road of a session, with its practice, and the session that has it on the screen."""
        replies = self.show(session.profile, name, edit=edit, before=before, practice=self.practice(session))
        return self._on_screen(session, name, replies)

    def practice(self, session: Session) -> tuple[Step, ...]:
        """Free steps for what the checks of the goal found missing, at most two."""
        goal, deeds = session.profile.goal, session.tastes.deeds
        missing = [
            deed.practice and (deed.id, deed.practice)
            for deed in checks(self.base, str(goal), session.profile.setting)
            if deeds.get(deed.id) in UNDONE
        ]
        free = Money(0, 0)
        return tuple(
            Step(f"{PRACTICE}{item[0]}", "deed", item[1].say, str(goal), None, item[1].why, 0, 0, free)
            for item in missing
            if item
        )[:MAX_PRACTICE]

    def _on_screen(self, session: Session, name: str | None, replies: list[Reply]) -> Turn:
        session = session.model_copy(update={"road": name, "asking": False, "misses": 0})
        return session, replies

    def press(self, session: Session, arguments: Sequence[str], today: date, *, edit: bool) -> Turn | None:
        """What a button of a plan does; None for one that fits no plan."""
        action, *rest = arguments or ("",)
        if action == "goal" and len(rest) == 1:
            return self._set_goal(session, rest[0], edit=edit)
        if action == "keep" and len(rest) == 2 and session.profile.goal:  # noqa: PLR2004 - key, value
            profile = changed(self.base, session.profile, rest[0], rest[1])
            return self.open(session.model_copy(update={"profile": profile}), edit=edit) if profile else None
        if session.profile.goal is None or not rest or rest[0] not in ROUTE_NAMES:
            return None
        return self._part(session, action, rest[0], rest[1:], edit=edit)

    def _set_goal(self, session: Session, goal: str, *, edit: bool) -> Turn | None:
        if goal not in self.base.roles and goal not in self.base.certifications:
            return None
        profile = session.profile.model_copy(update={"goal": goal})
        return self.open(session.model_copy(update={"profile": profile}), edit=edit)

    def _part(self, session: Session, action: str, name: str, rest: Sequence[str], *, edit: bool) -> Turn | None:
        """One part of the plan: the road, a step, the routes, what counts, the costs, the changes."""
        if action == "show" and not rest:
            return self.open(session, name, edit=edit)
        plan = make_plan(self.base, session.profile)
        route = _named(plan, name)
        if route is None:
            return self.open(session, edit=edit)
        if action == "step":
            reply = self._step(session, route, rest, edit=edit)
        elif rest:
            reply = None
        elif action == "counts":
            reply = self.shows.counts(plan, route, edit=edit, near=self._near_button(session))
        else:
            parts = {"routes": self.shows.routes, "costs": self.shows.costs, "changes": self.shows.changes}
            reply = parts[action](plan, route, edit=edit) if action in parts else None
        return self._on_screen(session, name, [reply]) if reply is not None else None

    def _step(self, session: Session, route: Route, rest: Sequence[str], *, edit: bool) -> Reply | None:
        steps = [*self.practice(session), *route.steps]
        if len(rest) != 1 or not rest[0].isdecimal() or not 1 <= int(rest[0][:3]) <= len(steps):
            return None
        return self.shows.step(route, steps, int(rest[0][:3]), edit=edit)

    def _near_button(self, session: Session) -> Button | None:
        goal = str(session.profile.goal)
        if not checks(self.base, goal, session.profile.setting):
            return None
        return self.words.tap("near", self.words.text("button_near"), "start", goal)

    def typed(self, session: Session, text: str, today: date) -> Turn | None:
        """What the buttons of a plan do, in words, and "what if I had 10 hours"; None for any other message."""
        if session.profile.goal is None:
            return None
        rest = starts_with_cue(text, self.base.texts.cues["what_if"])
        if rest is not None:
            return self._what_if(session, text, rest)
        asked = self._asked_part(session, text)
        if asked is None:
            return None
        action, name, *more = asked
        if action == "step":
            turn = self._part(session, action, name, more, edit=False)
            return turn or self._on_screen(session, name, [self._no_such_step(session, name)])
        return self._part(session, action, name, more, edit=False)

    def _asked_part(self, session: Session, text: str) -> tuple[str, ...] | None:
        """Which part of the plan some words ask for, as a press has it."""
        cues = self.base.texts.cues
        name = session.road or ROUTE_NAMES[0]
        number = re.search(r"\d{1,3}", starts_with_cue(text, cues["step"]) or "")
        if number:
            return "step", name, number[0]
        routes = {"fastest": cues["fastest"], "cheapest": cues["cheapest"], "strongest": cues["strongest"]}
        for route, words in routes.items():
            if is_cue(text, words):
                return "show", route
        if session.road is None:  # these words mean a plan only while one is on the screen
            return None
        parts = {
            "routes": cues["routes"],
            "costs": cues["costs"],
            "counts": cues["counts"],
            "changes": cues["changes"],
            "show": cues["road"],
        }
        return next(((part, name) for part, words in parts.items() if is_cue(text, words)), None)

    def _no_such_step(self, session: Session, name: str) -> Reply:
        route = _named(make_plan(self.base, session.profile), name)
        count = len(self.practice(session)) + (len(route.steps) if route else 0)
        button = self.words.tap(ACTION, self.words.text("button_road"), "show", name)
        return self.words.reply([self.words.fill("road_no_step", count=count)], [button], edit=False)

    def _what_if(self, session: Session, text: str, rest: str) -> Turn:
        """The road as it would be, and whether that is sooner; what cannot be tried is said."""
        profile = session.profile
        found = supposed(self.base, profile, rest, self._kind(profile))
        other = changed(self.base, profile, *found) if found else None
        if found is None or other is None:
            button = self.words.tap(ACTION, self.words.text("button_road"), "show", ROUTE_NAMES[0])
            return self._on_screen(
                session, session.road, [self.words.reply([self.words.text("road_if_unread")], [button], edit=False)]
            )
        before = str(self.words.fill("road_if", text=text.strip(" ?.!"), effect=self._effect(profile, other)))
        reply = self.show(other, before=before)[0]
        keep = self.words.tap(ACTION, self.words.text("button_keep"), "keep", *found)
        now = self.words.tap(ACTION, self.words.text("button_as_is"), "show", ROUTE_NAMES[0])
        away = reply.buttons[-1:]
        reply = reply.model_copy(update={"buttons": (*rows(button for button in (keep, now) if button), *away)})
        return self._on_screen(session, session.road, [reply])

    def _effect(self, profile: Profile, other: Profile) -> str:
        """How much sooner or later the goal would be reached."""
        now, then = fastest_route(self.base, profile), fastest_route(self.base, other)
        if now is None or then is None:
            return self.words.text("road_if_else")
        if now.weeks == then.weeks:
            return self.words.text("road_if_same")
        key = "road_if_sooner" if then.weeks < now.weeks else "road_if_later"
        return str(self.words.fill(key, length=self.words.length(abs(now.weeks - then.weeks))))

    def _kind(self, profile: Profile) -> str:
        """The kind of work that years of none mean: what the road waits for, else the person's own."""
        route = fastest_route(self.base, profile)
        waits = [step.entity for step in (route.steps if route else ()) if step.kind == "years"]
        role = next((item for item in (*waits, profile.role, profile.goal) if item in self.base.roles), None)
        return self.base.roles[str(role)].experience if role else self.base.assessment.experience[0].id

    def command(self, session: Session, word: str, today: date, *, edit: bool = False) -> Turn | None:
        """Plans have `/plan`."""
        return self.open(session, edit=edit) if word == "plan" else None


def _named(plan: Plan, name: str) -> Route | None:
    return next((route for route in plan.routes if route.name == name), None)
