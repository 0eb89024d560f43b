"""`sources`: every page with its kind and standing, and what leans on it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from typer.testing import CliRunner

from bot.cli.app import app

PASTRY = Path(__file__).parent.parent / "fields" / "pastry"


def sources(folder: Path, *arguments: str) -> str:
    done = CliRunner().invoke(app, ["sources", "--knowledge", str(folder), *arguments])
    assert (done.exit_code, done.stderr) == (0, "")
    return done.stdout


def test_every_source_is_listed_with_what_leans_on_it() -> None:
    rows = {row["id"]: row for row in json.loads(sources(PASTRY, "--json"))}

    assert set(rows) >= {
        "gpc-cpk",
        "gpc-fees",
        "gpc-renewal",
        "ksb-ksc",
        "cooks-survey",
        "kitchen-ads",
        "college-courses",
    }
    fees = rows["gpc-fees"]
    assert (fees["publisher"], fees["kind"], fees["standing"]) == ("Guild of Pastry Cooks", "issuer", "confirmed")
    assert fees["first_lines"] >= 1
    assert fees["facts"] > fees["first_lines"]
    assert fees["by_standing"] == {"confirmed": {"facts": fees["facts"], "first_lines": fees["first_lines"]}}
    assert rows["college-courses"]["standing"] == "reported"


def test_a_figure_of_somebody_else_changes_the_standing_of_its_page(tmp_path: Path) -> None:
    copy = tmp_path / "pastry"
    shutil.copytree(PASTRY, copy)
    ksc = copy / "certifications" / "ksc.yaml"
    text = ksc.read_text("utf-8").replace(
        "source: ksb-ksc\n      as_of", "source: cooks-survey\n      whose: safety-board\n      as_of"
    )
    ksc.write_text(text, "utf-8")
    publishers = copy / "publishers.yaml"
    publishers.write_text(publishers.read_text("utf-8").replace("kind: association", "kind: forum"), "utf-8")

    row = next(row for row in json.loads(sources(copy, "--json")) if row["id"] == "cooks-survey")

    assert row["standing"] == "second-hand"
    assert row["whose"] == ["safety-board"]


def test_people_read_the_same_in_lines() -> None:
    lines = sources(PASTRY).splitlines()

    assert any(
        line.startswith("gpc-fees") and "confirmed" in line and "Guild of Pastry Cooks (issuer)" in line
        for line in lines
    )
    assert [line.split(":")[0] for line in lines[-3:]] == ["confirmed", "reported", "second-hand"]
