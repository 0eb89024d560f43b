"""Decisions that are no choice between things of ours, and two credentials that are named together and are none."""

from __future__ import annotations

from datetime import date

import pytest

from bot.advice.profile import Profile
from bot.advice.verdicts import Verdict, VerdictMaker, dilemmas
from bot.advice.wording import plain
from bot.conversation.advisor import Advisor
from bot.conversation.messages import Incoming
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase

NOBODY = Profile()


@pytest.fixture(scope="module")
def decide(base: KnowledgeBase, advisor: Advisor) -> object:
    maker = VerdictMaker(base)

    def decided(text: str, profile: Profile = NOBODY) -> list[str]:
        verdict: Verdict | None = maker.of(advisor.interpreter.interpret(text), profile)
        return [line.begins + line.text for line in verdict.lines] if verdict is not None else []

    return decided


def said(advisor: Advisor, text: str) -> str:
    _, replies = advisor.turn(Session(), Incoming(kind="text", text=text), date(2026, 11, 23))
    return plain(replies[0].text)


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        ("should i quit my job to study full time", "No, I would keep the pay"),
        (
            "I passed in March. I am thinking about practicode to get the A off, or taking a charge entry job at 16 an "
            "hour. Which would you do?",
            "The job, if codes",
        ),
        (
            "i got offered two jobs. first one is remote at 21 with no training, second one is on site with a coder "
            "who trains you. im cpc-a. help",
            "The one on site",
        ),
        (
            "i am 1099, paid per chart, no insurance. a plan offered me a salaried job with benefits. take it?",
            "Take the employed one",
        ),
        ("would the certificate or an associate be the better use of 5k", "The certificate"),
        (
            "no computer skills, only a phone. a chance at coding or should i look at something else",
            "A chance, yes, but the computer first",
        ),
        ("i teach and make 52000. is coding a step down", "In pay most likely"),
        (
            "laid off by software. i wont retrain for what software eats next. convince me or tell me no",
            "Yes with care",
        ),
        ("is it dumb to resign so i can go to school for this", "No, I would keep the pay"),
        ("am i too old at 61 to start", "No, by what I know"),
        ("would they laugh at somebody my age in coding school", "No, by what I know"),
        ("online course or in person class", "Either"),
        ("self study or a school for cpc", "Self-study is enough"),
        ("boot camp or community college for coding", "The college"),
        ("should i start now or wait until january", "Start now"),
        ("they offered me 19 an hour as a coder and i make 23 now, is it worth it", "It depends on the whole year"),
        ("should i take the offer or wait for a remote one", "Take the one you have"),
        ("contract or permanent for a coder", "Permanent"),
        ("stay in billing or go into coding", "Coding"),
        ("should i apply now or wait until i pass", "Apply now"),
        ("should i let my ccs lapse", "Keep the one"),
        ("lpn school or coding, which is better with a bad back", "Coding"),
        ("will ai make coding pointless, should i bother", "Yes with care"),
        ("is a bachelors worth it if i already have rhit and 10 years", "Only if you aim at managing"),
        ("give notice now and learn full time, yes or no?", "No, I would keep the pay"),
        ("is 48 past it for a coder?", "No, by what I know"),
        ("would you rather rent yourself out as a freelancer or be on staff?", "Permanent"),
        ("boss says no more remote. leave or stay", "Leave for a written offer"),
        ("stay generalist or commit to orthopedics?", "A wide base first"),
        ("should i buy the bundle with two attempts or just one", "Two, unless"),
        ("is it smarter to be a biller first and move over later", "It can be a way in"),
        ("accept a lead job when i can't stand conflict?", "Only for the people work"),
        ("exam is in 9 days and i score 65 on practice tests, postpone or go", "Go when timed practice"),
        ("my boss says if i get certified she will bump me 75 cents. worth it?", "It pays back"),
    ],
)
def test_a_dilemma_is_decided(decide, asked: str, begins: str) -> None:  # type: ignore[no-untyped-def]
    assert decide(asked)[0].startswith(begins)


