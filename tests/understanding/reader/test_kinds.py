"""Kinds of things told, each with twins that tell them not."""

from __future__ import annotations

import pytest

from bot.understanding.reader.merge import Known, merged
from bot.understanding.reader.reader import Reader
from tests.understanding.reader.talk import TODAY, told


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("RHIA, 14 yrs HIM", {}),
        ("CPC and 12 years of retail", {}),
        ("CPC, 20 years of marriage behind me", {}),
        ("CPC, ten years total in this field", {}),
        ("cpc with 10 years in banking", {}),
        ("cpc, 6 yrs teaching", {}),
        ("cpc, 6 yrs as a waitress", {}),
        ("ccs and 8 years in the army", {}),
        ("rhit with 12 years in insurance", {}),
        ("they want cpc, 4 yrs profee", {}),
        ("cpc, 4 yrs profee ortho", {"coding": 4}),
        ("cpc with 6 years in a busy clinic", {"coding": 6}),
        ("cpc 4 yrs in ortho", {"coding": 4}),
        ("ccs, 15 years in the field", {"coding": 15}),
        ("cpc 4 yrs with optum", {"coding": 4}),
        ("crc 5 yrs risk adjustment remote", {"coding": 5}),
        ("CPC, 12 yrs", {"coding": 12}),
        ("CPB, 13 years", {"billing": 13}),
        ("i have my CPC and 12 years of coding", {"coding": 12}),
        ("i am a coder 5 yrs coding and 2 auditing", {"coding": 5, "auditing": 2}),
        ("im in a call center for an insurance company taking claims calls, 2 yrs, got my CPC-A", {}),
        ("i work the front desk. been there four years", {"other": 4}),
    ],
)
def test_years_are_of_the_work_that_is_named_and_of_none_that_is_not_known(
    reader: Reader, text: str, years: dict[str, float]
) -> None:
    assert told(reader, text).get("years", {}) == years


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("RHIA, 14 yrs HIM", None),
        ("no certs, 26 yrs as office manager, i do the billing too", None),
        ("whats harder, being a coder for 10 years or a nurse for 10 years", None),
        ("i could maybe be a coder in another life", None),
        ("i code cardiology pro fee from home", "profee-coder"),
        ("been coding ED and obs for 6 years", "outpatient-coder"),
        ("biller for 4 years and before that front desk 3", "medical-biller"),
        ("i told you before im a coder", "medical-coder"),
        ("i told them im a coder", None),
    ],
)
def test_a_job_is_the_one_somebody_says_to_have(reader: Reader, text: str, role: str | None) -> None:
    assert told(reader, text).get("role") == role


@pytest.mark.parametrize(
    ("text", "held", "not_held"),
    [
        ("CCDS and CCS, RN license lapsed 2021, 8 years in CDI", ["ccds", "ccs"], []),
        ("my CPC, CCS and RHIT lapsed", [], ["cpc", "ccs", "rhit"]),
        ("he tells me im too dumb to pass the cpc", [], []),
        ("i passed the cpc", ["cpc"], []),
        ("no certs except my CCA", ["cca"], []),
        ("no certs, not even the CCA", [], ["cca"]),
        ("they want someone with CCS. i have neither", [], ["ccs"]),
        ("Former coder (CPC, lapsed 2017)", [], ["cpc"]),
        ("never again will i sit for the CPC", [], ["cpc"]),
    ],
)
def test_what_is_lost_passed_or_denied_reaches_what_it_is_said_of(
    reader: Reader, text: str, held: list[str], not_held: list[str]
) -> None:
    found = told(reader, text)
    assert (found.get("certifications", []), found.get("not_certifications", [])) == (held, not_held)


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("want to run a compliance program someday", "compliance-officer"),
        ("rn 9 yrs icu, tired, heard about CDI", "cdi-specialist"),
        ("i dont want to run a compliance program", None),
        ("id rather die than be a coding manager", None),
        ("do i look like a manager to you", None),
    ],
)
def test_a_goal_is_what_somebody_wants(reader: Reader, text: str, goal: str | None) -> None:
    assert told(reader, text).get("goal") == goal


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("i can do nights and sundays, maybe 9 hours", 9),
        ("i can study 2 hours a night", 14),
        ("3 hours a week is all i can do with the commute", 3),
    ],
)
def test_hours_beside_days_are_those_of_the_week_where_no_day_has_so_many(
    reader: Reader, text: str, hours: float
) -> None:
    assert told(reader, text)["hours_per_week"] == hours


