"""Sweeps over thousands of cases: some of each kind in the quick run, all of them in `make test-all`."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from datetime import date
from typing import Protocol, TypeVar

T = TypeVar("T")


class Sample(Protocol):
    """Chooses among cases."""

    def __call__(self, cases: Iterable[T], kind: Callable[[T], Hashable], each: int) -> list[T]:
        """`each` cases of every kind, others every day; or all of them."""


def whole(cases: Iterable[T], kind: Callable[[T], Hashable], each: int) -> list[T]:
    """All cases."""
    return list(cases)


def some(cases: Iterable[T], kind: Callable[[T], Hashable], each: int) -> list[T]:
    """At most `each` cases of every kind, the same all day long."""
    kinds: dict[Hashable, list[T]] = defaultdict(list)
    for case in cases:
        kinds[kind(case)].append(case)
    chance = random.Random(date.today().toordinal())
    return [case for group in kinds.values() for case in chance.sample(group, min(each, len(group)))]
