"""Vectors of numbers as single integers, to compare all numbers of two at once."""

from __future__ import annotations

from struct import Struct

_BITS = 64
# The largest number of a vector.
MOST = 1 << 62


class Vectors:
    """Vectors of so many numbers from 0 to `MOST`, side by side, each below a bit of its own.

    One vector is nowhere above another if no bit of `guards` is borrowed from:
    `((other | guards) - one) & guards == guards`.
    """

    def __init__(self, numbers: int) -> None:
        self._pack = Struct(f">{numbers}Q").pack
        self.guards = sum(1 << _BITS * place + _BITS - 1 for place in range(numbers))

    def of(self, *numbers: int) -> int:
        """A vector as an integer."""
        return int.from_bytes(self._pack(*numbers), "big")
