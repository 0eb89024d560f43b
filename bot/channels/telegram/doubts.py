"""Replies of which nobody knows whether Telegram took them: the connection broke before its answer came.

They must go out, and should not come twice. So the next try waits until Telegram answers in that chat again,
and each one after it far longer than such a fault lasts.
"""

from __future__ import annotations

from dataclasses import dataclass

# Before the second try, the third, and all that follow.
WAITS = (0.5, 120.0, 300.0)


@dataclass(frozen=True)
class _Doubt:
    reply: int
    tries: int


class Doubts:
    """By chat: of one chat one reply is on its way at a time."""

    def __init__(self) -> None:
        self._doubts: dict[int, _Doubt] = {}

    def add(self, chat: int, reply: int) -> float:
        """A try ended in doubt. Returns the seconds until the next."""
        known = self._doubts.get(chat)
        tries = known.tries + 1 if known is not None and known.reply == reply else 1
        self._doubts[chat] = _Doubt(reply, tries)
        return WAITS[min(tries, len(WAITS)) - 1]

    def has(self, chat: int, reply: int) -> bool:
        """Whether a try of this reply ended in doubt."""
        known = self._doubts.get(chat)
        return known is not None and known.reply == reply

    def settle(self, chat: int) -> None:
        """What was on its way is settled."""
        self._doubts.pop(chat, None)
