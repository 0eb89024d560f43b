"""The questions of the assessment as bubbles."""

from __future__ import annotations

from markupsafe import Markup, escape

from bot.conversation import form
from bot.conversation.messages import Button, Reply
from bot.conversation.replies import Replies
from bot.conversation.session import AssessmentState, Given
from bot.conversation.typed_answers import RANGES, missed_range
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.content import AssessmentQuestion, Choice

ACTION = "assess"
BACK, SKIP, STOP, DONE, UNDER_AGE = "_back", "_skip", "_stop", "_done", "_minor"
UNSURE = "unsure"


class AssessmentView:
    """Shows the questions of one knowledge base."""

    def __init__(self, base: KnowledgeBase, replies: Replies) -> None:
        self.base, self.replies = base, replies
        self.questions = form.questions(base)

    def question(self, state: AssessmentState, *before: str) -> Reply:
        """The question on the screen: its number, its words, its choices, and the way out."""
        question = self.questions[str(state.at)]
        number, count = form.progress(self.base, state)
        head = self.replies.text("assessment_count").format(number=number, count=count)
        lines = (
            *before,
            f"<b>{escape(head)}</b> {escape(question.ask)}",
            f"<i>{escape(question.hint)}</i>" if question.hint else "",
        )
        controls = [(UNDER_AGE, "button_under_age")] if number == 1 else [(BACK, "button_back")]
        controls += [(DONE, "button_done") if question.kind == "many" else (SKIP, "button_skip"), (STOP, "button_stop")]
        away = [self.replies.button(key, ACTION, question.id, control) for control, key in controls]
        choices = [self._choice(question, choice, state) for choice in question.choices]
        reply = self.replies.reply(lines, choices, away=away, topic="assessment", asks=True)
        return reply.model_copy(update={"takes_number": question.unit is not None})

    def _choice(self, question: AssessmentQuestion, choice: Choice, state: AssessmentState) -> Button | None:
        marked = choice.id in state.picked
        label = self.replies.text("mark_chosen").format(label=choice.label) if marked else choice.label
        return self.replies.tap(ACTION, label, question.id, choice.id, say=choice.label)

    def told(self, state: AssessmentState) -> list[str]:
        """What is not asked because it was told before; nothing where all is asked."""
        said = [self._labelled(self.questions[item], state.answers[item]) for item in state.known]
        return [str(self.replies.fill("assessment_told", what=", ".join(filter(None, said))))] if any(said) else []

    def which(self, state: AssessmentState, number: str) -> Reply:
        """Whether a bare number answers one open question or another, and these as buttons."""
        meant = [
            item for item in form.relevant(self.base, state.answers)
            if (unit := self.questions[item].unit) is not None and item not in state.answers
            and state.at not in self.questions[item].skip_if and RANGES[unit][0] <= float(number) <= RANGES[unit][1]
        ]  # fmt: skip
        said = {item: self._labelled(self.questions[item], Given(number=float(number))) for item in meant}
        reply = self.question(state, str(self.replies.fill("assessment_which", number=number)))
        buttons = [self.replies.tap(ACTION, label, "number", item, number) for item, label in said.items()]
        return reply.model_copy(update={"buttons": (tuple(item for item in buttons if item), *reply.buttons)})

    def noted(self, question: AssessmentQuestion, given: Given, *, corrected: bool = False) -> list[str]:
        """The answer as it was taken, with the name of its field; nothing for one that says nothing."""
        said = self._labelled(question, given)
        key = "assessment_corrected" if corrected else "assessment_noted"
        return [self.replies.text(key).format(answer=Markup.escape(said))] if said else []

    def why_again(self, state: AssessmentState, text: object) -> str:
        """Why the same question is asked once more."""
        limits = missed_range(self.replies.speech, self.questions[str(state.at)], str(text))
        if limits is None:
            return self.replies.text("assessment_again")
        return self.replies.text("assessment_range").format(low=f"{limits[0]:g}", high=f"{limits[1]:,.0f}")

    def _labelled(self, question: AssessmentQuestion, given: Given) -> str:
        said = self._in_words(question, given)
        return f"{self.replies.text(f'me_{question.fills}')}: {said}" if said else ""

    def _in_words(self, question: AssessmentQuestion, given: Given) -> str:
        labels = [choice.label for choice in question.choices if choice.id in given.choices and choice.id != UNSURE]
        labels += [
            self.replies.text("me_years_one" if count == 1 else "me_years_of").format(
                count=f"{count:g}", kind=self.replies.name(kind)
            )
            for kind, count in given.years.items()
        ]
        if given.number is not None:
            labels.append(self._number(question, given))
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

    def _number(self, question: AssessmentQuestion, given: Given) -> str:
        """A number with what it counts."""
        if question.unit == "hours":
            return self.replies.text("me_hours").format(hours=f"{given.number:g}")
        if question.unit == "money":
            return f"{given.number:,.0f} {given.currency or self.base.field.currency}"
        return f"{given.number:g}"
