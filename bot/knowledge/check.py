"""A folder as a whole: every reference resolves, nothing collides, everything is reachable."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.load import KnowledgeError, Loaded, read
from bot.knowledge.loaded import Located
from bot.knowledge.model import Source
from bot.knowledge.passed import has_passed, note_passed
from bot.knowledge.yaml_file import Problem, Trail

CLOCK = timedelta(days=31)  # a clock may be wrong, or set back a little to see what was due then


def examine(folder: Path) -> Loaded:
    """Read `folder` and run every check on it; problems are collected in the result, each once."""
    with without_collection():
        return _examined(read(folder))


def _examined(loaded: Loaded) -> Loaded:
    # Imported here and below: what passed before needs no check, and waits for none.
    from bot.knowledge.checks import CHECKS, TOGETHER  # noqa: PLC0415
    from bot.knowledge.checks.subject import Subject  # noqa: PLC0415

    if loaded.records:
        subject = Subject(loaded)
        checks = CHECKS if loaded.unsure else (*CHECKS, *TOGETHER)
        loaded.problems += [problem for check in checks for problem in check(subject)]
    loaded.problems = sorted(set(loaded.problems))
    return loaded


@contextmanager
def without_collection() -> Iterator[None]:
    """No search for garbage meanwhile: what is read stays, and going through it again and again takes longer
    with every file (a quarter of the time now, most of it at ten times the size).
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def load_checked(folder: Path) -> KnowledgeBase:
    """The knowledge base of `folder`. Raises `KnowledgeError` with every problem that `examine` finds.

    Every command and every reload starts here: what `check` refuses never answers anybody. Files that passed before
    are read but not examined again.
    """
    with without_collection():
        loaded = read(folder)
        if loaded.base is not None and not loaded.problems and has_passed(loaded.base):
            return loaded.base
        _examined(loaded)
    if loaded.base is None or loaded.problems:
        raise KnowledgeError(loaded.problems)
    note_passed(loaded.base)
    return loaded.base


def due(base: KnowledgeBase, today: date) -> list[dict[str, str]]:
    """Sources past their re-check date, the longest overdue first."""
    late = sorted((source.recheck, key) for key, source in base.sources.items() if source.recheck < today)
    return [
        {"id": key, "publisher": base.publisher(key).name, "url": base.sources[key].url, "recheck": str(recheck)}
        for recheck, key in late
    ]


def unread_yet(loaded: Loaded, today: date) -> list[Problem]:
    """Sources read on a day that is still to come: a slip in a date. Only `check` knows what day it is.

    Where most are, the clock is wrong and not the files.
    """
    from bot.knowledge.checks.subject import Subject  # noqa: PLC0415

    sources = Subject(loaded).of(Source)
    early = [found for found, source in sources if source.read > today + CLOCK]
    if len(early) * 2 > len(sources):
        return []
    return [found.problem(("read",), f"is later than today ({today})", "correct the day") for found in early]


def summary(base: KnowledgeBase) -> dict[str, int]:
    """Counts of what there is."""
    with_facts = (*base.entities.values(), *base.markets.values(), *base.guides.values())
    return {
        "roles": len(base.roles),
        "certifications": len(base.certifications),
        "education steps": len(base.education),
        "terms": len(base.terms),
        "markets": len(base.markets),
        "guides": len(base.guides),
        "myths": len(base.myths),
        "sources": len(base.sources),
        "facts": sum(len(facts) for item in with_facts for facts in item.facts.values()),
        "moves": sum(len(role.moves) for role in base.roles.values()),
        "topics": len(base.topics),
        "phrasings": sum(len(item.phrasings) for item in base.phrasings.values()),
    }


def oldest(loaded: Loaded, count: int) -> list[dict[str, Any]]:
    """The oldest facts, one of each source, oldest first: `as_of`, `source`, `path`, `line` and `say`.

    A fact is as old as its own `as_of`, else its source's, else the day the source was read.
    """
    from bot.knowledge.checks.subject import Subject  # noqa: PLC0415

    subject = Subject(loaded)
    by_source: dict[str, tuple[str, Located, Trail, str]] = {}
    for place, trail, record in subject.sourced:
        source, say = subject.sources.get(record.source or ""), getattr(record, "say", None)
        if source is not None and say:
            dated = record.as_of or source.as_of or source.read.isoformat()
            if dated < by_source.get(str(record.source), ("9",))[0]:
                by_source[str(record.source)] = (dated, place, trail, say)
    chosen = sorted(by_source.items(), key=lambda item: (item[1][0], item[0]))[:count]
    return [
        {
            "as_of": dated,
            "source": source_id,
            "path": place.file.path,
            "line": place.file.line_of(place.trail + trail),
            "say": say,
        }
        for source_id, (dated, place, trail, say) in chosen
    ]