def test_who_is_about_to_move_is_where_they_are(reader: Reader) -> None:
    assert told(reader, "we are moving from Manila to Dubai next year")["country"] == "PH"
    assert told(reader, "we moved from Manila to Dubai last year")["country"] == "AE"


@pytest.mark.parametrize(
    "text",
    [
        "i said no to charge nurse",
        "those were for cpma not cpc",
        "humana lays off 200, not me",
        "we bought a house in canada, moving in may",
        "my ate works as medical coder in cebu",
        "explain it like im 12",
        "office manager for ten years",
    ],
)
def test_what_is_beside_the_point_tells_nothing_of_work_or_place(reader: Reader, text: str) -> None:
    found = told(reader, text)
    assert not found.keys() & {"role", "licences", "certifications", "not_certifications", "country", "setting"}
    assert reader.read(text, TODAY).under_age is not True


def test_what_was_told_before_makes_nobody_a_job_of_a_remark(reader: Reader) -> None:
    known = Known(certifications={"cpc": "held"}, years={"coding": 3})
    assert merged(known, reader.read("can this get any worse", TODAY, known)).role is None
    coder = Known(role="medical-coder", years={"coding": 5})
    later = merged(coder, reader.read("i supervise 3 people already actually, about a year", TODAY, coder))
    assert later.years == {"coding": 5, "management": 1}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("RHIT, 6 years release of information supervisor", None),
        ("i am a night supervisor at a warehouse", None),
        ("i am a supervisor of coders, 6 years", "coding-manager"),
        ("5 years from now i see myself as a cdi specialist", None),
        ("been teaching billing at a trade school 7 years", "coding-educator"),
    ],
)
def test_a_job_of_any_trade_is_ours_only_by_itself(reader: Reader, text: str, role: str | None) -> None:
    assert told(reader, text).get("role") == role


def test_what_is_short_of_a_degree_is_none(reader: Reader) -> None:
    assert "education" not in told(reader, "im 4 classes from an associates in HIT")
    assert told(reader, "i have an associates in HIT")["education"] == ["associate-him"]


def test_years_since_which_nothing_was_done_are_none(reader: Reader) -> None:
    assert "years" not in told(reader, "my cpc is active but i havent coded since 2020")


def test_what_is_put_right_takes_the_place_of_what_was_told(reader: Reader) -> None:
    known = Known(goal="cdi-specialist", years={"coding": 3})
    assert merged(known, reader.read("actually no, auditing", TODAY, known)).goal == "coding-auditor"
    assert merged(known, reader.read("not 3 yrs, 4", TODAY, known)).years == {"coding": 4}
    assert merged(known, reader.read("not 2 yrs, 4", TODAY, known)).years == {"coding": 3}


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("my friend has the RHIA and wants to be a director", None),
        ("my son is 16 and wants to be a coder", None),
        ("my friend codes, loves it and hopes to become an auditor", None),
        ("he is a coder, wants to be a manager, i want to be a biller", "medical-biller"),
        ("my husband is in the army, want to get the cpc", "cpc"),
        ("my boss is retiring and wants me as coding manager", "coding-manager"),
        ("they offered me a post as auditor", "coding-auditor"),
        ("they offered me a seat in the office where my sister works as auditor", None),
        ("i took the ccs yesterday", None),
        ("gave my cpc exam, result awaited", None),
        ("i am taking the ccs tomorrow", "ccs"),
        ("what if i get the CPC and still cant find work", None),
        ("if i become a coder will i earn more", "medical-coder"),
    ],
)
def test_whose_aim_it_is(reader: Reader, text: str, goal: str | None) -> None:
    assert told(reader, text).get("goal") == goal


@pytest.mark.parametrize("text", ["i took the ccs yesterday", "i did the ccs exam today", "sat the ccs, no result yet"])
def test_what_was_sat_is_not_held_yet(reader: Reader, text: str) -> None:
    found = told(reader, text)
    assert found.get("not_certifications") == ["ccs"]
    assert "certifications" not in found


@pytest.mark.parametrize(
    ("text", "licences", "role"),
    [
        ("RN doing inpatient CDI for 1 year", ["rn"], "cdi-specialist"),
        ("LVN working in a snf in Fresno", ["lpn"], None),
        ("RN working nights, want out", ["rn"], None),
        ("RN doing CDI is paid more", None, None),
        ("an RN doing CDI earns more", None, None),
        ("RNs doing CDI", None, None),
        ("my wife is an RN doing CDI", None, None),
    ],
)
def test_what_somebody_does_with_a_licence(
    reader: Reader, text: str, licences: list[str] | None, role: str | None
) -> None:
    found = told(reader, text)
    assert found.get("licences") == licences
    if licences:
        assert found.get("role") == role


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("what else can i do with a ccs", ["ccs"]),
        ("what other jobs could i get with a ccs", ["ccs"]),
        ("what can i do with a ccs", None),
        ("what else can you do with a ccs", None),
        ("what else do i need for the ccs", None),
    ],
)
def test_what_more_can_be_done_with_it_is_asked_by_who_holds_it(
    reader: Reader, text: str, held: list[str] | None
) -> None:
    assert told(reader, text).get("certifications") == held


