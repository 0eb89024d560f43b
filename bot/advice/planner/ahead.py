"""What still lies ahead in each role: which years can be asked for, and the least work left."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import reduce
from operator import or_

from bot.advice.planner.ways import Vector, Way, Ways

# Kinds of work by number, with the weeks in all that are asked of each.
Years = tuple[tuple[int, int], ...]
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
        self._thresholds: dict[str | None, tuple[Vector, ...]] = {}
        self._caps: dict[str | None, Vector] = {}
        self._items: dict[str | None, int] = {}
        self._onward: dict[str | None, list[Way]] = {}
        self._dwell = self._least_dwell(lambda way: way.final)
        self._toward: dict[int, Mapping[str | None, int]] = {}

    def thresholds(self, role: str | None) -> tuple[Vector, ...]:
        """By kind of work, every number of weeks that something from this role on asks for, ascending."""
        if role not in self._thresholds:
            vectors = {ask.years for way in self._from(role) for ask in way.asks}
            marks = [{years[index] for years in vectors} for index in range(self._size)]
            self._thresholds[role] = tuple(tuple(sorted(found - {0})) for found in marks)
        return self._thresholds[role]

    def caps(self, role: str | None) -> Vector:
        """By kind of work, beyond how many weeks more of it changes nothing."""
        if role not in self._caps:
            self._caps[role] = tuple(weeks[-1] if weeks else 0 for weeks in self.thresholds(role))
        return self._caps[role]

    def items(self, role: str | None) -> int:
        """The items that something from this role on asks for."""
        if role not in self._items:
            self._items[role] = reduce(or_, (way.items for way in self._from(role)), 0)
        return self._items[role]

    def work(self, role: str | None, credit: int, years: Vector, asked: Years) -> int:
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
