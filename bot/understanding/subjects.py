"""What a question is about: the things named, or meant because the conversation is about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.content import Topic
from bot.understanding.context import ONE, inherited_entities
from bot.understanding.entities import ENTITY_KINDS, Match
from bot.understanding.question import Context

COMPARE = "compare"
ALWAYS_MEANT = ("role", "certification")  # who names one asks about it; a term or degree may be only wording


@dataclass(frozen=True)
class Subjects:
    """Finds the subjects of one message, once its topics are known.

    `elliptical` says whether the conversation may fill in what it leaves out; `pointed` is the listed
    thing it points at ("the second one"). `aside` are the places of words that only tell of the
    person; `guides` those whose words are used.
    """

    base: KnowledgeBase
    mended: tuple[str, ...]
    matches: Sequence[Match]
    context: Context
    elliptical: bool
    pointed: str | None
    aside: frozenset[int] = frozenset()
    guides: tuple[str, ...] = ()

    def of(self, topics: Sequence[str]) -> tuple[tuple[str, ...], bool]:
        """The entities a question for `topics` is about, and whether any came from the conversation."""
        asked = [self.base.topics[name] for name in topics if name in self.base.topics]
        askable = [topic for topic in asked if topic.entities != "none"]
        if not askable:
            return (), False
        lead = askable[0]
        if self.elliptical and not self.named_kinds():  # of two topics, the one that fits what we spoke of
            lead = next((topic for topic in askable if inherited_entities(self.base, topic, self.context)), lead)
        named = self._named(lead)
        if self.pointed and not named:
            return (self.pointed,), True
        inherited: tuple[str, ...] = ()
        if self.elliptical and self._lacks(lead, topics, named):
            known = self._chosen(lead) or inherited_entities(self.base, lead, self.context)
            inherited = tuple(thing for thing in known if thing not in named)
        if inherited and self._starts_from_named():
            return (*named, *inherited), True
        if inherited or named:
            return (*inherited, *named), bool(inherited)
        return self._usual(lead), False

    def _chosen(self, lead: Topic) -> tuple[str, ...]:
        """What was decided for, where one thing is pointed at ("how much is it")."""
        chosen = self.context.chosen
        fits = chosen in self.base.entities and self.base.kinds[chosen] in lead.kinds
        return (chosen,) if fits and not ONE.isdisjoint(self.mended) else ()

    def named_kinds(self) -> tuple[str, ...]:
        """The kinds of the different entities named, in order."""
        found = {
            match.named[0].id: match.named[0].kind for match in self.matches if match.named[0].kind in ENTITY_KINDS
        }
        return tuple(found.values())

    def _named(self, lead: Topic) -> tuple[str, ...]:
        """The entities named; where a name stands for several, the one that suits the topic."""
        found: list[str] = []
        for match in self.matches:
            entities = [named for named in match.named if named.kind in ENTITY_KINDS]
            if not entities:
                continue
            best = min(
                entities,
                key=lambda named: lead.kinds.index(named.kind) if named.kind in lead.kinds else len(ENTITY_KINDS),
            )
            if match.start in self.aside and best.kind not in ALWAYS_MEANT:
                continue
            if best.kind in lead.kinds or best.kind in ALWAYS_MEANT:
                found.append(best.id)
        return tuple(dict.fromkeys(found))

    def _usual(self, lead: Topic) -> tuple[str, ...]:
        """What is meant where nothing is named: what a guide whose words are used is mostly about, or the topic's."""
        usual = self.base.field.default_entity
        about = {self.base.guides[guide].entities[:1] for guide in self.guides}
        if lead.default is not None and (usual,) in about:
            return (usual,)
        return (lead.default,) if lead.default is not None and lead.default in self.base.entities else ()

    def _lacks(self, lead: Topic, topics: Sequence[str], named: Sequence[str]) -> bool:
        """Whether the message leaves out something that the conversation may fill in."""
        if len(named) == 1 and (COMPARE in topics or self._starts_from_named()):
            return True
        return lead.kinds[:1] != ("term",) and all(self.base.kinds[thing] == "term" for thing in named)

    def _starts_from_named(self) -> bool:
        return any(match.start and self.mended[match.start - 1] == "from" for match in self.matches)
