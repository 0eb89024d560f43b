"""The sender: what waits in the outbox goes to Telegram, in order within a chat.

A row is struck out once Telegram has accepted it. `Lanes` sees to it that one chat's rows go one by one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

import structlog
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.channels.backoff import Backoff
from bot.channels.errors import describe
from bot.channels.telegram.api import reason, seconds_to_wait
from bot.channels.telegram.delivery import NameRefusedError, deliver, is_gone
from bot.channels.telegram.outgoing import Outgoing
from bot.channels.telegram.pacing import Pacing
from bot.channels.telegram.photos import Photos, Shot, remember
from bot.storage import chats, dead_letters, outbox
from bot.storage.claims import Claim
from bot.storage.database import Database

# A fault of our own, not of the network, is tried so many times.
MAX_TRIES = 5

log = structlog.get_logger(__name__)


class Sender:
    """Sends for whichever chat has something waiting. `wake` is told of a group's new id when it moves."""

    def __init__(
        self, database: Database, bot: Bot, pacing: Pacing, photos: Photos, wake: Callable[[int], None]
    ) -> None:
        self._database = database
        self._bot = bot
        self._pacing = pacing
        self._photos = photos
        self._wake = wake
        self._faults: dict[int, Backoff] = {}

    async def send(self, chat: int) -> float | None:
        """Send the first reply of a chat; see `Lanes` for what is returned."""
        claim = Claim(self._database)
        try:
            reply = await asyncio.to_thread(_first, claim, chat)
            if reply is None:
                self._photos.drop(chat)
                return None
            if wait := self._pacing.wait(chat):
                return wait
            tried = await self._try(claim, reply)
            if tried is not None:
                self._pacing.sent(chat)
            return tried
        finally:
            if claim.held:
                await asyncio.to_thread(claim.drop)

    async def _try(self, claim: Claim, reply: outbox.Unsent) -> float | None:
        """Seconds until the next try; 0 when the row is settled either way, None while its picture is drawn."""
        chat, name = reply.chat, None
        shot: Shot | None = Shot()
        try:
            message = Outgoing.model_validate_json(self._database.cipher.decrypt(reply.token))
            shot = await self._photos.ready(chat, message.picture)
            if shot is None:
                return None
            name = await deliver(self._bot, chat, message, shot.photo)
        except ChatMigrated as error:
            await asyncio.to_thread(_move, claim, chat, error.new_chat_id)
            self._wake(error.new_chat_id)
        except NameRefusedError as refused:
            await asyncio.to_thread(self._photos.forget, refused.name)
        except Forbidden as error:
            await self._block(claim, chat, error)
        except BadRequest as error:
            if is_gone(error):
                await self._block(claim, chat, error)
            else:
                await self._give_up(claim, reply, error)
        except Exception as error:
            faults = self._faults.setdefault(chat, Backoff())
            if isinstance(error, TelegramError) or faults.failures < MAX_TRIES:
                wait = seconds_to_wait(error, faults.next)
                log.warning("send_failed", error=type(error).__name__, reason=reason(error), retry_in=round(wait, 1))
                return wait
            await self._give_up(claim, reply, error)
        else:
            await asyncio.to_thread(_strike, claim, reply, shot.key, name)
            self._photos.drop(chat)
        self._faults.pop(chat, None)
        return 0.0

    async def _block(self, claim: Claim, chat: int, error: TelegramError) -> None:
        log.info("chat_gone", reason=reason(error))
        await asyncio.to_thread(_block, claim, chat)

    async def _give_up(self, claim: Claim, reply: outbox.Unsent, error: Exception) -> None:
        """Set a reply aside that Telegram refuses in every form, so that what comes after it goes out."""
        log.error("reply_refused", reply_id=reply.id, error=type(error).__name__)
        await asyncio.to_thread(_set_aside, claim, reply, describe(error, said=""))


def _first(claim: Claim, chat: int) -> outbox.Unsent | None:
    reply = outbox.oldest(claim.reading, chat)
    claim.rest()
    return reply


def _strike(claim: Claim, reply: outbox.Unsent, key: str, name: str | None) -> None:
    with claim.finish() as transaction:
        remember(transaction, key, name)
        outbox.strike(transaction, reply.id)


def _move(claim: Claim, old: int, new: int) -> None:
    with claim.finish() as transaction:
        outbox.move_chat(transaction, old, new)


def _block(claim: Claim, chat: int) -> None:
    with claim.finish() as transaction:
        chats.block(transaction, chat, datetime.now(UTC))


def _set_aside(claim: Claim, reply: outbox.Unsent, problem: str) -> None:
    with claim.finish() as transaction:
        dead_letters.set_aside(transaction, None, "reply", problem, datetime.now(UTC))
        outbox.strike(transaction, reply.id)