@pytest.mark.parametrize(
    ("text", "limited"),
    [
        ("im so broke right now", True),
        ("single mom, broke, two jobs", True),
        ("want into coding but broke", True),
        ("my car broke down", False),
        ("my laptop broke so i study on my phone", False),
        ("i broke my wrist", False),
        ("covid broke me", False),
        ("my sister is broke", False),
    ],
)
def test_who_is_short_of_money_and_what_only_broke(reader: Reader, text: str, limited: bool) -> None:
    assert ("small budget" in told(reader, text).get("constraints", [])) == limited


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("4 years bedside and 1 year CDI", {"clinical": 4, "cdi": 1}),
        ("4 years of bedside and 1 year of CDI", {"clinical": 4, "cdi": 1}),
        ("I am an RN with 1 year of CDI experience", {"cdi": 1}),
        ("i am a nurse with 6 years, now 2 years of coding", {"clinical": 6, "coding": 2}),
        ("7 years bedside nurse, 2 years utilization review", {"clinical": 7}),
        ("nurse for 9 years, 5 years of that in ICU", {"clinical": 9}),
        ("phleb 2 yrs, then MA 3 yrs at a pain clinic", {"clinical": 5}),
        ("coder 3 years at a clinic, before that 4 years coding at a hospital", {"coding": 7}),
        ("i have 3 years of coding. no wait, 2 years of coding", {"coding": 2}),
    ],
)
def test_each_time_counts_the_work_behind_it(reader: Reader, text: str, years: dict[str, float]) -> None:
    assert told(reader, text).get("years") == years


@pytest.mark.parametrize(
    ("text", "schooling", "licences"),
    [
        ("I live in Kerala and have just finished my B.Pharm", ["bachelor"], ["pharmacist"]),
        ("BSc Nursing from Coimbatore, want to become a coder, i am from India", ["bachelor"], None),
        ("my sister did her B.Pharm in Kerala", None, None),
        ("do i need a B.Pharm", None, None),
    ],
)
def test_degrees_as_india_names_them(
    reader: Reader, text: str, schooling: list[str] | None, licences: list[str] | None
) -> None:
    found = told(reader, text)
    assert (found.get("education"), found.get("licences")) == (schooling, licences)


@pytest.mark.parametrize(
    ("text", "licences"),
    [
        ("RN in Texas, how do i become a coder?", ["rn"]),
        (
            "I am 44, medical graduate from the Philippines living in Texas, how can I get into CDI?",
            ["foreign-physician"],
        ),
        ("nurse in Ohio, what do they earn?", None),
        ("nurse in Ohio?", None),
    ],
)
def test_a_piece_before_ones_own_question_is_told(reader: Reader, text: str, licences: list[str] | None) -> None:
    assert told(reader, text).get("licences") == licences


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("im basically the manager but my title is lead coder", "coding-team-lead"),
        ("my job title is coding auditor", "coding-auditor"),
        ("the title is compliance officer", None),
        ("her title is coding manager", None),
    ],
)
def test_a_title_says_what_somebody_works_as(reader: Reader, text: str, role: str | None) -> None:
    assert told(reader, text).get("role") == role


def test_who_hopes_for_a_job_may_hold_a_credential(reader: Reader) -> None:
    assert told(reader, "as an aspiring auditor with a cpc what should i read")["certifications"] == ["cpc"]
    assert "certifications" not in told(reader, "as an aspiring auditor i want the cpc")


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("have the CCS on my list", None),
        ("i keep the ccs on my radar", None),
        ("have the ccs scheduled for june", None),
        ("scored a 65 on my ccs", None),
        ("no ccs so far", None),
        ("i have the ccs on my wall", ["ccs"]),
        ("i have my ccs on file with hr", ["ccs"]),
        ("scored a 91 on the ccs and passed", ["ccs"]),
        ("i only have the ccs so far", ["ccs"]),
    ],
)
def test_what_is_on_a_list_is_not_held(reader: Reader, text: str, held: list[str] | None) -> None:
    assert told(reader, text).get("certifications") == held


