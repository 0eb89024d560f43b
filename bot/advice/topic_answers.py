"""One small function per topic that is more than its facts: topic, entity → `Section`.

A topic that is not listed in `SHAPES` is its facts, the first one leading.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.advice.conditions import asks_years, describe, offered_in
from bot.advice.ladder import LadderStep, moves_from, moves_into, route
from bot.advice.selection import choose, labelled
from bot.advice.wording import Said, sourced
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.conditions import certifications_in
from bot.knowledge.figures import written
from bot.knowledge.model import LABELS, AnyEntity, Certification, Guide, Label, Role
from bot.understanding.question import Question

FACTS = "facts"  # the template of topics whose sentences stand side by side
MAX_NAMED = 4
MAX_ROLES = 5
TELLING_WORD = 6


@dataclass(frozen=True)
class Section:
    """One topic about one entity, ready for a template.

    `lines` follow the lead; `labels` pairs each of the three labels with its sentences, none
    meaning "not known"; `listed` are entities offered to the person, for "the second one".
    `guide` is where the facts come from, if not from the entity; `general` says that they are
    about the field and not about the entity. `direct` are the ids of the statements that it shows because
    they answer what exactly was asked; with `nearest` they are only the nearest that is known. `unknown` are the
    words of a question that nothing answers.
    """

    topic: str
    entity: AnyEntity | None
    lead: Said | None = None
    lines: tuple[Said, ...] = ()
    labels: tuple[tuple[Label, tuple[Said, ...]], ...] = ()
    foreign: str | None = None
    listed: tuple[str, ...] = ()
    guide: Guide | None = None
    general: bool = False
    direct: tuple[str, ...] = ()
    nearest: bool = False
    unknown: str = ""

    @property
    def borrowed(self) -> bool:
        """Whether the facts speak of something else than the entity: nothing of its own may be added."""
        return self.guide is not None or self.general


Shape = Callable[[KnowledgeBase, str, AnyEntity | None, Question], Section]


def shape(base: KnowledgeBase, topic: str, entity: AnyEntity | None, question: Question) -> Section:
    """The section for any topic, with the shape that belongs to it."""
    return SHAPES.get(topic, _facts)(base, topic, entity, question)


def _facts(base: KnowledgeBase, topic: str, entity: AnyEntity | None, question: Question) -> Section:
    chosen = choose(base, topic, entity.id if entity else None, question)
    lead, *rest = chosen.facts or (None,)
    return Section(topic, entity, lead, tuple(rest), foreign=chosen.foreign, guide=chosen.guide, general=chosen.general)


def _overview(base: KnowledgeBase, topic: str, entity: AnyEntity | None, question: Question) -> Section:
    section = _facts(base, topic, entity, question)
    if entity is None or section.foreign or section.borrowed or question.guides:
        return section
    facts = tuple(sentence for sentence in (section.lead, *section.lines) if sentence)
    return replace(section, lead=_own_words(entity.summary, entity), lines=facts)


def _definition(base: KnowledgeBase, topic: str, entity: AnyEntity | None, question: Question) -> Section:
    section = _facts(base, topic, entity, question)
    if entity is None or section.lead is not None:
        return section
    lines = (_own_words(entity.summary, entity),)
    if entity.abbreviation is None:
        return replace(section, lead=lines[0])
    stands_for = base.texts.texts["stands_for"].format(abbreviation=entity.abbreviation, name=entity.name)
    return replace(section, lead=_own_words(stands_for, entity), lines=lines)


def _own_words(text: str, entity: AnyEntity) -> Said:
    """A sentence of the entity itself, with the source of its nearest fact."""
    facts = [*entity.facts.get("definition", ()), *entity.facts.get("overview", ())]
    facts += [fact for rest in entity.facts.values() for fact in rest]
    origin = next((fact for fact in facts if fact.source), None)
    return Said(text, source=origin.source if origin else None, as_of=origin.as_of if origin else None)


def _labels(base: KnowledgeBase, topic: str, entity: AnyEntity | None, question: Question) -> Section:
    """Requirements: the three labels side by side, a missing one said to be not known."""
    section = _facts(base, topic, entity, question)
    if isinstance(entity, Certification) and (section.lead is None or section.lead.label):
        # What a credential requires is who may sit its exam.
        section = _facts(base, "eligibility", entity, question)
    if entity is None or section.borrowed or question.country not in (None, base.field.default_country):
        return section
    wanted = (
        LABELS if isinstance(entity, Certification) else tuple(label for label in LABELS if labelled(entity, label))
    )
    shown = {sentence.text for sentence in (section.lead, *section.lines) if sentence and sentence.label is None}
    labels = tuple((label, tuple(s for s in labelled(entity, label) if s.text not in shown)) for label in wanted)
    facts = tuple(sentence for sentence in section.lines if sentence.label is None)
    lead = section.lead
    if lead is not None and lead.label is not None:
        labels = tuple((label, tuple(s for s in group if s.text != lead.text)) for label, group in labels)
        labels = tuple((label, group) for label, group in labels if group or label != lead.label)
    if not any(group for _, group in labels):
        labels = ()
    return replace(section, lead=lead, lines=facts, labels=labels)


def _certifications(base: KnowledgeBase, topic: str, entity: AnyEntity | None, question: Question) -> Section:
    """Which certification: named first, then what the likeliest one asks, each under its label."""
    section = _facts(base, topic, entity, question)
    if not isinstance(entity, Role) or section.borrowed:
        return section
    asked = entity.requires.employers_ask
    listed = tuple(dict.fromkeys(cert for item in asked for cert in offered_in(base, item.needs)))
    if not listed or section.foreign:
        return replace(section, listed=listed)
    first = base.certifications[listed[0]]
    short: dict[Label, tuple[Said, ...]] = {label: labelled(first, label)[:1] for label in LABELS[:2]}
    labels = tuple((label, group) for label, group in short.items() if group)
    labels += (("employers_ask", labelled(entity, "employers_ask")[:2]),)
    return replace(section, labels=labels, listed=listed)


def _issuer(base: KnowledgeBase, topic: str, entity: AnyEntity | None, question: Question) -> Section:
    section = _facts(base, topic, entity, question)
    if section.lead is not None or not isinstance(entity, Certification):
        return section if section.lead else _overview(base, "overview", entity, question)
    body = base.terms[entity.issuer]
    name = f"{body.abbreviation} ({body.name})" if body.abbreviation else body.name
    text = base.texts.texts["issued_by"].format(name=entity.short, body=name)
    return replace(section, lead=_own_words(text, entity), lines=(_own_words(entity.summary, entity),))


def _unlocks(base: KnowledgeBase, topic: str, entity: AnyEntity | None, question: Question) -> Section:
    """Jobs a credential or a degree opens; for a role, what comes next on the ladder."""
    section = _facts(base, topic, entity, question)
    if entity is None or section.borrowed:
        return section
    if isinstance(entity, Role):
        nexts = tuple(step.move.to for step in moves_from(base, entity.id))
        lines = tuple(_move_line(base, step) for step in moves_from(base, entity.id))
        return replace(section, lines=section.lines + lines, listed=nexts)
    roles = _asking(base, entity.id)
    if not roles:
        return section
    names = ", ".join(role.name for role in roles[:MAX_ROLES])
    line = sourced(
        base.texts.texts["unlocks_named"].format(name=entity.short, roles=names),
        next(item for item in roles[0].requires.employers_ask if entity.id in certifications_in(item.needs)),
    )
    listed = tuple(role.id for role in roles)
    if section.lead is None:
        return replace(section, lead=line, listed=listed)
    return replace(section, lines=(*section.lines, line), listed=listed)


def _asking(base: KnowledgeBase, certification_id: str) -> list[Role]:
    """Roles whose employers name a certification, the lower on the ladder first, then those that name it first."""
    levels = [level.id for level in base.field.levels]
    found = []
    for role in (item for item in base.roles.values() if base.is_offered(item.id)):
        named = [certifications_in(item.needs) for item in role.requires.employers_ask]
        places = [names.index(certification_id) for names in named if certification_id in names]
        if places:
            found.append((levels.index(role.level), min(places), role))
    return [role for _, _, role in sorted(found, key=lambda entry: entry[:2])]


def _of_its_roles(base: KnowledgeBase, topic: str, entity: AnyEntity | None, question: Question) -> Section:
    """What is true of the work and not of the letters: for a certification, that of the first role that asks it."""
    section = _facts(base, topic, entity, question)
    if section.lead is not None or not isinstance(entity, Certification):
        return section
    of_roles = (_facts(base, topic, role, question) for role in _asking(base, entity.id))
    found = (item for item in of_roles if item.lead and item.lead.known and not item.borrowed)
    return next((replace(item, entity=entity) for item in found), section)


def _first_steps(base: KnowledgeBase, topic: str, entity: AnyEntity | None, question: Question) -> Section:
    """Towards a certification without steps of its own: what it takes to sit."""
    section = _facts(base, topic, entity, question)
    if section.lead is not None or not isinstance(entity, Certification):
        return section
    return _labels(base, "eligibility", entity, question)


def _first_job(base: KnowledgeBase, topic: str, entity: AnyEntity | None, question: Question) -> Section:
    """With a certification nothing is known for, the jobs it opens."""
    section = _facts(base, topic, entity, question)
    if section.lead is not None or not isinstance(entity, Certification):
        return section
    return _unlocks(base, "unlocks", entity, question)


def _move_line(base: KnowledgeBase, step: LadderStep, key: str = "move") -> Said:
    """A move as a sentence. Years of an assumed move are ours, so they are left to the planner."""
    texts, move = base.texts.texts, step.move
    parts = []
    if not move.assumption:
        low, high = written(move.years_low), written(move.years_high)
        years = low if low == high else texts["from_to"].format(low=low, high=high)
        parts.append(texts["about_a_year" if move.years_high == 1 else "about_years"].format(years=years))
    if move.needs and not (move.assumption and asks_years(move.needs)):
        parts.append(texts["move_needs"].format(needs=describe(move.needs, base)))
    head = texts[key].format(start=base.roles[step.start].name, to=base.roles[move.to].name)
    line = sourced(f"{head}: {', '.join(parts)}." if parts else f"{head}.", move)
    return replace(line, assumption=False) if move.assumption else line


def _path(base: KnowledgeBase, topic: str, entity: AnyEntity | None, question: Question) -> Section:
    """How people get to a role, and what comes after it."""
    section = _facts(base, topic, entity, question)
    if not isinstance(entity, Role) or section.borrowed:
        return section if section.borrowed else _first_steps(base, topic, entity, question)
    before = moves_into(base, entity.id)[:MAX_NAMED]
    after = moves_from(base, entity.id)[:MAX_NAMED]
    lines = list(section.lines)
    lead = section.lead
    if before:
        lines += [_move_line(base, step, "move_in") for step in before]
    if after:
        names = ", ".join(base.roles[step.move.to].name for step in after)
        lines.append(sourced(base.texts.texts["comes_next"].format(names=names), after[0].move))
        lines[-1] = replace(lines[-1], assumption=False)
    if lead is None and lines:
        lead, *lines = lines
    return replace(section, lead=lead, lines=tuple(lines), listed=tuple(step.move.to for step in after))


def between(base: KnowledgeBase, start: Role, goal: Role) -> Section | None:
    """The moves from one role to another as numbered steps, or None where the ladder has none."""
    steps = route(base, start.id, goal.id)
    if not steps:
        return None
    arrow = f" {base.texts.texts['route_joiner']} "
    names = arrow.join([start.name, *(base.roles[step.move.to].name for step in steps)])
    lead = Said(base.texts.texts["route"].format(names=names))
    return Section("path", None, lead, tuple(_move_line(base, step) for step in steps), listed=(start.id, goal.id))


def comparison(base: KnowledgeBase, entity: AnyEntity, question: Question) -> Section:
    """One column of a comparison: what it is, what it asks, what it costs or pays."""
    topics = COMPARED[base.kinds[entity.id]]
    lines = []
    for topic in topics:
        section = shape(base, topic, entity, question)
        first = section.lead or next((group[0] for _, group in section.labels if group), None)
        if first is not None and not section.general:
            lines.append(replace(first, text=f"{base.texts.topics[topic].label}: {first.text}"))
    return Section("compare", entity, _own_words(entity.summary, entity), tuple(lines), listed=(entity.id,))


COMPARED: Mapping[str, tuple[str, ...]] = {
    "role": ("duties", "salary", "certifications"),
    "certification": ("eligibility", "exam", "cost"),
    "degree": ("duration", "cost", "unlocks"),
    "term": ("definition",),
}


def _specialties(base: KnowledgeBase, topic: str, entity: AnyEntity | None, question: Question) -> Section:
    """The specialties in general; those whose own words stand in the question come first."""
    section = _facts(base, topic, entity, question)
    if isinstance(entity, Certification):
        return section
    specialties = [item for item in base.certifications.values() if item.specialty and item.status == "current"]
    asked = set(question.text.lower().split())
    words = {item.id: _words(item) for item in specialties}
    # A word that most of them share tells none apart.
    telling = {word for word in asked if sum(word in own for own in words.values()) <= max(1, len(words) // 4)}
    named = [item for item in specialties if telling & words[item.id]]
    if not named:
        return section
    lines = [_own_words(f"{item.short} ({item.name}): {item.summary}", item) for item in named[:MAX_NAMED]]
    rest = tuple(sentence for sentence in (section.lead, *section.lines) if sentence)
    return replace(section, lead=lines[0], lines=(*lines[1:], *rest), listed=tuple(item.id for item in named))


def _words(certification: Certification) -> set[str]:
    """The longer words of a certification's names."""
    words = {word.lower() for name in (certification.name, *certification.aliases) for word in name.split()}
    return {word for word in words if len(word) >= TELLING_WORD}


SHAPES: Mapping[str, Shape] = {
    "specialties": _specialties,
    "overview": _overview,
    "definition": _definition,
    "requirements": _labels,
    "eligibility": _labels,
    "certifications": _certifications,
    "issuer": _issuer,
    "unlocks": _unlocks,
    "path": _path,
    "outlook": _of_its_roles,
    "first_job": _first_job,
    "getting_started": _first_steps,
}
