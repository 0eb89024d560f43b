"""Which questions a longer message asks."""

from __future__ import annotations

import pytest

from bot.conversation.advisor import Advisor
from bot.understanding.finding.asking import questions
from bot.understanding.finding.cutting import Hollow, cut
from bot.understanding.interpreter import NO_CONTEXT


def texts(advisor: Advisor, text: str) -> tuple[str, ...]:
    """The questions of a message in their own words."""
    leads = ("what i need to know is", "i was wondering")
    hollow = Hollow(("what do you think",), leads, ("and", "also"), whether=("whether",))
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
        (
            "They want money up front. Is this honest? And fresher salary how much in India",
            ("is this honest", "fresher salary how much in india"),
        ),
        (
            "Two things. 1) is the pay the same, 2) how long is it, 3) my class had 80 hours so do i have a year?",
            ("is the pay the same", "how long is it", "so do i have a year"),
        ),
        (
            "I saw a paid place at the county office? Is that real, and where do I look?",
            ("is that real", "where do i look"),
        ),
        (
            "What I don't get is everybody says do it. I have two kids. Which exam would bring me more by summer",
            ("which exam would bring me more by summer",),
        ),
        (
            "My clerk is leaving and I was wondering whether I should train the girl at the desk. How long is it?",
            ("whether i should train the girl at the desk", "how long is it"),
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


def test_what_else_is_asked_is_no_part_of_the_story_around_a_question(advisor: Advisor) -> None:
    text = "I have sold shoes for nine years. How long is the cpc exam? My feet hurt. What do coders earn?"
    one, other = cut(advisor.reader.clauses(text), Hollow((), (), ())).parts
    assert one.tale == "i have sold shoes for nine years. how long is the cpc exam. my feet hurt"
    assert other.tale == "i have sold shoes for nine years. my feet hurt. what do coders earn"


@pytest.mark.parametrize(
    ("text", "backgrounds"),
    [
        ("i dropped out of nursing school and want to code", ()),
        ("i am not a nurse, can i do cdi", ()),
        ("i am a nurse and not happy, can i do cdi", ("nurse",)),
    ],
)
def test_a_background_that_is_denied_is_none(advisor: Advisor, text: str, backgrounds: tuple[str, ...]) -> None:
    assert advisor.interpreter.interpret(text).backgrounds == backgrounds
