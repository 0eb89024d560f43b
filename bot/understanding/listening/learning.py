"""What listening learns from a knowledge base, kept in the cache."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from logging import getLogger
from zlib import crc32

import numpy as np

from bot.knowledge.base import KnowledgeBase
from bot.understanding import cache, encoder, features, linear, vocabulary
from bot.understanding.finding import directions
from bot.understanding.listening import classifier
from bot.understanding.listening.classifier import PLAIN, ClassifiedMessage, Classifier
from bot.understanding.listening.parts import Phrase
from bot.understanding.normalise import clean
from bot.understanding.statements import statements

ONE_OF = 4  # of the ways in which people ask here, which are plain, every so many-th is learnt from
LONG = 20  # words: a plain example above this teaches by its parts too, from which a plea in a story must stand out
MANY = 1000  # examples from which the wait is announced: a second or two
Reading = Callable[[str], Sequence[Phrase]]  # the words of a text that are meant, then those of its parts
log = getLogger(__name__)
_SLOT = re.compile(r"[{}]")


def learnt(base: KnowledgeBase, read: Reading) -> Classifier | None:
    """The classifier of `base`; None where it has no examples."""
    if not any(need.examples for need in base.listening.needs.values()):
        return None
    key = _key(base)
    noted = cache.load(key)
    kept = _recalled(str(noted["trained"])) if noted is not None and "trained" in noted else None
    if kept is not None:
        return kept
    found = examples(base, read)
    trained_as = _key_of(found)
    kept = _recalled(trained_as)
    if kept is None:
        if len(found) >= MANY:
            log.warning("learning what people need from %d examples for the first time: this takes a while", len(found))
        kept = Classifier.learn(found)
        cache.store(trained_as, kept.arrays())
    cache.store(key, {"trained": np.array(trained_as)})
    return kept


def _recalled(key: str) -> Classifier | None:
    arrays = cache.load(key)
    try:
        return None if arrays is None else Classifier.from_arrays(arrays)
    except (KeyError, ValueError):
        return None  # written by something else: learn anew


def examples(base: KnowledgeBase, read: Reading) -> list[ClassifiedMessage]:
    """What is learnt from: what tells a need, and what people ask here, which is plain."""
    found: list[ClassifiedMessage] = []
    for text, kind, group in _told(base):
        whole, *parts = read(text)
        if not whole:
            continue
        found.append(ClassifiedMessage(clean(text).strip(), whole, kind, group))
        if group == PLAIN and len(whole) > LONG:
            found += [ClassifiedMessage(" ".join(part), part, kind, group) for part in parts if part != whole]
    return found


def _told(base: KnowledgeBase) -> Iterator[tuple[str, str, str]]:
    """Each text to learn from with its kind of need and its group."""
    for name, need in base.listening.needs.items():
        yield from ((text, name, need.need) for text in need.examples)
    asked = [_SLOT.sub("", text) for record in base.phrasings.values() for text in record.phrasings]
    asked += dict.fromkeys(asking for statement in statements(base) for asking in statement.asked)
    for dialog in base.dialogs.values():  # what people say to the dialogs is plain as well
        yield from ((text, PLAIN, PLAIN) for texts in dialog.examples.values() for text in texts)
    # Chosen by their own letters: an edit of one changes nothing for the others.
    yield from ((text, PLAIN, PLAIN) for text in asked if crc32(text.encode()) % ONE_OF == 0)


def _key_of(found: list[ClassifiedMessage]) -> str:
    """A hash of all that decides what is learnt: an edit anywhere else costs no training."""
    digest = hashlib.sha256(cache.code_digest(classifier, directions, encoder, features, linear, vocabulary).encode())
    digest.update(directions.model().encode())
    for item in found:
        digest.update(f"{item.group}\0{item.kind}\0{' '.join(item.words)}\0{item.text}\n".encode())
    return digest.hexdigest()


def _key(base: KnowledgeBase) -> str:
    """A hash of what the examples are made of, so that they need not be made to know that nothing changed."""
    digest = hashlib.sha256(cache.code_digest().encode())
    digest.update(directions.model().encode())
    for text in _told(base):
        digest.update("\0".join(text).encode())
    digest.update(base.listening.words.model_dump_json().encode())
    return digest.hexdigest()
