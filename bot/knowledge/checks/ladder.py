"""The graph of roles and prerequisites: nothing waits for itself, and somebody can reach every role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.knowledge.checks.subject import Subject
from bot.knowledge.loaded import Located
from bot.knowledge.model import Certification, Condition, Degree, Role
from bot.knowledge.yaml_file import Problem


def unreachable(subject: Subject) -> Iterator[Problem]:
    """Roles that no way in and no chain of moves leads to."""
    roles = subject.of(Role)
    if len(roles) < len(subject.ids["role"]):  # a role that cannot be read may be the way to others
        return
    moves = {role.id: {move.to for move in role.moves} for _, role in roles}
    waiting = [role.id for _, role in roles if role.ways_in]
    reached: set[str] = set()
    while waiting:
        here = waiting.pop()
        if here not in reached:
            reached.add(here)
            waiting += moves.get(here, ())
    for found, role in roles:
        if role.id not in reached:
            mend = "add `ways_in:`, or a move `to` it in the file of a role that people can reach"
            yield found.problem((), f"nobody can reach the role `{role.id}`", mend)


def repeated(subject: Subject) -> Iterator[Problem]:
    """Two moves from one role to the same other one."""
    for found, role in subject.of(Role):
        seen: set[str] = set()
        for index, move in enumerate(role.moves):
            if move.to in seen:
                what = f"a move to `{move.to}` was given already"
                yield found.problem(
                    ("moves", index), what, "keep one, and say the alternatives under `needs: {any: …}`"
                )
            seen.add(move.to)


def cycles(subject: Subject) -> Iterator[Problem]:
    """Certifications and education that can never be had, because they wait for each other.

    A cycle with a way round it (another branch of an `any`) is no error.
    """
    places: dict[str, tuple[Located, tuple[Condition, ...]]] = {}
    for found, certification in subject.of(Certification):
        places[certification.id] = (found, _gates(certification))
    for found, degree in subject.of(Degree):
        places[degree.id] = (found, _gates(degree))
    stuck = places.keys() - _possible({key: gates for key, (_, gates) in places.items()})
    after = {key: sorted({item for gate in places[key][1] for item in _mentioned(gate)} & stuck) for key in stuck}
    for chain in _cycles(after):
        what = f"the prerequisites of `{chain[0]}` lead back to it ({' → '.join(chain)})"
        mend = "drop one of them, or give another way with `any`"
        yield places[chain[0]][0].problem(("requires", "exam_requires"), what, mend)


def _gates(entity: Certification | Degree) -> tuple[Condition, ...]:
    return tuple(item.needs for item in entity.requires.exam_requires if item.needs is not None)


def _possible(gates: Mapping[str, tuple[Condition, ...]]) -> set[str]:
    """The ids whose conditions can be met, starting from nothing; what is not a key counts as met."""
    have: set[str] = set()
    while True:
        new = {
            key for key, needs in gates.items() if key not in have and all(_met(need, have, gates) for need in needs)
        }
        if not new:
            return have
        have |= new


def _met(condition: Condition, have: set[str], gates: Mapping[str, object]) -> bool:
    if condition.any is not None:
        return any(_met(child, have, gates) for child in condition.any)
    if condition.all is not None:
        return all(_met(child, have, gates) for child in condition.all)
    wanted = condition.certification or condition.education
    return wanted is None or wanted not in gates or wanted in have


def _mentioned(condition: Condition) -> Iterator[str]:
    for child in (*(condition.any or ()), *(condition.all or ())):
        yield from _mentioned(child)
    wanted = condition.certification or condition.education
    if wanted is not None:
        yield wanted


def _cycles(after: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """The shortest cycle through each id, both ends named; one through the same ids is told once."""
    told: set[frozenset[str]] = set()
    for start in sorted(after):
        chain = _cycle(start, after)
        if chain and frozenset(chain) not in told:
            told.add(frozenset(chain))
            yield chain


def _cycle(start: str, after: Mapping[str, list[str]]) -> list[str]:
    trails = [[start]]
    seen: set[str] = set()
    for trail in trails:  # grows while it is walked: breadth first
        for item in after.get(trail[-1], ()):
            if item == start:
                return [*trail, start]
            if item not in seen:
                seen.add(item)
                trails.append([*trail, item])
    return []


def circular_education(subject: Subject) -> Iterator[Problem]:
    """Education that counts as itself over others."""
    degrees = {degree.id: found for found, degree in subject.of(Degree)}
    general = {
        level.id: index for index, level in enumerate(subject.assessment.education if subject.assessment else ())
    }
    after = {degree.id: list(degree.counts_as) for _, degree in subject.of(Degree)}
    after |= {level.id: list(level.counts_as) for level in (subject.assessment.education if subject.assessment else ())}
    for chain in _cycles(after):
        here = chain[0]
        what = f"`{here}` counts as itself ({' → '.join(chain)})"
        if here in degrees:
            yield degrees[here].problem(("counts_as",), what, "delete one of these")
        else:
            trail = ("education", general[here], "counts_as")
            yield subject.problem("assessment.yaml", trail, what, "delete one of these")
