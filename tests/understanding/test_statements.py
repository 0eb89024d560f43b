from bot.knowledge.base import KnowledgeBase
from bot.understanding.statements import statements


def test_every_sentence_is_a_statement_once(base: KnowledgeBase) -> None:
    found = statements(base)
    assert len({item.id for item in found}) == len(found)
    said = {item.text for item in found}
    for entity in base.entities.values():
        assert entity.summary in said
        assert all(fact.say in said for facts in entity.facts.values() for fact in facts)
    assert all(fact.say in said for guide in base.guides.values() for facts in guide.facts.values() for fact in facts)
    assert all(fact.say in said for myth in base.myths.values() for fact in myth.truth)


def test_a_statement_says_for_whom_it_is(base: KnowledgeBase) -> None:
    found = statements(base)
    guides = {guide.id: guide for guide in base.guides.values() if guide.countries or guide.backgrounds}
    assert guides
    for item in found:
        if item.guide in guides:
            assert item.backgrounds == guides[item.guide].backgrounds
            assert item.countries or not guides[item.guide].countries


def test_what_is_said_not_to_be_known_is_told_apart(base: KnowledgeBase) -> None:
    assert {item.known for item in statements(base)} == {True, False}
