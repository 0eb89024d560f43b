"""`check`: whether the knowledge base can be trusted, and what in it is old."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import typer

from bot.cli.common import JsonOption, KnowledgeOption, TodayOption, clock, fail, knowledge_folder, prepare

if TYPE_CHECKING:
    from bot.advice.coverage import Coverage
    from bot.knowledge.base import KnowledgeBase
    from bot.knowledge.load import Loaded
    from bot.knowledge.yaml_file import Problem

EXIT_ERRORS = 1
EXIT_DUE = 3
OLDEST = 5


def check(
    context: typer.Context, as_json: JsonOption = False, today: TodayOption = None, knowledge: KnowledgeOption = None
) -> None:
    """Check the knowledge base. Exit 1: errors; 3: no errors, but facts are due to be read again."""
    from bot.advice.coverage import cover
    from bot.knowledge.check import due, examine, unread_yet

    prepare()
    day: date = clock(today)()
    folder = knowledge_folder(context, knowledge)
    if not folder.is_dir():
        fail(f"career-advisor: {folder} is not a folder; pass --knowledge DIR or set ADVISOR_KNOWLEDGE")
    loaded = examine(folder)
    coverage = cover(loaded.base, day) if loaded.base and not loaded.problems else None
    early = unread_yet(loaded, day)
    problems = sorted(loaded.problems + early) + (_rendering(loaded, coverage) if coverage else [])
    sources_due = due(loaded.base, day) if loaded.base else []
    if as_json:
        print(json.dumps(_as_json(loaded, problems, sources_due, coverage)))
    else:
        for problem in problems:
            print(problem)
        for row in sources_due:
            print(f"due: {row['id']} ({row['publisher']}), to be read again since {row['recheck']}: {row['url']}")
        if loaded.base and coverage and not problems:
            _print_summary(loaded, loaded.base, coverage)
        else:
            print(f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'}")
    if problems:
        raise typer.Exit(EXIT_ERRORS)
    if sources_due:
        raise typer.Exit(EXIT_DUE)


def _rendering(loaded: Loaded, coverage: Coverage) -> list[Problem]:
    """Templates that fail, as problems of their files."""
    from bot.knowledge.load import LANGUAGE
    from bot.knowledge.yaml_file import Problem

    return [
        Problem(
            loaded.shown(f"{LANGUAGE}/answers/{failure.template}.j2"),
            failure.line,
            f"cannot be rendered for `{failure.topic}` of `{failure.entities}` ({failure.error})",
            "mend what this line uses; `career-advisor show` previews every answer of an entity",
        )
        for failure in coverage.failures
    ]


def _as_json(
    loaded: Loaded, problems: list[Problem], sources_due: list[dict[str, str]], coverage: Coverage | None
) -> dict[str, Any]:
    from bot.knowledge.check import oldest, summary

    sound = loaded.base is not None and not problems
    return {
        "problems": [vars(problem) for problem in problems],
        "due": sources_due,
        "summary": summary(loaded.base) if loaded.base and sound else {},
        "coverage": {"total": coverage.total(), "topics": coverage.by_topic()} if coverage and sound else {},
        "oldest": oldest(loaded, OLDEST) if sound else [],
    }


def _print_summary(loaded: Loaded, base: KnowledgeBase, coverage: Coverage) -> None:
    """Counts, the table of topics, the oldest facts."""
    from bot.advice.coverage import COVERED
    from bot.knowledge.check import oldest, summary

    print("; ".join(f"{count} {what}" for what, count in summary(base).items()))
    rows = coverage.by_topic()
    width = max(map(len, rows), default=0)
    print(f"coverage (topic × entity): {', '.join(f'{count} {name}' for name, count in coverage.total().items())}")
    for topic, counts in rows.items():
        print(f"  {topic:<{width}}  {', '.join(f'{counts[name]:>3} {name}' for name in COVERED)}")
    print("oldest facts:")
    for row in oldest(loaded, OLDEST):
        print(f"  {row['as_of']:<10} {row['path']}:{row['line']} ({row['source']}): {row['say']}")
