"""What is known of somebody after some messages, each read with what was told before."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.understanding.reader.merge import Known, merged, summary
from bot.understanding.reader.reader import Reader

TODAY = date(2026, 11, 28)


def told(reader: Reader, *messages: str) -> dict[str, Any]:
    known = Known()
    for message in messages:
        known = merged(known, reader.read(message, TODAY, known))
    return summary(known)
