"""A second durable channel, all of it: what it must bring, and what the engine does for it."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import AsyncIterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from postgresql import PostgreSQL
from pydantic import BaseModel, SecretStr

from bot.channels.durable import arrivals
from bot.channels.durable.engine import Engine
from bot.channels.durable.leading import Leading
from bot.channels.durable.runtime import Runtime
from bot.conversation.messages import Incoming, Reply
from bot.conversation.session import Session
from bot.settings import StorageSettings
from bot.storage import agreement, inbox, marks, outbox
from bot.storage.backup import back_up
from bot.storage.claims import Claims
from bot.storage.database import Database, open_database


class Letter(BaseModel):
    """An arrival of this channel."""

    update_id: int
    person: str
    chat: int
    text: str
    kind: str = "text"
    private: bool = True


class Post:
    """The channel: letters come in by `take`, and `sent` is what went out."""

    own_words: Mapping[str, str] = {"torn": "torn"}
    apology = "sorry"

    def __init__(self, database: Database) -> None:
        self.sent: list[tuple[int, str]] = []
        self.beats: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
        self._database = database
        self.engine = Engine(
            database,
            self,
            lambda: Runtime(Counting(), {"torn": "it came torn", "sorry": "sorry"}),
            date.today,
            retention_days=10,
            remember_updates=timedelta(hours=1),
            beat=self.beats.put,
        )

    def arrival(self, body: str) -> Letter:
        return Letter.model_validate_json(body)

    def bodies(self, replies: Sequence[Reply], arrival: arrivals.Arrival) -> list[str]:
        return [reply.text for reply in replies]

    def outlives_erasure(self, body: str) -> bool:
        return False

    def privately(self, arrival: arrivals.Arrival, texts: Mapping[str, str], onward: str) -> Reply:
        return Reply(text="not here")

    async def take(self, letter: Letter) -> None:
        await self.store(letter)
        self.engine.wake_person(letter.person)

    async def store(self, letter: Letter) -> None:
        def store() -> None:
            with self._database.transaction() as transaction:
                row = inbox.New(letter.update_id, letter.person, letter.model_dump_json())
                inbox.add(transaction, self._database.cipher, [row], datetime.now(UTC))

        await self.engine.in_thread(store)

    async def send(self, chat: int) -> float | None:
        """One reply goes out and is struck."""
        with self._database.transaction() as transaction:
            reply = outbox.oldest(transaction, [chat]).get(chat)
            if reply is None:
                return None
            self.sent.append((chat, self._database.cipher.decrypt(reply.token)))
            outbox.strike(transaction, [reply.id])
        return 0.0


class Counting:
    def turn(self, session: Session, incoming: Incoming, today: date) -> tuple[Session, list[Reply]]:
        if incoming.text == "stuck":
            threading.Event().wait()
        session = session.model_copy(update={"misses": session.misses + 1})
        return session, [Reply(text=f"{session.misses} {incoming.text}")]


@pytest.fixture
def database(tmp_path: Path) -> Database:
    key = SecretStr(Fernet.generate_key().decode())
    return open_database(
        StorageSettings.model_construct(database_url=None, data_dir=tmp_path, secret_keys=(key,), retention_days=1)
    )


@pytest.fixture
async def post(database: Database) -> AsyncIterator[Post]:
    post = Post(database)
    yield post
    await post.engine.stop()
    database.close()


async def test_letters_are_answered_in_order_side_by_side(post: Post) -> None:
    post.engine.start(post.send)
    for number in range(5):
        for chat in (1, 2):
            await post.take(Letter(update_id=10 * number + chat, person=f"p{chat}", chat=chat, text=f"m{number}"))
    await post.take(Letter(update_id=99, person="p1", chat=1, text="", kind="torn"))
    await post.engine.idle()
    for chat in (1, 2):
        texts = [text for where, text in post.sent if where == chat]
        assert texts[:5] == [f"{number + 1} m{number}" for number in range(5)]
    assert post.sent[-1] == (1, "it came torn")


async def test_what_a_dead_process_left_is_found_by_looking_around(post: Post, database: Database) -> None:
    await post.store(Letter(update_id=1, person="p1", chat=1, text="m0"))
    with database.transaction() as transaction:
        outbox.put(transaction, database.cipher, [(2, "left")], datetime.now(UTC))
    post.engine.start(post.send)
    while len(post.sent) < 2:
        await asyncio.sleep(0.01)
    assert sorted(post.sent) == [(1, "1 m0"), (2, "left")]


async def test_it_stops_soon_whatever_sticks(post: Post) -> None:
    post.engine.start(post.send)
    await post.take(Letter(update_id=1, person="p1", chat=1, text="stuck"))
    async with asyncio.timeout(30):
        await post.engine.stop()
    assert post.sent == []


async def test_what_happened_to_the_file_behind_our_back_is_said(post: Post, database: Database) -> None:
    """Even while its journal still answers."""
    assert database.file is not None
    content = database.file.read_bytes()
    database.file.write_bytes(b"no database" * (len(content) // 11))
    post.engine.start(post.send)
    problems = await asyncio.to_thread(post.beats.get, timeout=60)
    assert any("overwritten" in problem for problem in problems)


def test_a_backup_put_in_its_place_while_it_runs_is_noticed_for_good(database: Database, tmp_path: Path) -> None:
    """What it writes from then on goes into a database that is half one and half the other."""
    back_up(database, tmp_path / "copy.db")
    assert database.file is not None
    assert database.file_problem() is None
    database.file.write_bytes((tmp_path / "copy.db").read_bytes())
    assert "overwritten" in str(database.file_problem())
    with database.transaction() as transaction:
        marks.write(transaction, "a", "b")
    database.scrub()
    assert "overwritten" in str(database.file_problem())
    database.close()


async def test_a_sign_of_life_of_who_is_well_has_no_problems(post: Post) -> None:
    post.engine.start(post.send)
    assert await asyncio.to_thread(post.beats.get, timeout=60) == []


async def test_it_ends_when_others_store_what_it_cannot_read(post: Post, database: Database) -> None:
    with database.transaction() as transaction:
        marks.write(transaction, f"{agreement.KEY}of a key of another", "1")
    post.engine.start(post.send)
    async with asyncio.timeout(30):
        await post.engine.exhausted.wait()
    assert post.engine.health.problems() == [agreement.ANOTHER_KEY]


@pytest.fixture
async def names_hang() -> AsyncIterator[None]:
    """All threads of the loop's own wait, as they do for names that are not resolved."""
    resolved, loop = threading.Event(), asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(1))
    waiting = loop.run_in_executor(None, resolved.wait)
    yield
    resolved.set()
    await waiting


