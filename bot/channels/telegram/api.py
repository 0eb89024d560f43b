"""The Bot API as this bot uses it: python-telegram-bot's `Bot`, made quiet and careful.

Its answers and errors carry the token (in every URL) and what people wrote, so nothing of them is
logged as it is; `reason` says what may be said.
"""

from __future__ import annotations

import json
import os
import ssl
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import httpx
from telegram import Bot, LinkPreviewOptions
from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.request import BaseRequest, HTTPXRequest

from bot.channels.telegram import payloads
from bot.channels.telegram.updates import ALLOWED
from bot.logs import redact
from bot.settings import TelegramSettings

# Read by the library whenever it makes an error with a time in it; its old type is deprecated.
os.environ.setdefault("PTB_TIMEDELTA", "1")
MAX_UPDATES = 100  # https://core.telegram.org/bots/api#getupdates
POLL_SECONDS = 25
# An answer may come just after the poll's own time is over.
POLL_GRACE_SECONDS = 10.0
CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 20.0
# A reply that is accepted late must not be sent again meanwhile: a connection that is dead is noticed by itself.
SEND_SECONDS = 150.0
# A connection must be free when a send has its place: all sends, and presses besides.
CONNECTIONS = 64
# The library's pool looks at all of its connections at every request, so several small ones share the work.
POOLS = 16
MAX_REASON = 300
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
# Followed in the library's messages by the body of the answer, which may hold what people wrote.
_BODY = ". Parsing the server response"


class BrokenAnswerError(NetworkError):
    """Something answered, but not the Bot API: whether it did what was asked cannot be known."""


class FailedError(NetworkError):
    """The Bot API itself says that it failed (500, and not a gateway before it): it did not do what was asked."""


class _Answer(dict[str, Any]):
    def __missing__(self, key: str) -> Any:
        raise BrokenAnswerError(f"the answer has no `{key}`")


class QuietRequest(HTTPXRequest):
    """An answer that is not one of the Bot API is a fault of the network, and is not logged."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer. Raises `BrokenAnswerError`."""
        try:
            answer = payloads.loads(payload)
        except ValueError:
            raise BrokenAnswerError("the answer is not JSON") from None
        if not isinstance(answer, dict):
            raise BrokenAnswerError("the answer is not an object")
        return _Answer(answer)

    async def do_request(self, *arguments: Any, **options: Any) -> tuple[int, bytes]:
        """See `BaseRequest`. Raises `FailedError`, and `BrokenAnswerError` for a refusal by somebody on the way."""
        code, payload = await super().do_request(*arguments, **options)
        if httpx.codes.is_success(code):
            return code, payload
        answer = self.parse_json_payload(payload)
        if "ok" not in answer:
            raise BrokenAnswerError(f"the answer ({code}) is none of the Bot API")
        if code == httpx.codes.INTERNAL_SERVER_ERROR and answer["ok"] is False:
            raise FailedError(f"Internal Server Error ({code})")
        return code, payload


class SpreadRequest(BaseRequest):
    """Each request goes to the pool with the fewest under way."""

    def __init__(self, pools: Sequence[QuietRequest]) -> None:
        self._pools = pools
        self._under_way = [0] * len(pools)

    @property
    def read_timeout(self) -> float | None:
        """The default, in seconds."""
        return self._pools[0].read_timeout

    parse_json_payload = staticmethod(QuietRequest.parse_json_payload)

    async def initialize(self) -> None:
        """Open every pool."""
        for pool in self._pools:
            await pool.initialize()

    async def shutdown(self) -> None:
        """Close every connection."""
        for pool in self._pools:
            await pool.shutdown()

    async def do_request(self, *arguments: Any, **options: Any) -> tuple[int, bytes]:
        """See `BaseRequest`."""
        place = min(range(len(self._pools)), key=self._under_way.__getitem__)
        self._under_way[place] += 1
        try:
            return await self._pools[place].do_request(*arguments, **options)
        finally:
            self._under_way[place] -= 1


class Api:
    """The bot's connection: `bot` for every method, `updates` for long polling."""

    def __init__(self, settings: TelegramSettings, token: str) -> None:
        base = f"{settings.api_url.rstrip('/')}/bot"
        certificates = httpx.create_ssl_context()
        self._polling = self._request(1, certificates)
        sending = SpreadRequest([self._request(CONNECTIONS // POOLS, certificates) for _ in range(POOLS)])
        self._updates_url = f"{base}{token}/getUpdates"
        self.bot = Bot(token, base_url=base, request=sending, get_updates_request=self._polling)

    @staticmethod
    def _request(connections: int, certificates: ssl.SSLContext) -> QuietRequest:
        return QuietRequest(
            connection_pool_size=connections,
            connect_timeout=CONNECT_SECONDS,
            read_timeout=ANSWER_SECONDS,
            write_timeout=ANSWER_SECONDS,
            pool_timeout=ANSWER_SECONDS,
            httpx_kwargs={"verify": certificates},
        )

    async def updates(self, offset: int | None) -> list[dict[str, Any]]:
        """The next updates as Telegram wrote them, at most 100, in order; those before `offset` are confirmed.

        As plain JSON: one that the library cannot read would otherwise be asked for again and again.
        Raises `TelegramError`.
        """
        parameters = {"timeout": POLL_SECONDS, "limit": MAX_UPDATES, "allowed_updates": json.dumps(ALLOWED)}
        if offset is not None:
            parameters["offset"] = offset
        result: Any = await self._polling.post(
            f"{self._updates_url}?{urlencode(parameters)}", read_timeout=POLL_SECONDS + POLL_GRACE_SECONDS
        )
        if not isinstance(result, list):
            raise NetworkError("the answer is no list of updates")
        return result

    async def close(self) -> None:
        """Close every connection."""
        await self.bot.shutdown()


def reason(error: BaseException) -> str:
    """An error in a line fit for the log: no token, nothing of an answer's body."""
    return redact(str(error).split(_BODY, maxsplit=1)[0])[:MAX_REASON]


def is_unsent(error: Exception) -> bool:
    """Whether a request that failed certainly never reached Telegram, or was refused by it.

    An answer above 500 says neither: a gateway gives it too when what it asked for was done.
    """
    cause = error.__cause__
    if isinstance(cause, (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)):
        return True
    # The library counts a refusal among the faults of the network.
    return not isinstance(error, NetworkError) or isinstance(error, (BadRequest, FailedError))


def seconds_to_wait(error: Exception, otherwise: Callable[[], float]) -> float:
    """What Telegram asks for (429), else our own backoff."""
    if isinstance(error, RetryAfter):
        after = error.retry_after
        return after.total_seconds() if isinstance(after, timedelta) else float(after)
    return otherwise()
