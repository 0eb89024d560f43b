"""What can go wrong around a running bot: nothing is lost, nothing comes again and again, and it says so."""

from __future__ import annotations

import resource
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from postgresql import PostgreSQL
from processes import ECHO, REAL, BotProcess, StartBot, health, replicas, wait_for_problem
from stand_in import BotApi, Fault

from bot.storage.heartbeat import FILE

ANN, BEN = 7, 8
BLOCKED = "Forbidden: bot was blocked by the user"


def database_of(bot: BotProcess) -> Path:
    return bot.folder / "data" / "advisor.db"


def test_a_reply_stored_after_somebody_is_back_outlives_the_refusal_of_an_older_one(
    api: BotApi, start_bot: StartBot
) -> None:
    start_bot()
    api.fail("sendMessage", Fault.late_error(403, BLOCKED, seconds=2))
    api.say(ANN, "m1")
    api.wait(lambda: api.count("sendMessage", accepted=False) == 1)
    api.unblock(ANN)
    api.say(ANN, "m2")
    api.wait(lambda: api.sent(ANN) == ["2 text m2"])


@pytest.mark.long
def test_a_reply_is_not_repeated_while_the_database_is_locked(api: BotApi, start_bot: StartBot) -> None:
    bot = start_bot()
    api.say(ANN, "m1")
    api.wait(lambda: len(api.sent(ANN)) == 1)
    api.fail("sendMessage", Fault.delay(1))
    api.say(ANN, "m2")
    api.wait(lambda: len(api.sent(ANN)) == 2)
    with closing(sqlite3.connect(database_of(bot), isolation_level=None, timeout=30)) as other:
        other.execute("BEGIN IMMEDIATE")
        time.sleep(25)
        other.execute("ROLLBACK")
    api.say(ANN, "m3")
    api.wait(lambda: api.sent(ANN)[-1] == "3 text m3")
    assert api.sent(ANN) == ["1 text m1", "2 text m2", "3 text m3"]


@pytest.mark.long
def test_a_reply_that_is_accepted_late_is_not_repeated(api: BotApi, start_bot: StartBot) -> None:
    start_bot()
    api.fail("sendMessage", Fault.delay(25))
    api.say(ANN, "m1")
    api.wait(lambda: len(api.sent(ANN)) == 1)
    api.say(ANN, "m2")
    api.say(BEN, "m1")
    api.wait(lambda: api.sent(BEN) == ["1 text m1"], "another chat, meanwhile")
    api.wait(lambda: len(api.sent(ANN)) == 2)
    assert api.sent(ANN) == ["1 text m1", "2 text m2"]


def test_a_reply_is_not_tried_again_before_telegram_answers_in_that_chat(api: BotApi, start_bot: StartBot) -> None:
    start_bot()
    api.fail("sendMessage", Fault.reset(accepted=True))
    api.fail("sendChatAction", *[Fault.reset()] * 3)
    api.say(ANN, "m1")
    api.wait(lambda: api.count("sendChatAction") == 1)
    api.wait(lambda: len(api.sent(ANN)) == 2)
    assert api.sent(ANN) == ["1 text m1"] * 2
    assert api.count("sendChatAction", accepted=False) == 3


def test_health_says_that_the_token_was_revoked(api: BotApi, start_bot: StartBot) -> None:
    bot = start_bot()
    api.say(ANN, "m1")
    api.wait(lambda: len(api.sent(ANN)) == 1)
    api.wait(lambda: health(bot).returncode == 0, "a sign of life")
    api.revoke()
    api.say(ANN, "m2")
    wait_for_problem(api, bot, "refuses the token")


@pytest.mark.long
def test_each_replica_says_that_the_token_was_revoked(api: BotApi, tmp_path: Path, postgresql: PostgreSQL) -> None:
    with replicas(api, tmp_path, postgresql.database()) as bots:
        api.revoke()
        for bot in bots:
            wait_for_problem(api, bot, "refuses the token")


