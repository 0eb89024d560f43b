"""What is retired or doubtful is named so and never recommended; what was renamed is followed."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.advice.answers import Answers
from bot.advice.chart.content import ladder_of
from bot.advice.coverage import question_about
from bot.advice.export.card import linked
from bot.advice.planner.planner import make_plan
from bot.advice.profile import Profile, parse_profile
from bot.advice.wording import plain
from bot.conversation.advisor import Advisor
from bot.conversation.callback_data import Press, encode
from bot.conversation.messages import Incoming
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.load import load

PASTRY = Path(__file__).parent.parent / "fields" / "pastry"
TODAY = date(2026, 11, 23)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "pastry"
    shutil.copytree(PASTRY, copy)
    return copy


def having(folder: Path, file: str, before: str, lines: str) -> KnowledgeBase:
    path = folder / file
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, f"{lines}\n{before}", 1), "utf-8")
    return load(folder)


def says(base: KnowledgeBase, topic: str, entity: str) -> str:
    return plain(Answers(base).answer(question_about(topic, entity), TODAY).text)


def answered(base: KnowledgeBase, text: str) -> str:
    _, [reply, *_] = Advisor(base).turn(Session(), Incoming(kind="text", text=text), TODAY)
    return plain(reply.text)


def test_what_is_retired_is_named_so_with_its_date_and_successor(folder: Path) -> None:
    lines = 'status: retired\nended: "2024-03"\nsuccessor: cpk'
    base = having(folder, "certifications/ksc.yaml", "issuer: ksb", lines)

    for topic in ("overview", "cost", "eligibility", "exam"):
        assert says(base, topic, "ksc").startswith("KSC was retired in Mar 2024. What came after it: CPK.")
    assert "retired" not in says(base, "overview", "cpk")


def test_what_is_doubtful_is_named_so(folder: Path) -> None:
    base = having(folder, "certifications/ksc.yaml", "issuer: ksb", "status: doubtful")

    assert says(base, "cost", "ksc").startswith("I don't know whether KSC still exists")


def test_what_is_over_is_named_so_beside_what_is_not_and_wins_nothing(folder: Path) -> None:
    asked = ("ksc or cpk", "which is cheaper ksc or cpk", "compare the ksc with the cpk")
    assert not any("retired" in answered(load(folder), text) for text in asked)

    lines = 'status: retired\nended: "2024-03"\nsuccessor: cpk'
    base = having(folder, "certifications/ksc.yaml", "issuer: ksb", lines)

    for text in asked:
        said = answered(base, text)
        assert said.startswith("KSC was retired in Mar 2024. What came after it: CPK."), text
        assert said.count("was retired") == 1, text
        assert "KSC: the" not in said, text


@pytest.mark.parametrize("status", ["retired", "doubtful"])
def test_a_role_that_is_over_is_on_no_chart_and_in_no_plan(folder: Path, status: str) -> None:
    assert "pastry-chef" in {box.id for box in ladder_of(load(folder)).boxes}

    base = having(folder, "roles/pastry-chef.yaml", "level: leading", f"status: {status}")

    chart = ladder_of(base)
    assert "pastry-chef" not in {box.id for box in chart.boxes}
    assert "pastry-chef" not in {arrow.to for arrow in chart.arrows}
    plan = make_plan(base, Profile(goal="pastry-chef"), TODAY)
    assert plan.routes == ()
    assert "Pastry Chef" in plan.warnings[0]
    assert "Pastry Chef" not in says(base, "path", "pastry-cook")
    assert "Pastry Chef" not in says(base, "unlocks", "pastry-cook")
    assert "Pastry Chef" not in says(base, "unlocks", "cpk")


@pytest.mark.parametrize("status", ["retired", "doubtful"])
def test_a_credential_that_is_over_is_not_offered_for_a_role(folder: Path, status: str) -> None:
    before = Answers(load(folder)).answer(question_about("certifications", "pastry-chef"), TODAY)
    assert "cpk" in before.listed

    base = having(folder, "certifications/cpk.yaml", "issuer: gpc", f"status: {status}")

    after = Answers(base).answer(question_about("certifications", "pastry-chef"), TODAY)
    assert "cpk" not in after.listed
    assert all("CPK" not in box.certifications for box in ladder_of(base).boxes)
    assert make_plan(base, Profile(goal="cpk"), TODAY).routes == ()
    if status == "retired":
        assert plain(after.text).startswith("CPK is retired.")


def renamed(folder: Path) -> KnowledgeBase:
    """The chef with another id, the old one kept as a former id."""
    (folder / "roles/pastry-chef.yaml").rename(folder / "roles/head-of-pastry.yaml")
    for path in folder.rglob("*.yaml"):
        text = path.read_text("utf-8")
        path.write_text(text.replace("pastry-chef", "head-of-pastry"), "utf-8")
    return having(folder, "roles/head-of-pastry.yaml", "level: leading", "former_ids: [pastry-chef]")


def test_profiles_links_and_presses_of_an_old_id_are_followed(folder: Path) -> None:
    base = renamed(folder)

    assert parse_profile({"role": "kitchen-porter", "goal": "pastry-chef"}, base).goal == "head-of-pastry"
    assert linked(base, "role_pastry-chef") == "head-of-pastry"
    press = encode(Press("ask", ("duties", "pastry-chef")))
    assert press is not None
    _, [reply] = Advisor(base).turn(Session(), Incoming(kind="press", text=press), TODAY)
    assert reply.entities == ("head-of-pastry",)


def test_a_talk_with_an_old_id_goes_on_with_the_new_one(folder: Path) -> None:
    session = Session(profile=Profile(role="kitchen-porter", goal="pastry-chef"))
    base = renamed(folder)

    after, _ = Advisor(base).turn(session, Incoming(kind="text", text="hello"), TODAY)

    assert after.profile.goal == "head-of-pastry"
