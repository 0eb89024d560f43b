"""Another field's knowledge base runs on the same code: questions, a dialog, a plan, the chart."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import forking
import pytest

ROOT = Path(__file__).parent.parent
PASTRY = ROOT / "tests" / "fields" / "pastry"
TODAY = "2026-11-23"


def run(*arguments: str, stdin: str = "") -> str:
    command = ("-m", "bot", *arguments, "--knowledge", str(PASTRY), "--today", TODAY)
    done = forking.run(command, stdin.encode())
    assert (done.returncode, done.stderr) == (0, b""), done.stderr
    return done.stdout.decode()


@pytest.fixture(scope="module")
def answers() -> dict[str, dict[str, Any]]:
    questions = [
        "what cert do i need for pastry chef",
        "how much is the cpk exam",
        "how do i get from kitchen porter to pastry chef",
        "what does mise en place mean",
        "how do i remove the t from cpk-t",
        "cpk or ksc",
        "you need a degree to be a pastry chef right",
        "how do i reset my router",
        "help me choose a role",
        "thanks",
    ]
    stdin = "".join(json.dumps({"text": text}) + "\n" for text in questions)
    return {row["text"]: row for row in map(json.loads, run("ask", "--jsonl", stdin=stdin).splitlines())}


@pytest.mark.parametrize(
    ("question", "outcome", "topics", "entities", "words"),
    [
        (
            "what cert do i need for pastry chef",
            "answer",
            ["certifications"],
            ["pastry-chef"],
            "The CPK is what ads name.",
        ),
        ("how much is the cpk exam", "answer", ["cost"], ["cpk"], "The CPK exam costs 240 EUR"),
        ("how do i get from kitchen porter to pastry chef", "answer", ["path"], ["kitchen-porter", "pastry-chef"], "→"),
        ("what does mise en place mean", "answer", ["definition"], ["mise-en-place"], "ready and in its place"),
        ("how do i remove the t from cpk-t", "answer", ["apprentice_status"], ["cpk-t"], "2 years of baking"),
        ("cpk or ksc", "answer", ["compare"], ["cpk", "ksc"], "It depends on the work: the CPK for baking"),
        ("you need a degree to be a pastry chef right", "answer", ["education"], ["pastry-chef"], "No. Ads ask"),
        ("how do i reset my router", "unknown", [], [], "pastry"),
        ("help me choose a role", "answer", ["assessment"], [], "1 of 8."),
        ("thanks", "chat", ["thanks"], [], "welcome"),
    ],
)
def test_ask(
    answers: dict[str, dict[str, Any]], question: str, outcome: str, topics: list[str], entities: list[str], words: str
) -> None:
    answer = answers[question]

    assert (answer["outcome"], answer["topics"], answer["entities"]) == (outcome, topics, entities)
    assert words in answer["answer"]


def test_a_self_assessment_ends_in_a_plan() -> None:
    said = ["help me choose", "France", "New to this", "none", "high school", "pastry chef", "10", "1500"]

    shown = run("chat", stdin="\n".join(said) + "\n")

    assert "1 of 8. Where will you look for work?" in shown
    assert "7 of 7. What may it cost in all, in EUR?" in shown
    assert "Your road to Pastry Chef, at 10 h a week" in shown
    assert "Pastry Certificate" in shown


def test_a_plan_without_a_dialog() -> None:
    profile = {"country": "FR", "role": "kitchen-porter", "education": ["high-school"], "goal": "pastry-chef"}

    plan = json.loads(run("plan", "--profile", "-", "--json", stdin=json.dumps(profile)))

    assert [route["name"] for route in plan["routes"]] == ["fastest", "cheapest", "strongest"]
    steps = plan["routes"][0]["steps"]
    assert {"ksc", "cpk", "cpk-t"} & {step["entity"] for step in steps}
    assert steps[-1]["entity"] == "pastry-chef" or any(step["kind"] == "move" for step in steps)
    assert plan["routes"][0]["cost"]["currency"] == "EUR"


def test_its_wording_is_the_one_that_comes_with_the_bot() -> None:
    def templates(folder: Path) -> dict[str, str]:
        return {path.name: path.read_text("utf-8") for path in (folder / "en/answers").glob("*.j2")}

    script = runpy.run_path(str(ROOT / "scripts" / "pastry_wording.py"))
    written = (PASTRY / "en/texts.yaml").read_text("utf-8")

    assert (templates(PASTRY), written) == (templates(ROOT / "knowledge"), script["texts"]()), (
        "run `python scripts/pastry_wording.py`"
    )
