"""`chat`: the whole conversation in the terminal."""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import KnowledgeOption, TodayOption, clock, load_advisor, settings_errors
from bot.settings import StorageSettings, read_settings

if TYPE_CHECKING:
    from bot.conversation.session import Session

PERSON = "terminal:local"


def chat(
    context: typer.Context,
    resume: Annotated[
        bool, typer.Option("--resume", help="With input that is not a terminal: continue the stored session.")
    ] = False,
    today: TodayOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Talk in the terminal: no token and no server needed. Leave with Ctrl-D, Ctrl-C or /quit."""
    from bot.channels.terminal import chat_on_terminal, chat_over_pipe
    from bot.conversation.session import Session

    on_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    advisor = load_advisor(context, knowledge)
    try:
        if not on_terminal and not resume:
            if isinstance(sys.stdin, io.TextIOWrapper):
                # Bytes that are no UTF-8 become lone surrogates: that line still gets its answer.
                sys.stdin.reconfigure(errors="surrogateescape")
            chat_over_pipe(advisor, Session(), lambda _: None, clock(today), sys.stdin, sys.stdout)
            return
        from bot.storage.database import open_database
        from bot.storage.people import erase
        from bot.storage.sessions import load_session, save_session

        with settings_errors():
            database = open_database(read_settings(StorageSettings))

        def keep(session: Session | None) -> None:
            with database.transaction() as transaction:
                if session is None:
                    erase(transaction, database.cipher, PERSON)
                else:
                    save_session(transaction, database.cipher, PERSON, session, datetime.now(UTC))
            if session is None:
                database.scrub()

        with database.transaction() as transaction:
            session = load_session(transaction, database.cipher, PERSON)
        if on_terminal:
            chat_on_terminal(advisor, session, keep, clock(today))
        else:
            chat_over_pipe(advisor, session, keep, clock(today), sys.stdin, sys.stdout)
    except KeyboardInterrupt:
        print()
