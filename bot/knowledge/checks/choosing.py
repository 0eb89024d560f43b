"""What helps to choose: ids once, and tasks, likes and deeds that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from bot.knowledge.checks.assessment import twice_in
from bot.knowledge.checks.subject import Subject
from bot.knowledge.choosing import Choosing
from bot.knowledge.yaml_file import Problem

LISTS = ("interests", "deeds", "tasks", "feelings", "elsewhere")


def ids(subject: Subject) -> Iterator[Problem]:
    """Ids that a list declares twice."""
    for found, choosing in subject.of(Choosing):
        for key in LISTS:
            yield from twice_in(found, (key,), (item.id for item in getattr(choosing, key)))
        for index, task in enumerate(choosing.tasks):
            yield from twice_in(found, ("tasks", index, "options"), (option.id for option in task.options))


def empty(subject: Subject) -> Iterator[Problem]:
    """Lists without which a question would have no choices."""
    for found, choosing in subject.of(Choosing):
        for key in (*LISTS, "liked"):
            if not getattr(choosing, key):
                yield found.problem((), f"`{key}` lists nothing", "write one entry at least")
        for index, feeling in enumerate(choosing.feelings):
            if not feeling.likes and feeling.change is None:
                mend = "say under `change` what would change our mind"
                yield found.problem(("feelings", index), f"`{feeling.id}` ends without a way on", mend)
