"""`show`: everything known about one entity, its sources, and a preview of its answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.common import JsonOption, KnowledgeOption, TodayOption, clock, fail, load_base

if TYPE_CHECKING:
    from bot.knowledge.base import KnowledgeBase

EXIT_NOTHING = 1
NEAR = 60  # of 100, by rapidfuzz: worth asking "did you mean"
MAX_NEAR = 3
INDENT = "  "
ORIGIN = ("source", "whose", "as_of")


def show(
    context: typer.Context,
    entity: Annotated[str, typer.Argument(help="An id, a name, an abbreviation or an alias.", metavar="ENTITY")],
    as_json: JsonOption = False,
    today: TodayOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Show everything known about one entity, with sources, and a preview of its answers."""
    from bot.channels.plain import printable
    from bot.knowledge.names import find_entity

    base = load_base(context, knowledge)
    found = find_entity(base, entity)
    if found is None:
        near = _near(base, entity)
        meant = f"; did you mean {', '.join(near)}?" if near else ""
        fail(f"career-advisor: nothing is known as “{printable(entity)}”{meant}", EXIT_NOTHING)
    everything = _everything(base, found, clock(today)())
    if as_json:
        print(json.dumps(everything))
    else:
        print("\n".join(_lines(everything)))


def _near(base: KnowledgeBase, wanted: str) -> list[str]:
    """Ids of the entities whose names look most like what was asked for."""
    from rapidfuzz import fuzz, process, utils

    from bot.knowledge.names import names_of

    by_name = {name: item.id for item in base.entities.values() for name, _ in (*names_of(item), (item.id, False))}
    found = process.extract(
        wanted, list(by_name), scorer=fuzz.ratio, processor=utils.default_process, score_cutoff=NEAR, limit=None
    )
    return list(dict.fromkeys(by_name[name] for name, _, _ in found))[:MAX_NEAR]


def _everything(base: KnowledgeBase, entity_id: str, today: date) -> dict[str, Any]:
    """The record as it stands in its file, who points to it, the sources it names, and its answers."""
    record = base.entities[entity_id].model_dump(mode="json", exclude_defaults=True)
    sources = {
        key: {
            **base.sources[key].model_dump(mode="json", by_alias=True),
            "publisher": base.publisher(key).name,
            "kind": base.publisher(key).kind,
            "due": base.sources[key].recheck < today,
        }
        for key in sorted(set(_sources_in(record)))
    }
    return {
        "kind": base.kinds[entity_id],
        **record,
        "mentioned_by": sorted(_mentions(base, entity_id)),
        "sources": sources,
        "answers": dict(_answers(base, entity_id, today)),
    }


def _sources_in(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        if isinstance(data.get("source"), str):
            yield data["source"]
        data = list(data.values())
    if isinstance(data, list):
        for item in data:
            yield from _sources_in(item)


def _mentions(base: KnowledgeBase, entity_id: str) -> Iterator[str]:
    """Entities, guides and myths that point to this one."""
    from bot.knowledge.checks.subject import links_of, walk

    for group in (base.entities, base.guides, base.myths):
        for owner, record in group.items():
            links = (link for trail, inner in walk(record) for link in links_of(inner, trail))
            if owner != entity_id and any(value == entity_id and to != "source" for _, to, value in links):
                yield owner


def _answers(base: KnowledgeBase, entity_id: str, today: date) -> Iterator[tuple[str, str]]:
    from bot.advice.answers import Answers
    from bot.advice.coverage import question_about
    from bot.advice.wording import plain

    answers = Answers(base)
    for topic in base.topics.values():
        if base.kinds[entity_id] in topic.kinds:
            yield topic.id, plain(answers.answer(question_about(topic.id, entity_id), today).text)


def _lines(everything: dict[str, Any]) -> Iterator[str]:
    """The object for people: keys as they are called in the file, indented, then the answers."""
    shown = dict(everything)
    answers, sources = shown.pop("answers"), shown.pop("sources")
    yield from _tree(shown, "")
    yield "sources:"
    for key, source in sources.items():
        dated = f", as of {source['as_of']}" if source["as_of"] else ""
        late = ", due to be read again" if source["due"] else ""
        yield f"{INDENT}{key}: {source['publisher']}, {source['title']}{dated}, read {source['read']}{late}"
        yield f"{INDENT}{INDENT}{source['copy'] or source['url']}"
    yield "answers:"
    for topic, text in answers.items():
        yield f"{INDENT}{topic}:"
        yield from (f"{INDENT}{INDENT}{line}" for line in text.splitlines())


def _tree(data: dict[str, Any], indent: str) -> Iterator[str]:
    """A record as indented lines; a sentence stands first, with its origin behind it."""
    for key, value in data.items():
        if isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from _tree(value, indent + INDENT)
        elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
            yield f"{indent}{key}:"
            for item in value:
                head, *rest = (
                    _sentence(item, indent + INDENT * 2) if "say" in item else _tree(item, indent + INDENT * 2)
                )
                yield f"{indent}{INDENT}- {head.strip()}"
                yield from rest
        else:
            yield f"{indent}{key}: {', '.join(map(str, value)) if isinstance(value, list) else value}"


def _sentence(item: dict[str, Any], indent: str) -> Iterator[str]:
    rest = dict(item)
    origin = ", ".join(str(rest.pop(key)) for key in ORIGIN if rest.get(key))
    yield f"{indent}{rest.pop('say')}{f' [{origin}]' if origin else ''}"
    yield from _tree(rest, indent)
