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
from bot.advice.progress import replanning
from bot.advice.progress.happenings import Happenings
from bot.advice.progress.hedges import DENIED_WITHIN
from bot.advice.suggestions import checks
from bot.conversation.flow import SLASH, Command, Flow, Message, Outcome, Verb
from bot.conversation.flows.roadmap.goal_offer import GoalOffer
from bot.conversation.flows.roadmap.view import ACTION, PRACTICE, RoadmapView
from bot.conversation.flows.roadmap.what_if import changed, supposed
from bot.conversation.frames import Frame, OnRoad, PlanWished
from bot.conversation.messages import Button, Reply
from bot.conversation.replies import Replies, rows
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase
from bot.understanding.parsing.cues import is_cue, starts_with_cue, words_of
from bot.understanding.question import Question

MAX_PRACTICE = 2
UNDONE = ("never", "help")
PARTS = {
    "reasons": "why",
    "routes": "routes",
    "costs": "costs",
    "counts": "counts",
    "changes": "changes",
    "road": "show",
}


class Roadmap(Flow):
    """Shows and varies plans."""

    name = ACTION
    personal = True
    adults = True
    apart = ("if",)
    frames = ("roadmap", "plan_wished")
    slash = {"plan": "open"}

    def __init__(self, base: KnowledgeBase, replies: Replies) -> None:
        super().__init__(base, replies)
        self.view, self.offer = RoadmapView(base, replies), GoalOffer(base, replies)
        self.happenings = Happenings(base, replies.speech)
        self.verbs = {
            "open": Verb(self._open, spoken=True),
            "goal": Verb(self._goal, takes=(1,)),
            "offer": Verb(lambda session, said, today: self.offer.made(session, said.rest[0]), (1,), spoken=True),
            "keep": Verb(self._keep, takes=(2,)),
            "show": Verb(self._show, takes=(1,)),
            "step": Verb(self._step, takes=(2,)),
            "routes": Verb(self._part, takes=(1,)),
            "costs": Verb(self._part, takes=(1,)),
            "why": Verb(self._why, takes=(1,), spoken=True),
            "counts": Verb(self._part, takes=(1,)),
            "changes": Verb(self._part, takes=(1,)),
            "if": Verb(self._what_if, takes=(1,), spoken=True),
        }

    def typed(self, heard: Message, frame: Frame | None) -> Command | None:
        """What the buttons of a plan do, in words, and "what if I had 10 hours"."""
        text, cues = heard.text, self.base.texts.cues
        asks = any("asks" in clause.acts for clause in heard.told.clauses)
        if not asks and self._plan_denied(words_of(text)):
            return Command("ask", ("_needed",), Reply(text=self.replies.text("plan_denied"), outcome="chat"))
        if self._plan_wanted(words_of(text)):
            about = heard.question is not None and bool(heard.question.spans)
            aimed = heard.session.profile.goal is not None or any(fact.field == "goal" for fact in heard.told.facts)
            if about or aimed:
                return Command(ACTION, ("open",), heard.question)
            near = self.offer.near(heard.session)
            # Who asks for a plan before any goal is known is asked what it needs.
            return Command(ACTION, ("offer", near)) if near is not None else Command(SLASH, ("assess",))
        if isinstance(frame, PlanWished) and (answer := self.offer.answered(heard, frame)) is not None:
            return answer
        if heard.session.profile.goal is None:
            return None
        rest = starts_with_cue(text, cues["what_if"])
        answered = heard.question is not None and heard.question.decision == "answer" and not heard.question.nearest
        # "What if they ask about my gap" supposes nothing that a road hangs on, and who fails gains nothing.
        if rest is not None and (not answered or self._tries(rest)) and not self.happenings.fails(rest):
            return Command(ACTION, ("if", rest), text)
        name = frame.route if isinstance(frame, OnRoad) else ROUTE_NAMES[0]
        number = re.search(r"\d{1,3}", starts_with_cue(text, cues["step"]) or "")
        if number:
            return Command(ACTION, ("step", name, number[0]), text)
        route = next((route for route in ROUTE_NAMES if is_cue(text, cues[route])), None)
        if route is not None:
            return Command(ACTION, ("show", route))
        if not isinstance(frame, OnRoad):  # these words mean a plan only while one is on the screen
            return None
        if starts_with_cue(text, cues["reasons"]) and (named := self._on_way(heard, name)):
            return Command(ACTION, ("why", name), named)
        part = next((verb for cue, verb in PARTS.items() if is_cue(text, cues[cue])), None)
        part = part or PARTS.get(self.happenings.shown(text) or "")
        return Command(ACTION, (part, name)) if part is not None else None

    def _plan_denied(self, words: str) -> bool:
        """Whether words say that no plan is wanted."""
        cues = self.base.texts.cues.get("plan_denied", ())
        return any(f" {words_of(cue)} " in f" {words} " for cue in cues)

    def _plan_wanted(self, words: str) -> bool:
        """Whether words ask for a plan; a no before them denies it, one after them may be of anything else."""
        start = self._plan_at(words)
        near = words[:start].split()[-DENIED_WITHIN:]
        return start >= 0 and not any(is_cue(word, self.base.texts.cues["data_no"]) for word in near)

    def _plan_at(self, words: str) -> int:
        """Where words ask for a plan; -1 where they do not."""
        starts = (f" {words} ".find(f" {words_of(cue)} ") for cue in self.base.texts.cues["plan_wanted"])
        return min((at for at in starts if at >= 0), default=-1)

    def reads(self, text: str, frame: Frame) -> bool:
        """Whether it is a "what if" that can be tried, whatever it may sound like."""
        rest = starts_with_cue(text, self.base.texts.cues["what_if"])
        return bool(rest) and self._tries(str(rest))

    def _tries(self, rest: str) -> bool:
        """Whether what is supposed is an answer of the profile."""
        return supposed(self.base, self.replies.speech, Profile(), rest, "") is not None

    def _road(self, session: Session, name: str = ROUTE_NAMES[0], *, before: str = "") -> Outcome:
        """The road of a session on the screen; without a goal, the way to one."""
        profile = session.profile
        if profile.goal is None:
            return self.offer.made(session, self.offer.near(session))
        return self._on_screen(session, name, self._shown(profile, name, before, self._practice(session)))

    def _shown(self, profile: Profile, name: str, before: str = "", practice: Sequence[Step] = ()) -> Reply:
        plan = make_plan(self.base, profile)
        route = _named(plan, name)
        if route is None:
            return self.view.no_road(profile, plan, before=before)
        steps = self._steps(practice, profile, route)
        return self.view.road(profile, plan, route, steps, {step.id for step in practice}, before=before)

    def _steps(self, practice: Sequence[Step], profile: Profile, route: Route) -> list[Step]:
        """What else somebody lacks, then the steps of a route as they are numbered once it is kept, each once."""
        steps = replanning.in_order(route.steps, profile, str(profile.goal), route.name)
        titles = {step.title for step in steps}
        return [*(step for step in practice if step.title not in titles), *steps]

    def _practice(self, session: Session) -> tuple[Step, ...]:
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

    def _on_screen(self, session: Session, name: str | None, reply: Reply) -> Outcome:
        session = session.without("assessment", "plan_wished", misses=0)
        return Outcome(session.pushed(OnRoad(route=name)) if name is not None else session, (reply,))

    def _open(self, session: Session, command: Command, today: date) -> Outcome:
        """The road to the goal; to the one that the same words name, where they name another than what is held."""
        profile, question = session.profile, command.said
        said: dict[str, None] = {}
        if isinstance(question, Question):
            words = words_of(question.text)
            # Of a story only what is said with the wish names where it leads, unless nothing else does.
            wish = f" {words[max(self._plan_at(words), 0) :]} " if profile.goal is not None else f" {words} "
            said = dict.fromkeys(span.id for span in question.spans if f" {span.text} " in wish)
        roles = [item for item in said if item in self.base.roles and item != profile.role]
        exams = [item for item in said if item in self.base.certifications and item not in profile.certifications]
        named = roles or (exams if profile.goal is None else [])
        if len(named) == 1:
            session = session.model_copy(update={"profile": profile.model_copy(update={"goal": named[0]})})
        return self._road(session)

    def _goal(self, session: Session, command: Command, today: date) -> Outcome | None:
        goal = command.rest[0]
        if goal not in self.base.roles and goal not in self.base.certifications:
            return None
        profile = session.profile.model_copy(update={"goal": goal})
        return self._road(session.model_copy(update={"profile": profile}))

    def _keep(self, session: Session, command: Command, today: date) -> Outcome | None:
        """The road with one answer changed."""
        profile = changed(self.base, session.profile, *command.rest) if session.profile.goal else None
        return self._road(session.model_copy(update={"profile": profile})) if profile is not None else None

    def _show(self, session: Session, command: Command, today: date) -> Outcome | None:
        name = command.rest[0]
        return self._road(session, name) if session.profile.goal and name in ROUTE_NAMES else None

    def _step(self, session: Session, command: Command, today: date) -> Outcome | None:
        """One step opened; a number that there is not is said to whoever typed it."""
        name, number = command.rest
        if session.profile.goal is None or name not in ROUTE_NAMES:
            return None
        route = _named(make_plan(self.base, session.profile), name)
        if route is None:
            return self._road(session)
        steps = self._steps(self._practice(session), session.profile, route)
        if number.isdecimal() and 1 <= int(number[:3]) <= len(steps):
            return self._on_screen(session, name, self.view.step(route, steps, int(number[:3])))
        if command.said is None:
            return None
        line = self.replies.fill("road_no_step", count=len(steps))
        return self._on_screen(session, name, self.replies.reply([line], [self._back(name)]))

    def _part(self, session: Session, command: Command, today: date) -> Outcome | None:
        """One part of the plan: the routes, what counts, the costs, the changes."""
        name = command.rest[0]
        if session.profile.goal is None or name not in ROUTE_NAMES:
            return None
        plan = make_plan(self.base, session.profile)
        route = _named(plan, name)
        if route is None:
            return self._road(session)
        if command.verb == "counts":
            goal = str(session.profile.goal)
            checked = checks(self.base, goal, session.profile.setting)
            near = self.replies.button("button_near", "near", "start", goal) if checked else None
            return self._on_screen(session, name, self.view.counts(plan, route, near))
        parts = {"routes": self.view.routes, "costs": self.view.costs, "changes": self.view.changes}
        return self._on_screen(session, name, parts[command.verb](plan, route))

    def _on_way(self, heard: Message, name: str) -> tuple[str, ...]:
        """What a message names that is on the road of that name."""
        named = {span.id for span in heard.question.spans} if heard.question is not None else set()
        route = _named(make_plan(self.base, heard.session.profile), name) if named else None
        return tuple({step.entity: None for step in route.steps if step.entity in named}) if route is not None else ()

    def _why(self, session: Session, command: Command, today: date) -> Outcome | None:
        """Why the road is as it is, or why something named is on it."""
        name = command.rest[0]
        plan = make_plan(self.base, session.profile)
        route = _named(plan, name)
        if route is None:
            return self._road(session)
        entities = command.said if isinstance(command.said, tuple) else ()
        return self._on_screen(session, name, self.view.reasons(plan, route, entities))

    def _what_if(self, session: Session, command: Command, today: date) -> Outcome:
        """The road as it would be, and whether that is sooner; what cannot be tried is said."""
        profile, text = session.profile, str(command.said)
        on_road = session.frame(OnRoad)
        name = on_road.route if on_road is not None else None
        found = supposed(self.base, self.replies.speech, profile, command.rest[0], self._kind(profile))
        other = changed(self.base, profile, *found) if found else None
        if found is None or other is None:
            reply = self.replies.reply([self.replies.text("road_if_unread")], [self._back(ROUTE_NAMES[0])])
            return self._on_screen(session, name, reply)
        effect = self._effect(profile, other)
        before = str(self.replies.fill("road_if", text=text.strip(" ?.!"), effect=effect))
        reply = self._shown(other, ROUTE_NAMES[0], before)
        choices = (
            self.replies.button("button_keep", ACTION, "keep", *found),
            self.replies.button("button_as_is", ACTION, "show", ROUTE_NAMES[0]),
        )
        buttons = (*rows(button for button in choices if button), *reply.buttons[-1:])
        return self._on_screen(session, name, reply.model_copy(update={"buttons": buttons}))

    def _effect(self, profile: Profile, other: Profile) -> str:
        """How much sooner or later the goal would be reached."""
        now, then = fastest_route(self.base, profile), fastest_route(self.base, other)
        if now is None or then is None:
            return self.replies.text("road_if_else")
        if now.weeks == then.weeks:
            return self.replies.text("road_if_same")
        key = "road_if_sooner" if then.weeks < now.weeks else "road_if_later"
        return str(self.replies.fill(key, length=self.replies.length(abs(now.weeks - then.weeks))))

    def _kind(self, profile: Profile) -> str:
        """The kind of work that years of none mean: what the road waits for, else the person's own."""
        route = fastest_route(self.base, profile)
        waits = [step.entity for step in (route.steps if route else ()) if step.kind == "years"]
        role = next((item for item in (*waits, profile.role, profile.goal) if item in self.base.roles), None)
        return self.base.roles[str(role)].experience if role else self.base.assessment.experience[0].id

    def _back(self, name: str) -> Button | None:
        return self.replies.button("button_road", ACTION, "show", name)


def _named(plan: Plan, name: str) -> Route | None:
    return next((route for route in plan.routes if route.name == name), None)
