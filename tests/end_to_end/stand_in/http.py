"""As much HTTP as a Bot API client speaks: keep-alive, forms in the body or the query, JSON back."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Request:
    """A path, parameters as text, and files by the name of their field: their own name and what is in them."""

    path: str
    parameters: dict[str, str]
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)


@dataclass(frozen=True)
class Response:
    """`body` None breaks the connection instead of answering."""

    code: int
    body: bytes | None

    @classmethod
    def json(cls, code: int, content: dict[str, Any]) -> Response:
        return cls(code, json.dumps(content).encode())


Handler = Callable[[Request], Awaitable[Response]]


class Server:
    """Serves `handler` on a free port of 127.0.0.1."""

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()

    async def start(self, port: int = 0) -> int:
        """Listen, on any free port unless one is given; returns the port."""
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", port)
        return int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            while request := await _read(reader):
                response = await self._handler(request)
                if response.body is None:
                    writer.transport.abort()
                    return
                head = f"HTTP/1.1 {response.code} -\r\nContent-Type: application/json\r\n"
                writer.write(f"{head}Content-Length: {len(response.body)}\r\n\r\n".encode() + response.body)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._connections.discard(task)
            writer.transport.abort()


async def _read(reader: asyncio.StreamReader) -> Request | None:
    """The next request of a connection, None when the client has left."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.split("\r\n")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    address = urlsplit(first.split(" ")[1])
    form = body.decode() if "urlencoded" in headers.get("content-type", "") else ""
    parameters = parse_qsl(address.query, keep_blank_values=True) + parse_qsl(form, keep_blank_values=True)
    if "multipart/form-data" not in headers.get("content-type", ""):
        return Request(address.path, dict(parameters))
    fields, files = _parts(headers["content-type"], body)
    return Request(address.path, {**dict(parameters), **fields}, files)


def _parts(content_type: str, body: bytes) -> tuple[dict[str, str], dict[str, tuple[str, bytes]]]:
    """The fields and the files of a form in several parts."""
    fields, files = {}, {}
    whole = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    for part in whole.iter_parts():
        name = str(part.get_param("name", header="content-disposition"))
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        file = part.get_filename()
        if file is None:
            fields[name] = content.decode()
        else:
            files[name] = (file, content)
    return fields, files
