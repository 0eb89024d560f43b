"""Logging to stderr, with secrets struck out wherever they turn up."""

from __future__ import annotations

import logging
import re
import sys
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from structlog.typing import Processor

# A bot token is in every URL of the Bot API, so any exception with a URL may carry it.
_TOKEN = re.compile(r"(?<!\d)\d{6,12}(?::|%3A)[A-Za-z0-9_-]{30,}", re.IGNORECASE)
_PASSWORD = re.compile(r"(?<=://)([^:/@\s]*):([^@/\s]+)@")
NOISY = ("httpx", "httpcore", "telegram", "alembic", "asyncio")
# A secret shorter than this also stands in the middle of innocent words.
LEAST_ANYWHERE = 8
_hidden: dict[str, re.Pattern[str]] = {}


def hide(secret: str) -> None:
    """Strike this very text out of every log from now on, whatever it looks like."""
    alone = re.compile(rf"(?<![\w-]){re.escape(secret)}(?![\w-])")
    _hidden[secret] = alone if len(secret) < LEAST_ANYWHERE else re.compile(re.escape(secret))


def redact(text: str) -> str:
    """`text` without bot tokens, hidden secrets and passwords in addresses."""
    for secret in _hidden.values():
        text = secret.sub("<secret>", text)
    return _PASSWORD.sub(r"\1:***@", _TOKEN.sub("<token>", text))


class _RedactingFormatter(logging.Formatter):
    """Redacts last, when the exception is already text."""

    @cached_property
    def _inner(self) -> logging.Formatter:
        import structlog  # noqa: PLC0415 - 0.1 s that a command which logs nothing need not wait for

        return structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_shared(),
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
            ],
        )

    def format(self, record: logging.LogRecord) -> str:
        return redact(self._inner.format(record))


def _shared() -> list[Processor]:
    import structlog  # noqa: PLC0415 - see above

    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def set_up_logging(level: str) -> None:
    """Everything through one handler on stderr; libraries that log URLs or texts speak only on warning."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_RedactingFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)


def set_up_events() -> None:
    """What the channels log as events goes the same way; to be called before the first of them."""
    import structlog  # noqa: PLC0415 - see above

    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
