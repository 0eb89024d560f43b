"""The application as a process, with an advisor that repeats what it hears, against a Telegram that misbehaves."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from postgresql import PostgreSQL
from processes import BotProcess, StartBot, replicas
from stand_in import BotApi, Fault

ANN, BEN = 7, 8


def numbered(count: int) -> list[str]:
    return [f"{number} text m{number}" for number in range(1, count + 1)]


def say_numbered(api: BotApi, person: int, count: int) -> None:
    for number in range(1, count + 1):
        api.say(person, f"m{number}")


def test_fifty_messages_of_one_person_are_answered_in_order(api: BotApi, start_bot: StartBot) -> None:
    start_bot()
    say_numbered(api, ANN, 50)
    api.wait(lambda: len(api.sent(ANN)) >= 50)
    assert api.sent(ANN) == numbered(50)


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault.error(500), id="500"),
        pytest.param(Fault.reset(), id="reset"),
        pytest.param(Fault.garbage(), id="no JSON"),
        pytest.param(Fault.garbage(code=502), id="502", marks=pytest.mark.long),
        pytest.param(Fault.garbage(code=403), id="403 of a proxy"),
        pytest.param(Fault.garbage(b'{"error": "no entry"}', code=401), id="401 of a proxy", marks=pytest.mark.long),
        pytest.param(Fault.flood(1), id="429", marks=pytest.mark.long),
        pytest.param(Fault.garbage(b"[1]"), id="no object", marks=pytest.mark.long),
        pytest.param(Fault.garbage(b'{"ok": true}'), id="no result", marks=pytest.mark.long),
    ],
)
def test_a_fault_on_any_call_loses_nothing(api: BotApi, start_bot: StartBot, fault: Fault) -> None:
    for method in ("getMe", "deleteWebhook", "getUpdates", "sendMessage", "setMyCommands"):
        api.fail(method, fault)
    start_bot()
    say_numbered(api, ANN, 3)
    api.wait(lambda: len(api.sent(ANN)) >= 3 and bool(api.profile["short_description"]))
    assert api.sent(ANN) == numbered(3)


def test_a_reply_whose_acceptance_was_not_heard_is_repeated_not_lost(api: BotApi, start_bot: StartBot) -> None:
    api.fail("sendMessage", Fault.reset(accepted=True))
    start_bot()
    say_numbered(api, ANN, 2)
    api.wait(lambda: len(api.sent(ANN)) >= 3)
    assert api.sent(ANN) == ["1 text m1", *numbered(2)]


def test_a_gateway_that_gives_up_each_time_gets_one_repeat_out_of_it(api: BotApi, start_bot: StartBot) -> None:
    timed_out = b'{"ok": false, "error_code": 504, "description": "Gateway Timeout"}'
    api.fail("sendMessage", *[Fault(code=504, body=timed_out, accepted=True)] * 4)
    bot = start_bot()
    api.say(ANN, "m1")
    api.wait(lambda: len(api.sent(ANN)) == 2 and "retry_in=120" in bot.log, "the third try put off")
    assert api.sent(ANN) == ["1 text m1"] * 2


def test_what_one_replica_is_in_doubt_of_no_other_sends_until_it_is_gone(
    api: BotApi, tmp_path: Path, postgresql: PostgreSQL
) -> None:
    api.fail("sendMessage", *[Fault.reset(accepted=True)] * 4)
    with replicas(api, tmp_path, postgresql.database()) as bots:
        api.say(ANN, "m1")
        api.wait(lambda: any("retry_in=120" in bot.log for bot in bots), "the third try put off")
        # The other looks around every second.
        time.sleep(4)
        assert api.sent(ANN) == ["1 text m1"] * 2
        next(bot for bot in bots if "retry_in=120" in bot.log).kill()
        api.wait(lambda: len(api.sent(ANN)) > 2, "the other, once nobody holds the chat")


def test_what_the_bot_api_itself_fails_to_do_is_tried_again_soon(api: BotApi, start_bot: StartBot) -> None:
    api.fail("sendMessage", *[Fault.error(500)] * 3)
    bot = start_bot()
    api.say(ANN, "m1")
    api.wait(lambda: api.sent(ANN) == ["1 text m1"])
    # It is not in doubt, so nobody asks whether Telegram answers in that chat.
    assert api.count("sendChatAction") == 0
    assert "FailedError" in bot.log


def test_updates_whose_arrival_was_not_heard_count_once(api: BotApi, start_bot: StartBot) -> None:
    api.fail("getUpdates", Fault.reset(accepted=True), Fault.reset(accepted=True))
    say_numbered(api, ANN, 5)
    start_bot()
    api.wait(lambda: len(api.sent(ANN)) >= 5)
    assert api.sent(ANN) == numbered(5)


def test_a_chat_that_must_wait_holds_up_no_other(api: BotApi, start_bot: StartBot) -> None:
    bot = start_bot()
    api.fail("sendMessage", Fault.flood(3600))
    api.say(ANN, "m1")
    api.wait(lambda: api.count("sendMessage", accepted=False) == 1)
    say_numbered(api, BEN, 3)
    api.wait(lambda: len(api.sent(BEN)) == 3)
    assert api.sent(ANN) == []
    bot.kill()
    bot.start()
    api.wait(lambda: api.sent(ANN) == numbered(1), "the reply that waited, after a restart")


def test_who_blocked_the_bot_is_left_alone_and_served_when_back(api: BotApi, start_bot: StartBot) -> None:
    bot = start_bot()
    api.say(ANN, "m1")
    api.wait(lambda: len(api.sent(ANN)) == 1)
    api.block(ANN)
    for number in (2, 3):
        api.say(ANN, f"m{number}")
    api.say(BEN, "m1")
    # Each is tried, refused, and dropped alone.
    api.wait(lambda: len(api.sent(BEN)) == 1 and api.count("sendMessage", accepted=False) == 2)
    api.unblock(ANN)
    api.say(ANN, "m4")
    api.wait(lambda: "4 text m4" in api.sent(ANN))
    assert api.sent(ANN) == ["1 text m1", "4 text m4"]
    assert bot.stop() == 0


def test_a_chat_that_does_not_exist_is_given_up(api: BotApi, start_bot: StartBot) -> None:
    start_bot()
    api.migrate(-5, -1005)
    sender = {"id": ANN, "is_bot": False}
    stranger = {"message_id": 1, "date": 1, "chat": {"id": 99, "type": "private"}, "from": {**sender, "id": 99}}
    api.push({"message": {**stranger, "text": "m1"}})
    moved = {"message_id": 2, "date": 1, "chat": {"id": -5, "type": "group"}, "from": sender}
    api.push({"message": {**moved, "text": "@stand_in_bot m1"}})
    api.wait(lambda: api.sent(-1005) == ["1 text m1"], "the reply under the group's new id")
    api.say(BEN, "m1")
    api.wait(lambda: api.sent(BEN) == ["1 text m1"])
    assert api.count("sendMessage", accepted=False) == 2


def test_presses_are_answered_and_rewrite_their_message(api: BotApi, start_bot: StartBot) -> None:
    start_bot()
    api.say(ANN, "buttons")
    api.wait(lambda: len(api.in_chat(ANN)) == 1)
    api.press(ANN, "Again")
    api.wait(lambda: api.count("editMessageText") == 1 and api.count("answerCallbackQuery") == 1)
    assert [message.text for message in api.in_chat(ANN)] == ["2 press 1|again"]


def test_an_edit_that_changes_nothing_is_no_error(api: BotApi, start_bot: StartBot) -> None:
    bot = start_bot()
    api.say(ANN, "buttons")
    api.wait(lambda: len(api.in_chat(ANN)) == 1)
    for _ in range(2):
        api.press(ANN, "Same")
    api.wait(lambda: api.count("editMessageText") == 1 and api.count("editMessageText", accepted=False) == 1)
    api.say(ANN, "m4")
    api.wait(lambda: len(api.in_chat(ANN)) == 2)
    assert [message.text for message in api.in_chat(ANN)] == ["2 text buttons", "4 text m4"]
    assert "error" not in bot.log


def test_a_message_that_cannot_be_rewritten_is_answered_below(api: BotApi, start_bot: StartBot) -> None:
    start_bot()
    api.say(ANN, "hello")
    api.wait(lambda: len(api.sent(ANN)) == 1)
    api.press_data(ANN, "1|again", message_id=999)
    api.wait(lambda: len(api.in_chat(ANN)) == 2)
    assert api.in_chat(ANN)[1].text == "2 press 1|again"


def test_a_query_that_is_too_old_is_swallowed(tmp_path: Path) -> None:
    with BotApi(query_seconds=0) as api, BotProcess(api, tmp_path) as bot:
        api.say(ANN, "hello")
        api.press_data(ANN, "1|again", message_id=999)
        api.wait(lambda: len(api.sent(ANN)) == 2 and api.count("answerCallbackQuery", accepted=False) == 1)
        assert "error" not in bot.log


def test_broken_markup_is_sent_as_plain_text(api: BotApi, start_bot: StartBot) -> None:
    start_bot()
    api.say(ANN, "broken markup")
    api.wait(lambda: len(api.in_chat(ANN)) == 1)
    assert api.in_chat(ANN)[0].text == "1 < 2"


def test_a_reply_that_is_refused_in_every_form_is_set_aside(api: BotApi, start_bot: StartBot) -> None:
    start_bot()
    api.fail("sendMessage", *[Fault.error(400, "Bad Request: whatever")] * 2)
    say_numbered(api, ANN, 2)
    api.wait(lambda: len(api.sent(ANN)) == 1)
    assert api.sent(ANN) == ["2 text m2"]


def test_a_long_answer_comes_in_several_messages(api: BotApi, start_bot: StartBot) -> None:
    start_bot()
    api.say(ANN, "long")
    api.say(ANN, "m2")
    api.wait(lambda: "2 text m2" in api.sent(ANN))
    *parts, last = [message.text for message in api.in_chat(ANN)]
    assert len(parts) > 1
    assert "\n".join(parts).splitlines() == [f"line {number} of a long answer" for number in range(500)]
    assert last == "2 text m2"


def test_a_message_that_fails_gets_an_apology_and_holds_up_nobody(api: BotApi, start_bot: StartBot) -> None:
    bot = start_bot()
    api.say(ANN, "crash secretly")
    api.say(ANN, "m1")
    api.say(BEN, "m1")
    api.wait(lambda: len(api.sent(ANN)) == 2 and len(api.sent(BEN)) == 1)
    assert api.sent(ANN) == ["sorry", "1 text m1"]
    assert "secretly" not in bot.log


@pytest.mark.long
def test_a_turn_that_never_ends_holds_up_nobody_not_even_the_end(api: BotApi, start_bot: StartBot) -> None:
    bot = start_bot()
    api.say(ANN, "stuck")
    say_numbered(api, BEN, 3)
    api.wait(lambda: len(api.sent(BEN)) == 3)
    assert bot.stop() == 0
    with closing(sqlite3.connect(bot.folder / "data" / "advisor.db")) as connection:
        assert connection.execute("SELECT person FROM inbox").fetchall() == [(f"telegram:{ANN}",)]


def test_a_flood_gets_one_notice(api: BotApi, start_bot: StartBot) -> None:
    start_bot(ADVISOR_FLOOD_LIMIT="5")
    say_numbered(api, ANN, 12)
    api.wait(lambda: len(api.sent(ANN)) == 6)
    api.say(BEN, "m1")
    api.wait(lambda: len(api.sent(BEN)) == 1)
    assert api.sent(ANN) == [*numbered(5), "too fast"]


def test_pacing_keeps_telegram_from_saying_429(tmp_path: Path) -> None:
    with BotApi(per_second=5) as api, BotProcess(api, tmp_path, ADVISOR_SEND_RATE="30"):
        say_numbered(api, ANN, 8)
        for person in range(100, 110):
            api.say(person, "m1")
        api.wait(lambda: len(api.sent(ANN)) == 8 and api.count("sendMessage") == 18)
        assert api.count("sendMessage", accepted=False) == 0


def test_another_program_with_the_same_token_is_named_and_outlived(api: BotApi, start_bot: StartBot) -> None:
    conflict = "Conflict: terminated by other getUpdates request"
    api.fail("getUpdates", *[Fault.error(409, conflict)] * 2)
    bot = start_bot()
    api.say(ANN, "m1")
    api.wait(lambda: api.sent(ANN) == ["1 text m1"])
    assert "another program polls Telegram with this token" in bot.log


def test_in_a_group_it_answers_its_name_and_remembers_nothing(api: BotApi, start_bot: StartBot) -> None:
    start_bot()
    api.say(ANN, "not for you", chat=-100)
    api.say(ANN, "@stand_in_bot buttons", chat=-100)
    api.say(BEN, "/help@stand_in_bot", chat=-100)
    api.wait(lambda: len(api.in_chat(-100)) == 2)
    assert sorted(api.sent(-100)) == ["1 command help", "1 text buttons"]
    assert all("reply_parameters" in message.parameters for message in api.in_chat(-100))
    api.press(BEN, "Again", chat=-100)
    api.wait(lambda: api.count("editMessageText") == 1)
    assert "1 press 1|again" in api.sent(-100)


def test_sigterm_answers_what_was_taken_in(tmp_path: Path) -> None:
    with BotApi(latency=0.1) as api, BotProcess(api, tmp_path) as bot:
        say_numbered(api, ANN, 20)
        api.wait(lambda: len(api.sent(ANN)) >= 1)
        assert bot.stop() == 0
        assert api.sent(ANN) == numbered(20)


def test_it_stops_while_telegram_cannot_be_reached(api: BotApi, start_bot: StartBot) -> None:
    api.fail("getMe", *[Fault.reset()] * 50)
    bot = start_bot()
    api.wait(lambda: api.count("getMe", accepted=False) >= 1)
    assert bot.stop() == 0


def test_only_one_runs_on_a_database(api: BotApi, start_bot: StartBot) -> None:
    first = start_bot()
    api.wait(lambda: api.count("getMe") == 1)
    second = start_bot(ADVISOR_SECRET_KEY=first.environment["ADVISOR_SECRET_KEY"])
    assert second.ended() != 0
    assert "another `career-advisor run`" in second.log
    api.say(ANN, "m1")
    api.wait(lambda: api.sent(ANN) == ["1 text m1"])


def test_nothing_is_left_behind_once_all_is_answered(api: BotApi, start_bot: StartBot) -> None:
    bot = start_bot()
    say_numbered(api, ANN, 3)
    api.wait(lambda: len(api.sent(ANN)) == 3)
    assert bot.stop() == 0
    with closing(sqlite3.connect(bot.folder / "data" / "advisor.db")) as connection:
        for table in ("inbox", "outbox", "dead_letters"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