@pytest.mark.usefixtures("names_hang")
async def test_it_shows_that_it_lives_though_names_hang(post: Post) -> None:
    post.engine.start(post.send)
    async with asyncio.timeout(30):
        while post.beats.empty():
            await asyncio.sleep(0.01)


@pytest.mark.usefixtures("names_hang")
async def test_it_leads_though_names_hang(database: Database) -> None:
    led = asyncio.Event()

    async def lead() -> None:
        led.set()

    async with asyncio.timeout(30):
        await Leading(database, "the post").run(lead)
    assert led.is_set()
    database.close()


@pytest.fixture
async def shared_post(tmp_path: Path, postgresql: PostgreSQL) -> AsyncIterator[Post]:
    """On PostgreSQL, where several processes may serve; a silent holder of claims loses them within seconds."""
    key, url = SecretStr(Fernet.generate_key().decode()), SecretStr(postgresql.database())
    database = open_database(
        StorageSettings.model_construct(database_url=url, data_dir=tmp_path, secret_keys=(key,), retention_days=1)
    )
    post = Post(database)
    post.engine.claims = Claims(database, silence=3.0)
    yield post
    await post.engine.stop()
    await asyncio.to_thread(post.engine.claims.close)
    database.close()


async def test_who_runs_keeps_what_is_claimed_though_nothing_else_happens(
    shared_post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.durable.engine.HOLD_SECONDS", 0.2)
    monkeypatch.setattr("bot.channels.durable.engine.SHARED_LOOK_AROUND_SECONDS", 60.0)
    shared_post.engine.start(shared_post.send)
    await asyncio.to_thread(shared_post.engine.claims.take, ["ann"])
    await asyncio.sleep(6.5)
    assert await asyncio.to_thread(shared_post.engine.claims.alive)
