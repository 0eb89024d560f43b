"""Docs that cannot rot: every command and every setting stands in the README."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import forking
import typer.main

from bot.cli.app import app
from bot.settings import variables

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_every_command_is_in_the_readme() -> None:
    commands = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    written = set(re.findall(r"`career-advisor (\w+)", README))
    assert commands == written


def test_every_setting_is_in_the_readme() -> None:
    assert set(variables()) == set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE))


def test_every_dependency_has_its_reason_in_the_readme() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    names = [re.split(r"[^A-Za-z0-9-]", item)[0] for item in project["project"]["dependencies"]]
    table = README[README.index("## Dependencies") :].lower()
    assert [name for name in names if name.lower() not in table] == []


def test_every_make_target_of_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"`?make ([a-z-]+)", README)) <= targets


def test_the_sample_dialog_is_what_the_advisor_says() -> None:
    sample = README.split("## Try it")[0]
    said = [line.strip() for line in sample.splitlines() if line.startswith("    ")]
    asked = [line.removeprefix("> ") for line in said if line.startswith("> ")]
    done = forking.run(("-m", "bot", "chat"), "\n".join(asked).encode())
    assert done.returncode == 0
    shown = done.stdout.decode().splitlines()
    assert len(asked) == 2
    assert [line for line in said if not line.startswith(">") and line != "…" and line not in shown] == []
