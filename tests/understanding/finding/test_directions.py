from pathlib import Path

import numpy as np
import pytest

from bot.understanding.finding import directions as module
from bot.understanding.finding.directions import directions, packed, store

TEXTS = ["the fee of the test", "what the work pays"]


@pytest.fixture(autouse=True)
def nothing_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(module, "KNOWN", tmp_path / "none.npz")


def test_what_was_read_once_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = directions(TEXTS)
    monkeypatch.setattr(module, "encoder", lambda: pytest.fail("read again"))
    assert np.array_equal(directions(TEXTS), first)


def test_rounding_to_bytes_hardly_turns_a_direction() -> None:
    exact = module.encoder().encode(TEXTS)
    assert (directions(TEXTS) * exact).sum(axis=1).min() > 0.999


def test_a_broken_or_foreign_file_is_read_as_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = packed(TEXTS)
    store(tmp_path / "known.npz", rows)
    monkeypatch.setattr(module, "KNOWN", tmp_path / "known.npz")
    whole = directions(TEXTS)
    (tmp_path / "known.npz").write_bytes(b"no archive")
    assert np.array_equal(directions(TEXTS), whole)


def test_of_two_rows_of_a_text_the_later_counts() -> None:
    rows = np.arange(2 * module.SIZE, dtype=np.int8).reshape(2, -1)
    kept = module.Kept.of(np.array([7, 7], np.uint64), rows)
    assert kept.places(np.array([7, 8], np.uint64)).tolist() == [0, -1]
    assert np.array_equal(kept.rows[0], rows[1])


def test_an_edited_encoder_has_another_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("model.onnx", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"one")
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    first, again = module.model.__wrapped__(), module.model.__wrapped__()
    (tmp_path / "model.onnx").write_bytes(b"other")
    assert first == again != module.model.__wrapped__()
