from pathlib import Path

import numpy as np
import pytest

from bot.understanding.finding import directions as module
from bot.understanding.finding.directions import directions, packed, store, turned

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


def test_turned_directions_keep_their_length() -> None:
    assert np.allclose(np.linalg.norm(turned(directions(TEXTS)), axis=1), 1, atol=1e-5)
