"""One `Outgoing` to Telegram, with the ways out when it refuses the first form of it."""

from __future__ import annotations

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.channels.telegram.api import NO_PREVIEW, reason
from bot.channels.telegram.markup import visible
from bot.channels.telegram.outgoing import Outgoing
from bot.conversation.messages import Button

# Parts of Telegram's own messages; it has no codes for them.
UNCHANGED = "message is not modified"
UNREADABLE = "can't parse entities"
# A chat that nothing can be sent to any more, where Telegram does not say 403.
GONE = ("chat not found", "user not found", "peer_id_invalid", "group chat was deactivated")


async def deliver(bot: Bot, chat: int, message: Outgoing) -> None:
    """Get a message accepted: rewritten in place or sent, as HTML or as plain text. Raises `TelegramError`."""
    if message.edits is not None and await _edit(bot, chat, message.edits, message):
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
        )
    except BadRequest as error:
        return _says(error, UNCHANGED)
    return True


async def _send(bot: Bot, chat: int, message: Outgoing, text: str, parse_mode: str | None) -> None:
    answered = message.answers
    await bot.send_message(
        chat,
        text,
        parse_mode=parse_mode,
        link_preview_options=NO_PREVIEW,
        reply_markup=_keyboard(message.buttons),
        message_thread_id=message.thread,
        reply_parameters=ReplyParameters(answered, allow_sending_without_reply=True) if answered else None,
    )


def _says(error: BadRequest, words: str) -> bool:
    return words in reason(error).casefold()


def _keyboard(rows: tuple[tuple[Button, ...], ...]) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(button.label, callback_data=button.press) for button in row] for row in rows]
    )
