"""What is kept of a person, in their hands: to see, to take along, to delete."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.advice.export.data import data_of
from bot.conversation.bubbles import Bubbles, rows
from bot.conversation.flow import Turn
from bot.conversation.messages import Button, Document, Reply
from bot.conversation.presses import Press, encode
from bot.conversation.reading import is_cue
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase

ACTION = "data"
COMMANDS = {"delete": "ask", "export": "copy"}
CUES = {"data_delete": "ask", "data_show": "copy"}


class OwnData:
    """Shows, hands out and deletes all that is kept of one person."""

    def __init__(self, base: KnowledgeBase, bubbles: Bubbles) -> None:
        self.base, self.bubbles = base, bubbles

    def buttons(self) -> tuple[tuple[Button, ...], ...]:
        """To stand below what is said about privacy."""
        return rows([self._button("button_my_data", "copy"), self._button("button_delete", "ask")])

    def press(self, session: Session, arguments: Sequence[str], today: date, *, edit: bool) -> Turn | None:
        """Only who was asked on the same day can delete: an old or forged press does nothing."""
        if len(arguments) != 1:
            return None
        asked = session.erasing == today
        if arguments[0] in ("copied", "now") and not asked:
            return None
        return self._act(session, arguments[0], today, edit=edit)

    def typed(self, session: Session, text: str, today: date) -> Turn | None:
        """ "Delete my data", "what do you know about me"; "delete now" once it was asked."""
        if session.erasing == today and is_cue(text, self.base.texts.cues["data_now"]):
            return self._act(session, "now", today, edit=False)
        if session.erasing == today and (
            is_cue(text, self.base.texts.cues["cancel"]) or is_cue(text, self.base.texts.cues["data_no"])
        ):
            return self._act(session, "cancel", today, edit=False)
        if session.erasing == today and is_cue(text, self.base.texts.cues["data_copied"]):
            return self._act(session, "copied", today, edit=False)
        if session.erasing == today and is_cue(text, self.base.texts.cues["data_yes"]):
            # "Take a copy first?" was asked: a yes is no word for deleting.
            return session, [self._copy(session, today), self._ask(edit=False)]
        action = next((action for cue, action in CUES.items() if is_cue(text, self.base.texts.cues[cue])), None)
        return self._act(session, action, today, edit=False) if action is not None else None

    def command(self, session: Session, word: str, today: date, *, edit: bool = False) -> Turn | None:
        """`/delete` and `/export`."""
        return self._act(session, COMMANDS[word], today, edit=edit) if word in COMMANDS else None

    def _act(self, session: Session, action: str, today: date, *, edit: bool) -> Turn | None:
        if action == "ask":
            return session.model_copy(update={"erasing": today}), [self._ask(edit=edit)]
        if action == "cancel":
            return session.model_copy(update={"erasing": None}), [Reply(text=self.bubbles.text("data_kept"), edit=edit)]
        if action == "copy":
            return session, [self._copy(session, today)]
        erased = Reply(text=self.bubbles.text("data_deleted"), edit=edit and action == "now", erase=True)
        if action == "copied":
            return Session(), [self._copy(session, today), erased]
        return (Session(), [erased]) if action == "now" else None

    def _ask(self, *, edit: bool) -> Reply:
        buttons = [
            self._button("button_cancel", "cancel"),
            self._button("button_copy_delete", "copied"),
            self._button("button_delete_now", "now"),
        ]
        return Reply(text=self.bubbles.text("data_ask"), buttons=tuple((item,) for item in buttons), edit=edit)

    def _copy(self, session: Session, today: date) -> Reply:
        talk = session.model_dump(mode="json", exclude={"profile", "progress"})
        content = data_of(self.base, session.profile, session.progress, talk, today)
        document = Document(name=self.bubbles.text("file_data"), media_type="application/json", content=content)
        return Reply(text=self.bubbles.text("data_copy"), document=document, buttons=rows(self._delete(session)))

    def _delete(self, session: Session) -> list[Button]:
        return [] if session.erasing else [self._button("button_delete", "ask")]

    def _button(self, key: str, action: str) -> Button:
        label = self.bubbles.text(key)
        return Button(label=label, press=str(encode(Press(ACTION, (action,)))), say=label)
