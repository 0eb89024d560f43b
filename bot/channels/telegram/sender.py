"""The sender: what waits in the outbox goes to Telegram, in order within a chat.

A row is struck out once Telegram has accepted it; those of many chats are read, and struck out, together.
`Lanes` sees to it that one chat's rows go one by one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import partial

import structlog
from sqlalchemy import Connection
from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.channels.backoff import Backoff
from bot.channels.durable.batches import Batches
from bot.channels.errors import describe
from bot.channels.health import Health
from bot.channels.meters import Meters
from bot.channels.telegram.api import is_unsent, reason, seconds_to_wait
from bot.channels.telegram.delivery import NameRefusedError, deliver, is_gone
from bot.channels.telegram.doubts import Doubts
from bot.channels.telegram.outgoing import Outgoing
from bot.channels.telegram.pacing import Pacing
from bot.channels.telegram.photos import Photos, Shot, remember
from bot.channels.telegram.polling import report
from bot.storage import agreement, chats, dead_letters, outbox, uploads
from bot.storage.cipher import WrongKeyError
from bot.storage.claims import Claims
from bot.storage.database import Database

# A fault of our own, not of the network, is tried so many times.
MAX_TRIES = 5
TOGETHER = 64
PART = "sending"

log = structlog.get_logger(__name__)


class _ChatElsewhere(Enum):
    YES = "another replica has the line"


@dataclass(frozen=True)
class _Strike:
    """A row that is done with, and what else is to be stored when it goes."""

    chat: int
    reply: int | None
    also: Callable[[Connection], None] | None = None


class Sender:
    """Sends for whichever chat has something waiting. `wake` is told of a group's new id when it moves."""

    def __init__(
        self,
        database: Database,
        bot: Bot,
        pacing: Pacing,
        photos: Photos,
        wake: Callable[[int], None],
        *,
        threads: Executor,
        claims: Claims,
        meters: Meters | None = None,
        health: Health | None = None,
    ) -> None:
        self._database = database
        self._bot = bot
        self._pacing = pacing
        self._photos = photos
        self._wake = wake
        self._claims = claims
        self._meters = meters or Meters()
        self._health = health or Health()
        self._faults: dict[int, Backoff] = {}
        self._doubts = Doubts()
        # Accepted, but not struck out yet: whatever happens to the database, they are not sent again.
        self._accepted: dict[int, _Strike] = {}
        self._first: Batches[int, outbox.Unsent | _ChatElsewhere | None] = Batches(self._first_all, TOGETHER, threads)
        self._settle: Batches[_Strike, None] = Batches(self._settle_all, TOGETHER, threads)
        self._give: Batches[int, None] = Batches(self._give_all, TOGETHER, threads)

    async def send(self, chat: int) -> float | None:
        """Send the first reply of a chat; see `Lanes` for what is returned."""
        if chat in self._accepted:
            return await self._strike_accepted(chat)
        reply = await self._first(chat)
        if reply is None:
            self._photos.drop(chat)
            return None
        if isinstance(reply, _ChatElsewhere):
            # Whoever has the line goes on with it; should they have missed a reply, the look-around finds it.
            return None
        settled = False
        try:
            if wait := self._pacing.wait(chat):
                return wait
            tried = await self._try(reply)
            settled = tried == 0
            if tried is not None:
                self._pacing.sent(chat)
            return tried
        finally:
            # What was settled gave its claim back; what was accepted keeps it until it is struck out, and what is in
            # doubt keeps it too: another replica knows nothing of the doubt, and would send again at once.
            kept = settled or chat in self._accepted or self._doubts.has(chat, reply.id)
            if self._database.is_shared and not kept:
                await self._give(chat)

    async def _try(self, reply: outbox.Unsent) -> float | None:
        """Seconds until the next try; 0 when the row is settled either way, None while its picture is drawn."""
        chat, name = reply.chat, None
        probing = False
        shot: Shot | None = Shot()
        try:
            message = Outgoing.model_validate_json(self._database.cipher.decrypt(reply.token))
            shot = await self._photos.ready(chat, message.picture)
            if shot is None:
                return None
            if self._doubts.has(chat, reply.id):
                probing = True
                await self._probe(chat)
                probing = False
            name = await deliver(self._bot, chat, message, shot.photo)
        except ChatMigrated as error:
            await self._settle(_Strike(chat, None, partial(outbox.move_chat, old=chat, new=error.new_chat_id)))
            self._wake(error.new_chat_id)
        except NameRefusedError as refused:
            await self._settle(_Strike(chat, None, partial(uploads.forget, name=refused.name)))
        except Forbidden as error:
            await self._block(reply, error)
        except BadRequest as error:
            if is_gone(error):
                await self._block(reply, error)
            else:
                await self._give_up(reply, error)
        except Exception as error:
            if isinstance(error, WrongKeyError) and await self._is_outdated():
                # The others can read it, and this process ends soon: see `Engine`.
                return None
            wait = self._failed(reply, error, in_doubt=not probing and not is_unsent(error))
            if wait is not None:
                return wait
            await self._give_up(reply, error)
        else:
            self._meters.sent()
            also = partial(remember, key=shot.key, name=name) if name is not None else None
            self._accepted[chat] = _Strike(chat, reply.id, also)
            self._photos.drop(chat)
            return await self._strike_accepted(chat)
        self._settled(chat)
        return 0.0

    async def _is_outdated(self) -> bool:
        return await asyncio.to_thread(agreement.problem, self._database) is not None

    async def _probe(self, chat: int) -> None:
        """Raises `NetworkError` while Telegram does not answer; what it answers does not matter."""
        try:
            await self._bot.send_chat_action(chat, ChatAction.TYPING)
        except NetworkError as error:
            # The library counts a refusal among the faults of the network.
            if not isinstance(error, BadRequest):
                raise
        except TelegramError:
            return

    async def _strike_accepted(self, chat: int) -> float:
        """Raises what the database raises; then only this is tried again."""
        await self._settle(self._accepted[chat])
        del self._accepted[chat]
        self._settled(chat)
        return 0.0

    def _settled(self, chat: int) -> None:
        self._health.well(PART)
        self._faults.pop(chat, None)
        self._doubts.settle(chat)

    def _failed(self, reply: outbox.Unsent, error: Exception, *, in_doubt: bool) -> float | None:
        """Seconds until the next try; None for a fault of our own that does not pass."""
        self._meters.send_failed(type(error).__name__)
        # A poll may still go on by a connection from before. A wait that Telegram asks for is an answer, and what is in
        # doubt is not tried again so soon that it would show when all is well.
        if isinstance(error, TelegramError) and not in_doubt and not isinstance(error, RetryAfter):
            report(self._health, error, PART)
        faults = self._faults.setdefault(reply.chat, Backoff())
        if not isinstance(error, TelegramError) and faults.failures >= MAX_TRIES:
            return None
        wait = seconds_to_wait(error, faults.next)
        if in_doubt:
            wait = max(wait, self._doubts.add(reply.chat, reply.id))
        log.warning("send_failed", error=type(error).__name__, reason=reason(error), retry_in=round(wait, 1))
        return wait

    async def _block(self, reply: outbox.Unsent, error: TelegramError) -> None:
        log.info("chat_gone", reason=reason(error))
        blocked = partial(chats.block, chat=reply.chat, now=datetime.now(UTC), refused=reply.id)
        await self._settle(_Strike(reply.chat, None, blocked))

    async def _give_up(self, reply: outbox.Unsent, error: Exception) -> None:
        """Set a reply aside that Telegram refuses in every form, so that what comes after it goes out."""
        log.error("reply_refused", reply_id=reply.id, error=type(error).__name__)
        aside = partial(
            dead_letters.set_aside,
            update_id=None,
            kind="reply",
            error=describe(error, said=""),
            now=datetime.now(UTC),
        )
        await self._settle(_Strike(reply.chat, reply.id, aside))

    # In threads

    def _first_all(self, chats_: Sequence[int]) -> list[outbox.Unsent | _ChatElsewhere | None]:
        granted = self._claims.take([_claim(chat) for chat in chats_])
        mine = [chat for chat in chats_ if _claim(chat) in granted]
        try:
            with self._database.reader() as reader:
                first = outbox.oldest(reader, mine)
        except Exception:
            self._claims.give(granted)
            raise
        if idle := [_claim(chat) for chat in mine if chat not in first]:
            self._claims.give(idle)
        return [first.get(chat) if _claim(chat) in granted else _ChatElsewhere.YES for chat in chats_]

    def _settle_all(self, done: Sequence[_Strike]) -> list[None]:
        with self._database.transaction() as transaction:
            if struck := [one.reply for one in done if one.reply is not None]:
                outbox.strike(transaction, struck)
            for one in done:
                if one.also is not None:
                    one.also(transaction)
        self._claims.give([_claim(one.chat) for one in done])
        return [None] * len(done)

    def _give_all(self, chats_: Sequence[int]) -> list[None]:
        self._claims.give([_claim(chat) for chat in chats_])
        return [None] * len(chats_)


def _claim(chat: int) -> str:
    return f"send {chat}"
