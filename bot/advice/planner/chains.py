"""What chains of roles to the goal take at least: a lower bound that sees several moves at once.

Studies of single exams aside, the time of a chain is a sum over the kinds of work: of each kind somebody works at least
as long as the roles of the chain are held at least, and as long as a move asks for, with the least time in the roles
after it. So a chain is two numbers by kind, and of the chains from a role only those matter that are not above another
in all of them. They are found backwards from the goal. The schools that a chain asks for must be attended, too.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from operator import add

from bot.advice.planner.lower_bounds import NO_WAY
from bot.advice.planner.vectors import Vectors
from bot.advice.planner.ways import Way, YearsVector

# So many chains are found at a time.
_ENOUGH = 150
# Nobody is asked for more weeks; a longer chain is never at its end.
_MOST = 1 << 20


@dataclass(frozen=True, slots=True)
class _Link:
    """The least that one move out of a role takes: weeks there, weeks of work beyond those done, schools."""

    role: str
    least: int
    asked: YearsVector
    schools: int

    def under(self, other: _Link) -> bool:
        """Whether another asks all of this and more."""
        return (
            self.least <= other.least
            and not self.schools & ~other.schools
            and all(map(int.__le__, self.asked, other.asked))
        )


# Not frozen, for that makes it three times as slow to build; nothing changes a chain.
@dataclass(slots=True, eq=False)
class _Chain:
    """Weeks by kind of work: held at least, and worked at least beyond those done. `weeks` sums the first up."""

    weeks: int
    held: YearsVector
    worked: YearsVector
    before: YearsVector
    schools: int


class Chains:
    """The chains from every role. `done` are the weeks worked by kind; whoever comes to another role stays there at
    least `stay` weeks. `ways_of` names the ways out of a role, `kind_of` its kind of work, if anything asks for it.
    """

    def __init__(
        self,
        roles: Iterable[str],
        ways_of: Callable[[str], Iterable[Way]],
        kind_of: Mapping[str | None, int | None],
        done: YearsVector,
        stay: int,
        schools: int,
    ) -> None:
        # The last number stands for work that nothing asks for.
        self._kind_of = {role: len(done) if kind is None else kind for role, kind in kind_of.items()}
        self._done, self._stay = done, stay
        self._known: dict[tuple[str, YearsVector, int], list[tuple[int, int]]] = {}
        self._from: dict[str, list[_Chain]] = {role: [] for role in roles}
        self._longest = 0
        self._into = self._links(self._from, ways_of, schools)
        kinds = len(done) + 1
        self._vectors = Vectors(3 * kinds)
        self._sizes: dict[str, list[tuple[int, int]]] = {role: [] for role in self._from}
        # Chains wait as a link and what follows it: most are never looked at more closely.
        self._queue: list[tuple[int, int, _Link, _Chain]] = []
        self._ticket = count()
        none = (0,) * kinds
        self._lengthen(_Chain(0, none, none, none, 0), None)
        self.find_more()

    def find_more(self) -> None:
        """Finds some more chains, those that are held least first; of all others it is known that they take longer."""
        self._known.clear()
        guards, found = self._vectors.guards, 0
        while self._queue and found < _ENOUGH:
            weeks, _, link, following = heapq.heappop(self._queue)
            role, chain = link.role, self._longer(following, link)
            size, schools = self._vectors.of(*chain.held, *chain.worked, *chain.before), chain.schools
            above, others = size | guards, self._sizes[role]
            for other, fewer in others:
                if (above - other) & guards == guards and not fewer & ~schools:
                    break
            else:
                others.append((size, schools))
                self._from[role].append(chain)
                self._lengthen(chain, role)
                self._longest, found = weeks, found + 1
        if not self._queue:
            self._longest = NO_WAY

    def _lengthen(self, chain: _Chain, role: str | None) -> None:
        for link in self._into.get(role, ()):
            heapq.heappush(self._queue, (chain.weeks + link.least, next(self._ticket), link, chain))

    def weeks(self, role: str, week: int, credit: int, years: YearsVector, booked: Callable[[int], int]) -> int:
        """The week in which somebody is there at least who came to a role in a week. `booked` tells when they have
        attended some schools. 0 for a role that is not among them."""
        # Nobody knows here which of the chains time before counts for, so it counts for each.
        free = max(credit, 0 if week else self._stay)
        if role not in self._from:
            return 0
        best = week + self._longest - free
        for left, schools in self._left(role, years, free):
            if week + left >= best:
                break
            best = min(best, max(week + left, booked(schools)) if schools else week + left)
        return best

    def _left(self, role: str, years: YearsVector, free: int) -> list[tuple[int, int]]:
        """Weeks left at least by each chain from a role, with its schools, ascending."""
        key = role, years, free
        known = self._known.get(key)
        if known is not None:
            return known
        more = [*map(int.__sub__, years, self._done), 0]
        kind = self._kind_of[role]
        found: dict[int, int] = {}
        for chain in self._from[role]:
            if any(map(int.__gt__, chain.before, more)):
                continue
            left = 0
            for index, held in enumerate(chain.held):
                lacking = chain.worked[index] - more[index]
                least = held - free if index == kind else held
                left += lacking if lacking > least else least
            if found.get(chain.schools, NO_WAY) > left:
                found[chain.schools] = left
        kept: list[tuple[int, int]] = []
        for left, schools in sorted((left, schools) for schools, left in found.items()):
            if all(fewer & ~schools for _, fewer in kept):
                kept.append((left, schools))
        self._known[key] = kept
        return kept

    def _links(
        self, roles: Iterable[str], ways_of: Callable[[str], Iterable[Way]], schools: int
    ) -> dict[str | None, list[_Link]]:
        """By the role that they lead to (None: the goal), the moves that take least."""
        found: defaultdict[tuple[str | None, str], set[tuple[int, YearsVector, int]]] = defaultdict(set)
        known: dict[int, set[tuple[YearsVector, int]]] = {}
        for role in roles:
            for way in ways_of(role):
                if id(way) not in known:
                    known[id(way)] = {(self._lacking(ask.years), ask.items & schools) for ask in way.asks}
                least = min(max(way.least, self._stay), _MOST)
                found[None if way.final else way.to, role].update((least, *asked) for asked in known[id(way)])
        into: defaultdict[str | None, list[_Link]] = defaultdict(list)
        for (to, role), moves in found.items():
            links = [_Link(role, *move) for move in moves]
            into[to] += [link for link in links if not any(other is not link and other.under(link) for other in links)]
        return into

    def _lacking(self, years: YearsVector) -> YearsVector:
        return (*(min(max(0, needed - done), _MOST) for needed, done in zip(years, self._done, strict=True)), 0)

    def _longer(self, chain: _Chain, link: _Link) -> _Chain:
        """A chain with one move before it."""
        kind, least, asked = self._kind_of[link.role], link.least, link.asked
        held = [*chain.held]
        worked = tuple(map(max, chain.worked, map(add, asked, held)))
        before = tuple(map(max, chain.before, asked))
        held[kind] += least
        if before[kind]:
            before = (*before[:kind], 0, *before[kind + 1 :])
        return _Chain(chain.weeks + least, tuple(held), worked, before, chain.schools | link.schools)
