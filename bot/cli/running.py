"""`run` and `deadletters`: the bot on Telegram, and what it could not handle."""

from __future__ import annotations

import asyncio
import gc
import json
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
from bot.settings import StorageSettings, TelegramSettings, read_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.channels.telegram.voice import Voice
    from bot.conversation.advisor import Advisor
    from bot.storage.database import Database

HOW_TO_GET_A_BOT = """career-advisor: TELEGRAM_BOT_TOKEN is not set, so there is no bot to run.
  1. Open https://t.me/BotFather in Telegram, send /newbot and answer its two questions.
  2. Put the token it gives you into the environment, or into a file `.env` here: TELEGRAM_BOT_TOKEN=…
  3. Start again: career-advisor run
To talk without Telegram: career-advisor chat"""
EXIT_SILENT = 1
# The bot leaves a sign of life every five seconds; a machine under load may be late by some.
MAX_SILENCE_SECONDS = 60.0
UNKNOWN_BOT = (
    "career-advisor: TELEGRAM_BOT_TOKEN: Telegram does not know this token; "
    "copy it again from https://t.me/BotFather (/mybots), or check TELEGRAM_API_URL"
)


def run(context: typer.Context, knowledge: KnowledgeOption = None) -> None:
    """Run the bot on Telegram until SIGTERM or Ctrl-C. SIGHUP reads the knowledge base again."""
    from bot.channels.telegram.app import TokenRefusedError
    from bot.logs import hide
    from bot.storage.database import open_database
    from bot.storage.run_lock import only_runner

    with settings_errors():
        settings = read_settings(TelegramSettings)
    if settings.token is None:
        fail(HOW_TO_GET_A_BOT)
    hide(settings.token.get_secret_value())
    voice = _settled(_voice(load_advisor(context, knowledge, settings.contact)))

    def reload() -> Voice:
        return _settled(_voice(_advisor_again(context, knowledge, settings.contact)))

    with settings_errors():
        storage = read_settings(StorageSettings)
        database = open_database(storage)
        try:
            with only_runner(database):
                asyncio.run(_serve(database, settings, storage, voice, reload))
        except TokenRefusedError:
            fail(UNKNOWN_BOT)
        finally:
            database.close()


def health() -> None:
    """Whether the bot of this data folder is running and well. Exit 1: it is not."""
    from bot.storage.heartbeat import age

    with settings_errors():
        folder = read_settings(StorageSettings).data_dir
    seconds = age(folder)
    if seconds is None or seconds > MAX_SILENCE_SECONDS:
        since = "yet" if seconds is None else f"for {seconds:.0f} seconds"
        fail(f"career-advisor: no sign of life in {folder} {since}; is `career-advisor run` running?", EXIT_SILENT)
    print(f"running; last sign of life {seconds:.0f} seconds ago")


def deadletters(
    as_json: JsonOption = False,
    clear: Annotated[bool, typer.Option("--clear", help="Forget them, after printing.")] = False,
) -> None:
    """List what could not be handled: when, what kind, and the error, never what was said."""
    from bot.storage import dead_letters
    from bot.storage.database import open_database

    prepare()
    with settings_errors():
        database = open_database(read_settings(StorageSettings))
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


def _voice(advisor: Advisor) -> Voice:
    from bot.channels.telegram.voice import Voice

    name = advisor.base.field.name
    return Voice(
        advisor, {key: text.replace("{field}", name) for key, text in advisor.base.texts.texts.items()}, advisor.base
    )


def _settled(voice: Voice) -> Voice:
    """Keep what lives as long as the process out of the garbage collector's sight.

    A full collection stops every thread; over a knowledge base it takes some 60 ms. What an earlier
    voice left behind is looked at once more.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    return voice


def _advisor_again(context: typer.Context, knowledge: KnowledgeOption, contact: str | None) -> Advisor:
    """A second advisor beside the first. Raises `KnowledgeError`."""
    from bot.conversation.advisor import Advisor
    from bot.knowledge.check import load_checked

    return Advisor(load_checked(knowledge_folder(context, knowledge)), contact)


async def _serve(
    database: Database, settings: TelegramSettings, storage: StorageSettings, voice: Voice, reload: Callable[[], Voice]
) -> None:
    from bot.channels.telegram.app import TelegramApp
    from bot.channels.telegram.process import serve
    from bot.storage.heartbeat import beat

    token = settings.token.get_secret_value() if settings.token else ""
    app = TelegramApp(
        database,
        settings,
        token,
        voice,
        clock(None),
        retention_days=storage.retention_days,
        beat=lambda: beat(storage.data_dir),
    )
    await serve(app, reload)
