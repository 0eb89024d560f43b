"""A strict stand-in of Telegram's Bot API: it refuses what Telegram refuses, and fails on demand.

`BotApi` runs a small server on 127.0.0.1. Tests play the people: `say`, `press`, `block`; and look at
what the bot did: `sent`, `messages`, `calls`.
"""

from stand_in.api import BotApi, Call
from stand_in.faults import Fault
from stand_in.rules import RefusedError

__all__ = ["BotApi", "Call", "Fault", "RefusedError"]
