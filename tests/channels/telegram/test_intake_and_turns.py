"""Intake and turns on a real SQLite file, with an advisor that repeats what it hears."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr
from sqlalchemy import insert
from sqlalchemy.exc import OperationalError

from bot.channels.durable.crew import Crew
from bot.channels.durable.runtime import Runtime
from bot.channels.durable.turns import MAX_FAILURES, Turns
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.flood import FloodGuard
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.outgoing import Outgoing
from bot.channels.telegram.updates import Me, TelegramArrival
from bot.conversation.advisor import Advisor
from bot.conversation.callback_data import Press, payload
from bot.conversation.messages import Incoming, Reply
from bot.conversation.session import VERSION, Session
from bot.settings import StorageSettings
from bot.storage import agreement, dead_letters, inbox, outbox, retention, unanswered
from bot.storage.claims import Claims
from bot.storage.database import Database, open_database
from bot.storage.sessions import load_session, load_sessions, save_session
from bot.storage.tables import sessions

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, tzinfo=UTC)
TEXTS = {
    "telegram_wordless": "text only",
    "telegram_flood": "too fast",
    "telegram_apology": "sorry",
    "telegram_private": "write to me at {link}",
}


class Parrot:
    """Counts turns in the session, and says the number with what it heard. "crash …" is too much for it."""

    def __init__(self) -> None:
        self.heard: list[Incoming] = []
        self.publicly: list[bool] = []
        self.stuck: threading.Event | None = None

    def turn(self, session: Session, incoming: Incoming, today: date) -> tuple[Session, list[Reply]]:
        self.heard.append(incoming)
        self.publicly.append(session.public)
        if incoming.text.startswith("crash"):
            raise ValueError(f"cannot say {incoming.text}")
        if incoming.text == "stuck" and self.stuck is not None:
            self.stuck.wait()
        if incoming.text == "copy then erase":
            return Session(), [Reply(text=f"copy of {session.misses}"), Reply(text="gone", erase=True)]
        if incoming.text == "erase":
            return Session(), [Reply(text="gone", erase=True)]
        if incoming.text == "about me":
            return session, [Reply(text="all that I know", personal=True)]
        session = session.model_copy(update={"misses": session.misses + 1})
        return session, [Reply(text=f"{session.misses} {incoming.text}", unanswered=incoming.text == "misunderstood")]


class Bench:
    """Intake and turns joined by hand: `receive` updates, then `work` until nobody waits."""

    def __init__(self, database: Database, flood_limit: int = 0) -> None:
        self.database = database
        self.parrot = Parrot()
        self.woken: list[str] = []
        self.answered: list[str] = []
        self.chats: list[int] = []
        self.threads = ThreadPoolExecutor(2)
        self.intake = Intake(
            database,
            Me(99, "bot"),
            FloodGuard(flood_limit),
            self.woken.append,
            self.answered.append,
            self.threads,
        )
        self.crew = Crew()
        channel = TelegramChannel()
        channel.username = "bot"
        self.turns = Turns(
            database,
            channel,
            lambda: Runtime(self.parrot, TEXTS),
            lambda: TODAY,
            self.chats.append,
            threads=self.threads,
            crew=self.crew,
            claims=Claims(database),
            seconds=0.5,
        )

    def stop(self) -> None:
        self.crew.stop()
        self.threads.shutdown()

    async def work(self) -> None:
        while self.woken:
            person = self.woken.pop(0)
            while await self.turns.take(person) is not None:
                pass

    def sent(self, chat: int) -> list[str]:
        """What waits for a chat, taken out."""
        texts = []
        with self.database.transaction() as transaction:
            while reply := outbox.oldest(transaction, [chat]).get(chat):
                texts.append(Outgoing.model_validate_json(self.database.cipher.decrypt(reply.token)).text)
                outbox.strike(transaction, [reply.id])
        return texts

    def dead(self) -> list[dead_letters.Dead]:
        with self.database.reader() as reader:
            return dead_letters.all_dead(reader)


@pytest.fixture
async def bench(database: Database) -> AsyncIterator[Bench]:
    bench = Bench(database)
    yield bench
    bench.stop()


def text(update_id: int, words: str, person: int = 7, chat: int | None = None, **more: Any) -> dict[str, Any]:
    where = {"id": chat or person, "type": "supergroup" if chat else "private"}
    sender = {"id": person, "is_bot": False}
    message = {"message_id": update_id, "date": 1000, "chat": where, "from": sender, "text": words, **more}
    return {"update_id": update_id, "message": message}


async def test_a_clock_that_stands_behind_makes_nobody_look_idle(bench: Bench, database: Database) -> None:
    ahead = datetime(2090, 1, 1, tzinfo=UTC)
    with database.transaction() as transaction:
        retention.forget_old(transaction, ahead, 180, timedelta(hours=48))
    await bench.intake.receive([text(1, "a")])
    await bench.work()
    with database.transaction() as transaction:
        assert retention.forget_old(transaction, ahead, 180, timedelta(hours=48))
        assert load_session(transaction, database.cipher, "telegram:7").misses == 1


async def test_replies_come_in_order_and_the_session_goes_on(bench: Bench) -> None:
    await bench.intake.receive([text(1, "a"), text(2, "b"), text(3, "x", person=8)])
    await bench.intake.receive([text(4, "c")])
    await bench.work()
    assert bench.sent(7) == ["1 a", "2 b", "3 c"]
    assert bench.sent(8) == ["1 x"]
    assert bench.chats.count(7) == 3


async def test_an_update_that_comes_again_counts_once(bench: Bench) -> None:
    await bench.intake.receive([text(1, "a"), text(2, "b")])
    await bench.work()
    await bench.intake.receive([text(1, "a"), text(2, "b"), text(3, "c")])
    await bench.work()
    assert bench.sent(7) == ["1 a", "2 b", "3 c"]


async def test_a_message_that_another_worker_answered_meanwhile_counts_once(
    bench: Bench, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answered_elsewhere(session: Session, incoming: Incoming, today: date) -> tuple[Session, list[Reply]]:
        with database.transaction() as transaction:
            inbox.remove(transaction, [1])
        return type(bench.parrot).turn(bench.parrot, session, incoming, today)

    monkeypatch.setattr(bench.parrot, "turn", answered_elsewhere)
    await bench.intake.receive([text(1, "a")])
    await bench.work()
    assert bench.sent(7) == []
    with database.reader() as reader:
        assert load_session(reader, database.cipher, "telegram:7") == Session()


async def test_a_group_has_no_memory(bench: Bench, database: Database) -> None:
    for update_id in (1, 2):
        await bench.intake.receive([text(update_id, "@bot hello", chat=-100)])
    await bench.work()
    assert bench.sent(-100) == ["1 hello", "1 hello"]
    with database.reader() as reader:
        assert load_session(reader, database.cipher, "telegram:7") == Session()


async def test_a_group_reads_nobodys_session(bench: Bench) -> None:
    await bench.intake.receive([text(1, "a"), text(2, "@bot hello", chat=-100), text(3, "b")])
    await bench.work()
    assert bench.sent(-100) == ["1 hello"]
    assert bench.sent(7) == ["1 a", "2 b"]


async def test_a_message_that_fails_is_set_aside_and_the_next_is_answered(bench: Bench) -> None:
    await bench.intake.receive([text(1, "crash on my diagnosis"), text(2, "b"), text(3, "x", person=8)])
    await bench.work()
    assert bench.sent(7) == ["sorry", "1 b"]
    assert bench.sent(8) == ["1 x"]
    assert sum(incoming.text.startswith("crash") for incoming in bench.parrot.heard) == MAX_FAILURES
    letter = bench.dead()[0]
    assert (letter.update_id, letter.kind) == (1, "text")
    assert letter.error.startswith("ValueError")
    assert "diagnosis" not in letter.error


async def test_failures_are_counted_over_restarts(bench: Bench, database: Database) -> None:
    await bench.intake.receive([text(1, "crash")])
    for _ in range(MAX_FAILURES):
        again = Bench(database)
        await again.turns.take("telegram:7")
        again.stop()
    assert bench.sent(7) == ["sorry"]
    assert len(bench.dead()) == 1


async def test_a_row_that_cannot_be_read_is_set_aside(bench: Bench, database: Database) -> None:
    with database.transaction() as transaction:
        inbox.add(transaction, database.cipher, [inbox.New(1, "telegram:7", "no arrival")], NOW)
    await bench.intake.receive([text(2, "b")])
    await bench.work()
    assert bench.sent(7) == ["1 b"]
    assert [letter.kind for letter in bench.dead()] == ["unreadable"]


@pytest.mark.parametrize("body", ["no json", "[]", "null", None], ids=["no JSON", "a list", "nothing", "another key"])
async def test_whose_session_cannot_be_read_starts_afresh_and_it_is_noted(
    body: str | None, bench: Bench, database: Database
) -> None:
    token = b"no token at all" if body is None else database.cipher.encrypt(body)
    with database.transaction() as transaction:
        transaction.execute(insert(sessions), {"person": "telegram:7", "body": token, "updated_at": NOW})
    await bench.intake.receive([text(1, "a"), text(2, "b")])
    await bench.work()
    assert bench.sent(7) == ["1 a", "2 b"]
    assert [letter.kind for letter in bench.dead()] == ["session"]


async def test_of_a_session_that_fits_in_part_the_rest_stays_and_it_is_noted(bench: Bench, database: Database) -> None:
    stored = {**Session(misses=3).model_dump(mode="json"), "stack": [{"kind": "of another version"}]}
    with database.transaction() as transaction:
        row = {"person": "telegram:7", "body": database.cipher.encrypt(json.dumps(stored)), "updated_at": NOW}
        transaction.execute(insert(sessions), row)
    await bench.intake.receive([text(1, "a")])
    await bench.work()
    assert bench.sent(7) == ["4 a"]
    assert [(letter.kind, letter.error) for letter in bench.dead()] == [
        ("session", "left out, because it cannot be read: stack")
    ]


@pytest.mark.parametrize("what", ["a new key", "a newer version"])
async def test_what_only_newer_replicas_can_read_is_left_to_them(
    what: str, settings: StorageSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While they are restarted one after the other."""
    older = open_database(settings)
    if what == "a new key":
        keys = (SecretStr(Fernet.generate_key().decode()), *settings.secret_keys)
        newer = open_database(settings.model_copy(update={"secret_keys": keys}))
        agreement.announce(newer)
    else:
        monkeypatch.setattr(agreement, "VERSION", VERSION + 1)
        newer = open_database(settings)
        monkeypatch.setattr(agreement, "VERSION", VERSION)
    known = Session(misses=3, version=VERSION + (what == "a newer version"))
    with newer.transaction() as transaction:
        save_session(transaction, newer.cipher, "telegram:7", known, NOW)
    bench = Bench(older)
    await bench.intake.receive([text(1, "a")])
    await bench.work()
    assert bench.sent(7) == []
    assert bench.dead() == []
    with newer.reader() as reader:
        assert inbox.people_waiting(reader) == ["telegram:7"]
        stored = json.loads(newer.cipher.decrypt(load_sessions(reader, ["telegram:7"])["telegram:7"]))
    assert stored["misses"] == 3
    if what == "a new key":
        another = Bench(newer)
        await another.turns.take("telegram:7")
        assert another.sent(7) == ["4 a"]
        await another.intake.receive([text(2, "b")])
        assert await bench.turns.take("telegram:7") is None
        assert bench.dead() == []
        another.stop()
    bench.stop()
    older.close()
    newer.close()


