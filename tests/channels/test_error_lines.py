from __future__ import annotations

from bot.channels.backoff import Backoff
from bot.channels.errors import LEFT_OUT, describe

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"


def test_the_class_and_message_are_shown() -> None:
    assert describe(ValueError("no such row"), said="what is it") == "ValueError: no such row"


def test_a_message_that_repeats_what_a_person_said_is_left_out() -> None:
    line = describe(KeyError("My SECRET illness"), said="hello, secret!")
    assert line == f"KeyError: {LEFT_OUT}"


def test_a_token_is_struck_out() -> None:
    assert "AAHdq" not in describe(RuntimeError(f"https://api.telegram.org/bot{TOKEN}/getMe"), said="")


def test_the_innermost_line_of_ours_is_named() -> None:
    try:
        Backoff(first="x").next()  # type: ignore[arg-type]
    except TypeError as error:
        line = describe(error, said="")
    assert line.startswith("TypeError in channels/backoff.py:")
