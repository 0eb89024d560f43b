"""Kill -9 under load: what is lost, repeated or out of order, here and with a stock python-telegram-bot echo.

30 people write 40 messages each; the bot is killed 10 times, each time within a second of its first
reply; every call to Telegram takes 80 ms. Both bots repeat what they hear, so the difference is the
delivery. The stock bot is the library's own echo example with its own updater.

Run: python benchmarks/delivery.py [--people N] [--messages N] [--kills N]. It takes about two minutes.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "end_to_end"))

from processes import ECHO, BotProcess
from stand_in import BotApi
from storm import Figures, storm
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

LATENCY_SECONDS = 0.08
STOCK = (str(Path(__file__).resolve()), "--stock")
STOCK_CONCURRENT = (*STOCK, "--concurrent")


def main() -> None:
    """Run the storm over each bot and print the figures side by side."""
    options = _options()
    if options.stock:
        _run_stock(options.concurrent)
        return
    print(f"{options.people} people, {options.messages} messages each, {options.kills} kills, 80 ms a call")
    print(f"{'':32}{'lost':>7}{'repeated':>10}{'worst':>7}{'disorder':>10}{'calm msg/s':>12}")
    for name, program in (
        ("career-advisor", ECHO),
        ("stock echo", STOCK),
        ("stock echo, concurrent_updates", STOCK_CONCURRENT),
    ):
        stormy = _measure(program, options, options.kills)
        calm = _measure(program, options, kills=0)
        print(
            f"{name:32}{stormy.lost:7}{stormy.repeated:10}{stormy.worst_repeats:7}"
            f"{stormy.out_of_order:10}{calm.per_second:12.0f}",
            flush=True,
        )
    print("worst: most repeats in one chat after one crash. calm: the same messages at once, without kills.")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--messages", type=int, default=40)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--stock", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--concurrent", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _measure(program: tuple[str, ...], options: argparse.Namespace, kills: int) -> Figures:
    with tempfile.TemporaryDirectory() as folder, BotApi(latency=LATENCY_SECONDS) as api:
        bot = BotProcess(api, Path(folder), program, forked=False)
        try:
            return storm(api, [bot], options.people, options.messages, kills)
        finally:
            bot.kill()


def _run_stock(concurrent: bool) -> None:
    """The library's echo bot: https://docs.python-telegram-bot.org/en/stable/examples.echobot.html"""

    async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message is not None and update.message.text is not None:
            await update.message.reply_text(update.message.text)

    builder = Application.builder().token(os.environ["TELEGRAM_BOT_TOKEN"])
    builder = builder.base_url(f"{os.environ['TELEGRAM_API_URL']}/bot").concurrent_updates(concurrent)
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling(allowed_updates=["message"], bootstrap_retries=-1)


if __name__ == "__main__":
    main()
