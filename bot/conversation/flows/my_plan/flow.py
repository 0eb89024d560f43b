"""A plan that is kept: started, followed, changed, taken along. Each button has a typed form.

A press names what it means (a step's id, the length of the journal it was made for), so that an
old or repeated one never counts for something else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from bot.advice.planner.plan import ROUTE_NAMES, RouteName
from bot.advice.progress import replanning
from bot.advice.progress.cue_reader import Happening
from bot.advice.progress.happenings import Happenings
from bot.advice.progress.model import KeptStep, Progress
from bot.advice.progress.schedule import schedule
from bot.conversation.flow import Command, Flow, Message, Outcome, Run, Verb
from bot.conversation.flows.my_plan.changes import Changed, Changes
from bot.conversation.flows.my_plan.commands import PlanCommand, PlanCommands
from bot.conversation.flows.my_plan.export import Files
from bot.conversation.flows.my_plan.telling import Happened
from bot.conversation.flows.my_plan.view import ACTION, PlanView
from bot.conversation.frames import Dropping, Frame, OnRoad
from bot.conversation.messages import Reply
from bot.conversation.replies import Replies
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase
from bot.understanding.parsing.cues import is_cue
from bot.understanding.parsing.numbers import digits
from bot.understanding.question import Context

# Words for what only a plan that was started has.
PLAN_ONLY = ("keep_export", "keep_calendar", "keep_share", "keep_timeline", "keep_counters")
RENEWAL = "renewal"  # the topic of continuing units
ROADMAP = "road"  # the flow that shows a goal's costs and routes, kept plan or not
MAY_BE_PART = ("week_alone",)  # words that mean the plan only where nothing else was told: "the flu, nothing this week"
ON_ROADMAP = {"why": "why", "costs": "costs", "routes": "routes", "changes": "changes", "road": "show"}
SHOWN_AS = {
    "exam_when": ("when",),
    "counters": ("count",),
    "pace": ("paced",),
    "delete_sure": ("drop",),
    "steps": ("steps", "1"),
    "week_alone": ("week",),
    "timeline": ("time",),
}
PlanAct = Callable[[Progress, Command, date], Changed | None]


class MyPlan(Flow):
    """Keeps plans over one knowledge base."""

    name = ACTION
    personal = True
    frames = ("dropping",)
    tells = ("told", "passed", "moved")

    def __init__(self, base: KnowledgeBase, replies: Replies) -> None:
        super().__init__(base, replies)
        self.view, self.listener = PlanView(base, replies), PlanCommands(base, replies.speech)
        self.changes = Changes(base, self.view)
        self.happenings, self.telling = Happenings(base, replies.speech), Happened(base, replies, self.view)
        view, files, changes = self.view, Files(self.view), self.changes
        kept = self._kept
        self.verbs = {
            "start": Verb(self._start, takes=(2,)),
            "save": Verb(self._save, spoken=True),
            "none": Verb(self._none, spoken=True),
            # What is shown.
            "plan": Verb(kept(lambda plan, said, today: (plan, [self._plan(plan, today, said.said)]))),
            "steps": Verb(
                kept(lambda plan, said, today: _one(plan, view.steps(plan, digits(said.rest[0]), today))), (1,)
            ),
            "step": Verb(kept(self._step), (1,)),
            "change": Verb(kept(lambda plan, said, today: (plan, [view.change()]))),
            "ask": Verb(kept(lambda plan, said, today: _one(plan, view.ask(plan, said.rest[0]))), (1,)),
            "count": Verb(kept(lambda plan, said, today: (plan, [view.counts.whole(plan, today)]))),
            "time": Verb(kept(lambda plan, said, today: (plan, [files.timeline(plan, today)]))),
            "export": Verb(kept(lambda plan, said, today: (plan, [files.choices()]))),
            "text": Verb(kept(lambda plan, said, today: (plan, [files.text(plan, today)]))),
            "calendar": Verb(kept(lambda plan, said, today: (plan, [files.calendar(plan, today)]))),
            "share": Verb(kept(lambda plan, said, today: (plan, files.card(plan)))),
            "which": Verb(kept(self._which), spoken=True),
            # What changes the plan, which is shown after it.
            "done": Verb(kept(changes.step), (1,)),
            "skip": Verb(kept(changes.step), (1,)),
            "begin": Verb(kept(changes.step), (1,)),
            "undo": Verb(kept(changes.undo), (1,)),
            "route": Verb(kept(changes.route), (1,)),
            "hours": Verb(kept(changes.hours), (1,)),
            "day": Verb(kept(changes.day), (1,)),
            "late": Verb(kept(changes.late), (2,)),
            "unit": Verb(kept(changes.unit), (2,)),
            "proof": Verb(kept(changes.proof), (2,)),
            "accept": Verb(kept(changes.accept)),
            "old": Verb(kept(changes.old)),
            # What only words can say.
            "passed": Verb(kept(changes.passed), (1,), spoken=True),
            "moved": Verb(kept(changes.moved), (1,), spoken=True),
            "exam": Verb(kept(self._exam_day), (1,), spoken=True),
            "from": Verb(kept(changes.starting), spoken=True),
            "since": Verb(kept(changes.since), (1,), spoken=True),
            "pace": Verb(kept(changes.pace), spoken=True),
            "behind": Verb(kept(changes.behind), spoken=True),
            "units": Verb(kept(self._units), (1,), spoken=True),
            "told": Verb(kept(self._told), spoken=True),
            "week": Verb(kept(lambda plan, said, today: (plan, [self.telling.week(plan, today)])), spoken=True),
            "finish": Verb(kept(lambda plan, said, today: (plan, [self.telling.finish(plan, today)])), spoken=True),
            "effect": Verb(kept(self._effect), spoken=True),
            "held": Verb(kept(lambda plan, said, today: (plan, [self.telling.held(plan, today)])), spoken=True),
            "paced": Verb(kept(lambda plan, said, today: (plan, [self.telling.pace(plan)])), spoken=True),
            "when": Verb(kept(lambda plan, said, today: (plan, [self.telling.exam_when(plan, today)])), spoken=True),
            "delete": Verb(self._ask_delete, spoken=True),
            "keep": Verb(kept(self._keep), spoken=True),
            "drop": Verb(self._delete, destroys=True),
        }
        self.apart = tuple(self.verbs)  # what happened on the plan changes the profile here

    def parse(self, heard: Message, frame: Frame | None) -> Command | None:
        """`/plan` and `/progress` are this flow's once a plan was started."""
        if heard.word in ("plan", "progress") and heard.session.progress is not None:
            return Command(ACTION, ("plan",))
        return super().parse(heard, frame)

    def typed(self, heard: Message, frame: Frame | None) -> Command | None:
        """What is said of a kept plan; without one, only the words that start it."""
        session, text = heard.session, heard.text
        starts = is_cue(text, self.base.texts.cues["keep_start"])
        if session.progress is None:
            if session.frame(OnRoad) is not None and self.happenings.shown(text) == "delete":
                return Command(ACTION, ("none",), "delete")
            asked = starts or any(is_cue(text, self.base.texts.cues[cue]) for cue in PLAN_ONLY)
            return Command(ACTION, ("save",) if starts else ("none",)) if asked else None
        if self.confirmed(session, heard.today) and (answer := self._answered(text)) is not None:
            return answer
        if starts and session.profile.goal != session.progress.goal:
            return Command(ACTION, ("save",))
        kept = replanning.followed(self.base, session.progress, session.profile, heard.today)
        steps = [item.step for item in schedule(kept, heard.today)]
        # While a road is on the screen, its own steps are meant.
        number = self.listener.opened(text) if session.frame(OnRoad) is None else None
        if number is not None:
            found = steps[number - 1].id if 1 <= number <= len(steps) else ""
            return Command(ACTION, ("step", found), text)
        return self._of_plan(heard, kept, steps)

    def _answered(self, text: str) -> Command | None:
        """What answers the question whether to delete the plan; a bare yes does not, and is asked again."""
        cues = self.base.texts.cues
        if self.happenings.shown(text) == "delete_sure":
            return Command(ACTION, SHOWN_AS["delete_sure"])
        if self.happenings.keeps(text) or any(is_cue(text, cues[cue]) for cue in ("data_no", "cancel")):
            return Command(ACTION, ("keep",))
        return Command(ACTION, ("delete",)) if is_cue(text, cues["data_yes"]) else None

    def _of_plan(self, heard: Message, kept: Progress, steps: Sequence[KeptStep]) -> Command | None:
        """What a message orders, asks to see, or tells of a plan."""
        session, text = heard.session, heard.text
        told = self.happenings.told(kept, steps, text, heard.today)
        said = self.listener.said(kept, steps, text, heard.today)
        over = said is not None and said.verb == "exam" and isinstance(said.day, date) and said.day < heard.today
        if said is not None and over and self.telling.texts:
            told, said = told or (Happening("exam", said.what, day=said.day),), None
        beside = self.happenings.practised if said is not None and said.verb == "passed" else None
        beside = self.happenings.of_another if said is not None and said.verb == "exam" else beside
        if beside is not None and beside(text):
            said = None
        if said is not None and not _better_told(said, told):
            return self.listener.command(kept, steps, said)
        needed = self.happenings.needed(kept, text)
        if needed:
            return Command(ROADMAP, ("why", kept.route), needed)
        asked = self.happenings.asked(kept, text)
        if asked is not None:
            other = asked.what and asked.what != kept.goal
            return Command(ACTION, ("told",), (asked,)) if other else Command(ACTION, ("plan",))
        if (step := self._step_asked(heard, steps)) is not None and not told:
            return Command(ACTION, ("step", step.id))
        wanted = self.happenings.shown(text, kept)
        if told and wanted in MAY_BE_PART:
            wanted = None
        if wanted in ON_ROADMAP:
            return Command(ROADMAP, (ON_ROADMAP[wanted], kept.route))
        if wanted == "delete_sure" and not self.confirmed(session, heard.today):
            wanted = "delete"
        if wanted is not None:
            return Command(ACTION, SHOWN_AS.get(wanted, (wanted,)))
        waiting = self.happenings.waiting(text, heard.today) or self.happenings.beside(kept, text)
        if told or waiting is not None:
            return Command(ACTION, ("told",), told or (waiting,))
        return self._likest(heard, kept, steps)

    def _likest(self, heard: Message, kept: Progress, steps: Sequence[KeptStep]) -> Command | None:
        """What a message without any cue is like; who only says hello is shown the plan."""
        text = heard.text
        alike = self.happenings.alike(kept, steps, text, heard.today)
        if isinstance(alike, str):
            return (
                Command(ROADMAP, (ON_ROADMAP[alike], kept.route))
                if alike in ON_ROADMAP
                else Command(ACTION, SHOWN_AS.get(alike, (alike,)))
            )
        result = None if alike is not None else self.happenings.score(kept, text, heard.today)
        if alike is not None or result is not None:
            return Command(ACTION, ("told",), alike or (result,))
        greeted = heard.question is not None and heard.question.topics == ("greeting",)
        return Command(ACTION, ("plan",), "welcome") if greeted and self.telling.texts else None

    def _step_asked(self, heard: Message, steps: Sequence[KeptStep]) -> KeptStep | None:
        """The step that a question is about: by its number, unless it names something else, or the one at hand."""
        text = heard.text
        named = heard.question is not None and bool(heard.question.spans)
        number = self.listener.asked(text) if not named else None
        if number is not None:
            return steps[number - 1] if 1 <= number <= len(steps) else None
        return next(iter(steps), None) if self.happenings.this_step(text) else None

    def _start(self, session: Session, command: Command, today: date) -> Outcome | None:
        """The button that starts a plan; it may be older than the goal that was looked at last."""
        route, goal = command.rest
        named = next((known for known in ROUTE_NAMES if known == route), None)
        if named is None or goal not in self.base.roles.keys() | self.base.certifications.keys():
            return None
        meant = session.profile.model_copy(update={"goal": goal})
        return self._started(session.model_copy(update={"profile": meant}), named, today)

    def _save(self, session: Session, command: Command, today: date) -> Outcome:
        """The words that start a plan: for the goal, by the first route."""
        return self._started(session, ROUTE_NAMES[0], today) or self._none(session, command, today)

    def _started(self, session: Session, route: RouteName, today: date) -> Outcome | None:
        """Start the plan for the profile's goal; None without a way there."""
        if session.profile.goal is None:
            return None
        kept = session.progress
        if kept is not None and kept.goal == session.profile.goal:
            followed = replanning.followed(self.base, kept, session.profile, today)
            changed = replanning.switched(self.base, followed, route, today) if route != kept.route else followed
            return Outcome(_with(session, changed), (self.view.plan(changed, today),))
        begun = replanning.begin(self.base, session.profile, route, today, kept)
        if begun is None:
            return None
        return Outcome(_with(session, begun), (self.view.plan(begun, today, self.replies.text("keep_begun")),))

    def _none(self, session: Session, command: Command, today: date) -> Outcome:
        """There is no plan yet, and how to come by one."""
        way = "assessment" if session.profile.goal is None else "plan"
        none = self.telling.say("delete_none") if command.said == "delete" else self.replies.text("keep_none")
        reply = self.view.reply([none], [self.replies.ask_button(way)])
        return Outcome(session, (reply,))

    def _plan(self, kept: Progress, today: date, greeted: object = None) -> Reply:
        """How the plan stands; first, once, what new knowledge makes of it. Who says hello is greeted back."""
        difference = replanning.difference(self.base, kept)
        if difference is not None:
            return self.view.changed(difference)
        notes = [self.telling.say("welcome")] if greeted == "welcome" else []
        return self.view.plan(kept, today, *notes)

    def _exam_day(self, kept: Progress, command: Command, today: date) -> Changed | None:
        """A day for an exam; that the plan does not lead over it is said."""
        changed = self.changes.exam(kept, command, today)
        notes = self.telling.off_plan(changed[0], command.rest[0]) if changed and changed[0] is not kept else []
        if changed is None or not notes:
            return changed
        return changed[0], [self.view.plan(changed[0], today, self.replies.text("keep_note_exam"), *notes)]

    def _units(self, kept: Progress, command: Command, today: date) -> Changed | None:
        """Units earned; that they are from too early to count is said."""
        changed = self.changes.units(kept, command, today)
        if changed is None or not changed[0].units or changed[0] is kept:
            return changed
        notes = self.telling.too_early(changed[0], changed[0].units[-1], today)
        return (changed[0], [self.view.counts.whole(changed[0], today, *notes)]) if notes else changed

    def _effect(self, kept: Progress, command: Command, today: date) -> Changed:
        """What the last change did; without one, how the plan stands."""
        return kept, [self.telling.effect(kept, today) or self._plan(kept, today)]

    def _told(self, kept: Progress, command: Command, today: date) -> Changed | None:
        """Everything that somebody told in one message."""
        said = command.said if isinstance(command.said, tuple) else ()
        happenings = [item for item in said if isinstance(item, Happening)]
        return self.telling.told(kept, happenings, today) if happenings else None

    def _ask_delete(self, session: Session, command: Command, today: date) -> Outcome | None:
        """What goes with the plan, and the button or the words that do it."""
        if session.progress is None:
            return None
        drop = self.replies.tap(ACTION, self.telling.say("delete_button"), "drop")
        reply = self.view.reply([self.telling.say("delete")], [drop, self.view.button("button_my_plan", "plan")])
        return Outcome(session.pushed(Dropping(day=today)), (reply,))

    def confirmed(self, session: Session, today: date) -> bool:
        """Whether it was asked today whether to delete the plan."""
        asked = session.frame(Dropping)
        return asked is not None and asked.day == today

    def _keep(self, kept: Progress, command: Command, today: date) -> Changed:
        """The plan stays."""
        return kept, [self.view.plan(kept, today, self.telling.say("delete_not"))]

    def _delete(self, session: Session, command: Command, today: date) -> Outcome | None:
        """The plan is gone; what was told of the person stays."""
        if session.progress is None:
            return None
        reply = self.view.replies.reply([self.telling.say("deleted")])
        return Outcome(session.without("dropping", progress=None), (reply,))

    def _step(self, kept: Progress, command: Command, today: date) -> Changed | None:
        """One step opened; a number that there is not is said to whoever typed it."""
        shown = self.view.step(kept, command.rest[0], today)
        if shown is None and command.said is not None:
            return self.changes.no_such_step(kept, today)
        return _one(kept, shown)

    def _which(self, kept: Progress, command: Command, today: date) -> Changed:
        """A bare "done" or "skip": the step it may mean, with its buttons."""
        doing = [item.step for item in schedule(kept, today) if item.doing]
        current = next((step for step in doing if step.schooling), doing[0] if doing else None)
        shown = self.view.step(kept, current.id, today) if current is not None else None
        return kept, [shown or self._plan(kept, today)]

    def _kept(self, act: PlanAct) -> Run:
        """What a command does to the plan as it is now; None for what fits it no more."""

        def run(session: Session, command: Command, today: date) -> Outcome | None:
            if session.progress is None:
                return None
            kept = replanning.followed(self.base, session.progress, session.profile, today)
            turned = self.telling.turned(session.progress, kept)
            if turned:  # what was told in between made another plan of it: that is said, and can be taken back
                kept = replanning.noted(session.progress, kept, "changed", today)
            result = act(kept, command, today)
            if result is None or not result[1]:
                return None
            after, (first, *rest) = result
            if turned and after is kept:
                first = self.view.plan(kept, today, self.telling.because(session.progress, kept), *turned)
            return Outcome(_with(session, after), (first, *rest), news=command.verb in self.tells)

        return run


