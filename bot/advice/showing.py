"""How a section is shown: which template, what stands before its first sentence, which place it says it is about."""

from __future__ import annotations

from markupsafe import Markup

from bot.advice.fitting import sentences_of
from bot.advice.places import SHORT, Places, names
from bot.advice.topic_answers import FACTS, Section
from bot.advice.wording import Wording
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Certification, Kind
from bot.understanding.question import Question


class Showing:
    """Shows sections in the words of one knowledge base."""

    def __init__(self, base: KnowledgeBase, wording: Wording, places: Places) -> None:
        self.base, self.wording, self.places = base, wording, places

    def show(self, section: Section, number: int, question: Question) -> Markup:
        """A section, number `number` of its answer; what is only nearest says so."""
        if section.unknown:
            return self.wording.text("part_not_known", asked=section.unknown)
        shown = self._shown(section, number, question)
        return Markup("\n").join((self.wording.text("nearest"), shown)) if section.nearest else shown

    def _shown(self, section: Section, number: int, question: Question) -> Markup:
        base = self.base
        entity = section.entity
        country = _named(base, section.foreign) if section.foreign else None
        heading = self._heading(section, question)
        body, exam, kind = self.labelled_as(section)
        return self.wording.render(
            FACTS if section.direct else base.topics[section.topic].template,
            section=section,
            number=number,
            entity=entity,
            heading=heading,
            field=base.field.name,
            topic=base.texts.topics[section.topic],
            country=country,
            place=None if section.foreign or number else self._place(section, question),
            area=self._area(section, question),
            asked_place=question.part,
            here=_named(base, question.country or base.field.default_country),
            home=_named(base, base.field.default_country),
            kind=kind,
            body=body,
            exam=exam,
        )

    def _place(self, section: Section, question: Question) -> str | None:
        """The part of a country that was asked about, where the first section does not speak of it."""
        if question.part is None or self._area(section, question) is not None:
            return None
        if isinstance(section.entity, Certification):  # a body's rules are the same in every part of a country
            return None
        aside = question.part_told or len(question.text.split()) > SHORT
        told = section.guide is None and section.topic in self.places.topics
        if aside and not told:  # a place in a story is seldom what is asked about
            return None
        return None if any(names(said.text, [question.part]) for said in sentences_of(section)) else question.part

    def _area(self, section: Section, question: Question) -> str | None:
        """The part of a country that the place asked about lies in, where the section speaks of that."""
        area = self.places.area(question.country, question.part) if question.part else None
        if area is None or area == question.part:
            return None
        return area if any(names(said.text, [area]) for said in sentences_of(section)) else None

    def labelled_as(self, section: Section) -> tuple[str, str, Kind | None]:
        """What the labels of a section name: the body, the exam if it is not the entity's own, the entity's kind."""
        base, entity = self.base, section.entity
        ids = (entity.id if entity else "", *section.listed)
        certification = next((base.certifications[item] for item in ids if item in base.certifications), None)
        kind = base.kinds[entity.id] if entity else None
        if certification is None:
            return "", "", kind
        return base.terms[certification.issuer].short, "" if certification is entity else certification.short, kind

    def _heading(self, section: Section, question: Question) -> str:
        """What to put before a lead that does not itself say what it is about."""
        entity, lead, guide = section.entity, section.lead, section.guide
        if lead is None or section.general:
            return ""
        if guide is not None and question.brief and lead.known:
            return ""  # the questions above it say what it is about
        if guide is not None:
            countries = [item for item in self.base.assessment.countries if item.id in guide.countries]
            named = [name for item in countries for name in (item.name, *item.aliases, *item.parts)]
            if guide.elsewhere and question.country not in (None, self.base.field.default_country):
                return _named(self.base, str(question.country))
            told = self._goes_without_saying(section, question) or names(lead.text, named)
            return "" if told else guide.name
        if entity is None:
            return ""
        full = f"{entity.abbreviation} ({entity.name})" if entity.abbreviation else entity.name
        if section.topic == "overview" and entity.name.lower() not in lead.text.lower():
            return full
        told = self._goes_without_saying(section, question)
        told = told or names(lead.text, [name for name in (entity.abbreviation, entity.name) if name])
        return "" if told else entity.short

    def _goes_without_saying(self, section: Section, question: Question) -> bool:
        """Whether a sentence that answers just what was asked says by that what it is about: it is of the field as a
        whole, or of one matter and meant for everybody.
        """
        if not section.direct or section.nearest or question.nearest:
            return False
        guide, entity = section.guide, section.entity
        if guide is not None:
            abroad = (
                guide.countries or guide.elsewhere or any(fact.country for own in guide.facts.values() for fact in own)
            )
            return not (abroad or guide.backgrounds)
        default = self.base.field.default_entity
        named = {span.id for span in question.spans if span.id in self.base.entities}
        return entity is not None and entity.id == default and named <= {default}


def _named(base: KnowledgeBase, country: str) -> str:
    return next((item.name for item in base.assessment.countries if item.id == country), country)
