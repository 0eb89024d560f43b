from __future__ import annotations

import pytest

from bot.knowledge.base import KnowledgeBase
from bot.understanding.entities import ENTITY_KINDS, singular, stem
from bot.understanding.learning import Learnt
from bot.understanding.normalise import normalise


def named(learnt: Learnt, text: str) -> list[str]:
    """Ids of the entities found, the likeliest of each name."""
    words = normalise(text)
    matches = learnt.lexicon.find(words, learnt.speller.mend(words.tokens))
    return [match.named[0].id for match in matches if match.named[0].kind in ENTITY_KINDS]


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("what is the cpc", ["cpc"]),
        ("CPC exam", ["cpc"]),
        ("how many ccs's", ["ccs"]),
        ("is ccs-p better than ccs", ["ccs-p", "ccs"]),
        ("ccs p exam", ["ccs-p"]),
        ("see pee see cost", ["cpc"]),
        ("r h i t exam fee", ["rhit"]),
        ("are aitch eye tea", ["rhit"]),
        ("cpc crc cic coc cca ccs", ["cpc", "crc", "cic", "coc", "cca", "ccs"]),
        ("coding auditors", ["coding-auditor"]),
        ("manager of coding dept", ["coding-manager"]),
        ("him manager", ["him-manager"]),
        ("inpatient vs outpatient coding", ["inpatient-coder", "outpatient-coder"]),
        ("codng audtor", ["coding-auditor"]),
        ("associate degree in health information management", ["associate-him"]),
    ],
)
def test_names_are_found(learnt: Learnt, text: str, ids: list[str]) -> None:
    assert named(learnt, text) == ids


@pytest.mark.parametrize(
    "text",
    ["tell him i said hi", "do i need it", "ma and pa", "cpx", "cpcc", "what about us", "or is it", "does it do that"],
)
def test_no_name_is_seen_in_plain_english(learnt: Learnt, text: str) -> None:
    assert named(learnt, text) == []


def test_an_article_after_a_name_is_not_its_suffix(learnt: Learnt) -> None:
    assert named(learnt, "is the cpc a good start") == ["cpc"]
    assert named(learnt, "cpc-a jobs") == ["cpc-a"]


def test_every_abbreviation_names_its_entity_and_no_other(learnt: Learnt, base: KnowledgeBase) -> None:
    wrong = [
        (entity.abbreviation, named(learnt, f"about {entity.abbreviation} please"))
        for entity in base.entities.values()
        if entity.abbreviation and entity.id not in named(learnt, f"about {entity.abbreviation} please")
    ]
    assert wrong == []


def test_every_name_is_found_whole(learnt: Learnt, base: KnowledgeBase) -> None:
    for entity in base.entities.values():
        words = normalise(entity.name)
        matches = learnt.lexicon.find(words, words.tokens)
        assert any(named.id == entity.id for match in matches for named in match.named), entity.name


def test_abbreviations_are_never_mended_into_each_other(learnt: Learnt, base: KnowledgeBase) -> None:
    for entity in base.entities.values():
        if entity.abbreviation:
            tokens = normalise(entity.abbreviation).tokens
            assert learnt.speller.mend(tokens) == tokens


def test_countries_and_backgrounds_are_spans_but_no_entities(learnt: Learnt) -> None:
    words = normalise("nurse in dubai")
    matches = learnt.lexicon.find(words, words.tokens)
    assert [match.named[0].kind for match in matches] == ["background", "country"]


@pytest.mark.parametrize(
    ("word", "one"), [("coders", "coder"), ("salaries", "salary"), ("class", "class"), ("ccs", "ccs"), ("chps", "chps")]
)
def test_singular(word: str, one: str) -> None:
    assert singular(word) == one


def test_stem_unites_doer_and_doing() -> None:
    assert stem("auditor") == stem("auditing") == stem("audits") == "audit"
