"""The HTTP server: health, readiness and metrics, and whatever routes a channel adds.

Whoever can reach it can read how much the bot is used, never by whom: keep it behind the proxy.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable, Generator

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.channels.durable.engine import Engine
from bot.settings import HEALTH, METRICS, READINESS, SettingsError, WebSettings

DEFAULT_PORT = 8080
STOP_SECONDS = 3
# Whoever asks whether we are ready does not wait long for an answer.
READ_SECONDS = 3.0


class _Server(uvicorn.Server):
    """Signals are the process's own affair."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


class WebServer:
    """Listens from `start` to `stop`. `ready` says whether updates would be taken in and answered."""

    def __init__(self, host: str, port: int, engine: Engine) -> None:
        self._host = host
        self._port = port
        self._engine = engine
        self._app = Starlette(
            routes=[
                Route(HEALTH, self._healthz),
                Route(READINESS, self._readyz),
                Route(METRICS, self._metrics),
            ]
        )
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None
        self._reading: asyncio.Task[None] | None = None
        self.ready = False

    @classmethod
    def of(cls, settings: WebSettings, engine: Engine) -> WebServer | None:
        """The server that the settings ask for, if they do."""
        if settings.port is None and settings.webhook_url is None:
            return None
        return cls(settings.host, settings.port or DEFAULT_PORT, engine)

    def add(self, route: BaseRoute) -> None:
        """Serve one more route."""
        self._app.router.routes.append(route)

    async def start(self) -> None:
        """Listen. Raises `SettingsError` for an address that cannot be listened at."""
        try:
            family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
            listener = socket.create_server((self._host, self._port), family=family, backlog=256)
        except OSError as error:
            raise SettingsError(f"HOST, PORT: cannot listen at {self._host}:{self._port} ({error.strerror})") from None
        config = uvicorn.Config(
            self._app,
            log_config=None,
            log_level="warning",
            access_log=False,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
        self._server = _Server(config)
        self._serving = asyncio.create_task(self._server.serve(sockets=[listener]))

    async def stop(self) -> None:
        """Answer what has come, then listen no more."""
        if self._server is None or self._serving is None:
            return
        self._server.should_exit = True
        await asyncio.wait({self._serving}, timeout=STOP_SECONDS + 2)
        self._server = None

    async def _healthz(self, _request: Request) -> Response:
        """Alive: this was answered. What a new start would not mend does not count here."""
        return (
            _plain([], 200)
            if not self._engine.exhausted.is_set()
            else _plain(["this process ends, so that a new one can take its place"], 503)
        )

    async def _readyz(self, _request: Request) -> Response:
        # That Telegram is out of reach keeps nothing from being taken in.
        problems = self._engine.health.problems("database", "file")
        if not self.ready:
            problems = ["not started yet, or stopping", *problems]
        if not problems and not await self._reads():
            problems = ["the database cannot be read"]
        return _plain(problems, 503 if problems else 200)

    async def _metrics(self, _request: Request) -> Response:
        return Response(self._engine.meters.page(), media_type=CONTENT_TYPE_LATEST)

    async def _reads(self) -> bool:
        """Whether the database can be read, soon. One read at a time: what hangs must not fill every thread."""
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(self._engine.in_thread(_look(self._engine)))
        reading = self._reading  # whoever asks meanwhile waits for the same one
        await asyncio.wait({reading}, timeout=READ_SECONDS)
        return reading.done() and not reading.cancelled() and reading.exception() is None


def _look(engine: Engine) -> Callable[[], None]:
    def look() -> None:
        with engine.database.reader() as reader:
            reader.exec_driver_sql("SELECT 1 FROM canary")

    return look


def _plain(problems: list[str], code: int) -> Response:
    return PlainTextResponse("\n".join(problems or ["ok"]) + "\n", code)
