"""Which sentences may follow the one that answers, and which of two goes first."""

from __future__ import annotations

import pytest

from bot.advice.direct import direct
from bot.advice.fitting import distinct
from bot.advice.further import belongs, follows, known_first
from bot.advice.topic_answers import Section
from bot.advice.wording import Said
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.facts import Fact
from bot.understanding.question import Asking, FoundStatement, Question
from bot.understanding.statements import Statement

BEST = 0.6
STORY = "i have told you a good deal about myself by now and what i ask is only one thing of many"


def found(weight: float, *, known: bool = True, like: float = 0.6, covered: float = 0.3) -> FoundStatement:
    record = Fact(say=f"It is {weight}.", assumption=True) if known else Fact(say="I don't know.", known=False)
    return FoundStatement(Statement(f"{weight}", record.say, "cost", record=record), weight, like=like, covered=covered)


FIRST = found(BEST)
UNKNOWN = found(BEST, known=False)


@pytest.mark.parametrize(
    ("item", "stays"),
    [
        (found(0.3, like=0.1, covered=0.1), True),  # half as likely
        (found(0.08), True),  # an eighth, and near to what was asked
        (found(0.08, like=0.1, covered=0.1), False),
        (found(0.04, like=0.55), False),  # a fifteenth, and no nearer than the first
        (found(0.02, like=0.9, covered=0.9), False),  # hardly likely, however near
        (found(0.1, known=False), False),  # that something else is not known …
        (found(0.1, known=False, covered=0.6), True),  # … but for what says more of the question's words
        (found(0.5, known=False), True),  # … or was likely itself
    ],
)
def test_what_follows_speaks_of_what_was_asked(item: FoundStatement, stays: bool) -> None:
    assert belongs(item, FIRST, BEST) == stays


def test_where_just_that_is_not_known_what_is_helps_sooner() -> None:
    assert belongs(found(0.04, like=0.55), UNKNOWN, BEST)
    assert not belongs(found(0.04, like=0.4, covered=0.1), UNKNOWN, BEST)


def test_what_is_nearer_than_the_first_belongs_sooner() -> None:
    assert belongs(found(0.04, like=0.7), FIRST, BEST)
    assert belongs(found(0.04, like=0.5, covered=0.4), FIRST, BEST)
    assert not belongs(found(0.04, like=0.5), FIRST, BEST)


def test_a_story_is_likened_less_than_a_question() -> None:
    item = found(0.04, like=0.55)
    assert follows(Question(STORY, "answer"), item, FIRST, BEST)
    assert not follows(Question("what is it", "answer"), item, FIRST, BEST)


@pytest.mark.parametrize(("weight", "first"), [(0.5, True), (0.3, False)])
def test_what_is_known_goes_before_what_is_not_where_it_is_nearly_as_likely(weight: float, first: bool) -> None:
    unknown, known = found(BEST, known=False), found(weight)
    assert (known_first([unknown, known])[0] is known) == first
    assert known_first([known, unknown])[0] is known


def test_what_speaks_of_a_place_that_is_not_asked_about_follows_no_other(base: KnowledgeBase) -> None:
    items = [found(weight) for weight in (0.6, 0.5, 0.4)]
    question = Question("what is it", "answer", askings=(Asking("what is it", tuple(items), support=0.9),))
    (section,) = direct(base, question, is_elsewhere=lambda _, item: item is items[1].statement)
    assert section.direct == ("0.6", "0.4")


def test_of_a_list_that_says_the_same_of_many_things_one_is_shown() -> None:
    said = "Higher here, by medians of May: {} {} USD a year, others {}."
    lines = (said.format("porters", "45,920", "51,140"), said.format("typists", "40,410", "51,140"), "Ask for both.")
    section = Section("salary", None, Said("A median of 68,020 USD a year."), tuple(map(Said, lines)), direct=("a",))
    assert [line.text for line in distinct(section).lines] == [lines[0], lines[2]]
