"""Whether something is worth it: weighed against what is held by rule, else by the sum of the road to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.advice.profile import Profile
from bot.advice.road import in_words, road_to
from bot.advice.verdicts.asked import asking_text, named_in, says
from bot.advice.verdicts.choices import by_rule
from bot.advice.verdicts.figures import PAY, figure, shown
from bot.advice.verdicts.together import told_as_held
from bot.advice.wording import Said, said, sourced
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Certification
from bot.understanding.entities import ENTITY_KINDS
from bot.understanding.finding.support import ANSWER_FROM
from bot.understanding.question import Question

TOPIC = "worth_it"
PAY_TOPIC = "salary"
FACTS = 2  # sentences of the thing itself that are shown
LONG = 4  # letters of a word that says something


def worth(base: KnowledgeBase, question: Question, profile: Profile) -> tuple[list[Said], str] | None:
    """What speaks for and against it, first the verdict, and what it is about; None where that is not asked."""
    verdicts, text = base.verdicts, asking_text(question)
    if not says(text, verdicts.worth) or question.topics[:1] not in ((), (TOPIC,)):
        return None
    subject = _subject(base, question, profile)
    if subject is None or _of_another(question, subject):
        return None
    entity = base.entities[subject]
    known = [_without(base, said(fact)) for fact in entity.facts.get(TOPIC, ()) if fact.known][:FACTS]
    having = _having(base, question, profile)
    if isinstance(entity, Certification):
        ruled = _by_rule(base, subject, _named_beside(question, subject), having)
        if ruled:
            return [*ruled, *known[:1]], subject
    if subject in (*having.certifications, profile.role):
        return None  # whether to keep it is another question
    total = _sum(base, subject, profile)
    paid = [
        said(fact)
        for fact in entity.facts.get(PAY_TOPIC, ())
        if fact.known and says(fact.say.lower(), (entity.short.lower(),))
    ]
    told = [total, *paid[:1], *known] if total is not None else known
    return (told, subject) if told else None


def _of_another(question: Question, subject: str) -> bool:
    """Whether a sentence was found that answers, and it is about another thing (a school, say) than those weighed."""
    best = max(question.askings, key=lambda item: item.support, default=None)
    owner = best.found[0].statement.owner if best is not None and best.found else None
    weighed = (None, subject, *_named_beside(question, subject))
    return best is not None and best.support >= ANSWER_FROM and owner not in weighed


def _without(base: KnowledgeBase, sentence: Said) -> Said:
    """A sentence without an "it depends" at its beginning: the sum before it has said so."""
    depends = base.verdicts.yes_or_no.words.get("depends", "")
    return replace(sentence, text=sentence.text.removeprefix(depends).strip()) if depends else sentence


def _subject(base: KnowledgeBase, question: Question, profile: Profile) -> str | None:
    """The one thing that is weighed: named, spoken of, or the field itself where hardly anything else is said."""
    named = list(dict.fromkeys(span.id for span in named_in(question) if span.kind in ENTITY_KINDS))
    if named and named[0] not in base.certifications and named[0] not in base.roles:
        return None  # a school or a body is weighed by what is said of it
    weighed = [item for item in named if item in base.certifications or item in base.roles]
    held = {*_having(base, question, profile).certifications, profile.role}
    weighed.sort(key=lambda item: item in held)
    if question.entities and question.entities[0] not in base.certifications and question.entities[0] not in base.roles:
        return None
    kinds = [word for words in base.verdicts.kinds.values() for word in words]
    phrases = (*base.verdicts.worth, *base.verdicts.deciding, *kinds)
    small = {word for phrase in phrases for word in phrase.split()}
    beside = [word for word in question.telling if word not in small and len(word) >= LONG]
    if not weighed:
        spoken = question.entities[:1] if question.from_context else (base.field.default_entity,)
        weighed = [item for item in spoken if item in base.certifications or item in base.roles]
    return weighed[0] if weighed and (named or not beside) else None


def _named_beside(question: Question, subject: str) -> list[str]:
    """The other credentials that are named where something is asked."""
    return [span.id for span in named_in(question) if span.kind == "certification" and span.id != subject]


def _having(base: KnowledgeBase, question: Question, profile: Profile) -> Profile:
    """The profile with the credentials that a question itself says are held ("with a …"); any other that it names may
    be wanted, or somebody else's.
    """
    told = told_as_held(base, question)
    return profile.model_copy(update={"certifications": tuple(dict.fromkeys((*profile.certifications, *told)))})


def _by_rule(base: KnowledgeBase, subject: str, beside: Sequence[str], profile: Profile) -> list[Said]:
    """The rule between the thing and a credential that the person holds, or that is named beside it."""
    for others in (profile.certifications, beside):
        for choice in base.verdicts.choices:
            if subject in choice.between and any(item in others for item in choice.between if item != subject):
                lines, _ = by_rule(base, choice, profile)
                return lines[:FACTS]
    return []


def _sum(base: KnowledgeBase, subject: str, profile: Profile) -> Said | None:
    """What the road to it takes from where the person stands, against what the work pays."""
    road = road_to(base, profile, subject)
    if road is None or not road.weeks:
        return None
    slots = {"name": base.entities[subject].short, **in_words(base, road)}
    pay = figure(base, subject, PAY) if subject in base.roles else None
    measure = next((item for item in base.verdicts.measures if item.figure == PAY), None)
    if pay is None or measure is None:
        return Said(base.verdicts.words["worth_sum"].format(**slots))
    text = base.verdicts.words["worth_against_pay"].format(pay=shown(base, measure, pay), **slots)
    return sourced(text, pay)