@pytest.mark.long
def test_health_says_that_telegram_was_out_of_reach_from_the_start(api: BotApi, start_bot: StartBot) -> None:
    api.leave()
    bot = start_bot()
    wait_for_problem(api, bot, "cannot be reached")
    api.come_back()
    api.say(ANN, "m1")
    api.wait(lambda: len(api.sent(ANN)) == 1)
    api.wait(lambda: health(bot).returncode == 0, "health after it is back")


def test_it_shows_that_it_lives_while_telegram_makes_it_wait_at_the_start(api: BotApi, start_bot: StartBot) -> None:
    api.fail("getMe", Fault.flood(3600))
    bot = start_bot()
    sign = bot.folder / "data" / FILE
    api.wait(sign.exists, "a sign of life")
    first = sign.stat().st_mtime
    api.wait(lambda: sign.stat().st_mtime > first + 1, "another")
    assert bot.stop() == 0


@pytest.mark.long
def test_health_says_that_telegram_is_out_of_reach(api: BotApi, start_bot: StartBot) -> None:
    bot = start_bot()
    api.say(ANN, "m1")
    api.wait(lambda: len(api.sent(ANN)) == 1)
    api.leave()
    wait_for_problem(api, bot, "cannot be reached")
    api.come_back()
    api.say(ANN, "m2")
    api.wait(lambda: len(api.sent(ANN)) == 2)
    api.wait(lambda: health(bot).returncode == 0, "health after it is back")


def test_health_says_that_nothing_can_be_written_and_what_waits_comes_later(api: BotApi, start_bot: StartBot) -> None:
    bot = start_bot()
    api.say(ANN, "m1")
    api.wait(lambda: len(api.sent(ANN)) == 1)
    assert bot.process is not None
    # No file may grow: to SQLite the disk is full.
    resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    api.say(ANN, "m2")
    wait_for_problem(api, bot, "the database cannot be used")
    assert len(api.sent(ANN)) == 1
    resource.prlimit(bot.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    api.wait(lambda: api.sent(ANN) == ["1 text m1", "2 text m2"])


def test_health_says_that_the_database_was_overwritten(api: BotApi, start_bot: StartBot) -> None:
    bot = start_bot()
    api.say(ANN, "m1")
    api.wait(lambda: len(api.sent(ANN)) == 1)
    database_of(bot).write_bytes(b"not a database" * 1000)
    wait_for_problem(api, bot, "overwritten")


def test_health_says_at_once_that_it_was_stopped(api: BotApi, start_bot: StartBot) -> None:
    bot = start_bot(REAL)
    api.say(ANN, "/start")
    api.wait(lambda: bool(api.sent(ANN)))
    api.wait(lambda: health(bot).returncode == 0, "a sign of life")
    assert bot.stop() == 0
    assert "no sign of life" in health(bot).stderr
    # The lock on it says so too, but not every system and disk has such.
    assert not (bot.folder / "data" / FILE).exists()


def test_turns_that_stick_hold_up_nobody_not_even_the_end(api: BotApi, start_bot: StartBot) -> None:
    bot = start_bot()
    for person in range(100, 108):
        api.say(person, "stuck")
    for number in range(1, 4):
        api.say(BEN, f"m{number}")
    api.wait(lambda: len(api.sent(BEN)) == 3)
    assert bot.stop() == 0
    # By itself, and not because the process was ended hard.
    assert "stopped_early" in bot.log
    with closing(sqlite3.connect(database_of(bot))) as connection:
        assert connection.execute("SELECT count(*) FROM inbox").fetchone() == (8,)


def test_a_hangup_at_once_does_not_end_it(api: BotApi, start_bot: StartBot) -> None:
    bot = start_bot(REAL, forked=False)
    # As soon as Python itself has begun: no program can hear a signal before.
    api.wait(lambda: _handles(bot, signal.SIGHUP), "the first line of our own")
    for _ in range(3):
        bot.signal(signal.SIGHUP)
    api.say(ANN, "/start")
    api.wait(lambda: bool(api.sent(ANN)))
    assert bot.runs


def test_it_ends_in_good_order_while_it_starts(api: BotApi, start_bot: StartBot) -> None:
    bot = start_bot(REAL, forked=False)
    api.wait(lambda: _handles(bot, signal.SIGTERM), "the first line of our own")
    assert bot.stop() == 0
    assert not bot.listens


def _handles(bot: BotProcess, number: int) -> bool:
    assert bot.process is not None
    status = Path(f"/proc/{bot.process.pid}/status").read_text("ascii")
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught.split()[1], 16) & 1 << (number - 1))


