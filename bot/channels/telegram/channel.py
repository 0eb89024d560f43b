"""Telegram as a durable channel: how its arrivals are read back, and replies written into the outbox."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import ClassVar

from bot.channels.durable import arrivals
from bot.channels.telegram.outgoing import Outgoing, outgoing
from bot.channels.telegram.updates import TelegramArrival
from bot.conversation.messages import Reply

# https://core.telegram.org/bots/features#deep-linking
PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
PRIVATELY = "telegram_private"


class TelegramChannel:
    """See `Channel`."""

    own_words: ClassVar[dict[str, str]] = {"wordless": "telegram_wordless", "flood": "telegram_flood"}
    apology = "telegram_apology"

    def __init__(self) -> None:
        # Known once Telegram has said who we are.
        self.username = ""

    def arrival(self, body: str) -> TelegramArrival:
        """What was stored."""
        return TelegramArrival.model_validate_json(body)

    def privately(self, arrival: arrivals.Arrival, texts: Mapping[str, str], onward: str) -> Reply:
        """A link into the private chat, which goes on there at once with what was asked."""
        wanted = PAYLOAD.fullmatch(arrival.text if arrival.kind == "command" else onward)
        link = f"https://t.me/{self.username}" + (f"?start={wanted.group()}" if wanted else "")
        # Without words of its own for that a bare link says enough.
        return Reply(text=texts.get(PRIVATELY, "{link}").replace("{link}", link), outcome="chat")

    def outlives_erasure(self, body: str) -> bool:
        """Whoever asks for a copy and then to be erased, faster than Telegram takes it, gets the copy."""
        return Outgoing.model_validate_json(body).document is not None

    def bodies(self, replies: Sequence[Reply], arrival: arrivals.Arrival) -> list[str]:
        """Each a call to Telegram."""
        if not isinstance(arrival, TelegramArrival):
            raise TypeError("not an arrival of Telegram")
        return [call.model_dump_json() for call in outgoing(replies, arrival)]
