"""Every mistake of `mistakes.yaml` is found with its file, its line and a remedy, and nothing else is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.knowledge.check import examine

MISTAKES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("mistakes.yaml").read_text("utf-8"))


def make(mistake: dict[str, Any], folder: Path) -> None:
    """Change the file as the mistake says."""
    file = folder / mistake["file"]
    text = mistake.get("content") or file.read_text("utf-8")
    for old, new in mistake.get("change", {}).items():
        assert old in text, f"{old!r} is not in {mistake['file']}"
        text = text.replace(old, new, 1)
    file.write_text(text, "utf-8")


def expected_line(mistake: dict[str, Any], folder: Path) -> str:
    file = folder / mistake.get("in", mistake["file"])
    text = file.read_text("utf-8")
    line = text.count("\n", 0, text.index(mistake["line"])) + 1 if "line" in mistake else 1
    return f"{file}:{line}: "


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: str(mistake["mistake"]))
def test_a_seeded_mistake_is_found_with_file_line_and_remedy(pastry: Path, mistake: dict[str, Any]) -> None:
    make(mistake, pastry)

    problems = [str(problem) for problem in examine(pastry).problems]

    beginning = expected_line(mistake, pastry)
    assert [problem for problem in problems if problem.startswith(beginning)], (beginning, problems)
    for words in mistake["says"]:
        assert any(problem.startswith(beginning) and words in problem for problem in problems), (words, problems)
    assert len(problems) <= mistake.get("problems", 1), problems


def test_the_unbroken_knowledge_base_has_no_problem(pastry: Path) -> None:
    assert examine(pastry).problems == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The KSC asks for an age of 16, the CPK for years of work.",
        "Guild of Pastry Cooks and Kitchen Safety Board ask for different things.",
    ],
)
def test_a_sentence_of_two_bodies_names_a_page_of_each(pastry: Path, sentence: str) -> None:
    file = pastry / "guides" / "starting-late.yaml"
    fact = f"facts:\n  eligibility:\n    - say: {sentence}\n      source: ksb-ksc\n      also: [gpc-fees]\n"
    file.write_text(file.read_text("utf-8").replace("facts:\n", fact, 1), "utf-8")

    assert examine(pastry).problems == []


@pytest.mark.parametrize("sentence", ["The KSC exam costs 60 EUR.", "60 EUR is what the Kitchen Safety Board asks."])
def test_a_figure_of_a_body_stands_anywhere_with_a_name_of_it(pastry: Path, sentence: str) -> None:
    file = pastry / "guides" / "starting-late.yaml"
    fact = f"facts:\n  cost:\n    - say: {sentence}\n      source: ksb-ksc\n"
    file.write_text(file.read_text("utf-8").replace("facts:\n", fact, 1), "utf-8")

    assert examine(pastry).problems == []


def test_a_file_that_was_copied_is_one_problem(pastry: Path) -> None:
    copy = pastry / "certifications" / "ksc-old.yaml"
    copy.write_text((pastry / "certifications" / "ksc.yaml").read_text("utf-8"), "utf-8")

    [problem] = examine(pastry).problems

    assert "of their names are the same" in str(problem)
    assert "delete one of the two if it is a copy" in str(problem)


def test_all_errors_are_found_in_one_run(pastry: Path) -> None:
    chosen = {mistake["mistake"]: mistake for mistake in MISTAKES}
    several = ["an unknown key", "a source that does not exist", "a banned host", "a missing text", "a tab"]
    for name in several:
        make(chosen[name], pastry)

    problems = "\n".join(str(problem) for problem in examine(pastry).problems)

    for name in several:
        assert expected_line(chosen[name], pastry) in problems


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("sources.yaml", "", "x: [\n"),
        ("topics.yaml", "", "x: [\n"),
        ("assessment.yaml", "", "x: [\n"),
        ("field.yaml", "", "x: [\n"),
        ("en/texts.yaml", "", "x: [\n"),
        ("roles/pastry-cook.yaml", "", "x: [\n"),
        ("roles/pastry-cook.yaml", "level: trained", "level: 5"),
        ("topics.yaml", "id: salary", "ix: salary"),
    ],
)
def test_what_cannot_be_read_causes_no_errors_elsewhere(pastry: Path, file: str, old: str, new: str) -> None:
    path = pastry / file
    text = path.read_text("utf-8")
    path.write_text(text.replace(old, new, 1) if old else text + new, "utf-8")

    problems = examine(pastry).problems

    assert problems
    assert {problem.path for problem in problems} == {str(path)}


def test_a_file_name_in_capitals_is_one_problem(pastry: Path) -> None:
    (pastry / "certifications/ksc.yaml").rename(pastry / "certifications/KSC.yaml")
    (problem,) = map(str, examine(pastry).problems)
    assert "the file name `KSC` cannot be an id" in problem


def test_what_many_places_name_and_is_gone_is_one_problem(pastry: Path) -> None:
    (pastry / "certifications/cpk.yaml").unlink()
    named = [str(problem) for problem in examine(pastry).problems if "`cpk` is not" in str(problem)]
    assert len(named) == 1
    assert "more places name it" in named[0]
