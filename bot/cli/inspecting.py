"""`check`, `explain`, `settings`: looking inside without talking to anybody."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated

import typer
from pydantic import SecretStr

from bot.cli.common import (
    JsonOption,
    KnowledgeOption,
    TodayOption,
    clock,
    knowledge_folder,
    load_advisor,
    prepare,
    settings_errors,
)
from bot.settings import GROUPS, read_settings

EXIT_ERRORS = 1
EXIT_DUE = 3


def check(
    context: typer.Context, as_json: JsonOption = False, today: TodayOption = None, knowledge: KnowledgeOption = None
) -> None:
    """Check the knowledge base. Exit 1: errors; 3: no errors, but facts are due to be read again."""
    from bot.knowledge.check import due, examine, summary

    prepare()
    day: date = clock(today)()
    loaded = examine(knowledge_folder(context, knowledge))
    problems = sorted(set(loaded.problems))
    sources_due = due(loaded.base, day) if loaded.base else []
    counts = summary(loaded.base) if loaded.base and not problems else {}
    if as_json:
        rows = [vars(problem) for problem in problems]
        print(json.dumps({"problems": rows, "due": sources_due, "summary": counts}))
    else:
        for problem in problems:
            print(problem)
        for source in sources_due:
            print(
                f"due: {source['id']} ({source['publisher']}), to be read again since {source['recheck']}: {source['url']}"
            )
        print(
            "; ".join(f"{count} {what}" for what, count in counts.items())
            if not problems
            else f"{len(problems)} problems"
        )
    if problems:
        raise typer.Exit(EXIT_ERRORS)
    if sources_due:
        raise typer.Exit(EXIT_DUE)


def explain(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="The question, in quotes.")],
    as_json: JsonOption = False,
    knowledge: KnowledgeOption = None,
) -> None:
    """Show how a question is understood: each stage, what it found, the scores, and why."""
    explained = load_advisor(context, knowledge).interpreter.explain(question)
    if as_json:
        print(json.dumps(explained))
        return
    for stage, found in explained.items():
        print(f"{stage}: {found if isinstance(found, str) else json.dumps(found)}")


def show_settings() -> None:
    """List every setting with its value; secrets are masked."""
    for group in GROUPS:
        with settings_errors():
            settings = read_settings(group)
        for name, field in type(settings).model_fields.items():
            value = getattr(settings, name)
            hidden = isinstance(value, SecretStr) or (isinstance(value, tuple) and value)
            shown = "(unset)" if value in (None, ()) else "(set)" if hidden else value
            print(f"{field.validation_alias}={shown}  # {field.description}")
