"""How long a plan takes: on the knowledge base as it is, and on copies of it joined to a larger one.

Beside the whole plan (three routes, ledger, warnings) stand the same as JSON (with what would change it), the search
for the fastest route, and that route written out, as suggestions ask for it once for each goal. A baseline
is the ladder's own shortest path, which knows no study, money or rules. A copy stands for another track
of the field: it shares schools and bodies, and one across move leads to it from the most common role.

Run: python benchmarks/planner.py [number of profiles]
"""

from __future__ import annotations

import dataclasses
import gc
import sys
import time
from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

from bot.advice.ladder import route
from bot.advice.planner import fastest_route, make_plan
from bot.advice.planner.plan_request import PlanRequest
from bot.advice.profile import Profile
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.load import load
from bot.knowledge.model import Certification, Move, Role
from bot.settings import KnowledgeSettings, read_settings

PROFILES = 500
COPIES = (1, 2, 4)
SHARES = (50, 95, 99)
SEED = 1

Anything = TypeVar("Anything", Role, Certification)


def main() -> None:
    """Measure and print one table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PROFILES
    base = load(read_settings(KnowledgeSettings).resolved())
    print(f"{count} random profiles; milliseconds of the processor for one, 99 of 100 below p99, and of the wall clock")
    heading = " ".join(f"{mark:>7}" for mark in ("mean", *(f"p{share}" for share in SHARES), "max", "wall99"))
    print(f"{'roles':>6} {'exams':>6}  {'what':<16} {heading}")
    for copies in COPIES:
        larger = enlarged(base, copies)
        # Collecting the garbage of a whole knowledge base hits whoever is at work; it is not the planner's.
        gc.collect()
        gc.freeze()
        profiles = somebody(larger, Random(SEED), count)
        for what, work in (
            ("ladder only", ladder_only),
            ("bare search", fastest),
            ("fastest route", fastest_route),
            ("whole plan", make_plan),
            ("plan as JSON", as_json),
        ):
            times = [measured(work, larger, profile) for profile in profiles]
            busy, wall = sorted(seconds for seconds, _ in times), sorted(seconds for _, seconds in times)
            marks = (sum(busy) / len(busy), *(rank(busy, share) for share in SHARES), busy[-1], rank(wall, 99))
            row = " ".join(f"{1000 * seconds:>7.1f}" for seconds in marks)
            print(f"{len(larger.roles):>6} {len(larger.certifications):>6}  {what:<16} {row}")


def measured(
    work: Callable[[KnowledgeBase, Profile], object], base: KnowledgeBase, profile: Profile
) -> tuple[float, float]:
    """Seconds of the processor, and of the clock on the wall, for one piece of work."""
    busy, wall = time.process_time(), time.perf_counter()
    work(base, profile)
    return time.process_time() - busy, time.perf_counter() - wall


def rank(ordered: Sequence[float], share: int) -> float:
    """The time that so many of a hundred stay below."""
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]


def ladder_only(base: KnowledgeBase, profile: Profile) -> object:
    if profile.role is None or profile.goal not in base.roles:
        return None
    return route(base, profile.role, profile.goal)


def fastest(base: KnowledgeBase, profile: Profile) -> object:
    return PlanRequest(base, profile, str(profile.goal)).weeks()


def as_json(base: KnowledgeBase, profile: Profile) -> object:
    """With what would change the plan, which is worked out only where it is asked for."""
    return make_plan(base, profile).as_json()


def somebody(base: KnowledgeBase, random: Random, count: int) -> list[Profile]:
    """People of every kind: some with nothing, some with a job, credentials, schooling, years."""
    vocabulary = base.assessment
    roles, certifications = sorted(base.roles), sorted(base.certifications)
    schooling = [*(level.id for level in vocabulary.education), *sorted(base.education)]
    settings = [None, *(setting.id for setting in vocabulary.settings)]
    kinds, licences = [kind.id for kind in vocabulary.experience], [item.id for item in vocabulary.licences]
    return [
        Profile(
            role=random.choice([None, *roles]),
            certifications=some(random, certifications, 2),
            education=some(random, schooling, 1),
            years={kind: random.randint(0, 8) for kind in some(random, kinds, 2)},
            licences=some(random, licences, 1),
            setting=random.choice(settings),
            goal=random.choice([*roles, *certifications]),
            hours_per_week=random.choice([None, 3, 5, 10, 20, 40]),
        )
        for _ in range(count)
    ]


def some(random: Random, items: Sequence[str], most: int) -> tuple[str, ...]:
    return tuple(random.sample(items, random.randint(0, most)))


def enlarged(base: KnowledgeBase, copies: int) -> KnowledgeBase:
    """The knowledge base with so many copies of its roles and credentials."""
    roles: dict[str, Role] = {}
    certifications: dict[str, Certification] = {}
    own = {*base.roles, *base.certifications}
    for copy in range(copies):
        for role in base.roles.values():
            twin = renamed(role, own, copy)
            if copy + 1 < copies and role.id == base.field.default_entity:
                across = Move(to=name(role.id, copy + 1), kind="across", years_low=1, years_high=1, assumption=True)
                twin = twin.model_copy(update={"moves": (*twin.moves, across)})
            roles[twin.id] = twin
        for certification in base.certifications.values():
            twin_exam = renamed(certification, own, copy)
            certifications[twin_exam.id] = twin_exam
    return dataclasses.replace(base, roles=roles, certifications=certifications)


def name(item: str, copy: int) -> str:
    return f"{item}-{copy}" if copy else item


def renamed(record: Anything, own: set[str], copy: int) -> Anything:
    """A record in which every id of the base is that of a copy."""

    def over(value: object) -> object:
        if isinstance(value, str):
            return name(value, copy) if value in own else value
        if isinstance(value, dict):
            return {key: over(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [over(item) for item in value]
        return value

    data = record.model_dump(exclude={"facts", "names", "aliases", "former_names"})
    return type(record).model_validate(over(data))


if __name__ == "__main__":
    main()
