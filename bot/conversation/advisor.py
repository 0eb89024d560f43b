"""One turn of the conversation: `(Session, Incoming) → (Session, [Reply])`. Pure and synchronous."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.advice.answers import Answers
from bot.advice.export.card import linked
from bot.advice.progress.effects import gained
from bot.conversation import assessment as steps
from bot.conversation.bubbles import Bubbles, rows
from bot.conversation.charts import ACTION as CHART
from bot.conversation.charts import Charts
from bot.conversation.choices import ACTION as CHOOSE
from bot.conversation.choosing import Choosing
from bot.conversation.closeness import ACTION as NEAR
from bot.conversation.closeness import Closeness
from bot.conversation.dialog import ACTION as ASSESS
from bot.conversation.dialog import BACK, DONE, SKIP, Dialog, Outcome
from bot.conversation.flow import Flow, Turn
from bot.conversation.heeding import Heeding
from bot.conversation.keeping import ACTION as KEEP
from bot.conversation.keeping import Keeping
from bot.conversation.keeping_data import ACTION as DATA
from bot.conversation.keeping_data import OwnData
from bot.conversation.mending import mended
from bot.conversation.messages import Button, Incoming, Reply
from bot.conversation.offered import offering, opens, picked
from bot.conversation.presses import Press, decode
from bot.conversation.reading import is_cue
from bot.conversation.road_bubbles import ACTION as ROAD
from bot.conversation.roads import Roads
from bot.conversation.session import Session
from bot.conversation.sides import ACTION as SIDE
from bot.conversation.sides import Sides
from bot.conversation.tasks import ACTION as TASK
from bot.conversation.tasks import Tasks
from bot.knowledge.base import KnowledgeBase
from bot.understanding.interpreter import Interpreter
from bot.understanding.listening.listener import Listener
from bot.understanding.question import Context, Question
from bot.understanding.reader.reader import Reader

MAX_TEXT = 4096  # https://core.telegram.org/bots/api#message
# Questions about a role after which somebody may want to know how near it is.
NEARING = {"overview", "certifications", "education", "requirements", "path", "experience", "fit", "getting_started"}
# Questions about a role after which somebody may want to try its work.
TRYING = {"duties", "fit"}
# Words that steer a question on the screen. Alone they are no question, whatever they look like.
STEERING = ("back", "skip", "cancel", "done", "none", "go_on", "keep_undo", "data_yes")
COMMAND_TOPICS = {"help": "help", "chart": "chart"}


class Advisor:
    """Leads conversations over one knowledge base. Holds no state of any person.

    `contact` is how to reach whoever runs it, for questions about one's data.
    """

    def __init__(self, base: KnowledgeBase, contact: str | None = None) -> None:
        self.base = base
        self.contact = contact
        self.interpreter = Interpreter(base)
        self.reader = Reader(base, self.interpreter.mend)
        self.answers = Answers(base)
        self.bubbles = Bubbles(base)
        self.listener = Listener(base)
        self.heeding = Heeding(base, self.bubbles)
        self.dialog = Dialog(base)
        self.roads = Roads(base, self.bubbles)
        self.closeness = Closeness(base, self.roads.words)
        self.choosing = Choosing(base, self.roads.words, self.closeness)
        self.tasks = Tasks(base, self.roads.words)
        self.sides = Sides(base, self.roads.words)
        self.data = OwnData(base, self.bubbles)
        # A question that waits is asked first; a plan that was started before the roads: `/plan` is its.
        self.flows: dict[str, Flow] = {
            CHOOSE: self.choosing,
            KEEP: Keeping(base, self.bubbles),
            DATA: self.data,
            ROAD: self.roads,
            NEAR: self.closeness,
            TASK: self.tasks,
            SIDE: self.sides,
            CHART: Charts(base, self.bubbles),
        }

    def turn(self, session: Session, incoming: Incoming, today: date) -> Turn:
        """Answer one message or press. `today` decides whether a source is past its re-check date."""
        session = mended(self.base, session)
        before = session
        session, replies = self._turn(session, incoming, today)
        return (session if session is before else offering(session, replies)), replies

    def _turn(self, session: Session, incoming: Incoming, today: date) -> Turn:
        if incoming.kind == "press":
            press = decode(incoming.text)
            return self._act(session, press, today, edit=True) if press else self._stale(session, edit=True)
        if incoming.kind == "command":
            return self._command(session, incoming.text, today)
        text = incoming.text.strip()
        if not text:
            return session, [self.bubbles.refuse("nothing")]
        chosen = picked(session.choices, text)
        press = decode(chosen.press) if chosen else None
        if press is not None:
            return self._act(session, press, today, edit=False)
        return self._text(session, text, today)

    def _text(self, session: Session, text: str, today: date) -> Turn:
        question = self.interpreter.interpret(text[:MAX_TEXT], session.context)
        help_first = self.heeding.crisis(self.listener.listen(text), question.country or session.profile.country)
        if help_first is not None:
            return session, [help_first]
        context = session.context.model_copy(update={"age": session.context.age + 1, "clarified": False})
        before, session = session, session.model_copy(update={"context": context, "choices": ()})
        cut = len(text) > MAX_TEXT
        steers = self._steers(text)
        if session.asking and session.assessment is not None:
            return self._assessed(session, self.dialog.typed(session.assessment, text, question), today, question)
        for flow in self.flows.values():
            turn = flow.typed(session, text, today)
            if turn is not None:
                return self._led(turn)
        again = self.choosing.again(session)
        meant = opens(before.choices, text) if question.decision != "answer" else None
        if meant is not None and meant.action != DATA:  # what deletes must be said in full
            return self._act(session, meant, today, edit=False)
        if steers and question.decision != "answer":
            return session, [again or self.bubbles.refuse("idle", question.confidence)]
        session, replies = self._read(session, before, question, today, cut=cut)
        return session, [*replies, again] if again is not None else replies

    def _steers(self, text: str) -> bool:
        """Whether a message is nothing but a word for a question of ours, such as "no" or "skip"."""
        return any(is_cue(text, self.base.texts.cues[cue]) for cue in STEERING)

    def _read(self, session: Session, before: Session, question: Question, today: date, *, cut: bool) -> Turn:
        """What a message that no flow took says: an answer, two readings of it, or that it is not for us."""
        if question.decision == "unknown":
            return self._unknown(session, question)
        if question.decision == "clarify" and not before.context.clarified:
            return self._clarify(session, question)
        return self._answer(session, question, today, cut=cut)

    def _answer(
        self, session: Session, question: Question, today: date, *, edit: bool = False, cut: bool = False
    ) -> Turn:
        meta = next((topic for topic in question.topics if self.base.topics[topic].meta), None)
        if meta is not None:
            return self._meta(session, meta, question.confidence, today, edit=edit)
        answer = self.answers.answer(question, today, session.spelled)
        context = Context(
            topics=question.topics,
            entities=question.entities or session.context.entities,
            listed=answer.listed or question.entities,
            country=question.country or session.context.country,
        )
        spelled = tuple(dict.fromkeys((*session.spelled, *answer.spelled)))
        session = session.model_copy(update={"context": context, "misses": 0, "spelled": spelled, "road": None})
        reply = self.bubbles.answer(answer, question, edit=edit, cut=cut)
        roles = [item for item in question.entities if item in self.base.roles]
        if "compare" in question.topics and len(roles) > 1:
            card = self.sides.card(session, roles, edit=edit)
            if card is not None:
                update = {"entities": question.entities, "confidence": reply.confidence}
                return session, [card.model_copy(update=update)]
        if "compare" in question.topics:
            beside = self.sides.button(question.entities)
            reply = reply.model_copy(update={"buttons": (*reply.buttons, *(((beside,),) if beside else ()))})
        if len(question.entities) == 1 == len(roles):
            reply = reply.model_copy(
                update={"buttons": (*reply.buttons, *rows(self._ways_on(question.topics, roles[0])))}
            )
        return session, [reply]

    def _ways_on(self, topics: Sequence[str], role: str) -> list[Button]:
        """Below an answer about a role: how close somebody is to it, and a task of its work."""
        near = self.closeness.button(role) if NEARING & set(topics) else None
        trial = self.tasks.button(role) if TRYING & set(topics) else None
        return [button for button in (near, trial) if button]

    def _clarify(self, session: Session, question: Question) -> Turn:
        reply = self.bubbles.clarify(question)
        context = session.context.model_copy(update={"clarified": True})
        return session.model_copy(update={"context": context}), [reply]

    def _unknown(self, session: Session, question: Question) -> Turn:
        # What sounds of despair and holds no danger (the listener has heard it) is a feeling, no crisis.
        key = f"refusal_{'feeling' if question.refusal == 'crisis' else question.refusal}"
        if key not in self.base.texts.texts:
            key = "unknown_repeat" if session.misses else "unknown"
        session = session.model_copy(update={"misses": session.misses + 1})
        reply = self.bubbles.refuse(key, question.confidence)
        return session, [reply.model_copy(update={"unanswered": question.refusal is None})]

    def _meta(self, session: Session, topic: str, confidence: float, today: date, *, edit: bool = False) -> Turn:
        session = session.model_copy(update={"misses": 0})
        if topic == "assessment":
            turn = self.choosing.lead(session, edit=edit)
            return turn if turn is not None else self._assess(session, confidence, edit=edit)
        turn = self._by_command(session, topic, today, edit=edit)
        if turn is not None:
            return turn
        return session, [self.bubbles.meta(topic, confidence, edit=edit)]

    def _assess(self, session: Session, confidence: float, *, edit: bool = False) -> Turn:
        """Start the assessment, or go on with it."""
        outcome = self.dialog.begin(session.assessment, edit=edit)
        tastes = session.tastes.model_copy(update={"at": None})
        session = session.model_copy(update={"assessment": outcome.state, "asking": True, "tastes": tastes})
        return session, [_as_answer(reply, confidence) for reply in outcome.replies]

    def _led(self, turn: Turn) -> Turn:
        """A turn of a flow; one without a reply leads back into the assessment, whose question is shown."""
        session, replies = turn
        if replies or session.assessment is None:
            return turn
        return session, [self.dialog.show(session.assessment)]

    def _assessed(self, session: Session, outcome: Outcome, today: date, question: Question | None = None) -> Turn:
        """What a message or press did to the assessment; a finished one ends in a plan."""
        update = {"assessment": outcome.state, "asking": outcome.state is not None and not outcome.paused}
        session = session.model_copy(update=update)
        if outcome.digression and question is not None and outcome.state is not None:
            waits = session.asking
            session, replies = self._answer(session, question, today)
            if session.profile.goal is None:  # no road was opened, so the question stays
                session = session.model_copy(update={"asking": waits})
            if session.asking and "assessment" not in question.topics:
                again = self.dialog.show(outcome.state, self.bubbles.text("assessment_paused"))
                replies = [*replies, again]
            return session, replies
        if outcome.finished is None:
            return session, list(outcome.replies)
        profile = steps.profile_of(self.base, outcome.finished)
        if session.progress is not None:
            profile = gained(self.base, profile, session.progress.done)
        session = session.model_copy(update={"assessment": outcome.finished, "profile": profile, "asking": False})
        edit = any(reply.edit for reply in outcome.replies)
        if profile.goal is None:
            return self.choosing.begin(session, len(steps.relevant(self.base, outcome.finished.answers)), edit=edit)
        session, replies = self.roads.open(session)
        return session, [*outcome.replies, *replies]

    def _command(self, session: Session, text: str, today: date) -> Turn:
        word, _, payload = text.strip().partition(" ")
        word = word.lower().partition("@")[0]
        if word == "start":
            return self._start(session, payload.strip(), today)
        if word == "assess":
            return self._assess(session, 1.0)
        if word == "privacy":
            reply = self.bubbles.privacy(self.contact)
            return session, [reply.model_copy(update={"buttons": self.data.buttons()})]
        if word == "cancel":
            key = "assessment_cancelled" if session.asking or session.tastes.waiting else "nothing_to_cancel"
            tastes = session.tastes.model_copy(update={"paused": True})
            return session.model_copy(update={"asking": False, "choices": (), "tastes": tastes}), [
                Reply(text=self.bubbles.text(key))
            ]
        turn = self._by_command(session, word, today)
        return turn or self._meta(session, COMMAND_TOPICS.get(word, "help"), 1.0, today)

    def _by_command(self, session: Session, word: str, today: date, *, edit: bool = False) -> Turn | None:
        """What the first flow that knows a command says to it."""
        turns = (flow.command(session, word, today, edit=edit) for flow in self.flows.values())
        return next((turn for turn in turns if turn is not None), None)

    def _start(self, session: Session, payload: str, today: date) -> Turn:
        """The first bubble; a deep link leads on to what it names."""
        if payload == "assess":
            return self._meta(session, "assessment", 1.0, today)
        name = linked(self.base, payload)
        if name is not None:
            question = Question(text=payload, decision="answer", topics=("overview",), entities=(name,), confidence=1.0)
            return self._answer(session, question, today)
        reply = self.bubbles.meta("greeting", 1.0)
        return session, [reply.model_copy(update={"text": self.bubbles.text("start")})]

    def _act(self, session: Session, press: Press, today: date, *, edit: bool) -> Turn:
        """Do what a press says if every id in it is still known; else say that it is out of date."""
        if press.action == ASSESS:
            state, _ = steps.mend(self.base, session.assessment or steps.start(self.base))
            # Back, Skip and Done of a question long answered: nothing is on the screen.
            over = state.at is None and press.arguments[1:] in ((BACK,), (SKIP,), (DONE,))
            outcome = None if over else self.dialog.press(state, press.arguments)
            return self._assessed(session, outcome, today) if outcome else self._stale(session, edit=edit)
        fresh = session.model_copy(update={"choices": ()})
        if press.action in self.flows:
            turn = self.flows[press.action].press(fresh, press.arguments, today, edit=edit)
            return self._led(turn) if turn is not None else self._stale(session, edit=edit)
        question = self._pressed_question(press)
        if question is None:
            return self._stale(session, edit=edit)
        if press.action == "more":
            return fresh, [self.bubbles.more(self.answers.answer(question, today), question, edit=edit)]
        return self._answer(fresh, question, today, edit=edit)

    def _pressed_question(self, press: Press) -> Question | None:
        if press.action not in ("ask", "more") or len(press.arguments) != 2:  # noqa: PLR2004 - topics, entities
            return None
        topics, entities = (tuple(filter(None, part.split("."))) for part in press.arguments)
        if not topics or any(topic not in self.base.topics for topic in topics):
            return None
        if any(entity not in self.base.entities for entity in entities):
            return None
        return Question(text="", decision="answer", topics=topics, entities=entities, confidence=1.0)

    def _stale(self, session: Session, *, edit: bool) -> Turn:
        return session, [self.bubbles.refuse("stale_press", edit=edit)]


def _as_answer(reply: Reply, confidence: float) -> Reply:
    """Starting the assessment is an answer to "help me choose"."""
    return reply.model_copy(update={"outcome": "answer", "confidence": round(confidence, 3)})
