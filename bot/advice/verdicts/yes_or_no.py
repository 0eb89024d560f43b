"""Whether a question wants yes or no."""

from __future__ import annotations

import re

from bot.knowledge.verdicts import YesOrNo

FIRST_WORDS = 4  # of a question, among which its opener stands ("so do i …", "hi can i …")
_WORD = re.compile(r"[a-z']+")


def wants_yes_or_no(how: YesOrNo, text: str) -> bool:
    """Whether a question wants yes or no."""
    words = _WORD.findall(_without_telling(how, plain_words(text)))[:FIRST_WORDS]
    first = next((word for word in words if word in how.openers or word in how.wider), None)
    return first in how.openers


def _without_telling(how: YesOrNo, text: str) -> str:
    """Without words at the beginning that tell of somebody ("i have a …, which of them …")."""
    told = next((phrase for phrase in how.telling if text.startswith(f"{phrase} ")), "")
    return text[len(told) :]


def plain_words(text: str) -> str:
    """In lower case and without apostrophes."""
    return text.lower().replace("\u2019", "").replace("'", "")
