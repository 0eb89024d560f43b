"""Where danger is only likely one line with where help is stands before the answer, in the same bubble."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.advice.profile import Profile
from bot.conversation.advisor import Advisor
from bot.conversation.caution import before
from bot.conversation.messages import Incoming, Reply
from bot.conversation.session import Session
from bot.understanding.listening.listener import AT_RISK, Heeded

TODAY = date(2026, 11, 29)
LINE = "I may hear this wrong"
ASKED = "Are you safe tonight?"
Heard = Callable[..., None]


@pytest.fixture
def likely(advisor: Advisor, monkeypatch: pytest.MonkeyPatch) -> Heard:
    """Makes the listener hear a danger that is only likely in a text, and nothing in others."""

    def hears(text: str, kind: str = "suicide", language: str = "en") -> None:
        risk = Heeded(kind, AT_RISK, (language,), chance=0.3)
        monkeypatch.setattr(advisor.listener, "listen", lambda said: (risk,) if said == text else ())

    return hears


def say(advisor: Advisor, *texts: str, session: Session | None = None) -> tuple[Session, list[Reply]]:
    session, replies = session or Session(met=True), []
    for text in texts:
        session, replies = advisor.turn(session, Incoming(kind="text", text=text), TODAY)
    return session, replies


@pytest.mark.parametrize(
    ("kind", "country", "says"),
    [
        ("suicide", "US", "call or text 988"),
        ("suicide", "GB", "116 123"),
        ("suicide", None, "findahelpline.com"),
        ("violence", "US", "1-800-799-7233"),
        ("violence", "AU", "1800 737 732"),
        ("other_in_danger", "US", "you can call for them"),
        ("violence_near", "IN", "181"),
        ("harm", "CA", "988"),
        ("emergency", "GB", "call 999"),
        ("addiction", "NZ", "1737"),
    ],
)
def test_the_line_of_the_kind_and_the_country_goes_first(
    advisor: Advisor, likely: Heard, kind: str, country: str | None, says: str
) -> None:
    text = "what does the cpc exam cost"
    likely(text, kind)
    _, replies = say(advisor, text, session=Session(met=True, profile=Profile(country=country)))
    first, rest = replies[0].text.split("\n", 1)
    assert first.startswith(LINE)
    assert says in first
    assert "usd" in rest.lower()
    assert replies[0].outcome == "answer"


@pytest.mark.parametrize(
    "text",
    [
        "what does the cpc exam cost",
        "what does a medical coder do all day",
        "tell me about the rhia",
        "how do i become a coder without experience",
        "which is better, the cpc or the ccs",
        "is medical coding dying because of ai",
        "how do i choose a school",
        "what does a coder earn in texas",
        "can i take the cpc exam at home",
    ],
)
@pytest.mark.parametrize("met", [True, False])
def test_the_bubble_stays_within_its_bounds(advisor: Advisor, likely: Heard, text: str, met: bool) -> None:
    likely(text)
    _, replies = say(advisor, text, session=Session(met=met))
    reply = replies[0]
    shown = reply.text.split("\n")[: -reply.closing or None]
    shown = [line for line in shown if line and "<i>" not in line]
    assert shown[0].startswith(LINE)
    assert len(shown) > 1
    assert len(shown) <= 8
    assert len("\n".join(shown)) <= 600


def test_who_asks_nothing_is_asked_whether_they_are_safe(advisor: Advisor, likely: Heard) -> None:
    text = "i am a nurse, nine years, and nothing is left of me"
    likely(text)
    session, replies = say(advisor, text)
    assert len(replies) == 1
    assert ASKED in replies[0].text
    assert "988" in replies[0].text
    assert replies[0].buttons
    assert session.profile == Profile()

    assert "Good to hear" in say(advisor, "yes", session=session)[1][0].text
    assert "Good to hear" in say(advisor, "yes i am safe", session=session)[1][0].text
    for text in ("no", "not really", "i dont know", "no im not"):
        after, replies = say(advisor, text, session=session)
        assert "988" in replies[0].text, text
        assert after.after_danger is not None
    assert "usd" in say(advisor, "im ok, what does the cpc exam cost", session=session)[1][0].text.lower()


def test_a_yes_to_another_question_is_no_word_of_safety(advisor: Advisor) -> None:
    _, replies = say(advisor, "i want to die", "yes")
    assert "988" in replies[0].text
    assert "Good to hear" not in replies[0].text


def test_what_is_likely_twice_is_believed(advisor: Advisor, likely: Heard) -> None:
    text = "what does the cpc exam cost"
    likely(text)
    session, first = say(advisor, text)
    _, second = say(advisor, text, session=session)
    assert first[0].text.startswith(LINE)
    assert second[0].text.startswith("I'm so sorry")
    assert "usd" not in second[0].text.lower()


def test_the_next_question_is_answered_as_ever(advisor: Advisor, likely: Heard) -> None:
    likely("what does the cpc exam cost")
    session, _ = say(advisor, "what does the cpc exam cost")
    _, replies = say(advisor, "how long is the exam", session=session)
    assert LINE not in replies[0].text
    assert "988" not in replies[0].text
    assert replies[0].outcome == "answer"


def test_it_is_said_in_spanish(advisor: Advisor, likely: Heard) -> None:
    likely("estoy muy cansada de todo", language="es")
    _, replies = say(advisor, "estoy muy cansada de todo", session=Session(met=True, profile=Profile(country="US")))
    assert "¿Estás a salvo esta noche?" in replies[0].text
    assert "988" in replies[0].text


def test_what_may_lose_no_line_follows_in_a_bubble_of_its_own() -> None:
    long = Reply(text="x" * 590, outcome="clarify")
    assert [reply.text for reply in before("help", long, 590)] == ["help", long.text]
    answer = Reply(text="a" * 300 + ". " + "b" * 290 + "\nFrom: c", outcome="answer", closing=1)
    (reply,) = before("help", answer, 500)
    assert reply.text.split("\n") == ["help", "a" * 300 + ".", "From: c"]


@pytest.mark.parametrize(
    ("text", "helped"),
    [
        (
            "6 years of coding and honestly i dont see the point of anything anymore. does the cpma need experience",
            True,
        ),
        ("what is the point in everything now, my cpc lapsed and how do i renew", True),
        ("i dont see the point of anything they teach in that course anymore", False),
        ("is there any point to any of these letters anymore", False),
        ("what's the point of everything being online now, can i sit the cpc in person", False),
    ],
)
def test_who_sees_no_point_in_anything_is_not_only_answered(advisor: Advisor, text: str, helped: bool) -> None:
    _, replies = say(advisor, text)
    assert ("988" in replies[0].text) is helped
