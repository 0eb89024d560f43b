"""Who is in danger is helped first and alone, with the line of their country, in the midst of any dialog."""

from __future__ import annotations

from datetime import date

import pytest

from bot.advice.profile import Profile
from bot.conversation.advisor import Advisor
from bot.conversation.messages import Incoming, Reply
from bot.conversation.session import Session

TODAY = date(2026, 11, 27)


def say(advisor: Advisor, session: Session, *texts: str) -> tuple[Session, list[Reply]]:
    replies: list[Reply] = []
    for text in texts:
        session, replies = advisor.turn(session, Incoming(kind="text", text=text), TODAY)
    return session, replies


@pytest.mark.parametrize(
    ("country", "text", "line"),
    [
        (None, "i want to die", "988"),
        (None, "i want to die", "findahelpline.com"),
        ("IN", "i want to die", "14416"),
        ("GB", "i want to die", "116 123"),
        (None, "i live in manila and i want to die", "1553"),
        ("US", "he hit me again", "1-800-799-7233"),
        ("US", "quiero morirme", "marca 2"),
        ("US", "my sister is suicidal", "stay with them"),
        ("GB", "im 15 and i want to kill myself", "childline.org.uk"),
        ("US", "my dad beats me, im 16", "1-800-422-4453"),
        ("NZ", "im 15 and i want to kill myself", "1737"),
        ("US", "my son is 15 and i want to kill myself", "988"),
        ("US", "my dad is not breathing", "call 911 right now"),
        ("GB", "i think my wife is having a stroke", "call 999 right now"),
        ("IN", "how much is the cpc, and i have chest pain and my arm is numb", "call 112 right now"),
        (None, "found my brother overdosed", "local emergency number right now (911 in the US)"),
        ("DE", "my throat is closing up", "emergency number of your country"),
        ("US", "mi bebe no respira", "llama ahora mismo al 911"),
        ("US", "im 15 and my dad is not breathing", "call 911 right now"),
        ("US", "i drink a bottle of vodka every night and cant stop", "alcohol and drugs"),
        ("US", "i put a knife to my coworker's throat today", "nobody has to get hurt"),
    ],
)
def test_the_line_is_the_right_one(advisor: Advisor, country: str | None, text: str, line: str) -> None:
    _, replies = say(advisor, Session(profile=Profile(country=country)), text)
    assert len(replies) == 1
    assert line in replies[0].text
    assert not replies[0].unanswered


@pytest.mark.parametrize(
    ("text", "spanish", "english"),
    [
        ("mi vida ya no tiene ningun sentido y quisiera dormir para siempre", True, False),
        ("my life makes no sense any more and i want to sleep forever", False, True),
        ("ya no quiero vivir, i am so tired of it and nobody knows", True, True),
        ("he keeps a gun in the truck in la and i think he will kill me", False, True),
    ],
)
def test_help_is_said_in_the_language_of_the_message(advisor: Advisor, text: str, spanish: bool, english: bool) -> None:
    _, replies = say(advisor, Session(profile=Profile(country="US")), text)
    assert len(replies) == 1
    assert ("marca 2" in replies[0].text or "Siento" in replies[0].text) is spanish
    assert ("I'm a bot" in replies[0].text) is english


@pytest.mark.parametrize(
    "before", [["help me choose"], ["help me choose", "united states", "none"], ["delete my data"]]
)
def test_it_is_heard_in_the_midst_of_a_dialog(advisor: Advisor, before: list[str]) -> None:
    session, _ = say(advisor, Session(), *before)
    after, replies = say(advisor, session, "i dont want to live anymore")
    assert len(replies) == 1
    assert "988" in replies[0].text
    assert (after.stack, after.assessment) == (session.stack, session.assessment)


@pytest.mark.parametrize("text", ["i hate my life as a nurse", "i cant stand this job anymore", "crying every night"])
def test_who_is_worn_out_by_work_gets_no_crisis_line(advisor: Advisor, text: str) -> None:
    _, replies = say(advisor, Session(), text)
    assert "988" not in " ".join(reply.text for reply in replies)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("i cant stand this job anymore", "exhausting"),
        ("200 applications and nothing", "That is hard"),
        ("are you human", "not a person"),
        ("is this ai", "automated program"),
        ("do you sell my data", "encrypted"),
        ("simpler please", "Sorry"),
        ("can i talk to a person", "no person behind me"),
        ("you're wrong", "Sorry"),
        ("i'm 16", "18 and over"),
    ],
)
def test_a_need_gets_its_own_answer_and_ways_on(advisor: Advisor, text: str, said: str) -> None:
    _, replies = say(advisor, Session(), text)
    assert said in replies[0].text
    assert replies[0].buttons
    assert not replies[0].unanswered


def test_what_is_asked_as_well_is_answered_after_half_a_line(advisor: Advisor) -> None:
    _, replies = say(advisor, Session(), "i am so burned out by this job. what does the cpc exam cost?")
    first, rest = replies[0].text.split("\n", 1)
    assert first == "That sounds exhausting."
    assert "usd" in rest.lower()


