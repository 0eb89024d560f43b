"""A flow: a guided part of the conversation with presses, words and commands of its own.

The advisor asks its flows in order. Each answers what is meant for it and leaves the rest, so a
new one is a module and a line in `Advisor`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.conversation.messages import Reply
from bot.conversation.session import Session

Turn = tuple[Session, list[Reply]]


class Flow(Protocol):
    """What the advisor asks of a flow. None means that it is not meant."""

    def press(self, session: Session, arguments: Sequence[str], today: date, *, edit: bool) -> Turn | None:
        """A press with this flow's action; its arguments may be forged or out of date."""

    def typed(self, session: Session, text: str, today: date) -> Turn | None:
        """A typed message, before it is read as a question."""

    def command(self, session: Session, word: str, today: date, *, edit: bool = False) -> Turn | None:
        """A command, its word in lower case without the slash; or a meta topic that was asked for or pressed."""
