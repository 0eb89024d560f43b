"""What a typed message is to the assessment: words that steer, an answer, a correction, or something told early."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.flow import Command, Message
from bot.conversation.flows.assessment import form
from bot.conversation.flows.assessment.view import ACTION, BACK, DONE, SKIP, STOP, UNDER_AGE
from bot.conversation.parsing.answers import (
    asks,
    is_cue,
    missed_range,
    read_answer,
    starts_with_cue,
    under_age,
    volunteered,
)
from bot.conversation.session import AssessmentState
from bot.knowledge.base import KnowledgeBase
from bot.understanding.question import Span


class Reader:
    """Reads messages while a question of the assessment waits."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        self.questions = form.questions(base)

    def command(self, state: AssessmentState, heard: Message) -> Command | None:
        """What the message is at first sight; None where it may be a question of its own."""
        text, spans = heard.text, heard.question.spans if heard.question is not None else ()
        if state.at is None:
            return Command(ACTION, ("show",))
        steered = self._steered(state, text) or self._correction(state, text, spans)
        if steered is not None:
            return steered
        asking = asks(text)
        question = self.questions[state.at]
        given = None if asking else read_answer(self.base, question, text, spans)
        if given is not None:
            return Command(ACTION, ("take", question.id), given)
        if any(is_cue(text, self.base.texts.cues[cue]) for cue in ("skip", "unsure")):
            return Command(ACTION, (question.id, SKIP))
        if missed_range(question, text) is not None:
            return Command(ACTION, ("again",), text)
        return None if asking else self._elsewhere(state, text, spans)

    def doubtful(self, state: AssessmentState, heard: Message) -> Command | None:
        """What nobody else took: an answer in the shape of a question, or that it could not be read."""
        question = heard.question
        if question is None or state.at is None:
            return None
        if question.decision == "answer" and "assessment" not in question.topics:
            return None
        given = read_answer(self.base, self.questions[state.at], heard.text, question.spans)
        return Command(ACTION, ("take", state.at), given) if given else Command(ACTION, ("again",), heard.text)

    def _steered(self, state: AssessmentState, text: str) -> Command | None:
        """Words that steer the dialog instead of answering: stop, restart, back, go on, done."""
        cues, at = self.base.texts.cues, str(state.at)
        if under_age(text):
            return Command(ACTION, (at, UNDER_AGE))
        if is_cue(text, cues["cancel"]):
            return Command(ACTION, (at, STOP))
        if is_cue(text, cues["restart"]):
            return Command(ACTION, ("restart",))
        if is_cue(text, cues["back"]):
            return Command(ACTION, (at, BACK))
        if is_cue(text, cues["go_on"]):
            return Command(ACTION, ("show",))
        if is_cue(text, cues["done"]) and self.questions[at].kind == "many":
            return Command(ACTION, (at, DONE))
        return None

    def _correction(self, state: AssessmentState, text: str, spans: Sequence[Span]) -> Command | None:
        """ "Actually I live in India": changes the earlier answer that the words fit."""
        rest = starts_with_cue(text, self.base.texts.cues["correction"])
        if rest is None:
            return None
        for question_id in (*reversed(list(state.answers)), str(state.at)):
            given = read_answer(self.base, self.questions[question_id], rest, spans)
            if given is not None and not given.empty:
                return Command(ACTION, ("take", question_id), given)
        return None

    def _elsewhere(self, state: AssessmentState, text: str, spans: Sequence[Span]) -> Command | None:
        """Something said before it is asked: kept, and the question on the screen stays."""
        for question_id in form.relevant(self.base, state.answers):
            if question_id in state.answers or question_id == state.at:
                continue
            given = volunteered(self.base, self.questions[question_id], text, spans)
            if given is not None:
                return Command(ACTION, ("take", question_id), given)
        return None
