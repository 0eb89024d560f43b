"""What goes into a turn and what comes out of it, the same for every channel."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

OutcomeKind = Literal["answer", "clarify", "unknown", "chat"]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class Incoming(_Value):
    """One message or one button press.

    `kind` "text" carries what was typed, "press" the button's data, "command" a name without
    its slash with whatever followed in `text`.
    """

    kind: Literal["text", "press", "command"]
    text: str = ""


class Button(_Value):
    """A choice. `press` is callback data (1 to 64 bytes); `say` is what to type for the same."""

    label: str
    press: str
    say: str


class CitedSource(_Value):
    """A source under an answer; dates are ISO, `as_of` may be a year or a month.

    `publisher` is the name of the page's own, `whose` of the one whose figure or rule it is; `copied_at` is where a
    copy was read.
    """

    title: str
    url: str
    publisher: str = ""
    kind: str = ""
    standing: str = ""
    whose: str = ""
    as_of: str | None
    read: str
    copied_at: str | None = None


class Picture(_Value):
    """A picture described, not drawn: channels render it. `alt` says it in words.

    `kind` and `arguments` are those of `bot.advice.chart.pictures`: a "chart" or a "timeline", with
    all that is needed next to the knowledge base, so that it can be drawn after a restart.
    """

    kind: str
    arguments: dict[str, str] = {}
    alt: str


class Document(_Value):
    """A text file to keep, e.g. a calendar: `name` with its ending, `media_type` as in MIME."""

    name: str
    media_type: str
    content: str


class Reply(_Value):
    """One bubble. `text` is Telegram's HTML subset.

    `edit` asks to rewrite the pressed message; the advisor alone sets it.

    `erase` asks the channel to delete all that is stored of the person, the session after this turn
    included; the replies of this turn are still sent, and are the last that they get of it.

    `personal` says that it is about the person, or leads on only in their own talk: no reply for a group. `onward`
    is the payload of a deep link that asks for the same there, if there is one.

    `closing` counts the last lines of the text, which explain short forms and name sources.

    `takes_number` says that a number typed next is an answer to it, not the number of a choice.
    `outcome` and what follows are for `ask`, evaluation and logs; people never see them.
    """

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    edit: bool = False
    picture: Picture | None = None
    document: Document | None = None
    takes_number: bool = False
    erase: bool = False
    outcome: OutcomeKind = "chat"
    topics: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    confidence: float = 1.0
    sources: tuple[CitedSource, ...] = ()
    statements: tuple[tuple[str, float], ...] = ()
    unanswered: bool = False
    closing: int = 0
    personal: bool = False
    onward: str = ""