@pytest.mark.parametrize(
    ("text", "held", "not_held"),
    [
        ("passed the mock CCS with 82", [], []),
        ("failed the practice test for the CCS", [], []),
        ("i passed the CCS after three mock exams", ["ccs"], []),
        ("passed on the CCS this year", [], []),
        ("i passed up the CCS", [], []),
        ("passed the CCS on the first try", ["ccs"], []),
        ("failed the CCS, then got it on the second try", ["ccs"], []),
        ("took the CCS and got it", ["ccs"], []),
        ("failed the CCS, got it moved to june", [], ["ccs"]),
        ("failed the CCS but hope i got it this time", [], ["ccs"]),
        ("finally got the apprentice removed from my CPC-A", ["cpc"], []),
        ("i still have the A on my CPC-A", ["cpc-a"], []),
    ],
)
def test_what_counts_as_passed(reader: Reader, text: str, held: list[str], not_held: list[str]) -> None:
    found = told(reader, text)
    assert found.get("certifications", []) == held
    assert found.get("not_certifications", []) == not_held


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("i code in java", None),
        ("i code websites", None),
        ("i code in a hospital", "medical-coder"),
        ("20 claims an hour is my quota", None),
        ("9 charts an hour is my quota", "medical-coder"),
        ("got promoted to auditor in june", "coding-auditor"),
        ("hoping to be promoted to auditor", None),
        ("my sister got promoted to auditor", None),
        ("i have done billing 3 and coding 4", None),
    ],
)
def test_work_is_of_this_trade_and_of_whoever_writes(reader: Reader, text: str, role: str | None) -> None:
    assert told(reader, text).get("role") == role


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("change my goal to auditor", "coding-auditor"),
        ("switch the exam to the CCS", "ccs"),
        ("dont change my goal to auditor", None),
    ],
)
def test_a_goal_is_set_by_a_command(reader: Reader, text: str, goal: str | None) -> None:
    assert told(reader, text).get("goal") == goal


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("i want to audit", "coding-auditor"),
        ("thinking about managing", "coding-manager"),
        ("id love to teach someday", "coding-educator"),
        ("i want to leave nursing for CDI", "cdi-specialist"),
        ("want to move to risk adjustment", "risk-adjustment-coder"),
        ("nurse, ohio, cdi", "cdi-specialist"),
        ("goal: CPMA. have: CPC", "cpma"),
    ],
)
def test_work_that_is_wanted_by_its_name_is_the_goal(reader: Reader, text: str, goal: str) -> None:
    assert told(reader, text)["goal"] == goal


@pytest.mark.parametrize(
    "text",
    [
        "i dont want to audit",
        "i am not going into management",
        "i want to audit a class at the college",
        "my sister wants to teach",
        "i hate auditing",
        "RHIT, ohio, coder",
    ],
)
def test_work_that_is_not_wanted_is_no_goal(reader: Reader, text: str) -> None:
    assert "goal" not in told(reader, text)


@pytest.mark.parametrize(
    "text",
    [
        "two girls i trained have CPC now and i don't",
        "sold my car to a cdi nurse",
        "using my GI Bill for a bachelor's",
        "exam booked: CCS on June 20",
        "it isn't true that I have a CCS",
        "in my next life i am a physician",
        "most of my team is CPC",
        "the ad says CPC, 40 hours a week",
    ],
)
def test_nobody_is_given_what_others_have_or_what_is_to_come(reader: Reader, text: str) -> None:
    heard = told(reader, text)

    assert not heard.keys() & {"certifications", "role", "licences", "hours_per_week"}


def test_years_are_told_by_the_calendar_and_go_on_being_counted(reader: Reader) -> None:
    assert told(reader, "I did billing from 1985 to 1999")["years"] == {"billing": 14.0}
    heard = told(reader, "I've audited for a firm for five years, before that coded charts for six")
    assert heard["years"] == {"auditing": 5.0, "coding": 6.0}
    for text in ("i lived in ohio from 1985 to 1999", "resident of ohio since 2 years", "2 years of nursing school"):
        assert "years" not in told(reader, text), text


def test_money_of_others_is_for_the_writer_only_where_they_say_so(reader: Reader) -> None:
    for text in ("my dad left me 1500 dollars", "my husband says max 1500 dollars", "i have 1500 dollars and two kids"):
        assert told(reader, text)["budget"]["amount"] == 1500, text
    for text in ("his budget was 1500 dollars", "my dad lost 1500 dollars", "rent is 1500 dollars a month"):
        assert "budget" not in told(reader, text), text


