"""`chart`: text without -o, a picture with it, and every way to use it wrongly."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import forking
import pytest

PROFILE = json.dumps({"role": "medical-coder", "certifications": ["cpc"], "goal": "coding-auditor"})


def run(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    done = forking.run(("-m", "bot", "chart", *arguments), stdin.encode())
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_without_a_file_the_chart_is_text_and_needs_no_goal() -> None:
    done = run()

    assert (done.returncode, done.stderr) == (0, "")
    assert "Entry level" in done.stdout
    assert "→ A step up: " in done.stdout
    assert "<b>" not in done.stdout


def test_a_profile_marks_where_somebody_is() -> None:
    done = run("--profile", "-", stdin='{"role": "medical-coder"}')

    assert "Medical Coder (CPC, CPC-A, CCA): You are here" in done.stdout


@pytest.mark.parametrize("suffix", [".png", ".svg", ".PNG"])
def test_a_picture_is_written_and_nothing_printed(tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"chart{suffix}"
    done = run("--profile", "-", "-o", str(out), "--theme", "dark", "--today", "2026-11-23", stdin=PROFILE)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert out.read_bytes().startswith(b"<svg" if suffix == ".svg" else b"\x89PNG")


def test_the_plan_over_time_starts_today(tmp_path: Path) -> None:
    profile = tmp_path / "profile.json"
    profile.write_text(PROFILE, "utf-8")
    done = run("--timeline", "--profile", str(profile), "--today", "2026-11-23")

    assert done.returncode == 0, done.stderr
    assert "23 Nov 2026" in done.stdout
    assert "Coding Auditor" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "stdin", "told"),
    [
        (("-o", "chart.gif"), "", ".png or .svg"),
        (("-o", "chart"), "", ".png or .svg"),
        (("-o", "/nowhere/at/all.png"), "", "cannot be written"),
        (("--theme", "pink"), "", "pink"),
        (("--profile", "/nowhere.json"), "", "cannot be read"),
        (("--profile", "-"), "{", "no JSON"),
        (("--profile", "-"), "[" * 100_000, "no JSON"),
        (("--profile", "-"), '{"role": "astronaut"}', "astronaut"),
        (("--profile", "-"), '{"shoe_size": 9}', "shoe_size"),
        (("--timeline",), "", "needs"),
        (("--timeline", "--profile", "-"), '{"role": "medical-coder"}', "needs"),
        (("--timeline", "--profile", "-"), '{"role": "coding-auditor", "goal": "coding-auditor"}', "nothing to do"),
    ],
)
def test_bad_usage_is_exit_2_with_a_message_and_no_output(arguments: tuple[str, ...], stdin: str, told: str) -> None:
    done = run(*arguments, stdin=stdin)

    assert done.returncode == 2
    assert told in done.stderr
    assert not done.stdout
    assert "Traceback" not in done.stderr
