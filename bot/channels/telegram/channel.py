"""Telegram as a durable channel: how its arrivals are read back, and replies written into the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from bot.channels.durable import arrivals
from bot.channels.telegram.outgoing import outgoing
from bot.channels.telegram.updates import Arrival
from bot.conversation.messages import Reply


class TelegramChannel:
    """See `Channel`."""

    own_words: ClassVar[dict[str, str]] = {"wordless": "telegram_wordless", "flood": "telegram_flood"}
    apology = "telegram_apology"

    def arrival(self, body: str) -> Arrival:
        """What was stored."""
        return Arrival.model_validate_json(body)

    def bodies(self, replies: Sequence[Reply], arrival: arrivals.Arrival) -> list[str]:
        """Each a call to Telegram."""
        if not isinstance(arrival, Arrival):
            raise TypeError("not an arrival of Telegram")
        return [call.model_dump_json() for call in outgoing(replies, arrival)]
