"""The names in braces of a text that is filled in later."""

from __future__ import annotations

from collections.abc import Sequence
from string import Formatter


def slots_in(text: str) -> set[str] | None:
    """The names in braces; None where a brace is not closed or names no slot."""
    try:
        fields: Sequence[str] = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        return None
    return set(fields) if all(name.isidentifier() for name in fields) else None
