from __future__ import annotations

from datetime import date

import pytest

from bot.advice.wording import plain
from bot.conversation.advisor import Advisor
from bot.conversation.messages import Incoming, Reply
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase
from bot.understanding.question import Context, Question, Reading

TODAY = date(2026, 11, 23)


def test_privacy_says_whom_to_write_to_and_escapes_it(base: KnowledgeBase) -> None:
    privacy = Incoming(kind="command", text="privacy")
    _, replies = Advisor(base, "<me>@example.org").turn(Session(), privacy, TODAY)
    assert "&lt;me&gt;@example.org" in replies[0].text
    _, replies = Advisor(base).turn(Session(), privacy, TODAY)
    assert "write to" not in replies[0].text


@pytest.mark.parametrize(
    "data", ["", "1|ask|cost|nobody", "1|ask|nothing|cpc", "1|assess|country|mars", "1|road|goal|x", "2|ask", "x"]
)
def test_a_forged_or_stale_press_gets_a_kind_answer_and_changes_nothing(advisor: Advisor, data: str) -> None:
    before, _ = advisor.turn(Session(), Incoming(kind="command", text="assess"), TODAY)
    after, replies = advisor.turn(before, Incoming(kind="press", text=data), TODAY)
    assert replies[0].outcome == "unknown"
    assert after == before


def test_every_button_fits_and_does_what_its_words_do(advisor: Advisor) -> None:
    session, replies = advisor.turn(Session(), Incoming(kind="text", text="what is the ccs"), TODAY)
    buttons = [button for row in replies[0].buttons for button in row]
    assert buttons
    for button in buttons:
        assert 1 <= len(button.press.encode()) <= 64
        _, pressed = advisor.turn(session, Incoming(kind="press", text=button.press), TODAY)
        assert pressed[0].outcome == "answer"
        assert pressed[0].edit


def say(advisor: Advisor, session: Session, *texts: str) -> tuple[Session, list[Reply]]:
    replies: list[Reply] = []
    for text in texts:
        session, replies = advisor.turn(session, Incoming(kind="text", text=text), TODAY)
    return session, replies


def test_after_a_stop_an_answer_is_a_message_like_any_other(advisor: Advisor) -> None:
    session, replies = say(advisor, Session(), "help me choose", "united states", "stop", "new to this")
    assert session.top is None
    assert all("of 8" not in reply.text for reply in replies)
    assert session.assessment is not None
    assert set(session.assessment.answers) == {"country"}


def test_a_crisis_comes_before_the_question_on_the_screen(advisor: Advisor) -> None:
    session, replies = say(advisor, Session(), "help me choose", "i want to kill myself")
    assert "988" in replies[0].text
    assert len(replies) == 1
    session, replies = say(advisor, session, "united states")
    assert session.assessment is not None
    assert "country" in session.assessment.answers


class Understanding:
    """Understands every message as the question it was made with."""

    def __init__(self, question: Question) -> None:
        self.question = question

    def interpret(self, text: str, context: Context) -> Question:
        del text, context
        return self.question


def test_it_never_asks_back_twice_in_a_row(base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    advisor = Advisor(base)
    unsure = Question(
        text="x",
        decision="clarify",
        topics=("cost",),
        entities=("ccs",),
        confidence=0.5,
        alternatives=(Reading(("exam",), ("ccs",), 0.4),),
    )
    monkeypatch.setattr(advisor, "interpreter", Understanding(unsure))
    session, replies = say(advisor, Session(), "x")
    assert replies[0].outcome == "clarify"
    session, replies = say(advisor, session, "x")
    assert replies[0].outcome == "answer"
    _, replies = say(advisor, session, "x")
    assert replies[0].outcome == "clarify"


def test_what_was_talked_about_stays_while_general_questions_come(
    base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    advisor = Advisor(base)
    session, _ = say(advisor, Session(), "how much is the ccs")
    general = Question(text="x", decision="answer", topics=("ai",), confidence=0.9)
    monkeypatch.setattr(advisor, "interpreter", Understanding(general))
    session, _ = say(advisor, session, "x")
    assert session.context.entities == ("ccs",)


def test_who_asks_by_a_former_name_is_told_of_the_new_one_first(advisor: Advisor, base: KnowledgeBase) -> None:
    former = [name for entity in base.entities.values() for name in entity.former_names]
    assert former
    for name in former:
        _, replies = say(advisor, Session(), f"what is the {name.name}")
        assert plain(replies[0].text).startswith(name.note), name.name
    _, replies = say(advisor, Session(), "what is the coc")
    assert "now called" not in replies[0].text


def test_who_lives_abroad_is_told_of_home_without_naming_it_again(advisor: Advisor) -> None:
    asked = "what is the pay for a coder"
    _, abroad = say(advisor, Session(), "i live in india", asked)
    _, here = say(advisor, Session(), "i live in ohio", asked)
    assert "INR" in abroad[0].text
    assert "USD" not in abroad[0].text
    assert "INR" not in here[0].text


def test_a_sentence_that_stands_on_two_pages_names_both(base: KnowledgeBase, advisor: Advisor) -> None:
    both = next(fact for fact in base.guides["online-exam"].facts["exam"] if fact.also)
    _, replies = say(advisor, Session(), both.asked[0])
    pages = {base.sources[page].url for page in (both.source, *both.also) if page}
    assert pages <= {cited.url for cited in replies[0].sources}
