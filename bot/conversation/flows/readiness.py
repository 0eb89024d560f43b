""" "How close am I?": which workplace, six quick checks of deeds, then what is there and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup

from bot.advice.planner import make_plan
from bot.advice.suggestions import Done, checks
from bot.conversation import rounds
from bot.conversation.callback_data import Press
from bot.conversation.deeds import ACTION as ASKING
from bot.conversation.deeds import BACK, LEVELS, SKIP, STOP, Deeds
from bot.conversation.flow import Command, Flow, Message, Outcome, Verb
from bot.conversation.frames import ChoosingWorkplace, Frame, OnRoad, Round
from bot.conversation.messages import Button, Reply
from bot.conversation.replies import Replies, as_many_as_fit, short_label
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.choosing import Deed
from bot.knowledge.names import all_names
from bot.understanding.parsing.cues import is_cue, mentioned, starts_with_cue
from bot.understanding.question import Question

ANY = "_any"
MAX_GAPS = 2
# Questions about a role after which somebody may want to know how near it is.
NEARING = {"overview", "certifications", "education", "requirements", "path", "experience", "fit", "getting_started"}


class Readiness(Flow):
    """Shows how near somebody is to a role."""

    name = "near"
    personal = True
    frames = ("readiness", "workplace")

    def __init__(self, base: KnowledgeBase, replies: Replies) -> None:
        super().__init__(base, replies)
        self.deeds = Deeds(base, replies)
        self.verbs = {
            "start": Verb(self._start, takes=(1,)),
            "setting": Verb(self._setting, takes=(2,)),
            "deed": Verb(self._deed, takes=(1, 2), spoken=True),
            "resume": Verb(self._resume, spoken=True),
            "ad": Verb(self._ad, spoken=True),
        }

    def offers(self, question: Question) -> list[Button]:
        """The way in, below an answer about one role."""
        role = question.entities[0] if len(question.entities) == 1 else ""
        if role not in self.base.roles or not NEARING & set(question.topics) or not checks(self.base, role, None):
            return []
        button = self.replies.button("button_near", self.name, "start", role)
        return [button] if button else []

    def pressed(self, press: Press, heard: Message, frame: Frame | None) -> Command | None:
        """A button of its own, or one below a check, which looks like any other question about a deed."""
        if press.action == ASKING and press.arguments[:1] == ("deed",) and isinstance(frame, Round):
            return Command(self.name, press.arguments)
        return super().pressed(press, heard, frame)

    def typed(self, heard: Message, frame: Frame | None) -> Command | None:
        """An answer to a check, the workplace asked for, "how close am I to …", or a job ad."""
        text, cues = heard.text, self.base.texts.cues
        if isinstance(frame, Round) and (command := self._answer(text, frame)) is not None:
            return command
        if is_cue(text, cues["job_ad"]):
            return Command(self.name, ("ad",))
        if isinstance(frame, ChoosingWorkplace) and (setting := self._workplace(text)) is not None:
            return Command(self.name, ("setting", frame.role, setting))
        rest = starts_with_cue(text, cues["how_close"])
        if is_cue(text, cues["how_close_goal"]):
            named = tuple(self._in_view(heard.session))
        elif rest is not None:
            named = mentioned(rest, all_names(self.base.roles.values()))
        else:
            return None
        found = next((item for item in named if checks(self.base, item, None)), None)
        return Command(self.name, ("start", found)) if found is not None else None

    def _answer(self, text: str, here: Round) -> Command | None:
        cues = self.base.texts.cues
        if here.at is None:
            return None
        if is_cue(text, cues["go_on"]):
            return Command(self.name, ("resume",))
        if here.paused or self.replies.speech.asks(text):
            return None
        if is_cue(text, cues["cancel"]):
            return Command(self.name, ("deed", STOP))
        if is_cue(text, cues["back"]):
            return Command(self.name, ("deed", here.at, BACK))
        level = self.deeds.level(text)
        return Command(self.name, ("deed", here.at, SKIP if level == "skip" else level)) if level else None

    def _in_view(self, session: Session) -> list[str]:
        """What somebody may mean who names no role: the one on the screen, then the goal."""
        on_screen = () if session.frame(OnRoad) is not None else session.context.entities
        return [item for item in (*on_screen, session.profile.goal) if item in self.base.roles and item is not None]

    def _workplace(self, text: str) -> str | None:
        """The workplace that a whole message names."""
        names = ((item.id, (item.id, item.name, *item.aliases)) for item in self.base.assessment.settings)
        return next((setting for setting, known in names if is_cue(text, known)), None)

    def reads(self, text: str, frame: Frame) -> bool:
        """Whether it is how the deed on the screen was done, such as "alone"."""
        return self.deeds.reads(text, frame)

    def show(self, session: Session, frame: Frame, *before: str) -> Reply | None:
        """The check that waits."""
        return self.deeds.show(frame, *before) if isinstance(frame, Round) and frame.waiting else None

    def _here(self, session: Session) -> Round | None:
        return next((item for item in session.stack if isinstance(item, Round) and item.kind == "readiness"), None)

    def _start(self, session: Session, command: Command, today: date) -> Outcome | None:
        """Ask for the workplace where it makes a difference, else the first check; None for a role without checks."""
        role = command.rest[0]
        if not checks(self.base, role, None):
            return None
        settings = self.base.roles[role].settings
        if session.profile.setting in settings or len(settings) < 2:  # noqa: PLR2004 - nothing to choose between
            return self._checks(session, role, session.profile.setting)
        buttons = [self.replies.tap(self.name, self._label(item), "setting", role, item) for item in settings]
        buttons.append(self.replies.button("button_unsure", self.name, "setting", role, ANY))
        line = self.replies.fill("near_setting", name=self.base.roles[role].name)
        reply = self.replies.reply([line], buttons, topic="assessment", asks=True)
        return Outcome(session.without("roadmap").pushed(ChoosingWorkplace(role=role)), (reply,))

    def _label(self, setting: str) -> str:
        """A workplace on a button."""
        return short_label(next(item for item in self.base.assessment.settings if item.id == setting)).capitalize()

    def _setting(self, session: Session, command: Command, today: date) -> Outcome | None:
        """The first check, for a workplace of the role or for any."""
        role, setting = command.rest
        known = (*(item.id for item in self.base.assessment.settings), ANY)
        if not checks(self.base, role, None) or setting not in known:
            return None
        return self._checks(session, role, None if setting == ANY else setting)

    def _checks(self, session: Session, role: str, setting: str | None) -> Outcome:
        profile = session.profile.model_copy(update={"setting": setting}) if setting else session.profile
        if not checks(self.base, role, profile.setting):
            profile = profile.model_copy(update={"setting": None})
        here = rounds.of_checks(self.base, role, profile.setting)
        session = session.pushed(here, profile=profile).without("assessment", "roadmap", "workplace")
        return Outcome(session, (self.deeds.show(here, self.replies.text("near_intro")),))

    def _asked(self, session: Session, here: Round, *before: str) -> Outcome:
        """The check of a round; past the last one, the result."""
        here = here.model_copy(update={"paused": False})
        session = session.pushed(here).without("assessment", "roadmap", misses=0)
        if here.at is not None:
            return Outcome(session, (self.deeds.show(here, *before),))
        return Outcome(session, (self._result(session, str(here.role)),))

    def _deed(self, session: Session, command: Command, today: date) -> Outcome | None:
        """An answer to a check: the one on the screen, or an earlier one that is corrected."""
        here = self._here(session)
        if here is None:
            return None
        if command.rest == (STOP,):
            stopped, reply = self.deeds.stopped(session, here)
            return Outcome(stopped, (reply,))
        if len(command.rest) == 1 or not self.deeds.taken(session, here, *command.rest):
            return None
        deed, answer = command.rest
        if answer == BACK:
            before = rounds.back(session, here)
            if before is None:
                return self._asked(session, here, self.replies.text("assessment_first"))
            return self._asked(before, self._here(before) or here)
        session = self.deeds.answered(session, here, deed, LEVELS[answer])
        return self._asked(session, self._here(session) or here)

    def _resume(self, session: Session, command: Command, today: date) -> Outcome | None:
        here = self._here(session)
        return self._asked(session, here) if here is not None else None

    def _ad(self, session: Session, command: Command, today: date) -> Outcome:
        return Outcome(session, (self.replies.reply([self.replies.text("ad_unread")]),))

    def _result(self, session: Session, role: str) -> Reply:
        """What is there, what is missing, and what would change this view."""
        deeds = session.tastes.deeds
        asked = checks(self.base, role, session.profile.setting)
        plan = make_plan(self.base, session.profile.model_copy(update={"goal": role}))
        missing = [deed for deed in asked if deeds.get(deed.id) == "never"]
        gaps = [
            self.replies.fill("near_paper", title=gap.title, label=self.replies.label(gap.label))
            for gap in sorted(plan.gaps, key=lambda gap: gap.label == "body_recommends")[:MAX_GAPS]
        ]
        lines: list[object] = [
            self._count(role, len(missing) + bool(gaps)),
            self._named("near_have", [deed for deed in asked if deeds.get(deed.id) in ("alone", "teach")]),
            self._named("near_help", [deed for deed in asked if deeds.get(deed.id) == "help"]),
            self._named("near_missing", missing),
        ]
        buttons = [
            self.replies.button("button_my_plan", "road", "goal", role),
            self.replies.ask_button("duties", (role,)),
            self.replies.ask_button("salary", (role,)),
            self.replies.button("button_check_again", self.name, "start", role),
        ]
        tail: list[object] = [self._doubt(asked, deeds)]
        if session.assessment is None:  # the plan would start from nothing
            tail.append(self.replies.text("near_blank"))
            buttons.insert(1, self.replies.ask_button("assessment"))
        return self.replies.reply(as_many_as_fit([line for line in lines if line], gaps, tail), buttons)

    def _count(self, role: str, count: int) -> Markup:
        key = ("near_ready", "near_one")[count] if count < 2 else "near_steps"  # noqa: PLR2004 - none, one, more
        name = self.base.roles[role].name
        return (
            self.replies.fill(key, name=name, count=count) if key == "near_steps" else self.replies.fill(key, name=name)
        )

    def _named(self, key: str, deeds: Sequence[Deed]) -> Markup | str:
        return self.replies.fill(key, names="; ".join(deed.short for deed in deeds)) if deeds else ""

    def _doubt(self, asked: Sequence[Deed], deeds: Mapping[str, Done]) -> Markup:
        """What we would see otherwise: a deed that was skipped, else one done with help, else a missing one."""
        for level, key in (("skip", "near_if_done"), ("help", "near_if_alone"), ("never", "near_if_done")):
            found = next((deed for deed in asked if deeds.get(deed.id, "skip") == level), None)
            if found is not None:
                return self.replies.fill(key, done=found.done)
        return self.replies.fill("near_if_not", done=asked[0].done)
