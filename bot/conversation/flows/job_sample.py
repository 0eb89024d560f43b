"""A minute of the work to try: invented cases, an explanation, no score, and then how it felt."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup, escape

from bot.advice.suggestions import checks, elsewhere
from bot.conversation.flow import Command, Flow, Message, Outcome, Verb
from bot.conversation.frames import Frame, TryingTask
from bot.conversation.messages import Button, Reply
from bot.conversation.replies import Replies
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.choosing import Feeling, Task
from bot.knowledge.names import all_names
from bot.understanding.parsing.cues import is_cue, mentioned, starts_with_cue, words_of
from bot.understanding.question import Question

NONE = "_none"
TO_COMPARE = 2
# Questions about a role after which somebody may want to try its work.
TRYING = {"duties", "fit"}


class JobSample(Flow):
    """Leads through the tasks of one knowledge base."""

    name = "task"
    personal = True
    frames = ("job_sample",)

    def __init__(self, base: KnowledgeBase, replies: Replies) -> None:
        super().__init__(base, replies)
        self.tasks = {task.id: task for task in base.choosing.tasks}
        self.verbs = {
            "intro": Verb(self._intro, takes=(1,), spoken=True),
            "start": Verb(self._start, takes=(1,)),
            "show": Verb(self._show, takes=(1,)),
            "solve": Verb(self._solve, takes=(2,)),
            "feel": Verb(self._feel, takes=(2,)),
            "like": Verb(self._like, takes=(3,)),
            "stop": Verb(self._stop, spoken=True),
        }

    def offers(self, question: Question) -> list[Button]:
        """The way in, below an answer about one role's work."""
        role = question.entities[0] if len(question.entities) == 1 else ""
        if not TRYING & set(question.topics) or not self._of(role):
            return []
        button = self.replies.button("button_try_work", self.name, "start", role)
        return [button] if button else []

    def typed(self, heard: Message, frame: Frame | None) -> Command | None:
        """A task asked for by name, doubt whether it is for one, or how the tasks felt."""
        text, cues = heard.text, self.base.texts.cues
        named = next((task for task in self.tasks.values() if is_cue(text, task.aliases)), None)
        if named is not None:
            return Command(self.name, ("show", named.id))
        role = self._in_doubt(text)
        if role is not None:
            return Command(self.name, ("intro", role))
        if not isinstance(frame, TryingTask):
            return None
        if is_cue(text, cues["skip"]) or is_cue(text, cues["unsure"]):
            return Command(self.name, ("solve", frame.task, NONE))
        if is_cue(text, cues["cancel"]):
            return Command(self.name, ("stop",))
        felt = next((item for item in self.base.choosing.feelings if is_cue(text, (item.label, *item.aliases))), None)
        return Command(self.name, ("feel", self.tasks[frame.task].role, felt.id)) if felt is not None else None

    def _in_doubt(self, text: str) -> str | None:
        """The role that "idk if … is for me" is about, the usual one where none with tasks is named."""
        cues = self.base.texts.cues
        if is_cue(text, cues["try_work"]):
            return self._usual()
        rest = starts_with_cue(text, cues["undecided"])
        if rest is None or not any(f" {rest}".endswith(f" {words_of(cue)}") for cue in cues["for_me"]):
            return None
        named = mentioned(rest, all_names(self.base.roles.values()))
        return next((role for role in named if self._of(role)), self._usual())

    def _usual(self) -> str:
        default = self.base.field.default_entity
        return default if self._of(default) else next(iter(self.tasks.values())).role

    def _of(self, role: str) -> list[Task]:
        """The tasks of a role, in order."""
        return [task for task in self.tasks.values() if task.role == role]

    def _feeling(self, name: str) -> Feeling | None:
        return next((item for item in self.base.choosing.feelings if item.id == name), None)

    def _shown(self, session: Session, reply: Reply, task: str | None = None) -> Outcome:
        """A bubble of this flow, and the task that it waits for."""
        session = session.without("roadmap", "job_sample", misses=0)
        return Outcome(session.pushed(TryingTask(task=task)) if task is not None else session, (reply,))

    def _intro(self, session: Session, command: Command, today: date) -> Outcome:
        """For somebody who does not know whether it is for them: what is offered, and how long it takes."""
        role = command.rest[0]
        tasks, name = self._of(role), self.base.roles[role].name
        buttons = [
            self.replies.button("button_start", self.name, "start", role),
            self.replies.ask_button("fit", (role,)),
            self.replies.ask_button("duties", (role,)),
            self.replies.ask_button("assessment"),
        ]
        one = len(tasks) == 1
        line = (
            self.replies.fill("task_intro_one", name=name)
            if one
            else self.replies.fill("task_intro", name=name, count=len(tasks))
        )
        return self._shown(session, self.replies.reply([line], buttons, topic="fit"))

    def _start(self, session: Session, command: Command, today: date) -> Outcome | None:
        tasks = self._of(command.rest[0])
        return self._task(session, tasks[0]) if tasks else None

    def _show(self, session: Session, command: Command, today: date) -> Outcome | None:
        task = self.tasks.get(command.rest[0])
        return self._task(session, task) if task is not None else None

    def _task(self, session: Session, task: Task) -> Outcome:
        tasks = self._of(task.role)
        head = self.replies.fill("task_count", number=tasks.index(task) + 1, count=len(tasks))
        case = [Markup("{number}. {line}").format(number=at, line=line) for at, line in enumerate(task.case, 1)]
        buttons = [self.replies.tap(self.name, item.label, "solve", task.id, item.id) for item in task.options]
        reply = self.replies.reply(
            [head, *case, Markup("<b>{ask}</b>").format(ask=task.ask)],
            buttons,
            back=self.replies.button("button_skip", self.name, "solve", task.id, NONE),
            topic="assessment",
            asks=True,
        )
        return self._shown(session, reply, task.id)

    def _solve(self, session: Session, command: Command, today: date) -> Outcome | None:
        """What a professional would say; nothing is counted."""
        task, option = self.tasks.get(command.rest[0]), command.rest[1]
        if task is None or option not in (NONE, *(item.id for item in task.options)):
            return None
        right = next(item for item in task.options if item.right)
        line = (
            self.replies.fill("task_right", explain=task.explain)
            if option == right.id
            else self.replies.fill("task_other", answer=right.label, explain=task.explain)
        )
        tasks = self._of(task.role)
        following = tasks[tasks.index(task) + 1 :]
        if following:
            button = self.replies.button("button_next_task", self.name, "show", following[0].id)
            return self._shown(session, self.replies.reply([line], [button]))
        feelings = [
            self.replies.tap(self.name, item.label, "feel", task.role, item.id) for item in self.base.choosing.feelings
        ]
        lines = [line, self.replies.text("task_feel")]
        return self._shown(session, self.replies.reply(lines, feelings, topic="assessment", asks=True), task.id)

    def _feel(self, session: Session, command: Command, today: date) -> Outcome | None:
        """Liked: what comes next. Not liked: what was liked at all."""
        role, feeling = command.rest[0], self._feeling(command.rest[1])
        if feeling is None or not self._of(role):
            return None
        disliked = set(session.tastes.disliked) - {role} | (set() if feeling.likes else {role})
        kept = tuple(item for item in self.base.roles if item in disliked)
        session = session.model_copy(update={"tastes": session.tastes.model_copy(update={"disliked": kept})})
        if not feeling.likes:
            labels = {item.id: item.label for item in self.base.choosing.interests}
            buttons = [
                self.replies.tap(self.name, labels[item], "like", role, feeling.id, item)
                for item in self.base.choosing.liked
            ]
            buttons.append(self.replies.button("button_nothing", self.name, "like", role, feeling.id, NONE))
            lines = [escape(feeling.say), self.replies.text("task_like")]
            reply = self.replies.reply(lines, buttons, topic="assessment", asks=True)
            return self._shown(session, reply, self._of(role)[-1].id)
        buttons = [
            self.replies.plan_button(role, 1),
            self.replies.button("button_near", "near", "start", role) if checks(self.base, role, None) else None,
            self.replies.ask_button("duties", (role,)),
            self.replies.ask_button("assessment"),
        ]
        lines = [escape(feeling.say), self.replies.fill("task_liked", name=self.base.roles[role].name)]
        return self._shown(session, self.replies.reply(lines, buttons))

    def _like(self, session: Session, command: Command, today: date) -> Outcome | None:
        """Permission to say no: what lies nearer, and what would change our mind."""
        role, feeling, like = command.rest[0], self._feeling(command.rest[1]), command.rest[2]
        if feeling is None or feeling.likes or not self._of(role) or like not in (NONE, *self.base.choosing.liked):
            return None
        near = elsewhere(self.base, [like])
        lines = [
            self.replies.text("task_pause"),
            self.replies.fill("task_nearer", names="; ".join(item.name for item in near)),
            self.replies.fill("task_change", change=str(feeling.change)),
        ]
        beside = [*(item.role for item in near if item.role is not None), role][:TO_COMPARE]
        buttons = [
            self.replies.button("button_compare_two", "side", "show", "+".join(beside))
            if len(set(beside)) == TO_COMPARE
            else None,
            self.replies.button("button_try_again", self.name, "start", role),
            self.replies.ask_button("assessment"),
        ]
        return self._shown(session, self.replies.reply(lines, buttons))

    def _stop(self, session: Session, command: Command, today: date) -> Outcome:
        return self._shown(session, self.replies.reply([self.replies.text("task_stopped")]))
