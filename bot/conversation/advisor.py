"""One turn of the conversation: `(Session, Incoming) → (Session, [Reply])`. Pure and synchronous."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from bot.advice.answers import Answer, Answers
from bot.conversation.messages import Button, CitedSource, Incoming, Reply
from bot.conversation.presses import Press, decode, encode
from bot.conversation.session import Choice, Session
from bot.knowledge.base import KnowledgeBase
from bot.understanding.interpreter import Interpreter
from bot.understanding.question import Context, Question, Reading

MAX_TEXT = 4096  # https://core.telegram.org/bots/api#message
MAX_CHOICES = 4
BUTTONS_A_ROW = 2
CHAT_TOPICS = ("greeting", "help", "thanks")


class Advisor:
    """Leads conversations over one knowledge base. Holds no state of any person."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        self.interpreter = Interpreter(base)
        self.answers = Answers(base)

    def turn(self, session: Session, incoming: Incoming, today: date) -> tuple[Session, list[Reply]]:
        """Answer one message or press. `today` decides whether a source is past its re-check date."""
        if incoming.kind == "press":
            return self._press(session, incoming.text, today)
        if incoming.kind == "command":
            return self._command(session, incoming.text)
        text = incoming.text.strip()
        if not text:
            return session, [self._refuse("nothing")]
        chosen = _picked(session.choices, text)
        if chosen is not None:
            press = decode(chosen.press)
            if press is not None:
                return self._act(session, press, today, edit=False)
        return self._ask(session, text, today)

    def _ask(self, session: Session, text: str, today: date) -> tuple[Session, list[Reply]]:
        question = self.interpreter.interpret(text[:MAX_TEXT], session.context)
        context = session.context.model_copy(update={"age": session.context.age + 1})
        session = session.model_copy(update={"context": context, "choices": ()})
        if question.decision == "unknown":
            return self._unknown(session, question)
        if question.decision == "clarify":
            return self._clarify(session, question)
        return self._answer(session, question, today, cut=len(text) > MAX_TEXT)

    def _answer(
        self, session: Session, question: Question, today: date, *, edit: bool = False, cut: bool = False
    ) -> tuple[Session, list[Reply]]:
        meta = [topic for topic in question.topics if self.base.topics[topic].meta]
        if meta:
            return self._meta(session, meta[0], question)
        answer = self.answers.answer(question, today)
        entities = question.entities or session.context.entities
        context = Context(
            topics=question.topics,
            entities=entities,
            listed=answer.listed or question.entities,
            country=question.country or session.context.country,
        )
        session = session.model_copy(update={"context": context, "misses": 0})
        text = answer.text
        if cut:
            text = f"{text}\n{self._text('too_long')}"
        return session, [self._reply(answer, question, text, edit)]

    def _reply(self, answer: Answer, question: Question, text: str, edit: bool) -> Reply:
        return Reply(
            text=text,
            buttons=self._next_buttons(answer, question),
            edit=edit,
            outcome="answer",
            topics=question.topics,
            entities=question.entities,
            confidence=round(question.confidence, 3),
            sources=tuple(
                CitedSource(title=item.title, url=item.url, as_of=item.as_of, read=item.read) for item in answer.sources
            ),
        )

    def _next_buttons(self, answer: Answer, question: Question) -> tuple[tuple[Button, ...], ...]:
        """[More] where there is more, then the topics that usually come next."""
        buttons = []
        if answer.more:
            press = encode(Press("more", (".".join(question.topics), ".".join(question.entities))))
            if press:
                buttons.append(Button(label=self._text("button_more"), press=press, say=self._text("button_more")))
        subject = question.entities[0] if question.entities else None
        for topic in self.base.topics[question.topics[0]].next if question.topics else ():
            fits = subject is None or self.base.kinds[subject] in self.base.topics[topic].kinds
            if (
                fits
                and topic not in question.topics
                and (button := self._ask_button(topic, (subject,) if subject else ()))
            ):
                buttons.append(button)
        return _rows(buttons[:MAX_CHOICES])

    def _ask_button(self, topic: str, entities: Sequence[str], *, whole: bool = False) -> Button | None:
        press = encode(Press("ask", (topic, ".".join(entities))))
        if press is None:
            return None
        words = self.base.texts.topics[topic]
        say = self.say(topic, entities)
        return Button(label=say if whole else words.label, press=press, say=say)

    def say(self, topic: str, entities: Sequence[str]) -> str:
        """A topic about some entities as a full question, as a person could type it."""
        words = self.base.texts.topics[topic]
        named = [self.base.entities[item] for item in entities if item in self.base.entities]
        if not named or [item.id for item in named] == [self.base.field.default_entity]:
            return words.question_general or words.question.format(name=self.base.field.name)
        return words.question.format(name=f" {self._text('and')} ".join(item.short for item in named))

    def _clarify(self, session: Session, question: Question) -> tuple[Session, list[Reply]]:
        readings = [Reading(question.topics, question.entities, question.confidence), *question.alternatives]
        buttons = []
        for reading in readings:
            if reading.topics and (button := self._ask_button(reading.topics[0], reading.entities, whole=True)):
                buttons.append(button)
        unique = list({button.say: button for button in buttons}.values())[:MAX_CHOICES]
        choices = tuple(Choice(label=item.label, say=item.say, press=item.press) for item in unique)
        context = session.context.model_copy(update={"clarified": True})
        session = session.model_copy(update={"choices": choices, "context": context})
        reply = Reply(
            text=self._text("clarify"),
            buttons=tuple((button,) for button in unique),
            outcome="clarify",
            topics=question.topics,
            entities=question.entities,
            confidence=round(question.confidence, 3),
        )
        return session, [reply]

    def _unknown(self, session: Session, question: Question) -> tuple[Session, list[Reply]]:
        key = f"refusal_{question.refusal}" if question.refusal else "unknown"
        if key not in self.base.texts.texts:
            key = "unknown"
        if key == "unknown" and session.misses:
            key = "unknown_repeat"
        session = session.model_copy(update={"misses": session.misses + 1})
        reply = self._refuse(key, confidence=question.confidence)
        return session, [reply.model_copy(update={"unanswered": question.refusal is None})]

    def _refuse(self, key: str, confidence: float = 0.0, *, edit: bool = False) -> Reply:
        """Say kindly that this is not for us, with two things that are."""
        buttons = []
        if key != "refusal_crisis":
            buttons = [
                Button(
                    label=self.base.texts.topics[topic].question,
                    press=press,
                    say=self.base.texts.topics[topic].question,
                )
                for topic in ("assessment", "help")
                if (press := encode(Press("ask", (topic, ""))))
            ]
        examples = () if key == "refusal_crisis" else self.base.field.examples[:2]
        lines = [self._text(key), *(f"• {Markup.escape(example)}" for example in examples)]
        return Reply(
            text="\n".join(lines),
            buttons=tuple((button,) for button in buttons),
            outcome="unknown",
            confidence=round(confidence, 3),
            edit=edit,
        )

    def _meta(
        self, session: Session, topic: str, question: Question, *, edit: bool = False
    ) -> tuple[Session, list[Reply]]:
        text = {
            "greeting": self._text("greeting"),
            "thanks": self._text("thanks"),
            "help": self._help(),
            "chart": self._chart(),
            "plan": self._text("plan_none"),
            "assessment": self._text("plan_none"),
        }[topic]
        outcome = "chat" if topic in CHAT_TOPICS else "answer"
        buttons = [
            button
            for other in ("getting_started", "certifications", "chart", "help")
            if other != topic and (button := self._ask_button(other, ()))
        ]
        reply = Reply(
            text=text,
            buttons=_rows(buttons) if topic != "thanks" else (),
            outcome=outcome,
            topics=(topic,),
            confidence=round(question.confidence, 3),
            edit=edit,
        )
        return session.model_copy(update={"misses": 0}), [reply]

    def _help(self) -> str:
        examples = [f"• {Markup.escape(example)}" for example in self.base.field.examples]
        return "\n".join((self._text("help"), *examples, self._text("help_end")))

    def _chart(self) -> str:
        """The career chart as text: levels from the bottom up, and the roles on each."""
        lines = [self._text("chart_lead")]
        for level in self.base.field.levels:
            names = sorted(role.name for role in self.base.roles.values() if role.level == level.id)
            lines.append(f"<b>{Markup.escape(level.name)}</b>: {Markup.escape(', '.join(names))}")
        return "\n".join(lines)

    def _command(self, session: Session, name: str) -> tuple[Session, list[Reply]]:
        word = name.split(maxsplit=1)[0].lower() if name.strip() else ""
        if word == "cancel":
            return session, [Reply(text=self._text("nothing_to_cancel"))]
        topic = {"start": "greeting", "help": "help", "chart": "chart", "plan": "plan", "assess": "assessment"}.get(
            word, "help"
        )
        return self._meta(session, topic, Question(text=name, decision="answer", topics=(topic,), confidence=1.0))

    def _press(self, session: Session, data: str, today: date) -> tuple[Session, list[Reply]]:
        press = decode(data)
        if press is None:
            return session, [self._refuse("stale_press", edit=True)]
        return self._act(session, press, today, edit=True)

    def _act(self, session: Session, press: Press, today: date, *, edit: bool) -> tuple[Session, list[Reply]]:
        """Do what a press says if every id in it is still known; else say that it is out of date."""
        question = self._pressed_question(press)
        if question is None:
            return session, [self._refuse("stale_press", edit=edit)]
        session = session.model_copy(update={"choices": ()})
        if press.action == "more":
            answer = self.answers.answer(question, today)
            text = answer.more or answer.text
            back = encode(Press("ask", press.arguments))
            label = self._text("button_back")
            buttons = ((Button(label=label, press=back, say=label),),) if back else ()
            return session, [self._reply(answer, question, text, edit).model_copy(update={"buttons": buttons})]
        return self._answer(session, question, today, edit=edit)

    def _pressed_question(self, press: Press) -> Question | None:
        if press.action not in ("ask", "more") or len(press.arguments) != 2:  # noqa: PLR2004 - topics, entities
            return None
        topics, entities = (tuple(filter(None, part.split("."))) for part in press.arguments)
        if not topics or any(topic not in self.base.topics for topic in topics):
            return None
        if any(entity not in self.base.entities for entity in entities):
            return None
        return Question(text="", decision="answer", topics=topics, entities=entities, confidence=1.0)

    def _text(self, key: str) -> str:
        return self.base.texts.texts[key].replace("{field}", self.base.field.name)


def _picked(choices: tuple[Choice, ...], text: str) -> Choice | None:
    """The choice that a typed number or its own words pick."""
    wanted = text.casefold().strip(" .)!?")
    if wanted.isdecimal() and 1 <= int(wanted[:3]) <= len(choices):
        return choices[int(wanted[:3]) - 1]
    for choice in choices:
        if wanted in (choice.label.casefold().strip(" .?!"), choice.say.casefold().strip(" .?!")):
            return choice
    return None


def _rows(buttons: list[Button]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[start : start + BUTTONS_A_ROW]) for start in range(0, len(buttons), BUTTONS_A_ROW))
