"""Words of a language as patterns. The words are content; nothing of any language stands here."""

from __future__ import annotations

import re
from collections.abc import Iterable

NEVER = r"(?!)"


def alternatives(words: Iterable[str]) -> str:
    """Any of some phrases, the longest first; what nothing matches where there are none."""
    found = sorted({word.lower() for word in words if word}, key=len, reverse=True)
    spaced = [r"\s+".join(map(re.escape, word.split())) for word in found]
    return f"(?:{'|'.join(spaced)})" if found else NEVER


def whole(words: Iterable[str]) -> re.Pattern[str]:
    """Any of some phrases, not as a part of other words; a sign such as "$" may stand anywhere."""
    listed = list(words)
    letters = alternatives(word for word in listed if word[:1].isalnum() and word[-1:].isalnum())
    signs = alternatives(word for word in listed if not (word[:1].isalnum() and word[-1:].isalnum()))
    return re.compile(rf"\b{letters}\b|{signs}")
