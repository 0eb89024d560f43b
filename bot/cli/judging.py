"""`evaluate`: labelled questions put to the whole product, and what became of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.answering import turn
from bot.cli.common import JsonOption, KnowledgeOption, TodayOption, clock, fail, load_advisor

if TYPE_CHECKING:
    from bot.evaluation import Report

MOST_MISSES = 40


def evaluate(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Labelled questions, one JSON object a line.", show_default=False)],
    rules: Annotated[
        Path | None,
        typer.Option("--rules", help="YAML with `free`, `same` and `covers`: what a fair judge lets pass."),
    ] = None,
    as_json: JsonOption = False,
    today: TodayOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Judge the answers to labelled questions: right, clarify, missed, wrong, and where."""
    from bot.conversation.session import Session
    from bot.evaluation import Rules
    from bot.evaluation import evaluate as judge_all

    lines = read_lines(file)
    judged_by = Rules.of(_read_rules(rules)) if rules else Rules()
    advisor, day = load_advisor(context, knowledge), clock(today)()

    def ask(texts: Sequence[str]) -> list[Mapping[str, Any]]:
        session = Session(met=True)
        results: list[Mapping[str, Any]] = []
        for text in texts:
            session, result, _ = turn(advisor, session, text, day)
            results.append(result)
        return results

    report = judge_all(lines, ask, judged_by)
    print(json.dumps(report.as_json()) if as_json else in_words(report))


def read_lines(file: Path) -> list[dict[str, Any]]:
    """The labelled questions of a file; a line that is none ends the command."""
    try:
        rows = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        fail(f"career-advisor: cannot read {file} ({error})")
    lines = []
    for number, row in enumerate(rows, 1):
        if not row.strip():
            continue
        try:
            line = json.loads(row)
        except json.JSONDecodeError as error:
            fail(f"{file}:{number}: not JSON ({error.msg}); write one object a line")
        turns = line.get("turns", [line]) if isinstance(line, dict) else [None]
        if not isinstance(turns, list) or not all(
            isinstance(item, dict) and isinstance(item.get("text"), str) for item in turns
        ):
            fail(f"{file}:{number}: no `text`, and no `turns` that have one; write one question a line")
        lines.append(line)
    return lines


def _read_rules(path: Path) -> dict[str, Any]:
    from bot.knowledge.yaml_file import read_yaml

    file = read_yaml(path, str(path))
    if file.problems or not isinstance(file.data, dict):
        fail("\n".join(map(str, file.problems)) or f"{path}: not a mapping of `free`, `same` and `covers`")
    return file.data


def in_words(report: Report) -> str:
    """The report as lines for people."""
    total = len(report.judged)
    lines = (
        []
        if not total
        else [
            f"{total} questions: {report.score:.1%} (a clarify counts half); "
            + ", ".join(f"{verdict} {report.count(verdict)}" for verdict in ("right", "clarify", "missed", "wrong"))
        ]
    )
    if report.outside:
        lines.append(f"{len(report.outside)} out of scope: {report.answered_outside} answered")
    lines += ["", "topic: right of all"]
    lines += [f"  {topic}: {counts['right']} of {counts.total()}" for topic, counts in report.by("topics").items()]
    lines += ["", "label taken for:"]
    lines += [f"  {label} for {got}: {count}" for label, got, count in report.confusions()]
    lines += ["", "confidence from: mean, share right, how many"]
    lines += [f"  {low:.1f}: {mean:.2f}, {share:.2f}, {count}" for low, mean, share, count in report.reliability()]
    lines += ["", "not right:"]
    lines += [f"  {item.verdict}: {item.line['text']!r}: {item.why}" for item in report.misses()[:MOST_MISSES]]
    return "\n".join(lines)