def test_somebody_under_age_is_not_led_on_into_the_assessment(advisor: Advisor) -> None:
    session, replies = say(advisor, Session(), "help me choose", "im in 10th grade")
    assert session.assessment is None
    assert "18 and over" in replies[0].text


def test_a_need_in_the_midst_of_the_assessment_is_met_and_the_question_stays(advisor: Advisor) -> None:
    session, replies = say(advisor, Session(), "help me choose", "are you human")
    assert "not a person" in replies[0].text
    assert session.assessment is not None
    assert len(replies) == 2


def test_an_emergency_is_answered_with_the_number_to_call_alone(advisor: Advisor) -> None:
    _, replies = say(advisor, Session(profile=Profile(country="US")), "my dad is not breathing, what does a coder earn")
    assert len(replies) == 1
    assert "988" not in replies[0].text
    assert "USD" not in replies[0].text


def test_a_grown_up_gets_no_line_for_children(advisor: Advisor) -> None:
    _, replies = say(advisor, Session(profile=Profile(country="GB")), "my son is 15 and i want to kill myself")
    assert "childline" not in replies[0].text


def test_nothing_told_beside_a_danger_is_kept(advisor: Advisor) -> None:
    text = "i am a nurse from india with 9 years, i want to be an auditor, and i want to kill myself"
    session, _ = say(advisor, Session(), text)
    assert session.profile == Profile()
    assert advisor.in_danger(Session(), text)
    assert not advisor.in_danger(Session(), "i am a nurse from india with 9 years and want to be an auditor")


def test_whoever_says_where_they_are_gets_the_line_of_there(advisor: Advisor) -> None:
    _, replies = say(advisor, Session(profile=Profile(country="US")), "i live in australia and i want to kill myself")
    assert "13 11 14" in replies[0].text


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("im so tired. is there any job in a hospital where you sit", "is there any job in a hospital where you sit"),
        ("i feel hopeless. can i work in a place where nobody shouts", "can i work in a place where nobody shouts"),
        ("i feel hopeless. does the cpc expire? i live in ohio", "does the cpc expire. i live in ohio"),
    ],
)
def test_what_is_asked_besides_keeps_its_sentences_whole(advisor: Advisor, text: str, asked: str) -> None:
    told = advisor.reader.read(text, TODAY)
    besides = advisor.heeding.asked_besides(told.clauses, advisor.listener.listen)
    assert besides.endswith(asked)


def test_of_what_only_feels_nothing_is_asked_besides(advisor: Advisor) -> None:
    told = advisor.reader.read("i feel so hopeless", TODAY)
    assert advisor.heeding.asked_besides(told.clauses, advisor.listener.listen) == ""


def test_a_tale_that_asks_whether_it_is_real_is_about_the_tale(advisor: Advisor) -> None:
    """An ad is answered first, and of us there is a word after it; who asks only about us is told of us."""
    tale = "hi is this real? saw an ad in my feed for a coding course, they want 250 dollars, is it a scam or what"
    _, [ad] = say(advisor, Session(), tale)
    _, [real] = say(advisor, Session(), "is this real?")
    _, [bot] = say(advisor, Session(), "are you a scam bot")

    assert "Be careful: " in ad.text.splitlines()[0]
    assert ad.text.index("Be careful") < ad.text.index("a bot")
    assert "Be careful" not in real.text
    assert bot.text.startswith("I'm a bot")


@pytest.mark.parametrize("text", ["what if im just not smart enough for this", "im terrified of the proctor"])
def test_a_feeling_is_answered_itself_and_not_with_what_is_near(advisor: Advisor, text: str) -> None:
    _, [reply] = say(advisor, Session(), text)
    assert "That is hard" in reply.text
    assert "nearest" not in reply.text
    assert sum(len(row) for row in reply.buttons) == 2  # two moves


def test_who_wants_no_reminders_is_not_led_to_deletion(advisor: Advisor) -> None:
    _, [reply] = say(advisor, Session(), "stop reminding me")
    assert "never write first" in reply.text


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("nervous im too old at 58 to learn this", "age"),
        ("so worried my cpc-a will never come off", "AAPC"),
        ("terrified of failing the cpc again", "failed"),
        ("afraid my felony will stop me", "exclusion"),
    ],
)
def test_a_worry_that_is_plainly_known_is_answered_and_not_only_felt_with(
    advisor: Advisor, text: str, known: str
) -> None:
    _, replies = say(advisor, Session(met=True), text)
    assert replies[0].outcome == "answer"
    assert known in replies[0].text


@pytest.mark.parametrize("text", ["i feel like a failure", "crying every night", "lonely working from home all day"])
def test_a_mere_feeling_is_felt_with_and_as_sure_as_it_is_likely(advisor: Advisor, text: str) -> None:
    _, replies = say(advisor, Session(met=True), text)
    assert replies[0].outcome == "chat"
    assert not replies[0].sources
    assert replies[0].confidence < 1
