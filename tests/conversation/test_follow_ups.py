"""What leans on the answer just given: "why", "says who"; and where somebody is, once they have said so."""

from __future__ import annotations

import pytest
from talk import FirstReplies

from bot.advice import periods
from bot.advice.wording import plain

NOT_KNOWN = ("I don't know", "outside what I know", "still don't follow")


@pytest.mark.parametrize("why", ["why", "why?", "and why", "how come", "based on what"])
def test_a_verdict_has_reasons(talk: FirstReplies, why: str) -> None:
    verdict, reasons = talk("cic or ccs", why)

    assert not plain(reasons.text).startswith(NOT_KNOWN)
    assert plain(reasons.text).startswith("They are two exams for hospital inpatient work")
    assert reasons.entities == verdict.entities
    assert reasons.sources


def test_what_a_figure_decided_has_that_figure_for_a_reason(talk: FirstReplies) -> None:
    assert "USD" in plain(talk("cheapest coding certification", "why")[-1].text).splitlines()[0]
    assert "70,320" in talk("coding auditor or cdi specialist, which pays more", "why")[-1].text


def test_why_after_what_is_no_verdict_gets_the_rest_of_the_answer(talk: FirstReplies) -> None:
    answer, rest = talk("how long is the cca exam", "why?")
    assert not plain(rest.text).startswith(NOT_KNOWN)
    assert (rest.topics, rest.entities) == (answer.topics, answer.entities)


def test_a_verdict_of_a_while_ago_is_not_leant_on(talk: FirstReplies) -> None:
    assert "two exams" not in talk("cic or ccs", "i like dogs", "my cat is nice", "why?")[-1].text


def test_after_a_verdict_that_weighed_one_thing(talk: FirstReplies) -> None:
    assert "CPMA" in plain(talk("is the cpma worth it", "why")[-1].text).splitlines()[0]


@pytest.mark.parametrize("asked", ["says who", "Source?", "how do you know", "where did you get that"])
def test_who_says_so_is_told_with_the_address(talk: FirstReplies, asked: str) -> None:
    answer, source = talk("how much is the cca", asked)
    assert answer.sources[0].url in source.text
    assert [item.url for item in source.sources] == [item.url for item in answer.sources]


@pytest.mark.parametrize("doubt", ["really?", "oh are you sure", "so that much?", "since when", "hmm i doubt it"])
def test_who_doubts_an_answer_gets_its_pages(talk: FirstReplies, doubt: str) -> None:
    answer, source = talk("how much is the cca", doubt)
    assert plain(source.text).startswith("I can be wrong; the page decides.")
    assert answer.sources[0].url in source.text


def test_a_question_with_such_words_is_no_doubt(talk: FirstReplies) -> None:
    assert "the page decides" not in talk("how much is the cca", "is the ccs really that much harder")[-1].text
    assert "the page decides" not in talk("really?")[-1].text


def test_where_nothing_was_said_there_is_no_source(talk: FirstReplies) -> None:
    assert "I have that from here" not in talk("says who")[0].text
    assert "I have that from here" not in talk("hello", "says who")[1].text


NEWCOMER = "i want to be a medical coder, i have high school, i am in the united states"


def test_why_on_a_plan_is_about_the_plan(talk: FirstReplies) -> None:
    *_, every = talk(NEWCOMER, "make a plan", "why?")
    *_, one = talk(NEWCOMER, "make a plan", "why the cca, everybody says cpc")

    assert "Why this way to Medical Coder" in plain(every.text)
    assert "Pass the CCA exam: " in plain(every.text)
    assert "Pass the CCA exam: " in plain(one.text)
    assert "Start as Medical Coder" not in plain(one.text)


def test_who_says_where_they_are_hears_no_more_of_another_country(talk: FirstReplies) -> None:
    told = talk(
        "i am in india",
        "what do coders earn",
        "i moved to ohio in the united states",
        "what can i earn",
        "is there help to pay for a course",
    )
    assert "INR" in told[1].text
    assert not any("India" in item.text or "INR" in item.text for item in told[3:])


def test_another_country_that_was_asked_about_is_left_again(talk: FirstReplies) -> None:
    india, follows, own = talk(
        "i live in ohio", "what do coders earn in india", "and do they need a degree there", "how much is the cca exam"
    )[1:]
    assert "INR" in india.text
    assert "India" in follows.text
    assert "India" not in own.text


