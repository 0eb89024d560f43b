"""What holds for every answer: one screen, no promise, no bare figure, never nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from sampling import Sample

from bot.advice.answers import BUBBLE_LINES, Answer, Answers
from bot.advice.wording import plain
from bot.knowledge.base import KnowledgeBase
from bot.understanding.question import Question

TODAY = date(2026, 11, 23)
BANNED = re.compile(r"\bguarante|easy money|you will earn|best school|100%|rockstar", re.IGNORECASE)
TAGS = re.compile(r"</?(?:b|i)>|<a href=\"[^\"<>]+\">|</a>")
FIGURE = re.compile(r"\d")


def ask(answers: Answers, topics: tuple[str, ...], entities: tuple[str, ...], **more: object) -> Answer:
    question = Question("", "answer", topics, entities, 1.0, **more)  # type: ignore[arg-type]
    return answers.answer(question, TODAY)


@pytest.fixture(scope="module")
def answers(base: KnowledgeBase) -> Answers:
    return Answers(base)


def every(base: KnowledgeBase) -> Iterator[tuple[str, tuple[str, ...]]]:
    for topic in base.topics.values():
        if topic.meta:
            continue
        if topic.entities != "one":
            yield topic.id, ()
        for entity_id, kind in base.kinds.items():
            if kind in topic.kinds:
                yield topic.id, (entity_id,)


def test_every_topic_of_every_entity_gets_a_screen_that_people_can_trust(
    base: KnowledgeBase, answers: Answers, sample: Sample
) -> None:
    wrong = []
    for topic, entities in sample(every(base), lambda case: (case[0], *map(base.kinds.get, case[1])), each=8):
        answer = ask(answers, (topic,), entities)
        text = plain(answer.text)
        lines = [line for line in text.splitlines() if not line.startswith("Source:")]
        where = f"{topic} of {entities}"
        if not lines or len(lines) > BUBBLE_LINES:
            wrong.append(f"{where}: {len(lines)} lines")
        if BANNED.search(text):
            wrong.append(f"{where}: promises")
        if (
            FIGURE.search(" ".join(lines))
            and not answer.sources
            and answer.known
            and not re.search(r"[A-Z]{2,}-?\d", text)
        ):
            wrong.append(f"{where}: a figure without a source: {text}")
        if "<" in TAGS.sub("", answer.text):
            wrong.append(f"{where}: a tag Telegram refuses")
        if repeated := points(answer.text) & points(answer.more or ""):
            wrong.append(f"{where}: more repeats the screen: {repeated}")
    assert not wrong, "\n".join(wrong[:20])


def points(bubble: str) -> set[str]:
    return {line for line in plain(bubble).splitlines() if line.startswith("• ")}


def test_the_three_labels_are_never_mixed(answers: Answers) -> None:
    text = plain(ask(answers, ("eligibility",), ("ccs",)).text)
    assert re.search(r"Exam requires: .*diploma", text)
    assert re.search(r"AHIMA recommends: ", text)
    assert re.search(r"Employers ask: ", text)


def test_a_missing_label_is_said_to_be_not_known(answers: Answers) -> None:
    assert "Employers ask: not known" in plain(ask(answers, ("eligibility",), ("cpma",)).text)


def test_the_answer_is_in_the_first_line(answers: Answers) -> None:
    assert "CPMA" in plain(ask(answers, ("certifications",), ("coding-auditor",)).text).splitlines()[0]
    assert "70%" in plain(ask(answers, ("exam",), ("cpma",)).text)


def test_two_topics_are_answered_in_one_message(answers: Answers) -> None:
    text = plain(ask(answers, ("cost", "renewal"), ("crc",)).text)
    assert "USD" in text
    assert "36" in text


def test_a_comparison_names_every_side(answers: Answers) -> None:
    answer = ask(answers, ("compare",), ("cpc", "ccs", "cca"))
    for name in ("CPC", "CCS", "CCA"):
        assert f"{name}:" in plain(answer.text) or f"{name} (" in plain(answer.text)
    assert answer.listed == ("cpc", "ccs", "cca")


def test_another_country_gets_its_own_figures_and_never_dollars_for_rupees(answers: Answers) -> None:
    text = plain(ask(answers, ("salary",), ("medical-coder",), country="IN").text)
    assert "INR" in text
    assert "USD" not in text


def test_a_country_of_which_nothing_is_known_is_said_to_be_unknown(answers: Answers) -> None:
    text = plain(ask(answers, ("salary",), ("coding-auditor",), country="CA").text)
    assert "Canada" in text.splitlines()[0]


def test_past_its_recheck_date_a_source_says_so(base: KnowledgeBase) -> None:
    question = Question("", "answer", ("cost",), ("cpma",), 1.0)
    assert "may be out of date" in Answers(base).answer(question, date(2030, 1, 1)).text
    assert "may be out of date" not in Answers(base).answer(question, TODAY).text


def test_a_myth_is_corrected_before_anything_else(base: KnowledgeBase, answers: Answers) -> None:
    myth = next(iter(base.myths.values()))
    answer = ask(answers, (myth.topic,), myth.entities, myth=myth.id)
    assert plain(answer.text).startswith(myth.truth[0].say)
