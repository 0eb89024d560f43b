"""A flow: one dialog of the conversation. Presses, words and slash commands become the same `Command`.

The advisor asks the flow of the top frame first, then the others in one order. A flow reads what is
meant for it (`parse`) and does it (`run`); it knows no other flow. A new one is a module and a line
in `advisor.FLOWS`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from markupsafe import Markup

from bot.conversation.callback_data import Press, payload
from bot.conversation.frames import Confirming, Frame
from bot.conversation.messages import Button, Reply
from bot.conversation.replies import Replies
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.content import Dialog
from bot.knowledge.slots import slots_in
from bot.understanding.listening.listener import Heeded
from bot.understanding.question import Question
from bot.understanding.reader.heard import Heard

NOTHING_HEARD = Heard()


@dataclass(frozen=True)
class Message:
    """One message or press, read once for all flows.

    Of `press`, `word` (a slash command in lower case, what followed it in `text`) and `question` (what
    the typed `text` was understood as) one is there; `cut` says that the text was longer than is read.
    `session` is the talk as it was when it came, `told` what the text tells of the person, `heeded` what it needs
    of us besides an answer; `needed` meets such a need where no flow takes the words.
    """

    session: Session
    today: date
    text: str = ""
    press: Press | None = None
    word: str | None = None
    question: Question | None = None
    cut: bool = False
    told: Heard = NOTHING_HEARD
    heeded: tuple[Heeded, ...] = ()
    needed: Command | None = None


@dataclass(frozen=True)
class Command:
    """What a flow is to do: the verb and its arguments as callback data has them.

    `said` is what typed words give beyond that, e.g. a number that no button has.
    """

    flow: str
    arguments: tuple[str, ...] = ()
    said: object = None

    @property
    def verb(self) -> str:
        """The first argument."""
        return self.arguments[0] if self.arguments else ""

    @property
    def rest(self) -> tuple[str, ...]:
        """What follows the verb."""
        return self.arguments[1:]


# Instead of a flow's name: whoever has the slash command that is the verb is meant.
SLASH = "/"


@dataclass(frozen=True)
class Outcome:
    """What came of a command, and what follows: nothing, what waits below is shown again, or another command.

    `news`: it says itself whether what was told is good or bad.
    """

    session: Session
    replies: tuple[Reply, ...] = ()
    then: Literal["done", "resume"] | Command = "done"
    news: bool = False


Run = Callable[[Session, Command, date], Outcome | None]


@dataclass(frozen=True)
class Verb:
    """What a flow can do, with how many arguments.

    `spoken`: only typed words lead there, no button. `destroys`: cannot be undone, so it is done only
    after it was asked about on the same day, by its own button or by words that say it in full.
    """

    run: Run
    takes: Collection[int] = (0,)
    spoken: bool = False
    destroys: bool = False


class Flow:
    """What every flow has; each reads and does what is its own. `name` begins its callback data."""

    name: str
    # The kinds of frames that are this flow's.
    frames: Collection[str] = ()
    # Whether it is about the person, or goes on over several messages: in a group it has no place.
    personal = False
    # Slash commands of this flow: word → verb.
    slash: Mapping[str, str] = {}
    # The file of `en/dialogs/` that holds all its words, for a flow that stands alone: which texts and cues must be
    # there, and which slots any text may have.
    block: str = ""
    block_keys: Collection[str] = ()
    block_cues: Collection[str] = ()
    block_slots: Collection[str] = ()
    # Whether its replies say themselves what was heard of the person.
    echoes: bool = False
    # Whether it is for adults only.
    adults: bool = False
    # Verbs that are run with the profile from before the message: they change it themselves, or only suppose something.
    apart: Collection[str] = ()
    # Verbs by which something is told: what the same message asks besides is answered after it.
    tells: Collection[str] = ()

    def __init__(self, base: KnowledgeBase, replies: Replies) -> None:
        self.base, self.replies = base, replies
        self.words = base.dialogs.get(self.block, Dialog(texts={}))
        self.verbs: Mapping[str, Verb] = {}

    @classmethod
    def fits(cls, base: KnowledgeBase) -> bool:
        """Whether the knowledge base has all the words of this flow; without them there is no such dialog."""
        words = base.dialogs.get(cls.block)
        if words is None:
            return not cls.block
        slots = [slots_in(text) for text in words.texts.values()]
        filled = all(found is not None and found <= set(cls.block_slots) for found in slots)
        return filled and set(cls.block_keys) <= words.texts.keys() and set(cls.block_cues) <= words.cues.keys()

    def own(self, key: str, **slots: object) -> Markup:
        """A text of the flow's own words; a line with a slot that is not known (empty) is left out."""
        lines = self.words.texts[key].strip().splitlines()
        kept = [line for line in lines if all(slots.get(slot) for slot in slots_in(line) or ())]
        return Markup("\n".join(kept)).format(**slots)  # noqa: S704 - our own content; slots are escaped by format

    def own_cues(self, key: str) -> tuple[str, ...]:
        """What people type for something, of the flow's own words."""
        return self.words.cues.get(key, ())

    def parse(self, heard: Message, frame: Frame | None) -> Command | None:
        """The command that a message is for this flow, whose topmost frame is `frame`; None where it is not meant."""
        if heard.press is not None:
            return self.pressed(heard.press, heard, frame)
        if heard.word is not None:
            verb = self.slash.get(heard.word)
            return Command(self.name, (verb,)) if verb is not None else None
        return self.typed(heard, frame)

    def pressed(self, press: Press, heard: Message, frame: Frame | None) -> Command | None:
        """A button of this flow."""
        if press.action != self.name:
            return None
        command = Command(self.name, press.arguments)
        verb = self.verbs.get(command.verb)
        return None if verb is not None and verb.spoken else command

    def typed(self, heard: Message, frame: Frame | None) -> Command | None:
        """What some typed words are for this flow; nothing by default."""
        return None

    def onward(self, command: Command) -> str:
        """The payload of a deep link that does the same in a private chat, or begins this flow; empty if none can."""
        verb = self.verbs.get(command.verb)
        by_button = verb is not None and not verb.spoken and not verb.destroys
        link = payload(Press(self.name, command.arguments)) if by_button else None
        return link or next(iter(self.slash), "")

    def reads(self, text: str, frame: Frame) -> bool:
        """Whether a message is nothing but an answer to the question of `frame`, whatever else it may sound like."""
        return False

    def unread(self, heard: Message, frame: Frame) -> Command | None:
        """What to do where the question of `frame` waits and nobody else understood the message."""
        return None

    def run(self, session: Session, command: Command, today: date) -> Outcome | None:
        """Do it; None for what is forged or out of date."""
        verb = self.verbs.get(command.verb)
        if verb is None or len(command.rest) not in verb.takes:
            return None
        return verb.run(session, command, today)

    def destroys(self, command: Command) -> bool:
        """Whether a command cannot be undone."""
        verb = self.verbs.get(command.verb)
        return verb is not None and verb.destroys

    def confirmed(self, session: Session, today: date) -> bool:
        """Whether it was asked today whether to do what cannot be undone."""
        asked = session.frame(Confirming)
        return asked is not None and asked.day == today

    def show(self, session: Session, frame: Frame, *before: str) -> Reply | None:
        """The question of `frame` once more; None where none waits."""
        return None

    def offers(self, question: Question) -> list[Button]:
        """Buttons of this flow that belong below the answer to a question."""
        return []
