"""The application: global options, and every command from its module."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli import (
    answering,
    checking,
    drawing,
    inspecting,
    judging,
    keeping,
    planning,
    running,
    showing,
    sourcing,
    talking,
    unanswering,
)
from bot.cli.common import KnowledgeOption

app = typer.Typer(
    name="career-advisor",
    help="Advice on careers from a sourced knowledge base: in the terminal, as JSON, or as a Telegram bot.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(version("career-advisor"))
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    knowledge: KnowledgeOption = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """Remember options that stand before the command."""
    stated: dict[str, Path] = {"knowledge": knowledge} if knowledge is not None else {}
    context.obj = stated


app.command()(answering.ask)
app.command()(talking.chat)
app.command()(drawing.chart)
app.command()(planning.plan)
app.command()(running.run)
app.command()(running.health)
app.command()(running.deadletters)
app.command()(keeping.rekey)
app.command()(keeping.backup)
app.command()(checking.check)
app.command()(showing.show)
app.command()(sourcing.sources)
app.command()(inspecting.explain)
app.command()(judging.evaluate)
app.command()(unanswering.unanswered)
app.command("settings")(inspecting.show_settings)
