"""Which sentences answer a topic about an entity: its own facts first, then what it inherits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.advice.conditions import asks_years, education_in
from bot.advice.wording import Said, said
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.conditions import certifications_in
from bot.knowledge.model import LABELS, AnyEntity, Certification, Fact, Guide, Label, Requirements, Role, Term
from bot.understanding.question import Question

# What only a role itself can answer; the rest may be told of the field as a whole.
ITSELF = {"overview", "definition", "duties", "requirements", "certifications", "salary", "path", "unlocks"}
# What a requirement must mention to count as an answer to a topic when no fact answers it.
REQUIREMENT_TOPICS = ("requirements", "eligibility", "education", "experience", "certifications")


@dataclass(frozen=True)
class Chosen:
    """Sentences for one topic about one entity, the lead first; `guide` tells where they came from.

    `foreign` names the country that was asked about when only other countries' facts exist;
    `general` says that the sentences are about the field as a whole and not about the entity.
    """

    facts: tuple[Said, ...] = ()
    guide: Guide | None = None
    foreign: str | None = None
    general: bool = False


def choose(base: KnowledgeBase, topic: str, entity_id: str | None, question: Question) -> Chosen:
    """The sentences for `topic` about `entity_id` (None: the field in general).

    Order: a guide for the country or background asked about, a guide named by its words,
    the entity's own facts, what it inherits, requirements that answer the topic, a general guide,
    and for a role the facts of the topic's usual role.
    """
    country = question.country if question.country not in (None, base.field.default_country) else None
    entity = base.entities.get(entity_id) if entity_id else None
    keys = base.topics[topic].shows or (topic,)
    for guide in _near_guides(base, question, country):
        facts = _guide_facts(guide, keys, country)
        if not facts and guide.id in question.guides and not guide.countries:
            # Named by its own words, it is what the person asks about, whatever the topic is called.
            facts = _guide_facts(guide, tuple(guide.facts)[:1], country)
        if facts and _fits(guide, entity_id, base):
            return Chosen(tuple(map(said, facts)), guide)
    own = tuple(_own(base, entity, keys, country)) if entity else ()
    if own:
        foreign = country if country and not any(fact.country == country for fact in own) else None
        return Chosen(tuple(map(said, own)), foreign=foreign)
    if entity is not None:
        sentences = tuple(_from_requirements(entity, topic))
        if sentences:
            return Chosen(sentences, foreign=country)
    default = base.topics[topic].default
    for guide in base.guides.values():
        facts = _guide_facts(guide, keys, country) if guide.general else ()
        if facts and (
            entity_id is None or entity_id in (default, base.field.default_entity) or base.kinds[entity_id] == "role"
        ):
            general = entity_id not in (None, default, base.field.default_entity)
            return Chosen(tuple(map(said, facts)), guide, foreign=country, general=general)
    if isinstance(entity, Role) and topic not in ITSELF and default in base.roles.keys() - {entity_id}:
        facts = tuple(_own(base, base.roles[str(default)], keys, country))
        return Chosen(tuple(map(said, facts)), foreign=country, general=bool(facts))
    return Chosen(foreign=country)


def _near_guides(base: KnowledgeBase, question: Question, country: str | None) -> Iterator[Guide]:
    named = [base.guides[guide_id] for guide_id in question.guides if guide_id in base.guides]
    if country is not None:
        listing = [guide for guide in base.guides.values() if country in guide.countries]
        yield from listing or (guide for guide in base.guides.values() if guide.elsewhere)
    yield from (guide for guide in named if not guide.countries)
    for background in question.backgrounds:
        yield from (guide for guide in base.guides.values() if background in guide.backgrounds)


def _fits(guide: Guide, entity_id: str | None, base: KnowledgeBase) -> bool:
    """A guide that lists entities speaks about those alone; others about the field as a whole."""
    if guide.entities:
        return entity_id in guide.entities
    return entity_id is None or base.kinds[entity_id] != "certification" or bool(guide.countries)


def _guide_facts(guide: Guide, keys: Iterable[str], country: str | None) -> tuple[Fact, ...]:
    facts = [fact for key in keys for fact in guide.facts.get(key, ())]
    return tuple(fact for fact in facts if country is None or fact.country in (None, country))


def _own(base: KnowledgeBase, entity: AnyEntity, keys: Iterable[str], country: str | None) -> Iterator[Fact]:
    """Own facts, then those of the issuer (a certification still offered) or the market (a role)."""
    keys = tuple(keys)
    found = [fact for key in keys for fact in entity.facts.get(key, ())]
    if isinstance(entity, Certification) and entity.status == "current" and entity.issuer in base.terms:
        issuer: Term = base.terms[entity.issuer]
        own_rule = entity.requires.exam_requires or "eligibility" in entity.facts
        inherited = INHERITED_FROM_ISSUER - ({"eligibility"} if own_rule else set())
        general = [fact for key in keys for fact in issuer.facts.get(key, ()) if key in inherited]
        # The body's lead answers the question in general: a nearer answer makes it a repetition.
        found += general[1:] if found else general
    if isinstance(entity, Role):
        for market in entity.market:
            found += [fact for key in keys for fact in base.markets[market].facts.get(key, ())]
    here = country or base.field.default_country
    # Facts of the country asked about come first; those of a third country never.
    yield from (fact for fact in found if fact.country == here and country)
    yield from (
        fact
        for fact in found
        if fact.country in (None, base.field.default_country) and not (country and fact.country == here)
    )


# What a body rules for all its credentials; what it is itself (overview, definition) is not inherited.
INHERITED_FROM_ISSUER = {
    "exam",
    "cost",
    "renewal",
    "eligibility",
    "study",
    "remote",
    "recognition",
    "financial_aid",
    "specialties",
    "apprentice_status",
}


def _from_requirements(entity: AnyEntity, topic: str) -> Iterator[Said]:
    requires: Requirements | None = getattr(entity, "requires", None)
    if requires is None or topic not in REQUIREMENT_TOPICS:
        return
    for label in LABELS:
        for requirement in requires.under(label):
            answers = {
                "education": bool(education_in(requirement.needs)),
                "experience": asks_years(requirement.needs),
                "certifications": bool(certifications_in(requirement.needs)),
            }.get(topic, True)
            if answers:
                yield said(requirement, label)


def labelled(entity: AnyEntity, label: Label) -> tuple[Said, ...]:
    """The sentences under one of the three labels."""
    requires: Requirements | None = getattr(entity, "requires", None)
    return tuple(said(requirement, label) for requirement in requires.under(label)) if requires else ()
