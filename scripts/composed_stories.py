"""Stories put together for `scripts/encoder_training.py`: what people tell beside their question, around another one.

The asides are cut out of labelled messages: all but the part that asks. Each is put before or behind a way of asking,
in the many forms in which people type, so that the encoder learns to hear the question through the story.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

FEWEST = 3  # words of an aside
ASKS = 0.42  # cosine with the question put plainly, from which a part of a message is taken as asking it
MOST_ASIDES, MOST_WORDS = 6, 70
SLIPS = 0.03  # share of letters that are typed wrongly where any are
_ENDS = re.compile(r"(?<=[.!?;,])\s+|\n+|\s+[-\u2013\u2014]+\s+")
_MARKS = re.compile(r"[^\w\s$%/-]")
JOINED = (" ", ". ", ", ", "... ", "\n", "; ")

Encode = Callable[[Sequence[str]], np.ndarray]


def asides(found: Sequence[Mapping[str, Any]], encode: Encode) -> list[list[str]]:
    """Of each message that tells something, the parts that do not ask, as they follow each other."""
    told: list[list[str]] = []
    for message in found:
        parts = [part for part in _ENDS.split(message.get("text", "")) if len(part.split()) >= FEWEST]
        asks = message.get("asks", ())
        if not parts or (asks and len(parts) == 1):
            continue
        near = (encode(parts) @ encode(asks).T).max(axis=1) if asks else np.zeros(len(parts))
        asking = {int(near.argmax())} if asks else set()
        kept = [
            part.strip(" ,;")
            for at, part in enumerate(parts)
            if at not in asking and near[at] < ASKS and "?" not in part
        ]
        if kept:
            told.append(kept)
    return told


def composed(told: Sequence[Sequence[str]], question: str, mixed: np.random.Generator) -> str:
    """One story around `question`."""
    parts: list[str] = []
    while not parts or (mixed.random() < 0.5 and len(parts) < MOST_ASIDES):  # noqa: PLR2004 - every second goes on
        person = told[mixed.integers(len(told))]
        start = mixed.integers(len(person))
        parts += person[start : start + int(mixed.integers(1, MOST_ASIDES))]
    while len(parts) > 1 and sum(len(part.split()) for part in parts) > MOST_WORDS:
        parts.pop()
    place = len(parts) if mixed.random() < 0.6 else int(mixed.integers(len(parts) + 1))  # noqa: PLR2004 - mostly last
    parts.insert(place, question)
    join = JOINED[mixed.integers(len(JOINED))]
    return typed(join.join(parts), mixed)


def typed(text: str, mixed: np.random.Generator) -> str:
    """The text as somebody may type it."""
    form = mixed.random(4)
    if form[0] < 0.5:  # noqa: PLR2004 - every second writes small letters only
        text = text.lower()
    if form[1] < 0.35:  # noqa: PLR2004 - every third no marks
        text = _MARKS.sub("", text)
    elif form[2] < 0.4:  # noqa: PLR2004 - or no question marks
        text = text.replace("?", "")
    if form[3] < 0.25:  # noqa: PLR2004 - every fourth slips
        text = "".join(_slipped(letter, mixed) for letter in text)
    return text


def _slipped(letter: str, mixed: np.random.Generator) -> str:
    if not letter.isalpha() or mixed.random() >= SLIPS:
        return letter
    return ("", letter * 2, chr(97 + int(mixed.integers(26))))[mixed.integers(3)]
