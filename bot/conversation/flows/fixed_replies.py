"""Replies that stand ready, whatever is known of the field: greeting, help, refusals, two readings to choose from."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from bot.advice.wording import cite, said
from bot.conversation.flow import Command, Outcome
from bot.conversation.messages import Reply
from bot.conversation.replies import Replies, rows, unique
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase
from bot.understanding.question import Question, Reading

MAX_BUTTONS = 4
WAYS_IN = ("assessment", "getting_started", "certifications", "chart", "help")


class FixedReplies:
    """Makes the fixed replies of one knowledge base; some of them are all that a command asks for."""

    def __init__(self, base: KnowledgeBase, replies: Replies) -> None:
        self.base, self.replies = base, replies

    def clarify(self, question: Question) -> Reply:
        """Two to four full questions to pick from, the likeliest first."""
        readings = [Reading(question.topics, question.entities, question.confidence), *question.alternatives]
        found = [self.replies.ask_button(item.topics[0], item.entities, whole=True) for item in readings if item.topics]
        unique = {button.say: button for button in found if button}
        return Reply(
            text=self.replies.text("clarify"),
            buttons=tuple((button,) for button in list(unique.values())[:MAX_BUTTONS]),
            outcome="clarify",
            topics=question.topics,
            entities=question.entities,
            confidence=round(question.confidence, 3),
        )

    def refusal(self, key: str, confidence: float = 0.0) -> Reply:
        """Say kindly that this is not for us, with two things that are."""
        buttons = [self.replies.ask_button(topic, whole=True) for topic in ("assessment", "help")]
        return Reply(
            text="\n".join((self.replies.text(key), *self._examples(2))),
            buttons=tuple((button,) for button in buttons if button),
            outcome="unknown",
            confidence=round(confidence, 3),
        )

    def refusal_of_kind(self, question: Question, key: str) -> Reply:
        """A refusal with what is true of the matter and who helps, where that is known of its kind."""
        plain = self.refusal(key, question.confidence)
        record = self.base.out_of_scope.get(question.refusal or "")
        if record is None or not record.says:
            return plain
        told = [said(fact) for fact in record.says]
        lines = [self.replies.text(key), *(Markup("• {}").format(sentence.text) for sentence in told)]
        sources = unique(cite(self.base, told))
        text = "\n".join(map(str, (*lines, self.replies.source_line(sources))))
        return plain.model_copy(update={"text": text, "sources": sources})

    def chat(self, topic: str, confidence: float) -> Reply:
        """What is said to a greeting, to thanks, or to who asks for help."""
        help_text = "\n".join((self.replies.text("help"), *self._examples(), self.replies.text("help_end")))
        ways = [self.replies.ask_button(way) for way in WAYS_IN if way != topic]
        return Reply(
            text=help_text if topic == "help" else self.replies.text(topic),
            buttons=() if topic == "thanks" else rows([button for button in ways if button][:MAX_BUTTONS]),
            outcome="chat",
            topics=(topic,),
            confidence=round(confidence, 3),
        )

    def start(self, session: Session, command: Command, today: date) -> Outcome:
        """The first bubble."""
        first = self.chat("greeting", 1.0).model_copy(update={"text": self.replies.text("start")})
        return Outcome(session, (first,))

    def help(self, session: Session, command: Command, today: date) -> Outcome:
        """What may be asked here."""
        return Outcome(session.model_copy(update={"misses": 0}), (self.chat("help", 1.0),))

    def nothing(self, session: Session, command: Command, today: date) -> Outcome:
        """To a message without words."""
        return Outcome(session, (self.refusal("nothing"),))

    def idle(self, session: Session, command: Command, today: date) -> Outcome:
        """Nothing waits for a word that steers."""
        confidence = command.said.confidence if isinstance(command.said, Question) else 0.0
        return Outcome(session, (self.refusal("idle", confidence),))

    def _examples(self, count: int | None = None) -> list[str]:
        return [f"• {Markup.escape(example)}" for example in self.base.field.examples[:count]]
