"""Reading YAML: plain data as editors mean it, lines for messages, and no file that brings it down."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.knowledge.yaml_file import MAX_DEPTH, read_yaml


def _read(folder: Path, text: str | bytes) -> tuple[object, list[str]]:
    path = folder / "x.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    file = read_yaml(path, "x.yaml")
    return file.data, [str(problem) for problem in file.problems]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("no", "no"),
        ("on", "on"),
        ("NO", "NO"),
        ("1:30", "1:30"),
        ("010", "010"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        (".5", ".5"),
        ("2026-11", "2026-11"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("-7", -7),
        ("2.5", 2.5),
        ("2026-11-01", date(2026, 11, 1)),
        ('"2026-11-01"', "2026-11-01"),
        ("'true'", "true"),
    ],
)
def test_plain_values_are_what_an_editor_sees(tmp_path: Path, written: str, read: object) -> None:
    assert _read(tmp_path, f"key: {written}\n") == ({"key": read}, [])


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    assert _read(tmp_path, b"\xef\xbb\xbfa: 1\r\nb: 2\r\n") == ({"a": 1, "b": 2}, [])


def test_the_line_of_a_key_an_item_and_of_what_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("a: 1\nb:\n  - c: 2\n    d: 3\n  - {e: 4, f: 5}\n", "utf-8")
    file = read_yaml(path, "x.yaml")

    lines = [
        file.line_of(trail) for trail in ((), ("b",), ("b", 0, "d"), ("b", 1, "f"), ("b", 1, "x"), ("b", 9), ("z",))
    ]

    assert lines == [1, 2, 4, 5, 5, 2, 1]


@pytest.mark.parametrize(
    "text", ["a: !!python/object/apply:os.system [ls]", "a: !custom x", "!!python/name:os.exit : 1"]
)
def test_no_tag_makes_anything_but_data(tmp_path: Path, text: str) -> None:
    data, problems = _read(tmp_path, text)

    assert problems or data == {"a": ["ls"]}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[a, "])
def test_nesting_without_end_is_refused_at_once(tmp_path: Path, opening: str) -> None:
    _, problems = _read(tmp_path, opening * 50_000)

    assert problems == [f"x.yaml:1: is nested too deeply; use at most {MAX_DEPTH} levels"]


def test_nesting_by_indentation_is_refused_too(tmp_path: Path) -> None:
    text = "\n".join(f"{' ' * depth}a:" for depth in range(MAX_DEPTH + 5))

    assert [problem.split(":")[2] for problem in _read(tmp_path, text)[1]] == [
        " is nested too deeply; use at most 20 levels"
    ]


def test_keys_that_are_not_text(tmp_path: Path) -> None:
    _, problems = _read(tmp_path, "1: a\n[x]: b\n")

    assert problems == [
        "x.yaml:1: the key `1` is not text; put it in quotes",
        "x.yaml:2: the key `a list or mapping` is not text; put it in quotes",
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text("ab:-[]{}&*!?|>\"'#,\n\t 01~%@`", max_size=120).map(str.encode)))
def test_any_bytes_give_data_or_a_problem_but_never_an_exception(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(raw)

    file = read_yaml(path, "x.yaml")

    assert file.problems or file.data is not None or raw.strip()
    assert all(problem.line >= 1 for problem in file.problems)
