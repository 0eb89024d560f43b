"""`explain`, `settings`: looking inside without talking to anybody."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import SecretStr

from bot.cli.common import (
    JsonOption,
    KnowledgeOption,
    clock,
    load_advisor,
    settings_errors,
)
from bot.settings import GROUPS, read_settings

if TYPE_CHECKING:
    from bot.conversation.advisor import Advisor


def explain(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="The question, in quotes.")],
    as_json: JsonOption = False,
    knowledge: KnowledgeOption = None,
) -> None:
    """Show how a question is understood: each stage, what it found, the scores, and why."""
    advisor = load_advisor(context, knowledge)
    explained = {**advisor.interpreter.explain(question), "heard": _heard(advisor, question, clock(None)())}
    if as_json:
        print(json.dumps(explained))
        return
    for stage, found in explained.items():
        print(f"{stage}: {found if isinstance(found, str) else json.dumps(found)}")


def _heard(advisor: Advisor, text: str, today: date) -> dict[str, object]:
    """The clauses of a message, and what each tells of the person and why."""
    heard = advisor.reader.read(text, today)
    return {
        "clauses": [clause.model_dump() for clause in heard.clauses],
        "facts": [fact.model_dump(exclude_none=True) for fact in heard.facts],
    }


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
