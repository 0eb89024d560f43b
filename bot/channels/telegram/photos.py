"""What a picture can be sent as: Telegram's own name for it, or what was drawn.

Drawing goes on beside the sending: a chat whose picture is not ready gives its place to others, and
is woken when it is.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from sqlalchemy import Connection
from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.channels import pictures
from bot.channels.errors import describe
from bot.channels.telegram.api import reason
from bot.channels.telegram.delivery import Photo
from bot.conversation.messages import Picture
from bot.knowledge.base import KnowledgeBase
from bot.storage import uploads
from bot.storage.database import Database

# A picture usually takes a tenth of a second; who waits longer sees that something is coming.
PATIENCE_SECONDS = 0.5

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Shot:
    """A picture ready to be sent; `photo` is None where there is none to be had."""

    key: str = ""
    photo: Photo | None = None


class Photos:
    """`base` gives what they are drawn from now; `wake` is told of a chat whose picture is ready."""

    def __init__(
        self, database: Database, bot: Bot, base: Callable[[], KnowledgeBase | None], wake: Callable[[int], None]
    ) -> None:
        self._database = database
        self._bot = bot
        self._base = base
        self._wake = wake
        self._drawn: dict[int, Shot] = {}
        self._drawing: dict[int, asyncio.Task[None]] = {}

    async def ready(self, chat: int, picture: Picture | None) -> Shot | None:
        """What to send; None while it is being drawn."""
        base = self._base()
        if picture is None or base is None:
            return Shot()
        if chat in self._drawing:
            return None
        key = pictures.picture_key(base, picture)
        shot = self._drawn.get(chat)
        if shot is not None and shot.key == key:
            return shot
        name = await asyncio.to_thread(self._find, key)
        if name is not None:
            return Shot(key, name)
        self._drawing[chat] = asyncio.create_task(self._draw(chat, base, picture, key), name=f"draw for {chat}")
        return None

    def drop(self, chat: int) -> None:
        """What was drawn for a chat is not needed any more."""
        self._drawn.pop(chat, None)

    async def idle(self) -> bool:
        """Wait until nothing is being drawn; whether there was anything to wait for."""
        drawing = list(self._drawing.values())
        await asyncio.gather(*drawing, return_exceptions=True)
        return bool(drawing)

    async def stop(self) -> None:
        """Give up what is being drawn; its replies wait in the outbox."""
        for task in self._drawing.values():
            task.cancel()
        await self.idle()
        pictures.close()

    def _find(self, key: str) -> str | None:
        with self._database.reader() as reader:
            return uploads.find(reader, key)

    async def _draw(self, chat: int, base: KnowledgeBase, picture: Picture, key: str) -> None:
        try:
            drawing = asyncio.ensure_future(pictures.draw(base, picture))
            done, _ = await asyncio.wait({drawing}, timeout=PATIENCE_SECONDS)
            if not done:
                await self._show_that_it_comes(chat)
            self._drawn[chat] = Shot(key, await drawing)
        except Exception as error:
            # Its words say the same, so they go without it.
            log.warning("picture_not_drawn", error=describe(error, said=""))
            self._drawn[chat] = Shot(key)
        finally:
            del self._drawing[chat]
        self._wake(chat)

    async def _show_that_it_comes(self, chat: int) -> None:
        try:
            await self._bot.send_chat_action(chat, ChatAction.UPLOAD_PHOTO)
        except TelegramError as error:
            log.info("action_not_shown", error=type(error).__name__, reason=reason(error))


def remember(transaction: Connection, key: str, name: str | None) -> None:
    """Telegram took a picture and gave it a name."""
    if key and name is not None:
        uploads.remember(transaction, key, name, datetime.now(UTC))
