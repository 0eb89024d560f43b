"""What holds for every picture of a chart: readable on a phone, nothing overlaps, the text says the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pytest
from drawn import ladders, names, overlapping, page_of, said_in, strokes_of, texts_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.advice.chart import placing as placing_module
from bot.advice.chart.arrangement import arrange
from bot.advice.chart.content import KINDS, LadderChart
from bot.advice.chart.geometry import SMALLEST, WIDTH
from bot.advice.chart.journey import Journey, Stop
from bot.advice.chart.metrics import FILES, missing
from bot.advice.chart.phrases import Phrases
from bot.advice.chart.pictures import (
    CHART,
    PictureError,
    chart_arguments,
    key,
    phrases_for,
    svg_of,
    timeline_arguments,
)
from bot.advice.chart.svg import DASHES, draw_chart
from bot.advice.chart.text import chart_caption, chart_text
from bot.advice.chart.theme import THEMES, Theme, contrast
from bot.advice.profile import Profile, parse_profile
from bot.advice.wording import plain
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.check import load_checked

PASTRY = Path(__file__).parent.parent.parent / "fields" / "pastry"
TEXT_CONTRAST, LINE_CONTRAST = 4.5, 3.0
CAPTION = 1024  # https://core.telegram.org/bots/api#sendphoto
PROFILES = {
    "bare": None,
    "newcomer": {"goal": "medical-coder", "education": ["high-school"]},
    "mid-career": {
        "role": "medical-coder",
        "certifications": ["cpc"],
        "years": {"coding": 3},
        "goal": "cdi-specialist",
    },
    "long": {"goal": "him-director", "hours_per_week": 10},
    "no goal": {"role": "coding-auditor", "certifications": ["cpc", "cpma"]},
    "a certification": {"role": "medical-biller", "goal": "ccds"},
    "reached": {"role": "coding-auditor", "goal": "coding-auditor"},
}


@pytest.fixture(scope="module")
def pastry() -> KnowledgeBase:
    return load_checked(PASTRY)


@pytest.fixture(scope="module", params=PROFILES)
def phrases(base: KnowledgeBase, request: pytest.FixtureRequest) -> Phrases:
    stated = PROFILES[request.param]
    return phrases_for(base, None if stated is None else parse_profile(stated, base))


def wrong_in(svg: str, theme: Theme) -> Iterator[str]:
    """Everything a reader on a phone would stumble over."""
    page, texts = page_of(svg), texts_of(svg)
    if page.width != WIDTH:
        yield f"{page.width} pixels wide"
    for one, other in overlapping(texts):
        yield f"“{one}” lies on “{other}”"
    for text in texts:
        if text.size < SMALLEST:
            yield f"“{text.text}” is {text.size} pixels high"
        if not text.inside.contains(text.area):
            yield f"“{text.text}” is cut: {text.area} in {text.inside}"
        if contrast(text.colour, text.behind) < TEXT_CONTRAST:
            yield f"“{text.text}” has too little contrast: {text.colour} on {text.behind}"
    for colour in strokes_of(svg):
        for behind in (theme.page, *theme.bands):
            if contrast(colour, behind) < LINE_CONTRAST and colour not in theme.bands:
                yield f"lines of {colour} are too faint on {behind}"


@pytest.mark.parametrize("theme", list(THEMES.values()), ids=list(THEMES))
def test_every_picture_is_readable_on_a_phone(phrases: Phrases, theme: Theme) -> None:
    assert list(wrong_in(draw_chart(phrases, theme, "caption"), theme)) == []


@pytest.mark.parametrize("theme", list(THEMES.values()), ids=list(THEMES))
def test_another_fields_picture_is_readable_too(pastry: KnowledgeBase, theme: Theme) -> None:
    profile = Profile(role="kitchen-porter", goal="pastry-chef", certifications=("ksc",))
    for phrases in (phrases_for(pastry), phrases_for(pastry, profile)):
        assert list(wrong_in(draw_chart(phrases, theme, "caption"), theme)) == []


@st.composite
def journeys(draw: st.DrawFn, ladder: LadderChart) -> Journey:
    roles = [box.id for box in ladder.boxes]
    stops = draw(st.lists(st.sampled_from(roles), max_size=5, unique=True))
    some = st.lists(names, max_size=7).map(tuple)
    return Journey(
        here=draw(st.none() | st.sampled_from(roles)),
        goal=draw(st.none() | st.just(stops[-1] if stops else roles[0])),
        goal_name=draw(names),
        stops=tuple(Stop(role, draw(some)) for role in stops),
        missing=draw(some),
        held=draw(some),
        certificates=frozenset(name for box in ladder.boxes for name in box.certifications[:1]),
        weeks=draw(st.none() | st.integers(0, 900)),
        notes=draw(some),
    )


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_any_ladder_with_any_person_is_readable(base: KnowledgeBase, data: st.DataObject) -> None:
    ladder = data.draw(ladders())
    journey = data.draw(st.none() | journeys(ladder))
    theme = data.draw(st.sampled_from(list(THEMES.values())))

    with patch.multiple(placing_module, WALKS=1, TRIALS=20, FEWEST_TRIALS=20):
        svg = draw_chart(Phrases(base.texts.texts, ladder, journey), theme, "caption")
    arrange.cache_clear()

    assert list(wrong_in(svg, theme)) == []


def test_the_text_says_all_that_the_picture_says(phrases: Phrases) -> None:
    svg = draw_chart(phrases, THEMES["light"], "caption")
    shown = said_in(texts_of(svg)).replace(" · ", " ")
    told = plain(chart_text(phrases))

    for box in phrases.ladder.boxes:
        assert box.name in shown
        assert f"• {box.name}" in told
        for badge in phrases.badges(box.id):
            assert badge in shown
            assert badge in told
    for level in phrases.ladder.levels:
        assert level in shown
        assert level in told
    panel = phrases.panel()
    if panel is not None:
        for words in (panel.title, *(item.name for item in panel.items), *(item.detail for item in panel.items)):
            assert words in shown
            assert words in told
        for held in panel.held:
            assert held in shown
            assert held in told


def test_what_the_picture_names_below_a_role_the_text_names_too(base: KnowledgeBase) -> None:
    phrases = phrases_for(base)
    svg, told = draw_chart(phrases, THEMES["light"], ""), plain(chart_text(phrases))
    below = {text.text for text in texts_of(svg) if text.inside.width < WIDTH} - {
        word for box in phrases.ladder.boxes for word in box.name.split()
    }

    for box in phrases.ladder.boxes:
        if box.certifications:
            assert any(line.split(" · ") == list(box.certifications[: len(line.split(" · "))]) for line in below)
            assert f"{box.name} ({', '.join(box.certifications)})" in told


def test_the_text_lists_every_move_of_the_ladder(base: KnowledgeBase) -> None:
    phrases = phrases_for(base)
    told = plain(chart_text(phrases))

    for box in phrases.ladder.boxes:
        section = told.partition(f"• {box.name}")[2].partition("\n•")[0]
        for arrow in phrases.ladder.arrows:
            if arrow.start == box.id:
                assert phrases.ladder.box(arrow.to).name in section


def test_kinds_of_moves_differ_by_more_than_colour() -> None:
    assert len({DASHES[kind] for kind in KINDS}) == len(KINDS)


def test_the_caption_says_where_and_whereto_and_fits_telegram(phrases: Phrases) -> None:
    caption = chart_caption(phrases)

    assert len(caption) <= CAPTION
    assert str(len(phrases.ladder.boxes)) in caption
    if phrases.journey is not None and phrases.journey.goal:
        assert phrases.journey.goal_name in caption


def test_a_certification_that_is_held_is_ticked_where_ads_name_it(base: KnowledgeBase) -> None:
    bare = svg_of(base, CHART, chart_arguments())
    held = svg_of(base, CHART, chart_arguments(Profile(certifications=("cpc",))))
    ticks = sum("CPC" in box.certifications for box in phrases_for(base).ladder.boxes)

    assert bare.count('stroke-linejoin="round"') == 0
    assert held.count('stroke-linejoin="round"') == ticks + 1  # and one before "You have"


@pytest.mark.parametrize("folder", ["knowledge", "tests/fields/pastry"])
def test_the_font_has_every_character_that_may_be_drawn(folder: str) -> None:
    base = load_checked(PASTRY.parent.parent.parent / folder)
    drawn = [
        *(name for entity in base.entities.values() for name in (entity.name, entity.short)),
        *(level.name for level in base.field.levels),
        *(named.name for named in (*base.assessment.education, *base.assessment.licences)),
        *(
            text
            for key, text in base.texts.texts.items()
            if key.startswith(("chart_", "timeline_", "plan_", "length_"))
        ),
        base.field.name,
    ]

    assert {weight: missing("".join(drawn), weight) for weight in FILES} == {weight: set() for weight in FILES}


def test_the_same_arguments_give_the_same_picture_and_key(base: KnowledgeBase) -> None:
    arguments = chart_arguments(Profile(role="medical-coder"), "dark")
    again = json.loads(json.dumps(arguments))

    assert svg_of(base, CHART, arguments) == svg_of(base, CHART, again)
    assert key(base, CHART, arguments) == key(base, CHART, dict(reversed(again.items())))
    assert key(base, CHART, arguments) != key(base, CHART, chart_arguments(Profile(role="medical-coder")))


@pytest.mark.parametrize(
    ("kind", "arguments"),
    [
        ("portrait", {}),
        (CHART, {"theme": "pink"}),
        (CHART, {"profile": "{"}),
        (CHART, {"profile": '{"role": "astronaut"}'}),
        ("timeline", {}),
        ("timeline", {"goal": "x", "bars": "[]"}),
        ("timeline", {"goal": "x", "bars": '[{"title": "a"}]'}),
        ("timeline", {**timeline_arguments("x", ()), "bars": "7", "today": "never"}),
    ],
)
def test_a_description_that_cannot_be_drawn_is_refused(
    base: KnowledgeBase, kind: str, arguments: dict[str, str]
) -> None:
    with pytest.raises(PictureError):
        svg_of(base, kind, arguments)


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_the_colours_of_a_theme_can_be_told_from_what_lies_behind(theme: Theme) -> None:
    for behind in (theme.page, *theme.bands, theme.box, theme.own_box):
        assert contrast(theme.text, behind) >= TEXT_CONTRAST
        assert contrast(theme.quiet, behind) >= TEXT_CONTRAST
    for behind in theme.bands:
        for colour in (*theme.moves.values(), theme.accent):
            assert contrast(colour, behind) >= TEXT_CONTRAST
        for colour in (theme.quiet_line, theme.edge, theme.done):
            assert contrast(colour, behind) >= LINE_CONTRAST


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == pytest.approx(1)
