"""Whether somebody may sit an exam, by its rule and by what they told of themselves."""

from __future__ import annotations

from bot.advice.planner.person import holds, person_of, weeks_of, weeks_within
from bot.advice.profile import Profile
from bot.advice.verdicts.asked import asking_text, named_in, says
from bot.advice.verdicts.yes_or_no import plain_words, wants_yes_or_no
from bot.advice.wording import Said, sourced
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.conditions import leaves
from bot.knowledge.model import Condition
from bot.understanding.question import Question

TOPICS = ("eligibility", "requirements", "education", "experience")


def may_sit(base: KnowledgeBase, question: Question, profile: Profile) -> tuple[list[Said], str] | None:
    """Whether the person may sit the one exam that is asked about, and that exam; None where that is not asked, or
    nothing was told that its rule speaks of.
    """
    how, text = base.verdicts.yes_or_no, plain_words(asking_text(question))
    if not wants_yes_or_no(how, text) or not says(text, base.verdicts.sitting) or says(text, how.negations):
        return None
    exams = list(dict.fromkeys(span.id for span in named_in(question) if span.kind == "certification"))
    exams = [item for item in exams if item not in profile.certifications]
    if question.topics[:1] not in ((), *((topic,) for topic in TOPICS)) or len(exams) != 1:
        return None
    ruled = [need for need in base.certifications[exams[0]].requires.exam_requires if need.needs is not None]
    if not ruled or not any(_told_of(need.needs, profile) for need in ruled):
        return None
    person, words = person_of(base, profile), base.verdicts.words
    if all(holds(base, person, need.needs) for need in ruled if need.needs is not None):
        return [sourced(words["may_sit"].format(say=ruled[0].say), ruled[0])], exams[0]
    short = next((need for need in ruled if _too_few_years(need.needs, profile)), None)
    # What was not told may be there all the same: only work that was told, and is too little, is no.
    return ([sourced(words["may_not_sit"].format(say=short.say), short)], exams[0]) if short is not None else None


def not_yet(base: KnowledgeBase, exam: str, profile: Profile) -> Said | None:
    """That somebody has told of too little work to sit an exam; None where they may, or it is not known."""
    for need in base.certifications[exam].requires.exam_requires:
        if need.needs is not None and _too_few_years(need.needs, profile):
            text = base.verdicts.words["not_yet_of"].format(name=base.certifications[exam].short, say=need.say)
            return sourced(text, need)
    return None


def _too_few_years(condition: Condition | None, profile: Profile) -> bool:
    """Whether fewer years of some work were told than the rule cannot be met without, whatever else is held."""
    return any(weeks_of(years) < weeks_within(condition, kind) for kind, years in profile.years.items())


def _told_of(condition: Condition | None, profile: Profile) -> bool:
    """Whether somebody told of work, a licence, a school or a credential that a rule names."""
    return any(
        leaf.of in profile.years
        or leaf.licence in profile.licences
        or leaf.certification in profile.certifications
        or (leaf.education in profile.education and leaf.accredited is None)
        for leaf in leaves(condition)
    )