async def test_a_row_that_does_not_fit_is_set_aside_without_its_words(bench: Bench, database: Database) -> None:
    with database.transaction() as transaction:
        row = inbox.New(
            1, "telegram:7", '{"update_id": 1, "kind": "text", "text": ["my diagnosis"], "user": "diagnosis"}'
        )
        inbox.add(transaction, database.cipher, [row], NOW)
    bench.woken.append("telegram:7")
    await bench.work()
    (letter,) = bench.dead()
    assert letter.error.startswith("ValidationError")
    assert "diagnosis" not in letter.error


async def test_trouble_of_the_database_is_not_blamed_on_the_message(bench: Bench, database: Database) -> None:
    await bench.intake.receive([text(1, "a")])
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE outbox RENAME TO elsewhere")
    for _ in range(MAX_FAILURES + 1):
        with pytest.raises(OperationalError):
            await bench.turns.take("telegram:7")
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO outbox")
    await bench.work()
    assert bench.sent(7) == ["1 a"]
    assert bench.dead() == []


async def test_a_batch_that_could_not_be_stored_counts_in_full_the_next_time(database: Database) -> None:
    bench = Bench(database, flood_limit=2)
    batch = [text(1, "a"), text(2, "b")]
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE blocked_chats RENAME TO elsewhere")
    with pytest.raises(OperationalError):
        await bench.intake.receive(batch)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO blocked_chats")
    await bench.intake.receive(batch)
    await bench.work()
    assert bench.sent(7) == ["1 a", "2 b"]
    bench.stop()