@pytest.mark.parametrize(
    "text",
    [
        "auditors at my place all have CPMA",
        "all the coders at my old place had the COC",
        "half my department has RHIT",
        "my boss's RHIT expired",
        "coders in my office have the CPC",
    ],
)
def test_what_several_people_around_somebody_have_is_not_theirs(reader: Reader, text: str) -> None:
    assert not told(reader, text).keys() & {"certifications", "not_certifications", "role"}


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("when can i sit again", "asks"),
        ("i failed, when do i get my results", "asks"),
        ("laid off friday, when should i apply", "asks"),
        ("call me when you can", "tells"),
        ("when i can sit again i will", "tells"),
        ("my boss laughed when i could not find it", "tells"),
    ],
)
def test_a_time_is_asked_for_where_the_verb_comes_first(reader: Reader, text: str, acts: str) -> None:
    clauses = reader.read(text, TODAY).clauses
    assert any("asks" in clause.acts for clause in clauses) == (acts == "asks")


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("i've been out of coding since 2011 raising my boys", {}),
        ("been away from coding for 10 years", {}),
        ("no coding for 5 years now", {}),
        ("i took 4 years off from coding", {}),
        ("i have been gone 7 years", {}),
        ("coding since 2015", {"coding": 11}),
        ("i got out of the army and have been coding for 5 years", {"coding": 5}),
        ("out of 10 years in coding i audited 3", {"coding": 10}),
        ("no wait, 5 years of coding", {"coding": 5}),
        ("6 years off and on coding", {"coding": 6}),
    ],
)
def test_time_away_from_the_work_is_no_time_in_it(reader: Reader, text: str, years: dict[str, float]) -> None:
    assert told(reader, text).get("years", {}) == years


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("i have an interview with the coding manager on monday, what will she ask", None),
        ("what should i wear for a teams interview with a coding manager", None),
        ("had my interview with the HIM director today, what do people say", None),
        ("i have an interview for a coding manager job on monday", "coding-manager"),
        ("can i become a coding manager", "coding-manager"),
    ],
)
def test_whom_somebody_meets_is_no_goal(reader: Reader, text: str, goal: str | None) -> None:
    assert told(reader, text).get("goal") == goal


@pytest.mark.parametrize(
    ("text", "held"),
    [("i hope i passed my cpc today", ()), ("praying i passed the ccs", ()), ("i passed my cpc today", ("cpc",))],
)
def test_an_exam_hoped_to_be_passed_is_not_held(reader: Reader, text: str, held: tuple[str, ...]) -> None:
    assert tuple(told(reader, text).get("certifications", ())) == held


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("i have two kids and no savings", ()),
        ("my children are grown and i want a new career", ()),
        ("three kids in college", ()),
        ("i have a toddler at home", ("children at home",)),
        ("i have small kids at home, can i code", ("children at home",)),
    ],
)
def test_having_children_is_not_having_them_at_home_during_work(
    reader: Reader, text: str, limits: tuple[str, ...]
) -> None:
    assert tuple(told(reader, text).get("constraints", ())) == limits


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("medical assistant 2 years, want to be HIM director one day", {"clinical": 2}),
        ("i want to be a manager one day, coder for 2 years", {"coding": 2}),
        ("coder 2 years, want to be an auditor one day", {"coding": 2}),
        ("one day i want to be a manager, coder 2 years", {"coding": 2}),
        ("9 years: 5 coding, 4 billing. want to audit", {"coding": 5, "billing": 4}),
    ],
)
def test_a_wish_for_one_day_counts_no_year(reader: Reader, text: str, years: dict[str, float]) -> None:
    assert told(reader, text).get("years", {}) == years


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("coder 3 years. Goal revenue cycle manager.", "revenue-cycle-manager"),
        ("biller 3 years. Goal medical coder", "medical-coder"),
        ("goal coding auditor, 5 years coding", "coding-auditor"),
        ("coder 3 years. my goals are small", None),
        ("goal of a coder?", None),
    ],
)
def test_a_goal_may_be_named_right_after_the_word(reader: Reader, text: str, goal: str | None) -> None:
    assert told(reader, text).get("goal") == goal


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("i have the rhit, ccs or cic, which one is cheaper to take", ["rhit"]),
        ("coder 4 years with a cpc. crc or cpma next", ["cpc"]),
        ("i hold the ccs and the cpc", ["ccs", "cpc"]),
        ("i have my cca, cpb or cpc what do you think", ["cca"]),
    ],
)
def test_of_two_with_or_between_none_is_held(reader: Reader, text: str, held: list[str]) -> None:
    assert sorted(told(reader, text).get("certifications", [])) == sorted(held)
