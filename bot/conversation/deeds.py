"""The questions of a round as bubbles, and how something was done in words: what several flows ask alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import escape

from bot.advice.suggestions import Done
from bot.conversation import rounds
from bot.conversation.frames import INTERESTS, Frame, Round
from bot.conversation.messages import Button, Reply
from bot.conversation.replies import Replies
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase
from bot.understanding.parsing.cues import is_cue

ACTION = "choose"
BACK, SKIP, STOP = "_back", "_skip", "_stop"
LEVELS: Mapping[str, Done] = {"never": "never", "help": "help", "alone": "alone", "teach": "teach", SKIP: "skip"}


class Deeds:
    """Asks about deeds in the words of one knowledge base."""

    def __init__(self, base: KnowledgeBase, replies: Replies) -> None:
        self.base, self.replies = base, replies

    def show(self, here: Round, *before: str) -> Reply:
        """The deed that the round is at, with how it may have been done."""
        deed = rounds.deed_of(self.base, str(here.at))
        name = deed.id if deed is not None else ""
        keys = (("never", "level_never"), ("help", "level_help"), ("alone", "level_alone"), ("teach", "level_teach"))
        levels = [self.replies.button(key, ACTION, "deed", name, level) for level, key in keys]
        ask = deed.ask if deed is not None else ""
        return self.question(here, ask, "choose_deed_hint", levels, (*before,), "deed", name)

    def question(
        self,
        here: Round,
        ask: str,
        hint: str,
        choices: Sequence[Button | None],
        before: Sequence[str],
        *where: str,
        done: str | None = None,
    ) -> Reply:
        """A question of the round: its number, its words, its choices, and back, skip (or `done`) and stop."""
        number, count = rounds.progress(here)
        head = self.replies.text("assessment_count").format(number=number, count=count)
        first = number - here.before == 1
        lines = (
            *before,
            f"<b>{escape(head)}</b> {escape(ask)}",
            f"<i>{escape(self.replies.text(hint))}</i>" if first else "",
        )
        away = (
            self.replies.button("button_back", ACTION, *where, BACK),
            self.replies.button("button_done", ACTION, *where, done)
            if done
            else self.replies.button("button_skip", ACTION, *where, SKIP),
            self.replies.button("button_stop", ACTION, where[0], STOP),
        )
        return self.replies.reply(lines, choices, away=away, topic="assessment", asks=True)

    def answered(self, session: Session, here: Round, deed: str, level: Done) -> Session:
        """With an answer kept: the round goes on where it was asked just now, and stays where it is corrected."""
        tastes = session.tastes.model_copy(update={"deeds": {**session.tastes.deeds, deed: level}})
        after = here.model_copy(update={"paused": False})
        if deed == here.at:
            after = rounds.move_on(self.base, session.profile, tastes, after)
        return session.pushed(after, tastes=tastes)

    def stopped(self, session: Session, here: Round) -> tuple[Session, Reply]:
        """The round put aside, with its answers."""
        paused = session.pushed(here.model_copy(update={"paused": True}))
        return paused, Reply(text=self.replies.text("assessment_cancelled"))

    def taken(self, session: Session, here: Round | None, deed: str, answer: str) -> bool:
        """Whether a press on a deed fits: it is on the screen, or was answered and is corrected."""
        at = here.at if here is not None else None
        if answer == BACK:
            return deed == at
        return answer in LEVELS and (deed == at or deed in session.tastes.deeds)

    def reads(self, text: str, frame: Frame) -> bool:
        """Whether it is how the deed on the screen was done, such as "alone"."""
        waits = isinstance(frame, Round) and frame.waiting and not at_likes(frame)
        return waits and self.level(text) is not None

    def level(self, text: str) -> Done | None:
        """How something was done, in words; None where they say nothing to it."""
        cues = self.base.texts.cues
        if is_cue(text, cues["skip"]) or is_cue(text, cues["unsure"]):
            return "skip"
        levels: dict[Done, tuple[str, ...]] = {
            "never": cues["never"],
            "help": cues["with_help"],
            "teach": cues["teach"],
            "alone": cues["alone"],
        }
        labels = {level: self.replies.text(f"level_{level}") for level in levels}
        return next((level for level, said in levels.items() if is_cue(text, (labels[level], *said))), None)


def at_likes(here: Round | None) -> bool:
    """Whether the round is at the likes."""
    return here is not None and here.at == INTERESTS
