"""Ids that lead nowhere, lead to the wrong kind of thing, or stand for two things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.knowledge.checks.subject import KIND_FOLDERS, Link, Subject
from bot.knowledge.content import Assessment, FieldOfWork, Topic
from bot.knowledge.explain import did_you_mean
from bot.knowledge.loaded import Located
from bot.knowledge.model import Certification
from bot.knowledge.yaml_file import Problem, Trail

_IN_ASSESSMENT = "or declare it under `{}` in assessment.yaml"
MENDS: Mapping[str, str] = {
    "role": "or add roles/{id}.yaml",
    "certification": "or add certifications/{id}.yaml",
    "entity": "or add a file with that name",
    "goal": "give the id of a role or a certification",
    "body": "give the id of a term that says `body: true`",
    "market": "or add market/{id}.yaml",
    "education": "or add education/{id}.yaml",
    "general education": _IN_ASSESSMENT.format("education"),
    "level": "or declare it under `levels` in field.yaml",
    "topic": "or add it to topics.yaml",
    "source": "or add it to sources.yaml",
    "publisher": "or add it to publishers.yaml",
    "template": "or add en/answers/{id}.j2",
    "country": _IN_ASSESSMENT.format("countries"),
    "experience": _IN_ASSESSMENT.format("experience"),
    "licence": _IN_ASSESSMENT.format("licences"),
    "setting": _IN_ASSESSMENT.format("settings"),
    "interest": "or declare it under `interests` in choosing.yaml",
    "background": _IN_ASSESSMENT.format("backgrounds"),
}
MANY = 3  # places that name an id: beyond them it is gone, and no slip in each
CALLED = {"topic": "a topic", "body": "a body", "goal": "a goal", "level": "a level of the field"}


def dangling(subject: Subject) -> Iterator[Problem]:
    """Ids that name nothing. What many places name is one thing that is gone: told once, with the first of them."""
    places: dict[str, list[Link]] = {}
    for link in subject.links:
        if subject.is_unknown(link.to, link.id):
            places.setdefault(link.id, []).append(link)
    for wanted, links in places.items():
        for link in links if len(links) <= MANY else links[:1]:
            what = f"`{wanted}` is not {CALLED.get(link.to, f'a known {link.to}')}"
            if len(links) > MANY:
                what += f", and {len(links) - 1} more places name it"
            mend = f"{did_you_mean(wanted, set(subject.ids[link.to]))}correct it, {MENDS[link.to].format(id=wanted)}"
            yield link.problem(what, mend)


def over(subject: Subject) -> Iterator[Problem]:
    """What is retired or doubtful is nobody's default, goal or successor."""
    gone = {entity.id: entity.status for _, entity, _ in subject.entities if entity.status != "current"}
    for found, field in subject.of(FieldOfWork):
        yield from _over(found, ("default_entity",), field.default_entity, gone)
    defaults: dict[str, list[Located]] = {}
    for found, topic in subject.of(Topic):
        if topic.default in gone:
            defaults.setdefault(str(topic.default), []).append(found)
    for wanted, places in defaults.items():  # one cause, one problem
        what = f"`{wanted}` is {gone[wanted]} and the default of {len(places)} topic{'s' * (len(places) > 1)}"
        yield places[0].problem(("default",), what, "name something that is current, or correct its status")
    for found, assessment in subject.of(Assessment):
        for number, question in enumerate(assessment.questions):
            for index, choice in enumerate(question.choices):
                goal = choice.sets.goal if choice.sets is not None else None
                yield from _over(found, ("questions", number, "choices", index, "sets", "goal"), goal, gone)
    for found, entity, _ in subject.entities:
        if entity.successor != entity.id:  # what points to itself is told of below
            yield from _over(found, ("successor",), entity.successor, gone)


def _over(found: Located, trail: Trail, wanted: str | None, gone: Mapping[str, str]) -> Iterator[Problem]:
    if wanted is not None and wanted in gone:
        mend = "name something that is current, or correct its status"
        yield found.problem(trail, f"`{wanted}` is {gone[wanted]}, so nobody is led there", mend)


def renamed(subject: Subject) -> Iterator[Problem]:
    """A former id means one thing only."""
    owners = dict.fromkeys((*subject.ids["entity"], *subject.ids["general education"]), "an id that is in use")
    for found, entity, _ in subject.entities:
        for index, former in enumerate(entity.former_ids):
            if former in owners:
                mend = "delete it here, or rename the other"
                yield found.problem(("former_ids", index), f"`{former}` is {owners[former]} too", mend)
            owners[former] = f"a former id of `{entity.id}`"


def twice(subject: Subject) -> Iterator[Problem]:
    """Ids of entities must be unique over all kinds, and differ from general education."""
    owners = dict.fromkeys(subject.ids["general education"], "under `education` in assessment.yaml")
    for kind, folder in KIND_FOLDERS.items():
        for entity_id in sorted(subject.ids[kind]):
            if entity_id in owners:
                what = f"the id `{entity_id}` is also used {owners[entity_id]}"
                yield subject.problem(f"{folder}/{entity_id}.yaml", (), what, "rename one of the two")
            owners[entity_id] = f"in {folder}/"


def paired(subject: Subject) -> Iterator[Problem]:
    """A provisional credential and the full one name each other."""
    known = {record.id: record for _, record in subject.of(Certification)}
    for found, record in subject.of(Certification):
        for key, back in (("provisional", "full"), ("full", "provisional")):
            other = known.get(getattr(record, key) or "")
            if other is not None and getattr(other, back) != record.id:
                what = f"names `{other.id}` as `{key}`, but that does not name it back"
                yield found.problem((key,), what, f"add `{back}: {record.id}` to certifications/{other.id}.yaml")
        if record.full and not record.lift:
            mend = "list under `lift` what somebody must do or have"
            yield found.problem(("full",), "no way leads from here to the full credential", mend)


def itself(subject: Subject) -> Iterator[Problem]:
    """An entity that points to itself."""
    for link in subject.links:
        owner = getattr(link.place.record, "id", None)
        if link.id == owner and link.to in ("entity", "role", "certification"):
            yield link.problem(f"`{link.id}` points to itself", "name another one, or delete it")
