"""Answers made of the statements found for what exactly was asked: first the one that answers, then what belongs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from rapidfuzz import fuzz

from bot.advice.beginnings import asks_the_same, beginning
from bot.advice.further import Beside, follows, is_story, known_first, of_another, of_another_body
from bot.advice.places import names as says_one_of
from bot.advice.topic_answers import Section
from bot.advice.verdicts.asked import between, says
from bot.advice.verdicts.yes_or_no import wants_yes_or_no
from bot.advice.wording import Said, said
from bot.knowledge.base import KnowledgeBase
from bot.understanding.entities import ENTITY_KINDS
from bot.understanding.finding.support import NEAREST_FROM
from bot.understanding.question import Asking, FoundStatement, Question
from bot.understanding.statements import Statement, statements_of

NEAREST = 2  # of what is only the nearest that is known
OF_IT_LIKE, OF_IT_SURELY, OF_IT_COVERED = 0.7, 0.8, 0.55  # from which a sentence speaks of just what was asked
FIRST, FURTHER = 1, 3  # statements a question is answered with: the one that answers, and those that belong to it
OF_SEVERAL = 2  # … and each of several questions
QUOTED = 12  # words of a question that is named as not known
LINK = 2  # words between two names that stand side by side ("a or the b")
NEAR_FIRST = 0.2  # of the best one's weight, from which the named thing's own sentence goes before another's


def _never(question: Question, item: Statement) -> bool:
    return False


def direct(
    base: KnowledgeBase, question: Question, is_beside: Beside = _never, is_elsewhere: Beside = _never
) -> list[Section]:
    """One section for each question of a message, none of them repeating another's statement, and none of the
    statements that are `is_beside` what is asked where another is not; what speaks of a place that is not asked about
    (`is_elsewhere`) follows no other.
    """
    taken: set[str] = set()
    sections = []
    for asking in question.askings:
        if asking.support < NEAREST_FROM and not question.nearest:
            sections.append(Section("", None, unknown=_short(asking.text)))
            continue
        here = tuple(item for item in asking.found if not of_elsewhere(base, question, item.statement))
        at_home = question.country == base.field.default_country  # what holds elsewhere is no answer there
        known = () if at_home else asking.found
        told = here or tuple(item for item in known if not _of_nowhere(base, question, item.statement))
        if not told:
            sections.append(Section("", None, unknown=_short(asking.text)))
            continue
        fitting = tuple(item for item in told if not is_beside(question, item.statement)) or told
        of_here = (item for item in fitting[1:] if not is_elsewhere(question, item.statement))
        kept = replace(asking, found=(*fitting[:1], *of_here))
        for shown in _of_each(base, question, kept) or [list(_chosen(base, question, kept, taken))]:
            if shown:
                of_it = [item for item in shown if question.nearest and _speaks_of_it(question, kept, item)]
                in_order = [*of_it, *(item for item in shown if item not in of_it)]
                section = _begun(base, question, kept, _section(base, question, in_order))
                # Said once, and not of what speaks of just that: what follows is the nearest as well.
                nearest = question.nearest and not sections and not of_it
                sections.append(replace(section, nearest=nearest))
    return sections


def _speaks_of_it(question: Question, asking: Asking, shown: Statement) -> bool:
    """Whether a sentence surely speaks of what was asked, though it may not be all that was: it is much like the
    question, the more so where it is on another topic, and says most of what the question's words tell.
    """
    found = next((item for item in asking.found if item.statement.id == shown.id), None)
    if found is None or found.covered < OF_IT_COVERED:
        return False
    return found.like >= (OF_IT_LIKE if shown.topic in question.topics else OF_IT_SURELY)


def of_elsewhere(base: KnowledgeBase, question: Question, statement: Statement) -> bool:
    """Whether a statement is about another country than the one that is meant, and its guide was not named."""
    meant = question.country or base.field.default_country
    return bool(statement.countries) and meant not in statement.countries and statement.guide not in question.guides


def _of_nowhere(base: KnowledgeBase, question: Question, statement: Statement) -> bool:
    """Whether a statement says that nothing is known of a country, to somebody who asks of none such."""
    guide = base.guides.get(statement.guide or "")
    return guide is not None and guide.elsewhere and of_elsewhere(base, question, statement)


def _begun(base: KnowledgeBase, question: Question, asking: Asking, section: Section) -> Section:
    """A section whose first sentence begins with the answer to a question that wants yes or no."""
    first = next((item for item in asking.found if item.statement.id == section.direct[0]), None)
    if first is None or section.lead is None:
        return section
    word = beginning(base, question, asking.text, first)
    # A yes or no within the sentence answers what it was written for, and no other question that wants one.
    bare = wants_yes_or_no(base.verdicts.yes_or_no, asking.text) and not asks_the_same(
        base, question, asking.text, first
    )
    return replace(section, lead=replace(section.lead, begins=word, bare=bare and not word))


def _of_each(base: KnowledgeBase, question: Question, asking: Asking) -> list[list[Statement]]:
    """One sentence for each of several things of a kind that are asked about; none where one speaks of them all,
    or of none of them by name."""
    named = _side_by_side(base, question)
    if len(named) <= 1 or len({base.kinds[item] for item in named}) > 1 or not asking.found:
        return []
    names = [(base.entities[item].short, base.entities[item].name) for item in named]
    first = asking.found[0].statement
    told = [says_one_of(first.text, either) for either in names]
    if all(told) or (first.owner is None and not any(told)):
        return []
    found = [_own(base, item, asking) for item in named]
    return [[item] for item in found if item is not None] if all(found) else []


def _side_by_side(base: KnowledgeBase, question: Question) -> list[str]:
    """The things named next to each other ("do a and b both …"), or held against each other ("does a … than b")."""
    spans = [span for span in question.spans if span.kind in ("certification", "role")]
    if not spans and question.from_context:  # "how much do they cost"
        return list(question.entities)
    linked = all(
        after.start - before.end <= LINK and says(between(question.text, before.text, after.text), base.verdicts.beside)
        for before, after in pairwise(spans)
    )
    return list(dict.fromkeys(span.id for span in spans)) if linked or says(question.text, base.verdicts.than) else []


def _own(base: KnowledgeBase, entity: str, asking: Asking) -> Statement | None:
    """The sentence of a thing that answers, or the one that says of it most nearly what the best answer says."""
    own = [item.statement for item in asking.found if item.statement.owner == entity]
    first = asking.found[0].statement
    alike = [item for item in own if item.topic == first.topic]
    if alike:
        return alike[0]
    others = [item for item in statements_of(base, entity) if item.topic == first.topic and item.known]
    return max(others, key=lambda item: fuzz.token_set_ratio(item.text, first.text), default=next(iter(own), None))


def _short(text: str) -> str:
    """The words of a question, cut where they are many."""
    words = text.strip().split()
    return " ".join(words if len(words) <= QUOTED else [*words[:QUOTED], "…"])


def _chosen(base: KnowledgeBase, question: Question, asking: Asking, taken: set[str]) -> Iterator[Statement]:
    """The statements to show: of several questions each gets its share."""
    left = FIRST + FURTHER if len(question.askings) == 1 and not question.brief else OF_SEVERAL
    if question.nearest:
        left = FIRST if question.brief else NEAREST // len(question.askings) or FIRST
    found = [item for item in asking.found if not of_another_body(base, question, item.statement)] or asking.found
    own = [item for item in found if not of_another(base, question, item.statement)]
    if own and own[0].weight >= NEAR_FIRST * found[0].weight:  # a neighbour's rule is no answer where there is one
        found = own
    in_order = known_first(_narrowed(base, question, found))
    first, best = in_order[0], found[0].weight
    for item in in_order:
        further = follows(question, item, first, best) and not of_another(base, question, item.statement)
        if left and (item is first or further) and item.statement.text not in taken:
            taken.add(item.statement.text)
            left -= 1
            yield item.statement


def _narrowed(base: KnowledgeBase, question: Question, found: Sequence[FoundStatement]) -> Sequence[FoundStatement]:
    """What is asked about before something wider: its own sentence first, where another thing's hardly leads. Where
    nothing is named, what holds in general goes before what holds for one thing of many.
    """
    first = found[0]
    owner = first.statement.owner
    usual = (*question.entities, base.field.default_entity)
    if owner is None or owner in question.entities or is_story(question):
        return found
    named = any(span.kind in ENTITY_KINDS for span in question.spans)
    topics = {first.statement.topic, *question.topics}
    for item in found[1:]:
        of_it = item.statement.owner in question.entities
        general = not named and owner not in usual and (item.statement.owner is None or item.statement.owner in usual)
        if item.weight >= NEAR_FIRST * first.weight and item.statement.topic in topics and (of_it or general):
            return [item, *(other for other in found if other is not item)]
    return found


def _section(base: KnowledgeBase, question: Question, shown: Sequence[Statement]) -> Section:
    first = shown[0]
    named = (thing for thing in question.entities if thing in first.entities and first.guide is None)
    owner = first.owner or next(named, None)
    country = question.country if question.country not in (None, base.field.default_country) else None
    foreign = country if country and not any(country in item.countries for item in shown) else None
    return Section(
        topic=first.topic,
        entity=base.entities[owner] if owner else None,
        lead=_said(base, first),
        lines=tuple(_further(base, owner, item) for item in shown[1:]),
        guide=base.guides[first.guide] if first.guide else None,
        foreign=foreign,
        listed=tuple(dict.fromkeys(item.entities[0] for item in shown if item.entities)),
        direct=tuple(item.id for item in shown),
    )


def _further(base: KnowledgeBase, headed: str | None, item: Statement) -> Said:
    """A sentence below the first: what it speaks of, and under which of the labels. What another body recommends goes
    without: the label names the body of the heading.
    """
    told = replace(_said(base, item), of=_of(base, headed, item))
    return replace(told, label=None) if told.label == "body_recommends" and item.owner != headed else told


def _of(base: KnowledgeBase, headed: str | None, item: Statement) -> str:
    """What a sentence speaks of that stands below the heading of another thing and does not name its own."""
    own = base.entities.get(item.owner or "")
    if own is None or own.id in (headed, base.field.default_entity) or says_one_of(item.text, (own.short, own.name)):
        return ""
    return own.short


def _said(base: KnowledgeBase, item: Statement) -> Said:
    if item.record is not None:
        return said(item.record, item.label)
    entity = base.entities[item.entities[0]]
    origin = next((fact for facts in entity.facts.values() for fact in facts if fact.source), None)
    return replace(said(origin), text=item.text) if origin else Said(item.text)
