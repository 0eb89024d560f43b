"""How fast messages may go out, so that Telegram has no reason to say 429.

About 30 a second over all chats, one a second in a private chat with short bursts, 20 a minute in a
group: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

from __future__ import annotations

from collections.abc import Callable

PRIVATE_RATE = 1.0
PRIVATE_BURST = 4
# With a burst of 4, 16 more in the minute that follows make 20.
GROUP_RATE = 16 / 60
GROUP_BURST = 4
# The overall burst is a part of a second's worth, so that no second holds much more than the rate.
OVERALL_BURST_SECONDS = 0.1
REMEMBERED_CHATS = 10_000


class RateLimit:
    """`rate` a second on average, `burst` at once; what is left over is not saved up beyond that."""

    def __init__(self, rate: float, burst: float) -> None:
        self._interval = 1 / rate
        self._tolerance = (max(burst, 1) - 1) * self._interval
        self._due = float("-inf")

    def wait(self, now: float) -> float:
        """Seconds until one more may go."""
        return max(0.0, self._due - self._tolerance - now)

    def take(self, now: float) -> None:
        """One goes, now or after `wait`; whoever comes next waits behind it."""
        self._due = max(self._due, now) + self._interval

    def is_unused(self, now: float) -> bool:
        """Whether it is as if nothing had ever gone."""
        return self._due <= now


class Pacing:
    """When the next message of a chat may go. `rate` is the overall one; 0 paces nothing at all."""

    def __init__(self, rate: float, clock: Callable[[], float]) -> None:
        self._overall = RateLimit(rate, rate * OVERALL_BURST_SECONDS) if rate else None
        self._chats: dict[int, RateLimit] = {}
        self._granted: set[int] = set()
        self._clock = clock

    def wait(self, chat: int) -> float:
        """Seconds until the next message of `chat` may go; ask again then, and 0 means now.

        A grant is kept until `sent`, so whoever waited is not put behind those who come later.
        """
        if self._overall is None or chat in self._granted:
            return 0.0
        now = self._clock()
        limit = self._of(chat, now)
        if wait := limit.wait(now):
            return wait
        wait = self._overall.wait(now)
        self._overall.take(now)
        limit.take(now + wait)
        self._granted.add(chat)
        return wait

    def sent(self, chat: int) -> None:
        """The message went, or was given up: the next needs a grant of its own."""
        self._granted.discard(chat)

    def _of(self, chat: int, now: float) -> RateLimit:
        if chat not in self._chats:
            if len(self._chats) >= REMEMBERED_CHATS:
                self._chats = {key: limit for key, limit in self._chats.items() if not limit.is_unused(now)}
            # Groups have negative ids: https://core.telegram.org/api/bots/ids
            self._chats[chat] = (
                RateLimit(PRIVATE_RATE, PRIVATE_BURST) if chat > 0 else RateLimit(GROUP_RATE, GROUP_BURST)
            )
        return self._chats[chat]
