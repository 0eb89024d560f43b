"""An error in one line that may be kept and logged: its class, where it arose, and its message if that is safe."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

from bot.logs import redact

PACKAGE = Path(__file__).resolve().parent.parent
MAX_MESSAGE = 200
_WORD = re.compile(r"\w{3,}")
LEFT_OUT = "(message left out: it repeats words of the person)"


def describe(error: BaseException, said: str) -> str:
    """`KeyError in advice/answers.py:41: …`; the message is left out if it holds a word of what was `said`."""
    message = redact(str(error))[:MAX_MESSAGE].strip()
    if _words(message) & _words(said):
        message = LEFT_OUT
    head = f"{type(error).__name__}{_place(error)}"
    return f"{head}: {message}" if message else head


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _place(error: BaseException) -> str:
    """The innermost line of ours that the error went through."""
    ours = [
        frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(PACKAGE)
    ]
    if not ours:
        return ""
    return f" in {Path(ours[-1].filename).relative_to(PACKAGE).as_posix()}:{ours[-1].lineno}"
