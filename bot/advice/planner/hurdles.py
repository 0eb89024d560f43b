"""The hardest single move on the easiest way to the goal: a bound on study and on money.

Whatever way somebody takes, one of its moves asks for most. All that it asks must have been studied
before it, and the roles after it still take their time; all that it asks must be paid.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.advice.planner.ahead import NO_WAY
from bot.advice.planner.ways import Way, Ways


@dataclass(slots=True)
class _Hurdle:
    """A way out of a role. Of what somebody has only what it `asks` for matters, so heights are kept by that."""

    start: str | None
    way: Way
    asked: int
    left: int
    weeks: dict[int, int] = field(default_factory=dict)
    prices: dict[int, int] = field(default_factory=dict)


class Hurdles:
    """Bounds by role for somebody who has some items. `left` is the least time in roles after a way."""

    def __init__(
        self,
        ways: Ways,
        left: Callable[[Way], int],
        weeks: Callable[[int], int],
        price: Callable[[int], int],
    ) -> None:
        self._into: defaultdict[str | None, list[_Hurdle]] = defaultdict(list)
        self._finals: list[_Hurdle] = []
        for start, found in ways.items():
            for way in found:
                hurdle = _Hurdle(start, way, way.items, left(way))
                (self._finals if way.final else self._into[way.to]).append(hurdle)
        self._weeks_of, self._price_of = weeks, price
        self._weeks: dict[int, Mapping[str | None, int]] = {}
        self._prices: dict[int, Mapping[str | None, int]] = {}

    def weeks(self, role: str | None, items: int) -> int:
        """Weeks of study still needed at least, with the weeks in roles that follow on it."""
        found = self._weeks.get(items)
        if found is None:
            found = self._weeks[items] = self._lowest(items, self._height_in_weeks)
        return found.get(role, found[None])

    def price(self, role: str | None, items: int) -> int:
        """What must still be paid at least, in hundredths."""
        found = self._prices.get(items)
        if found is None:
            found = self._prices[items] = self._lowest(items, self._height_in_money)
        return found.get(role, found[None])

    def _height_in_weeks(self, hurdle: _Hurdle, items: int) -> int:
        have = items & hurdle.asked
        height = hurdle.weeks.get(have)
        if height is None:
            study = min(self._weeks_of(ask.items & ~have) for ask in hurdle.way.asks)
            height = hurdle.weeks[have] = (study + hurdle.way.hunt if study else 0) + hurdle.left
        return height

    def _height_in_money(self, hurdle: _Hurdle, items: int) -> int:
        have = items & hurdle.asked
        height = hurdle.prices.get(have)
        if height is None:
            height = hurdle.prices[have] = min(self._price_of(ask.items & ~have) for ask in hurdle.way.asks)
        return height

    def _lowest(self, items: int, height: Callable[[_Hurdle, int], int]) -> dict[str | None, int]:
        """By role the way to the goal whose highest hurdle is lowest; None: leaving by what is open to all."""
        queue = [(height(hurdle, items), number, hurdle.start) for number, hurdle in enumerate(self._finals)]
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
            for hurdle in self._into[role]:
                if hurdle.start not in found:
                    ticket += 1
                    heapq.heappush(queue, (max(highest, height(hurdle, items)), ticket, hurdle.start))
        found.setdefault(None, NO_WAY)
        return found
