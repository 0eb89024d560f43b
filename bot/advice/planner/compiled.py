"""What is worked out once for a knowledge base and kept with it, because it never changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from bot.knowledge.base import KnowledgeBase

Worked = TypeVar("Worked")
# Of what depends on a person's country, workplace and goal no more is kept at a time.
MOST_KEPT = 500


def once(base: KnowledgeBase, key: tuple[Any, ...], work_out: Callable[[], Worked]) -> Worked:
    """What `work_out` gives, kept under a key for as long as the knowledge base itself."""
    kept: dict[tuple[Any, ...], Any] = base.__dict__.setdefault("_planner", {})
    if key not in kept:
        if len(kept) > MOST_KEPT:
            kept.clear()
        kept[key] = work_out()
    found: Worked = kept[key]
    return found
