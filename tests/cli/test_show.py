"""`show`: everything about one entity, found by any of its names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.app import app

PASTRY = Path(__file__).parent.parent / "fields" / "pastry"


def show(*arguments: str, today: str = "2026-11-23") -> Result:
    return CliRunner().invoke(app, ["show", "--knowledge", str(PASTRY), "--today", today, *arguments])


def test_everything_is_there_with_sources_and_a_preview() -> None:
    done = show("cpk")

    assert (done.exit_code, done.stderr) == (0, "")
    for words in (
        "name: Certified Pastry Cook",
        "    - 80 questions in 2 hours, and one day at the oven; 70% passes. [gpc-cpk]",
        "  exam_requires:\n    - A valid KSC. [gpc-cpk]\n      needs:\n        certification: ksc",
        "mentioned_by: cpk-t, ",
        "  gpc-fees: Guild of Pastry Cooks, Fees, as of 2026, read 2026-11-01\n    https://guild.example.org/fees",
        "answers:\n  overview:\n    ",
        "Source: Guild of Pastry Cooks (2026, read Nov 2026)",
    ):
        assert words in done.stdout


def test_json_has_the_same() -> None:
    result = json.loads(show("cpk", "--json").stdout)

    assert (result["kind"], result["id"], result["abbreviation"]) == ("certification", "cpk", "CPK")
    assert result["facts"]["cost"][0] == {
        "say": "The CPK exam costs 240 EUR, and a retake 120 EUR.",
        "source": "gpc-fees",
    }
    assert set(result["sources"]) == {"gpc-cpk", "gpc-fees", "gpc-renewal", "kitchen-ads"}
    assert "240 EUR" in result["answers"]["cost"]
    assert "pastry-cook" in result["mentioned_by"]


@pytest.mark.parametrize("name", ["CPK", "c.p.k", "certified pastry cooks", "See Pee Kay", "guild pastry diploma"])
def test_any_name_will_do(name: str) -> None:
    assert show(name).stdout == show("cpk").stdout


def test_a_source_past_its_recheck_date_is_marked() -> None:
    assert "read 2026-11-01, due to be read again" in show("cpk", today="2027-03-01").stdout
    assert "due to be read again" not in show("cpk").stdout


def test_nothing_found_exits_1_and_asks_what_was_meant() -> None:
    done = show("pastri cheff")

    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("career-advisor: nothing is known as “pastri cheff”; did you mean pastry-chef")


@pytest.mark.parametrize("name", ["", "zzzzzz", "\x1b[31m"])
def test_nothing_near_is_said_plainly(name: str) -> None:
    done = show(name)

    assert (done.exit_code, done.stdout) == (1, "")
    assert "nothing is known as" in done.stderr
    assert "did you mean" not in done.stderr
    assert "\x1b" not in done.stderr
