"""The stand-in itself: Telegram's side of the conversation, in a thread of its own."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import random
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Literal

import httpx

from stand_in import rules
from stand_in.faults import Fault
from stand_in.http import Request, Response, Server
from stand_in.rules import RefusedError, bad

TOKEN = "987654321:AAtest-stand-in-token_0123456789abcdefgh"
BOT = {"id": 987654321, "is_bot": True, "first_name": "Advisor", "username": "stand_in_bot"}
# Waits end with what they wait for; this is for a test that fails, on a machine however slow.
PATIENCE_SECONDS = float(os.environ.get("PATIENCE_SECONDS", "180"))
REDELIVER_SECONDS = 0.1
# Asking for the same offset again so soon gives one update only.
REPEAT_SECONDS = 0.5
# A press may overtake, or be overtaken by, messages of the same person by so much.
JUMBLE_SECONDS = 0.03


@dataclass(frozen=True)
class Call:
    """A call that the bot made; `accepted` when Telegram did what it asked.

    `prefix` is whatever stood before `/bot…` in the address: tests tell processes apart by it.
    """

    method: str
    parameters: dict[str, str]
    at: float
    accepted: bool
    prefix: str


@dataclass
class Message:
    """A message of the bot as it now stands."""

    id: int
    chat: int
    text: str
    source: str
    kind: Literal["text", "photo", "document"] = "text"
    file: str = ""
    rows: list[list[dict[str, Any]]] = field(default_factory=list)
    parameters: dict[str, str] = field(default_factory=dict)

    @property
    def labels(self) -> list[str]:
        return [button["text"] for row in self.rows for button in row]


class BotApi:
    """Use as a context manager. `latency` is in seconds a call; `per_second` floods are refused with 429."""

    def __init__(
        self, latency: float = 0.0, query_seconds: float = 150.0, per_second: int | None = None, seed: int = 1
    ) -> None:
        self.token = TOKEN
        self.url = ""
        self.calls: list[Call] = []
        self.messages: list[Message] = []
        self.deliveries: list[int] = []
        self.files: dict[str, tuple[str, bytes]] = {}
        self.profile: dict[str, Any] = {"commands": [], "description": "", "short_description": ""}
        self.webhook: dict[str, Any] = {}
        self._delivering: asyncio.Task[None] | None = None
        self._revoked = False
        self._port = 0
        self._latency = latency
        self._query_seconds = query_seconds
        self._per_second = per_second
        self._random = random.Random(seed)
        self._faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._updates: list[dict[str, Any]] = []
        self._update_ids = itertools.count(1000)
        self._message_ids = itertools.count(1)
        self._queries: dict[str, float] = {}
        self._chats: dict[int, dict[str, Any]] = {}
        self._blocked: set[int] = set()
        self._migrated: dict[int, int] = {}
        self._accepted_at: defaultdict[int, deque[float]] = defaultdict(deque)
        self._polled: tuple[int | None, float] = (None, 0.0)
        self._poll: asyncio.Future[None] | None = None
        self._changed = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._server = Server(self._handle)
        self._thread = threading.Thread(target=self._loop.run_forever, name="stand-in", daemon=True)

    def __enter__(self) -> BotApi:
        self._thread.start()
        self._port = asyncio.run_coroutine_threadsafe(self._server.start(), self._loop).result()
        self.url = f"http://127.0.0.1:{self._port}"
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    # What people do

    def say(self, person: int, text: str, chat: int | None = None, **extra: Any) -> None:
        """A person writes; `chat` is a group. `extra` are further fields of the message."""
        entities = []
        if text.startswith("/"):
            entities = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        self.post(person, chat, text=text, **({"entities": entities} if entities else {}), **extra)

    def post(self, person: int, chat: int | None = None, **content: Any) -> None:
        """A person sends whatever `content` says."""
        message = {
            "message_id": next(self._message_ids),
            "date": int(time.time()),
            "chat": self._chat(chat or person),
            "from": _person(person),
            **content,
        }
        self.push({"message": message})

    def press(self, person: int, label: str, chat: int | None = None) -> None:
        """A person presses the button of that label on the newest message that has it."""
        with self._changed:
            candidates = [message for message in self.messages if message.chat == (chat or person)]
            message = next(item for item in reversed(candidates) if label in item.labels)
        data = next(button["callback_data"] for row in message.rows for button in row if button["text"] == label)
        self.press_data(person, data, message.id, chat)

    def press_data(self, person: int, data: str, message_id: int, chat: int | None = None) -> None:
        """A press with any data at all, as a modified client can send it."""
        query = str(self._random.getrandbits(60))
        self._queries[query] = time.monotonic()
        with self._changed:
            known = {message.id: message for message in self.messages if message.chat == (chat or person)}
        message = known.get(message_id)
        content = {"text": "…"} if message is None or message.kind == "text" else _media(message)
        pressed = {"message_id": message_id, "date": int(time.time()), "chat": self._chat(chat or person), **content}
        update = {
            "callback_query": {
                "id": query,
                "from": _person(person),
                "message": {**pressed, "from": BOT},
                "chat_instance": "1",
                "data": data,
            }
        }
        self._loop.call_soon_threadsafe(
            self._loop.call_later, self._random.uniform(0, JUMBLE_SECONDS), self._enqueue, update
        )

    def block(self, person: int) -> None:
        """A person stops the bot."""
        self._blocked.add(person)
        self._member(person, "kicked")

    def unblock(self, person: int) -> None:
        """A person starts the bot again."""
        self._blocked.discard(person)
        self._member(person, "member")

    def migrate(self, old: int, new: int) -> None:
        """A group becomes a supergroup; nothing says so but the refusal of the old id."""
        self._migrated[old] = new
        self._chat(new)

    def push(self, update: dict[str, Any]) -> None:
        """Any update at all."""
        self._loop.call_soon_threadsafe(self._enqueue, update)

    # What goes wrong

    def fail(self, method: str, *faults: Fault) -> None:
        """The next calls of a method go wrong, one by one."""
        self._faults[method].extend(faults)

    def leave(self) -> None:
        """Nobody listens any more."""
        asyncio.run_coroutine_threadsafe(self._server.stop(), self._loop).result()

    def come_back(self) -> None:
        """Listen again where it listened before."""
        asyncio.run_coroutine_threadsafe(self._server.start(self._port), self._loop).result()

    def revoke(self) -> None:
        """The token is not valid any more."""
        self._revoked = True

    # What the bot did

    def sent(self, chat: int) -> list[str]:
        """What the bot said in a chat, in order, edits and captions included."""
        with self._changed:
            calls = [call for call in self.calls if call.accepted and call.parameters.get("chat_id") == str(chat)]
        said = {"sendMessage": "text", "editMessageText": "text", "sendPhoto": "caption", "sendDocument": "caption"}
        return [call.parameters.get(said[call.method], "") for call in calls if call.method in said]

    def in_chat(self, chat: int) -> list[Message]:
        """The bot's messages in a chat as they now stand."""
        with self._changed:
            return [message for message in self.messages if message.chat == chat]

    def count(self, method: str, *, accepted: bool = True) -> int:
        """How often a method was called."""
        with self._changed:
            return sum(call.method == method and call.accepted is accepted for call in self.calls)

    def is_quiet(self, seconds: float) -> bool:
        """Whether the bot waits for updates, there are none, and it made no call for so long."""
        with self._changed:
            last = self.calls[-1].at if self.calls else time.monotonic()
            waits = self._poll is not None and not self._poll.done() and not self._updates
            return waits and time.monotonic() - max(last, self._polled[1]) > seconds

    def wait(self, condition: Callable[[], bool], what: str = "it", seconds: float = PATIENCE_SECONDS) -> None:
        """Until `condition` holds. Raises `AssertionError` when that takes for ever."""
        deadline = time.monotonic() + seconds
        while not condition():
            with self._changed:
                self._changed.wait(0.05)
            assert time.monotonic() < deadline, f"waited for {what} for {seconds} seconds"

    # The server's side, all in the loop's thread

    async def _end(self) -> None:
        if self._delivering is not None:
            self._delivering.cancel()
            await asyncio.gather(self._delivering, return_exceptions=True)
        await self._server.stop()

    def _enqueue(self, update: dict[str, Any]) -> None:
        self._updates.append({"update_id": next(self._update_ids), **update})
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def _member(self, person: int, status: str) -> None:
        member = {"chat": self._chat(person), "from": _person(person), "new_chat_member": {"status": status}}
        self.push({"my_chat_member": member})

    def _chat(self, chat: int) -> dict[str, Any]:
        kind = {"type": "private", "first_name": "P"} if chat > 0 else {"type": "supergroup", "title": "Group"}
        return self._chats.setdefault(chat, {"id": chat, **kind})

    async def _handle(self, request: Request) -> Response:
        address, _, method = request.path.rpartition("/")
        prefix, _, token = address.rpartition("/bot")
        if token != self.token or self._revoked:
            return Response.json(401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
        await asyncio.sleep(self._latency / 2)
        response = await self._respond(method, request, prefix)
        await asyncio.sleep(self._latency / 2)
        return response

    async def _respond(self, method: str, request: Request, prefix: str) -> Response:
        parameters = request.parameters
        fault = self._faults[method].popleft() if self._faults[method] else None
        if fault is not None and not fault.accepted:
            self._record(method, parameters, prefix, accepted=False)
            await asyncio.sleep(fault.late)
            return Response(fault.code, fault.body) if fault.body or not fault.code else _refusal(fault.answer())
        try:
            result = await self._do(method, parameters, request.files)
        except RefusedError as error:
            self._record(method, parameters, prefix, accepted=False)
            return _refusal(error.answer)
        self._record(method, parameters, prefix, accepted=True)
        if fault is not None and fault.late:
            await asyncio.sleep(fault.late)
        elif fault is not None:
            return Response(fault.code, fault.body)
        return Response.json(200, {"ok": True, "result": result})

    def _record(self, method: str, parameters: dict[str, str], prefix: str, *, accepted: bool) -> None:
        with self._changed:
            self.calls.append(Call(method, parameters, time.monotonic(), accepted, prefix))
            self._changed.notify_all()

    async def _do(self, method: str, parameters: dict[str, str], files: dict[str, tuple[str, bytes]]) -> Any:
        if method.startswith(("getMy", "setMy")):
            return self._do_profile(method, parameters)
        match method:
            case "getMe":
                return BOT
            case "getUpdates":
                return await self._get_updates(parameters)
            case "deleteWebhook":
                self._set_webhook({})
                return True
            case "setWebhook":
                self._set_webhook(parameters)
                return True
            case "getWebhookInfo":
                allowed = json.loads(self.webhook.get("allowed_updates", "[]"))
                return {
                    "url": self.webhook.get("url", ""),
                    "has_custom_certificate": False,
                    "pending_update_count": len(self._updates),
                    "allowed_updates": allowed,
                }
            case "sendMessage":
                return self._send_message(parameters)
            case "sendPhoto" | "sendDocument":
                return self._send_file("photo" if method == "sendPhoto" else "document", parameters, files)
            case "sendChatAction":
                return bool(self._writable(parameters))
            case "editMessageText":
                return self._edit_message(parameters)
            case "answerCallbackQuery":
                return self._answer_query(parameters)
        raise RefusedError(404, "Not Found")

    def _set_webhook(self, parameters: dict[str, str]) -> None:
        self.webhook = parameters
        if self._delivering is not None:
            self._delivering.cancel()
            self._delivering = None
        if parameters.get("url"):
            self._delivering = self._loop.create_task(self._deliver(parameters))

    async def _deliver(self, webhook: dict[str, str]) -> None:
        """Call the bot for each update, in order, until it says that it has it."""
        allowed = json.loads(webhook.get("allowed_updates", "[]"))
        secret = {"X-Telegram-Bot-Api-Secret-Token": webhook.get("secret_token", "")}
        async with httpx.AsyncClient(timeout=30) as client:
            while True:
                if not self._updates:
                    self._poll = self._loop.create_future()
                    await self._poll
                update = self._updates[0]
                if allowed and not any(name in update for name in allowed):
                    self._updates.pop(0)
                    continue
                try:
                    code = (await client.post(webhook["url"], json=update, headers=secret)).status_code
                except httpx.HTTPError:
                    code = 0
                self.deliveries.append(code)
                if code == HTTPStatus.OK:
                    self._updates.pop(0)
                else:
                    await asyncio.sleep(REDELIVER_SECONDS)

    def _do_profile(self, method: str, parameters: dict[str, str]) -> Any:
        match method:
            case "getMyCommands":
                return self.profile["commands"]
            case "setMyCommands":
                listed = json.loads(parameters["commands"])
                rules.commands(listed)
                self.profile["commands"] = listed
                return True
            case "getMyDescription" | "getMyShortDescription":
                name = "description" if method == "getMyDescription" else "short_description"
                return {name: self.profile[name]}
            case "setMyDescription":
                rules.at_most(parameters["description"], rules.MAX_DESCRIPTION, "description")
                self.profile["description"] = parameters["description"]
                return True
            case "setMyShortDescription":
                rules.at_most(parameters["short_description"], rules.MAX_SHORT_DESCRIPTION, "short description")
                self.profile["short_description"] = parameters["short_description"]
                return True
        raise RefusedError(404, "Not Found")

    async def _get_updates(self, parameters: dict[str, str]) -> list[dict[str, Any]]:
        offset = int(parameters["offset"]) if "offset" in parameters else None
        limit = min(int(parameters.get("limit", 100)), 100)
        if offset is not None:
            self._updates = [update for update in self._updates if update["update_id"] >= offset]
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(RefusedError(409, "Conflict: terminated by other getUpdates request"))
        if self._polled[0] == offset and offset is not None and time.monotonic() - self._polled[1] < REPEAT_SECONDS:
            limit = 1
        self._polled = (offset, time.monotonic())
        allowed = json.loads(parameters.get("allowed_updates", "[]"))
        self._updates = [update for update in self._updates if not allowed or any(name in update for name in allowed)]
        if not self._updates and float(parameters.get("timeout", 0)):
            poll = self._poll = self._loop.create_future()
            try:
                async with asyncio.timeout(float(parameters["timeout"])):
                    await poll
            except TimeoutError:
                return []
            self._updates = [
                update for update in self._updates if not allowed or any(name in update for name in allowed)
            ]
        return self._updates[:limit]

    def _send_message(self, parameters: dict[str, str]) -> dict[str, Any]:
        chat = self._writable(parameters)
        text = rules.shown(parameters["text"], parameters.get("parse_mode"))
        rows = rules.keyboard(json.loads(parameters.get("reply_markup", "null")))
        self._check_rate(chat)
        message = Message(next(self._message_ids), chat, text, parameters["text"], rows=rows, parameters=parameters)
        self.messages.append(message)
        return self._shown(message)

    def _send_file(
        self, kind: Literal["photo", "document"], parameters: dict[str, str], files: dict[str, tuple[str, bytes]]
    ) -> dict[str, Any]:
        """A picture or document: its bytes, or the name they were given when they came before."""
        chat = self._writable(parameters)
        source = parameters.get("caption", "")
        text = rules.caption(source, parameters.get("parse_mode"))
        rows = rules.keyboard(json.loads(parameters.get("reply_markup", "null")))
        name = parameters.get(kind, "")
        if kind in files:
            if kind == "photo":
                rules.photo(files[kind][1])
            name = f"{kind}-{self._random.getrandbits(60)}"
            self.files[name] = files[kind]
        elif name not in self.files:
            raise bad("wrong remote file identifier specified: can't unserialize it. Wrong last symbol")
        self._check_rate(chat)
        message = Message(
            next(self._message_ids), chat, text, source, kind=kind, file=name, rows=rows, parameters=parameters
        )
        self.messages.append(message)
        return self._shown(message)

    def _edit_message(self, parameters: dict[str, str]) -> dict[str, Any]:
        chat = self._writable(parameters)
        text = rules.shown(parameters["text"], parameters.get("parse_mode"))
        rows = rules.keyboard(json.loads(parameters.get("reply_markup", "null")))
        wanted = int(parameters["message_id"])
        message = next((item for item in self.messages if (item.chat, item.id) == (chat, wanted)), None)
        if message is None:
            raise bad("message to edit not found")
        if message.kind != "text":
            raise bad("there is no text in the message to edit")
        if (message.source, message.rows) == (parameters["text"], rows):
            raise bad(
                "message is not modified: specified new message content and reply markup are exactly the same "
                "as a current content and reply markup of the message"
            )
        self._check_rate(chat)
        message.text, message.source, message.rows = text, parameters["text"], rows
        return self._shown(message)

    def _answer_query(self, parameters: dict[str, str]) -> bool:
        rules.at_most(parameters.get("text", ""), rules.MAX_CALLBACK_ANSWER, "callback answer")
        pressed = self._queries.pop(parameters["callback_query_id"], None)
        if pressed is None or time.monotonic() - pressed > self._query_seconds:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        return True

    def _writable(self, parameters: dict[str, str]) -> int:
        chat = int(parameters["chat_id"])
        if chat in self._migrated:
            new = self._migrated[chat]
            raise RefusedError(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=new)
        if chat not in self._chats:
            raise bad("chat not found")
        if chat in self._blocked:
            raise RefusedError(403, "Forbidden: bot was blocked by the user")
        return chat

    def _check_rate(self, chat: int) -> None:
        if self._per_second is None:
            return
        now, times = time.monotonic(), self._accepted_at[chat]
        while times and times[0] <= now - 1:
            times.popleft()
        if len(times) >= self._per_second:
            raise RefusedError(429, "Too Many Requests: retry after 1", retry_after=1)
        times.append(now)

    def _shown(self, message: Message) -> dict[str, Any]:
        chat = self._chats[message.chat]
        content = {"text": message.text} if message.kind == "text" else _media(message)
        return {"message_id": message.id, "date": int(time.time()), "chat": chat, "from": BOT, **content}


def _media(message: Message) -> dict[str, Any]:
    """What a message with a file has instead of a text."""
    file = {"file_id": message.file, "file_unique_id": message.file[-8:]}
    if message.kind == "document":
        return {"document": file, "caption": message.text}
    return {
        "photo": [{**file, "width": 90, "height": 90}, {**file, "width": 720, "height": 1000}],
        "caption": message.text,
    }


def _refusal(answer: dict[str, Any]) -> Response:
    return Response.json(int(answer["error_code"]), answer)


def _person(person: int) -> dict[str, Any]:
    return {"id": person, "is_bot": False, "first_name": "P"}
