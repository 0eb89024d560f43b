"""Which of several: by figures, by rules, for the person who asks; and never more than is known."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.advice.profile import Profile
from bot.advice.verdicts import Verdict, VerdictMaker
from bot.advice.verdicts.figures import can_begin, candidates, figure, figures
from bot.advice.verdicts.worth import worth
from bot.advice.wording import plain
from bot.conversation.advisor import Advisor
from bot.conversation.messages import Incoming
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.verdicts import Verdicts
from bot.understanding.question import Asking, FoundStatement
from bot.understanding.statements import Statement, statements

NOBODY = Profile()


@pytest.fixture(scope="module")
def decide(base: KnowledgeBase, advisor: Advisor) -> object:
    maker = VerdictMaker(base)

    def decided(text: str, profile: Profile = NOBODY) -> Verdict | None:
        return maker.of(advisor.interpreter.interpret(text), profile)

    return decided


def answer(advisor: Advisor, text: str) -> str:
    _, replies = advisor.turn(Session(), Incoming(kind="text", text=text), date(2026, 11, 23))
    return plain(replies[0].text)


def first(verdict: Verdict | None) -> str:
    assert verdict is not None
    return verdict.lines[0].text


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("does the ccs or the cpc exam have more questions", "CCS: more questions, 107"),
        ("does the ccs or the cpc exam have fewer questions", "CPC: fewer questions, 100"),
        ("which one is longer, the cpc or the cca exam", "CPC: the longer exam, 4 hours"),
        ("which one is shorter, the cpc or the cca exam", "CCA: the shorter exam, 2 hours"),
    ],
)
def test_a_figure_decides_and_both_are_named(decide, text: str, begins: str) -> None:  # type: ignore[no-untyped-def]
    assert first(decide(text)).startswith(begins)
    assert "against" in first(decide(text))


@pytest.mark.parametrize(
    ("text", "word"), [("is the rhit cheaper than the cpc", "Yes. "), ("is the cpc cheaper than the rhit", "No. ")]
)
def test_a_comparison_that_wants_yes_or_no_begins_so(decide, text: str, word: str) -> None:  # type: ignore[no-untyped-def]
    assert first(decide(text)).startswith(word)


def test_the_cheapest_of_all_is_the_least_of_the_known_figures(base: KnowledgeBase, decide) -> None:  # type: ignore[no-untyped-def]
    everyone = candidates(base, "certification")
    known = figures(base, everyone, "exam_fee")
    least = next(iter(known))

    verdict, dearest = decide("cheapest coding certification"), decide("most expensive coding certification")

    assert first(verdict).startswith(f"{base.certifications[least].short}: ")
    assert dearest.lines[-1].text == f"Counted among the {len(known)} whose exam fee I know."


def test_the_least_is_among_what_may_be_taken_up_from_here(base: KnowledgeBase, decide) -> None:  # type: ignore[no-untyped-def]
    """Not what asks a degree or years first, nor what nobody knows the entry rule of; and that is said."""
    new, graduate = Profile(), Profile(certifications=("cpc",), education=("associate-him",))
    assert {"ccds", "cdip", "rhit", "crc"}.isdisjoint(
        i for i in candidates(base, "certification") if can_begin(base, new, i)
    )
    assert {"rhit", "crc"} <= {i for i in candidates(base, "certification") if can_begin(base, graduate, i)}

    verdict = decide("least studying of any coding credential")

    assert first(verdict).startswith("CCA: the least study")
    assert "RHIT" not in " ".join(line.text for line in verdict.lines[:-1])
    assert verdict.lines[-1].text.startswith("Left out: ")


def test_a_credential_named_beside_is_not_held(decide) -> None:  # type: ignore[no-untyped-def]
    wanted, with_one = decide("is the cpc worth it if i want the ccs later"), decide("is the cpc worth it with a ccs")

    assert "You hold" not in first(wanted)
    assert first(with_one).startswith("You hold the CCS")
    assert first(decide("as a ccs holder is the cpc worth it")).startswith("You hold the CCS")
    assert "doctors' offices your CPC" not in first(decide("is the ccs worth it without a cpc"))


def test_pay_is_set_against_what_a_credential_takes(decide) -> None:  # type: ignore[no-untyped-def]
    told = [line.text for line in decide("is the cpma worth it").lines]
    assert "self-study and exam" in told[0]
    assert told[1].startswith("70,320 USD")


def test_a_caution_is_about_figures_of_its_own_page(decide) -> None:  # type: ignore[no-untyped-def]
    other = decide("what pays better, cdi specialist or coding auditor")
    own = decide("what pays better, coding manager or coding auditor")
    assert not any("BLS" in line.text for line in other.lines)
    assert any("BLS" in line.text for line in own.lines)


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("what pays better, coding manager or coding auditor", "(US health managers of all kinds)"),
        ("coding manager or medical coder", "(US coders with records clerks)"),
        ("does a biller earn more than a health data analyst", "(US billing clerks of all industries)"),
        ("what pays better, cdi specialist or coding auditor", "(the most common in ACDIS's survey of 2015)"),
    ],
)
def test_pay_of_a_wider_group_says_whom_it_counts(decide, text: str, group: str) -> None:  # type: ignore[no-untyped-def]
    assert group in first(decide(text))


def test_a_price_that_is_our_guess_decides_nothing(base: KnowledgeBase, decide) -> None:  # type: ignore[no-untyped-def]
    assert first(decide("is the cic exam more expensive than the cpc")).endswith("For CIC I know no exam fee.")
    assert "cic" not in figures(base, ["cic", "cpc"], "exam_fee")
    assert "cic" in figures(base, ["cic", "cpc"], "study_hours")  # an estimate by its nature


def test_what_no_figure_decides_is_said_to_be_undecided(decide) -> None:  # type: ignore[no-untyped-def]
    assert first(decide("which certification pays the most")).startswith("I know no fact that decides that")
    assert first(decide("whats the easiest coding exam")).startswith("I know no fair measure")


def test_figures_that_several_share_tell_nothing_between_them(decide) -> None:  # type: ignore[no-untyped-def]
    assert decide("do inpatient coders or outpatient coders earn more") is None


def test_the_person_decides_a_choice(decide) -> None:  # type: ignore[no-untyped-def]
    nobody = decide("cpc or ccs first?")
    hospital = decide("cpc or ccs first?", Profile(setting="hospital"))
    coder = decide("cpc or ccs first?", Profile(certifications=("ccs",)))

    assert (first(nobody).startswith("It depends"), nobody.asks_setting, nobody.beside) == (True, True, True)
    assert (first(hospital).startswith("The CCS"), hospital.asks_setting) == (True, False)
    assert first(coder).startswith("You hold the CCS")


def test_what_is_held_is_not_weighed_against_what_is_not(decide) -> None:  # type: ignore[no-untyped-def]
    verdict = decide("i have cpc, should i get cpma or ccs next", Profile(certifications=("cpc",)))
    assert verdict.sides == ("cpma", "ccs")


def test_a_plain_difference_or_one_thing_of_each_is_no_choice(decide) -> None:  # type: ignore[no-untyped-def]
    assert decide("what is the difference between a coder and a cancer registrar") is None
    assert decide("do cpma and ccs both allow books") is None


def test_units_of_several_credentials_are_summed_by_the_rule_of_their_body(base: KnowledgeBase, decide) -> None:  # type: ignore[no-untyped-def]
    asked = figure(base, "ccs", "continuing_units")
    more = base.terms["ahima"].planning.more_units
    assert asked is not None
    assert more is not None

    both = first(decide("i have ccs and rhit, how many ceus"))
    apart = decide("how many ceus for cpc and ccs together")

    assert both.startswith(f"{asked.high + more.high:g} CEUs")
    assert len(apart.lines) == 2


def test_a_whole_list_is_given_by_level_or_body_and_only_where_it_is_asked(base: KnowledgeBase, decide) -> None:  # type: ignore[no-untyped-def]
    entry = [role.name for role in base.roles.values() if role.level == "entry" and base.is_offered(role.id)]

    assert first(decide("which roles are entry level")) == f"Entry level: {', '.join(entry)}."
    assert [line.text.split(":")[0] for line in decide("list all roles").lines] == [
        level.name for level in base.field.levels
    ]
    assert any(line.text.startswith("AAPC: ") for line in decide("which certifications are there").lines)
    assert decide("do they have entry level remote jobs") is None
    assert decide("which certification do i need for auditing") is None


def test_what_sets_two_apart_is_said_and_that_they_are_not_the_same(decide) -> None:  # type: ignore[no-untyped-def]
    apart, same = decide("whats the difference between coding and billing"), decide("is coding the same as billing")
    assert first(apart) == first(same)
    assert (apart.lines[0].begins, same.lines[0].begins) == ("", "No.")


def said(advisor: Advisor, *turns: str) -> str:
    session = Session()
    for text in turns:
        session, replies = advisor.turn(session, Incoming(kind="text", text=text), date(2026, 11, 23))
    return plain(replies[0].text)


def test_a_pointing_word_means_what_the_talk_was_about(advisor: Advisor) -> None:
    assert said(advisor, "how much is the cca", "which is cheaper, that or the ccs").startswith(
        "CCA: the lower exam fee"
    )
    assert "CCA" not in said(advisor, "how much is the cca", "how much is the ccs").splitlines()[0]


def test_the_place_of_work_told_afterwards_settles_the_choice(advisor: Advisor) -> None:
    hospital = said(advisor, "cpc or ccs", "i work in a hospital")
    assert hospital.startswith("The CCS")
    assert not said(advisor, "how much is the ccs", "i work in a hospital").startswith("The CCS")


def test_a_place_in_a_story_is_not_answered_about(advisor: Advisor) -> None:
    story = "hi! im a CNA in georgia with two kids. money is tight so which exam costs less, the cca or the cpc?"
    assert said(advisor, story).startswith("CCA: the lower exam fee")


def test_without_its_words_nothing_is_decided(base: KnowledgeBase, advisor: Advisor) -> None:
    maker = VerdictMaker(replace(base, verdicts=Verdicts()))
    assert maker.of(advisor.interpreter.interpret("cpc or ccs first?"), NOBODY) is None


def test_rules_and_measures_without_words_are_refused() -> None:
    with pytest.raises(ValueError, match="`words` says nothing for two"):
        Verdicts.model_validate({"measures": [{
            "id": "fee", "of": "certification", "figure": "exam_fee", "name": "fee",
            "less": {"asked": ["cheaper"], "is": "cheaper", "most": "the cheapest"},
        }]})  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "I was a biller and then a coder, my cousin does cdi and says auditing pays. Long story. "
        "Does my degree from abroad count for anything in the US?",
        "I hold CPC and CRC at AAPC and only got 11 CEUs this year. Do they give extensions for medical reasons?",
    ],
)
def test_what_a_story_only_mentions_is_not_weighed(decide, text: str) -> None:  # type: ignore[no-untyped-def]
    assert decide(text, Profile(certifications=("cpc", "crc"))) is None


def test_where_a_way_begins_is_no_side_of_a_choice(decide) -> None:  # type: ignore[no-untyped-def]
    verdict = decide("cdi or auditing, which pays more coming from coding")
    assert verdict is not None
    assert set(verdict.sides) == {"cdi-specialist", "coding-auditor"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("is the cca worth it", "It depends on finishing"),
        ("i have 10 hours a week. is coding worth it", "at 10 hours a week"),
        ("is the ccs worth it when i hold the cpc", "your CPC is enough"),
        ("least stressful job", "I found no measure"),
        ("auditing or compliance, which is easier to get into", "by the road"),
        ("which has more phone calls, coding or billing", "I found no count of calls"),
        ("which has more overtime, billing or auditing", "no fact that tells them apart by just that"),
    ],
)
def test_what_is_worth_it_and_what_no_fact_decides(advisor: Advisor, text: str, told: str) -> None:
    assert told in answer(advisor, text)


def test_several_roads_are_told_apart_by_whole_words(decide) -> None:  # type: ignore[no-untyped-def]
    roads = first(decide("cdi, auditing or coding manager, which is quickest to get into"))
    assert re.search(r"against [\d.]+ years for Coding Auditor and [\d.]+ years for Coding Manager\.$", roads)


@pytest.mark.parametrize("text", ["i am a cpc and a coc, laid off last week", "is a bachelor's worth it for a coder"])
def test_what_is_held_or_a_school_is_not_weighed_so(advisor: Advisor, text: str) -> None:
    said = answer(advisor, text)
    assert "It depends on" not in said


@pytest.mark.parametrize(
    ("text", "begins", "says_too"),
    [
        ("Is CPMA required to be a coding auditor", "Not as a must.", "CPMA or CCS"),
        ("do i need the ccs to be an inpatient coder", "Not as a must.", "CCS or CIC"),
        ("do i need a cpc to be a medical biller", "Not as a must.", "high school diploma"),
        ("does a cancer registrar need the ods", "Usually yes.", "ODS holders"),
        ("best credential for cancer registry work", "Employers ask, for Cancer Registrar", "The ODS"),
    ],
)
def test_whether_something_is_a_must_for_a_role(decide, text: str, begins: str, says_too: str) -> None:  # type: ignore[no-untyped-def]
    assert first(decide(text)).startswith(begins)
    assert says_too in first(decide(text))


@pytest.mark.parametrize(
    "text",
    [
        "can i be an auditor without the cpma",
        "do i still need the cpma to be a coding auditor",
        "is the cpma not required to be a coding auditor",
        "do i need a degree for the cpc",
        "what does an auditor need",
        "best credential for DRG validation",
    ],
)
def test_what_is_no_question_of_a_must_for_a_role(decide, text: str) -> None:  # type: ignore[no-untyped-def]
    verdict = decide(text)
    assert verdict is None or not first(verdict).startswith(("Not as a must", "Usually yes", "It depends on where"))


@pytest.mark.parametrize(
    "text",
    ["do CRC coders need a CPC first", "is the rhit a prerequisite for the rhia", "must i have the cca before the ccs"],
)
def test_what_neither_exam_asks_for_is_no_must_before_the_other(decide, text: str) -> None:  # type: ignore[no-untyped-def]
    verdict = decide(text)
    assert first(verdict).startswith("No. Neither exam")
    assert all(line.of for line in verdict.lines[1:])


@pytest.mark.parametrize(
    "text",
    [
        "do i need the ccs before the ccds",  # one way in is by the other
        "can i take the crc without a cpc",
        "do i need a cpc and a crc",
        "do i need the cpc or the cpma for a coding auditor job",
        "should i get the cpc first or the crc",
    ],
)
def test_what_is_no_question_of_one_exam_before_another(decide, text: str) -> None:  # type: ignore[no-untyped-def]
    verdict = decide(text)
    assert verdict is None or not first(verdict).startswith("No. Neither")


def test_who_asks_for_another_person_gets_no_roads_of_their_own(decide) -> None:  # type: ignore[no-untyped-def]
    verdict = decide("CCDS vs CDIP for an RN with 1 year of CDI")
    assert (verdict.beside, set(verdict.sides)) == (False, {"ccds", "cdip"})
    assert any("two years of inpatient CDI of an RN" in line.text for line in verdict.lines)
    assert decide("ccds vs cdip").beside


def test_who_only_names_what_they_hold_asks_for_no_choice(base: KnowledgeBase, advisor: Advisor) -> None:
    maker, held = VerdictMaker(base), Profile(certifications=("cpc", "ccs"))
    tells = replace(advisor.interpreter.interpret("i am a cpc and a ccs"), topics=("compare",), askings=())
    asks = replace(tells, text="i am a cpc and a ccs?")

    assert maker.of(tells, held) is None
    assert maker.of(asks, held) is not None
    assert maker.of(tells, NOBODY) is not None


def test_worth_is_not_weighed_where_a_sentence_answers_about_another_thing(
    base: KnowledgeBase, advisor: Advisor
) -> None:
    question = replace(advisor.interpreter.interpret("is the cca worth it"), topics=("worth_it",), askings=())
    school = next(item for item in statements(base) if item.owner == "coding-certificate")
    own = next(item for item in statements(base) if item.owner == "cca")

    def weighed(of: Statement, support: float) -> bool:
        asking = Asking("is the cca worth it", (FoundStatement(of, 0.9),), support=support)
        return worth(base, replace(question, askings=(asking,)), NOBODY) is not None

    assert weighed(own, 0.9)
    assert weighed(school, 0.4)
    assert not weighed(school, 0.9)


def test_it_depends_is_said_once(base: KnowledgeBase, advisor: Advisor) -> None:
    question = replace(advisor.interpreter.interpret("is medical coding worth it"), topics=("worth_it",))
    lines, _ = worth(base, question, NOBODY) or ([], "")
    facts = [fact.say for fact in base.roles["medical-coder"].facts["worth_it"]]

    assert any(fact.startswith("It depends. ") for fact in facts[:2])
    assert lines[0].text.startswith("It depends on")
    assert not any(line.text.startswith("It depends. ") for line in lines)


@pytest.mark.parametrize(
    ("text", "told", "begins"),
    [
        ("can i sit the ccds", {"years": {"cdi": 1}, "licences": ("rn",)}, "Not yet"),
        ("am i eligible for the ccds", {"years": {"cdi": 2}, "licences": ("rn",)}, "Yes, from what you told me"),
        ("do i qualify for the chps", {"years": {"management": 6}, "education": ("high-school",)}, "Yes, from"),
    ],
)
def test_whether_somebody_may_sit_is_told_by_the_rule(decide, text: str, told: dict[str, object], begins: str) -> None:  # type: ignore[no-untyped-def]
    assert first(decide(text, Profile.model_validate(told))).startswith(begins)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("can i sit the ccds", {}),
        ("can i sit the ccds", {"years": {"cdi": 2}}),  # two are enough for a nurse, and nobody said that they are none
        ("can i sit the ccds", {"years": {"clinical": 3}, "licences": ("rn",)}),  # of the work asked nothing was told
        ("can i take the ccds at home", {"years": {"cdi": 3}, "licences": ("rn",)}),
        ("can i sit the rhit", {"education": ("associate-him",)}),  # an accredited one is asked
        ("what do i need to sit the ccds", {"years": {"cdi": 1}}),
    ],
)
def test_what_was_not_told_is_not_taken_to_be_missing(decide, text: str, told: dict[str, object]) -> None:  # type: ignore[no-untyped-def]
    verdict = decide(text, Profile.model_validate(told))
    assert verdict is None or not first(verdict).startswith(("Not yet", "Yes, from"))


def test_of_two_the_one_that_somebody_may_not_sit_yet_is_named_first(decide) -> None:  # type: ignore[no-untyped-def]
    early = Profile(years={"cdi": 1}, licences=("rn",))
    assert first(decide("cdip or ccds", early)).startswith("CCDS: not yet, from what you told me.")
    assert first(decide("cdip or ccds", Profile(years={"cdi": 3}, licences=("rn",)))).startswith("Either")
    assert first(decide("cdip or ccds")).startswith("It depends")


def test_credentials_go_before_other_backgrounds(decide) -> None:  # type: ignore[no-untyped-def]
    assert "CDIP, CCDS or CCS" in first(decide("best credential for a cdi specialist"))
