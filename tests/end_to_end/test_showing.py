"""Pictures, documents and erasing on Telegram, over HTTP."""

from __future__ import annotations

import os
import sqlite3
import struct
import time
from contextlib import closing
from pathlib import Path

import pytest
from processes import REAL, StartBot, health
from stand_in import BotApi, Fault
from stand_in.rules import PNG

ANN, BEN = 7, 8


def table(folder: Path, name: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "data" / "advisor.db")) as connection:
        return connection.execute(f"SELECT * FROM {name}").fetchall()


def test_the_chart_is_drawn_once_and_goes_by_its_name_from_then_on(
    api: BotApi, start_bot: StartBot, tmp_path: Path
) -> None:
    bot = start_bot(REAL)
    api.say(ANN, "/chart")
    api.wait(lambda: api.count("sendPhoto") == 1, "the chart")
    (message,) = api.in_chat(ANN)
    content = api.files[message.file][1]
    assert content.startswith(PNG)
    assert struct.unpack_from(">I", content, 16) == (720,)
    assert "Medical Coder" in message.text
    assert "joined by" in message.text
    assert "Entry level" in message.labels
    assert bot.stop() == 0

    bot.start()
    api.say(BEN, "show me the career map")
    api.wait(lambda: api.count("sendPhoto") == 2, "the chart again")
    assert api.in_chat(BEN)[0].file == message.file
    assert len(api.files) == 1


def test_a_button_under_a_picture_is_answered_below_and_from_there_on_rewritten(
    api: BotApi, start_bot: StartBot
) -> None:
    start_bot(REAL)
    api.say(ANN, "send pic of career path chart plz")
    api.wait(lambda: api.count("sendPhoto") == 1, "the chart")
    api.press(ANN, "Entry level")
    api.wait(lambda: len(api.in_chat(ANN)) == 2, "the level")
    picture, level = api.in_chat(ANN)
    assert (picture.kind, level.kind) == ("photo", "text")
    assert api.count("editMessageText", accepted=False) == 0
    api.press(ANN, "Medical Coder")
    api.wait(lambda: api.count("editMessageText") == 1, "the role")
    api.press(ANN, "Back")
    api.wait(lambda: api.count("editMessageText") == 2, "the level again")
    api.press(ANN, "Back")
    api.wait(lambda: "Show the picture" in api.in_chat(ANN)[1].labels, "the levels")
    api.press(ANN, "Show the picture")
    api.wait(lambda: api.count("sendPhoto") == 2, "the chart again")
    assert len(api.in_chat(ANN)) == 3


def test_a_name_that_telegram_forgot_is_drawn_and_uploaded_again(api: BotApi, start_bot: StartBot) -> None:
    start_bot(REAL)
    api.say(ANN, "/chart")
    api.wait(lambda: len(api.in_chat(ANN)) == 1, "the chart")
    api.files.clear()
    api.say(BEN, "/chart")
    api.wait(lambda: len(api.in_chat(BEN)) == 1, "the chart")
    assert api.in_chat(BEN)[0].kind == "photo"
    assert api.count("sendPhoto", accepted=False) == 1
    assert list(api.files) == [api.in_chat(BEN)[0].file]


@pytest.mark.parametrize(
    "fault", [Fault.error(400, "Bad Request: IMAGE_PROCESS_FAILED"), Fault.error(400, "Bad Request: not enough rights")]
)
def test_a_picture_that_is_refused_goes_as_words(api: BotApi, start_bot: StartBot, fault: Fault) -> None:
    start_bot(REAL)
    api.fail("sendPhoto", fault)
    api.say(ANN, "/chart")
    api.wait(lambda: len(api.in_chat(ANN)) == 1, "the words")
    (message,) = api.in_chat(ANN)
    assert message.kind == "text"
    assert "joined by" in message.text
    assert "Entry level" in message.labels


