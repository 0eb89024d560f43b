"""One `Outgoing` to Telegram, with the ways out when it refuses the first form of it."""

from __future__ import annotations

from typing import Any

import structlog
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.channels.telegram.api import NO_PREVIEW, SEND_SECONDS, reason
from bot.channels.telegram.markup import visible
from bot.channels.telegram.outgoing import Outgoing
from bot.conversation.messages import Button, Document

# Parts of Telegram's own messages; it has no codes for them.
UNCHANGED = "message is not modified"
UNREADABLE = "can't parse entities"
# A chat that nothing can be sent to any more, where Telegram does not say 403.
GONE = ("chat not found", "user not found", "peer_id_invalid", "group chat was deactivated")

# A picture as it was drawn, or Telegram's name for one that it has.
Photo = bytes | str

log = structlog.get_logger(__name__)


class NameRefusedError(Exception):
    """Telegram does not take a picture by the `name` it gave it: it must be drawn and sent again."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


async def deliver(bot: Bot, chat: int, message: Outgoing, photo: Photo | None = None) -> str | None:
    """Get a message accepted: rewritten in place or sent, as HTML or as plain text.

    `photo` is its picture; the words go alone if it is not taken. Returns Telegram's name for the picture.
    Raises `TelegramError`, and `NameRefusedError` for a picture that was to be sent by its name.
    """
    if message.edits is not None and await _edit(bot, chat, message.edits, message):
        return None
    if photo is not None:
        sent, name = await _send_photo(bot, chat, message, photo)
        if sent:
            return name
    if message.document is not None and await _send_document(bot, chat, message, message.document):
        return None
    await _send_text(bot, chat, message)
    return None


async def _send_photo(bot: Bot, chat: int, message: Outgoing, photo: Photo) -> tuple[bool, str | None]:
    """Whether it was taken, and Telegram's name for it."""
    try:
        sent = await bot.send_photo(
            chat,
            photo,
            caption=message.text or None,
            parse_mode=ParseMode.HTML,
            read_timeout=SEND_SECONDS,
            **_place(message),
        )
    except BadRequest as error:
        if is_gone(error):
            raise
        log.info("picture_refused", reason=reason(error))
        if isinstance(photo, str):
            raise NameRefusedError(photo) from error
        return False, None
    return True, sent.photo[-1].file_id if sent.photo else None


async def _send_document(bot: Bot, chat: int, message: Outgoing, document: Document) -> bool:
    """Whether it was taken; if not, its words still go."""
    file = InputFile(document.content.encode(), filename=document.name)
    try:
        await bot.send_document(
            chat,
            file,
            caption=message.text or None,
            parse_mode=ParseMode.HTML,
            read_timeout=SEND_SECONDS,
            **_place(message),
        )
    except BadRequest as error:
        if is_gone(error) or not message.text:
            raise
        log.warning("document_refused", reason=reason(error))
        return False
    return True


async def _send_text(bot: Bot, chat: int, message: Outgoing) -> None:
    if not message.text:
        # A picture without words of its own that cannot be had: they stand in the message below.
        return
    try:
        await _send(bot, chat, message, message.text, ParseMode.HTML)
    except BadRequest as error:
        if is_gone(error):
            raise
        bare = message.model_copy(update={"buttons": (), "answers": None, "thread": None})
        kept = message if _says(error, UNREADABLE) else bare
        await _send(bot, chat, kept, visible(message.text), None)


def is_gone(error: BadRequest) -> bool:
    """Whether the chat itself is what Telegram refuses."""
    return any(_says(error, words) for words in GONE)


async def _edit(bot: Bot, chat: int, message_id: int, message: Outgoing) -> bool:
    """Whether the pressed message now reads so; one that is too old, gone or a picture cannot be rewritten."""
    try:
        await bot.edit_message_text(
            message.text,
            chat_id=chat,
            message_id=message_id,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=_keyboard(message.buttons),
            read_timeout=SEND_SECONDS,
        )
    except BadRequest as error:
        return _says(error, UNCHANGED)
    return True


async def _send(bot: Bot, chat: int, message: Outgoing, text: str, parse_mode: str | None) -> None:
    await bot.send_message(
        chat,
        text,
        parse_mode=parse_mode,
        link_preview_options=NO_PREVIEW,
        read_timeout=SEND_SECONDS,
        **_place(message),
    )


def _place(message: Outgoing) -> dict[str, Any]:
    """Where a message stands, and what is under it."""
    answered = message.answers
    return {
        "reply_markup": _keyboard(message.buttons),
        "message_thread_id": message.thread,
        "reply_parameters": ReplyParameters(answered, allow_sending_without_reply=True) if answered else None,
    }


def _says(error: BadRequest, words: str) -> bool:
    return words in reason(error).casefold()


def _keyboard(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(button.label, callback_data=button.press) for button in row] for row in rows]
    )
