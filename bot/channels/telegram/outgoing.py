"""A `Reply` as calls to Telegram: each `Outgoing` is one call, stored in the outbox until it is accepted."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup
from pydantic import BaseModel, ConfigDict

from bot.channels.telegram.markup import split
from bot.channels.telegram.updates import Arrival
from bot.conversation.messages import Button, Reply


class Outgoing(BaseModel):
    """One message. `edits` is the message to rewrite, `answers` the one to reply to."""

    model_config = ConfigDict(frozen=True)

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    edits: int | None = None
    answers: int | None = None
    thread: int | None = None


def outgoing(replies: Sequence[Reply], arrival: Arrival) -> list[Outgoing]:
    """What to send for a turn. Only the first reply may rewrite the pressed message; buttons end a long text."""
    calls: list[Outgoing] = []
    edits = arrival.message if arrival.kind == "press" else None
    answers = arrival.message if not arrival.private and arrival.kind != "press" else None
    for reply in replies:
        pieces = split(_text(reply))
        for number, piece in enumerate(pieces, 1):
            calls.append(
                Outgoing(
                    text=piece,
                    buttons=reply.buttons if number == len(pieces) else (),
                    edits=edits if reply.edit and not calls else None,
                    answers=answers if not calls else None,
                    thread=arrival.thread,
                )
            )
    return calls


def _text(reply: Reply) -> str:
    if reply.picture is None:
        return reply.text
    return f"{reply.text}\n<i>{Markup.escape(reply.picture.alt)}</i>"
