"""What a file held is kept, and read anew where the file changed or what was kept is broken."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.knowledge import parsed
from bot.knowledge import yaml_file as module
from bot.knowledge.parsed import Parsed
from bot.knowledge.yaml_file import YamlFile, read_yaml

TEXT = "name: Fuß\nread: 2026-11-01\nprice: 1.50\nyears: [1, 2, null]\nsure: true\nparts:\n  - {day: 2025-01-02}\n"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "file.yaml"
    path.write_text(TEXT, "utf-8")
    return path


def test_what_is_recalled_is_what_was_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read(file)
    monkeypatch.setattr(module, "_plain", _refused)
    again = read(file)
    assert again.data == first.data
    assert (again.data["read"], again.data["parts"][0]["day"]) == (date(2026, 11, 1), date(2025, 1, 2))
    assert again.line_of(("years", 1)) == first.line_of(("years", 1)) == 4


def test_an_edit_is_read(file: Path) -> None:
    read(file)
    file.write_text(TEXT.replace("1.50", "2.50"), "utf-8")
    assert read(file).data["price"] == 2.5


@pytest.mark.parametrize("kept", ["", "{", "[1]", '{"data": {}, "dates": [[["read"], "soon"]]}', '{"dates": []}'])
def test_what_is_broken_is_read_anew(file: Path, cache: Path, kept: str) -> None:
    first = read(file)
    (entry,) = cache.rglob("*.json")
    entry.write_text(kept)
    assert read(file).data == first.data


def test_a_file_with_a_mistake_is_told_of_each_time(file: Path, cache: Path) -> None:
    file.write_text("a: 1\na: 2\n")
    assert read(file).problems
    assert read(file).problems
    assert not list(cache.rglob("*.json"))


def test_a_folder_that_cannot_be_written_is_no_error(file: Path, cache: Path) -> None:
    cache.write_text("a file, not a folder")
    assert read(file).data["sure"] is True


def test_the_oldest_leave_where_there_is_too_much(file: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsed, "KEPT", 5)
    monkeypatch.setattr(parsed, "LESS", 2)
    kept = Parsed()
    for number in range(6):
        file.write_text(f"a: {number}\n")
        read_yaml(file, "file.yaml", kept)
    kept.forget()
    assert len(list(cache.rglob("*.json"))) == 3


def read(file: Path) -> YamlFile:
    return read_yaml(file, "file.yaml", Parsed())


def _refused(*_: object) -> None:
    raise AssertionError("read anew")
