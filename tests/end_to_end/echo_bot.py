"""The real application with a very simple advisor, for tests of delivery: `python echo_bot.py`.

It repeats each message with its number among all that this person wrote, as its session counts them:
a message that counted twice, or a session that was lost, shows in the numbers.
"""

from __future__ import annotations

import asyncio
import os
import threading
from datetime import date
from functools import partial

from bot.advice.chart.pictures import CHART, chart_arguments
from bot.channels.durable.runtime import Runtime
from bot.channels.telegram.app import TelegramApp
from bot.channels.telegram.process import serve
from bot.channels.telegram.profile import LISTED
from bot.conversation.messages import Button, Document, Incoming, Picture, Reply
from bot.conversation.session import Session
from bot.knowledge.check import load_checked
from bot.logs import set_up_events, set_up_logging
from bot.settings import CHECKOUT_KNOWLEDGE, LogSettings, StorageSettings, TelegramSettings, WebSettings, read_settings
from bot.storage.database import open_database
from bot.storage.heartbeat import beat
from bot.storage.run_lock import only_runner

# Every answer has a picture.
PICTURES = bool(os.environ.get("ECHO_PICTURES"))
TEXTS = {
    "telegram_wordless": "only text, please",
    "telegram_flood": "too fast",
    "telegram_apology": "sorry",
    **{f"commands_{name}": name for name in LISTED},
    "bot_description": "An echo.",
    "bot_short_description": "Echo.",
}


class Echo:
    """`crash …` raises, `stuck …` never comes back, `long` is a text of many lines, `document` comes with one,
    `erase` forgets the person, `copy then erase` sends a copy first, `misunderstood` is; anything else is repeated."""

    def turn(self, session: Session, incoming: Incoming, today: date) -> tuple[Session, list[Reply]]:
        """Say the message again, with its number."""
        if incoming.text.startswith("crash"):
            raise ValueError(f"cannot take {incoming.text}")
        if incoming.text.startswith("stuck"):
            threading.Event().wait()
        if incoming.text == "who":
            return session, [Reply(text=f"known: {session.misses}")]
        session = session.model_copy(update={"misses": session.misses + 1})
        text = f"{session.misses} {incoming.kind} {incoming.text}"
        if incoming.text == "long":
            text = "\n".join(f"<b>line {number}</b> of a long answer" for number in range(500))
        if incoming.text == "broken markup":
            text = "1 < 2 <b>"
        again = Button(label="Again", press="1|again", say="again")
        same = Button(label="Same", press="1|same", say="same")
        if incoming.text == "1|same":
            text = "2 text buttons"
        document = None
        if incoming.text == "document":
            document = Document(name="plan.txt", media_type="text/plain", content="Step 1: ünïcode\n")
        if incoming.text == "erase":
            return Session(), [Reply(text="gone", erase=True)]
        if incoming.text == "copy then erase":
            copy = Document(name="me.json", media_type="application/json", content=f"{session.misses}")
            return Session(), [Reply(text="your copy", document=copy), Reply(text="gone", erase=True)]
        if incoming.text == "misunderstood":
            return session, [Reply(text="what?", unanswered=True, outcome="unknown")]
        if PICTURES:
            picture = Picture(kind=CHART, arguments=chart_arguments(), alt=incoming.text)
            return session, [Reply(text=text, picture=picture)]
        buttons = ((again, same),) if "buttons" in text or incoming.kind == "press" else ()
        return session, [Reply(text=text, buttons=buttons, document=document, edit=incoming.kind == "press")]


async def main() -> None:
    """Serve until SIGTERM."""
    settings = read_settings(TelegramSettings)
    assert settings.token is not None
    storage = read_settings(StorageSettings)
    database = open_database(storage)
    with only_runner(database):
        runtime = Runtime(Echo(), TEXTS, load_checked(CHECKOUT_KNOWLEDGE) if PICTURES else None)
        app = TelegramApp(
            database,
            settings,
            settings.token.get_secret_value(),
            runtime,
            date.today,
            retention_days=storage.retention_days,
            web=read_settings(WebSettings),
            beat=partial(beat, storage.data_dir),
        )
        await serve(app, lambda: runtime)
    database.close()


if __name__ == "__main__":
    set_up_logging(read_settings(LogSettings).level)
    set_up_events()
    asyncio.run(main())
    # As `career-advisor run` ends, whatever sticks.
    os._exit(0)
