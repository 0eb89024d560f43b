"""`run` and `deadletters`: the bot on Telegram, and what it could not handle."""

from __future__ import annotations

import asyncio
import gc
import json
import logging
import os
import sys
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import (
    JsonOption,
    KnowledgeOption,
    clock,
    fail,
    knowledge_folder,
    load_advisor,
    prepare,
    settings_errors,
)
from bot.settings import StorageSettings, TelegramSettings, WebSettings, read_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.channels.durable.runtime import Runtime
    from bot.conversation.advisor import Advisor
    from bot.storage.database import Database

HOW_TO_GET_A_BOT = """career-advisor: TELEGRAM_BOT_TOKEN is not set, so there is no bot to run.
  1. Open https://t.me/BotFather in Telegram, send /newbot and answer its two questions.
  2. Put the token it gives you into the environment, or into a file `.env` here: TELEGRAM_BOT_TOKEN=…
  3. Start again: career-advisor run
To talk without Telegram: career-advisor chat"""
EXIT_SILENT = 1
# Something sticks again and again: whoever supervises the process starts a new one.
EXIT_WORN_OUT = 1
# The bot leaves a sign of life every five seconds; a machine under load may be late by some.
MAX_SILENCE_SECONDS = 60.0
UNKNOWN_BOT = (
    "career-advisor: TELEGRAM_BOT_TOKEN: Telegram does not know this token; "
    "copy it again from https://t.me/BotFather (/mybots), or check TELEGRAM_API_URL"
)


def run(context: typer.Context, knowledge: KnowledgeOption = None) -> None:
    """Run the bot on Telegram until SIGTERM or Ctrl-C. SIGHUP reads the knowledge base again."""
    from bot.channels.telegram.app import TokenRefusedError, WornOutError
    from bot.logs import hide, set_up_events
    from bot.storage.database import open_database
    from bot.storage.run_lock import only_runner

    set_up_events()
    with settings_errors():
        settings = read_settings(TelegramSettings)
        web = read_settings(WebSettings)
        storage = read_settings(StorageSettings)
    if settings.token is None:
        fail(HOW_TO_GET_A_BOT)
    hide(settings.token.get_secret_value())
    if web.webhook_secret is not None:
        hide(web.webhook_secret.get_secret_value())
    runtime = _settled(_runtime(load_advisor(context, knowledge, settings.contact)))

    def reload() -> Runtime:
        return _settled(_runtime(_advisor_again(context, knowledge, settings.contact)))

    code = 0
    with settings_errors():
        database = open_database(storage)
        try:
            with only_runner(database):
                asyncio.run(_serve(database, settings, web, storage, runtime, reload))
        except TokenRefusedError:
            fail(UNKNOWN_BOT)
        except WornOutError:
            code = EXIT_WORN_OUT
        finally:
            database.close()
    # Python would wait for the thread of a turn that never came back. Nothing is lost: its row is still there.
    logging.shutdown()
    sys.stdout.flush()
    os._exit(code)


def health() -> None:
    """Whether the bot of this data folder is running and well. Exit 1: it is not, and why."""
    from bot.storage.heartbeat import last_sign
    from bot.storage.inspection import problems_of

    with settings_errors():
        settings = read_settings(StorageSettings)
    sign = last_sign(settings.data_dir)
    problems = list(sign.problems) if sign is not None else []
    if sign is None or sign.gone or sign.age > MAX_SILENCE_SECONDS:
        since = "yet" if sign is None else f"for {sign.age:.0f} seconds"
        problems.insert(0, f"no sign of life in {settings.data_dir} {since}; is `career-advisor run` running?")
    problems += [problem for problem in problems_of(settings) if problem not in problems]
    if problems or sign is None:
        fail("\n".join(f"career-advisor: {problem}" for problem in problems), EXIT_SILENT)
    print(f"running; last sign of life {sign.age:.0f} seconds ago")


def deadletters(
    as_json: JsonOption = False,
    clear: Annotated[bool, typer.Option("--clear", help="Forget them, after printing.")] = False,
) -> None:
    """List what could not be handled: when, what kind, and the error, never what was said."""
    from bot.storage import dead_letters
    from bot.storage.database import open_database

    prepare()
    with settings_errors():
        database = open_database(read_settings(StorageSettings), make=False)
    with database.transaction() as transaction:
        letters = dead_letters.all_dead(transaction)
        if clear:
            dead_letters.clear(transaction)
    database.close()
    if as_json:
        print(json.dumps([{**vars(letter), "set_aside_at": letter.set_aside_at.isoformat()} for letter in letters]))
        return
    for letter in letters:
        when = letter.set_aside_at.isoformat(timespec="seconds")
        print(f"{letter.id}  {when}  {letter.kind}  update {letter.update_id or '-'}  {letter.error}")


def _runtime(advisor: Advisor) -> Runtime:
    from bot.channels.durable.runtime import Runtime
    from bot.conversation.messages import Incoming
    from bot.conversation.session import Session

    # What the first question reads is read now, once: two first people at a time would each read it.
    example = next(iter(advisor.base.topics.values())).example
    advisor.turn(Session(), Incoming(kind="text", text=example), clock(None)())
    name = advisor.base.field.name
    texts = {key: text.replace("{field}", name) for key, text in advisor.base.texts.texts.items()}
    return Runtime(advisor, texts, advisor.base)


def _settled(runtime: Runtime) -> Runtime:
    """Keep what lives as long as the process out of the garbage collector's sight.

    A full collection stops every thread; over a knowledge base it takes some 60 ms. What an earlier
    runtime left behind is looked at once more.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    return runtime


def _advisor_again(context: typer.Context, knowledge: KnowledgeOption, contact: str | None) -> Advisor:
    """A second advisor beside the first. Raises `KnowledgeError`."""
    from bot.conversation.advisor import Advisor
    from bot.knowledge.check import load_checked

    return Advisor(load_checked(knowledge_folder(context, knowledge)), contact)


async def _serve(
    database: Database,
    settings: TelegramSettings,
    web: WebSettings,
    storage: StorageSettings,
    runtime: Runtime,
    reload: Callable[[], Runtime],
) -> None:
    from bot.channels.telegram.app import TelegramApp
    from bot.channels.telegram.process import serve
    from bot.cli import hangups
    from bot.storage.heartbeat import beat, leave

    token = settings.token.get_secret_value() if settings.token else ""
    app = TelegramApp(
        database,
        settings,
        token,
        runtime,
        clock(None),
        retention_days=storage.retention_days,
        web=web,
        beat=partial(beat, storage.data_dir),
    )
    await serve(app, reload, asked_early=hangups.heard)
    leave(storage.data_dir)
