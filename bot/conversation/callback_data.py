"""Callback data: what a button carries. At most 64 bytes, versioned, complete in itself.

A press may be days old or forged, so it is parsed strictly here and checked against the
knowledge base by whoever acts on it; anything else is `None`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_BYTES = 64  # https://core.telegram.org/bots/api#inlinekeyboardbutton
VERSION = "1"
_PART = re.compile(r"[a-z0-9_.+-]*\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Press:
    """An action and its arguments, e.g. `Press("ask", ("cost", "some-exam"))`."""

    action: str
    arguments: tuple[str, ...] = ()


def encode(press: Press) -> str | None:
    """`1|ask|cost|some-exam`, or None where it would not fit."""
    data = "|".join((VERSION, press.action, *press.arguments))
    return data if len(data.encode()) <= MAX_BYTES else None


def decode(data: str) -> Press | None:
    """The press behind callback data, or None for anything this version never wrote."""
    if len(data) > MAX_BYTES or not data.isascii():
        return None
    version, *parts = data.split("|")
    if version != VERSION or not parts or not all(_PART.match(part) for part in parts) or not parts[0]:
        return None
    return Press(parts[0], tuple(parts[1:]))
