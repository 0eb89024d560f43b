from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.understanding import cache
from bot.understanding.listening import prepared as module
from bot.understanding.listening.patterns import PatternError
from bot.understanding.listening.prepared import prepared

SETS = {"food": ("bread", "a cake")}
TEXTS = ["i (eat|bake) <food>", "no <food>", "i (eat|bake) <food>"]


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def test_what_is_recalled_is_what_was_made_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    first = prepared(TEXTS, SETS)
    monkeypatch.setattr(module, "compiled", lambda text, sets: pytest.fail("made ready again"))
    assert prepared(TEXTS, SETS) == first
    assert first["no <food>"].find(" . no a cake . ", {"no", "a", "cake"})


def test_another_word_in_a_list_is_seen() -> None:
    prepared(TEXTS, SETS)
    assert prepared(TEXTS, {"food": ("pie",)})["no <food>"].find(" . no pie . ", {"no", "pie"})


def test_a_file_of_something_else_is_no_harm() -> None:
    for rows in (b"", b"[1]", b'[["x"]]', b'[["x", [], []]]'):
        cache.store(module._key(TEXTS, SETS), {"patterns": np.frombuffer(rows, np.uint8)})
        assert prepared(TEXTS, SETS)["no <food>"].words == {"no", "bread", "a", "cake"}


def test_a_pattern_that_cannot_be_read_is_told_of() -> None:
    with pytest.raises(PatternError):
        prepared(["a ("], SETS)
