"""Replies as plain text, for pipes and logs: tags away, buttons as numbered lines."""

from __future__ import annotations

import re

from bot.advice.wording import plain
from bot.conversation.messages import Reply

# Control characters move cursors and recolour terminals; they never come from our own texts.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """Text that any terminal shows as it is."""
    return _CONTROL.sub("", text)


def as_plain_text(reply: Reply, *, numbered: bool = True) -> str:
    """A reply, its choices, and a document as its name with what is in it.

    Choices have a number where a number picks one; their words always do.
    """
    lines = [plain(reply.text)]
    choices = [button for row in reply.buttons for button in row]
    if reply.picture is not None:
        lines.append(f"[{reply.picture.alt}]")
    if choices:
        labels = [button.label for button in choices]
        counted = [f"[{number}] {label}" for number, label in enumerate(labels, 1)]
        lines.append("   ".join(counted if numbered and not reply.takes_number else [f"[{item}]" for item in labels]))
    if reply.document is not None:
        lines.append(f"[{reply.document.name}]\n{reply.document.content.rstrip()}")
    return printable("\n".join(lines))
