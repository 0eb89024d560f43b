"""`unanswered`: what people asked in vain, for whoever edits the knowledge base."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Annotated

import typer

from bot.cli.common import JsonOption, fail, prepare, settings_errors
from bot.settings import StorageSettings, read_settings


def unanswered(
    as_json: JsonOption = False,
    done: Annotated[
        list[int] | None, typer.Option("--done", metavar="N", help="Mark the question at place N as done; repeatable.")
    ] = None,
) -> None:
    """List questions that were not understood, most frequent first, without who asked them."""
    from bot.storage import retention
    from bot.storage import unanswered as questions
    from bot.storage.database import open_database

    prepare()
    with settings_errors():
        settings = read_settings(StorageSettings)
        database = open_database(settings, make=False)
    with database.transaction() as transaction:
        if retention.believable(transaction, now := datetime.now(UTC)):
            questions.forget_old(transaction, now, settings.retention_days)
        found = questions.all_unanswered(transaction, database.cipher)
        wrong = [place for place in done or () if not 1 <= place <= len(found)]
        if not wrong:
            questions.mark_done(transaction, [row for place in done or () for row in found[place - 1].ids])
    database.close()
    if wrong:
        fail(f"career-advisor: there is no question at place {wrong[0]}; there are {len(found)}")
    left = [(place, item) for place, item in enumerate(found, 1) if place not in (done or ())]
    if as_json:
        print(json.dumps([{"place": place, "text": item.text, "count": item.count} for place, item in left]))
        return
    for place, item in left:
        print(f"{place}. {item.count} times, last {item.last_asked:%Y-%m-%d}: {item.text}")
