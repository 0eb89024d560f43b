"""Lower bounds for the search: what is left at least of work, study and money from each role to the goal.

Of work: which years can still be asked for, and the least time in roles. Of study and money the hardest single move
on the easiest way: whatever way somebody takes, one of its moves asks for most; all that it asks must have been
studied before it, and the roles after it still take their time; all that it asks must be paid.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from bot.advice.planner.ways import Way, Ways, YearsVector

# Kinds of work by number, with the weeks in all that are asked of each.
WeeksOfKinds = tuple[tuple[int, int], ...]
NO_WAY = 1 << 40


class Ahead:
    """Looks from every role to the goal. Asking about a role that leads nowhere is allowed."""

    def __init__(
        self,
        ways: Ways,
        enters: Callable[[Way, str | None], bool],
        kind_of: Mapping[str | None, int | None],
        size: int,
    ) -> None:
        self._ways, self._enters, self._kind_of, self._size = ways, enters, kind_of, size
        self._thresholds: dict[str | None, tuple[YearsVector, ...]] = {}
        self._caps: dict[str | None, YearsVector] = {}
        self._items: dict[str | None, int] = {}
        self._onward: dict[str | None, list[Way]] = {}
        self._dwell = self._least_dwell(lambda way: way.final)
        self._toward: dict[int, Mapping[str | None, int]] = {}

    def thresholds(self, role: str | None) -> tuple[YearsVector, ...]:
        """By kind of work, every number of weeks that something from this role on asks for, ascending."""
        if role not in self._thresholds:
            vectors = {ask.years for way in self._from(role) for ask in way.asks}
            marks = [{years[index] for years in vectors} for index in range(self._size)]
            self._thresholds[role] = tuple(tuple(sorted(found - {0})) for found in marks)
        return self._thresholds[role]

    def caps(self, role: str | None) -> YearsVector:
        """By kind of work, beyond how many weeks more of it changes nothing."""
        if role not in self._caps:
            self._caps[role] = tuple(weeks[-1] if weeks else 0 for weeks in self.thresholds(role))
        return self._caps[role]

    def items(self, role: str | None) -> int:
        """The items that something from this role on asks for."""
        if role not in self._items:
            self._items[role] = reduce(or_, (way.items for way in self._from(role)), 0)
        return self._items[role]

    def work(self, role: str | None, credit: int, years: YearsVector, asked: WeeksOfKinds) -> int:
        """Weeks of work that are left at least until so many weeks of some kinds are done."""
        missing = longest = 0
        for kind, needed in asked:
            lacking = needed - years[kind]
            if lacking > 0:
                missing += lacking
                longest = max(longest, lacking + self._until(kind, role, credit))
        return max(missing, longest)

    def _until(self, kind: int, role: str | None, credit: int) -> int:
        """The least time in roles before one is entered that gives a kind of work."""
        if role is None or self._kind_of[role] == kind:
            return 0
        if kind not in self._toward:
            self._toward[kind] = self._least_dwell(lambda way: self._kind_of[way.to] == kind)
        found = self._toward[kind]
        return max(0, found.get(role, found[None]) - credit)

    def dwell(self, role: str | None, credit: int) -> int:
        """The least time in roles from here to the goal; from outside none, for work before may count."""
        return max(0, self._dwell.get(role, self._dwell[None]) - credit) if role is not None else 0

    def _from(self, role: str | None) -> list[Way]:
        """Every way that can still be taken, however many roles later."""
        if role not in self._onward:
            self._onward[role] = self._leading_on(role)
        return self._onward[role]

    def _leading_on(self, role: str | None) -> list[Way]:
        found = [way for way in self._ways.get(None, ()) if self._enters(way, role)]
        seen = {role, *(way.to for way in found)}
        waiting = [here for here in seen if here is not None]
        while waiting:
            for way in self._ways.get(waiting.pop(), ()):
                found.append(way)
                if way.to is not None and way.to not in seen:
                    seen.add(way.to)
                    waiting.append(way.to)
        return found

    def _least_dwell(self, arrived: Callable[[Way], bool]) -> dict[str | None, int]:
        """The least time in roles from each role to where a way arrives; None: by what is open to all."""
        into: defaultdict[str | None, list[tuple[str, int]]] = defaultdict(list)
        queue: list[tuple[int, str]] = []
        for start, found in self._ways.items():
            for way in found:
                if start is not None and arrived(way):
                    queue.append((way.least, start))
                elif start is not None:
                    into[way.to].append((start, way.least))
        least: dict[str | None, int] = {}
        heapq.heapify(queue)
        while queue:
            weeks, role = heapq.heappop(queue)
            if role not in least:
                least[role] = weeks
                for start, dwell in into[role]:
                    heapq.heappush(queue, (weeks + dwell, start))
        outside = (way.hunt + (0 if arrived(way) else least.get(way.to, NO_WAY)) for way in self._ways.get(None, ()))
        leaving = min(outside, default=NO_WAY)
        return {None: leaving, **{role: min(weeks, leaving) for role, weeks in least.items()}}


@dataclass(slots=True)
class _Hurdle:
    """A way out of a role. Of what somebody has only what it `asks` for matters, so heights are kept by that."""

    start: str | None
    way: Way
    asked: int
    left: int
    weeks: dict[int, int] = field(default_factory=dict)
    prices: dict[int, int] = field(default_factory=dict)
    parts: dict[int, tuple[int, int]] = field(default_factory=dict)


class Hurdles:
    """Bounds by role for somebody who has some items. `left` is the least time in roles after a way; `last` are the
    items that the last move may ask for.
    """

    def __init__(
        self,
        ways: Ways,
        left: Callable[[Way], int],
        weeks: Callable[[int], int],
        price: Callable[[int], int],
        last: int,
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
        self._last = last
        self._on_the_way = reduce(or_, (hurdle.asked for found in self._into.values() for hurdle in found), 0) & ~last
        self._besides: dict[int, tuple[dict[str | None, int], dict[str | None, int]]] = {}

    def besides(self, role: str | None, items: int) -> tuple[int, int]:
        """Weeks of study and money that one move before the last takes at least, of items that the last does not
        name: they come on top of whatever the last asks for."""
        have = items & self._on_the_way
        found = self._besides.get(have)
        if found is None:
            weeks, prices = self._lowest(have, self._studies), self._lowest(have, self._fees)
            found = self._besides[have] = weeks, prices
        weeks, prices = found
        return weeks.get(role, weeks[None]), prices.get(role, prices[None])

    def _studies(self, hurdle: _Hurdle, items: int) -> int:
        return self._parts(hurdle, items)[0]

    def _fees(self, hurdle: _Hurdle, items: int) -> int:
        return self._parts(hurdle, items)[1]

    def _parts(self, hurdle: _Hurdle, items: int) -> tuple[int, int]:
        """Study and money of a move, without what the last move may ask for as well."""
        if hurdle.way.final:
            return 0, 0
        have = items & hurdle.asked
        found = hurdle.parts.get(have)
        if found is None:
            lacking = {ask.items & ~(have | self._last) for ask in hurdle.way.asks}
            found = hurdle.parts[have] = min(map(self._weeks_of, lacking)), min(map(self._price_of, lacking))
        return found

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
