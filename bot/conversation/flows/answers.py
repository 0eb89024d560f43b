"""Answers to questions, and whatever else no other flow is meant for: which of them a message gets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from bot.advice.answers import Answer, Answers
from bot.advice.export.card import linked
from bot.advice.verdicts import Verdict, VerdictMaker, Weighed
from bot.advice.verdicts.asked import compared, says, says_more
from bot.advice.wording import cite
from bot.conversation.callback_data import Press
from bot.conversation.flow import SLASH, Command, Flow, Message, Outcome, Verb
from bot.conversation.flows.fixed_replies import MAX_BUTTONS, FixedReplies
from bot.conversation.flows.follow_ups import FollowUps, question_of, remembering, reply_of
from bot.conversation.flows.story_openings import A_TALE, StoryOpenings
from bot.conversation.frames import Frame
from bot.conversation.heeding import home_of, puts_right
from bot.conversation.messages import Button, Reply
from bot.conversation.replies import Replies, rows
from bot.conversation.session import Session
from bot.conversation.typed_question import TypedQuestion
from bot.knowledge.base import KnowledgeBase
from bot.understanding.entities import ENTITY_KINDS
from bot.understanding.finding.support import LONG, TOPIC_SURE
from bot.understanding.parsing.cues import is_cue
from bot.understanding.question import Question

DECIDED = 0.8  # confidence in a verdict: its words were used, and of what is named …
DECIDED_OF_STORY = 0.6  # … and where they stand in a story, which mostly asks for more
OPENED = 0.3  # … and in what fits a person who asked for no one thing: it is seldom all that they wanted
SURELY_FOUND = 0.9  # chance from which the sentences found go before a verdict …
FOUND = 0.65  # … and from which they do where the verdict knows nothing of what is asked
PAIR = 2  # credentials named: one that is held, and one that is wanted
CHAT_TOPICS = ("greeting", "help", "thanks")
# Commands that a link out of a group may carry.
LED_ON = ("plan", "privacy", "export", "delete", "settings")
# Words that steer a question on the screen. Alone they are no question, whatever they look like.
STEERING = ("back", "skip", "cancel", "done", "none", "go_on", "keep_undo", "data_yes")
Offers = Callable[[Question], Sequence[Button]]


class Questions(Flow):
    """Answers questions. `offers` gives what the other flows have to put below an answer."""

    name = "ask"
    slash = {"help": "_help"}

    def __init__(self, base: KnowledgeBase, replies: Replies, offers: Offers) -> None:
        super().__init__(base, replies)
        self.answers = Answers(base)
        self.verdicts = VerdictMaker(base)
        self.openings = StoryOpenings(base, self.verdicts.dilemmas)
        self.fixed = FixedReplies(base, replies)
        self.follow_ups = FollowUps(base, replies, self.answers, self.name)
        self.offers_of_all = offers
        self.verbs = {
            "_said": Verb(self._said, spoken=True),
            "_steer": Verb(self._steer, spoken=True),
            "_idle": Verb(self.fixed.idle, spoken=True),
            "_nothing": Verb(self.fixed.nothing, spoken=True),
            "_needed": Verb(self._needed, spoken=True),
            "_start": Verb(self.fixed.start, spoken=True),
            "_help": Verb(self.fixed.help, spoken=True),
            "_more": Verb(self.follow_ups.more, takes=(2,), spoken=True),
            "_why": Verb(self.follow_ups.why, spoken=True),
            "_reason": Verb(self.follow_ups.reason, spoken=True),
            "_per": Verb(self.follow_ups.per, takes=(1,), spoken=True),
            "_source": Verb(self.follow_ups.source, takes=(0, 1), spoken=True),
        }

    def steers(self, text: str) -> bool:
        """Whether a message is nothing but a word for a question of ours, such as "no" or "skip"."""
        return any(is_cue(text, self.base.texts.cues[cue]) for cue in STEERING)

    def parse(self, heard: Message, frame: Frame | None) -> Command | None:
        """Everything that is typed, the way in of a deep link, and the buttons that ask something."""
        if heard.word == "start":
            return self._entered(heard.text)
        return super().parse(heard, frame)

    def _entered(self, payload: str) -> Command:
        """The first bubble; a deep link leads on to what it names."""
        name = linked(self.base, payload)
        if payload == "assess":
            return Command("assess", ("help",))
        if payload in LED_ON:
            return Command(SLASH, (payload,))
        return Command(self.name, ("overview", name)) if name is not None else Command(self.name, ("_start",))

    def pressed(self, press: Press, heard: Message, frame: Frame | None) -> Command | None:
        """A question as topics and entities, or what is behind [More]."""
        if press.action not in ("ask", "more") or question_of(self.base, press.arguments) is None:
            return None
        return Command(self.name, press.arguments if press.action == "ask" else ("_more", *press.arguments))

    def typed(self, heard: Message, frame: Frame | None) -> Command | None:
        """Whatever is left."""
        if heard.question is None:
            return None
        if heard.question.decision != "answer" and self.steers(heard.text):
            return Command(self.name, ("_steer",), heard.question)
        again = heard.session.context.clarified
        tells = not heard.told.wants and bool(heard.told.facts) and len(heard.text.split()) >= A_TALE
        last = len(heard.told.clauses) - 1
        plainly = tells and heard.told.clauses[last].subject == "self"
        plainly = plainly and any(fact.clause == last for fact in heard.told.facts)
        wrong = puts_right(heard.told) or says(heard.text, self.base.texts.cues["wrong_place"])
        home = home_of(heard.told) if wrong else None
        said = TypedQuestion(
            heard.question, again, cut=heard.cut, tells=tells, plainly=plainly, states=not heard.told.wants, home=home
        )
        return Command(self.name, ("_said",), said)

    def run(self, session: Session, command: Command, today: date) -> Outcome | None:
        """One of the verbs, or the question that the arguments name."""
        if command.verb in self.verbs:
            return super().run(session, command, today)
        question = question_of(self.base, command.arguments)
        return self._answer(session, question, today) if question is not None else None

    def _said(self, session: Session, command: Command, today: date) -> Outcome | None:
        """An answer, two readings of it, or that it is not for us; then what waited waits again."""
        if not isinstance(command.said, TypedQuestion):
            return None
        if command.said.retold:
            outcome = self._said(session, replace(command, said=replace(command.said, retold=False)), today)
            return self._with_word(session, outcome, same=command.said.same)
        question = command.said.question
        if command.said.home is not None:
            return self._at_home(session, command.said.home)
        verdict = self._verdict(session, question)
        if verdict is not None:
            if self.verdicts.settles(question, session.context):  # what was asked goes on to be what the talk is about
                question = replace(question, full=session.context.asked)
            beside = verdict.beside and not command.said.same
            return self._decided(session, question, replace(verdict, beside=beside), today)
        befell = self.openings.befell(session, command.said)
        if befell is not None:
            decided = self._decided(session, replace(question, confidence=OPENED), befell, today, sure=OPENED)
            return replace(decided, news=True)
        opened = self.openings.opened(session, command.said)
        if opened is not None:
            return self._decided(session, replace(question, confidence=OPENED), opened, today, sure=OPENED)
        question = self.answers.nearest.pruned(question)
        fits = self.openings.fitting(session, question) if question.decision == "unknown" or question.nearest else None
        if fits is not None:
            return self._decided(session, replace(question, confidence=OPENED), fits, today, sure=OPENED)
        if question.decision == "unknown":
            return self._unknown(session, question, today)
        if question.decision == "clarify" and not command.said.again:
            context = session.context.model_copy(update={"clarified": True})
            asked = session.model_copy(update={"context": context})
            return Outcome(asked, (self.fixed.clarify(question),), then="resume")
        return self._answer(session, question, today, cut=command.said.cut)

    def decides(self, session: Session, question: Question) -> bool:
        """Whether a question gets a verdict."""
        return self._verdict(session, question) is not None

    def _verdict(self, session: Session, question: Question) -> Verdict | None:
        verdict = self.verdicts.of(question, session.profile, session.context)
        return None if verdict is not None and self._found_instead(question, verdict) else verdict

    def _with_word(self, session: Session, outcome: Outcome | None, *, same: bool | None) -> Outcome | None:
        """An answer given again for what was told; where it is the `same` one, with a word that it is."""
        if outcome is None or not outcome.replies:
            return outcome
        first, *rest = outcome.replies
        if same is None:
            same = bool(first.statements) and first.statements[0][0] == session.context.shown
        if not same:
            return outcome
        text = f"{self.replies.text('same_answer')}\n{first.text}"
        return replace(outcome, replies=(first.model_copy(update={"text": text}), *rest))

    def _at_home(self, session: Session, country: str) -> Outcome:
        """To somebody who was told of another country than theirs, and says so."""
        name = next((item.name for item in self.base.assessment.countries if item.id == country), country)
        text = str(self.replies.fill("place_right", country=name))
        return Outcome(session.model_copy(update={"misses": 0}), (Reply(text=text, outcome="chat"),), then="resume")

    def _found_instead(self, question: Question, verdict: Verdict) -> bool:
        """Whether sentences were found that answer more surely than the words of a verdict tell that one is asked for;
        less surely will do where things are held against each other by something that no verdict knows.
        """
        if verdict.meant or verdict.lend or verdict.topic != "compare":  # a sum over all held: no sentence says it
            return False
        sure = min((item.support for item in question.askings), default=0.0)
        if len(verdict.sides) > 1 and says(question.text, self.base.verdicts.outright):
            return False
        # Of what only the talk before named, the rule between it is asked for less surely.
        named = any(span.id in verdict.sides for span in question.spans)
        ruled = named and any(set(item.between) == set(verdict.sides) for item in self.base.verdicts.choices)
        graded = not ruled or says(question.text, self.base.verdicts.grading)
        other = not verdict.by_figure and graded and says_more(self.base, question)
        return question.decision == "answer" and sure >= (FOUND if other else SURELY_FOUND)

    def _decided(
        self, session: Session, question: Question, verdict: Verdict, today: date, *, sure: float = DECIDED
    ) -> Outcome:
        """A verdict: with both sides beside each other, or by itself."""
        sure = min(sure, DECIDED_OF_STORY) if len(question.text.split()) > LONG else max(question.confidence, sure)
        question = replace(
            question, decision="answer", topics=(verdict.topic,), entities=verdict.sides or question.entities,
            confidence=sure, nearest=False, askings=(),
        )  # fmt: skip
        if not verdict.beside or question.brief:
            return self._answer(session, question, today, verdict=verdict)
        sources = cite(self.base, (*verdict.lines, *verdict.lend))
        session = remembering(
            self.base, session, question, question.entities, sources, chosen=verdict.chosen, weighed=True
        )
        return Outcome(session, then=Command("side", ("asked", "+".join(verdict.sides)), Weighed(question, verdict)))

    def _answer(
        self, session: Session, question: Question, today: date, *, cut: bool = False, verdict: Verdict | None = None
    ) -> Outcome:
        meta = next((topic for topic in question.topics if self.base.topics[topic].meta), None)
        if meta is not None:
            return self._meta(session, meta, question)
        question = self._wanted(session, question)
        answer = self.answers.answer(question, today, session.spelled, verdict, session.context.foreign)
        if answer.general:  # of the field as a whole, said to be so
            question = replace(question, confidence=min(question.confidence, TOPIC_SURE))
        spelled = tuple(dict.fromkeys((*session.spelled, *answer.spelled)))
        chosen = verdict.chosen if verdict is not None else ""
        weighed = verdict is not None
        session = remembering(
            self.base, session, question, answer.listed, answer.sources, answer, chosen, weighed=weighed
        ).model_copy(update={"spelled": spelled})
        held_apart = compared(self.base, question)  # not where somebody comes from
        roles = [item for item in dict.fromkeys(question.entities) if item in self.base.roles and item in held_apart]
        found = question.askings and not question.nearest  # sentences that answer go before a card of both
        if verdict is None and not found and "compare" in question.topics and len(roles) > 1:
            return Outcome(session, then=Command("side", ("asked", "+".join(roles)), question))
        text = f"{answer.text}\n{self.replies.text('too_long')}" if cut else answer.text
        buttons = (*self._next(answer, question), *rows(self.offers_of_all(question)))
        return Outcome(session, (reply_of(answer, question, text, buttons),), then=_then(question))

    def _wanted(self, session: Session, question: Question) -> Question:
        """The question without the credential that somebody has, where one that they have not is named beside it."""
        named = list(dict.fromkeys(span.id for span in question.spans if span.kind == "certification"))
        held = [item for item in named if item in session.profile.certifications]
        if len(named) != PAIR or len(held) != 1 or "compare" in question.topics:
            return question
        spans = tuple(span for span in question.spans if span.id not in held)
        return replace(question, spans=spans, entities=tuple(item for item in question.entities if item not in held))

    def _next(self, answer: Answer, question: Question) -> tuple[tuple[Button, ...], ...]:
        """[More], and what people usually ask next."""
        ids = (".".join(question.topics), ".".join(question.entities))
        buttons = [self.replies.button("button_more", "more", *ids)] if answer.more else []
        subject = question.entities[:1]
        for topic in self.base.topics[question.topics[0]].next if question.topics else ():
            fitting = not subject or self.base.kinds[subject[0]] in self.base.topics[topic].kinds
            if fitting and topic not in question.topics:
                buttons.append(self.replies.ask_button(topic, subject))
        return rows([button for button in buttons if button][:MAX_BUTTONS])

    def _unknown(self, session: Session, question: Question, today: date) -> Outcome:
        if question.askings:  # the nearest that is known, said to be no more than that
            answer = self.answers.answer(question, today, session.spelled, warned=session.context.foreign)
            misses = session.misses + 1
            session = remembering(self.base, session, _with_named(question), (), answer.sources, answer).model_copy(
                update={"misses": misses}
            )
            reply = reply_of(answer, question, answer.text, self._next(answer, question))
            reply = reply.model_copy(update={"outcome": "unknown", "unanswered": True})
            return Outcome(session, (reply,), then="resume")
        # What sounds of despair and holds no danger (the listener has heard it) is a feeling, no crisis.
        key = f"refusal_{'feeling' if question.refusal == 'crisis' else question.refusal}"
        if key not in self.base.texts.texts:
            key = "unknown_repeat" if session.misses else "unknown"
        session = session.model_copy(update={"misses": session.misses + 1})
        reply = self.fixed.refusal_of_kind(question, key)
        return Outcome(session, (reply.model_copy(update={"unanswered": question.refusal is None}),), then="resume")

    def _steer(self, session: Session, command: Command, today: date) -> Outcome:
        """A word that steers: what waits is shown again."""
        return Outcome(session, then="resume")

    def _needed(self, session: Session, command: Command, today: date) -> Outcome | None:
        """What a need is answered; then what waited waits again."""
        return Outcome(session, (command.said,), then="resume") if isinstance(command.said, Reply) else None

    def _meta(self, session: Session, topic: str, question: Question) -> Outcome:
        """What is no question about the field: another flow's way in, a greeting, help, thanks."""
        session = session.model_copy(update={"misses": 0})
        if topic == "assessment":
            return Outcome(session, then=Command("assess", ("help",), question.confidence))
        if topic not in CHAT_TOPICS:
            return Outcome(session, then=Command(SLASH, (topic,), question))
        return Outcome(session, (self.fixed.chat(topic, question.confidence),), then=_then(question))


def _then(question: Question) -> Literal["done", "resume"]:
    """What waited waits again after typed words; a button answers in place."""
    return "resume" if question.text else "done"


def _with_named(question: Question) -> Question:
    """A question that was not understood, with what it names all the same: what follows may lean on that."""
    named = tuple(dict.fromkeys(span.id for span in question.spans if span.kind in ENTITY_KINDS))
    return replace(question, entities=named) if named else question
