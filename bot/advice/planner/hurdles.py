"""The hardest single move on the easiest way to the goal: a bound on study and on money.

Whatever way somebody takes, one of its moves asks for most. All that it asks must have been studied
before it, and the roles after it still take their time; all that it asks must be paid.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Mapping

from bot.advice.planner.ahead import NO_WAY
from bot.advice.planner.ways import Way, Ways


class Hurdles:
    """Bounds by role for somebody who has some items. `left` is the least time in roles after a way."""

    def __init__(
        self,
        ways: Ways,
        left: Callable[[Way], int],
        weeks: Callable[[int], int],
        price: Callable[[int], int],
    ) -> None:
        self._into: defaultdict[str | None, list[tuple[str | None, Way]]] = defaultdict(list)
        self._finals: list[tuple[str | None, Way]] = []
        for start, found in ways.items():
            for way in found:
                (self._finals if way.final else self._into[way.to]).append((start, way))
        self._left, self._weeks_of, self._price_of = left, weeks, price
        self._weeks: dict[int, Mapping[str | None, int]] = {}
        self._prices: dict[int, Mapping[str | None, int]] = {}

    def weeks(self, role: str | None, items: int) -> int:
        """Weeks of study still needed at least, with the weeks in roles that follow on it."""
        if items not in self._weeks:
            self._weeks[items] = self._lowest(lambda way: self._least(way, items, self._weeks_of) + self._left(way))
        found = self._weeks[items]
        return found.get(role, found[None])

    def price(self, role: str | None, items: int) -> int:
        """What must still be paid at least, in hundredths."""
        if items not in self._prices:
            self._prices[items] = self._lowest(lambda way: self._least(way, items, self._price_of))
        found = self._prices[items]
        return found.get(role, found[None])

    def _least(self, way: Way, items: int, measure: Callable[[int], int]) -> int:
        return min(measure(ask.items & ~items) for ask in way.asks)

    def _lowest(self, height: Callable[[Way], int]) -> dict[str | None, int]:
        """By role the way to the goal whose highest hurdle is lowest; None: leaving by what is open to all."""
        queue = [(height(way), number, start) for number, (start, way) in enumerate(self._finals)]
        heapq.heapify(queue)
        found: dict[str | None, int] = {}
        ticket = len(queue)
        while queue:
            highest, _, role = heapq.heappop(queue)
            if role in found:
                continue
            found[role] = highest
            if role is None:
                break  # whoever is not there yet can leave and do as well
            for start, way in self._into[role]:
                if start not in found:
                    ticket += 1
                    heapq.heappush(queue, (max(highest, height(way)), ticket, start))
        found.setdefault(None, NO_WAY)
        return found
