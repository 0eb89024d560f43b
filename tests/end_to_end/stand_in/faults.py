"""What can go wrong between a bot and Telegram."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Fault:
    """One call that goes wrong. `accepted` says whether Telegram does what was asked all the same.

    `late` is in seconds.
    """

    code: int = 0
    description: str = ""
    retry_after: int | None = None
    body: bytes | None = None
    accepted: bool = False
    late: float = 0.0

    @classmethod
    def delay(cls, seconds: float) -> Fault:
        """What was asked is done at once, and answered late."""
        return cls(accepted=True, late=seconds)

    @classmethod
    def error(cls, code: int, description: str = "Internal Server Error") -> Fault:
        """An honest error of the Bot API."""
        return cls(code=code, description=description)

    @classmethod
    def late_error(cls, code: int, description: str, seconds: float) -> Fault:
        """An honest error that takes its time."""
        return cls(code=code, description=description, late=seconds)

    @classmethod
    def flood(cls, seconds: int) -> Fault:
        """429, with the time to wait."""
        return cls(code=429, description=f"Too Many Requests: retry after {seconds}", retry_after=seconds)

    @classmethod
    def reset(cls, *, accepted: bool = False) -> Fault:
        """The connection breaks: before anything was done, or (`accepted`) before we hear that it was."""
        return cls(accepted=accepted)

    @classmethod
    def garbage(cls, body: bytes = b"<html>Bad gateway</html>", code: int = 200) -> Fault:
        """An answer that is none of the Bot API."""
        return cls(code=code, body=body)

    def answer(self) -> dict[str, Any]:
        """The body of an honest error."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            answer["parameters"] = {"retry_after": self.retry_after}
        return answer