def test_many_hangups_at_once_are_one_reload_or_two(api: BotApi, start_bot: StartBot) -> None:
    bot = start_bot(REAL)
    api.say(ANN, "/start")
    api.wait(lambda: bool(api.sent(ANN)))
    for _ in range(20):
        bot.signal(signal.SIGHUP)
    api.wait(lambda: "reloaded" in bot.log)
    api.say(ANN, "/help")
    api.wait(lambda: len(api.sent(ANN)) > 1)
    assert bot.stop() == 0
    assert 1 <= bot.log.count("reloaded") <= 2


def test_odd_updates_stop_nobody(api: BotApi, start_bot: StartBot) -> None:
    start_bot(ECHO)
    person = {"id": ANN, "is_bot": False}
    message = {"message_id": 5, "date": 1, "chat": {"id": ANN, "type": "private"}, "from": person, "text": "x"}
    for odd in (
        {"message": {**message, "from": {**person, "id": 2**80}}},
        {"message": {**message, "media_group_id": "\ud83d", "text": "\udead"}},
        {"callback_query": {"id": "\ud83d", "from": person, "data": "\udead", "message": message}},
        {"message": {**message, "chat": {"id": 2**64, "type": "private"}}},
        {"message": []},
        {"callback_query": None},
    ):
        api.push(odd)
    api.say(BEN, "m1")
    api.wait(lambda: api.sent(BEN) == ["1 text m1"])
    api.say(BEN, "m2")
    api.wait(lambda: len(api.sent(BEN)) == 2)


def test_no_byte_of_who_was_erased_is_left_while_it_runs(api: BotApi, start_bot: StartBot) -> None:
    bot = start_bot()
    person = 5_000_000_111

    def left() -> bool:
        return any(str(person).encode() in path.read_bytes() for path in (bot.folder / "data").iterdir())

    api.say(person, "m1")
    api.wait(lambda: len(api.sent(person)) == 1)
    assert left()
    api.say(person, "erase")
    api.wait(lambda: api.sent(person)[-1] == "gone")
    api.wait(lambda: not left(), "an emptied journal")


def test_a_copy_asked_for_before_still_comes_when_all_is_erased(api: BotApi, start_bot: StartBot) -> None:
    start_bot()
    # Long enough for what comes below on a busy machine.
    api.fail("sendDocument", Fault.flood(6))
    api.say(ANN, "document")
    api.wait(lambda: api.count("sendDocument", accepted=False) == 1)
    api.say(ANN, "m2")
    api.say(ANN, "erase")
    api.wait(lambda: "gone" in api.sent(ANN))
    assert api.sent(ANN) == ["1 text document", "gone"]


def test_the_copy_comes_before_everything_is_erased(api: BotApi, start_bot: StartBot) -> None:
    bot = start_bot()
    api.say(ANN, "m1")
    api.wait(lambda: len(api.sent(ANN)) == 1)
    api.say(ANN, "copy then erase")
    for number in range(10):
        api.say(ANN, f"n{number}")
    api.wait(lambda: len(api.sent(ANN)) == 13)
    assert api.sent(ANN)[1:] == ["your copy", "gone", *(f"{number + 1} text n{number}" for number in range(10))]
    assert [message.kind for message in api.in_chat(ANN)][1:3] == ["document", "text"]
    assert bot.stop() == 0
