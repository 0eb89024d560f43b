"""`chat` over a pipe, its stored session, and what an operator may get wrong."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from forking import run


def chat(stdin: bytes, data: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    own = {"ADVISOR_DATA_DIR": str(data), "XDG_CONFIG_HOME": str(data / "config")}
    return run(("-m", "bot", "chat", *arguments), stdin, environment={**os.environ, **own, **environment})


def test_two_questions_get_two_sourced_answers(tmp_path: Path) -> None:
    done = chat(b"what cert do I need for auditor?\nhow much does it cost\n", tmp_path)
    assert done.returncode == 0
    assert done.stdout.count(b"Source:") == 2
    assert b"CPMA" in done.stdout
    assert b"499 USD" in done.stdout


def test_a_piped_chat_is_not_stored(tmp_path: Path) -> None:
    chat(b"what is the cpc\n", tmp_path)
    assert not list(tmp_path.rglob("*.db"))


def test_a_stored_session_survives_a_restart(tmp_path: Path) -> None:
    chat(b"what is the ccs\n", tmp_path, "--resume")
    done = chat(b"how much does it cost\n", tmp_path, "--resume")
    assert b"CCS" in done.stdout


def test_what_people_say_is_not_readable_in_the_database(tmp_path: Path) -> None:
    chat(b"what is the ccs\n", tmp_path, "--resume")
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("*.db*"))
    assert stored
    assert b"overview" not in stored


def test_a_lost_key_is_refused_by_name(tmp_path: Path) -> None:
    chat(b"hello\n", tmp_path, "--resume")
    next((tmp_path / "config").rglob("key")).unlink()
    done = chat(b"hello\n", tmp_path, "--resume")
    assert done.returncode == 2
    assert b"ADVISOR_SECRET_KEY" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://localhost/x"),
        ("DATABASE_URL", "nonsense"),
        ("ADVISOR_SECRET_KEY", "short"),
        ("ADVISOR_RETENTION_DAYS", "soon"),
        ("ADVISOR_DATA_DIR", "/proc/nowhere"),
        ("LOG_LEVEL", "LOUD"),
    ],
)
def test_a_wrong_setting_is_refused_by_name_without_its_value(name: str, value: str, tmp_path: Path) -> None:
    done = chat(b"hello\n", tmp_path, "--resume", **{name: value})
    assert done.returncode == 2
    assert name.encode() in done.stderr
    assert not done.stdout
    assert b"Traceback" not in done.stderr


def test_ctrl_c_ends_a_chat_quietly(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "chat"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "ADVISOR_DATA_DIR": str(tmp_path)},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"hello\n")
    process.stdin.flush()
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 0
    assert b"Traceback" not in errors
