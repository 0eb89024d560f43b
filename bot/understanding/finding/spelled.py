"""A message with its slips and short forms written out, for whoever reads it whole: what is typed in haste is asked no
differently.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from rapidfuzz.distance import OSA

from bot.understanding.chat import CHAT, CONTRACTED
from bot.understanding.normalise import normalise

SLIPS = 1  # of a word: what is two away may be a word of its own
MOST_WORDS = 40  # of a message: a longer one says enough beside its slips
_WORD = re.compile(r"(?<![\w'-])[^\W\d_]+(?![\w'/-])")
_REPEATED = re.compile(r"([?!.])[?!.]+(?=\s|$)")
_LAST = re.compile(r"[\s.!]+$")
_CONTRACTIONS = frozenset(short.replace("'", "") for short in CONTRACTED)
Mend = Callable[[tuple[str, ...]], tuple[str, ...]]


def spelled(text: str, mend: Mend) -> str:
    """`text` with slips mended, short forms written out and marks set once; names in capitals stay as they are."""
    text = _LAST.sub("", _REPEATED.sub(r"\1", text))
    if len(text.split()) > MOST_WORDS:
        return text
    shouted = text.upper() == text

    def written(match: re.Match[str]) -> str:
        word = match.group()
        low = word.lower()
        if low in _CONTRACTIONS or (word.isupper() and not shouted and low not in CHAT):
            return word
        tokens = normalise(low).tokens
        mended = mend(tokens)
        near = all(OSA.distance(*pair) <= SLIPS for pair in zip(tokens, mended, strict=True))
        found = " ".join(mended)
        return found if found and near and low.isascii() and found != low else word

    return _WORD.sub(written, text)
