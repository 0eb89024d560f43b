"""Updates by webhook, the HTTP server beside it, and replicas that share the polling."""

from __future__ import annotations

import json
import re
import signal
import socket
import sqlite3
import time
from contextlib import ExitStack, closing
from pathlib import Path

import httpx
import psycopg
import pytest
from cryptography.fernet import Fernet
from postgresql import PostgreSQL
from processes import ECHO, REAL, BotProcess, StartBot, health, replicas, wait_for_problem
from stand_in import BotApi, Fault

ANN, BEN = 7, 8
SECRET = "a-Secret_of-the-test"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Site:
    """Where a bot listens."""

    def __init__(self) -> None:
        self.port = free_port()
        self.hook = f"http://127.0.0.1:{self.port}/hook/abc"
        self.settings = {"WEBHOOK_URL": self.hook, "WEBHOOK_SECRET": SECRET, "PORT": str(self.port)}

    def get(self, path: str) -> httpx.Response:
        return httpx.get(f"http://127.0.0.1:{self.port}{path}")

    def post(self, content: bytes | str, secret: str = SECRET) -> httpx.Response:
        return httpx.post(self.hook, content=content, headers={HEADER: secret}, timeout=60)

    def is_ready(self) -> bool:
        try:
            return self.get("/readyz").status_code == 200
        except httpx.HTTPError:
            return False


@pytest.fixture
def site() -> Site:
    return Site()


def update(number: int, words: str, person: int = ANN) -> str:
    chat = {"id": person, "type": "private"}
    message = {"message_id": number, "date": int(time.time()), "chat": chat, "from": {"id": person, "is_bot": False}}
    return json.dumps({"update_id": number, "message": {**message, "text": words}})


def test_what_comes_by_webhook_is_answered_and_survives_kill_9(api: BotApi, start_bot: StartBot, site: Site) -> None:
    bot = start_bot(ECHO, **site.settings)
    for number in range(1, 11):
        api.say(ANN, f"m{number}")
    api.wait(lambda: len(api.sent(ANN)) >= 3)
    bot.kill()
    for number in range(11, 16):
        api.say(ANN, f"m{number}")
    bot.start()
    api.wait(lambda: api.sent(ANN)[-1:] == ["15 text m15"])
    said = list(dict.fromkeys(api.sent(ANN)))
    assert said == [f"{number} text m{number}" for number in range(1, 16)]
    assert len(api.sent(ANN)) <= len(said) + 1
    assert api.count("getUpdates") == 0


def test_the_webhook_is_set_if_it_differs_and_stays_when_the_bot_stops(
    api: BotApi, start_bot: StartBot, site: Site
) -> None:
    bot = start_bot(ECHO, **site.settings)
    api.wait(site.is_ready)
    assert bot.stop() == 0
    bot.start()
    api.wait(site.is_ready)
    assert bot.stop() == 0
    assert api.count("setWebhook") == 1
    assert api.webhook["url"] == site.hook
    assert api.webhook["secret_token"] == SECRET
    bot.environment["WEBHOOK_SECRET"] = "another"
    bot.start()
    api.wait(lambda: api.count("setWebhook") == 2, "the new secret")
    assert bot.stop() == 0
    assert api.count("deleteWebhook") == 0
    for name in site.settings:
        del bot.environment[name]
    bot.start()
    api.wait(lambda: api.count("deleteWebhook") == 1 and not api.webhook, "its removal where the bot polls")


