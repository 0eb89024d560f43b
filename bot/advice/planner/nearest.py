"""The nearest possible goal where the one asked for cannot be reached."""

from __future__ import annotations

from collections.abc import Iterator

from bot.advice.planner.routes import Quest


def nearest(quest: Quest) -> str | None:
    """Backwards from the goal: what comes before it and can be had; else what is like it; else the usual start."""
    base, reach = quest.base, quest.reach
    candidates = _before(quest) if quest.goal in base.roles else _alike(quest)
    open_to_person = reach.roles | reach.certifications
    held = {quest.person.role} | quest.person.certifications
    default = base.field.default_entity
    for candidate in (*candidates, default, *sorted(base.roles)):
        if not base.is_offered(candidate):
            continue
        if candidate in open_to_person and candidate not in held and candidate != quest.goal:
            return candidate
    return None


def _before(quest: Quest) -> Iterator[str]:
    """Roles that lead to the goal, the nearest first."""
    seen, layer = {quest.goal}, [quest.goal]
    while layer:
        starts = {passage.start for passage in quest.passages if passage.to in layer and passage.start is not None}
        layer = sorted(starts - seen)
        seen.update(layer)
        yield from layer


def _alike(quest: Quest) -> Iterator[str]:
    """The provisional credential, what the file calls related, then the same body's."""
    base = quest.base
    record = base.certifications[quest.goal]
    if record.provisional is not None:
        yield record.provisional
    yield from (item for item in record.see_also if item in base.certifications or item in base.roles)
    yield from sorted(
        item.id
        for item in base.certifications.values()
        if item.issuer == record.issuer and item.specialty == record.specialty
    )
