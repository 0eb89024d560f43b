"""Any ladder lies on the page: boxes apart, names of levels free, arrows around boxes and apart."""

from __future__ import annotations

from itertools import combinations, pairwise
from unittest.mock import patch

import pytest
from drawn import ladders
from hypothesis import HealthCheck, given, settings

from bot.advice.chart import placing as placing_module
from bot.advice.chart.arrangement import arrange, crossings
from bot.advice.chart.content import Arrow, Box, LadderChart, ladder_of
from bot.advice.chart.geometry import WIDTH, Point, Rect
from bot.advice.chart.layout import Layout, lay_out
from bot.advice.chart.lines import ArrowLine
from bot.advice.chart.placing import COLUMNS, Placing, placings
from bot.knowledge.base import KnowledgeBase

TOUCH = 0.5  # pixels


def laid_out(ladder: LadderChart, alone: tuple[Arrow, ...] = ()) -> tuple[Placing, Layout]:
    """A ladder placed with few trials: the laws must hold for poor placings too."""
    with patch.multiple(placing_module, WALKS=1, TRIALS=30, FEWEST_TRIALS=30):
        (placing,) = placings(ladder)
    heights = {box.id: 60.0 + 20 * (number % 4) for number, box in enumerate(ladder.boxes)}
    return placing, lay_out(ladder, placing, heights, ladder.arrows, alone)


def segments(line: ArrowLine) -> list[Rect]:
    """The straight stretches as thin rectangles."""
    return [_thin(one, other) for one, other in pairwise(line.points)]


def _thin(one: Point, other: Point) -> Rect:
    x, y = min(one[0], other[0]), min(one[1], other[1])
    return Rect(x - TOUCH, y - TOUCH, abs(one[0] - other[0]) + 2 * TOUCH, abs(one[1] - other[1]) + 2 * TOUCH)


def smaller(area: Rect) -> Rect:
    """Without its edge, where arrows start and end."""
    edge = 2 * TOUCH
    return Rect(area.x + edge, area.y + edge, area.width - 2 * edge, area.height - 2 * edge)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ladders())
def test_any_ladder_lies_without_overlap(ladder: LadderChart) -> None:
    placing, layout = laid_out(ladder)
    page = Rect(0, 0, WIDTH, layout.height)

    assert set(layout.boxes) == {box.id for box in ladder.boxes}
    for one, other in combinations(layout.boxes.values(), 2):
        assert not one.overlaps(other)
    for band, other_band in pairwise(layout.bands):
        assert other_band.area.bottom == pytest.approx(band.area.y)
    for box in ladder.boxes:
        assert layout.bands[box.level].area.contains(layout.boxes[box.id])
        assert placing.cells[box.id][0] in placing.rows[box.level]
    for band in layout.bands:
        assert page.contains(band.label)
        assert not any(band.label.overlaps(area) for area in layout.boxes.values())
    for line in layout.lines:
        for stretch in segments(line):
            assert page.contains(smaller(stretch)), line
            assert not any(stretch.overlaps(smaller(area)) for area in layout.boxes.values()), line
            assert not any(stretch.overlaps(band.label) for band in layout.bands), line


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ladders())
def test_arrows_share_a_line_only_on_the_way_to_one_box_in_one_style(ladder: LadderChart) -> None:
    _, layout = laid_out(ladder)

    for one, other in combinations(layout.lines, 2):
        if (one.arrow.to, one.arrow.kind) != (other.arrow.to, other.arrow.kind):
            assert not any(_along(a, b) for a in pairwise(one.points) for b in pairwise(other.points)), (one, other)


def _along(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Whether two stretches lie on one another for more than a pixel."""
    for axis, across in ((0, 1), (1, 0)):
        level = one[0][axis] == one[1][axis] and other[0][axis] == other[1][axis]
        if level and abs(one[0][axis] - other[0][axis]) < 1:
            low = max(min(one[0][across], one[1][across]), min(other[0][across], other[1][across]))
            high = min(max(one[0][across], one[1][across]), max(other[0][across], other[1][across]))
            return high - low > 1
    return False


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ladders())
def test_what_flows_together_is_drawn_once_with_one_head(ladder: LadderChart) -> None:
    _, layout = laid_out(ladder)

    heads = [(line.arrow.to, line.arrow.kind, line.points[-1]) for line in layout.lines if line.head]
    assert len(heads) == len(set(heads))
    for line in layout.lines:
        assert line.points[-1] in [head for *_, head in heads]
        assert line.drawn[0] == line.points[0]
        assert line.head == (line.drawn[-1] == line.points[-1]) or len(line.drawn) == len(line.points)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ladders())
def test_the_same_ladder_gives_the_same_map(ladder: LadderChart) -> None:
    assert laid_out(ladder) == laid_out(ladder)


def test_a_persons_own_arrows_share_no_line() -> None:
    boxes = (Box("a", "A", 0), Box("b", "B", 0), Box("c", "C", 1))
    arrows = (Arrow("a", "c", "up"), Arrow("b", "c", "up"))
    _, layout = laid_out(LadderChart("f", ("low", "high"), boxes, arrows), alone=arrows)

    assert all(line.head and line.drawn == line.points for line in layout.lines)


def test_the_map_of_the_knowledge_base_is_readable(base: KnowledgeBase) -> None:
    ladder = ladder_of(base)
    placing = arrange(ladder)
    layout = lay_out(ladder, placing, {box.id: 100.0 for box in ladder.boxes}, ladder.main)

    assert crossings(layout.lines) < len(ladder.main) / 2
    assert layout.height < 2.2 * WIDTH
    down = [
        arrow for arrow in ladder.main if arrow.kind == "up" and placing.cells[arrow.to] < placing.cells[arrow.start]
    ]
    assert [arrow for arrow in down if placing.cells[arrow.to][0] < placing.cells[arrow.start][0]] == []


def test_every_role_that_moves_lead_to_is_reached_by_an_arrow_on_the_bare_map(base: KnowledgeBase) -> None:
    ladder = ladder_of(base)

    assert {arrow.to for arrow in ladder.arrows} == {arrow.to for arrow in ladder.main}
    assert {arrow.start for arrow in ladder.arrows} == {arrow.start for arrow in ladder.main}


def test_a_row_never_holds_more_than_fits_a_phone(base: KnowledgeBase) -> None:
    assert {column for _, column in arrange(ladder_of(base)).cells.values()} <= set(range(COLUMNS))