def test_only_telegram_is_heard(api: BotApi, start_bot: StartBot, site: Site) -> None:
    bot = start_bot(ECHO, **site.settings)
    api.say(ANN, "hello")
    api.wait(lambda: len(api.sent(ANN)) == 1)
    assert site.post(update(1, "x"), secret="wrong").status_code == 403
    assert site.post(update(1, "x"), secret="").status_code == 403
    assert site.post("{").status_code == 400
    assert site.post("[" * 100_000).status_code == 400
    assert site.post(b" " * 1_000_001).status_code == 413
    assert (
        httpx.post(site.hook, content=(b" " * 100_000 for _ in range(20)), headers={HEADER: SECRET}).status_code == 413
    )
    with socket.create_connection(("127.0.0.1", site.port), timeout=30) as announcing:
        head = f"POST /hook/abc HTTP/1.1\r\nHost: x\r\n{HEADER}: {SECRET}\r\nContent-Length: 2000000\r\n\r\n"
        announcing.sendall(head.encode())
        assert announcing.recv(100).startswith(b"HTTP/1.1 413")
    assert site.get("/hook/abc").status_code == 405
    assert site.get("/elsewhere").status_code == 404
    # What is of no shape is Telegram's for ever if it is refused: it is taken, and set aside.
    assert [site.post(odd).status_code for odd in ("[]", "{}", '{"update_id": 99, "message": 1}')] == [200] * 3
    assert site.post(update(2000, "last")).status_code == 200
    api.wait(lambda: api.sent(ANN) == ["1 text hello", "2 text last"])
    assert SECRET not in bot.log