def _with(session: Session, progress: Progress) -> Session:
    """The session with a plan, and with the profile that the plan has brought about; units just told of are what the
    talk is about.
    """
    told = len(session.progress.units) if session.progress is not None else 0
    about = session.context
    if len(progress.units) > told:
        earned = progress.units[-1].certification
        about = Context(topics=(RENEWAL,), entities=(earned,), country=about.country, home=about.home)
    return session.without(
        "assessment", "roadmap", "dropping", progress=progress, profile=progress.profile, context=about
    )


def _one(progress: Progress, reply: Reply | None) -> Changed | None:
    return (progress, [reply]) if reply is not None else None


NO_DAY = ("moved", "nearby", "begins", "passed", "failed", "resumed")  # told with a day that is none of an exam to come
NOT_TAKEN = ("declined", "offer", "refused")  # of a post: it is not somebody's own, or not yet


def _better_told(said: PlanCommand, told: Sequence[Happening]) -> bool:
    """Whether a message is no order: "I'm in hospital, pause it for three weeks", "I took a course, 6 units"."""
    if said.verb == "passed":
        return any(item.verb in ("passed", "held") for item in told)  # with its day and its score
    if said.verb == "moved":
        return any(item.verb in NOT_TAKEN or (item.verb == "moved" and item.day) for item in told)
    if said.verb in ("day", "exam"):
        # "I start as a lead on Monday" tells of a job; of two days told of an exam the new one counts.
        return any(item.verb in NO_DAY or (item.verb == said.verb and item.day != said.day) for item in told)
    counted = [item.number for item in told if item.verb == "units"]
    return (said.verb == "late" and bool(told)) or (
        said.verb == "units" and bool(counted) and said.number not in counted
    )
