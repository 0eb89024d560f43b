"""`check`: what it prints, its exit codes, and that it renders every template."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.app import app

PASTRY = Path(__file__).parent.parent / "fields" / "pastry"
FRESH, DUE = "2026-11-23", "2027-03-01"


@pytest.fixture
def pastry(tmp_path: Path) -> Path:
    copy = tmp_path / "pastry"
    shutil.copytree(PASTRY, copy)
    return copy


def check(folder: Path, *arguments: str, today: str = FRESH) -> Result:
    return CliRunner().invoke(app, ["check", "--knowledge", str(folder), "--today", today, *arguments])


def test_counts_coverage_and_the_oldest_facts() -> None:
    done = check(PASTRY)

    assert (done.exit_code, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("3 roles; 3 certifications; 2 education steps; 3 terms; ")
    total = next(line for line in lines if line.startswith("coverage (topic × entity): "))
    assert " answered, " in total
    assert " not known, " in total
    assert total.endswith(" not applicable")
    assert "duties 3 answered, 0 not known, 8 not applicable" in {" ".join(line.split()) for line in lines}
    assert "oldest facts:" in lines
    assert lines[lines.index("oldest facts:") + 1].split()[0] == "2025"


def test_json_has_the_same() -> None:
    done = check(PASTRY, "--json")
    result = json.loads(done.stdout)

    assert done.exit_code == 0
    assert list(result) == ["problems", "due", "summary", "coverage", "oldest"]
    assert result["problems"] == result["due"] == []
    assert result["summary"]["roles"] == 3
    assert set(result["coverage"]["total"]) == {"answered", "not known", "not applicable"}
    entities = 3 + 3 + 2 + 3
    assert all(sum(counts.values()) == entities for counts in result["coverage"]["topics"].values())
    assert set(result["oldest"][0]) == {"as_of", "source", "path", "line", "say"}


def test_due_facts_are_listed_and_exit_3() -> None:
    done = check(PASTRY, today=DUE)

    assert done.exit_code == 3
    assert done.stdout.splitlines()[0] == (
        "due: gpc-fees (Guild of Pastry Cooks), to be read again since 2027-02-01: https://guild.example.org/fees"
    )
    assert [row["id"] for row in json.loads(check(PASTRY, "--json", today=DUE).stdout)["due"]] == ["gpc-fees"]


def test_errors_exit_1_even_when_facts_are_due(pastry: Path) -> None:
    (pastry / "market/kitchens.yaml").write_text("name: x\ncountry: FR\ncover: x\nfacts: {}\n", "utf-8")

    done = check(pastry, today=DUE)

    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1].endswith(" problems")
    assert (
        f"{pastry}/market/kitchens.yaml:3: unknown key `cover`; did you mean `covers`? check its spelling, or delete it"
        in done.stdout
    )
    problems = json.loads(check(pastry, "--json").stdout)["problems"]
    assert {"path", "line", "what", "mend"} == set(problems[0])


def test_a_template_that_fails_to_render_is_found_with_its_line(pastry: Path) -> None:
    template = pastry / "en/answers/compare.j2"
    template.write_text(template.read_text("utf-8") + "{{ section.colour }}\n", "utf-8")
    line = len(template.read_text("utf-8").splitlines())

    done = check(pastry)

    assert done.exit_code == 1
    where = f"{template}:{line}: cannot be rendered for `compare` of `kitchen-porter, pastry-chef` (UndefinedError"
    assert where in done.stdout
    assert "mend what this line uses" in done.stdout


def test_a_folder_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    done = check(tmp_path / "nowhere")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "nowhere is not a folder; pass --knowledge DIR or set ADVISOR_KNOWLEDGE" in done.stderr


def test_a_broken_knowledge_base_starts_no_other_command(pastry: Path) -> None:
    (pastry / "sources.yaml").write_text("x: 1\n", "utf-8")

    for command in (["ask", "hello"], ["show", "cpk"], ["explain", "hello"]):
        done = CliRunner().invoke(app, [*command, "--knowledge", str(pastry)])

        assert (done.exit_code, done.stdout) == (2, "")
        assert f"{pastry}/sources.yaml:1: " in done.stderr


@pytest.mark.long  # `make check` runs this very command
def test_the_knowledge_base_that_comes_with_the_bot_is_sound() -> None:
    done = check(Path(__file__).parent.parent.parent / "knowledge")

    assert done.exit_code == 0, done.stdout


@pytest.mark.parametrize(("read", "told"), [("2026-11-30", False), ("2027-11-01", True)])
def test_nothing_is_read_on_a_day_that_is_still_to_come(pastry: Path, read: str, told: bool) -> None:
    sources = pastry / "sources.yaml"
    text = sources.read_text("utf-8").replace(
        "read: 2026-11-01\n  recheck: 2027-05-01", f"read: {read}\n  recheck: 2028-05-01", 1
    )
    sources.write_text(text, "utf-8")

    done = check(pastry)

    assert (f"is later than today ({FRESH}); correct the day" in done.stdout) == told
    assert done.exit_code == (1 if told else 0)


def test_a_clock_that_is_far_back_is_no_mistake_of_the_files() -> None:
    assert check(PASTRY, today="2020-01-01").exit_code == 0