async def test_an_update_of_a_strange_shape_does_not_stop_the_rest(bench: Bench) -> None:
    await bench.intake.receive([{"update_id": 1, "message": {"text": "my secret"}}, text(2, "b")])
    await bench.work()
    assert bench.sent(7) == ["1 b"]
    letter = bench.dead()[0]
    assert (letter.update_id, letter.kind) == (1, "unreadable")
    assert "secret" not in letter.error


async def test_too_many_messages_get_one_notice_in_their_place(database: Database) -> None:
    bench = Bench(database, flood_limit=2)
    await bench.intake.receive([text(number, f"m{number}") for number in range(1, 7)])
    await bench.work()
    assert bench.sent(7) == ["1 m1", "2 m2", "too fast"]
    assert len(bench.parrot.heard) == 2
    bench.stop()


async def test_what_is_no_text_gets_a_kind_line_once_for_an_album(bench: Bench) -> None:
    photos = [text(number, "") for number in (1, 2, 3)]
    for photo in photos:
        del photo["message"]["text"]
        photo["message"] |= {"photo": [], "media_group_id": "1"}
    photos[2]["message"]["media_group_id"] = "2"
    await bench.intake.receive(photos)
    await bench.work()
    assert bench.sent(7) == ["text only", "text only"]
    assert bench.parrot.heard == []


