"""The assessment and the lists of the field: ids once, questions that can be answered, skips that can happen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.knowledge.checks.subject import Subject
from bot.knowledge.content import Assessment, AssessmentQuestion, FieldOfWork
from bot.knowledge.loaded import Located
from bot.knowledge.yaml_file import Problem, Trail

LISTS = ("countries", "experience", "licences", "settings", "education", "backgrounds", "questions")


def ids(subject: Subject) -> Iterator[Problem]:
    """Ids that a list declares twice."""
    for found, assessment in subject.of(Assessment):
        for key in LISTS:
            yield from twice_in(found, (key,), (item.id for item in getattr(assessment, key)))
        for index, question in enumerate(assessment.questions):
            yield from twice_in(found, ("questions", index, "choices"), (choice.id for choice in question.choices))
    for found, field in subject.of(FieldOfWork):
        yield from twice_in(found, ("levels",), (level.id for level in field.levels))


def twice_in(found: Located, trail: Trail, given: Iterable[str]) -> Iterator[Problem]:
    """Ids that stand more than once in the list at `trail`."""
    seen: set[str] = set()
    for index, item in enumerate(given):
        if item in seen:
            yield found.problem((*trail, index), f"the id `{item}` is given twice", "rename or delete one")
        seen.add(item)


def questions(subject: Subject) -> Iterator[Problem]:
    """Units, numbers and skips of the questions; a goal must be asked for."""
    for found, assessment in subject.of(Assessment):
        earlier: dict[str, AssessmentQuestion] = {}
        for index, question in enumerate(assessment.questions):
            trail: Trail = ("questions", index)
            yield from _skips(found, trail, question, earlier)
            if (question.kind == "number") != (question.unit is not None):
                mend = "give `unit: years`, `hours` or `money` to a question of kind number, and to no other"
                yield found.problem((*trail, "kind"), f"`kind` and `unit` of `{question.id}` do not fit", mend)
            earlier[question.id] = question
        if not any(question.fills == "goal" for question in assessment.questions):
            mend = "add one with `fills: goal`"
            yield found.problem(("questions",), "no question asks for the goal, so no plan can be made", mend)


def _skips(
    found: Located, trail: Trail, question: AssessmentQuestion, earlier: dict[str, AssessmentQuestion]
) -> Iterator[Problem]:
    conditions = [("skip_if", *pair) for pair in question.skip_if.items()]
    conditions += [("later_if", *pair) for pair in question.later_if.items()]
    for key, asked, choices in conditions:
        place = (*trail, key, asked)
        if asked not in earlier:
            mend = f"name one of: {', '.join(earlier) or 'none, this is the first'}"
            yield found.problem(place, f"`{asked}` is not an earlier question", mend)
            continue
        known = [choice.id for choice in earlier[asked].choices]
        for choice in choices:
            if choice not in known:
                yield found.problem(
                    place, f"`{choice}` is not a choice of `{asked}`", f"name one of: {', '.join(known)}"
                )
