"""Names in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from bot.knowledge.base import KnowledgeBase

MAX_NAMED = 4


def listed(base: KnowledgeBase, names: Sequence[str], most: int = MAX_NAMED) -> str:
    """This, that and another; of more than `most` the rest is only counted."""
    texts, shown = base.texts.texts, list(names[:most])
    if len(names) > most:
        shown.append(texts["plan_others"].format(count=len(names) - most))
    if len(shown) <= 1:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} {texts['and']} {shown[-1]}"
