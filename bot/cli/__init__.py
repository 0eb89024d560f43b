"""The command `career-advisor`. Results go to stdout, everything else to stderr."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command; a reader that closes the pipe early is no error."""
    if "run" in sys.argv[1:]:
        from bot.cli import hangups

        hangups.listen()
    # What is imported stays: to search it for garbage, now and at the end, takes a fifth of a short command.
    gc.disable()
    from bot.cli.app import app

    gc.freeze()
    gc.enable()
    try:
        app()
    except BrokenPipeError:
        # Python flushes stdout once more at exit; give it somewhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    finally:
        gc.freeze()
