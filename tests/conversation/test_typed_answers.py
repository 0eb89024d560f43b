from __future__ import annotations

import pytest

from bot.conversation.form import questions
from bot.conversation.session import Given
from bot.conversation.typed_answers import missed_range, read_answer
from bot.knowledge.base import KnowledgeBase
from bot.understanding.parsing.cues import starts_with_cue
from bot.understanding.parsing.speech import Speech
from bot.understanding.question import Span


def span(kind: str, entity: str) -> Span:
    return Span(0, 1, entity, kind, entity, 100)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("question", "text", "spans", "given_"),
    [
        ("country", "United States", (), Given(choices=("us",))),
        ("country", "united sttes", (), Given(choices=("us",))),
        ("country", "i live in dubai", (), Given(ids=("AE",))),
        ("stand", "im a biller", (), Given(choices=("billing",))),
        ("stand", "biller", (), Given(choices=("billing",))),
        ("stand", "im a biller", (span("role", "medical-biller"),), Given(ids=("medical-biller",))),
        ("years", "about 2 and a half years", (), Given(number=2.5)),
        ("certifications", "none yet", (), Given(choices=("none",))),
        (
            "certifications",
            "cpc and ccs",
            (span("certification", "cpc"), span("certification", "ccs")),
            Given(ids=("cpc", "ccs")),
        ),
        ("education", "12th pass", (), Given(ids=("high-school",))),
        ("education", "associates in him", (), Given(choices=("him-associate",))),
        ("goal", "auditor", (span("role", "coding-auditor"),), Given(choices=("auditor",))),
        ("goal", "privacy officer", (span("role", "privacy-officer"),), Given(ids=("privacy-officer",))),
        ("hours", "ten hours", (), Given(number=10)),
        ("budget", "2k", (), Given(number=2000)),
        ("budget", "purple", (), None),
        ("budget", "10 hours", (), None),
        ("hours", "500 usd", (), None),
        ("goal", "Office coder. I'm a 52 year old woman named Maria.", (), Given(choices=("office-coder",))),
        ("country", "US, I live alone", (), Given(choices=("us",))),
        ("years", "under 3 years, I'm 52", (), Given(number=3)),
        ("stand", "new", (), Given(choices=("new",))),
        ("hours", "100", (), None),
        ("hours", "0", (), None),
        ("hours", "i am 2 weeks behind", (), None),
        ("years", "99 years", (), None),
        ("goal", "", (), None),
    ],
)
def test_typed_answers(
    base: KnowledgeBase, question: str, text: str, spans: tuple[Span, ...], given_: Given | None
) -> None:
    assert read_answer(base, Speech(base.language), questions(base)[question], text, spans) == given_


@pytest.mark.parametrize("text", ["im 16", "I'm 15 years old", "i am only 17", "under 18", "16 yo here"])
def test_somebody_under_age_is_heard(base: KnowledgeBase, text: str) -> None:
    assert Speech(base.language).numbers.minor(text)


@pytest.mark.parametrize("text", ["im 26", "i am 16 years in billing", "15 hours", "i have 12 years", "im 18"])
def test_others_are_not_taken_for_children(base: KnowledgeBase, text: str) -> None:
    assert not Speech(base.language).numbers.minor(text)


def test_a_cue_opens_a_correction() -> None:
    assert starts_with_cue("Actually, I live in India", ("actually", "sorry")) == "i live in india"
    assert starts_with_cue("actual", ("actually",)) is None


def test_a_number_out_of_reach_is_told_its_range(base: KnowledgeBase) -> None:
    asked, speech = questions(base), Speech(base.language)
    assert missed_range(speech, asked["hours"], "100 hours") == (0.5, 80)
    assert missed_range(speech, asked["years"], "99") == (0, 60)
    assert missed_range(speech, asked["hours"], "10") is None
    assert missed_range(speech, asked["goal"], "100") is None
