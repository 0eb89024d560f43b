"""The flows in their order: whose a message is, and what a command leads to, from flow to flow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.conversation.age import Age
from bot.conversation.flow import SLASH, Command, Flow, Message, Outcome
from bot.conversation.frames import Assessing, Frame, Round
from bot.conversation.messages import Reply
from bot.conversation.replies import Replies
from bot.conversation.session import Session
from bot.understanding.question import Question

MOST_COMMANDS = 5  # that one turn can lead through, from flow to flow


class Running:
    """Runs commands of some flows. The first of them is asked wherever somebody is, the others in their order."""

    def __init__(self, flows: Sequence[Flow], age: Age, replies: Replies) -> None:
        self.flows, self.age, self.replies = flows, age, replies
        self.by_name = {flow.name: flow for flow in flows}

    def asked(self, session: Session) -> Iterator[tuple[Flow, Frame | None]]:
        """The flows in the order in which they are asked, each once with its topmost frame."""
        owners = {kind: flow for flow in self.flows for kind in flow.frames}
        frames: dict[str, Frame | None] = {self.flows[0].name: None}
        for frame in reversed(session.stack):
            name = owners[frame.kind].name
            frames[name] = frames.get(name) or frame
        yield from ((self.by_name[name], frame) for name, frame in frames.items())
        yield from ((flow, None) for flow in self.flows if flow.name not in frames)

    def meant(self, heard: Message) -> Command | None:
        """The command of the first flow that is meant."""
        commands = (flow.parse(heard, frame) for flow, frame in self.asked(heard.session))
        return next((command for command in commands if command is not None), None)

    def destroys(self, command: Command | None) -> bool:
        """Whether a command cannot be undone."""
        return command is not None and self.by_name[command.flow].destroys(command)

    def run(self, session: Session, command: Command, today: date) -> Outcome | None:
        """Run a command and what follows from it; None where it is refused."""
        replies: tuple[Reply, ...] = ()
        for _ in range(MOST_COMMANDS):
            outcome = self._once(session, command, today)
            if outcome is None:
                return None
            session, replies = outcome.session, (*replies, *outcome.replies)
            if isinstance(outcome.then, Command):
                command = outcome.then
                continue
            if outcome.then == "resume":
                waits = self.waiting(session)
                replies = (*replies, waits) if waits is not None else replies
            if replies:
                return Outcome(session, replies, news=outcome.news)
            command = Command("ask", ("_idle",), command.said)
        return None

    def _once(self, session: Session, command: Command, today: date) -> Outcome | None:
        """One command, unless it cannot be undone and was not asked about today."""
        typed = command.flow == SLASH and isinstance(command.said, Question) and bool(command.said.text)
        if command.flow == SLASH:
            meant = self.meant(Message(session, today, word=command.verb))
            said = command.said if typed else None
            command = replace(meant, said=meant.said or said) if meant is not None else Command("ask", ("_help",))
        flow = self.by_name[command.flow]
        if self.destroys(command) and not flow.confirmed(session, today):
            return None
        outcome = self.age.barred(session, flow) or flow.run(session, command, today)
        if outcome is not None and flow.personal:
            marks = {"personal": True, "onward": flow.onward(command)}
            told = tuple(reply.model_copy(update=marks) for reply in outcome.replies)
            outcome = replace(outcome, replies=told)
        if outcome is not None and typed and outcome.then == "done":
            return replace(outcome, then="resume")
        return outcome

    def waiting(self, session: Session) -> Reply | None:
        """The topmost question that waits, once more."""
        owners = {kind: flow for flow in self.flows for kind in flow.frames}
        note = self.replies.text("assessment_paused")
        shown = (owners[frame.kind].show(session, frame, note) for frame in reversed(session.stack))
        return next((reply for reply in shown if reply is not None), None)

    def cancel(self, session: Session) -> Outcome:
        """`/cancel`: whatever question waits is put aside with its answers."""
        key = "assessment_cancelled" if self.waiting(session) is not None else "nothing_to_cancel"
        stack = tuple(
            frame.model_copy(update={"paused": True}) if isinstance(frame, Round) else frame
            for frame in session.stack
            if not isinstance(frame, Assessing)
        )
        return Outcome(session.model_copy(update={"stack": stack}), (Reply(text=self.replies.text(key)),))
