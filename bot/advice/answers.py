"""A question → one answer: the bubble, what is behind [More], its sources, what it offered."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from bot.advice.beginnings import beginning
from bot.advice.direct import direct
from bot.advice.fitting import BUBBLE_LINES, behind, distinct, fit, once, sentences_of
from bot.advice.further import belongs
from bot.advice.glossary import Glossary
from bot.advice.nearest import Nearest
from bot.advice.origins import Cited
from bot.advice.places import SHORT, Places, names
from bot.advice.ranking import nearest_first
from bot.advice.showing import Showing
from bot.advice.status import over
from bot.advice.topic_answers import FACTS, Section, between, comparison, shape
from bot.advice.verdicts import Verdict
from bot.advice.verdicts.asked import between as words_between
from bot.advice.verdicts.asked import says
from bot.advice.wording import Said, Wording, cite, plain, said
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.conditions import usual_credential
from bot.knowledge.model import AnyEntity, Role
from bot.knowledge.names import keys
from bot.understanding.context import SPOKEN_OF
from bot.understanding.question import Question
from bot.understanding.statements import statements

# One screen of a 360-pixel phone (rule 4 of the product): the source line is not counted.
BUBBLE_LENGTH = 640
# What the sentences may take of it; labels, headings and words spelled out come on top, so less is tried next.
BUDGETS = (600, 520, 440, 360, 280)
MAX_SECTIONS = 6
MAX_COMPARED = 4
IN_BRIEF = 1  # sentences after the first of an answer that shares its bubble
ABOUT_TERMS = ("definition", "overview", "compare")
SURELY_MEANT = 0.5  # share of belief from which one thing of the topic is asked, and not the whole
STANDS_OUT = 0.15  # … and from which a sentence of a topic goes before an editor's order


@dataclass(frozen=True)
class Answer:
    """`text` and `more` are Telegram HTML. `known` is False when every part is "not known".

    `general` says that it speaks of the field, since nothing is known of just what was asked about. `spelled` are the
    entities whose abbreviations it spells out; `foreign` is the country of which the person has been told that facts of
    another follow; `statements` the ids of those shown, best first,
    each with its weight; `about` is what the first sentence is about, where that is one thing. `closing` counts the
    last lines of `text`, which explain short forms and name sources.
    """

    text: str
    more: str | None
    sources: tuple[Cited, ...]
    topics: tuple[str, ...]
    entities: tuple[str, ...]
    listed: tuple[str, ...]
    known: bool
    general: bool = False
    foreign: str | None = None
    spelled: tuple[str, ...] = ()
    statements: tuple[tuple[str, float], ...] = ()
    about: tuple[str, ...] = ()
    closing: int = 0


class Answers:
    """Answers questions from one knowledge base."""

    def __init__(self, base: KnowledgeBase) -> None:
        self.base = base
        self.wording = Wording(base)
        self.glossary = Glossary(base)
        known = statements(base)
        self._ids = {item.text: item.id for item in reversed(known)}
        self._short = {item.id: (item.short, item.short.lower()) for item in base.certifications.values()}
        self.places = Places(base, known)
        self.showing = Showing(base, self.wording, self.places)
        self.nearest = Nearest(base, self.places.is_beside)

    def answer(
        self,
        question: Question,
        today: date,
        spelled: Collection[str] = (),
        verdict: Verdict | None = None,
        warned: str | None = None,
    ) -> Answer:
        """Answer every topic of `question` about every entity of it, in one message; a `verdict` answers it.

        `spelled` are the entities whose abbreviations this person has been told already, `warned` is the country of
        which they were told that facts of another follow.
        """
        lend = verdict.lend if verdict is not None else ()
        sections = once(
            _decided(verdict) or self._of_place(question) or self._asked_for(question) or self._of_topics(question)
        )
        sections = [
            replace(section, foreign=None) if self._is_told(section, question, warned) else section
            for section in sections
        ]
        if question.brief:
            sections = [replace(section, lines=section.lines[:IN_BRIEF]) for section in sections]
        myth, renamed = self._myth(question), self._renamed(question)
        retired = (item for item in self._told_first(sections) if self.base.entities[item].status == "retired")
        of_sections = (section.entity.id for section in sections if section.entity is not None)
        said_already = {sentence.text for section in sections for sentence in sentences_of(section)}
        gone = [note for note in over(self.base, (*of_sections, *retired)) if note.text not in said_already]
        for budget in BUDGETS[-1:] if question.brief else BUDGETS:
            shown, rest = fit(sections, budget, self._length)
            blocks = [self.showing.show(section, number, question) for number, section in enumerate(shown)]
            blocks = [*(Markup.escape(note.text) for note in (*renamed, *gone)), *blocks]
            sentences = [*renamed, *(sentence for section in shown for sentence in sentences_of(section))]
            if myth:
                blocks, sentences, rest = [self.wording.render("myth", truth=myth)], list(myth), behind(sections)
            text = Markup("\n").join(block for block in blocks if block)
            glossary, new = self.glossary.explain(text, spelled)
            body = [part for part in (text, glossary) if part]
            lines = Markup("\n").join(body).splitlines()
            if len(plain("\n".join(lines))) <= BUBBLE_LENGTH and len(lines) <= BUBBLE_LINES:
                break
        source_line = self.wording.source_line((*sentences, *lend), today)
        return Answer(
            text="\n".join(str(part) for part in (*body, source_line) if part),
            closing=sum(bool(part) for part in (glossary, source_line)),
            spelled=new,
            more=self._more(rest, today),
            sources=cite(self.base, (*sentences, *lend)),
            topics=question.topics,
            entities=question.entities,
            listed=self._listed(shown),
            general=bool(shown) and all(section.general for section in shown),
            foreign=next((section.foreign for section in shown if section.foreign), warned),
            known=any(sentence.known for section in sections for sentence in sentences_of(section)),
            statements=self._statements(sentences, question),
            about=self._about_first(shown),
        )

    def _is_told(self, section: Section, question: Question, warned: str | None) -> bool:
        """Whether it goes without saying that a section is about the usual country: it was said, it is asked about just
        that, or its sentence says so.
        """
        home = self.base.field.default_country
        if section.foreign is None or section.foreign == warned:
            return True
        if any(span.kind == "country" and span.id == home for span in question.spans):
            return True
        usual = next((item for item in self.base.assessment.countries if item.id == home), None)
        lead = section.lead.text if section.lead is not None else ""
        return re.search(rf"\b{re.escape(home)}\b", lead) is not None or (
            usual is not None and names(lead, (usual.name,))
        )

    def _listed(self, shown: Sequence[Section]) -> tuple[str, ...]:
        """What may be meant next: the credentials that the first sentence names, then what was offered."""
        told = (item for item in self._told_first(shown) if self.base.is_offered(item))
        offered = (item for section in shown for item in section.listed)
        return tuple(dict.fromkeys((*told, *offered)))

    def _about_first(self, shown: Sequence[Section]) -> tuple[str, ...]:
        """What the first sentence is about: the entity whose it is, else the one credential that it names."""
        first = next((section for section in shown if sentences_of(section)), None)
        if first is None or first.unknown:
            return ()
        named = self._told_first(shown)
        if first.entity is None:
            return tuple(named) if len(named) == 1 else ()
        return (first.entity.id,) if self.base.kinds[first.entity.id] in SPOKEN_OF else ()

    def _told_first(self, shown: Sequence[Section]) -> list[str]:
        """The credentials that the first sentence names, in its order."""
        first = next((sentence.text for section in shown for sentence in sentences_of(section)), "")
        lower = first.lower()  # a search for a whole word costs more than one for its letters
        told = [item for item, (short, letters) in self._short.items() if letters in lower and names(first, (short,))]
        return sorted(told, key=lambda item: first.find(self._short[item][0]))

    def _statements(self, sentences: Sequence[Said], question: Question) -> tuple[tuple[str, float], ...]:
        """The statements among the sentences shown; those not looked for by themselves share their weight evenly."""
        likely = [item for asking in question.askings for item in asking.found]
        weights = {item.statement.text: item for item in reversed(likely)}  # the same words may stand in several places
        found: dict[str, float] = {}
        for sentence in sentences:
            if sentence.text in weights:
                found.setdefault(weights[sentence.text].statement.id, round(weights[sentence.text].weight, 3))
            elif sentence.text in self._ids:
                found.setdefault(self._ids[sentence.text], round(1 / len(sentences), 3))
        return tuple(found.items())

    def _of_topics(self, question: Question) -> list[Section]:
        """What the topics asked about say as a whole."""
        return [self._ranked(distinct(section), question) for section in self._sections(question)]

    def _of_place(self, question: Question) -> list[Section]:
        """What is known of the place that was asked about, then of its country."""
        here = self.places.section(question) if question.part else None
        found = {item.found[0].statement.topic for item in question.askings if item.found}
        if here is None or (found and len(question.text.split()) > SHORT and here.topic not in found):
            return []
        whole = self._of_topics(question)[:1]
        country = [replace(item, lines=(), labels=()) for item in whole if item.lead and item.lead.known]
        return [here, *country]

    def _asked_for(self, question: Question) -> list[Section]:
        """What answers each question of a message, where statements were found that do."""
        found = direct(self.base, question, self.places.is_beside, self.places.is_elsewhere)
        # A part that no sentence answers gets what its topic says first.
        topics = question.topics if len(question.topics) == len(question.askings) == len(found) else ()
        for at, topic in enumerate(topics):
            of_topic = self._of_topics(replace(question, topics=(topic,)))[:1] if found[at].unknown else []
            if of_topic and of_topic[0].lead is not None and of_topic[0].lead.known:
                found[at] = replace(of_topic[0], lines=of_topic[0].lines[:1], labels=())
        return [distinct(section) for section in found]

    def _renamed(self, question: Question) -> list[Said]:
        """What somebody should know who asks by a name that is no longer right."""
        notes = []
        for span in question.spans:
            entity = self.base.entities.get(span.id)
            said = keys(span.text, abbreviation=True)
            for former in entity.former_names if entity is not None else ():
                if said & keys(former.name, abbreviation=True):
                    notes.append(Said(former.note, source=former.source, whose=former.whose))
        return notes

    def _sections(self, question: Question) -> list[Section]:
        entities = [self.base.entities[entity_id] for entity_id in question.entities if entity_id in self.base.entities]
        sections: list[Section] = []
        for topic in question.topics:
            if topic == "compare" and len(entities) > 1:
                sections += [comparison(self.base, entity, question) for entity in entities[:MAX_COMPARED]]
                continue
            roles = [entity for entity in entities if isinstance(entity, Role)]
            if topic == "path" and len(roles) > 1:
                found = between(self.base, roles[0], roles[-1]) or self._way_back(question, roles)
                if found is not None:
                    sections.append(found)
                    continue
            for entity in self._about(topic, entities):
                sections.append(
                    shape(self.base, "overview" if topic == "compare" and entity else topic, entity, question)
                )
        return sections[:MAX_SECTIONS]

    def _way_back(self, question: Question, roles: Sequence[Role]) -> Section | None:
        """The way from the second role to the first, where the question does not say which way it means."""
        spans = [span for span in question.spans if span.kind == "role"]
        told = words_between(question.text, spans[0].text, spans[-1].text) if len(spans) > 1 else ""
        return None if says(told, self.base.verdicts.towards) else between(self.base, roles[-1], roles[0])

    def _ranked(self, section: Section, question: Question) -> Section:
        """The line that was asked for first; steps and columns of a comparison keep their order."""
        if self.base.topics[section.topic].template != FACTS:
            return section
        likely = self._likeliest(section, question)
        if likely is not None:
            return likely
        return replace(section, lines=nearest_first(section.lead, section.lines, question.telling))

    def _likeliest(self, section: Section, question: Question) -> Section | None:
        """The section led by the one of its sentences that answers likeliest; None where none stands out."""
        own = [sentence for sentence in (section.lead, *section.lines) if sentence is not None]
        texts = {sentence.text: sentence for sentence in own}
        found = next((item for item in question.likely if item.statement.text in texts), None)
        if found is None or found.weight < STANDS_OUT or section.lead is None or section.lead.label is not None:
            return None
        first = texts[found.statement.text]
        if section.lead.known and not first.known and found.weight < SURELY_MEANT:
            return None
        rest = tuple(sentence for sentence in own if sentence is not first)
        if found.weight >= SURELY_MEANT:
            # One thing is asked: what else the topic says belongs only where it speaks of it.
            telling = {item.statement.text for item in question.likely if belongs(item, found, found.weight)}
            rest = tuple(sentence for sentence in rest if sentence.text in telling)
        begins = beginning(self.base, question, question.text, found)
        return replace(section, lead=replace(first, begins=begins), lines=rest)

    def _about(self, topic: str, entities: list[AnyEntity]) -> list[AnyEntity | None]:
        """The entities a topic can be asked about; those of other kinds are context, not subject."""
        kinds = self.base.topics[topic].kinds
        default = self.base.topics[topic].default
        fitting = [item for item in entities if self.base.kinds[item.id] in kinds]
        narrower = [item for item in fitting if self.base.kinds[item.id] != "term"]
        if narrower and topic not in ABOUT_TERMS:
            # "How many units for this exam": the term says what is asked, the exam is what it is about.
            fitting = narrower
        if not entities:
            return [self.base.entities.get(default) if default else None]
        if not fitting:
            return [self._usual(entities[0]) if "certification" in kinds else entities[0]]
        # "The fee" for a role is that of its usual certification, unless the role has one of its own.
        return [
            self._usual(item) if default in self.base.certifications and topic not in item.facts else item
            for item in fitting
        ]

    def _usual(self, entity: AnyEntity) -> AnyEntity:
        """The certification that employers ask of a role first; anything else is itself."""
        usual = usual_credential(self.base, entity.id)
        return self.base.certifications[usual] if usual is not None else entity

    def _length(self, sentence: Said | None) -> int:
        """Letters of a sentence as shown, its doubt included."""
        return len(plain(sentence.text)) + len(self.wording.doubt(sentence)) + 1 if sentence else 0

    def _myth(self, question: Question) -> tuple[Said, ...]:
        if question.myth is None or question.myth not in self.base.myths:
            return ()
        first, *rest = (said(fact) for fact in self.base.myths[question.myth].truth)
        told = next((item for item in question.likely if item.statement.myth == question.myth), None)
        begins = beginning(self.base, question, question.text, told) if told is not None else ""
        return (replace(first, begins=begins), *rest)

    def _more(self, sections: list[Section], today: date) -> str | None:
        sections = [section for section in sections if section.lines]
        sentences = [sentence for section in sections for sentence in section.lines]
        if not sentences:
            return None
        about = [(section, *self.showing.labelled_as(section)) for section in sections]
        text = self.wording.render("more", sections=about)
        return f"{text}\n{self.wording.source_line(sentences, today)}".strip()


def _decided(verdict: Verdict | None) -> list[Section]:
    """A verdict as a section."""
    if verdict is None:
        return []
    lead, *lines = verdict.lines
    return [Section(verdict.topic, None, lead, tuple(lines), listed=verdict.sides, direct=(verdict.topic,))]
