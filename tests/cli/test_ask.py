"""The contract of `ask`, edge by edge, through the real command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import forking
import pytest

KEYS = ["text", "outcome", "topics", "entities", "confidence", "answer", "options", "sources", "statements", "heard"]


def run(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return forking.run(("-m", "bot", *arguments), stdin, environment={**os.environ, **environment})


def lines(*items: Any) -> list[dict[str, Any]]:
    stdin = b"".join(item if isinstance(item, bytes) else json.dumps(item).encode() + b"\n" for item in items)
    done = run("ask", "--jsonl", stdin=stdin)
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    return [json.loads(line) for line in done.stdout.decode("ascii").splitlines()]


@pytest.fixture(scope="module")
def answered() -> list[dict[str, Any]]:
    return lines(
        {"text": "what cert do i need for auditor?", "ignored": 1},
        b"\n",
        b"   \n",
        {"text": ""},
        {"text": "x" * 50_000},
        {"text": "\u0000\u001b[31m\u202e how much is the cpc exam"},
        {"text": "<b>bold</b> <script>alert(1)</script>"},
        {"text": "\U0001f600\U0001f600"},
        {"text": "как стать кодировщиком"},
        b'{"text": "\\ud800 what is the cpc"}\n',
        b"not json\n",
        b"[1, 2]\n",
        b'{"text": 3}\n',
        b'{"turns": "no"}\n',
        b"\xff\xfe\n",
        b"[" * 100_000 + b"\n",
        b"9" * 5_000 + b"\n",
        {"turns": ["auditor requirements", {"text": "pay?", "topics": ["ignored"]}]},
        {"turns": []},
    )


def test_one_object_for_every_line_but_blank_ones_in_order(answered: list[dict[str, Any]]) -> None:
    assert len(answered) == 17
    assert answered[0]["text"] == "what cert do i need for auditor?"


def test_an_answer_has_every_key_and_its_sources(answered: list[dict[str, Any]]) -> None:
    first = answered[0]
    assert list(first) == KEYS
    assert first["outcome"] == "answer"
    assert first["topics"] == ["certifications"]
    assert "coding-auditor" in first["entities"]
    assert "CPMA" in first["answer"].splitlines()[0]
    assert "Source:" in first["answer"]
    assert 0 <= first["confidence"] <= 1
    for source in first["sources"]:
        assert set(source) == {"title", "url", "publisher", "kind", "standing", "whose", "as_of", "read"}
        assert source["url"].startswith("http")
        assert source["read"].startswith("2026-")


def test_empty_text_is_unknown(answered: list[dict[str, Any]]) -> None:
    assert answered[1]["outcome"] == "unknown"


def test_long_text_is_cut_and_still_gets_a_reply(answered: list[dict[str, Any]]) -> None:
    assert answered[2]["answer"]


def test_control_characters_never_come_back(answered: list[dict[str, Any]]) -> None:
    assert not any(
        ord(letter) < 32 and letter != "\n" for item in answered if "answer" in item for letter in item["answer"]
    )


@pytest.mark.parametrize("index", [4, 5, 6])
def test_html_emoji_and_other_scripts_get_no_career_answer(answered: list[dict[str, Any]], index: int) -> None:
    assert answered[index]["outcome"] in ("unknown", "chat")


def test_a_lone_surrogate_is_answered(answered: list[dict[str, Any]]) -> None:
    assert answered[7]["outcome"] == "answer"
    assert answered[7]["entities"] == ["cpc"]


@pytest.mark.parametrize("index", range(8, 15))
def test_an_unusable_line_yields_an_error_and_the_rest_goes_on(answered: list[dict[str, Any]], index: int) -> None:
    assert list(answered[index]) == ["error"]


def test_turns_share_one_session(answered: list[dict[str, Any]]) -> None:
    first, second = answered[15]["turns"]
    assert first["entities"] == ["coding-auditor"]
    assert second["topics"] == ["salary"]
    assert second["entities"] == ["coding-auditor"]
    assert "USD" in second["answer"]


def test_no_turns_are_no_results(answered: list[dict[str, Any]]) -> None:
    assert answered[16] == {"turns": []}


def test_json_prints_one_object() -> None:
    done = run("ask", "--json", "what is the ccs")
    assert json.loads(done.stdout)["entities"] == ["ccs"]


def test_plain_text_answers_in_the_first_line() -> None:
    done = run("ask", "how many ceus for cpc")
    assert done.returncode == 0
    assert b"36" in done.stdout.splitlines()[0]


def test_today_decides_what_is_out_of_date() -> None:
    assert b"may be out of date" not in run("ask", "cpc exam cost", "--today", "2026-11-23").stdout
    assert b"may be out of date" in run("ask", "cpc exam cost", "--today", "2030-01-01").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", "question", "--jsonl"),
        ("ask", "question", "--today", "tomorrow"),
        ("ask", "question", "--nonsense"),
        ("nonsense",),
        ("ask", "question", "--knowledge", "/nowhere"),
    ],
)
def test_bad_usage_is_exit_2_with_a_message_and_no_output(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stderr
    assert not done.stdout
    assert b"Traceback" not in done.stderr


def test_knowledge_is_taken_before_and_after_the_command(tmp_path: Path) -> None:
    broken = str(tmp_path / "none")
    for arguments in (("--knowledge", broken, "ask", "hi"), ("ask", "hi", "--knowledge", broken)):
        done = run(*arguments)
        assert done.returncode == 2
        assert broken.encode() in done.stderr


def test_the_option_beats_the_variable(base: object) -> None:
    real = Path(__file__).parent.parent.parent / "knowledge"
    assert run("ask", "hello", "--knowledge", str(real), ADVISOR_KNOWLEDGE="/nowhere").returncode == 0


def test_version() -> None:
    """From a start of its own, as nothing else here."""
    done = subprocess.run([sys.executable, "-m", "bot", "--version"], capture_output=True, check=True)
    assert done.stdout.strip()
