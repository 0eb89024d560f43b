"""The guided self-assessment as data: which question is next, what an answer means.

State in, state out; the bubbles and the repairs are in `flows/assessment/`. Questions, choices and
their meaning are content (`assessment.yaml`); nothing here knows what is asked.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.advice.profile import Profile
from bot.conversation.session import AssessmentState, Given
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.content import AssessmentQuestion, Choice

CORRECTED = ("country", "role", "certifications", "goal", "setting", "hours_per_week", "budget")


def questions(base: KnowledgeBase) -> dict[str, AssessmentQuestion]:
    """The questions by id, in the order asked."""
    return {question.id: question for question in base.assessment.questions}


def relevant(base: KnowledgeBase, answers: Mapping[str, Given]) -> list[str]:
    """Ids of the questions this person is asked, given what they said so far."""
    return [
        question.id
        for question in base.assessment.questions
        if not _left_out(question.skip_if, answers)
        and not (question.id not in answers and _left_out(question.later_if, answers))
    ]


def _left_out(conditions: Mapping[str, tuple[str, ...]], answers: Mapping[str, Given]) -> bool:
    """Whether an earlier answer, or its being skipped, makes a question needless."""
    return any(
        answers[earlier].empty or set(choices) & set(answers[earlier].choices)
        for earlier, choices in conditions.items()
        if earlier in answers
    )


def start(base: KnowledgeBase, profile: Profile | None = None) -> AssessmentState:
    """At the first question that `profile` does not answer; without one at the first."""
    state = AssessmentState(at=base.assessment.questions[0].id)
    return prefilled(base, state, profile) if profile is not None else state


def _open(base: KnowledgeBase, answers: Mapping[str, Given]) -> int:
    """How many questions are still to be asked."""
    return sum(key not in answers for key in relevant(base, answers))


def prefilled(base: KnowledgeBase, state: AssessmentState, profile: Profile) -> AssessmentState:
    """What is known is not asked: open questions that the profile answers are."""
    answers, known = dict(state.answers), list(state.known)
    for question in base.assessment.questions:
        if question.id in answers or question.id not in relevant(base, answers):
            continue
        given = _known(base, question, profile, answers)
        if given is not None:
            answers[question.id] = given
            known.append(question.id)
    return _settle(base, answers, tuple(known)) if len(answers) > len(state.answers) else state


def agreeing(base: KnowledgeBase, state: AssessmentState, profile: Profile) -> AssessmentState:
    """The answers as somebody has corrected them in the meantime: what the profile says otherwise counts.

    A profile is kept in step with the answers, so that where the two differ something was said since.
    """
    said = profile_of(base, state)
    answers = dict(state.answers)
    for question in base.assessment.questions:
        key = question.fills
        given = answers.get(question.id, Given())
        if given.years:
            years = {kind: profile.years.get(kind, count) for kind, count in given.years.items()}
            answers[question.id] = given.model_copy(update={"years": years})
        if question.id in answers and key in CORRECTED and getattr(said, key) != getattr(profile, key):
            answers[question.id] = _known(base, question, profile, answers) or Given()
    return state if answers == state.answers else _settle(base, answers, state.known)


def _known(
    base: KnowledgeBase, question: AssessmentQuestion, profile: Profile, answers: Mapping[str, Given]
) -> Given | None:
    """The answer that a profile gives to a question; None where it gives none. Years are known where they are of the
    work that the `answers` or the profile tell of.
    """
    if question.fills == "years":
        values, collected, _ = _said(base, answers)
        licences = [*profile.licences, *collected["licences"]]
        kind = _kind_of_years(base, {"role": profile.role, **values}, {"licences": licences})
        return Given(years=dict(profile.years)) if kind in profile.years else None
    if question.fills == "role" and profile.role is None:
        background = next(
            (item.id for item in base.assessment.backgrounds if item.licence and item.licence in profile.licences), None
        )
        return Given(ids=(background,)) if background is not None else None
    value = getattr(profile, question.fills)
    if question.unit is not None:
        currency = profile.budget_currency if question.unit == "money" else None
        return Given(number=value, currency=currency) if value is not None else None
    ids = value if isinstance(value, tuple) else (value,) if value is not None else ()
    return Given(ids=ids) if ids else None


def answer(base: KnowledgeBase, state: AssessmentState, question_id: str, given: Given) -> AssessmentState:
    """Keep an answer, in place of an earlier one, and go to the first question still open.

    What is put right of a question that is not on the screen changes only the kinds of years that it names.
    """
    earlier = state.answers.get(question_id)
    if question_id != state.at and given.years and earlier is not None:
        given = given.model_copy(update={"years": {**earlier.years, **given.years}})
    answers = {**state.answers, question_id: given}
    early = question_id != state.at and question_id not in state.answers
    return _settle(base, answers, (*state.known, question_id) if early else state.known)


def _settle(base: KnowledgeBase, answers: dict[str, Given], known: tuple[str, ...] = ()) -> AssessmentState:
    asked = relevant(base, answers)
    kept = {key: value for key, value in answers.items() if key in asked}
    open_questions = [key for key in asked if key not in kept]
    return AssessmentState(
        at=open_questions[0] if open_questions else None,
        answers=kept,
        known=tuple(item for item in known if item in kept),
    )


def back(base: KnowledgeBase, state: AssessmentState) -> AssessmentState | None:
    """At the question before, its answer taken back; None at the first."""
    asked = [key for key in relevant(base, state.answers) if key not in state.known]
    here = asked.index(state.at) if state.at in asked else len(asked)
    if here == 0:
        return None
    before = asked[here - 1]
    answers = {key: value for key, value in state.answers.items() if key != before}
    return AssessmentState(at=before, answers=answers, known=state.known)


def mend(base: KnowledgeBase, state: AssessmentState) -> tuple[AssessmentState, bool]:
    """A state that fits this knowledge base, and whether anything had to go.

    The knowledge base may have changed since the last message: a question, a choice or an
    entity of a stored answer may be gone.
    """
    known = questions(base)
    kept = {key: value for key, value in state.answers.items() if key in known and _fits(base, known[key], value)}
    if kept == state.answers and (state.at is None or state.at in known):
        return state, False
    return _settle(base, kept, state.known), True


def _fits(base: KnowledgeBase, question: AssessmentQuestion, given: Given) -> bool:
    choices = {choice.id for choice in question.choices}
    levels = {level.id for level in base.assessment.education}
    licences = {licence.id for licence in base.assessment.licences}
    countries = {country.id for country in base.assessment.countries}
    others = {item.id for item in (*base.assessment.settings, *base.assessment.backgrounds)}
    known = base.entities.keys() | levels | licences | countries | others
    kinds = {kind.id for kind in base.assessment.experience}
    return set(given.choices) <= choices and set(given.ids) <= known and given.years.keys() <= kinds


def progress(base: KnowledgeBase, state: AssessmentState) -> tuple[int, int]:
    """(which question this is, how many there are), counting from 1.

    Which it is counts what was asked, so that it never jumps: what is answered early, or needless, makes them fewer.
    """
    asked = sum(key in state.answers and key not in state.known for key in relevant(base, state.answers))
    return (asked + 1, asked + _open(base, state.answers)) if state.at is not None else (asked, asked)


def _said(
    base: KnowledgeBase, answers: Mapping[str, Given]
) -> tuple[dict[str, object], dict[str, list[str]], dict[str, float]]:
    """What answers say: the single values of a profile (and the `background`), its lists, and years by kind."""
    values: dict[str, object] = {}
    collected: dict[str, list[str]] = {"certifications": [], "education": [], "licences": []}
    years: dict[str, float] = {}
    known = questions(base)
    for question_id in relevant(base, answers):
        given = answers.get(question_id)
        if given is None:
            continue
        question = known[question_id]
        for choice in (item for item in question.choices if item.id in given.choices):
            for key, value in choice.sets.model_dump(exclude_defaults=True).items():
                if key in collected:
                    collected[key] += value
                elif key == "years":
                    years |= value
                else:
                    values[key] = value
        if given.ids:
            _take_ids(base, question.fills, given.ids, values, collected)
        years |= given.years
        number = _number_of(question.choices, given)
        if number is not None and question.unit != "years":
            values[question.fills] = number
            if question.unit == "money":
                values["budget_currency"] = given.currency
        elif number is not None:
            years[_kind_of_years(base, values, collected)] = number
    return values, collected, years


def profile_of(base: KnowledgeBase, state: AssessmentState) -> Profile:
    """What all answers say together. Later questions win where two set the same single value."""
    values, collected, years = _said(base, state.answers)
    values.pop("background", None)
    unique = {key: tuple(dict.fromkeys(items)) for key, items in collected.items()}
    return Profile.model_validate({**values, **unique, "years": years})


def completed(base: KnowledgeBase, state: AssessmentState, before: Profile) -> Profile:
    """The profile after the assessment: what was asked replaces what was known, the rest of that stays."""
    answered = profile_of(base, state)
    fills = {question.fills for question in base.assessment.questions if question.id in state.answers}
    update: dict[str, object] = {key: getattr(answered, key) for key in fills if key != "years"}
    update["years"] = {**before.years, **answered.years}
    update["licences"] = tuple(dict.fromkeys((*before.licences, *answered.licences)))
    update["education"] = answered.education or before.education
    update["setting"] = answered.setting or before.setting
    if "budget" in fills:
        update["budget_currency"] = answered.budget_currency
    return before.model_copy(update=update)


def without_years(base: KnowledgeBase, profile: Profile, before: AssessmentState, after: AssessmentState) -> Profile:
    """A profile without the years of an answer that fell away because an earlier one was put right."""
    fallen = {
        question.id
        for question in base.assessment.questions
        if question.fills == "years" and question.id in before.answers and question.id not in after.answers
    }
    gone = profile_of(base, before).years if fallen else {}
    return profile.model_copy(update={"years": {kind: n for kind, n in profile.years.items() if gone.get(kind) != n}})


def _take_ids(
    base: KnowledgeBase, fills: str, ids: tuple[str, ...], values: dict[str, object], collected: dict[str, list[str]]
) -> None:
    """Ids that were typed; a background stands for the licence and the schooling it implies."""
    if fills in collected:
        collected[fills] += ids
        return
    background = next((item for item in base.assessment.backgrounds if item.id == ids[0]), None)
    if background is None or fills != "role":
        values[fills] = ids[0]
        return
    collected["licences"] += [background.licence] if background.licence else []
    collected["education"] += [background.education] if background.education else []
    values["background"] = background.id


def _number_of(choices: tuple[Choice, ...], given: Given) -> float | None:
    if given.number is not None:
        return given.number
    return next((choice.number for choice in choices if choice.id in given.choices and choice.number is not None), None)


def _kind_of_years(base: KnowledgeBase, values: Mapping[str, object], collected: Mapping[str, list[str]]) -> str:
    """The kind of experience that "that work" was: the role's, else the licence's, else other."""
    role = values.get("role")
    if isinstance(role, str) and role in base.roles:
        return base.roles[role].experience
    for background in base.assessment.backgrounds:
        if background.id == values.get("background") and background.experience:
            return background.experience
    for background in base.assessment.backgrounds:
        if background.licence in collected["licences"] and background.experience:
            return background.experience
    return base.assessment.experience[-1].id