@pytest.mark.long
def test_while_the_database_is_away_telegram_is_told_to_come_again(
    api: BotApi, start_bot: StartBot, site: Site
) -> None:
    bot = start_bot(ECHO, **site.settings)
    api.wait(site.is_ready)
    with closing(sqlite3.connect(bot.folder / "data" / "advisor.db", isolation_level=None, timeout=30)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert site.post(update(5, "m1")).status_code == 503
        other.execute("ROLLBACK")
    assert api.sent(ANN) == []
    api._chat(ANN)
    assert site.post(update(5, "m1")).status_code == 200
    assert site.post(update(5, "m1")).status_code == 200
    api.wait(lambda: api.sent(ANN) == ["1 text m1"])


def test_health_readiness_and_figures(api: BotApi, start_bot: StartBot, site: Site) -> None:
    start_bot(REAL, PORT=str(site.port))
    api.wait(site.is_ready)
    api.say(ANN, "what is the ccs")
    api.say(ANN, "qwertz uiop asdf")
    api.wait(lambda: len(api.sent(ANN)) >= 2)
    assert site.get("/healthz").text == "ok\n"
    figures = ("turns_total", "turn_seconds_bucket", "unknown_share", "knowledge_info", "sent_total", "updates_total")
    depths = ("inbox_depth", "outbox_depth", "inbox_oldest_seconds", "outbox_oldest_seconds", "facts_due")
    api.wait(lambda: all(f"advisor_{name}" in site.get("/metrics").text for name in (*figures, *depths)), "all figures")
    page = site.get("/metrics").text
    assert 'advisor_turns_total{kind="text",outcome="answer"} 1.0' in page
    labels = set(re.findall(r'="([^"]*)"', page))
    assert {"text", "answer"} <= labels
    assert not {label for label in labels if re.search(rf"\b{ANN}\b", label)}


def test_readiness_says_that_the_database_is_away(api: BotApi, start_bot: StartBot, site: Site) -> None:
    bot = start_bot(ECHO, PORT=str(site.port))
    api.wait(site.is_ready)
    (bot.folder / "data" / "advisor.db").write_bytes(b"nothing" * 10_000)
    api.wait(lambda: site.get("/readyz").status_code == 503)
    assert site.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "99999"),
        ("PORT", "http"),
        ("WEBHOOK_URL", "example.org/hook"),
        ("WEBHOOK_SECRET", "not allowed!"),
        ("HOST", "999.1.1.1"),
        ("ADVISOR_SEND_RATE", "-1"),
        ("ADVISOR_RETENTION_DAYS", "0"),
        ("TELEGRAM_API_URL", "telegram"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_by_name(
    name: str, value: str, api: BotApi, start_bot: StartBot, site: Site
) -> None:
    bot = start_bot(REAL, **{"PORT": str(site.port), name: value})
    assert bot.ended() == 2
    assert name in bot.log
    assert "Traceback" not in bot.log


def test_a_webhook_without_a_secret_is_refused(api: BotApi, start_bot: StartBot, site: Site) -> None:
    bot = start_bot(REAL, WEBHOOK_URL=site.hook)
    assert bot.ended() == 2
    assert "WEBHOOK_SECRET" in bot.log


def test_an_address_that_telegram_refuses_is_named(api: BotApi, start_bot: StartBot, site: Site) -> None:
    api.fail("setWebhook", *[Fault.error(400, "Bad Request: bad webhook: port 7 is not allowed")] * 1000)
    bot = start_bot(ECHO, **site.settings)
    wait_for_problem(api, bot, "WEBHOOK_URL")
    assert "port 7 is not allowed" in bot.log
    assert "cannot be reached" not in health(bot).stderr


def test_of_several_replicas_one_polls_and_another_takes_over(
    api: BotApi, tmp_path: Path, postgresql: PostgreSQL
) -> None:
    url, key = postgresql.database(), Fernet.generate_key().decode()
    with ExitStack() as stack:
        bots = []
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            bot = BotProcess(api, tmp_path / name, DATABASE_URL=url, ADVISOR_SECRET_KEY=key)
            bot.environment["TELEGRAM_API_URL"] = f"{api.url}/{name}"
            bots.append(stack.enter_context(bot))
        api.wait(lambda: all("listening" in bot.log for bot in bots), "both")
        api.say(ANN, "m1")
        api.wait(lambda: api.sent(ANN) == ["1 text m1"])
        leader = next(bot for bot in bots if "leading" in bot.log)
        other = next(bot for bot in bots if bot is not leader)
        assert "leading" not in other.log
        leader.kill()
        began = time.monotonic()
        api.say(ANN, "m2")
        api.wait(lambda: api.sent(ANN)[-1] == "2 text m2")
        assert "leading" in other.log
        # Not a figure to be met to the tenth: "within seconds" and not the minutes of a lease.
        assert time.monotonic() - began < 30
        assert api.count("getUpdates", accepted=False) == 0


@pytest.mark.long
def test_a_database_that_does_not_answer_is_said_and_waited_for(
    api: BotApi, start_bot: StartBot, site: Site, postgresql: PostgreSQL
) -> None:
    url = postgresql.database()
    bot = start_bot(ECHO, DATABASE_URL=url, **site.settings)
    api.say(ANN, "m1")
    api.wait(lambda: len(api.sent(ANN)) == 1)
    with psycopg.connect(url) as other:
        # Nobody gets an answer: as from a server that was stopped in its tracks.
        other.execute("LOCK TABLE canary, inbox, outbox, seen_updates, sessions IN ACCESS EXCLUSIVE MODE")
        assert site.get("/readyz").status_code == 503
        assert site.post(update(5, "m2")).status_code == 503
        assert site.get("/healthz").status_code == 200
        wait_for_problem(api, bot, "the database does not answer")
    api.wait(lambda: api.sent(ANN) == ["1 text m1", "2 text m2"], "what came meanwhile, once")
    assert site.post(update(5, "m2")).status_code == 200
    api.wait(lambda: health(bot).returncode == 0, "health after it is back")
    assert api.sent(ANN) == ["1 text m1", "2 text m2"]


@pytest.mark.long
def test_a_replica_that_is_frozen_leads_no_longer(api: BotApi, tmp_path: Path, postgresql: PostgreSQL) -> None:
    with replicas(api, tmp_path, postgresql.database()) as bots:
        api.say(ANN, "m1")
        api.wait(lambda: api.sent(ANN) == ["1 text m1"])
        leader = next(bot for bot in bots if "leading" in bot.log)
        other = next(bot for bot in bots if bot is not leader)
        # In the middle of a reply, or just after it: a frozen process then holds the chat too.
        leader.signal(signal.SIGSTOP)
        api.wait(lambda: "leading" in other.log, "the other")
        api.say(ANN, "m2")
        api.wait(lambda: api.sent(ANN)[-1] == "2 text m2", "its chats, which pass on later")
        leader.signal(signal.SIGCONT)
        api.wait(lambda: "leads_no_more" in leader.log, "who was frozen to notice")
        api.say(ANN, "m3")
        api.wait(lambda: api.sent(ANN)[-1] == "3 text m3")
        assert api.sent(ANN)[-3:] == ["1 text m1", "2 text m2", "3 text m3"]
        assert len(api.sent(ANN)) <= 4
