"""The messages that follow a danger: help stays in sight until somebody is seen to be well or to have gone on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Literal, get_args

from markupsafe import Markup

from bot.conversation.flow import Command, Flow, Message, Outcome, Verb
from bot.conversation.frames import Confirming
from bot.conversation.messages import Reply
from bot.conversation.replies import Replies, rows
from bot.conversation.session import AfterDanger, Session
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.listening import HelpFor
from bot.understanding.context import points_back
from bot.understanding.listening.listener import Listener
from bot.understanding.normalise import normalise
from bot.understanding.parsing.cues import is_cue

MESSAGES = 3  # typed after a danger, in which it is not forgotten
LINES: tuple[HelpFor, ...] = get_args(HelpFor)
ASKED = ("answer", "clarify")  # what a question of the field comes to
SAFE, UNSAFE = "safe", "unsafe"  # cues of answers to whether somebody is safe
LIKELY = 0.85  # chance of the answer, where a message has no form of a question or names nothing
WAY_IN = "assessment"  # the topic of words that need no form of a question


class Aftercare(Flow):
    """Keeps help in sight after a danger. Of what was said nothing is kept but which kind of line was named."""

    name = block = "aftercare"
    block_keys = ("beside", "over", "safe", "button", "still_life")
    block_slots = ("line",)
    block_cues = (SAFE, UNSAFE)

    def __init__(self, base: KnowledgeBase, replies: Replies) -> None:
        super().__init__(base, replies)
        self.verbs = {"line": Verb(self._shown, takes=(1,))}

    @staticmethod
    def begun(session: Session, line: HelpFor, how: Literal["surely", "asked", "beside"] = "surely") -> Session:
        """The session after a danger was answered with a line."""
        return session.model_copy(update={"after_danger": AfterDanger(line=line, left=MESSAGES, how=how)})

    def again(self, session: Session, line: HelpFor, languages: Iterable[str]) -> str | None:
        """What is said where the message before was answered with the same line: nothing is said twice in a row."""
        after = session.after_danger
        told = after is not None and (after.line, after.left, after.how) == (line, MESSAGES, "surely")
        key = f"again_{line}"
        return self._said(key, languages, line, session) if told and key in self.words.texts else None

    def safe(self, session: Session, text: str) -> bool:
        """Whether somebody who was asked just now says that they are safe."""
        return _asked(session) and _is_one(text, self.words.cues[SAFE])

    def over(self, session: Session, languages: Iterable[str]) -> Outcome:
        """Somebody says that there is no danger, or that they are safe, as they were asked."""
        buttons = (self.replies.ask_button("assessment"), self.replies.home())
        text = self._said("safe" if _asked(session) else "over", languages)
        reply = Reply(text=text, buttons=rows(item for item in buttons if item))
        return Outcome(session.model_copy(update={"after_danger": None}), (reply,), then="resume")

    def followed(self, heard: Message, outcome: Outcome | None, listener: Listener, typed: str) -> Outcome | None:
        """What a message after a danger is answered: `outcome` with help beside it where it is plainly for us, else
        help once more.
        """
        session, after = heard.session, heard.session.after_danger
        if after is None:
            return outcome
        line = after.line
        doubtful = listener.hints(heard.text) or self._refused(session, typed)
        if outcome is None or doubtful or (after.how == "surely" and not self._plainly(heard, outcome)):
            home = self.replies.home()
            reply = Reply(
                text=self._still(line, session, listener.spoken(heard.text)), buttons=((home,),) if home else ()
            )
            return Outcome(_counted(session), (reply,))
        if after.how == "beside":
            return replace(outcome, session=_counted(outcome.session))
        first, *rest = outcome.replies
        button = self.replies.tap(self.name, str(self.own("button")).strip(), "line", line)
        beside = {
            "text": f"{self.own('beside').strip()}\n{first.text}",
            "buttons": (*first.buttons, *(((button,),) if button else ())),
        }
        session = _counted(outcome.session, onward=True)
        return replace(outcome, session=session, replies=(first.model_copy(update=beside), *rest))

    def _refused(self, session: Session, text: str) -> bool:
        """Whether somebody who was asked just now whether they are safe says no."""
        return _asked(session) and _is_one(text, self.words.cues[UNSAFE])

    def _plainly(self, heard: Message, outcome: Outcome) -> bool:
        """Whether a message came to an answer and asks for it by itself, or answers a question of ours by telling
        something, or tells of a step of the plan by its name; what leans on what was said before is no such thing,
        nor a bare "yes".
        """
        question, before = heard.question, heard.session.assessment
        if question is None or not outcome.replies:
            return False
        first = outcome.replies[0]
        if first.erase or outcome.session.frame(Confirming) != heard.session.frame(Confirming):
            return True  # what is kept of them is in their hands, always
        if first.outcome not in ASKED:
            return False
        leans = question.from_context or (not question.spans and points_back(normalise(heard.text).tokens))
        after = heard.session.after_danger
        if leans and after is not None and after.onward:  # on the answer to what they asked since
            return first.outcome == "answer"
        if leans or is_cue(heard.text, self.base.texts.cues["data_yes"]):
            return False
        if before is not None and outcome.session.assessment not in (None, before):
            return bool(question.spans or heard.told.facts)
        asks = heard.told.wants
        if heard.session.progress not in (None, outcome.session.progress):
            return asks or bool(question.spans)  # for the plan that is kept; "i have done it" may be no step of it
        sure = question.decision == "answer" and question.confidence >= LIKELY and not question.nearest
        return WAY_IN in question.topics or ((asks or sure) and bool(question.spans)) or (asks and sure)

    def _still(self, line: HelpFor, session: Session, languages: Iterable[str]) -> str:
        key = f"still_{line}" if f"still_{line}" in self.words.texts else "still_life"
        return self._said(key, languages, line, session)

    def _said(self, key: str, languages: Iterable[str], line: HelpFor = "life", session: Session | None = None) -> str:
        """A text in each of some languages that it is there in."""
        keys = [f"{key}_{language}" for language in languages]
        said: list[str] = []
        for name in [found for found in keys if found in self.words.texts] or [key]:
            language = name.removeprefix(key).lstrip("_")
            country = session.profile.country if session is not None else None
            helpline = Markup(self.replies.helpline((line,), country, language))  # noqa: S704 - our own content
            said.append(str(self.own(name, line=helpline)))
        return "\n\n".join(said)

    def _shown(self, session: Session, command: Command, today: date) -> Outcome | None:
        """The line behind the button."""
        line = next((kind for kind in LINES if kind == command.rest[0]), None)
        home = self.replies.home()
        if line is None:
            return None
        text = self._still(line, session, ())
        return Outcome(session, (Reply(text=text, buttons=((home,),) if home else ()),))


def _is_one(text: str, cues: Iterable[str]) -> bool:
    """Whether a message is one of some answers, however chats shorten it."""
    return normalise(text).tokens in {normalise(cue).tokens for cue in cues}


def _asked(session: Session) -> bool:
    """Whether our last question was whether they are safe."""
    after = session.after_danger
    return after is not None and after.how == "asked" and after.left == MESSAGES


def _counted(session: Session, *, onward: bool = False) -> Session:
    """The session with a message less in which a danger is not forgotten; whether they have gone on to ask."""
    after = session.after_danger
    left = after.left - 1 if after is not None else 0
    onward = onward or (after is not None and after.onward)
    kept = after.model_copy(update={"left": left, "onward": onward}) if after is not None and left > 0 else None
    return session.model_copy(update={"after_danger": kept})
