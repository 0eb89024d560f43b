"""Whoever is under age makes no plans here: it is kept of them, and forgotten once they are older."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.conversation.about import ABOUT_ME
from bot.conversation.flow import Flow, Outcome
from bot.conversation.frames import Assessing
from bot.conversation.messages import Button, Reply
from bot.conversation.replies import Replies, rows
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase
from bot.understanding.listening.listener import MINOR, Heeded
from bot.understanding.reader.heard import Heard

CAREER = 10  # years of work: "15 years on the wards" only sounds like an age


class Age:
    """Keeps whether somebody is under age, and says what is not done with them."""

    def __init__(self, base: KnowledgeBase, replies: Replies) -> None:
        self.replies = replies
        self._kind = next((name for name, need in base.listening.needs.items() if need.need == MINOR), None)

    def heeded(self, told: Heard, heeded: Iterable[Heeded]) -> tuple[Heeded, ...]:
        """The needs of a message: what it says of an age outright goes before what only sounds like one."""
        worked = told.under_age is None and any(
            fact.field == "years" and float(fact.value) >= CAREER for fact in told.facts
        )
        grown = told.under_age is False or worked
        found = tuple(item for item in heeded if item.need != MINOR or not grown)
        if not told.under_age or self._kind is None or any(item.need == MINOR for item in found):
            return found
        return (*found, Heeded(self._kind, MINOR, why="told"))

    @staticmethod
    def kept(session: Session, told: Heard, heeded: Iterable[Heeded]) -> Session:
        """The session with what is known of the age after a message."""
        # What only sounds like an age may be an answer to the question that waits.
        like = session.frame(Assessing) is None and any(item.need == MINOR for item in heeded)
        minor = told.under_age is not False and (session.under_age or told.under_age is True or like)
        return session if minor == session.under_age else session.model_copy(update={"under_age": minor})

    def barred(self, session: Session, flow: Flow) -> Outcome | None:
        """What is said instead of what is for adults only; None where it may go on."""
        if not (session.under_age and flow.adults) or session.frame(Assessing) is not None:
            return None
        buttons = (self.older(), self.replies.home())
        reply = Reply(text=self.replies.text("under_age_still"), buttons=rows(button for button in buttons if button))
        return Outcome(session.without(*flow.frames, assessment=None), (reply,))

    def of_age(self, before: Session, outcome: Outcome | None) -> Outcome | None:
        """The outcome with a line about it, where somebody has just said that they are no longer under age."""
        if outcome is None or not before.under_age or outcome.session.under_age or not outcome.replies:
            return outcome
        first, *rest = outcome.replies
        said = self.replies.text("under_age_over")
        if first.outcome in ("answer", "clarify"):
            said = f"{said}\n{first.text}"
            return replace(outcome, replies=(first.model_copy(update={"text": said}), *rest))
        way = self.replies.ask_button("assessment")
        return replace(outcome, replies=(Reply(text=said, buttons=((way,),) if way else ()),))

    def line(self, session: Session) -> list[tuple[str, str]]:
        """Label and value of what is known of the age."""
        if not session.under_age:
            return []
        return [(self.replies.text("me_age"), self.replies.text("me_under_age"))]

    def older(self) -> Button | None:
        """The button of who is no longer under age."""
        return self.replies.button("button_of_age", ABOUT_ME, "older")
