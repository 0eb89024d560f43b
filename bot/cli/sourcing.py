"""`sources`: every page that something rests on, whose it is, and how much leans on it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import typer

from bot.cli.common import JsonOption, KnowledgeOption, load_base


def sources(context: typer.Context, as_json: JsonOption = False, knowledge: KnowledgeOption = None) -> None:
    """List every source with its kind and standing, and how many facts and first lines lean on it."""
    from bot.knowledge.leaning import STANDINGS, listed

    rows = listed(load_base(context, knowledge))
    if as_json:
        print(json.dumps(rows))
        return
    print("\n".join(_lines(rows)))
    for standing in STANDINGS:
        told = [row["by_standing"][standing] for row in rows if standing in row["by_standing"]]
        facts, first = sum(row["facts"] for row in told), sum(row["first_lines"] for row in told)
        print(f"{standing}: {len(told)} sources, {facts} facts, {first} first lines")


def _lines(rows: list[dict[str, Any]]) -> Iterator[str]:
    width = max((len(row["id"]) for row in rows), default=0)
    for row in rows:
        whose = f", {', '.join(row['whose'])}'s" if row["whose"] else ""
        told = f"{row['publisher']} ({row['kind']}{whose}), {row['title']}, read {row['read']}"
        leaning = f"{row['facts']:4} facts {row['first_lines']:4} first lines"
        yield f"{row['id']:{width}} {row['standing']:11} {leaning}  {told}"
