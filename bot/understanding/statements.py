"""Every sentence of the knowledge base as a `Statement`: what may be found, and what may be shown."""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.facts import ShortReply
from bot.knowledge.model import LABELS, AnyEntity, Certification, Fact, Guide, Label, Myth, Requirement, Requirements

FOLDERS = {"role": "roles", "certification": "certifications", "degree": "education", "term": "terms"}
REQUIREMENTS = "requirements"
SUMMARY = "summary"
MARKET = "market"


@dataclass(frozen=True)
class Statement:
    """One sentence, what it is about, and how people ask for it.

    `id` is the file it stands in, its topic and its place there ("roles/x.yaml:salary:2"). `entities` are those it
    speaks of, the first the one whose file it is; a guide's are all that the guide is about. `countries` and
    `backgrounds` say for whom it is meant, none for everybody. `record` is where it comes from; a summary has none.
    """

    id: str
    text: str
    topic: str
    entities: tuple[str, ...] = ()
    guide: str | None = None
    myth: str | None = None
    asked: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    backgrounds: tuple[str, ...] = ()
    setting: str | None = None
    label: Label | None = None
    place: int = 0
    record: Fact | Requirement | None = None

    @property
    def replies(self) -> Mapping[str, ShortReply]:
        """How the answer to each asking begins that wants yes or no."""
        return self.record.replies if self.record is not None else {}

    @property
    def owner(self) -> str | None:
        """The entity whose file it is; none of what stands in a guide, a myth or a market."""
        own = self.guide is None and self.myth is None and not self.id.startswith(f"{MARKET}/")
        return self.entities[0] if own and self.entities else None

    @property
    def known(self) -> bool:
        """False for a sentence that says that something is not known."""
        return not isinstance(self.record, Fact) or self.record.known


_made: dict[int, tuple[Statement, ...]] = {}  # by the id of a knowledge base that is still in use


def statements(base: KnowledgeBase) -> tuple[Statement, ...]:
    """All statements of a knowledge base, in the order of its files: made once for each."""
    if id(base) not in _made:
        found = tuple(_all(base))
        weakref.finalize(base, _made.pop, id(base), None)
        _made[id(base)] = found
    return _made[id(base)]


def guide_file(guide: str) -> str:
    """The file of a guide."""
    return f"guides/{guide}.yaml"


def statements_of(base: KnowledgeBase, entity: str) -> tuple[Statement, ...]:
    """The statements of one entity."""
    return tuple(_of_entity(base, base.entities[entity]))


def _all(base: KnowledgeBase) -> Iterator[Statement]:
    for entity in base.entities.values():
        yield from _of_entity(base, entity)
    for market in base.markets.values():
        roles = tuple(role.id for role in base.roles.values() if market.id in role.market)
        countries = () if market.country == base.field.default_country else (market.country,)
        yield from _of_facts(
            f"{MARKET}/{market.id}.yaml", market.facts, Statement("", "", "", roles, countries=countries)
        )
    told_of = {country for guide in base.guides.values() for country in guide.countries}
    others = tuple(
        item.id for item in base.assessment.countries if item.id not in {*told_of, base.field.default_country}
    )
    for guide in base.guides.values():
        yield from _of_guide(guide, guide.countries or (others if guide.elsewhere else ()))
    for myth in base.myths.values():
        yield from _of_myth(myth)


def _of_entity(base: KnowledgeBase, entity: AnyEntity) -> Iterator[Statement]:
    file = f"{FOLDERS[base.kinds[entity.id]]}/{entity.id}.yaml"
    about = Statement("", "", "", (entity.id,))
    yield Statement(f"{file}:{SUMMARY}", entity.summary, "overview", (entity.id,))
    yield from _of_facts(file, entity.facts, about)
    requires: Requirements = getattr(entity, "requires", Requirements())
    for label in LABELS:
        for place, item in enumerate(requires.under(label)):
            yield _of_requirement(f"{file}:{label}:{place}", item, entity.id, label)
    if isinstance(entity, Certification):
        for place, item in enumerate(entity.lift):
            yield _of_requirement(f"{file}:lift:{place}", item, entity.id, None)


def _of_requirement(name: str, item: Requirement, entity: str, label: Label | None) -> Statement:
    countries = (item.country,) if item.country else ()
    return Statement(
        name, item.say, REQUIREMENTS, (entity,), asked=item.askings, countries=countries, label=label, record=item
    )


def _of_guide(guide: Guide, countries: tuple[str, ...]) -> Iterator[Statement]:
    about = Statement("", "", "", guide.entities, guide.id, countries=countries, backgrounds=guide.backgrounds)
    yield from _of_facts(guide_file(guide.id), guide.facts, about)


def _of_myth(myth: Myth) -> Iterator[Statement]:
    for place, fact in enumerate(myth.truth):
        yield Statement(
            f"myths.yaml:{myth.id}:{place}",
            fact.say,
            myth.topic,
            myth.entities,
            myth=myth.id,
            asked=(*fact.askings, *(() if place else (myth.claim, *myth.phrasings))),
            countries=(fact.country,) if fact.country else (),
            place=place,
            record=fact,
        )


def _of_facts(file: str, facts: dict[str, tuple[Fact, ...]], about: Statement) -> Iterator[Statement]:
    for topic, group in facts.items():
        for place, fact in enumerate(group):
            yield Statement(
                id=f"{file}:{topic}:{place}",
                text=fact.say,
                topic=topic,
                entities=about.entities,
                guide=about.guide,
                asked=fact.askings,
                countries=(fact.country,) if fact.country else about.countries,
                backgrounds=about.backgrounds,
                setting=fact.setting,
                place=place,
                record=fact,
            )
