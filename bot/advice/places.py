"""What is known of the parts of a country that a question names: a state's own figures before the country's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.advice.topic_answers import Section
from bot.advice.wording import said
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.conditions import certifications_in
from bot.knowledge.model import Fact, Role
from bot.understanding.question import Question
from bot.understanding.statements import Statement

SHORT = 14  # words of a message in which a place belongs to what is asked
MANY = 10  # places, from which a topic is told place by place
KEPT_NAMES = 4096  # expressions, each of a name or some: as many as a knowledge base has things and places


class Places:
    """The sentences of guides that speak of one part of a country."""

    def __init__(self, base: KnowledgeBase, known: Iterable[Statement]) -> None:
        self.base = base
        parts = [part for country in base.assessment.countries for part in (*country.parts, *country.within)]
        anyone = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(parts, key=len, reverse=True)))})(?![\w-])")
        self._said: dict[str, list[Statement]] = {}
        for item in known if parts else ():
            told = set(anyone.findall(item.text)) if item.guide is not None else ()
            if len(told) == 1:  # a sentence that names several compares them
                self._said.setdefault(told.pop(), []).append(item)
        told_of = [item for group in self._said.values() for item in group]
        self._place_of = {item.id: place for place, group in self._said.items() for item in group}
        # Where a guide tells a topic place by place its sentences are no examples ("one hospital in …").
        counted = Counter((item.guide, item.topic) for item in told_of)
        self._by_place = frozenset(item.id for item in told_of if counted[item.guide, item.topic] >= MANY)
        usual = base.roles.get(base.field.default_entity)
        asked = usual.requires.employers_ask if usual is not None else ()
        self._usual_credentials = frozenset(item for wanted in asked for item in certifications_in(wanted.needs))

    @property
    def topics(self) -> frozenset[str]:
        """What is told of many places one by one."""
        told = Counter(topic for group in self._said.values() for topic in {item.topic for item in group})
        return frozenset(topic for topic, places in told.items() if places >= MANY)

    def section(self, question: Question) -> Section | None:
        """The sentences on what is asked that speak of the places named; None where there are none."""
        topics = question.topics
        areas = dict.fromkeys(self.area(question.country, part) for part in reversed(question.parts))
        each = [
            [
                item
                for item in self._said.get(place, ())
                if item.topic in topics and self._of_all(question.entities, item)
            ]
            for place in areas
        ]
        # Several places are held against each other: one sentence for each.
        found = [item for own in each for item in (own[:1] if len(each) > 1 else own)]
        if not found:
            return None
        lead, *lines = (said(item.record) for item in found if isinstance(item.record, Fact))
        guide = self.base.guides[found[0].guide] if found[0].guide else None
        ids = tuple(item.id for item in found)
        return Section(found[0].topic, None, lead, tuple(lines), guide=guide, direct=ids)

    def is_beside(self, question: Question, item: Statement) -> bool:
        """Whether a sentence speaks of one place and not of what is asked: of another topic where the place is only
        told of or a credential is asked about, or of other roles than the one that is asked about.
        """
        if item.id not in self._place_of or not question.topics:
            return False
        credential = not self.base.certifications.keys().isdisjoint(question.entities)
        told = question.part is not None and question.part_told
        aside = (told or credential) and item.topic not in question.topics
        return aside or (item.id in self._by_place and not self._of_all(question.entities, item))

    def is_elsewhere(self, question: Question, item: Statement) -> bool:
        """Whether a sentence speaks of one place that is not asked about."""
        place = self._place_of.get(item.id)
        return place is not None and place not in {self.area(question.country, part) for part in question.parts}

    def area(self, country: str | None, part: str) -> str:
        """The part of a country for which figures are kept: of a city its state."""
        within = next((item.within for item in self.base.assessment.countries if item.id == country), {})
        return within.get(part, part)

    def _of_all(self, entities: Sequence[str], item: Statement) -> bool:
        """Whether a sentence holds for all that is asked about: the usual role, a credential that employers ask of it,
        those without own figures, or named.
        """
        usual = self.base.roles.get(self.base.field.default_entity)
        roles = [self.base.entities[thing] for thing in entities if thing in self.base.entities]
        return usual is not None and all(
            role is usual
            or role.id in self._usual_credentials
            or (isinstance(role, Role) and role.pay is None and role.market[:1] == usual.market[:1])
            or names(item.text, (role.name, *role.aliases))
            for role in roles
        )


def names(text: str, places: Sequence[str]) -> bool:
    """Whether a text says one of the names as a whole word, singular or plural."""
    lower = text.lower()
    there = tuple(place for place in places if place.lower() in lower)  # mostly none: that is cheaper to see
    return bool(there) and _naming(there).search(text) is not None


@lru_cache(KEPT_NAMES)  # the cache of `re` is too small for all credentials
def _naming(places: tuple[str, ...]) -> re.Pattern[str]:
    anyone = "|".join(map(re.escape, places))
    return re.compile(rf"(?<![\w-])(?:{anyone})s?(?![\w-])", re.IGNORECASE)
