"""What is learnt is kept, and learnt anew where the content changed or the file is another's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, replace
from pathlib import Path

import numpy as np
import pytest

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.listening import Listening, Need
from bot.understanding import cache
from bot.understanding.listening import learning
from bot.understanding.listening.classifier import PLAIN, Classifier
from bot.understanding.listening.learning import learnt
from bot.understanding.normalise import clean

digest = cache.code_digest


def read(text: str) -> list[tuple[str, ...]]:
    """The words, and those of each clause."""
    return [tuple(text.replace(",", "").split()), *(tuple(clause.split()) for clause in text.split(","))]


@pytest.fixture
def small(base: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    needs = {
        "hunger": Need(need="feeling", examples=("i am so hungry", "my stomach growls", "i could eat a horse")),
        "plain": Need(need="plain", examples=("the bread is done", "what is yeast", "a cake for two")),
    }
    return replace(base, listening=Listening(needs=needs), phrasings={})


def test_what_was_stored_says_the_same(small: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    first = learnt(small, read)
    monkeypatch.setattr(Classifier, "learn", _refused)
    again = learnt(small, read)
    assert first is not None
    assert again is not None
    line, other = ("i", "am", "hungry"), ("what", "is", "yeast")
    found = first.evidence("i am hungry", line, [line])["hunger"]
    assert astuple(again.evidence("i am hungry", line, [line])["hunger"]) == pytest.approx(astuple(found))
    assert found.close > 0 > first.evidence("what is yeast", other, [other])["hunger"].close
    assert found.light > 0 > first.evidence("what is yeast", other, [other])["hunger"].light


def test_other_content_is_learnt_anew(small: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    learnt(small, read)
    more = small.listening.needs["plain"].model_copy(update={"examples": ("salt",)})
    changed = replace(small, listening=Listening(needs={**small.listening.needs, "plain": more}))
    monkeypatch.setattr(Classifier, "learn", _refused)
    with pytest.raises(AssertionError):
        learnt(changed, read)


def test_a_file_of_something_else_is_no_harm(small: KnowledgeBase) -> None:
    cache.store(learning._key(small), {"classes": np.array("x")})
    assert learnt(small, read) is not None
    cache.store(learning._key_of(learning.examples(small, read)), {"classes": np.array("x")})
    assert learnt(small, read) is not None


def test_examples_that_read_the_same_are_not_learnt_anew(small: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    learnt(small, read)
    monkeypatch.setattr(Classifier, "learn", _refused)
    monkeypatch.setattr(cache, "code_digest", lambda *modules: digest(*modules) if modules else "edited")
    assert learnt(small, read) is not None


def test_without_examples_nothing_is_learnt(base: KnowledgeBase) -> None:
    assert learnt(replace(base, listening=Listening()), read) is None


def _refused(*_: object) -> Callable[..., Classifier]:
    raise AssertionError("learnt anew")


def test_a_long_plain_example_teaches_by_its_parts_as_well(small: KnowledgeBase) -> None:
    story = "i kneaded the dough for an hour and it rose twice in the warm room of my aunt, then it fell, what now"
    needs = {
        name: need.model_copy(update={"examples": (*need.examples, story if name == "plain" else f"hungry, {story}")})
        for name, need in small.listening.needs.items()
    }
    found = learning.examples(replace(small, listening=Listening(needs=needs)), read)
    assert {item.kind for item in found if item.text == "then it fell"} == {"plain"}
    assert not [item for item in found if item.text == "hungry"]


def test_what_people_say_to_the_dialogs_is_plain(base: KnowledgeBase) -> None:
    said = {
        clean(text).strip() for dialog in base.dialogs.values() for texts in dialog.examples.values() for text in texts
    }
    plain = {item.text for item in learning.examples(base, read) if item.kind == PLAIN}
    assert said
    assert said <= plain
