"""Whether a question wants yes or no."""

from __future__ import annotations

import re

from bot.knowledge.verdicts import YesOrNo

FIRST_WORDS = 4  # of a question, among which its opener stands ("so do i …", "hi can i …")
_WORD = re.compile(r"[a-z']+")


def wants_yes_or_no(how: YesOrNo, text: str) -> bool:
    """Whether a question wants yes or no."""
    words = _WORD.findall(plain_words(text))[:FIRST_WORDS]
    first = next((word for word in words if word in how.openers or word in how.wider), None)
    return first in how.openers


def plain_words(text: str) -> str:
    """In lower case and without apostrophes."""
    return text.lower().replace("\u2019", "").replace("'", "")