@pytest.mark.parametrize(
    "asked",
    [
        "how do i become a team lead",
        "how should i quit my job politely",
        "my cousin quit her job to study coding, how long did the course take",
        "is my 2015 cpt book too old",
        "is it too late to register for the exam on friday",
        "does aapc offer a payment plan for the course",
        "should i take the exam online or at a test center",
        "how does a contractor get paid per chart",
        "should i drop my ahima membership",
        "how much does practicode cost",
        "can i pass the cpc by self study",
        "should i buy a house or wait",
        "what is practicode",
        "do i need a degree to be a manager",
        "my last day is the 30th, do i lose my credential when i leave my employer",
        "i cant work yet because of my age, 15, but i want to plan",
        "should i leave the date of birth blank on the application",
        "should i give up on the cpc after two fails",
        "are my 45 college credits from the 90s too old",
    ],
)
def test_what_only_sounds_like_a_dilemma_is_none(base: KnowledgeBase, advisor: Advisor, asked: str) -> None:
    maker = VerdictMaker(base)
    assert maker.dilemmas.of(advisor.interpreter.interpret(asked), NOBODY) == []


def test_what_the_person_told_decides(decide) -> None:  # type: ignore[no-untyped-def]
    offer = "a recruiter called about a remote coder job, 26 an hour but contract, no benefits. {told}should i take it"
    assert decide(offer.format(told=""))[0].startswith("Not for the rate alone")
    assert any("Health cover first" in line for line in decide(offer.format(told="my kid has asthma. ")))
    school = "i signed up for a coding course and have cold feet, {told}stay or cancel?"
    assert "promised placement" in decide(school.format(told="they promise job placement, "))[0]
    assert "promised placement" not in decide(school.format(told=""))[0]
    biller = Profile(years={"billing": 11})
    assert any("Your billing years count" in line for line in decide("stay in billing or go into coding", biller))
    coder = Profile(years={"coding": 4})
    assert decide("should i take the offer or wait for a remote one", coder)[0].startswith("You can wait")


def test_the_law_of_one_country_decides_for_nobody_elsewhere(decide) -> None:  # type: ignore[no-untyped-def]
    there = Profile(country="IN")
    assert decide("contract or permanent for a coder", there)[0].startswith("It depends")
    assert not any("US law" in line for line in decide("am i too old at 61 to start", there))
    assert "in India" in decide("cpc or ccs first?", there)[0]


def test_a_sentence_found_tells_what_is_to_be_decided(decide) -> None:  # type: ignore[no-untyped-def]
    """No pattern knows these words; the sentence that is found for them does."""
    asked = (
        "aapc self paced is 1800, the tech college wants 5200 but their classes are in the evening when i work nights. "
        "which one for me"
    )
    assert decide(asked)[0].startswith("Online, from what you tell")
    assert decide("what are self paced courses") == []


def test_what_was_told_is_not_asked_for_again(decide) -> None:  # type: ignore[no-untyped-def]
    assert any("both rates" in line for line in decide("should i take the job they offered me"))
    told = decide("they offered me a job for 26 an hour, i make 21 an hour, should i take it")
    assert not any("both rates" in line for line in told)


def test_a_decision_in_two_sentences_is_one(advisor: Advisor) -> None:
    text = said(advisor, "offered a 1099 coding job at 30/hr vs my w2 at 25 with benefits. which is better")
    assert text.startswith("Not for the rate alone: a contractor")


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        ("can i take the cic and ccs the same month", "You can: I found no rule against it"),
        ("is it a problem to have cpc and ccs at the same time", "You can"),
        ("can i skip the cca and go straight to ccs", "You can: neither exam"),
        ("cpc and cpb both or one", "One first"),
        ("should i get both the cpc and the cpb or just one", "One first"),
        ("do i need cpc if i already have ccs", "Not as a must.You hold the CCS"),
        ("must i have the cca before the ccs", "No. Neither exam"),
        ("is CRC worth it if I already have CPC", "The CRC next"),
        ("is the CRC a decent add-on for somebody with a CCS?", "Yes if you want risk adjustment"),
        ("could i sit the CCS in spring and the CIC in fall of one year?", "You can"),
        ("I've got the CCA. Is the CCS still necessary?", "Not as a must.The CCS is the usual next one"),
    ],
)
def test_two_credentials_that_are_no_choice(decide, asked: str, begins: str) -> None:  # type: ignore[no-untyped-def]
    assert decide(asked)[0].startswith(begins)


def test_what_is_held_and_renewed_is_no_choice(decide) -> None:  # type: ignore[no-untyped-def]
    assert decide("i have cca and cpc, which do i have to renew first", Profile(certifications=("cca", "cpc"))) == []


