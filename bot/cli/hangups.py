"""SIGHUP before there is anything to reload: it must not end the process, as it does by default."""

from __future__ import annotations

import signal

_heard: list[int] = []


def listen() -> None:
    """Remember it from now on. Called first of all, before anything slow is imported."""
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda number, _frame: _heard.append(number))


def heard() -> bool:
    """Whether there was one."""
    return bool(_heard)
