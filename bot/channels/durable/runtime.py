"""Who speaks: an advisor with its own words. Swapped whole when the knowledge base is read again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.conversation.messages import Incoming, Reply
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase


class Talks(Protocol):
    """What a channel needs of an advisor."""

    def turn(self, session: Session, incoming: Incoming, today: date) -> tuple[Session, list[Reply]]:
        """Answer one message or press."""


@dataclass(frozen=True)
class Runtime:
    """An advisor, the wording of what a channel says by itself, and what its pictures are drawn from."""

    advisor: Talks
    texts: Mapping[str, str]
    base: KnowledgeBase | None = None
