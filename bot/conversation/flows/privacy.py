"""What is kept of a person, in their hands: to see, to take along, to delete."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from bot.advice.export.data import data_of
from bot.conversation.about import About
from bot.conversation.age import Age
from bot.conversation.flow import Command, Flow, Message, Outcome, Verb
from bot.conversation.frames import Confirming, Frame
from bot.conversation.messages import Button, Document, Reply
from bot.conversation.replies import Replies, rows
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase
from bot.understanding.parsing.cues import is_cue

# Words that are understood wherever somebody is.
ANYWHERE = {"data_keep": "cancel", "data_delete": "ask", "data_known": "about", "data_show": "copy"}
# Once it was asked whether to delete, that day: words that say it in full.
IN_FULL = {"data_now": "now", "data_copied": "copied"}
# While the question is on the screen. A bare yes is no word for deleting: which words are is said again.
ASKED = {"cancel": "cancel", "data_no": "cancel", "data_copy": "yes", "data_yes": "sure"}


class Privacy(Flow):
    """Shows, hands out and deletes all that is kept of one person. `contact` is whom to ask."""

    name = "data"
    personal = True
    frames = ("confirm",)
    slash = {"privacy": "about", "delete": "ask", "export": "copy"}

    def __init__(self, base: KnowledgeBase, replies: Replies, contact: str | None = None) -> None:
        super().__init__(base, replies)
        self.contact = contact
        self.verbs = {
            "about": Verb(self._about, spoken=True),
            "ask": Verb(self._ask),
            "cancel": Verb(self._cancel),
            "copy": Verb(self._copy),
            "yes": Verb(self._yes, spoken=True),
            "sure": Verb(self._sure, spoken=True),
            "copied": Verb(self._copied, destroys=True),
            "now": Verb(self._now, destroys=True),
        }

    def typed(self, heard: Message, frame: Frame | None) -> Command | None:
        """ "Delete my data", "what do you know about me"; what answers the question whether to delete."""
        known = dict(ANYWHERE)
        if isinstance(frame, Confirming) and frame.day == heard.today:
            known |= IN_FULL | (ASKED if frame == heard.session.top else {})
        cues = self.base.texts.cues
        # Spelled out as it was read: "what do u know about me".
        said = {heard.text, *(clause.text for clause in heard.told.clauses if len(heard.told.clauses) == 1)}
        verb = next((verb for cue, verb in known.items() for text in said if is_cue(text, cues.get(cue, ()))), None)
        if verb is not None and self.verbs[verb].destroys and not is_cue(heard.text, self._full()):
            return None
        return Command(self.name, (verb,)) if verb is not None else None

    def _full(self) -> tuple[str, ...]:
        """The words that say in full, letter by letter, what cannot be undone."""
        return tuple(words for cue in IN_FULL for words in self.base.texts.cues.get(cue, ()))

    def _about(self, session: Session, command: Command, today: date) -> Outcome:
        """What is kept and what is not, and whom to ask."""
        contact = self.contact
        whom = Markup(self.replies.text("privacy_contact")).format(contact=contact) if contact else ""  # noqa: S704 - our own text
        buttons = [self.replies.button("button_my_data", self.name, "copy"), self._delete()]
        known = [self.replies.fill("me_line", label=label, value=value) for _, label, value in self._lines(session)]
        head = [self.replies.text("me_head"), *known] if known else []
        buttons += [self.replies.button("button_me", "me", "show")] if known else []
        text = "\n".join(str(line) for line in (self.replies.text("privacy"), whom, *head) if line)
        return Outcome(session, (Reply(text=text, buttons=rows(button for button in buttons if button)),))

    def _lines(self, session: Session) -> list[tuple[str, str, str]]:
        """All that is known of the person."""
        aged = [("under_age", label, value) for label, value in Age(self.base, self.replies).line(session)]
        return [*About(self.replies).lines(session.profile), *aged]

    def _delete(self) -> Button | None:
        return self.replies.button("button_delete", self.name, "ask")

    def _ask(self, session: Session, command: Command, today: date) -> Outcome:
        """Whether to delete; only who was asked can."""
        return Outcome(session.pushed(Confirming(day=today)), (self._question(),))

    def _question(self, key: str = "data_ask") -> Reply:
        keys = {"button_cancel": "cancel", "button_copy_delete": "copied", "button_delete_now": "now"}
        buttons = [self.replies.button(key, self.name, verb) for key, verb in keys.items()]
        return Reply(text=self.replies.text(key), buttons=tuple((item,) for item in buttons if item))

    def _cancel(self, session: Session, command: Command, today: date) -> Outcome:
        return Outcome(session.without("confirm"), (Reply(text=self.replies.text("data_kept")),), then="resume")

    def _copy(self, session: Session, command: Command, today: date) -> Outcome:
        return Outcome(session, (self._file(session, today),), then="resume")

    def _yes(self, session: Session, command: Command, today: date) -> Outcome:
        return Outcome(session, (self._file(session, today), self._question()))

    def _sure(self, session: Session, command: Command, today: date) -> Outcome:
        """A bare yes: nothing is done yet, and the words that do it are said."""
        return Outcome(session, (self._question("data_sure"),))

    def _copied(self, session: Session, command: Command, today: date) -> Outcome:
        """The copy, and then nothing is left."""
        copy = self._file(session, today).model_copy(update={"buttons": ()})
        return Outcome(Session(), (copy, self._erased()))

    def _now(self, session: Session, command: Command, today: date) -> Outcome:
        return Outcome(Session(), (self._erased(),))

    def _erased(self) -> Reply:
        return Reply(text=self.replies.text("data_deleted"), erase=True)

    def _file(self, session: Session, today: date) -> Reply:
        talk = session.model_dump(mode="json", exclude={"profile", "progress"})
        content = data_of(self.base, session.profile, session.progress, talk, today)
        document = Document(name=self.replies.text("file_data"), media_type="application/json", content=content)
        delete = None if session.frame(Confirming) is not None else self._delete()
        return Reply(
            text=self.replies.text("data_copy"), document=document, buttons=rows([delete] if delete is not None else [])
        )
