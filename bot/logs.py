"""Logging to stderr, with secrets struck out wherever they turn up."""

from __future__ import annotations

import logging
import re
import sys

import structlog

# A bot token is in every URL of the Bot API, so any exception with a URL may carry it.
_TOKEN = re.compile(r"(?<!\d)\d{6,12}(?::|%3A)[A-Za-z0-9_-]{30,}", re.IGNORECASE)
_PASSWORD = re.compile(r"(?<=://)([^:/@\s]*):([^@/\s]+)@")
NOISY = ("httpx", "httpcore", "telegram", "alembic", "asyncio")
_hidden: set[str] = set()


def hide(secret: str) -> None:
    """Strike this very text out of every log from now on, whatever it looks like."""
    _hidden.add(secret)


def redact(text: str) -> str:
    """`text` without bot tokens, hidden secrets and passwords in addresses."""
    for secret in _hidden:
        text = text.replace(secret, "<secret>")
    return _PASSWORD.sub(r"\1:***@", _TOKEN.sub("<token>", text))


class _RedactingFormatter(structlog.stdlib.ProcessorFormatter):
    """Redacts last, when the exception is already text."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def set_up_logging(level: str) -> None:
    """Everything through one handler on stderr; libraries that log URLs or texts speak only on warning."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        _RedactingFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
