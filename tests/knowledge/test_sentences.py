"""Sentences of the knowledge base answer more than one question, so none begins with the answer to one alone."""

from __future__ import annotations

import re

from bot.knowledge.base import KnowledgeBase


def test_no_sentence_begins_with_yes_or_no(base: KnowledgeBase) -> None:
    """It would stand there too where somebody asks the other way round; `yes_to` and `no_to` say what it answers."""
    words = [base.verdicts.yes_or_no.words[word].strip(".") for word in ("yes", "no")]
    begun = re.compile(rf"(?:{'|'.join(words)})[,.:]")
    records = (*base.entities.values(), *base.markets.values(), *base.guides.values())
    told = [fact.say for record in records for facts in record.facts.values() for fact in facts]
    told += [fact.say for myth in base.myths.values() for fact in myth.truth]

    assert [sentence for sentence in told if begun.match(sentence)] == []
