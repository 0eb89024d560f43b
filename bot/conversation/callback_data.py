"""Callback data: what a button carries. At most 64 bytes, versioned, complete in itself.

A press may be days old or forged, so it is parsed strictly here and checked against the
knowledge base by whoever acts on it; anything else is `None`.
"""

from __future__ import annotations

import binascii
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

MAX_BYTES = 64  # https://core.telegram.org/bots/api#inlinekeyboardbutton
VERSION = "1"
# https://core.telegram.org/bots/features#deep-linking
MAX_PAYLOAD = 64
_LINK = "go_"
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


def payload(press: Press) -> str | None:
    """The press as the payload of a deep link, so that it can be made in another chat; None where it would not fit."""
    data = encode(press)
    text = _LINK + urlsafe_b64encode((data or "").encode()).decode().rstrip("=")
    return text if data is not None and len(text) <= MAX_PAYLOAD else None


def of_payload(text: str) -> Press | None:
    """The press behind such a payload; None for any other."""
    if not text.startswith(_LINK) or len(text) > MAX_PAYLOAD:
        return None
    try:
        return decode(urlsafe_b64decode(text.removeprefix(_LINK) + "==").decode())
    except (binascii.Error, ValueError):
        return None
