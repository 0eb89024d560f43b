"""Which facts are chosen for a question: never those of a third country."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.advice.selection import choose
from bot.knowledge.base import KnowledgeBase
from bot.understanding.question import Question


@pytest.fixture
def three_countries(base: KnowledgeBase) -> KnowledgeBase:
    """The same base in which a role's duties are known of three countries, and a market's pay of two."""
    role = base.roles["coding-auditor"]
    fact = next(iter(role.facts.values()))[0]
    facts = {
        "duties": tuple(
            fact.model_copy(update={"say": f"Of {country}.", "country": country, "figure": None})
            for country in (base.field.default_country, "IN", "PH")
        )
    }
    changed = role.model_copy(update={"facts": facts, "market": ()})
    return replace(base, roles={**base.roles, role.id: changed})


@pytest.mark.parametrize(
    ("country", "told"),
    [(None, ["Of US."]), ("US", ["Of US."]), ("IN", ["Of IN.", "Of US."]), ("PH", ["Of PH.", "Of US."])],
)
def test_facts_of_a_third_country_are_told_to_nobody(
    three_countries: KnowledgeBase, country: str | None, told: list[str]
) -> None:
    question = Question(text="", decision="answer", topics=("duties",), entities=("coding-auditor",), country=country)
    without_guides = replace(three_countries, guides={})
    chosen = choose(without_guides, "duties", "coding-auditor", question)
    assert [fact.text for fact in chosen.facts] == told


@pytest.mark.parametrize("country", ["IN", "PH"])
def test_a_guide_tells_nothing_of_another_country(base: KnowledgeBase, country: str) -> None:
    guide = next(item for item in base.guides.values() if country in item.countries and len(item.facts) > 1)
    key, fact = next((key, facts[0]) for key, facts in guide.facts.items() if key in base.topics)
    other = "PH" if country == "IN" else "IN"
    facts = tuple(
        fact.model_copy(update={"say": f"Of {of}.", "country": of, "figure": None}) for of in (other, country)
    )
    changed = replace(base, guides={guide.id: guide.model_copy(update={"facts": {key: facts}, "entities": ()})})
    question = Question(text="", decision="answer", topics=(key,), country=country)
    assert [fact.text for fact in choose(changed, key, None, question).facts] == [f"Of {country}."]
