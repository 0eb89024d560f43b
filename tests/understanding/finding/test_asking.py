"""Which questions a longer message asks."""

from __future__ import annotations

import pytest

from bot.conversation.advisor import Advisor
from bot.understanding.finding.asking import questions
from bot.understanding.finding.cutting import Hollow, cut
from bot.understanding.interpreter import NO_CONTEXT


def texts(advisor: Advisor, text: str) -> tuple[str, ...]:
    """The questions of a message in their own words."""
    hollow = Hollow(("what do you think",), ("what i need to know is",), ("and", "also"))
    return tuple(part.text for part in cut(advisor.reader.clauses(text), hollow).parts)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "I sold shoes for nine years and my feet hurt. My aunt, who has a house, says try it. "
            "How long does it take, and do I need a degree?",
            ("how long does it take", "do i need a degree"),
        ),
        (
            "Six years on the phones, two kids, no savings at all, sorry for the length. "
            "If I fail the test, what would it cost to try again?",
            ("if i fail the test what would it cost to try again",),
        ),
        (
            "What I mind is the hours. My brother asked what I earn and laughed at me in front of everybody. "
            "Is there part time work?",
            ("is there part time work",),
        ),
        ("do i need a degree", ("do i need a degree",)),
        ("how do i start at 50 and is it too late, what do you think", ("how do i start at 50", "is it too late")),
        ("is coding something i can do with a bad back", ("is coding something i can do with a bad back",)),
        ("she has her papers and a job, is she still new", ("is she still new",)),
        (
            "what does it cost, how long is it, what book do i need",
            ("what does it cost", "how long is it", "what book do i need"),
        ),
        (
            "do hospitals hire beginners, and if they do what do they pay",
            ("do hospitals hire beginners", "if they do what do they pay"),
        ),
        (
            "My story is I been a cook for nine years. Is that too old and do any employers train people?",
            ("is that too old", "do any employers train people"),
        ),
        ("what i need to know is how long does it take, and is it hard", ("how long does it take", "is it hard")),
        (
            "I have done the books here for ages and now the owner is 70 and is selling to a chain. Is it worth it?",
            ("is it worth it",),
        ),
        (
            "They told me to change it and never ask, and when I found ten of them nobody cared. Who do I tell?",
            ("who do i tell",),
        ),
        (
            "i am 50, is that too old and do i need a degree. thanks, can you help?",
            ("is that too old", "do i need a degree", "can you help"),
        ),
    ],
)
def test_questions_are_cut_by_sentences_and_asides_left_out(
    advisor: Advisor, text: str, asked: tuple[str, ...]
) -> None:
    assert texts(advisor, text) == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("any help paying? i live in texas", ("any help paying",)),
        ("how much is the cpc? i am a nurse", ("how much is the cpc",)),
        ("how much is the ccs and can i take it online", ("how much is the ccs", "can i take it online")),
        ("is it hard? i have the cpc", ()),  # "it" is in the other sentence
        ("how much is the ccs", ()),
    ],
)
def test_a_short_message_is_cut_where_it_only_tells_beside_its_question(
    advisor: Advisor, text: str, asked: tuple[str, ...]
) -> None:
    question, reading = advisor.interpreter._read(text, NO_CONTEXT)
    assert reading is not None
    found = [item.text for item in questions(reading, question, advisor.reader.clauses)]
    assert found == list(asked or (text,))
