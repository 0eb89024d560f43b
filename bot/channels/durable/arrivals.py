"""What a durable channel hands in: messages that were stored, and a way to write the replies down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.conversation.messages import Reply


class Arrival(Protocol):
    """A message or press that gets a reply.

    `kind` is "text", "press" or "command" for the advisor; any other is answered by the channel's own words.
    `person` is whose session this is, `chat` where the reply goes; in a chat that is not `private` nothing is
    remembered.
    """

    @property
    def update_id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def person(self) -> str: ...
    @property
    def chat(self) -> int: ...
    @property
    def private(self) -> bool: ...


class Channel(Protocol):
    """How arrivals are read back from the inbox, and replies written into the outbox."""

    # What the channel says by itself, by kind of arrival: keys of `texts.yaml`.
    @property
    def own_words(self) -> Mapping[str, str]: ...
    @property
    def apology(self) -> str: ...

    def arrival(self, body: str) -> Arrival:
        """What was stored. Raises on what cannot be read."""

    def privately(self, arrival: Arrival, texts: Mapping[str, str], onward: str) -> Reply:
        """What to say in a group instead of what is personal: where to go on. `onward` as in `Reply`."""

    def outlives_erasure(self, body: str) -> bool:
        """Whether a row of the outbox still goes out when its person is erased meanwhile: a copy they asked for."""

    def bodies(self, replies: Sequence[Reply], arrival: Arrival) -> list[str]:
        """Replies as rows of the outbox, one for each call to the channel."""
