from __future__ import annotations

import pytest

from bot.advice.answers import Answers
from bot.advice.nearest import asked_amount, told_amounts
from bot.knowledge.base import KnowledgeBase
from bot.understanding.question import Asking, FoundStatement, Question, Span
from bot.understanding.statements import Statement, statements


@pytest.fixture(scope="module")
def answers(base: KnowledgeBase) -> Answers:
    return Answers(base)


def nearest(text: str, *found: Statement, spans: tuple[Span, ...] = ()) -> Question:
    """A question of which some statements are only the nearest that is known."""
    asking = Asking(text, tuple(FoundStatement(item, 0.5) for item in found), support=0.5)
    named = tuple(span.id for span in spans)
    return Question(text, "answer", ("exam",), named, spans=spans, askings=(asking,), nearest=True)


def own(base: KnowledgeBase, entity: str) -> Statement:
    return next(item for item in statements(base) if item.owner == entity and item.guide is None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("how long is my certificate good for", "time"),
        ("how soon could i sit it again", "time"),
        ("what is the price of a second try", "money"),
        ("how long is it and what does it cost", None),
        ("is it hard", None),
    ],
)
def test_the_kind_of_amount_that_is_asked(base: KnowledgeBase, text: str, kind: str | None) -> None:
    assert asked_amount(base.language, text) == kind


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Members paid 199 USD.", {"money"}),
        ("A median of 51,140 USD a year.", {"money"}),
        ("It lasts two years, or 16 weeks at least.", {"time"}),
        ("16.3 office visits an hour was the mean.", set()),
        ("Ask the employer.", set()),
    ],
)
def test_the_kinds_of_amounts_that_a_sentence_tells(base: KnowledgeBase, text: str, kinds: set[str]) -> None:
    assert told_amounts(base.language, text) == kinds


def test_nothing_near_of_another_credential_is_shown(answers: Answers, base: KnowledgeBase) -> None:
    asked, other = own(base, "cic"), own(base, "crc")
    span = (Span(0, 1, "cic", "certification", "cic", 100.0),)
    kept = answers.nearest.pruned(nearest("is the cic in braille", other, asked, spans=span))
    assert [item.statement for item in kept.askings[0].found] == [asked]


def test_where_nothing_fitting_is_near_it_is_not_known(answers: Answers, base: KnowledgeBase) -> None:
    span = (Span(0, 1, "cic", "certification", "cic", 100.0),)
    found = answers.nearest.pruned(nearest("is the cic in braille", own(base, "crc"), spans=span))
    assert (found.decision, found.askings) == ("unknown", ())


def test_money_is_not_near_to_a_question_for_time(answers: Answers, base: KnowledgeBase) -> None:
    by_amount = {frozenset(told_amounts(base.language, item.text)): item for item in statements(base)}
    money, time = by_amount[frozenset({"money"})], by_amount[frozenset({"time"})]
    found = nearest("how long does that go on", money, time)
    kept = answers.nearest.pruned(found).askings[0].found
    assert money not in [item.statement for item in kept]


def test_what_is_surely_answered_is_left_alone(answers: Answers, base: KnowledgeBase) -> None:
    asked = nearest("how long is it", own(base, "crc"))
    sure = Question(asked.text, "answer", askings=asked.askings)
    assert answers.nearest.pruned(sure) is sure
