"""What a typed message is to the assessment: words that steer, an answer, a correction, or something told early."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation import form
from bot.conversation.flow import Command, Message
from bot.conversation.flows.assessment.view import ACTION, BACK, DONE, SKIP, STOP, UNDER_AGE
from bot.conversation.memory import remembered
from bot.conversation.session import AssessmentState
from bot.conversation.typed_answers import missed_range, read_answer, volunteered
from bot.knowledge.base import KnowledgeBase
from bot.understanding.listening.listener import MINOR
from bot.understanding.parsing.cues import MAX_ANSWER, is_cue, is_framed_cue, starts_with_cue, without_openings
from bot.understanding.parsing.speech import Speech
from bot.understanding.question import Span
from bot.understanding.reader.heard import Heard

MAX_DIGITS = 6
# What a message may tell beside the question on the screen.
KEPT = ("role", "licence", "certification", "education", "country", "setting", "years", "goal")


def _asks(told: Heard, correction: Sequence[str]) -> bool:
    """Whether a clause asks by its words ("whats a …"), and puts nothing right: such a message is no answer."""
    return any(
        "asks" in clause.acts and not clause.marked and not is_cue(clause.text, correction) for clause in told.clauses
    )


def _keeps(told: Heard) -> bool:
    """Whether something is told that a question of the assessment would ask."""
    return any(fact.standing in ("held", "planned") and fact.field in KEPT for fact in told.facts)


class AnswerReader:
    """Reads messages while a question of the assessment waits."""

    def __init__(self, base: KnowledgeBase, speech: Speech) -> None:
        self.base, self.speech = base, speech
        self.questions = form.questions(base)

    def command(self, state: AssessmentState, heard: Message) -> Command | None:
        """What the message is at first sight; None where it may be a question of its own."""
        text, spans = heard.text, heard.question.spans if heard.question is not None else ()
        if state.at is None:
            return Command(ACTION, ("show",))
        told = heard.told
        steered = self._steered(state, heard) or self._correction(state, text, spans, told)
        if steered is not None:
            return steered
        asking = self._asking(text, told)
        question = self.questions[state.at]
        given = None if asking else read_answer(self.base, self.speech, question, text, spans, told)
        if given is not None:
            return Command(ACTION, ("take", question.id), given)
        if self._says("unsure", text) or self._says("skip", text):
            return Command(ACTION, (question.id, SKIP))
        if missed_range(self.speech, question, text, told) is not None:
            return Command(ACTION, ("again",), text)
        if asking:
            return None
        elsewhere = self._elsewhere(state, text, spans, told) or self._which(state, heard)
        return elsewhere or (self._besides(heard) if _keeps(told) else None)

    def resumes(self, text: str) -> bool:
        """Whether somebody whose questions were put aside wants to go on with them: in more words than a bare cue."""
        return self._says("go_on", text) and not is_cue(text, self.base.texts.cues["go_on"])

    def _says(self, key: str, text: str) -> bool:
        """Whether the whole message is a cue, whatever courtesy stands around it ("can we go on please")."""
        cues = self.base.texts.cues
        return is_framed_cue(text, cues[key], cues.get("framing", ()))

    def _asking(self, text: str, told: Heard) -> bool:
        """Whether a message asks, be it after a word that holds the dialog up ("hang on is … hard")."""
        cues = self.base.texts.cues
        if self.speech.asks(text) or _asks(told, cues["correction"]):
            return True
        bare = without_openings(text, cues.get("hold_on", ()))
        return bare is not None and self.speech.asks(bare)

    def doubtful(self, state: AssessmentState, heard: Message) -> Command | None:
        """What nobody else took: an answer in the shape of a question, or that it could not be read."""
        question = heard.question
        if question is None or state.at is None:
            return None
        if question.decision == "answer" and "assessment" not in question.topics:
            return None
        given = read_answer(self.base, self.speech, self.questions[state.at], heard.text, question.spans, heard.told)
        if given is not None and not self._asking(heard.text, heard.told):
            return Command(ACTION, ("take", state.at), given)
        return self._besides(heard) or Command(ACTION, ("again",), heard.text)

    def _steered(self, state: AssessmentState, heard: Message) -> Command | None:
        """Words that steer the dialog instead of answering: stop, restart, back, go on, done."""
        text, at = heard.text, str(state.at)
        bare = text.strip().isdecimal()  # what it counts is asked
        untold = heard.told.under_age is None and not bare
        minor = heard.told.under_age or (untold and self.speech.numbers.minor(text[:MAX_ANSWER]))
        heeded = not bare and any(item.need == MINOR for item in heard.heeded)
        if minor or (heeded and not self._answered(at, heard)):
            return Command(ACTION, (at, UNDER_AGE))
        if self._says("cancel", text):
            return Command(ACTION, (at, STOP))
        if self._says("restart", text):
            return Command(ACTION, ("restart",))
        if self._says("go_on", text):
            return Command(ACTION, ("show",))
        if self._says("back", text):
            return Command(ACTION, (at, BACK))
        if self._says("done", text) and self.questions[at].kind == "many":
            return Command(ACTION, (at, DONE))
        return None

    def _answered(self, at: str, heard: Message) -> bool:
        """Whether words that only sound like an age answer the question on the screen ("15" hours, "i'm in …")."""
        spans = heard.question.spans if heard.question is not None else ()
        return read_answer(self.base, self.speech, self.questions[at], heard.text, spans, heard.told) is not None

    def _which(self, state: AssessmentState, heard: Message) -> Command | None:
        """A bare number where none was asked for: which of the questions still open is meant?"""
        number, amounts = heard.text.strip(), heard.told.amounts
        if len(number.split()) == 1 and len(amounts) == 1 and amounts[0].kind == "number":  # "1k"
            number = f"{amounts[0].value:.0f}"
        if self.questions[str(state.at)].unit is not None or not number.isdecimal() or len(number) > MAX_DIGITS:
            return None
        return Command(ACTION, ("which", number))

    def _besides(self, heard: Message) -> Command | None:
        """Nothing to a question, but something to keep."""
        changes = remembered(self.base, heard.session.profile, heard.told)[1]
        return Command(ACTION, ("told",), changes) if changes or _keeps(heard.told) else None

    def _correction(self, state: AssessmentState, text: str, spans: Sequence[Span], told: Heard) -> Command | None:
        """ "Actually I live in India": changes the earlier answer that the words fit."""
        rest = starts_with_cue(text, self.base.texts.cues["correction"])
        if rest is None and any("corrects" in clause.acts for clause in told.clauses):
            rest = text
        if rest is None or self._asking(rest, told) or is_cue(text, self.base.texts.cues["none"]):
            return None  # a bare "no" answers what is asked
        for question_id in (*reversed(list(state.answers)), str(state.at)):
            given = read_answer(self.base, self.speech, self.questions[question_id], rest, spans, told)
            if given is not None and not given.empty:
                return Command(ACTION, ("take", question_id), given)
        return None

    def _elsewhere(self, state: AssessmentState, text: str, spans: Sequence[Span], told: Heard) -> Command | None:
        """Something said before it is asked: kept, and the question on the screen stays."""
        for question_id in form.relevant(self.base, state.answers):
            if question_id in state.answers or question_id == state.at:
                continue
            given = volunteered(self.base, self.speech, self.questions[question_id], text, spans, told)
            if given is not None:
                return Command(ACTION, ("take", question_id), given)
        return self._once_more(state, text, spans, told)

    def _once_more(self, state: AssessmentState, text: str, spans: Sequence[Span], told: Heard) -> Command | None:
        """A number in the unit of a question that was answered before is an answer to that one."""
        for question_id in state.answers:
            question = self.questions[question_id]
            if question.unit in (None, "years") or question.unit == self.questions[str(state.at)].unit:
                continue
            given = volunteered(self.base, self.speech, question, text, spans, told)
            if given is not None and given.number is not None:
                return Command(ACTION, ("take", question_id), given)
        return None
