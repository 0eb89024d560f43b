"""The chart in the conversation: everything on it can be reached by taps and by typing, in every field."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.advice.profile import Profile
from bot.advice.wording import plain
from bot.channels.telegram.markup import units, visible
from bot.conversation.advisor import Advisor
from bot.conversation.messages import Button, Incoming, Reply
from bot.conversation.replies import MAX_LABEL
from bot.conversation.session import Session
from bot.knowledge.check import load_checked

TODAY = date(2026, 11, 23)
PASTRY = Path(__file__).parents[2] / "fields" / "pastry"
MET = Session(met=True)  # nobody new: whoever writes first is also told that this is a bot


@pytest.fixture(scope="module", params=["own", "pastry"])
def any_advisor(request: pytest.FixtureRequest, advisor: Advisor) -> Advisor:
    return advisor if request.param == "own" else Advisor(load_checked(PASTRY))


def say(advisor: Advisor, text: str, session: Session | None = None) -> tuple[Session, Reply]:
    session, (reply,) = advisor.turn(session or MET, Incoming(kind="text", text=text), TODAY)
    return session, reply


def press(advisor: Advisor, button: Button, session: Session | None = None) -> Reply:
    _, (reply,) = advisor.turn(session or MET, Incoming(kind="press", text=button.press), TODAY)
    return reply


def chart(advisor: Advisor, session: Session | None = None) -> Reply:
    _, (reply,) = advisor.turn(session or MET, Incoming(kind="command", text="chart"), TODAY)
    return reply


def buttons(reply: Reply) -> list[Button]:
    return [button for row in reply.buttons for button in row]


def labelled(reply: Reply, label: str) -> Button:
    return next(button for button in buttons(reply) if button.label == label)


@pytest.mark.parametrize("text", ["show me the career map", "send pic of career path chart plz"])
def test_it_may_be_asked_for_in_any_words(advisor: Advisor, text: str) -> None:
    _, reply = say(advisor, text)
    assert reply == chart(advisor)
    assert reply.picture is not None
    assert reply.outcome == "answer"


def test_the_caption_fits_and_the_text_names_every_role_from_the_bottom_up(any_advisor: Advisor) -> None:
    reply = chart(any_advisor)
    assert reply.picture is not None
    assert not reply.edit
    assert units(visible(f"{reply.text} {reply.picture.alt}")) <= 1024
    text = plain(reply.text)
    places = [text.index(level.name) for level in any_advisor.base.field.levels]
    assert places == sorted(places)
    assert all(role.name in text for role in any_advisor.base.roles.values())


def test_every_role_is_two_taps_away_and_leads_on_and_back(any_advisor: Advisor) -> None:
    overview, seen = chart(any_advisor), set()
    for level in any_advisor.base.field.levels:
        page: Reply | None = press(any_advisor, labelled(overview, level.name))
        while page is not None:
            assert page.edit
            *choices, way = page.buttons
            roles = [button for row in choices for button in row]
            assert len(roles) <= 6
            for button in roles:
                assert len(button.label) <= MAX_LABEL
                role = press(any_advisor, button)
                seen.add(button.say)
                assert plain(role.text).startswith(button.say)
                assert any(item.press.startswith("1|road|goal|") for item in buttons(role))
                assert any(item.press.startswith("1|ask|overview|") for item in buttons(role))
                back, home = role.buttons[-1]
                assert press(any_advisor, back) == page
                assert home.press == "1|ask|greeting|"
            more = [button for button in way if button.label == "More"]
            page = press(any_advisor, more[0]) if more else None
    assert seen == {role.name for role in any_advisor.base.roles.values()}


def test_back_leads_to_the_levels_without_another_picture(any_advisor: Advisor) -> None:
    level = press(any_advisor, buttons(chart(any_advisor))[0])
    levels = press(any_advisor, labelled(level, "Back"))
    assert levels.picture is None
    assert levels.edit
    again = press(any_advisor, labelled(levels, "Show the picture"))
    assert again == chart(any_advisor)


def test_colours_change_there_and_back(any_advisor: Advisor) -> None:
    light = chart(any_advisor)
    dark = press(any_advisor, labelled(light, "Dark colours"))
    assert dark.picture is not None
    assert dark.picture.arguments["theme"] == "dark"
    assert press(any_advisor, labelled(dark, "Light colours")) == light


def test_as_text_it_has_every_move(any_advisor: Advisor) -> None:
    reply = press(any_advisor, labelled(chart(any_advisor), "As text"))
    text = plain(reply.text)
    for role in any_advisor.base.roles.values():
        block = text[text.index(f"• {role.name}") :]
        assert all(any_advisor.base.roles[move.to].name in block for move in role.moves)
    assert say(any_advisor, "the text version of the chart please")[1] == reply.model_copy(update={"edit": False})


def test_buttons_may_be_typed_by_number_or_words(any_advisor: Advisor) -> None:
    session, overview = say(any_advisor, "/chart".removeprefix("/"))
    level = any_advisor.base.field.levels[0].name
    for typed in ("1", level, level.upper()):
        _, reply = say(any_advisor, typed, session)
        assert reply == press(any_advisor, labelled(overview, level)).model_copy(update={"edit": False})


def test_figures_of_a_move_have_a_source_and_assumed_ones_are_not_told(any_advisor: Advisor) -> None:
    for role in any_advisor.base.roles.values():
        _, (reply,) = any_advisor.turn(Session(), Incoming(kind="press", text=f"1|chart|role|{role.id}"), TODAY)
        text = plain(reply.text)
        assert ("Source:" in text) == any(move.source is not None for move in role.moves)
        if "year" in text.partition("It leads to:")[2]:
            assert "Source:" in text


def test_with_a_profile_it_is_the_persons_own(advisor: Advisor) -> None:
    session = Session(profile=Profile(role="medical-coder", goal="coding-auditor", years={"coding": 3}))
    reply = chart(advisor, session)
    assert reply.picture is not None
    assert "profile" in reply.picture.arguments
    assert "You are here: Medical Coder." in reply.picture.alt
    assert "Coding Auditor" in plain(reply.text).splitlines()[0]


@pytest.mark.parametrize(
    "arguments",
    [
        "",
        "level",
        "level|entry",
        "level|entry|99",
        "level|entry|-1",
        "level|nowhere|0",
        "role|nobody",
        "role",
        "dark|x",
    ],
)
def test_a_forged_press_gets_a_kind_answer(advisor: Advisor, arguments: str) -> None:
    _, (reply,) = advisor.turn(Session(), Incoming(kind="press", text=f"1|chart|{arguments}"), TODAY)
    assert "out of date" in reply.text
