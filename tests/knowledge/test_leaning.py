"""The short table of sources in the README is that of the knowledge base."""

from __future__ import annotations

from pathlib import Path

from bot.knowledge.leaning import listed, table, with_table
from bot.knowledge.load import load

ROOT = Path(__file__).parent.parent.parent


def test_the_table_of_the_readme_is_current() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")

    assert readme == with_table(readme, load(ROOT / "knowledge")), "run `python -m bot.knowledge.leaning`"


def test_its_sums_are_those_of_the_list() -> None:
    base = load(ROOT / "knowledge")
    rows = listed(base)

    sums = [line for line in table(base).splitlines() if line.startswith("| **")]

    assert sum(int(line.split("|")[4].strip(" *").replace(",", "")) for line in sums) == sum(
        row["facts"] for row in rows
    )
    assert sum(int(line.split("|")[5].strip(" *").replace(",", "")) for line in sums) == sum(
        row["first_lines"] for row in rows
    )
