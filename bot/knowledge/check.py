"""Cross-checks between files: every reference resolves, nothing collides, everything is reachable."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.load import KnowledgeError, Loaded, read


def examine(folder: Path) -> Loaded:
    """Read and cross-check `folder`; problems are collected in the result."""
    return read(folder)


def load_checked(folder: Path) -> KnowledgeBase:
    """The knowledge base of `folder`. Raises `KnowledgeError` with every problem found."""
    loaded = examine(folder)
    if loaded.base is None or loaded.problems:
        raise KnowledgeError(sorted(set(loaded.problems)))
    return loaded.base


def due(base: KnowledgeBase, today: date) -> list[dict[str, str]]:
    """Sources past their re-check date, the longest overdue first."""
    late = sorted((source.recheck, key) for key, source in base.sources.items() if source.recheck < today)
    return [
        {"id": key, "publisher": base.sources[key].publisher, "url": base.sources[key].url, "recheck": str(recheck)}
        for recheck, key in late
    ]


def summary(base: KnowledgeBase) -> dict[str, Any]:
    """Counts of what there is."""
    return {
        "roles": len(base.roles),
        "certifications": len(base.certifications),
        "education steps": len(base.education),
        "terms": len(base.terms),
        "guides": len(base.guides),
        "myths": len(base.myths),
        "sources": len(base.sources),
        "topics": len(base.topics),
        "moves": sum(len(role.moves) for role in base.roles.values()),
        "phrasings": sum(len(item.phrasings) for item in base.phrasings.values()),
    }
