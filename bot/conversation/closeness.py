""" "How close am I?": which workplace, six quick checks of deeds, then what is there and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup

from bot.advice.planner import make_plan
from bot.advice.suggestions import Done, checks
from bot.conversation import tastes as course
from bot.conversation.choices import Questions
from bot.conversation.flow import Turn
from bot.conversation.messages import Button
from bot.conversation.reading import is_cue, mentioned, starts_with_cue
from bot.conversation.road_words import MAX_LABEL, RoadWords, as_many_as_fit
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.choosing import Deed

ACTION = "near"
ANY = "_any"
MAX_GAPS = 2


class Closeness:
    """Shows how near somebody is to a role, over one knowledge base."""

    def __init__(self, base: KnowledgeBase, words: RoadWords) -> None:
        self.base = base
        self.words = words
        self.questions = Questions(base, words)

    def button(self, role: str) -> Button | None:
        """The way in, for a role that has checks."""
        if not checks(self.base, role, None):
            return None
        return self.words.tap(ACTION, self.words.text("button_near"), "start", role)

    def press(self, session: Session, arguments: Sequence[str], today: date, *, edit: bool) -> Turn | None:
        """Start for a role, say the workplace, or start again; None for a role without checks."""
        action, role, *rest = (*arguments, "", "")[: max(2, len(arguments))]
        if not checks(self.base, role, None):
            return None
        if action == "start" and not rest:
            return self._start(session, role, edit=edit)
        if action == "setting" and len(rest) == 1 and rest[0] in (ANY, *self.base.roles[role].settings):
            return self._checks(session, role, None if rest[0] == ANY else rest[0], edit=edit)
        return None

    def _start(self, session: Session, role: str, *, edit: bool) -> Turn:
        """Ask for the workplace where it makes a difference, else the first check."""
        settings = self.base.roles[role].settings
        if session.profile.setting in settings or len(settings) < 2:  # noqa: PLR2004 - nothing to choose between
            return self._checks(session, role, session.profile.setting, edit=edit)
        buttons = [self.words.tap(ACTION, self._label(item), "setting", role, item) for item in settings]
        buttons.append(self.words.tap(ACTION, self.words.text("button_unsure"), "setting", role, ANY))
        line = self.words.fill("near_setting", name=self.base.roles[role].name)
        tastes = course.mend(self.base, session.tastes).model_copy(update={"near": role})
        session = session.model_copy(update={"tastes": tastes, "road": None})
        replies = [self.words.reply([line], buttons, edit=edit, topic="assessment", asks=True)]
        return session, replies

    def _label(self, setting: str) -> str:
        """The first of a workplace's names that fits a button."""
        item = next(item for item in self.base.assessment.settings if item.id == setting)
        fitting = [name for name in (item.name, *item.aliases) if len(name) <= MAX_LABEL]
        return (fitting or [item.name[:MAX_LABEL]])[0].capitalize()

    def _checks(self, session: Session, role: str, setting: str | None, *, edit: bool) -> Turn:
        profile = session.profile.model_copy(update={"setting": setting}) if setting else session.profile
        if not checks(self.base, role, profile.setting):
            setting, profile = None, profile.model_copy(update={"setting": None})
        tastes = course.begin_checks(self.base, course.mend(self.base, session.tastes), role, profile.setting)
        session = session.model_copy(update={"tastes": tastes, "profile": profile, "asking": False, "road": None})
        replies = [self.questions.show(tastes, self.words.text("near_intro"), edit=edit)]
        return session, replies

    def result(self, session: Session, role: str, *, edit: bool) -> Turn:
        """What is there, what is missing, and what would change this view."""
        deeds = session.tastes.deeds
        asked = checks(self.base, role, session.profile.setting)
        plan = make_plan(self.base, session.profile.model_copy(update={"goal": role}))
        missing = [deed for deed in asked if deeds.get(deed.id) == "never"]
        gaps = [
            self.words.fill("near_paper", title=gap.title, label=self.words.label(gap.label))
            for gap in sorted(plan.gaps, key=lambda gap: gap.label == "body_recommends")[:MAX_GAPS]
        ]
        lines: list[object] = [
            self._count(role, len(missing) + bool(gaps)),
            self._named("near_have", [deed for deed in asked if deeds.get(deed.id) in ("alone", "teach")]),
            self._named("near_help", [deed for deed in asked if deeds.get(deed.id) == "help"]),
            self._named("near_missing", missing),
        ]
        buttons = [
            self.words.tap("road", self.words.text("button_my_plan"), "goal", role),
            self.words.bubbles.ask_button("duties", (role,)),
            self.words.bubbles.ask_button("salary", (role,)),
            self.words.tap(ACTION, self.words.text("button_check_again"), "start", role),
        ]
        tail: list[object] = [self._doubt(asked, deeds)]
        if session.assessment is None:  # the plan would start from nothing
            tail.append(self.words.text("near_blank"))
            buttons.insert(1, self.words.bubbles.ask_button("assessment", ()))
        shown = as_many_as_fit([line for line in lines if line], gaps, tail)
        replies = [self.words.reply(shown, buttons, edit=edit)]
        return session, replies

    def _count(self, role: str, count: int) -> Markup:
        key = ("near_ready", "near_one")[count] if count < 2 else "near_steps"  # noqa: PLR2004 - none, one, more
        name = self.base.roles[role].name
        return self.words.fill(key, name=name, count=count) if key == "near_steps" else self.words.fill(key, name=name)

    def _named(self, key: str, deeds: Sequence[Deed]) -> Markup | str:
        return self.words.fill(key, names="; ".join(deed.short for deed in deeds)) if deeds else ""

    def _doubt(self, asked: Sequence[Deed], deeds: Mapping[str, Done]) -> Markup:
        """What we would see otherwise: a deed that was skipped, else one done with help, else a missing one."""
        for level, key in (("skip", "near_if_done"), ("help", "near_if_alone"), ("never", "near_if_done")):
            found = next((deed for deed in asked if deeds.get(deed.id, "skip") == level), None)
            if found is not None:
                return self.words.fill(key, done=found.done)
        return self.words.fill("near_if_not", done=asked[0].done)

    def typed(self, session: Session, text: str, today: date) -> Turn | None:
        """The workplace asked for, "how close am I to …", or a job ad; None for any other message."""
        if is_cue(text, self.base.texts.cues["job_ad"]):
            return session, [self.words.reply([self.words.text("ad_unread")], (), edit=False)]
        role = course.mend(self.base, session.tastes).near
        setting = self._workplace(text) if role is not None else None
        if role is not None and setting is not None and checks(self.base, role, None):
            return self._checks(session, role, setting, edit=False)
        rest = starts_with_cue(text, self.base.texts.cues["how_close"])
        if is_cue(text, self.base.texts.cues["how_close_goal"]):
            named = tuple(self._in_view(session))
        elif rest is not None:
            named = mentioned(rest, [(role.id, (role.name, *role.aliases)) for role in self.base.roles.values()])
        else:
            return None
        role = next((item for item in named if checks(self.base, item, None)), None)
        return self._start(session, role, edit=False) if role is not None else None

    def _in_view(self, session: Session) -> list[str]:
        """What somebody may mean who names no role: the one on the screen, then the goal."""
        on_screen = () if session.road else session.context.entities
        return [item for item in (*on_screen, session.profile.goal) if item in self.base.roles and item is not None]

    def _workplace(self, text: str) -> str | None:
        """The workplace that a whole message names."""
        names = ((item.id, (item.id, item.name, *item.aliases)) for item in self.base.assessment.settings)
        return next((setting for setting, known in names if is_cue(text, known)), None)

    def command(self, session: Session, word: str, today: date, *, edit: bool = False) -> Turn | None:
        """No command of its own."""
        return None
