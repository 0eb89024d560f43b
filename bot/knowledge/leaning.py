"""What leans on each source: how many facts, how many first lines of answers, and with which standing.

The short table in the README is made here: `python -m bot.knowledge.leaning` writes it anew.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.checks.subject import walk
from bot.knowledge.ids import Standing
from bot.knowledge.model import Record, Sourced

STANDINGS: tuple[Standing, ...] = get_args(Standing)
BEGIN, END = "<!-- sources: begin -->", "<!-- sources: end -->"


@dataclass
class Leaning:
    """What rests on one source, by standing: facts, requirements, figures and moves, and first lines of topics."""

    facts: Counter[Standing] = field(default_factory=Counter)
    first_lines: Counter[Standing] = field(default_factory=Counter)
    whose: set[str] = field(default_factory=set)

    @property
    def standing(self) -> Standing:
        """The weakest standing that something has on it."""
        return max(self.facts, key=STANDINGS.index, default="confirmed")


def leaning(base: KnowledgeBase) -> dict[str, Leaning]:
    """What leans on each source, by its id."""
    found = {key: Leaning() for key in base.sources}
    for record in _records(base):
        for trail, claim in walk(record):
            standing = base.standing(claim) if isinstance(claim, Sourced) else None
            if not isinstance(claim, Sourced) or claim.source is None or standing is None:
                continue
            first = (trail[:1] == ("facts",) and trail[2:] == (0,)) or trail == ("truth", 0)
            for page in (claim.source, *claim.also):
                found[page].facts[standing] += 1
                found[page].first_lines[standing] += first
                if claim.whose is not None:
                    found[page].whose.add(claim.whose)
    return found


def _records(base: KnowledgeBase) -> Iterator[Record]:
    groups: Iterable[Iterable[Record]] = (
        base.entities.values(),
        base.markets.values(),
        base.guides.values(),
        base.myths.values(),
    )
    for group in groups:
        yield from group


def listed(base: KnowledgeBase) -> list[dict[str, Any]]:
    """Every source for people and machines, by id: what it is, its standing, and what leans on it."""
    rows = []
    for key, leans in sorted(leaning(base).items()):
        source, publisher = base.sources[key], base.publisher(key)
        rows.append(
            {
                "id": key,
                "publisher": publisher.name,
                "kind": publisher.kind,
                "title": source.title,
                "url": source.url,
                "copy": source.copied_at,
                "as_of": source.as_of,
                "read": source.read.isoformat(),
                "recheck": source.recheck.isoformat(),
                "standing": leans.standing,
                "whose": sorted(leans.whose),
                "facts": leans.facts.total(),
                "first_lines": leans.first_lines.total(),
                "by_standing": {
                    name: {"facts": leans.facts[name], "first_lines": leans.first_lines[name]}
                    for name in STANDINGS
                    if leans.facts[name]
                },
            }
        )
    return rows


def table(base: KnowledgeBase) -> str:
    """The short table of the README: publishers by kind, with what leans on them."""
    rows: dict[tuple[str, str], list[int]] = {}
    for key, leans in leaning(base).items():
        read_at: str = base.publisher(key).kind
        for standing in leans.facts:
            row = rows.setdefault((standing, read_at), [0, 0, 0])
            row[0] += 1
            row[1] += leans.facts[standing]
            row[2] += leans.first_lines[standing]
    lines = ["| standing | read at | pages | facts | first lines |", "|---|---|---|---|---|"]
    rank: dict[str, int] = {name: at for at, name in enumerate(STANDINGS)}
    for (name, kind), row in sorted(rows.items(), key=lambda item: (rank[item[0][0]], -item[1][1])):
        lines.append(f"| {name} | {kind} | {row[0]:,} | {row[1]:,} | {row[2]:,} |")
    for weighed in STANDINGS:
        told = [row for (other, _), row in rows.items() if other == weighed]
        facts, first = sum(row[1] for row in told), sum(row[2] for row in told)
        lines.append(f"| **{weighed}** | all | | **{facts:,}** | **{first:,}** |")
    return "\n".join(lines) + "\n"


def with_table(text: str, base: KnowledgeBase) -> str:
    """A text with its table made anew, between its two marks."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table(base)}{END}{after}"


if __name__ == "__main__":
    from bot.knowledge.load import load

    readme = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("README.md")
    readme.write_text(with_table(readme.read_text("utf-8"), load(Path("knowledge"))), "utf-8")
