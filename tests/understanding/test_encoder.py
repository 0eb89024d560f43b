import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bot.understanding.encoder import KEPT, SIZE, Encoder, encoder

QUESTION = "how much does the exam cost"


@pytest.fixture(scope="module")
def reader() -> Encoder:
    return encoder()


def test_directions_have_length_one_whatever_the_text(reader: Encoder) -> None:
    found = reader.encode([QUESTION, "", "🙂" * 50, "word " * 4000])
    assert found.shape == (4, SIZE)
    assert found.dtype == np.float32
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_directions(reader: Encoder) -> None:
    assert reader.encode([]).shape == (0, SIZE)


@pytest.mark.parametrize(
    ("asked", "near", "far"),
    [
        (QUESTION, "The test fee is 399 dollars.", "The test takes four hours."),
        ("can i do this from my house", "Most of the work is remote.", "Most of the work is paid by the hour."),
        ("i bombed it, what now", "Whoever fails may sit it again.", "Whoever passes gets a paper."),
    ],
)
def test_a_paraphrase_is_nearer_than_a_neighbour(reader: Encoder, asked: str, near: str, far: str) -> None:
    question, right, wrong = reader.encode([asked, near, far])
    assert question @ right > question @ wrong


def test_a_text_has_one_direction_whatever_stands_beside_it(reader: Encoder) -> None:
    fresh = Encoder()
    alone = fresh.encode([QUESTION])[0]
    beside = reader.encode(["a much longer text that is read first, with many words", QUESTION, "no"])[1]
    assert np.array_equal(alone, beside)


def test_what_was_read_is_remembered_within_bounds(reader: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = Encoder()
    fresh.encode([QUESTION])
    monkeypatch.setattr(fresh, "_read", lambda text: pytest.fail(f"read again: {text}"))
    assert np.array_equal(fresh.encode([QUESTION]), reader.encode([QUESTION]))
    assert KEPT < 10_000


def test_the_library_that_reads_tells_nobody(tmp_path: Path) -> None:
    """Unless told not to, it keeps a number for this machine, and sends what it sees to its makers."""
    read = "from bot.understanding.encoder import encoder; encoder().encode(['x'])"
    # With any of these it would be silent by itself.
    suppressing = ("CI", "ORT_DISABLE_TELEMETRY", "ORT_RUNNING_UNIT_TESTS", "GITHUB_ACTIONS", "PYTEST_CURRENT_TEST")
    kept = {name: value for name, value in os.environ.items() if name not in suppressing}
    folders = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", read], env={**kept, **folders}, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []
