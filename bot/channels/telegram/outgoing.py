"""A `Reply` as calls to Telegram: each `Outgoing` is one call, stored in the outbox until it is accepted."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from pydantic import BaseModel, ConfigDict

from bot.channels.telegram.markup import split, units, visible
from bot.channels.telegram.updates import TelegramArrival
from bot.conversation.messages import Button, Document, Picture, Reply

MAX_CAPTION = 1024  # https://core.telegram.org/bots/api#sendphoto


class Outgoing(BaseModel):
    """One message. `edits` is the message to rewrite, `answers` the one to reply to.

    With a `picture` or a `document`, `text` is its caption, and may be empty.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    picture: Picture | None = None
    document: Document | None = None
    edits: int | None = None
    answers: int | None = None
    thread: int | None = None


def outgoing(replies: Sequence[Reply], arrival: TelegramArrival) -> list[Outgoing]:
    """What to send for a turn. Only the first reply may rewrite the pressed message; buttons end a long text."""
    calls: list[Outgoing] = []
    edits = arrival.message if arrival.kind == "press" else None
    answers = arrival.message if not arrival.private and arrival.kind != "press" else None
    for reply in replies:
        messages = _messages(reply)
        rows = tuple(row for row in reply.buttons if row)
        for number, message in enumerate(messages, 1):
            is_text = message.picture is None and message.document is None
            place = {
                "buttons": rows if number == len(messages) else (),
                # Neither can a text become a picture, nor should one replace what was read.
                "edits": edits if reply.edit and is_text and not calls else None,
                "answers": answers if not calls else None,
                "thread": arrival.thread,
            }
            calls.append(message.model_copy(update=place))
    return calls


def _messages(reply: Reply) -> list[Outgoing]:
    """A reply as messages: what it shows goes first, and its text below as the caption, if it fits."""
    alt = f"<i>{Markup.escape(reply.picture.alt)}</i>" if reply.picture is not None else ""
    whole = "\n".join(filter(None, (reply.text, alt)))
    if reply.picture is None and reply.document is None:
        return [Outgoing(text=piece) for piece in split(whole)]
    captions = ((whole, ""), (alt, reply.text), ("", whole))
    caption, rest = next(pair for pair in captions if units(visible(pair[0])) <= MAX_CAPTION)
    shown = Outgoing(text=caption, picture=reply.picture, document=reply.document)
    return [shown, *(Outgoing(text=piece) for piece in split(rest))]
