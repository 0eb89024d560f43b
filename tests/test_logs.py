from __future__ import annotations

import logging

import pytest

from bot.logs import hide, redact, set_up_logging

TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"


@pytest.fixture(autouse=True)
def _handlers() -> object:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    yield
    root.handlers[:] = before
    root.setLevel(level)


def test_a_token_is_struck_out_wherever_it_turns_up(capsys: pytest.CaptureFixture[str]) -> None:
    set_up_logging("DEBUG")
    logging.getLogger("somewhere").info("POST https://api.telegram.org/bot%s/getMe", TOKEN)
    try:
        raise ValueError(f"https://api.telegram.org/bot{TOKEN}/x")
    except ValueError:
        logging.getLogger("elsewhere").exception("failed")
    captured = capsys.readouterr()
    assert not captured.out
    assert "AAHdq" not in captured.err
    assert captured.err.count("<token>") >= 2


def test_passwords_in_addresses_are_struck_out() -> None:
    assert redact("postgresql://me:secret@host/db") == "postgresql://me:***@host/db"


def test_a_secret_of_any_shape_can_be_hidden() -> None:
    hide("odd secret of a test")
    assert redact("GET /bot/odd secret of a test/getMe") == "GET /bot/<secret>/getMe"


def test_a_short_secret_is_hidden_where_it_stands_alone() -> None:
    hide("k7")
    assert redact("X-Token: k7, task7 went on") == "X-Token: <secret>, task7 went on"
