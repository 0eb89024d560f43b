"""A plan wished for before any goal is known: a role that was talked of is offered as one, and what is said to that."""

from __future__ import annotations

from bot.conversation.callback_data import Press, decode
from bot.conversation.flow import SLASH, Command, Message, Outcome
from bot.conversation.flows.roadmap.view import ACTION
from bot.conversation.frames import PlanWished
from bot.conversation.replies import Replies
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase
from bot.understanding.parsing.cues import is_cue

FEW_WORDS = 5  # of a message that names nothing but a goal


class GoalOffer:
    """Offers a goal, and reads what is answered."""

    def __init__(self, base: KnowledgeBase, replies: Replies) -> None:
        self.base, self.replies = base, replies

    def near(self, session: Session) -> str | None:
        """A role that was talked of last and is not held: it may be where somebody wants to get to."""
        roles = (item for item in session.context.entities if item in self.base.roles)
        return next((item for item in roles if item != session.profile.role), None)

    def made(self, session: Session, near: str | None) -> Outcome:
        """The offer, if there is something near, beside the questions that lead to a goal."""
        there = self.replies.tap(ACTION, self.base.roles[near].short, "goal", near) if near is not None else None
        lines = [self.replies.text("plan_none"), self.replies.text("plan_near") if there is not None else ""]
        reply = self.replies.reply(lines, [there, self.replies.ask_button("assessment", whole=True)])
        session = session.without("roadmap", "plan_wished", misses=0)
        return Outcome(session.pushed(PlanWished(near=near)) if near is not None else session, (reply,))

    def answered(self, heard: Message, offer: PlanWished) -> Command | None:
        """What is said to an offer, while it is the last that was shown: yes, no, another goal, or more of oneself."""
        offered, cues = Press(ACTION, ("goal", offer.near)), self.base.texts.cues
        if all(decode(choice.press) != offered for choice in heard.session.choices) or heard.told.wants:
            return None
        spans = heard.question.spans if heard.question is not None else ()
        named = {span.id for span in spans if span.id in self.base.roles}
        if len(named) == 1 and len(heard.text.split()) <= FEW_WORDS:
            return Command(ACTION, ("goal", *named))
        if is_cue(heard.text, cues.get("plan_agreed", ())):
            return Command(offered.action, offered.arguments)
        if is_cue(heard.text, cues.get("plan_another", ())):
            return Command(SLASH, ("assess",))
        # What else is told is for the plan, and where to is still open.
        return Command(ACTION, ("offer", offer.near)) if heard.told.facts else None
