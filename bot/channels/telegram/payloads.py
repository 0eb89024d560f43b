"""JSON from outside, of which no part may keep the rest from being read.

Python's reader gives up a whole answer for one number with too many digits, or one object nested too deeply;
the update that holds it would come again and again, and everybody else's behind it.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any

# Python itself reads some 4,300; an id of Telegram has at most 16. https://docs.python.org/3/library/stdtypes.html
LONGEST_NUMBER = 1000
_PART = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]')
_ANSWER = re.compile(r'\s*\{\s*"ok"\s*:\s*true\s*,\s*"result"\s*:\s*\[')
_NUMBER = re.compile(r'\{\s*"update_id"\s*:\s*(\d{1,18})\b')
TOO_DEEP = "nested too deeply"


def loads(payload: bytes) -> Any:
    """A payload as Python's values; of an update nested too deeply only its number. Raises `ValueError`."""
    text = payload.decode("utf-8")
    try:
        return json.loads(text, parse_int=_integer)
    except RecursionError:
        return _in_parts(text)


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= LONGEST_NUMBER else math.inf


def _in_parts(text: str) -> Any:
    if _ANSWER.match(text):
        return {"ok": True, "result": [_update(part) for part in _objects(text, depth=2)]}
    (whole,) = _objects(text, depth=0)
    return _update(whole)


def _objects(text: str, depth: int) -> Iterator[str]:
    """The objects at a depth. Raises `ValueError` when the text ends before all are closed."""
    level, start = 0, 0
    for part in _PART.finditer(text):
        if part.group() in ("[", "{"):
            start = part.start() if level == depth else start
            level += 1
        elif part.group() in ("]", "}"):
            level -= 1
            if level == depth:
                yield text[start : part.end()]
    if level:
        raise ValueError("cut off")


def _update(text: str) -> Any:
    try:
        return json.loads(text, parse_int=_integer)
    except RecursionError:
        number = _NUMBER.match(text)
        if number is None:
            raise ValueError(TOO_DEEP) from None
        # No message is a text: it is set aside as one that cannot be read.
        return {"update_id": int(number[1]), "message": TOO_DEEP}
