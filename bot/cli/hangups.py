"""Signals before there is anything that obeys them.

SIGHUP must not end the process, as it does by default. SIGTERM must: the first process of a container is
spared by the system as long as it says nothing about it.
"""

from __future__ import annotations

import os
import signal

_heard: list[int] = []


def listen() -> None:
    """Remember hangups, and end when told to, from now on. Called first of all, before anything slow is imported."""
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda number, _frame: _heard.append(number))
    for number in (signal.SIGTERM, signal.SIGINT):
        # Nothing was taken in yet; a database that is being upgraded takes its transaction back.
        signal.signal(number, lambda _number, _frame: os._exit(0))


def heard() -> bool:
    """Whether there was a hangup."""
    return bool(_heard)