async def test_presses_are_answered_once_they_are_stored(bench: Bench) -> None:
    pressed = {"message_id": 5, "chat": {"id": 7, "type": "private"}}
    press = {"id": "q1", "from": {"id": 7, "is_bot": False}, "data": "1|more", "message": pressed}
    stray = {"id": "q2", "from": {"id": 7, "is_bot": False}, "data": "1|more"}
    await bench.intake.receive([{"update_id": 1, "callback_query": press}, {"update_id": 2, "callback_query": stray}])
    assert bench.answered == ["q1", "q2"]
    await bench.work()
    assert [(incoming.kind, incoming.text) for incoming in bench.parrot.heard] == [("press", "1|more")]


async def test_nothing_waits_for_who_stopped_the_bot_until_they_come_back(bench: Bench) -> None:
    await bench.intake.receive([text(1, "a")])
    await bench.work()
    gone = {"chat": {"id": 7, "type": "private"}, "new_chat_member": {"status": "kicked"}}
    await bench.intake.receive([{"update_id": 2, "my_chat_member": gone}])
    assert bench.sent(7) == []
    await bench.intake.receive([text(3, "b")])
    await bench.work()
    assert bench.sent(7) == ["2 b"]


async def test_what_is_told_late_of_who_stopped_the_bot_takes_nothing_that_came_since(bench: Bench) -> None:
    """A webhook's update that could not be stored is delivered again, behind those that came after it."""
    stopped = int(time.time()) - 60
    gone = {"date": stopped, "chat": {"id": 7, "type": "private"}, "new_chat_member": {"status": "kicked"}}
    await bench.intake.receive([text(3, "back")])
    await bench.work()
    await bench.intake.receive([{"update_id": 2, "my_chat_member": gone}])
    assert bench.sent(7) == ["1 back"]


