"""What is over: whatever is retired or doubtful is named so, with its date and successor, before anything else."""

from __future__ import annotations

from collections.abc import Iterable

from bot.advice.origins import month
from bot.advice.wording import Said
from bot.knowledge.base import KnowledgeBase


def over(base: KnowledgeBase, ids: Iterable[str]) -> list[Said]:
    """One sentence for each of some entities that is no longer offered, or that nobody knows to be."""
    texts = base.texts.texts
    notes = []
    for item in (base.entities[entity] for entity in dict.fromkeys(ids) if not base.is_offered(entity)):
        if item.status == "retired" and item.ended:
            told = texts["status_retired_on"].format(name=item.short, ended=month(item.ended))
        else:
            told = texts[f"status_{item.status}"].format(name=item.short)
        if item.successor is not None:
            told += " " + texts["status_successor"].format(successor=base.entities[item.successor].short)
        notes.append(Said(told))
    return notes
