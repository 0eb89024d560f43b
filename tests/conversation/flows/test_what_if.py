from __future__ import annotations

import pytest

from bot.advice.profile import Profile
from bot.conversation.flows.roadmap.what_if import changed, supposed
from bot.knowledge.base import KnowledgeBase
from bot.understanding.parsing.speech import Speech

CODER = Profile(role="medical-coder", years={"coding": 3}, certifications=("cpc",))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("10 hours", ("hours_per_week", "10")),
        ("ten hours a week", ("hours_per_week", "10")),
        ("a bachelor's", ("education", "bachelor")),
        ("a master's degree", ("education", "master")),
        ("an RN", ("licences", "rn")),
        ("2 more years", ("years", "auditing+2")),
        ("2 more years of coding", ("years", "coding+5")),
        ("5 years of coding", ("years", "coding+5")),
        ("worked in a hospital", ("setting", "hospital")),
        ("lived in India", ("country", "IN")),
        ("the CCS", ("certifications", "ccs")),
        ("pigs could fly", None),
        ("", None),
    ],
)
def test_what_a_what_if_changes(base: KnowledgeBase, words: str, expected: tuple[str, str] | None) -> None:
    assert supposed(base, Speech(base.language), CODER, words, "auditing") == expected


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("hours_per_week", "0"),
        ("hours_per_week", "x"),
        ("years", "magic+3"),
        ("years", "coding+900"),
        ("education", "cpc"),
        ("country", "XX"),
        ("goal", "coding-auditor"),
        ("gender", "any"),
    ],
)
def test_what_is_not_known_changes_nothing(base: KnowledgeBase, key: str, value: str) -> None:
    assert changed(base, CODER, key, value) is None


def test_every_supposition_makes_a_profile(base: KnowledgeBase) -> None:
    assert changed(base, CODER, "years", "coding+5") == CODER.model_copy(update={"years": {"coding": 5.0}})
    assert changed(base, CODER, "certifications", "ccs") == CODER.model_copy(update={"certifications": ("cpc", "ccs")})
    assert changed(base, CODER, "country", "IN") == CODER.model_copy(update={"country": "IN"})