async def test_a_group_that_moves_takes_its_replies_along(bench: Bench) -> None:
    await bench.intake.receive([text(1, "@bot hello", chat=-5)])
    await bench.work()
    await bench.intake.receive([text(2, "", chat=-5, migrate_to_chat_id=-1005)])
    assert bench.sent(-5) == []
    assert bench.sent(-1005) == ["1 hello"]


@pytest.mark.parametrize(
    "odd",
    [
        pytest.param({"update_id": 2, "message": text(2, "x", person=2**70)["message"]}, id="a person of 70 bits"),
        pytest.param({"update_id": 2, "message": {**text(2, "x")["message"], "message_id": 2**90}}, id="a message"),
        pytest.param({"update_id": 2**80, "message": text(2, "x")["message"]}, id="a number"),
        pytest.param({"update_id": "two"}, id="a word for a number"),
        pytest.param([], id="a list"),
        pytest.param({"update_id": 2, "message": {**text(2, "x")["message"], "date": 10**30}}, id="a date"),
        pytest.param({"update_id": 2, "message": {**text(2, "x")["message"], "date": 2**40}}, id="after 9999"),
        pytest.param(
            {"update_id": 2, "message": {**text(2, "x")["message"], "media_group_id": "\ud800"}}, id="an album"
        ),
    ],
)
async def test_an_odd_update_is_set_aside_and_the_rest_goes_on(bench: Bench, odd: Any) -> None:
    await bench.intake.receive([text(1, "a"), odd, text(3, "c")])
    await bench.work()
    assert bench.sent(7)[0] == "1 a"
    await bench.intake.receive([text(4, "d")])
    await bench.work()
    assert bench.sent(7)[-1].endswith("d")


