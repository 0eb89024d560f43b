"""A minute of the work to try: invented cases, an explanation, no score, and then how it felt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup, escape

from bot.advice.suggestions import checks
from bot.conversation import tastes as course
from bot.conversation.flow import Turn
from bot.conversation.messages import Button, Reply
from bot.conversation.reading import is_cue, mentioned, starts_with_cue, words_of
from bot.conversation.road_words import RoadWords
from bot.conversation.session import Session
from bot.conversation.suggesting import elsewhere
from bot.conversation.tastes import Tastes
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.choosing import Feeling, Task

ACTION = "task"
NONE = "_none"
TO_COMPARE = 2


class Tasks:
    """Leads through the tasks of one knowledge base."""

    def __init__(self, base: KnowledgeBase, words: RoadWords) -> None:
        self.base = base
        self.words = words
        self.tasks = {task.id: task for task in base.choosing.tasks}

    def press(self, session: Session, arguments: Sequence[str], today: date, *, edit: bool) -> Turn | None:
        """Start, show, solve or skip a task, say how it felt; None for what is not known."""
        if len(arguments) < 2:  # noqa: PLR2004 - what to do, with what
            return None
        action, name, *rest = arguments
        if action == "start" and self._of(name) and not rest:
            return self._show(session, self._of(name)[0], edit=edit)
        if action == "show" and name in self.tasks and not rest:
            return self._show(session, self.tasks[name], edit=edit)
        if action == "solve" and name in self.tasks and len(rest) == 1:
            return self._solve(session, self.tasks[name], rest[0], edit=edit)
        feeling = self._feeling(rest[0]) if action == "feel" and len(rest) == 1 else None
        if feeling is not None and self._of(name):
            return self._felt(session, name, feeling, edit=edit)
        return self._liked(session, name, rest, edit=edit) if action == "like" and self._of(name) else None

    def _of(self, role: str) -> list[Task]:
        """The tasks of a role, in order."""
        return [task for task in self.tasks.values() if task.role == role]

    def button(self, role: str) -> Button | None:
        """The way in, for a role that has tasks."""
        if not self._of(role):
            return None
        return self.words.tap(ACTION, self.words.text("button_try_work"), "start", role)

    def _feeling(self, name: str) -> Feeling | None:
        return next((item for item in self.base.choosing.feelings if item.id == name), None)

    def _turn(self, session: Session, reply: Reply, **tastes: object) -> Turn:
        mended = course.mend(self.base, session.tastes).model_copy(update={"task": None, **tastes})
        session = session.model_copy(update={"tastes": mended, "road": None, "misses": 0})
        return session, [reply]

    def intro(self, session: Session, role: str) -> Turn:
        """For somebody who does not know whether it is for them: what is offered, and how long it takes."""
        tasks = self._of(role)
        name = self.base.roles[role].name
        buttons = [
            self.words.tap(ACTION, self.words.text("button_start"), "start", role),
            self.words.bubbles.ask_button("fit", (role,)),
            self.words.bubbles.ask_button("duties", (role,)),
            self.words.bubbles.ask_button("assessment", ()),
        ]
        key = "task_intro_one" if len(tasks) == 1 else "task_intro"
        line = self.words.fill(key, name=name) if len(tasks) == 1 else self.words.fill(key, name=name, count=len(tasks))
        return self._turn(session, self.words.reply([line], buttons, edit=False, topic="fit"))

    def _show(self, session: Session, task: Task, *, edit: bool) -> Turn:
        tasks = self._of(task.role)
        head = self.words.fill("task_count", number=tasks.index(task) + 1, count=len(tasks))
        case = [Markup("{number}. {line}").format(number=at, line=line) for at, line in enumerate(task.case, 1)]
        buttons = [self.words.tap(ACTION, item.label, "solve", task.id, item.id) for item in task.options]
        skip = self.words.tap(ACTION, self.words.text("button_skip"), "solve", task.id, NONE)
        reply = self.words.reply(
            [head, *case, Markup("<b>{ask}</b>").format(ask=task.ask)],
            buttons,
            edit=edit,
            back=skip,
            topic="assessment",
            asks=True,
        )
        return self._turn(session, reply, task=task.id)

    def _solve(self, session: Session, task: Task, option: str, *, edit: bool) -> Turn | None:
        """What a professional would say; nothing is counted."""
        right = next(item for item in task.options if item.right)
        if option not in (NONE, *(item.id for item in task.options)):
            return None
        key = "task_right" if option == right.id else "task_other"
        slots = {"explain": task.explain} if key == "task_right" else {"answer": right.label, "explain": task.explain}
        tasks = self._of(task.role)
        following = tasks[tasks.index(task) + 1 :]
        if following:
            button = self.words.tap(ACTION, self.words.text("button_next_task"), "show", following[0].id)
            return self._turn(session, self.words.reply([self.words.fill(key, **slots)], [button], edit=edit))
        reply = self.words.reply(
            [self.words.fill(key, **slots), self.words.text("task_feel")],
            self._feelings(task.role),
            edit=edit,
            topic="assessment",
            asks=True,
        )
        return self._turn(session, reply, task=task.id)

    def _feelings(self, role: str) -> list[Button | None]:
        return [self.words.tap(ACTION, item.label, "feel", role, item.id) for item in self.base.choosing.feelings]

    def _felt(self, session: Session, role: str, feeling: Feeling, *, edit: bool) -> Turn:
        """Liked: what comes next. Not liked: what was liked at all."""
        disliked = set(session.tastes.disliked) - {role} | (set() if feeling.likes else {role})
        kept = tuple(item for item in self.base.roles if item in disliked)
        if not feeling.likes:
            labels = {item.id: item.label for item in self.base.choosing.interests}
            buttons = [
                self.words.tap(ACTION, labels[item], "like", role, feeling.id, item)
                for item in self.base.choosing.liked
            ]
            buttons.append(self.words.tap(ACTION, self.words.text("button_nothing"), "like", role, feeling.id, NONE))
            lines = [escape(feeling.say), self.words.text("task_like")]
            reply = self.words.reply(lines, buttons, edit=edit, topic="assessment", asks=True)
            return self._turn(session, reply, disliked=kept, task=self._of(role)[-1].id)
        near = "button_near" if checks(self.base, role, None) else None
        buttons = [
            self.words.plan_button(role, 1),
            self.words.tap("near", self.words.text(near), "start", role) if near else None,
            self.words.bubbles.ask_button("duties", (role,)),
            self.words.bubbles.ask_button("assessment", ()),
        ]
        lines = [escape(feeling.say), self.words.fill("task_liked", name=self.base.roles[role].name)]
        return self._turn(session, self.words.reply(lines, buttons, edit=edit), disliked=kept)

    def _liked(self, session: Session, role: str, rest: Sequence[str], *, edit: bool) -> Turn | None:
        """Permission to say no: what lies nearer, and what would change our mind."""
        feeling = self._feeling(rest[0]) if len(rest) == 2 else None  # noqa: PLR2004 - feeling, like
        if feeling is None or feeling.likes or rest[1] not in (NONE, *self.base.choosing.liked):
            return None
        near = elsewhere(self.base, [rest[1]])
        lines = [
            self.words.text("task_pause"),
            self.words.fill("task_nearer", names="; ".join(item.name for item in near)),
            self.words.fill("task_change", change=str(feeling.change)),
        ]
        roles = [item.role for item in near if item.role is not None]
        beside = [*roles, role][:TO_COMPARE]
        buttons = [
            self.words.tap("side", self.words.text("button_compare_two"), "show", "+".join(beside))
            if len(set(beside)) == TO_COMPARE
            else None,
            self.words.tap(ACTION, self.words.text("button_try_again"), "start", role),
            self.words.bubbles.ask_button("assessment", ()),
        ]
        return self._turn(session, self.words.reply(lines, buttons, edit=edit))

    def typed(self, session: Session, text: str, today: date) -> Turn | None:
        """A task asked for by name, doubt whether it is for one, or how the tasks felt."""
        named = next((task for task in self.tasks.values() if is_cue(text, task.aliases)), None)
        if named is not None:
            return self._show(session, named, edit=False)
        role = self._in_doubt(text)
        if role is not None:
            return self.intro(session, role)
        tastes = course.mend(self.base, session.tastes)
        return self._said(session, tastes, text) if tastes.task is not None else None

    def _said(self, session: Session, tastes: Tastes, text: str) -> Turn | None:
        """How the tasks felt, in the person's own words; or that a task is to be skipped."""
        task = self.tasks[str(tastes.task)]
        if is_cue(text, self.base.texts.cues["skip"]) or is_cue(text, self.base.texts.cues["unsure"]):
            return self._solve(session, task, NONE, edit=False)
        if is_cue(text, self.base.texts.cues["cancel"]):
            stopped = self.words.reply([self.words.text("task_stopped")], (), edit=False)
            return self._turn(session, stopped)
        felt = next(
            (item for item in self.base.choosing.feelings if is_cue(text, (item.label, *item.aliases))),
            None,
        )
        return self._felt(session, task.role, felt, edit=False) if felt is not None else None

    def _in_doubt(self, text: str) -> str | None:
        """The role that "idk if … is for me" is about, the usual one where none with tasks is named."""
        cues = self.base.texts.cues
        if is_cue(text, cues["try_work"]):
            return self._usual()
        rest = starts_with_cue(text, cues["undecided"])
        if rest is None or not any(f" {rest}".endswith(f" {words_of(cue)}") for cue in cues["for_me"]):
            return None
        named = mentioned(rest, [(role.id, (role.name, *role.aliases)) for role in self.base.roles.values()])
        return next((role for role in named if self._of(role)), self._usual())

    def _usual(self) -> str:
        default = self.base.field.default_entity
        return default if self._of(default) else next(iter(self.tasks.values())).role

    def command(self, session: Session, word: str, today: date, *, edit: bool = False) -> Turn | None:
        """No command of its own."""
        return None