def test_that_nothing_is_known_of_a_country_is_said_once(talk: FirstReplies) -> None:
    first, second = talk("i live in kenya. how much is the cca", "how long is the cca exam")
    assert "Kenya: I have no checked facts" in first.text
    assert "no checked facts" not in second.text


def test_who_was_told_of_the_wrong_country_is_told_sorry(talk: FirstReplies) -> None:
    *_, last = talk(
        "I am from Kerala", "Why are you telling me about India, I am in the United States. Please remember."
    )
    assert plain(last.text).startswith("Sorry about that: United States it is.")
    assert "Sorry" not in talk("I am in the United States")[0].text


@pytest.mark.parametrize(
    ("first", "then", "unlike"),
    [
        ("how much is the ccs exam", "how long does that take", "299 USD"),
        ("tell me about the cpb, what does the exam cost", "how long is it valid", "425 USD"),
        ("i am in india, what does the cpc cost in dollars", "and how many questions in it", "425 USD"),
    ],
)
def test_another_question_is_not_answered_with_the_same_sentence(
    talk: FirstReplies, first: str, then: str, unlike: str
) -> None:
    before, after = talk(first, then)
    assert unlike in before.text
    assert unlike not in plain(after.text).splitlines()[0]
    assert before.statements[0][0] != after.statements[0][0]


@pytest.mark.parametrize("then", ["where do i take it", "where would i do it", "and where do i sit that"])
def test_where_an_exam_is_taken_is_told_behind_its_fee(talk: FirstReplies, then: str) -> None:
    after = talk("what does the cca exam cost", then)[-1]
    assert "199 USD" not in after.text
    assert "299 USD" not in after.text
    assert "Pearson VUE" in after.text


def test_the_same_question_again_gets_the_same_answer(talk: FirstReplies) -> None:
    before, after = talk("how much is the ccs exam", "so how much is that")
    assert before.statements[0][0] == after.statements[0][0]


@pytest.mark.parametrize(
    ("then", "told"),
    [
        ("Anyone can take it?", "CPMA"),
        ("how many questions are there", "CPMA"),
        ("what does it cost", "CPMA"),
    ],
)
def test_the_exam_of_a_role_is_what_employers_ask_of_it(talk: FirstReplies, then: str, told: str) -> None:
    assert told in plain(talk("what does a coding auditor do all day", then)[-1].text).splitlines()[0]


def test_what_a_role_says_itself_is_not_told_of_its_exam(talk: FirstReplies) -> None:
    assert plain(talk("i want to be a him manager", "and what does it cost")[-1].text).startswith("HIM Manager")


def test_the_talk_is_about_what_the_answer_spoke_of(talk: FirstReplies) -> None:
    cert, exam = talk("Is risk adjustment remote", "cert for it?", "how many questions has the exam")[1:]
    assert "CRC" in plain(cert.text).splitlines()[0]
    assert "CRC" in plain(exam.text).splitlines()[0]


def test_what_is_named_is_spoken_of_whatever_the_answer_says(talk: FirstReplies) -> None:
    assert "CCA" in plain(talk("is the cca or a course the cheaper start", "how long is the cca exam")[-1].text)


def test_a_place_of_work_alone_is_asked_about(talk: FirstReplies) -> None:
    hospital, office = talk("coder salary", "hospital?", "and a doctors office")[1:]
    assert "59,120" in plain(hospital.text).splitlines()[0]
    assert "47,120" in office.text


def test_you_in_a_talk_is_not_the_bot(talk: FirstReplies) -> None:
    assert "I'm a bot" not in talk("how often do i have to renew the cpc", "do you get paid for them")[-1].text
    assert "I'm a bot" in talk("are you a robot")[-1].text


def test_a_message_that_names_no_period_searches_no_statement(
    talk: FirstReplies, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[str] = []
    told_before = periods.told_before
    monkeypatch.setattr(periods, "told_before", lambda base, shown: searched.append(shown) or told_before(base, shown))
    talk("how much does a medical coder earn", "and where are the jobs", "is that remote")
    assert not searched
    talk("how much does a medical coder earn", "is that per year")
    assert searched
