from pathlib import Path

import numpy as np
import pytest

from bot.understanding.finding import lexical as module
from bot.understanding.finding.lexical import Lexical, words

TEXTS = ["The exam costs 399 dollars.", "The exam takes four hours.", "The work is done at home."]


def scores(question: str) -> list[float]:
    return Lexical(TEXTS).scores(words(question)).tolist()


def test_the_text_that_shares_the_rarer_words_is_first() -> None:
    assert int(np.argmax(scores("how many dollars is the exam"))) == 0
    assert int(np.argmax(scores("how many hours is the exam"))) == 1


def test_a_word_in_fewer_texts_counts_more() -> None:
    assert scores("hour")[1] > scores("exam")[1] > 0


def test_words_that_no_text_has_count_nothing() -> None:
    assert scores("zebra") == [0, 0, 0]


def test_plural_and_case_do_not_matter() -> None:
    assert scores("EXAMS") == scores("exam")


def test_no_texts_have_no_scores() -> None:
    assert Lexical([]).scores(["exam"]).shape == (0,)


def test_what_was_kept_scores_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first, has = scores("how many hours is the exam"), Lexical(TEXTS).has("exam", np.array([2, 0]))
    monkeypatch.setattr(module, "_postings", lambda documents: pytest.fail("made again"))
    assert scores("how many hours is the exam") == first
    assert has.tolist() == [False, True]
    with pytest.raises(BaseException, match="made again"):
        Lexical(["another text"])


def test_a_broken_file_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first = scores("exam")
    for path in tmp_path.rglob("*.npz"):
        np.savez(path, words=np.array("exam"), starts=np.zeros(1), places=np.zeros(1), weights=np.zeros(1))
    assert scores("exam") == first