def test_a_story_that_ends_with_which_weighs_what_it_named(decide) -> None:  # type: ignore[no-untyped-def]
    exam = "boss pays one exam this year. i was thinking CCC or CPMA or CRC. what would you choose"
    assert decide(exam, Profile(certifications=("cpc",)))[0].startswith("The CPMA if you want out")
    tale = (
        "i have a degree in biology and no job since may and i live with my parents, and it is getting on my nerves. "
        "everyone says do the master in health informatics. my cousin says get a cpc and work. which makes more sense"
    )
    assert decide(tale)[0].startswith("The CPC first")


def test_money_and_time_of_both_sides_are_said(decide) -> None:  # type: ignore[no-untyped-def]
    lines = decide("cpc or associate degree in health information first", Profile(budget=2000, hours_per_week=6))
    assert any(line.startswith("CPC from where you stand:") and "6 hours a week" in line for line in lines)
    assert any("more than your 2,000 USD" in line for line in lines)


@pytest.mark.parametrize(
    ("asked", "begins"),
    [
        ("is AAPC or AHIMA better for inpatient", "AHIMA for you"),
        ("which first, cpc, crc or coc", "The CPC first"),
        ("should i become an auditor or stay a coder", "Coder first"),
    ],
)
def test_a_role_named_tells_the_place_of_work_and_what_one_is(decide, asked: str, begins: str) -> None:  # type: ignore[no-untyped-def]
    assert decide(asked)[0].startswith(begins)


@pytest.mark.parametrize(
    ("told", "begins"),
    [
        ("my uncle owns a lab and would sign a letter that i coded there, though i never did. fine?", "No, don't"),
        ("can i stretch my experience in the letter, everybody pads it", "No, don't"),
        ("can you write my experience letter and sign it as my manager", "No, don't"),
        ("can i just sign it as my supervisor", "No, don't"),
        ("coworker asks to use my encoder login today, ok?", "No: HIPAA"),
        ("a friend abroad would code charts under my name for half the pay", "No: HIPAA"),
        ("doc wants me to bill visits he never did", "No: refuse it"),
        ("someone offers 200 for the real cpc exam questions i remember, should i", "No, I would not"),
        ("they mailed a check to buy a laptop from their vendor before my remote job starts", "A scam"),
        ("hr on telegram says deposit the check and send the rest by zelle, i am hired", "A scam"),
        ("the bootcamp says sign the loan by monday or the price goes up, 14 thousand", "Don't sign under pressure"),
        ("admissions keeps calling, last seat, they want me to sign the financing for the course", "Don't sign"),
        ("signed a 9k contract with a billing school last week and regret it", "Cancel at once in writing"),
        ("paid 2k for the course and now the exam is not included, i want my money back", "Go by the contract"),
        ("on an h4 visa, can i do freelance coding from home for cash", "Don't start before an immigration"),
        (
            "two offers: clinic 23 with insurance, remote contract 29 no benefits, my first coder job",
            "The employed one",
        ),
        ("offer a is 1099 at 41, offer b is w2 34 with pto. which", "Not the contract"),
        ("one is on site at 22, the other is remote at 23. both are offers, first job as cpc-a", "The one on site"),
        ("agency has a non compete, the hospital wants to hire me directly. can i just quit?", "Don't quit before"),
        ("they pay my cpc but i owe 4000 if i leave within two years. fair?", "Such deals exist"),
        ("thinking of resigning to study coding all summer, mortgage to pay. crazy, should i?", "No, I would keep"),
        ("our clinic was sold, do i sit tight or start applying", "Don't wait for their word"),
        ("failed with 63 and 67, try again or go for another certificate", "Try again while"),
        ("i freeze when the clock starts. try the cpc again or drop it?", "Try again, I would say, if practice"),
        ("got 61. sit again in two weeks or wait two months", "Wait until timed practice"),
        ("would a pediatric coding credential get me paid more or is it a pin", "Don't count on money"),
        ("i make 60k as a teacher, do i earn the same the first year if i switch to coding", "Most likely not"),
        ("no diploma, left school at 15. is the door closed", "The door is open"),
        ("is this real for me with nobody to watch my toddler", "Real work, but not"),
        ("a youtuber says federal law will demand the cpc, should i buy his course", "Don't pay on that: I know of no"),
        ("an influencer says ahima is shutting down, is that true", "Don't pay on that, I would say"),
        ("people say ai will replace coders in two years, is that true", "Nobody can know"),
        ("aapc is a money machine, prove me wrong", "You are right on the bills"),
        ("want to open my own billing company from home, no clients", "Not as a first step"),
    ],
)
def test_a_decision_is_heard_in_what_is_told(decide, told: str, begins: str) -> None:  # type: ignore[no-untyped-def]
    assert decide(told)[0].startswith(begins)


