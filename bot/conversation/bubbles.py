"""The bubbles of answers, choices and refusals: what is said, with which buttons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from markupsafe import Markup

from bot.advice.answers import Answer
from bot.conversation.messages import Button, CitedSource, Reply
from bot.conversation.presses import Press, encode
from bot.knowledge.base import KnowledgeBase
from bot.understanding.question import Question, Reading

MAX_CHOICES = 4
BUTTONS_A_ROW = 2
CHAT_TOPICS = ("greeting", "help", "thanks")
WAYS_IN = ("assessment", "getting_started", "certifications", "chart", "help")


class Bubbles:
    """Makes replies from answers and texts of one knowledge base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base

    def text(self, key: str) -> str:
        """A sentence of `texts.yaml`, the field's name filled in."""
        return self.base.texts.texts[key].replace("{field}", self.base.field.name)

    def say(self, topic: str, entities: Sequence[str]) -> str:
        """A topic about some entities as a full question, as a person could type it."""
        words = self.base.texts.topics[topic]
        named = [self.base.entities[item] for item in entities if item in self.base.entities]
        if not named or [item.id for item in named] == [self.base.field.default_entity]:
            return words.question_general or words.question.format(name=self.base.field.name)
        return words.question.format(name=f" {self.text('and')} ".join(item.short for item in named))

    def ask_button(self, topic: str, entities: Sequence[str], *, whole: bool = False) -> Button | None:
        """A button that asks `topic`; None where its ids do not fit into callback data."""
        press = encode(Press("ask", (topic, ".".join(entities))))
        if press is None:
            return None
        say = self.say(topic, entities)
        return Button(label=say if whole else self.base.texts.topics[topic].label, press=press, say=say)

    def answer(self, answer: Answer, question: Question, *, edit: bool, cut: bool = False) -> Reply:
        """The first bubble of an answer, with [More] and what people usually ask next."""
        text = f"{answer.text}\n{self.text('too_long')}" if cut else answer.text
        return self._from(answer, question, text, self._next(answer, question), edit)

    def more(self, answer: Answer, question: Question, *, edit: bool) -> Reply:
        """What is behind [More], with the way back."""
        button = self._button("button_back", Press("ask", _ids(question)))
        return self._from(answer, question, answer.more or answer.text, ((button,),) if button else (), edit)

    def _from(
        self, answer: Answer, question: Question, text: str, buttons: tuple[tuple[Button, ...], ...], edit: bool
    ) -> Reply:
        return Reply(
            text=text,
            buttons=buttons,
            edit=edit,
            outcome="answer",
            topics=question.topics,
            entities=question.entities,
            confidence=round(question.confidence, 3),
            sources=tuple(CitedSource(**asdict(item)) for item in answer.sources),
        )

    def _button(self, key: str, press: Press) -> Button | None:
        data, label = encode(press), self.text(key)
        return Button(label=label, press=data, say=label) if data else None

    def _next(self, answer: Answer, question: Question) -> tuple[tuple[Button, ...], ...]:
        buttons = [self._button("button_more", Press("more", _ids(question)))] if answer.more else []
        subject = question.entities[:1]
        for topic in self.base.topics[question.topics[0]].next if question.topics else ():
            fits = not subject or self.base.kinds[subject[0]] in self.base.topics[topic].kinds
            if fits and topic not in question.topics:
                buttons.append(self.ask_button(topic, subject))
        return rows([button for button in buttons if button][:MAX_CHOICES])

    def clarify(self, question: Question) -> Reply:
        """Two to four full questions to pick from, the likeliest first."""
        readings = [Reading(question.topics, question.entities, question.confidence), *question.alternatives]
        buttons = [self.ask_button(item.topics[0], item.entities, whole=True) for item in readings if item.topics]
        unique = {button.say: button for button in buttons if button}
        return Reply(
            text=self.text("clarify"),
            buttons=tuple((button,) for button in list(unique.values())[:MAX_CHOICES]),
            outcome="clarify",
            topics=question.topics,
            entities=question.entities,
            confidence=round(question.confidence, 3),
        )

    def refuse(self, key: str, confidence: float = 0.0, *, edit: bool = False) -> Reply:
        """Say kindly that this is not for us, with two things that are; a crisis gets only its line."""
        if key == "refusal_crisis":
            return Reply(text=self.text(key), outcome="unknown", edit=edit)
        buttons = [self.ask_button(topic, (), whole=True) for topic in ("assessment", "help")]
        return Reply(
            text="\n".join((self.text(key), *self._examples(2))),
            buttons=tuple((button,) for button in buttons if button),
            outcome="unknown",
            confidence=round(confidence, 3),
            edit=edit,
        )

    def meta(self, topic: str, confidence: float, *, edit: bool = False) -> Reply:
        """Greeting, help and thanks."""
        text = self._help() if topic == "help" else self.text(topic)
        ways = [self.ask_button(way, ()) for way in WAYS_IN if way != topic]
        return Reply(
            text=text,
            buttons=() if topic == "thanks" else rows([button for button in ways if button][:MAX_CHOICES]),
            outcome="chat" if topic in CHAT_TOPICS else "answer",
            topics=(topic,),
            confidence=round(confidence, 3),
            edit=edit,
        )

    def privacy(self, contact: str | None) -> Reply:
        """What is kept and what is not, and whom to ask."""
        whom = Markup(self.text("privacy_contact")).format(contact=contact) if contact else ""  # noqa: S704 - our own text
        return Reply(text="\n".join(filter(None, (self.text("privacy"), str(whom)))))

    def _examples(self, count: int | None = None) -> list[str]:
        return [f"• {Markup.escape(example)}" for example in self.base.field.examples[:count]]

    def _help(self) -> str:
        return "\n".join((self.text("help"), *self._examples(), self.text("help_end")))


def _ids(question: Question) -> tuple[str, str]:
    return ".".join(question.topics), ".".join(question.entities)


def rows(buttons: Iterable[Button]) -> tuple[tuple[Button, ...], ...]:
    """Buttons two a row: on a phone, three labels of 20 characters do not fit side by side."""
    flat = list(buttons)
    return tuple(tuple(flat[start : start + BUTTONS_A_ROW]) for start in range(0, len(flat), BUTTONS_A_ROW))