async def test_what_cannot_be_stored_for_a_reason_nobody_foresaw_is_set_aside_alone(
    bench: Bench, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = inbox.add

    def fail(transaction: Any, cipher: Any, rows: Any, now: Any) -> None:
        if any(row.update_id == 2 for row in rows):
            raise OverflowError("too large for my secret")
        whole(transaction, cipher, rows, now)

    monkeypatch.setattr(inbox, "add", fail)
    for _ in range(2):
        await bench.intake.receive([text(1, "a"), text(2, "my secret"), text(3, "c")])
        await bench.work()
    assert bench.sent(7) == ["1 a", "2 c"]
    assert [(letter.update_id, letter.kind) for letter in bench.dead()] == [(2, "unreadable")]
    assert "secret" not in bench.dead()[0].error


async def test_an_album_with_a_caption_gets_the_answer_to_it(bench: Bench) -> None:
    photos = [text(number, "", photo=[], media_group_id="1") for number in (1, 2, 3)]
    for number, photo in enumerate(photos):
        del photo["message"]["text"]
        if number == 1:
            photo["message"]["caption"] = "what is this"
    await bench.intake.receive(photos)
    await bench.work()
    assert bench.sent(7) == ["1 what is this"]


async def test_a_turn_that_never_ends_is_set_aside_with_an_apology(bench: Bench) -> None:
    bench.parrot.stuck = threading.Event()
    await bench.intake.receive([text(1, "stuck"), text(2, "b"), text(3, "x", person=8)])
    await bench.work()
    assert bench.sent(7) == ["sorry", "1 b"]
    assert bench.sent(8) == ["1 x"]
    assert bench.crew.abandoned > 0
    bench.parrot.stuck.set()


async def test_the_copy_comes_before_the_farewell_and_what_waits_behind_is_a_new_persons(
    bench: Bench, database: Database
) -> None:
    await bench.intake.receive([text(1, "a"), text(2, "copy then erase"), *(text(n, f"m{n}") for n in range(3, 13))])
    await bench.work()
    # Whatever of theirs had not been sent yet went with them.
    assert bench.sent(7) == ["copy of 1", "gone", *(f"{n - 2} m{n}" for n in range(3, 13))]


async def test_what_was_asked_in_vain_goes_with_who_asked_it(bench: Bench, database: Database) -> None:
    await bench.intake.receive([text(1, "misunderstood"), text(2, "misunderstood", person=8), text(3, "erase")])
    await bench.work()
    with database.reader() as reader:
        assert [item.count for item in unanswered.all_unanswered(reader, database.cipher)] == [1]
        assert load_session(reader, database.cipher, "telegram:7") == Session()
        assert load_session(reader, database.cipher, "telegram:8") != Session()


async def test_what_is_personal_moves_out_of_a_group(bench: Bench) -> None:
    await bench.intake.receive([text(1, "@bot about me", chat=-100), text(2, "about me")])
    await bench.work()
    assert bench.sent(-100) == ["write to me at https://t.me/bot"]
    assert bench.sent(7) == ["all that I know"]


def test_a_command_goes_on_in_the_private_chat() -> None:
    channel = TelegramChannel()
    channel.username = "bot"
    command = TelegramArrival(update_id=1, kind="command", text="assess", user=7, chat=-100, private=False)
    assert channel.privately(command, TEXTS, "go_x").text == "write to me at https://t.me/bot?start=assess"
    odd = command.model_copy(update={"text": "start a b"})
    assert channel.privately(odd, {}, "").text == "https://t.me/bot"
    pressed = command.model_copy(update={"kind": "press", "text": "1|me|show"})
    assert channel.privately(pressed, {}, "go_x").text == "https://t.me/bot?start=go_x"


@pytest.mark.parametrize("asked", ["1|me|show", "1|ask|assessment|", "what do you know about me", "delete my data"])
def test_what_is_personal_in_a_group_goes_on_by_a_link(asked: str, advisor: Advisor) -> None:
    kind = "press" if "|" in asked else "text"
    _, in_group = advisor.turn(Session(met=True), Incoming.model_validate({"kind": kind, "text": asked}), TODAY)
    onward = next(reply.onward for reply in in_group if reply.personal)
    assert onward
    _, there = advisor.turn(Session(met=True), Incoming(kind="command", text=f"start {onward}"), TODAY)
    assert [reply.text for reply in there] == [reply.text for reply in in_group]


def test_a_link_cannot_erase(advisor: Advisor) -> None:
    for verb in advisor.privacy.verbs:
        link = payload(Press("privacy", (verb,)))
        _, replies = advisor.turn(Session(), Incoming(kind="command", text=f"start {link}"), TODAY)
        assert not any(reply.erase for reply in replies)


@pytest.mark.parametrize("words", ["i have a cpc and 2 years", "i am a biller"])
def test_nothing_that_was_told_in_a_group_is_said_to_be_noted(words: str, advisor: Advisor) -> None:
    _, (alone,) = advisor.turn(Session(met=True), incoming(words), TODAY)
    *_, noted = alone.text.splitlines()
    _, (reply,) = advisor.turn(Session(met=True, public=True), incoming(words), TODAY)
    assert reply.personal
    assert noted not in reply.text
    _, (answer,) = advisor.turn(Session(met=True, public=True), incoming(f"{words}, what does an auditor earn"), TODAY)
    assert not answer.personal
    assert noted not in answer.text


async def test_what_is_said_in_a_group_is_said_in_front_of_others(bench: Bench) -> None:
    await bench.intake.receive([text(1, "@bot hello", chat=-100), text(2, "hello")])
    await bench.work()
    assert bench.parrot.publicly == [True, False]


@pytest.mark.parametrize("words", ["what do you know about me", "delete my data", "/assess", "/plan", "/privacy"])
def test_what_is_personal_is_marked(words: str, advisor: Advisor) -> None:
    _, replies = advisor.turn(Session(), incoming(words), TODAY)
    assert any(reply.personal for reply in replies)


@pytest.mark.parametrize(
    "words", ["what is the cpc", "/help", "/start", "hello", "cpc or ccs", "/chart", "qwertz uiop"]
)
def test_what_anybody_may_read_is_not(words: str, advisor: Advisor) -> None:
    _, replies = advisor.turn(Session(), incoming(words), TODAY)
    assert not any(reply.personal for reply in replies)


def incoming(words: str) -> Incoming:
    return Incoming(kind="command", text=words[1:]) if words.startswith("/") else Incoming(kind="text", text=words)
