"""What is said to somebody who asked for no one thing: what befell them, and what fits them."""

from __future__ import annotations

from bot.advice.openings import TOPIC, asks_onward, asks_openly, opening, unsure
from bot.advice.verdicts import Verdict
from bot.advice.verdicts.asked import says
from bot.advice.verdicts.dilemmas import DilemmaJudge
from bot.conversation.session import Session
from bot.conversation.typed_question import TypedQuestion
from bot.knowledge.base import KnowledgeBase
from bot.understanding.finding.support import ANSWER_FROM, NEAREST_FROM
from bot.understanding.question import Question

FIRST = 2  # sentences on what befell somebody before the road on from there
OPEN_BELOW = 0.8  # chance of an answer below which an open question is answered from what is known of the person
A_TALE = 7  # words of a message that tells a story


class StoryOpenings:
    """Finds them in one knowledge base, as verdicts; `dilemmas` hears what befell somebody."""

    def __init__(self, base: KnowledgeBase, dilemmas: DilemmaJudge) -> None:
        self.base, self.dilemmas = base, dilemmas

    def befell(self, session: Session, asked: TypedQuestion) -> Verdict | None:
        """What is said first to whoever only tells what befell them, or asks what to do now."""
        question = asked.question
        sure = min((item.support for item in question.askings), default=0.0)
        if question.signed or question.from_context or sure >= OPEN_BELOW:
            return None
        told = asked.states or asks_openly(self.base, question)
        happened = self.dilemmas.befell(question, session.profile) if told else None
        if happened is None:
            return None
        lines = self.dilemmas.said_first(happened)
        on = opening(self.base, question, session.profile) if happened.onward else None
        if on is None or not on.sides:
            return Verdict(TOPIC, tuple(lines))
        return Verdict(TOPIC, (*lines[:FIRST], on.lines[-1]), sides=on.sides)

    def opened(self, session: Session, asked: TypedQuestion) -> Verdict | None:
        """What fits the person, where only that is asked or a story asks nothing, and no sentence surely answers."""
        question = asked.question
        sure = max((item.support for item in question.askings), default=0.0)
        led = question.decision == "answer" and "assessment" in question.topics  # "help me choose" is a way in
        if led or question.signed or question.from_context or sure >= OPEN_BELOW:
            return None
        talking = bool(session.context.asked) and session.context.age <= 1
        bar = ANSWER_FROM if asked.plainly else NEAREST_FROM
        tells = asked.tells and sure < bar and not talking and question.refusal is None
        # "Now what" in the middle of a talk asks about that.
        openly = asks_openly(self.base, question) and not (talking and len(question.text.split()) <= A_TALE)
        if not ((tells and not says(question.text, self.base.verdicts.choosing)) or openly):
            return None
        return opening(self.base, question, session.profile)

    def fitting(self, session: Session, question: Question) -> Verdict | None:
        """What fits somebody who asks what could come next for them, where nothing answers just that."""
        apart = question.refusal is not None or question.signed or question.from_context
        if apart or not asks_onward(self.base, question, session.profile):
            return None
        found = opening(self.base, question, session.profile)
        return unsure(self.base, found) if found is not None else None