@pytest.mark.parametrize(
    "told",
    [
        "my uncle signed the letter for the two years i coded there, where do i send it",
        "who has to sign the letter, my boss or hr",
        "my supervisor signed the letter as my lead, is that ok",
        "who can sign the letter for my boss if he is on leave",
        "i would never fake a letter, how do i get the A off",
        "how do i reset my aapc login password",
        "should i lie about my conviction on the application",
        "insurance did not pay the visit we billed",
        "how many questions are on the cpc exam",
        "they want a background check and send a laptop before the job starts",
        "gut check: is 25 visits an hour per coder too much",
        "should i sign the job offer by friday",
        "registration for the exam closes friday",
        "does the cpc fee include the membership",
        "do employers sponsor an h1b visa",
        "they offer a remote job but i never coded",
        "how do i decline an offer",
        "the accuracy bonus went from 2 to 3 an hour, is that normal",
        "i make 30k now, do i earn the same the first year as a coder",
        "my son left school at 16, can he code",
        "i have 10 years of billing, how do i start my own billing company",
    ],
)
def test_what_only_sounds_like_it_is_no_such_decision(decide, told: str) -> None:  # type: ignore[no-untyped-def]
    begins = ("No, don't", "No: ", "No, I would not", "A scam", "Don't", "Cancel", "Go by", "The employed", "Not ")
    others = ("The one on site", "Such deals", "Most likely", "The door")
    assert not any(line.startswith((*begins, *others)) for line in decide(told)[:1])


def test_a_trap_is_named_before_anybody_is_congratulated(advisor: Advisor) -> None:
    text = said(advisor, "i am so happy, they hired me! they mailed a check so i can buy a laptop from their vendor")
    assert text.startswith("A scam, most likely")


@pytest.mark.parametrize(
    "told",
    [
        "coder for six years, they laid us all off on monday",
        "my position got eliminated, i hold the ccs",
        "fired on friday from my billing and coding post",
        "they outsourced our whole department",
        "cpc, lost my job in the spring",
        "they let the entire coding staff go, rhit since 2014",
    ],
)
def test_who_tells_that_they_were_let_go_hears_what_comes_first(advisor: Advisor, told: str) -> None:
    assert "unemployment office" in said(advisor, told)


@pytest.mark.parametrize(
    "told",
    [
        "scared of being laid off as a coder",
        "my husband was laid off, should i learn coding",
        "got laid off, do i get severance",
        "laid off from a restaurant, thinking about coding",
    ],
)
def test_who_fears_it_or_asks_something_else_does_not(advisor: Advisor, told: str) -> None:
    assert not said(advisor, told).startswith("Apply at your state's unemployment office")


def test_who_is_called_back_to_the_office_hears_what_an_employer_may(advisor: Advisor) -> None:
    assert "A hospital may end home work" in said(advisor, "director says all home coders return to the building")


@pytest.mark.parametrize("text", ["do i have to be a coder first before cdi", "must i code before i can audit"])
def test_one_role_as_a_must_before_another_is_no_choice(advisor: Advisor, text: str) -> None:
    assert "From where you stand" not in said(advisor, text)


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("do you have data for oregon", True),
        ("any figures on maine you got", True),
        ("do you have data about me", False),
        ("do you sell my data", False),
    ],
)
def test_figures_for_a_place_are_no_question_about_the_bot(advisor: Advisor, text: str, ours: bool) -> None:
    assert ("median of" in said(advisor, text)) == ours


def test_what_a_message_decides_is_read_once_a_turn(advisor: Advisor, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    normalise = dilemmas.normalise
    monkeypatch.setattr(dilemmas, "normalise", lambda text: read.append(text) or normalise(text))
    for asked in ("is it too late to begin at the age of 53", "should i take the job or hold out for a remote one"):
        said(advisor, asked)
        assert asked in read
    assert len(read) == len(set(read))
