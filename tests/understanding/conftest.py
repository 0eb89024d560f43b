"""An interpreter over the real knowledge base, made once, with a cache folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.knowledge.base import KnowledgeBase
from bot.understanding.interpreter import Interpreter
from bot.understanding.learning import Learnt, learn


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture(scope="session")
def learnt(base: KnowledgeBase, own_cache: Path) -> Learnt:
    return learn(base)


@pytest.fixture(scope="session")
def interpreter(base: KnowledgeBase, learnt: Learnt) -> Interpreter:
    return Interpreter(base)