# A reply that is in doubt twice waits for two minutes.
@pytest.mark.parametrize(
    "faults", [(Fault.reset(),), pytest.param((Fault.reset(), Fault.error(502)), marks=pytest.mark.long)]
)
def test_a_picture_whose_upload_breaks_is_sent_again(
    faults: tuple[Fault, ...], api: BotApi, start_bot: StartBot
) -> None:
    start_bot(REAL)
    api.fail("sendPhoto", *faults)
    api.say(ANN, "/chart")
    api.wait(lambda: len(api.in_chat(ANN)) == 1, "the chart")
    assert api.in_chat(ANN)[0].kind == "photo"


def test_a_document_comes_with_its_text(api: BotApi, start_bot: StartBot) -> None:
    start_bot()
    api.say(ANN, "document")
    api.wait(lambda: api.count("sendDocument") == 1, "the document")
    (message,) = api.in_chat(ANN)
    assert message.text == "1 text document"
    assert api.files[message.file] == ("plan.txt", "Step 1: ünïcode\n".encode())


def test_who_is_erased_leaves_nothing(api: BotApi, start_bot: StartBot, tmp_path: Path) -> None:
    start_bot()
    api.say(ANN, "hello")
    api.say(BEN, "hello")
    api.wait(lambda: api.sent(ANN) == ["1 text hello"] and api.sent(BEN) == ["1 text hello"])
    api.say(ANN, "erase")
    api.wait(lambda: api.sent(ANN)[-1] == "gone")
    api.wait(lambda: not table(tmp_path, "outbox"), "an empty outbox")
    assert [row[0] for row in table(tmp_path, "sessions")] == [f"telegram:{BEN}"]
    assert not table(tmp_path, "inbox")
    api.say(ANN, "hello")
    api.wait(lambda: api.sent(ANN)[-1] == "1 text hello")


def test_what_waits_for_who_is_erased_goes_too(api: BotApi, start_bot: StartBot, tmp_path: Path) -> None:
    bot = start_bot()
    api.fail("sendMessage", Fault.flood(3600))
    api.say(ANN, "hello")
    api.wait(lambda: api.count("sendMessage", accepted=False) == 1)
    api.say(ANN, "erase")
    api.wait(lambda: len(table(tmp_path, "outbox")) == 1 and not table(tmp_path, "sessions"), "the erasing")
    bot.kill()
    bot.start()
    api.wait(lambda: api.sent(ANN) == ["gone"])


def test_the_process_that_draws_ends_with_a_killed_bot(api: BotApi, start_bot: StartBot) -> None:
    bot = start_bot(REAL)
    api.say(ANN, "/chart")
    api.wait(lambda: api.count("sendPhoto") == 1, "the chart")
    assert bot.process is not None
    # By the thread that started them.
    lists = list(Path(f"/proc/{bot.process.pid}/task").glob("*/children"))
    if not lists:
        pytest.skip("this system does not list the children of a process")
    workers = [int(child) for children in lists for child in children.read_text("ascii").split()]
    assert workers
    bot.kill()
    api.wait(lambda: not any(_runs(worker) for worker in workers), "the end of the workers")


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{process}/stat").read_text("ascii").split()[2]


def test_health_tells_a_bot_that_runs_from_one_that_fell_silent(
    api: BotApi, start_bot: StartBot, tmp_path: Path
) -> None:
    bot = start_bot(REAL)
    assert health(bot).returncode == 1
    sign = tmp_path / "data" / "alive"
    api.wait(sign.exists, "a sign of life")
    assert health(bot).returncode == 0
    bot.kill()
    assert "no sign of life" in health(bot).stderr
    old = time.time() - 3600
    os.utime(sign, (old, old))
    silent = health(bot)
    assert silent.returncode == 1
    assert "no sign of life" in silent.stderr
    bot.start()
    api.wait(lambda: sign.stat().st_mtime > old + 1, "a new sign of life")
    assert health(bot).returncode == 0
