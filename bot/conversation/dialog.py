"""The self-assessment as a conversation: the bubbles, and each repair as a named pattern.

Every function takes the session's assessment and gives back the new one with its bubbles.
The patterns are those of conversation repair: correction, back, skip, don't know, cancel,
restart, digression (a question in the middle), resume, and a knowledge base that changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.conversation import assessment as steps
from bot.conversation.assessment import AssessmentState, Given
from bot.conversation.messages import Button, Reply
from bot.conversation.presses import Press, encode
from bot.conversation.reading import asks, is_cue, missed_range, read_answer, starts_with_cue, under_age, volunteered
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.content import AssessmentQuestion, Choice
from bot.understanding.question import Question, Span

ACTION = "assess"
BACK, SKIP, STOP, DONE, UNDER_AGE = "_back", "_skip", "_stop", "_done", "_minor"
BUTTONS_A_ROW = 2
UNSURE = "unsure"


@dataclass(frozen=True)
class Outcome:
    """What a message did to the assessment.

    `finished` holds all answers once the last is given; `paused` keeps them for another day;
    `state` None without either forgets them. `digression` says that the message was a
    question of its own, to be answered before going on.
    """

    state: AssessmentState | None
    replies: tuple[Reply, ...] = ()
    finished: AssessmentState | None = None
    paused: bool = False
    digression: bool = False


class Dialog:
    """Leads through the assessment of one knowledge base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        self.questions = steps.questions(base)

    def begin(self, stored: AssessmentState | None, *, edit: bool = False) -> Outcome:
        """Start, or go on where somebody stopped."""
        if stored is not None and stored.answers and stored.at is not None:
            state, _ = steps.mend(self.base, stored)
            if state.at is not None:
                return Outcome(state, (self.show(state, self._text("assessment_resume"), edit=edit),))
        state = steps.start(self.base)
        return Outcome(state, (self.show(state, self._text("assessment_intro"), edit=edit),))

    def show(self, state: AssessmentState, *before: str, edit: bool = False) -> Reply:
        """The question on the screen: its number, its words, its choices, and the way out."""
        question = self.questions[str(state.at)]
        number, count = steps.progress(self.base, state)
        head = self._text("assessment_count").format(number=number, count=count)
        body = f"<b>{Markup.escape(head)}</b> {Markup.escape(question.ask)}"
        hint = f"<i>{Markup.escape(question.hint)}</i>" if question.hint else ""
        return Reply(
            text="\n".join(part for part in (*before, body, hint) if part),
            buttons=self._buttons(question, state, first=number == 1),
            takes_number=question.unit is not None,
            edit=edit,
            outcome="clarify",
            topics=("assessment",),
        )

    def _buttons(
        self, question: AssessmentQuestion, state: AssessmentState, *, first: bool
    ) -> tuple[tuple[Button, ...], ...]:
        choices = [self._choice_button(question, choice, state) for choice in question.choices]
        rows = [tuple(choices[start : start + BUTTONS_A_ROW]) for start in range(0, len(choices), BUTTONS_A_ROW)]
        controls = [(UNDER_AGE, "button_under_age")] if first else [(BACK, "button_back")]
        controls += [(DONE, "button_done") if question.kind == "many" else (SKIP, "button_skip"), (STOP, "button_stop")]
        row = tuple(
            Button(label=self._text(key), press=_press(question.id, control), say=self._text(key))
            for control, key in controls
        )
        return (*rows, row)

    def _choice_button(self, question: AssessmentQuestion, choice: Choice, state: AssessmentState) -> Button:
        label = choice.label
        if choice.id in state.picked:
            label = self._text("mark_chosen").format(label=label)
        return Button(label=label, press=_press(question.id, choice.id), say=choice.label)

    def press(self, state: AssessmentState, arguments: Sequence[str]) -> Outcome | None:
        """A press on this or an earlier question; None for one that fits no question."""
        if len(arguments) != 2 or arguments[0] not in self.questions:  # noqa: PLR2004 - question, choice
            return None
        question, wanted = self.questions[arguments[0]], arguments[1]
        asked = question.id == state.at or question.id in state.answers
        if wanted == STOP:
            return Outcome(state, (Reply(text=self._text("assessment_cancelled"), edit=True),), paused=True)
        if wanted == UNDER_AGE:
            return self._minor(edit=True)
        if not asked:
            return None
        if wanted in (BACK, SKIP, DONE):
            if question.id != state.at:
                return Outcome(state, (self.show(state, edit=True),))
            return self._control(state, question, wanted)
        if wanted not in {choice.id for choice in question.choices}:
            return None
        if question.kind == "many" and question.id == state.at:
            return self._tick(state, question, wanted)
        corrected = question.id != state.at
        return self._take(state, question, Given(choices=(wanted,)), corrected=corrected, edit=True)

    def _control(self, state: AssessmentState, question: AssessmentQuestion, wanted: str) -> Outcome:
        if wanted == BACK:
            return self._back(state, edit=True)
        if wanted == DONE:
            return self._take(state, question, Given(choices=state.picked), edit=True)
        return self._skip(state, question, edit=True)

    def _tick(self, state: AssessmentState, question: AssessmentQuestion, wanted: str) -> Outcome:
        """Tick or untick one of several; a choice that sets nothing means "none" and goes on."""
        choice = next(item for item in question.choices if item.id == wanted)
        if choice.sets == type(choice.sets)():
            return self._take(state, question, Given(choices=(wanted,)), edit=True)
        picked = (
            tuple(item for item in state.picked if item != wanted)
            if wanted in state.picked
            else (*state.picked, wanted)
        )
        ticked = state.model_copy(update={"picked": picked})
        return Outcome(ticked, (self.show(ticked, edit=True),))

    def typed(self, state: AssessmentState, text: str, understood: Question) -> Outcome:
        """A typed message while a question is on the screen."""
        state, changed = steps.mend(self.base, state)
        if state.at is None:
            return Outcome(None, finished=state)
        question = self.questions[state.at]
        before = (self._text("assessment_removed"),) if changed else ()
        steered = self._steered(state, question, text) or self._correction(state, text, understood.spans)
        if steered is not None:
            return steered
        asking = asks(text)
        given = None if asking else read_answer(self.base, question, text, understood.spans)
        if given is not None:
            return self._take(state, question, given, before=before)
        if is_cue(text, self.base.texts.cues["skip"]) or is_cue(text, self.base.texts.cues["unsure"]):
            return self._skip(state, question, edit=False)
        if missed_range(question, text) is not None:
            return self._again(state, question, text, *before)
        told = None if asking else self._elsewhere(state, text, understood.spans)
        if told is not None:
            return told
        if understood.decision == "answer" and "assessment" not in understood.topics:
            return Outcome(state, digression=True)
        given = read_answer(self.base, question, text, understood.spans)
        if given is not None:
            return self._take(state, question, given, before=before)
        return self._again(state, question, text, *before)

    def _again(self, state: AssessmentState, question: AssessmentQuestion, text: str, *before: str) -> Outcome:
        """The same question once more, and why."""
        limits = missed_range(question, text)
        why = self._text("assessment_again")
        if limits is not None:
            why = self._text("assessment_range").format(low=f"{limits[0]:g}", high=f"{limits[1]:,.0f}")
        return Outcome(state, (self.show(state, *before, why),))

    def _steered(self, state: AssessmentState, question: AssessmentQuestion, text: str) -> Outcome | None:
        """Words that steer the dialog instead of answering: stop, restart, back, go on, done."""
        cues = self.base.texts.cues
        if under_age(text):
            return self._minor(edit=False)
        if is_cue(text, cues["cancel"]):
            return Outcome(state, (Reply(text=self._text("assessment_cancelled")),), paused=True)
        if is_cue(text, cues["restart"]):
            fresh = steps.start(self.base)
            return Outcome(fresh, (self.show(fresh, self._text("assessment_restarted")),))
        if is_cue(text, cues["back"]):
            return self._back(state, edit=False)
        if is_cue(text, cues["go_on"]):
            return Outcome(state, (self.show(state),))
        if is_cue(text, cues["done"]) and question.kind == "many":
            return self._take(state, question, Given(choices=state.picked))
        return None

    def _correction(self, state: AssessmentState, text: str, spans: Sequence[Span]) -> Outcome | None:
        """ "Actually I live in India": changes the earlier answer that the words fit."""
        rest = starts_with_cue(text, self.base.texts.cues["correction"])
        if rest is None:
            return None
        for question_id in (*reversed(list(state.answers)), str(state.at)):
            question = self.questions[question_id]
            given = read_answer(self.base, question, rest, spans)
            if given is not None and not given.empty:
                return self._take(state, question, given, corrected=question_id != state.at)
        return None

    def _elsewhere(self, state: AssessmentState, text: str, spans: Sequence[Span]) -> Outcome | None:
        """Something said before it is asked: kept, and the question on the screen stays."""
        for question_id in steps.relevant(self.base, state.answers):
            question = self.questions[question_id]
            if question_id in state.answers or question_id == state.at:
                continue
            given = volunteered(self.base, question, text, spans)
            if given is not None:
                return self._take(state, question, given)
        return None

    def _take(
        self,
        state: AssessmentState,
        question: AssessmentQuestion,
        given: Given,
        *,
        corrected: bool = False,
        edit: bool = False,
        before: Sequence[str] = (),
    ) -> Outcome:
        """Keep an answer, say so, and ask the next question or finish."""
        after = steps.answer(self.base, state, question.id, given)
        said = self._in_words(question, given)
        key = "assessment_corrected" if corrected else "assessment_noted"
        noted = [self._text(key).format(answer=Markup.escape(said))] if said else []
        if after.at is None:
            return Outcome(None, finished=after)
        return Outcome(after, (self.show(after, *before, *noted, edit=edit),))

    def _in_words(self, question: AssessmentQuestion, given: Given) -> str:
        labels = [choice.label for choice in question.choices if choice.id in given.choices and choice.id != UNSURE]
        if given.number is not None:
            labels.append(f"{given.number:g}")
        vocabulary = self.base.assessment
        named = {
            item.id: item.name
            for group in (
                vocabulary.countries,
                vocabulary.education,
                vocabulary.licences,
                vocabulary.settings,
                vocabulary.backgrounds,
            )
            for item in group
        }
        labels += [
            self.base.entities[item].short if item in self.base.entities else named.get(item, item)
            for item in given.ids
        ]
        return ", ".join(labels)

    def _back(self, state: AssessmentState, *, edit: bool) -> Outcome:
        before = steps.back(self.base, state)
        if before is None:
            return Outcome(state, (self.show(state, self._text("assessment_first"), edit=edit),))
        return Outcome(before, (self.show(before, edit=edit),))

    def _skip(self, state: AssessmentState, question: AssessmentQuestion, *, edit: bool) -> Outcome:
        """Nothing said: the planner's default stands, and the plan lists it. A goal has no default."""
        if question.fills == "goal":
            return Outcome(state, (self.show(state, self._text("assessment_no_skip"), edit=edit),))
        return self._take(state, question, Given(), edit=edit)

    def _minor(self, *, edit: bool) -> Outcome:
        return Outcome(None, (Reply(text=self._text("assessment_under_age"), edit=edit),))

    def _text(self, key: str) -> str:
        return self.base.texts.texts[key]


def _press(question_id: str, choice_id: str) -> str:
    return str(encode(Press(ACTION, (question_id, choice_id))))
