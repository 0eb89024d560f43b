"""What the commands share: options, loading, leaving with a message instead of a traceback."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot.settings import KnowledgeSettings, LogSettings, SettingsError, read_settings, unknown_variables

if TYPE_CHECKING:
    from bot.conversation.advisor import Advisor
    from bot.knowledge.base import KnowledgeBase

EXIT_USAGE = 2
LAST_YEAR = 2999  # plans reach decades ahead, and the calendar of Python ends in 9999

KnowledgeOption = Annotated[
    Path | None, typer.Option("--knowledge", metavar="DIR", help="Folder of the knowledge base.", show_default=False)
]
TodayOption = Annotated[
    datetime | None,
    typer.Option(
        "--today", formats=["%Y-%m-%d"], metavar="DATE", help="Act as if it were this day.", show_default=False
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def fail(message: str, code: int = EXIT_USAGE) -> NoReturn:
    """Say what is wrong on stderr and leave. Whatever a file held, no terminal acts on it."""
    from bot.channels.plain import printable

    message = printable(message)
    print(message.encode("utf-8", "replace").decode("utf-8"), file=sys.stderr)
    raise typer.Exit(code)


@contextmanager
def settings_errors() -> Iterator[None]:
    """A setting that cannot be used ends the command with its message."""
    try:
        yield
    except SettingsError as error:
        fail(f"career-advisor: {error}")


def prepare() -> None:
    """Logging first, then a word about variables that nothing reads."""
    from bot.logs import set_up_logging

    with settings_errors():
        set_up_logging(read_settings(LogSettings).level)
    for name in unknown_variables():
        print(
            f"career-advisor: warning: {name} is set, but nothing reads it; see `career-advisor settings`",
            file=sys.stderr,
        )


def knowledge_folder(context: typer.Context, option: Path | None) -> Path:
    """The option after the command, else the one before it, else the setting, else the default."""
    override = option or (context.obj or {}).get("knowledge")
    with settings_errors():
        return read_settings(KnowledgeSettings).resolved(override)


def load_base(context: typer.Context, option: Path | None) -> KnowledgeBase:
    """The knowledge base, or every problem of it on stderr and exit 2."""
    from bot.knowledge.check import load_checked
    from bot.knowledge.load import KnowledgeError

    prepare()
    try:
        return load_checked(knowledge_folder(context, option))
    except KnowledgeError as error:
        fail(f"{error}\ncareer-advisor: the knowledge base cannot be used; mend the {len(error.problems)} above")


def load_advisor(context: typer.Context, option: Path | None, contact: str | None = None) -> Advisor:
    """An advisor over the knowledge base; `contact` is how to reach whoever runs it."""
    from bot.knowledge.check import without_collection

    with without_collection():
        from bot.conversation.advisor import Advisor

        advisor = Advisor(load_base(context, option), contact)
        if gc.get_freeze_count():  # a process that is a command, not one that tests it
            gc.freeze()
    return advisor


def clock(today: datetime | None) -> Callable[[], date]:
    """Today, or the day given with `--today`."""
    if today is not None:
        fixed = today.date()
        if fixed.year > LAST_YEAR:
            fail(f"career-advisor: --today {fixed}: give a day up to {LAST_YEAR}-12-31")
        return lambda: fixed
    return lambda: datetime.now().astimezone().date()
