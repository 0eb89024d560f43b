"""What is compared in few dimensions first comes out as if all were compared in all of them."""

from __future__ import annotations

import numpy as np
import pytest

from bot.understanding import neighbours
from bot.understanding.finding.directions import PackedDirections
from bot.understanding.neighbours import CLOSELY, Neighbours
from bot.understanding.vocabulary import Vector

MANY, SIZE = 4 * CLOSELY, 384


@pytest.fixture
def rows() -> Vector:
    """Directions that differ much in some dimensions and little in the others, as those of sentences do."""
    chance = np.random.default_rng(3)
    drawn = (chance.normal(size=(MANY, SIZE)) / np.arange(1, SIZE + 1) ** 0.5).astype(np.float32)
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), np.float32)


@pytest.fixture(autouse=True)
def few_dimensions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbours, "basis", lambda: np.eye(SIZE, 96, dtype=np.float32))


def test_the_nearest_are_found_with_their_exact_cosines(rows: Vector) -> None:
    near = Neighbours(rows)
    for wanted in rows[:20] + rows[20:40]:
        exact = rows @ wanted
        places, cosines = near.nearest(wanted)
        assert len(places) == CLOSELY
        assert int(exact.argmax()) in places
        np.testing.assert_allclose(cosines, exact[places], atol=1e-5)


def test_all_are_compared_and_the_nearest_exactly(rows: Vector) -> None:
    wanted = rows[7]
    found, exact = Neighbours(rows).likenesses(wanted), rows @ wanted
    assert found.shape == (MANY,)
    assert int(found.argmax()) == 7
    best = np.argsort(-exact)[:10]
    np.testing.assert_allclose(found[best], exact[best], atol=1e-5)


def test_few_rows_and_an_unknown_encoder_are_compared_exactly(rows: Vector, monkeypatch: pytest.MonkeyPatch) -> None:
    few = Neighbours(rows[:50])
    monkeypatch.setattr(neighbours, "basis", lambda: None)
    for near, whole in ((few, rows[:50]), (Neighbours(rows), rows)):
        places, cosines = near.nearest(rows[3])
        np.testing.assert_allclose(cosines, whole @ rows[3], atol=1e-5)
        assert len(places) == len(whole)
        np.testing.assert_allclose(near.likenesses(rows[3]), whole @ rows[3], atol=1e-5)


def test_rows_kept_in_bytes_are_compared_as_they_are(rows: Vector) -> None:
    kept = np.round(rows / np.abs(rows).max(axis=1, keepdims=True) * 127).astype(np.int8)
    packed = PackedDirections(kept, np.linalg.norm(kept.astype(np.float32), axis=1).astype(np.float32))
    assert len(packed) == len(packed.part(slice(10))) + len(packed.part(slice(10, None)))
    near, whole = Neighbours(packed), Neighbours(packed[:])
    for wanted in rows[:5]:
        np.testing.assert_allclose(near.likenesses(wanted), whole.likenesses(wanted), atol=1e-5)
        places, cosines = near.nearest(wanted)
        np.testing.assert_allclose(cosines, packed[places] @ wanted, atol=1e-5)


def test_no_rows_have_no_neighbours() -> None:
    places, cosines = Neighbours(np.zeros((0, SIZE), np.float32)).nearest(np.ones(SIZE, np.float32))
    assert (len(places), len(cosines)) == (0, 0)
