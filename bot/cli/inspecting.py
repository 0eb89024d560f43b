"""`explain`, `settings`: looking inside without talking to anybody."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from pydantic import SecretStr

from bot.cli.common import (
    JsonOption,
    KnowledgeOption,
    load_advisor,
    settings_errors,
)
from bot.settings import GROUPS, read_settings


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
