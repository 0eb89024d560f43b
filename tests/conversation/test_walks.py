"""Random walks over the buttons of choosing, tasks, checks, plans and cards: every bubble is one screen."""

from __future__ import annotations

import random
from datetime import date

import pytest

from bot.advice.wording import plain
from bot.conversation.advisor import Advisor
from bot.conversation.callback_data import MAX_BYTES
from bot.conversation.flows.comparison import MAX_CHARACTERS
from bot.conversation.frames import Round
from bot.conversation.messages import Button, Incoming, Reply
from bot.conversation.replies import MAX_CHOICES, MAX_LABEL, MAX_LINES
from bot.conversation.session import Session, Tastes, restore

TODAY = date(2026, 11, 23)
WALKS, STEPS = 6, 25
FLOWS = ("assess", "choose", "task", "near", "road", "side")
STARTS = (
    ("help me choose", "United States", "New to this", "None yet", "High school", "Help me choose"),
    ("help me choose", "United States", "I code", "3", "cpc", "High school", "Help me choose"),
    ("/assess", "India", "I'm a nurse", "9", "none yet", "bachelors", "cdi", "6", "skip"),
    ("/assess", "United States", "I code", "3", "cpc", "High school", "auditor", "5", "500"),
    ("idk if coding is for me",),
    ("how close am i to coding manager",),
    ("auditor or cdi or manager for me?",),
)


def buttons_of(reply: Reply) -> list[Button]:
    return [button for row in reply.buttons for button in row]


def check(reply: Reply) -> None:
    shown = [line for line in plain(reply.text).splitlines() if not line.startswith("Source:")]
    assert len(shown) <= MAX_LINES
    assert len("\n".join(shown)) <= MAX_CHARACTERS
    assert len(buttons_of(reply)) <= MAX_CHOICES + len(reply.buttons[-1]) if reply.buttons else True
    assert all(len(row) <= 3 for row in reply.buttons)
    for button in buttons_of(reply):
        assert 1 <= len(button.label) <= MAX_LABEL + 2 * button.label.startswith("✔")
        assert 1 <= len(button.press.encode()) <= MAX_BYTES


def incoming(words: str) -> Incoming:
    return Incoming(kind="command", text=words[1:]) if words.startswith("/") else Incoming(kind="text", text=words)


def arrive(advisor: Advisor, start: tuple[str, ...]) -> tuple[Session, list[Reply]]:
    session, replies = Session(), []
    for words in start:
        session, replies = advisor.turn(session, incoming(words), TODAY)
    return session, replies


@pytest.mark.parametrize("start", STARTS, ids=lambda start: " ".join(start)[:30])
def test_wherever_buttons_lead_a_bubble_is_one_screen_and_never_a_dead_end(
    advisor: Advisor, start: tuple[str, ...]
) -> None:
    arrived = arrive(advisor, start)
    for seed in range(WALKS):
        chance = random.Random(seed)
        session, replies = arrived
        for _ in range(STEPS):
            led = [button for button in buttons_of(replies[-1]) if button.press.split("|")[1] in FLOWS]
            if not led:
                break
            session, replies = advisor.turn(session, Incoming(kind="press", text=chance.choice(led).press), TODAY)
            assert replies
            check(replies[-1])
            assert replies[-1].outcome != "unknown"
            assert restore(session.model_dump(mode="json")) == session


def test_a_label_typed_does_what_its_button_does(advisor: Advisor) -> None:
    for start in STARTS:
        session, replies = arrive(advisor, start)
        for button in buttons_of(replies[-1]):
            if button.press.split("|")[1] in FLOWS[1:]:
                _, tapped = advisor.turn(session, Incoming(kind="press", text=button.press), TODAY)
                _, typed = advisor.turn(session, Incoming(kind="text", text=button.label.removeprefix("✔ ")), TODAY)
                assert [reply.text for reply in typed] == [reply.text for reply in tapped]


FORGED = [
    "1|choose", "1|choose|like|nobody", "1|choose|deed|nobody|alone", "1|choose|deed|sampling|expert",
    "1|choose|more|x",
    "1|task", "1|task|start|nobody", "1|task|solve|deciding-line|line-9", "1|task|feel|medical-coder|bliss",
    "1|task|like|medical-coder|fine|errors", "1|task|solve|gone|a", "1|near", "1|near|start|nobody",
    "1|near|start|medical-biller", "1|near|setting|coding-auditor|moon", "1|side|show|nobody+cpc", "1|side|show|cpc",
    "1|side|more|cpc+ccs|9", "1|side|more|cpc+ccs|x", "1|road|step|fastest|99", "1|road|step|fastest|x",
    "1|road|routes|slowest", "1|road|keep|goal|cpc", "1|road|keep|years|magic+1", "1|road|dance|fastest", "1|road",
]  # fmt: skip


@pytest.mark.parametrize("data", FORGED)
@pytest.mark.parametrize("start", [STARTS[1], STARTS[3]], ids=["choosing", "plan"])
def test_a_forged_or_stale_press_is_refused_kindly_and_changes_nothing(
    advisor: Advisor, start: tuple[str, ...], data: str
) -> None:
    before, _ = arrive(advisor, start)
    after, replies = advisor.turn(before, Incoming(kind="press", text=data), TODAY)
    assert replies[0].outcome == "unknown"
    assert after == before


@pytest.mark.parametrize("words", ["as a woman of 58, ", "my name is Maria, ", "i'm a young man and "])
def test_words_about_who_somebody_is_change_no_suggestion(advisor: Advisor, words: str) -> None:
    answers = ("finding errors and explaining", "alone")
    plain_session, _ = arrive(advisor, STARTS[1])
    other_session = plain_session
    plain_replies: list[Reply] = []
    other_replies: list[Reply] = []
    for answer in answers:
        said = answer if answer == "alone" else words + "i like " + answer
        plain_session, plain_replies = advisor.turn(plain_session, incoming(answer), TODAY)
        other_session, other_replies = advisor.turn(other_session, incoming(said), TODAY)
    assert other_session.tastes == plain_session.tastes
    assert [reply.text for reply in other_replies] == [reply.text for reply in plain_replies]


def test_an_answer_that_the_knowledge_base_lost_is_asked_no_more(advisor: Advisor) -> None:
    session, _ = arrive(advisor, STARTS[1])
    tastes = Tastes(deeds={"gone": "alone"}, interests=("gone",))
    here = session.frame(Round)
    assert here is not None
    stored = session.pushed(here.model_copy(update={"picked": ("gone",)}), tastes=tastes)
    session, replies = advisor.turn(stored, incoming("i like finding errors"), TODAY)
    assert session.tastes.interests == ("errors",)
    assert session.tastes.deeds == {}
    assert replies[0].outcome == "clarify"


def test_alone_is_an_answer_and_a_cry_for_help_is_heard(advisor: Advisor) -> None:
    session, _ = arrive(advisor, (*STARTS[1], "finding errors", "done"))
    after, _ = advisor.turn(session, incoming("by myself"), TODAY)
    assert len(after.tastes.deeds) == 1
    _, replies = advisor.turn(session, incoming("i want to kill myself"), TODAY)
    assert "988" in replies[0].text
    assert len(replies) == 1
