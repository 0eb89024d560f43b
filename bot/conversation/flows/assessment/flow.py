"""The self-assessment as a conversation: the bubbles, and each repair as a named pattern.

The patterns are those of conversation repair: correction, back, skip, don't know, cancel,
restart, digression (a question in the middle), resume, and a knowledge base that changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.advice.progress.effects import gained
from bot.conversation import form
from bot.conversation.about import About
from bot.conversation.flow import Command, Flow, Message, Outcome, Verb
from bot.conversation.flows.assessment.reading import AnswerReader
from bot.conversation.flows.assessment.view import ACTION, BACK, DONE, SKIP, STOP, UNDER_AGE, AssessmentView
from bot.conversation.frames import Assessing, Frame
from bot.conversation.memory import ProfileChange
from bot.conversation.messages import Reply
from bot.conversation.replies import Replies
from bot.conversation.session import AssessmentState, Given, Session
from bot.conversation.typed_answers import read_answer
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.content import AssessmentQuestion


class SelfAssessment(Flow):
    """Leads through the assessment."""

    name = ACTION
    personal = True
    echoes = True
    adults = True
    frames = ("assessment",)
    slash = {"assess": "begin"}

    def __init__(self, base: KnowledgeBase, replies: Replies) -> None:
        super().__init__(base, replies)
        self.questions, self.about = form.questions(base), About(replies)
        self.view, self.reader = AssessmentView(base, replies), AnswerReader(base, replies.speech)
        self.verbs = {
            "help": Verb(self._help, spoken=True),
            "begin": Verb(self._begin, spoken=True),
            "reopen": Verb(self._reopen, spoken=True),
            "restart": Verb(self._restart, spoken=True),
            "show": Verb(self._again, spoken=True),
            "again": Verb(self._again, spoken=True),
            "take": Verb(self._typed, takes=(1,), spoken=True),
            "which": Verb(self._which, takes=(1,), spoken=True),
            "told": Verb(self._told, spoken=True),
            "number": Verb(self._number, takes=(2,)),
        }

    def typed(self, heard: Message, frame: Frame | None) -> Command | None:
        """An answer to the question on the screen or to another one, or words that steer."""
        stored = heard.session.assessment
        if stored is None:
            return None
        if not isinstance(frame, Assessing):
            aside = stored.at is not None and self.reader.resumes(heard.text)
            return Command(ACTION, ("begin",)) if aside else None
        return self.reader.command(self._state(heard.session)[0], heard)

    def unread(self, heard: Message, frame: Frame) -> Command | None:
        """What may be an answer after all, else that it could not be read."""
        if heard.session.assessment is None:
            return None
        return self.reader.doubtful(self._state(heard.session)[0], heard)

    def show(self, session: Session, frame: Frame, *before: str) -> Reply | None:
        """The question on the screen."""
        if session.assessment is None:
            return None
        state = self._state(session)[0]
        return self.view.question(state, *before) if state.at is not None else None

    def run(self, session: Session, command: Command, today: date) -> Outcome | None:
        """One of the verbs, or a choice or control of the question that the arguments name."""
        if command.verb in self.verbs:
            return super().run(session, command, today)
        if len(command.rest) != 1 or command.verb not in self.questions:
            return None
        state, changed = self._state(session)
        wanted = command.rest[0]
        # Back, Skip and Done of a question long answered: nothing is on the screen.
        if state.at is None and wanted in (BACK, SKIP, DONE):
            return None
        return self._choose(session, state, self.questions[command.verb], wanted, self._notes(changed))

    def _state(self, session: Session) -> tuple[AssessmentState, bool]:
        """Where the assessment stands, with what was corrected since, and whether the knowledge took something away."""
        state, changed = form.mend(self.base, session.assessment or form.start(self.base))
        return form.agreeing(self.base, state, session.profile), changed

    def _choose(
        self, session: Session, state: AssessmentState, question: AssessmentQuestion, wanted: str, notes: list[str]
    ) -> Outcome | None:
        """What a control or a choice does; None for one that fits no question (any more)."""
        if wanted == STOP:
            stopped = session.without("assessment", assessment=state)
            return Outcome(stopped, (Reply(text=self.replies.text("assessment_cancelled")),))
        if wanted == UNDER_AGE:
            minor = session.without("assessment", assessment=None, under_age=True)
            return Outcome(minor, (Reply(text=self.replies.text("assessment_under_age")),))
        here = question.id == state.at
        if not here and question.id not in state.answers:
            return None
        if wanted in (BACK, SKIP, DONE):
            return self._control(session, state, question, wanted, notes) if here else self._asked(session, state)
        choice = next((item for item in question.choices if item.id == wanted), None)
        if choice is None:
            return None
        # A choice that sets nothing means "none" and goes on; the others are ticked.
        if here and question.kind == "many" and choice.sets != type(choice.sets)():
            without = tuple(item for item in state.picked if item != wanted)
            picked = without if wanted in state.picked else (*state.picked, wanted)
            return self._asked(session, state.model_copy(update={"picked": picked}))
        return self._take(session, state, question, Given(choices=(wanted,)), notes)

    def _control(
        self, session: Session, state: AssessmentState, question: AssessmentQuestion, wanted: str, notes: list[str]
    ) -> Outcome:
        if wanted == BACK:
            before = form.back(self.base, state)
            if before is None:
                return self._asked(session, state, self.replies.text("assessment_first"))
            return self._asked(session, before)
        if wanted == DONE:
            return self._take(session, state, question, Given(choices=state.picked), notes)
        # Nothing said: the planner's default stands, and the plan lists it. A goal has no default.
        if question.fills == "goal":
            return self._asked(session, state, self.replies.text("assessment_no_skip"))
        return self._take(session, state, question, Given(), notes)

    def _take(
        self,
        session: Session,
        state: AssessmentState,
        question: AssessmentQuestion,
        given: Given,
        notes: Sequence[str] = (),
    ) -> Outcome:
        """Keep an answer, say so, and ask the next question or finish."""
        after = form.prefilled(self.base, form.answer(self.base, state, question.id, given), session.profile)
        if after.at is None:
            return self._finished(session, after)
        corrected = question.id != state.at and question.id in state.answers
        profile = form.completed(self.base, after, session.profile)
        session = session.model_copy(update={"profile": form.without_years(self.base, profile, state, after)})
        besides = [item for item in after.known if item not in state.known and item != question.id]
        more = [line for item in besides for line in self.view.noted(self.questions[item], after.answers[item])]
        return self._asked(session, after, *notes, *self.view.noted(question, given, corrected=corrected), *more)

    def _finished(self, session: Session, state: AssessmentState) -> Outcome:
        """All is answered: to the plan, or without a goal to what could be one."""
        profile = form.completed(self.base, state, session.profile)
        if session.progress is not None:
            profile = gained(self.base, profile, session.progress.done)
        session = session.without("assessment", assessment=state, profile=profile)
        if profile.goal is None:
            count = len(form.relevant(self.base, state.answers))
            return Outcome(session, then=Command("choose", ("begin",), count))
        return Outcome(session, then=Command("road", ("open",)))

    def _asked(self, session: Session, state: AssessmentState, *before: str) -> Outcome:
        """The question of a state on the screen."""
        return Outcome(session.pushed(Assessing(), assessment=state), (self.view.question(state, *before),))

    def _help(self, session: Session, command: Command, today: date) -> Outcome:
        """ "Help me choose": the facts first; once they are known, likes and deeds."""
        if session.assessment is not None and session.assessment.at is None:
            return Outcome(session, then=Command("choose", ("start",)))
        return self._begin(session, command, today)

    def _begin(self, session: Session, command: Command, today: date) -> Outcome:
        """Start, or go on where somebody stopped; either answers "help me choose"."""
        stored, key = session.assessment, "assessment_resume"
        state = self._state(session)[0] if stored is not None and stored.answers and stored.at else None
        if state is None or state.at is None:
            # Whoever was through it once and begins again is asked everything.
            told = session.profile if stored is None else None
            state, key = form.start(self.base, told), "assessment_intro"
        if state.at is None:  # all of it was told
            return self._finished(session, state)
        sure = command.said if isinstance(command.said, float) else 1.0
        known = self.view.told(state) if key == "assessment_intro" else []
        asked = self._asked(session.without("recommend", "readiness"), state, self.replies.text(key), *known)
        reply = asked.replies[0].model_copy(update={"outcome": "answer", "confidence": round(sure, 3)})
        return Outcome(asked.session, (reply,))

    def _reopen(self, session: Session, command: Command, today: date) -> Outcome | None:
        """Back to the last question, its answer taken back."""
        state = form.back(self.base, session.assessment) if session.assessment is not None else None
        return self._asked(session, state) if state is not None else None

    def _restart(self, session: Session, command: Command, today: date) -> Outcome:
        return self._asked(session, form.start(self.base), self.replies.text("assessment_restarted"))

    def _again(self, session: Session, command: Command, today: date) -> Outcome | None:
        """The same question once more, and why."""
        state, changed = self._state(session)
        if state.at is None:
            return self._finished(session, state)
        why = (self.view.why_again(state, command.said),) if command.verb == "again" else ()
        return self._asked(session, state, *(self._notes(changed) if why else ()), *why)

    def _which(self, session: Session, command: Command, today: date) -> Outcome | None:
        """A number that may answer two questions: which of them?"""
        state, _ = self._state(session)
        if state.at is None:
            return None
        return Outcome(session.pushed(Assessing(), assessment=state), (self.view.which(state, command.rest[0]),))

    def _number(self, session: Session, command: Command, today: date) -> Outcome | None:
        """The number, for the question that was meant."""
        state, changed = self._state(session)
        question, number = self.questions.get(command.rest[0]), command.rest[1]
        if question is None or question.unit is None or not number.isdecimal() or state.at is None:
            return None
        given = read_answer(self.base, self.replies.speech, question, number, ())
        return self._take(session, state, question, given, self._notes(changed)) if given is not None else None

    def _told(self, session: Session, command: Command, today: date) -> Outcome | None:
        """Something was told that the question on the screen did not ask for: it is kept, and the question stays."""
        state, changed = self._state(session)
        after = form.prefilled(self.base, state, session.profile)
        if after.at is None:
            return self._finished(session, after)
        besides = [item for item in after.known if item not in state.known]
        notes = [line for item in besides for line in self.view.noted(self.questions[item], after.answers[item])]
        notes += self._put_right(session, after)
        heard = self.about.echo(command.said) if isinstance(command.said, tuple) else None
        notes = notes or [str(heard)] if heard is not None else notes
        return self._asked(session, after, *self._notes(changed), *(notes or [self.replies.text("assessment_again")]))

    def _typed(self, session: Session, command: Command, today: date) -> Outcome | None:
        """An answer in words to the question named, on the screen or not."""
        state, changed = self._state(session)
        question = self.questions.get(command.rest[0])
        if question is None or not isinstance(command.said, Given):
            return None
        besides = self._put_right(session, state, apart_from=question.id)
        return self._take(session, state, question, command.said, [*self._notes(changed), *besides])

    def _put_right(self, session: Session, now: AssessmentState, apart_from: str = "") -> list[str]:
        """What a message changed of answers given before, said."""
        before = session.assessment.answers if session.assessment is not None else {}
        lines: list[str] = []
        for key in (key for key in before if key in now.answers and key != apart_from):
            question, given = self.questions[key], now.answers[key]
            if before[key] == given:
                continue
            lines += self.view.noted(question, given, corrected=True)
            gone = self.about.echo(ProfileChange(question.fills, None, item) for item in before[key].ids)
            lines += [str(gone)] if given.empty and gone is not None else []
        return lines

    def _notes(self, changed: bool) -> list[str]:
        return [self.replies.text("assessment_removed")] if changed else []
