"""`plan`: a profile from a file or standard input, routes as JSON or for people."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.app import app

PASTRY = Path(__file__).parent.parent / "fields" / "pastry"
COOK = {"goal": "pastry-chef", "role": "pastry-cook", "certifications": ["cpk-t"], "years": {"baking": 1}}


def plan(profile: object, *arguments: str) -> Result:
    text = profile if isinstance(profile, str) else json.dumps(profile)
    return CliRunner().invoke(app, ["plan", "--knowledge", str(PASTRY), "--profile", "-", *arguments], input=text)


def test_json_from_standard_input_and_from_a_file_is_the_same(tmp_path: Path) -> None:
    file = tmp_path / "cook.json"
    file.write_text(json.dumps(COOK), "utf-8")

    piped = plan(COOK, "--json")
    read = CliRunner().invoke(app, ["plan", "--knowledge", str(PASTRY), "--profile", str(file), "--json"])

    assert (piped.exit_code, piped.stderr) == (0, "")
    assert json.loads(piped.stdout) == json.loads(read.stdout)
    assert [route["name"] for route in json.loads(piped.stdout)["routes"]] == ["fastest", "cheapest", "strongest"]


def test_people_read_each_route_once() -> None:
    done = plan(COOK)

    assert done.exit_code == 0
    assert done.stdout.count("Start as Pastry Chef") == done.stdout.count("Fastest") + done.stdout.count("Strongest")
    assert "5 hours a week" in done.stdout


@pytest.mark.parametrize(
    ("profile", "says"),
    [
        ("{}", "no `goal`"),
        ('{"goal": "astronaut"}', "astronaut"),
        ('{"goal": "pastry-chef", "gender": "f"}', "unknown key `gender`"),
        ('{"goal": "pastry-chef", "years": {"baking": -1}}', "years.baking"),
        ('{"goal": "pastry-chef", "hours_per_week": NaN}', "hours_per_week"),
        ('{"goal": "pastry-chef", "hours_per_week": 0}', "hours_per_week"),
        ('{"goal": "pastry-chef", "hours_per_week": true}', "hours_per_week"),
        ('{"goal": "pastry-chef", "years": {"baking": "1"}}', "years.baking"),
        ('{"goal": "pastry-chef", "budget": false}', "budget"),
        ('{"goal": "pastry-chef", "hours_per_week": ' + "9" * 5000 + "}", "is not JSON"),
        ('{"goal": "pastry-chef", "role": "\\u001b[31mred"}', "red"),
        ("[1]", "one JSON object"),
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(profile: str, says: str) -> None:
    done = plan(profile, "--json")

    assert (done.exit_code, done.stdout) == (2, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["plan", "--profile", str(tmp_path / "nothing.json")])

    assert (done.exit_code, done.stdout) == (2, "")
    assert "nothing.json: cannot be read" in done.stderr


def test_the_same_plan_in_every_process() -> None:
    """Sets are ordered differently in every process; no plan may depend on it."""
    command = [sys.executable, "-m", "bot", "plan", "--knowledge", str(PASTRY), "--profile", "-", "--json"]
    outputs = {
        subprocess.run(
            command,
            input=json.dumps({"goal": "pastry-chef"}),
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(outputs) == 1


def test_a_message_is_short_and_no_terminal_acts_on_it() -> None:
    done = plan({"goal": "\x1b[31m" + "x" * 100_000}, "--json")

    assert done.exit_code == 2
    assert "\x1b" not in done.stderr
    assert len(done.stderr) < 1000


def test_a_country_that_nothing_is_known_of_is_planned_for() -> None:
    done = plan({**COOK, "country": "ZZ"}, "--json")

    assert (done.exit_code, done.stderr) == (0, "")
    assert json.loads(done.stdout)["routes"]


def test_a_day_that_no_plan_can_start_from_is_refused() -> None:
    done = plan(COOK, "--json", "--today", "9999-12-31")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "--today 9999-12-31" in done.stderr
