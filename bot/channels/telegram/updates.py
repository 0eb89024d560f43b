"""Telegram's updates → what they mean for us, with nothing kept that is not needed.

An update is read as plain JSON: names, phones and pictures in it are never looked at, and one of a
shape we do not know is passed over instead of stopping the rest.
https://core.telegram.org/bots/api#update
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
COMMAND = re.compile(r"/([a-z0-9_]{1,32})(?:@(\w+))?(?:\s+(.*))?\Z", re.IGNORECASE | re.DOTALL)
# Notices of a private chat itself, which nobody wrote; whatever else has no text gets a kind line, kinds
# that do not exist yet included. https://core.telegram.org/bots/api#message
NOTICES = frozenset(
    (
        *("boost_added", "channel_chat_created", "chat_background_set", "chat_owner_changed", "chat_shared"),
        *("connected_website", "delete_chat_photo", "direct_message_price_changed", "gift", "gift_upgrade_sent"),
        *("giveaway", "giveaway_completed", "giveaway_created", "giveaway_winners", "group_chat_created"),
        *("invoice", "left_chat_member", "message_auto_delete_timer_changed", "migrate_from_chat_id"),
        *("migrate_to_chat_id", "new_chat_members", "new_chat_photo", "new_chat_title", "paid_message_price_changed"),
        *("passport_data", "pinned_message", "proximity_alert_triggered", "refunded_payment", "successful_payment"),
        *("suggested_post_approved", "supergroup_chat_created", "unique_gift", "users_shared", "video_chat_ended"),
        *("video_chat_participants_invited", "video_chat_scheduled", "video_chat_started", "web_app_data"),
        *("write_access_allowed", "checklist_tasks_done", "checklist_tasks_added"),
        *("forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened"),
    )
)
ENVELOPE = {"message_id", "date", "chat", "from"}
GONE = ("kicked", "left")

UpdateKind = Literal["text", "press", "command", "wordless", "flood"]
# Ids of Telegram fit into 52 bits, update ids into 31; larger ones fit into no column.
LARGEST = 2**63 - 1
TelegramId = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
# The last second of the calendar.
LATEST = 253_402_300_799
TelegramTime = Annotated[int, Field(ge=0, le=LATEST)]
_ID: TypeAdapter[int] = TypeAdapter(TelegramId)
_TIME: TypeAdapter[int | None] = TypeAdapter(TelegramTime | None)


@dataclass(frozen=True)
class Me:
    """The bot itself, as Telegram knows it. `username` has no @."""

    id: int
    username: str


class TelegramArrival(BaseModel):
    """A message or press that gets a reply.

    `message` is the pressed message if a reply may rewrite it, or the one to reply to. `sent_at` is
    Telegram's own time in seconds, None for a press. `album` is shared by pictures sent together.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    update_id: TelegramId
    kind: UpdateKind
    text: str = ""
    user: TelegramId
    chat: TelegramId
    private: bool
    message: TelegramId | None = None
    thread: TelegramId | None = None
    query: str | None = None
    sent_at: TelegramTime | None = None
    album: str | None = None

    @property
    def person(self) -> str:
        """Whose session this is."""
        return f"telegram:{self.user}"


@dataclass(frozen=True)
class Membership:
    """The bot may, or may no longer, write to a chat. `at` is Telegram's own time in seconds."""

    chat: int
    gone: bool
    at: int | None = None


@dataclass(frozen=True)
class Migration:
    """A group became a supergroup and got another id."""

    old: int
    new: int


@dataclass(frozen=True)
class StrayPress:
    """A press on a message that is out of reach: it is answered, and nothing else."""

    query: str


Event = TelegramArrival | Membership | Migration | StrayPress


def is_storable(update: object) -> bool:
    """Whether it has a number that can be remembered; Telegram sends nothing else."""
    number = update.get("update_id") if isinstance(update, dict) else None
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= LARGEST


def read_update(update: Mapping[str, Any], me: Me) -> Event | None:
    """What an update means; None for what is not ours. Raises on a shape Telegram never sends."""
    update_id = int(update["update_id"])
    if "message" in update:
        return _read_message(update_id, update["message"], me)
    if "edited_message" in update:
        edited = _read_message(update_id, update["edited_message"], me)
        # A place that moves is edited every few seconds; what was mended in writing is a new question.
        return edited if isinstance(edited, TelegramArrival) and edited.kind != "wordless" else None
    if "callback_query" in update:
        return _read_press(update_id, update["callback_query"])
    if "my_chat_member" in update:
        member = update["my_chat_member"]
        return Membership(
            chat=_ID.validate_python(member["chat"]["id"]),
            gone=member["new_chat_member"]["status"] in GONE,
            at=_TIME.validate_python(member.get("date")),
        )
    return None


def _read_message(update_id: int, message: Mapping[str, Any], me: Me) -> Event | None:
    chat = _ID.validate_python(message["chat"]["id"])
    if "migrate_to_chat_id" in message:
        return Migration(old=chat, new=_ID.validate_python(message["migrate_to_chat_id"]))
    # Whoever writes as a group or channel has a bot's name for compatibility: https://core.telegram.org/bots/api#message
    sender = message.get("sender_chat") or message.get("from")
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
    return TelegramArrival(
        update_id=update_id,
        kind="command" if command else kind,
        text=" ".join(part for part in command.group(1, 3) if part) if command else text,
        user=int(sender["id"]),
        chat=chat,
        private=private,
        message=int(message["message_id"]),
        thread=message["message_thread_id"] if message.get("is_topic_message") else None,
        sent_at=int(message["date"]),
        album=_clean(message["media_group_id"]) if "media_group_id" in message else None,
    )


def _content(message: Mapping[str, Any]) -> tuple[Literal["text", "wordless"] | None, str]:
    for name in ("text", "caption"):
        if name in message and str(message[name]).strip():
            return "text", _clean(message[name])
    is_notice = NOTICES & message.keys() or not message.keys() - ENVELOPE
    return (None if is_notice else "wordless"), ""


def _clean(text: object) -> str:
    """A lone surrogate cannot be stored as UTF-8 nor sent back."""
    return str(text).encode("utf-8", "replace").decode("utf-8")


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


def _read_press(update_id: int, query: Mapping[str, Any]) -> TelegramArrival | StrayPress:
    message = query.get("message")
    if message is None or "data" not in query:
        return StrayPress(query=_clean(query["id"]))
    return TelegramArrival(
        update_id=update_id,
        kind="press",
        text=_clean(query["data"]),
        user=int(query["from"]["id"]),
        chat=int(message["chat"]["id"]),
        private=message["chat"]["type"] == "private",
        # A picture, or a message too old to be shown, has no text that could be rewritten.
        message=int(message["message_id"]) if "text" in message else None,
        thread=message["message_thread_id"] if message.get("is_topic_message") else None,
        query=_clean(query["id"]),
    )
