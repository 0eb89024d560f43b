"""The bot's profile at Telegram: its commands and descriptions, written only where they differ."""

from __future__ import annotations

from collections.abc import Mapping

import structlog
from telegram import Bot, BotCommand

log = structlog.get_logger(__name__)

# In the order Telegram shows them; `/cancel` and the like work without being listed.
LISTED = ("assess", "plan", "chart", "help", "settings", "privacy")


async def update_profile(bot: Bot, texts: Mapping[str, str]) -> None:
    """Bring the profile up to date with the wording. Raises `TelegramError`."""
    commands = [BotCommand(name, texts[f"commands_{name}"]) for name in LISTED]
    changed = []
    if list(await bot.get_my_commands()) != commands:
        await bot.set_my_commands(commands)
        changed.append("commands")
    description = texts["bot_description"]
    if (await bot.get_my_description()).description != description:
        await bot.set_my_description(description)
        changed.append("description")
    short = texts["bot_short_description"]
    if (await bot.get_my_short_description()).short_description != short:
        await bot.set_my_short_description(short)
        changed.append("short description")
    if changed:
        log.info("profile_updated", changed=changed)
