"""What listening learns from a knowledge base, kept in the cache."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.knowledge.base import KnowledgeBase
from bot.understanding import cache
from bot.understanding.listening.classifier import PLAIN, Classifier, Example
from bot.understanding.listening.parts import Words

QUESTIONS = 600  # phrasings of topics to learn from: what people ask here is plain
_SLOT = re.compile(r"[{}]")


def learnt(base: KnowledgeBase, read: Callable[[str], Words]) -> Classifier | None:
    """The classifier of `base`; None where it has no examples. `read` gives the words of a text that are meant."""
    if not any(need.examples for need in base.listening.needs.values()):
        return None
    key = _key(base)
    arrays = cache.load(key)
    if arrays is not None:
        try:
            return Classifier.from_arrays(arrays)
        except (KeyError, ValueError):
            pass  # written by something else: learn anew
    classifier = Classifier.learn(examples(base, read))
    cache.store(key, classifier.arrays())
    return classifier


def examples(base: KnowledgeBase, read: Callable[[str], Words]) -> list[Example]:
    """What is learnt from: what tells a need, and what people ask here, which is plain."""
    return [Example(words, kind, group) for text, kind, group in _told(base) if (words := read(text))]


def _told(base: KnowledgeBase) -> Iterator[tuple[str, str, str]]:
    """Each text to learn from with its kind of need and its group."""
    for name, need in base.listening.needs.items():
        yield from ((text, name, need.need) for text in need.examples)
    asked = [_SLOT.sub("", text) for record in base.phrasings.values() for text in record.phrasings]
    step = max(1, len(asked) // QUESTIONS)
    yield from ((text, PLAIN, PLAIN) for text in asked[::step])


def _key(base: KnowledgeBase) -> str:
    digest = hashlib.sha256(cache.code_digest().encode())
    for path in sorted(Path(__file__).resolve().parent.glob("*.py")):
        digest.update(path.read_bytes())
    for text in _told(base):
        digest.update("\0".join(text).encode())
    digest.update(base.listening.words.model_dump_json().encode())
    return digest.hexdigest()
