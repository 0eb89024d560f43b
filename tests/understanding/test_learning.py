from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import IO

import numpy as np
import pytest

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.content import Phrasings
from bot.understanding import cache, trained
from bot.understanding.interpreter import Interpreter
from bot.understanding.learning import Learnt, labelled, learn
from bot.understanding.topics import Example, Training


@pytest.fixture
def small(base: KnowledgeBase) -> KnowledgeBase:
    """With few phrasings, that are learnt from in a moment."""

    def some(group: Mapping[str, Phrasings]) -> dict[str, Phrasings]:
        return {
            name: record.model_copy(update={"phrasings": record.phrasings[:20]})
            for name, record in islice(group.items(), 5)
        }

    return replace(base, phrasings=some(base.phrasings), out_of_scope=some(base.out_of_scope))


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing was learnt yet."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


def same(one: Learnt, other: Learnt) -> bool:
    """Whether two learnt the same."""
    return (
        np.array_equal(one.recogniser.model.weights, other.recogniser.model.weights)
        and np.array_equal(one.near, other.near)
        and (one.recogniser.classes, one.calibration, one.phrased)
        == (other.recogniser.classes, other.calibration, other.phrased)
        and all(one.owed.get(name, 0.0) == other.owed.get(name, 0.0) for name in one.recogniser.classes)
        and (one.speller.slips, one.out_of_vocabulary.used) == (other.speller.slips, other.out_of_vocabulary.used)
    )


def test_what_comes_from_the_cache_is_what_was_learnt(
    small: KnowledgeBase, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = learn(small)
    assert list(own_cache.rglob("understanding-*.npz"))
    monkeypatch.setattr(Training, "train", _refused)
    assert same(learn(small), once)


def test_a_broken_cache_is_learnt_anew(small: KnowledgeBase, own_cache: Path) -> None:
    once = learn(small)
    for path in own_cache.rglob("understanding-*.npz"):
        path.write_bytes(b"not a zip file")
    assert same(learn(small), once)
    for path in own_cache.rglob("understanding-*.npz"):
        np.savez(path, something=np.zeros(1))
    assert same(learn(small), once)


def test_a_folder_that_cannot_be_written_is_no_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    cache.store("0" * 64, {"a": np.zeros(1)})
    assert cache.load("0" * 64) is None


def test_what_was_used_longest_ago_leaves_the_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(cache, "MOST_BYTES", 25_000)
    old, used, new = (f"{number}" * 64 for number in range(3))
    for age, key in ((90, old), (80, used)):
        cache.store(key, {"a": np.zeros(1250)})
        os.utime(cache._path(key), (time.time() - age,) * 2)
    assert cache.load(used) is not None
    cache.store(new, {"a": np.zeros(1250)})
    assert [cache.load(key) is not None for key in (old, used, new)] == [False, True, True]


def test_an_edit_that_changes_no_example_trains_nothing(small: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    learn(small)
    monkeypatch.setattr(Training, "train", _refused)
    monkeypatch.setattr(cache, "code_digest", _edited(cache.code_digest))
    assert learn(small).recogniser.classes
    with pytest.raises(AssertionError):
        learn(replace(small, phrasings={**small.phrasings, "cost": Phrasings(phrasings=("flibbertigibbet",))}))


def test_other_features_are_trained_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    example = Example(("how", "much"), "cost")
    key = trained.key_of([example], [])
    assert key != trained.key_of([replace(example, label="salary")], [])
    assert key != trained.key_of([example], [("how",)])
    monkeypatch.setattr(cache, "code_digest", lambda *modules: "edited")
    assert key != trained.key_of([example], [])


def _refused(*_: object) -> None:
    raise AssertionError("trained anew")


def _edited(digest: Callable[..., str]) -> Callable[..., str]:
    """As if a module were edited that makes neither features nor models."""
    return lambda *modules: digest(*modules) if modules else "edited"


def test_what_comes_with_the_package_needs_no_training(
    small: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = learn(small)
    for path, arrays in cache.trained_files():
        np.savez_compressed(tmp_path / path.name, **arrays)
    monkeypatch.setattr(cache, "SHIPPED", tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "fresh"))
    monkeypatch.setattr(Training, "train", _refused)
    assert same(learn(small), once)


def test_a_file_that_cannot_be_finished_leaves_nothing(tmp_path: Path) -> None:
    def fail(file: IO[bytes]) -> None:
        file.write(b"half")
        raise OSError("no space left")

    (tmp_path / "kept").write_bytes(b"old")
    cache.write(tmp_path / "kept", fail)
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert (tmp_path / "kept").read_bytes() == b"old"


def test_starts_at_the_same_time_disturb_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    arrays = {"a": np.arange(50_000)}
    cache.store("0" * 64, arrays)

    def start(_: int) -> bool:
        cache.store("0" * 64, arrays)
        found = cache.load("0" * 64)
        return found is not None and np.array_equal(found["a"], arrays["a"])

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(start, range(40)))
    assert [path.suffix for path in tmp_path.rglob("*") if path.is_file()] == [".npz"]


def test_other_knowledge_is_learnt_apart(small: KnowledgeBase) -> None:
    learn(small)
    changed = replace(small, phrasings={**small.phrasings, "cost": Phrasings(phrasings=("flibbertigibbet please",))})
    assert Interpreter(changed).interpret("flibbertigibbet please").topics == ("cost",)


def test_topics_without_phrasings_are_known_by_their_example(base: KnowledgeBase) -> None:
    bare = Interpreter(replace(base, phrasings={}, out_of_scope={}))
    assert bare.interpret("Is there demand for coders?").topics == ("outlook",)


def test_held_out_phrasings_are_not_learnt_from(base: KnowledgeBase) -> None:
    record = Phrasings(phrasings=("a b",), held_out=("c d",))
    small = replace(base, phrasings={"cost": record}, out_of_scope={})
    assert ("c d", "cost") not in set(labelled(small))
    assert set(labelled(small, held_out=True)) == {("c d", "cost")}
