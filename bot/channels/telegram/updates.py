"""Telegram's updates → what they mean for us, with nothing kept that is not needed.

An update is read as plain JSON: names, phones and pictures in it are never looked at, and one of a
shape we do not know is passed over instead of stopping the rest.
https://core.telegram.org/bots/api#update
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

ALLOWED = ("message", "callback_query", "my_chat_member")
COMMAND = re.compile(r"/([a-z0-9_]{1,32})(?:@(\w+))?(?:\s+(.*))?\Z", re.IGNORECASE | re.DOTALL)
# What a person can send that is not text; anything else without text is a notice of the chat itself.
# https://core.telegram.org/bots/api#message
WORDLESS = (
    *("animation", "audio", "checklist", "contact", "dice", "document", "game", "location", "paid_media", "photo"),
    *("poll", "sticker", "story", "venue", "video", "video_note", "voice"),
)
GONE = ("kicked", "left")

Kind = Literal["text", "press", "command", "wordless", "flood"]


@dataclass(frozen=True)
class Me:
    """The bot itself, as Telegram knows it. `username` has no @."""

    id: int
    username: str


class Arrival(BaseModel):
    """A message or press that gets a reply.

    `message` is the pressed message if a reply may rewrite it, or the one to reply to. `sent_at` is
    Telegram's own time in seconds, None for a press. `album` is shared by pictures sent together.
    """

    model_config = ConfigDict(frozen=True)

    update_id: int
    kind: Kind
    text: str = ""
    user: int
    chat: int
    private: bool
    message: int | None = None
    thread: int | None = None
    query: str | None = None
    sent_at: int | None = None
    album: str | None = None

    @property
    def person(self) -> str:
        """Whose session this is."""
        return f"telegram:{self.user}"


@dataclass(frozen=True)
class Membership:
    """The bot may, or may no longer, write to a chat."""

    chat: int
    gone: bool


@dataclass(frozen=True)
class Migration:
    """A group became a supergroup and got another id."""

    old: int
    new: int


@dataclass(frozen=True)
class StrayPress:
    """A press on a message that is out of reach: it is answered, and nothing else."""

    query: str


Event = Arrival | Membership | Migration | StrayPress


def read_update(update: Mapping[str, Any], me: Me) -> Event | None:
    """What an update means; None for what is not ours. Raises on a shape Telegram never sends."""
    update_id = int(update["update_id"])
    if "message" in update:
        return _read_message(update_id, update["message"], me)
    if "callback_query" in update:
        return _read_press(update_id, update["callback_query"])
    if "my_chat_member" in update:
        member = update["my_chat_member"]
        return Membership(chat=int(member["chat"]["id"]), gone=member["new_chat_member"]["status"] in GONE)
    return None


def _read_message(update_id: int, message: Mapping[str, Any], me: Me) -> Event | None:
    chat = int(message["chat"]["id"])
    if "migrate_to_chat_id" in message:
        return Migration(old=chat, new=int(message["migrate_to_chat_id"]))
    sender = message.get("from")
    if sender is None or sender.get("is_bot"):
        return None
    private = message["chat"]["type"] == "private"
    kind, text = _content(message)
    if kind is None:
        return None
    if not private:
        addressed = _addressed(kind, text, message, me)
        if addressed is None:
            return None
        text = addressed
    command = COMMAND.match(text) if kind == "text" else None
    return Arrival(
        update_id=update_id,
        kind="command" if command else kind,
        text=" ".join(part for part in command.group(1, 3) if part) if command else text,
        user=int(sender["id"]),
        chat=chat,
        private=private,
        message=int(message["message_id"]),
        thread=message["message_thread_id"] if message.get("is_topic_message") else None,
        sent_at=int(message["date"]),
        album=message.get("media_group_id"),
    )


def _content(message: Mapping[str, Any]) -> tuple[Literal["text", "wordless"] | None, str]:
    if "text" in message:
        # A lone surrogate cannot be stored as UTF-8 nor sent back.
        return "text", str(message["text"]).encode("utf-8", "replace").decode("utf-8")
    return ("wordless" if any(name in message for name in WORDLESS) else None), ""


def _addressed(kind: str, text: str, message: Mapping[str, Any], me: Me) -> str | None:
    """What was said to the bot in a group: a command or mention with its name, or a reply to it."""
    if kind != "text":
        return None
    command = COMMAND.match(text)
    if command and command.group(2):
        return text if command.group(2).casefold() == me.username.casefold() else None
    mention = re.compile(rf"(?<![\w@])@{re.escape(me.username)}\b[:,]?", re.IGNORECASE)
    if mention.search(text):
        return mention.sub("", text).strip()
    replied = (message.get("reply_to_message") or {}).get("from") or {}
    return text if replied.get("id") == me.id else None


def _read_press(update_id: int, query: Mapping[str, Any]) -> Arrival | StrayPress:
    message = query.get("message")
    if message is None or "data" not in query:
        return StrayPress(query=str(query["id"]))
    return Arrival(
        update_id=update_id,
        kind="press",
        text=str(query["data"]),
        user=int(query["from"]["id"]),
        chat=int(message["chat"]["id"]),
        private=message["chat"]["type"] == "private",
        # A picture, or a message too old to be shown, has no text that could be rewritten.
        message=int(message["message_id"]) if "text" in message else None,
        thread=message["message_thread_id"] if message.get("is_topic_message") else None,
        query=str(query["id"]),
    )
