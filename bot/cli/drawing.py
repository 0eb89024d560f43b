"""`chart`: the career chart, or a plan over time, as a picture or as text."""

from __future__ import annotations

import json
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import KnowledgeOption, TodayOption, clock, fail, load_base

if TYPE_CHECKING:
    from bot.advice.profile import Profile
    from bot.knowledge.base import KnowledgeBase

SUFFIXES = (".png", ".svg")
STDIN = Path("-")


class ThemeChoice(StrEnum):
    """Colours of a picture."""

    light = "light"
    dark = "dark"


def chart(
    context: typer.Context,
    profile: Annotated[
        Path | None,
        typer.Option("--profile", metavar="FILE", help="A profile as JSON, `-` for stdin: the chart of one person."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write a picture, FILE.png or FILE.svg, instead of text."),
    ] = None,
    theme: Annotated[ThemeChoice, typer.Option("--theme", help="Colours of the picture.")] = ThemeChoice.light,
    timeline: Annotated[
        bool, typer.Option("--timeline", help="The plan over time instead; needs a profile with a goal.")
    ] = False,
    today: TodayOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Show the career chart: roles, levels and the moves between them."""
    if output is not None and output.suffix.lower() not in SUFFIXES:
        fail(f"career-advisor: {output}: the name of a picture ends in {' or '.join(SUFFIXES)}")
    base = load_base(context, knowledge)
    person = None if profile is None else _profile(base, profile)
    if timeline:
        text, kind, arguments = _timeline(base, person, theme, clock(today)())
    else:
        text, kind, arguments = _chart(base, person, theme)
    if output is None:
        print(text)
    else:
        _write(base, kind, arguments, output)


def _profile(base: KnowledgeBase, path: Path) -> Profile:
    """The profile of a file. A file that cannot be read or used ends the command."""
    from bot.advice.profile import ProfileError, parse_profile

    try:
        content = sys.stdin.buffer.read() if path == STDIN else path.read_bytes()
        return parse_profile(json.loads(content.decode("utf-8-sig")), base)
    except OSError as error:
        fail(f"career-advisor: {path}: cannot be read ({error.strerror}); check the path and its permissions")
    except ProfileError as error:
        fail(f"career-advisor: {path}: {error}")
    except (ValueError, RecursionError) as error:  # no UTF-8, no JSON, a number of thousands of digits
        fail(f"career-advisor: {path}: no JSON ({error})")


def _chart(base: KnowledgeBase, person: Profile | None, theme: ThemeChoice) -> tuple[str, str, dict[str, str]]:
    """The chart as text, and as the description of a picture."""
    from bot.advice.chart.pictures import CHART, chart_arguments, phrases_for
    from bot.advice.chart.text import chart_text
    from bot.advice.wording import plain

    return plain(chart_text(phrases_for(base, person))), CHART, chart_arguments(person, theme.value)


def _timeline(
    base: KnowledgeBase, person: Profile | None, theme: ThemeChoice, today: date
) -> tuple[str, str, dict[str, str]]:
    """The plan from today on as text, and as the description of a picture."""
    from bot.advice.chart.pictures import TIMELINE, timeline_arguments
    from bot.advice.chart.timeline import PlanTimeline, TimelineWords, bars_of
    from bot.advice.planner import make_plan
    from bot.advice.wording import plain

    if person is None or person.goal is None:
        fail("career-advisor: a timeline needs `--profile FILE` with a `goal`")
    plan = make_plan(base, person)
    bars = bars_of(plan, today)
    if not bars:
        reasons = " ".join(plan.warnings)
        fail(f"career-advisor: there is nothing to do on the way to `{person.goal}`. {reasons}".rstrip())
    goal = base.name(person.goal)
    text = TimelineWords(base.texts.texts, PlanTimeline(goal, bars, today)).text()
    return plain(text), TIMELINE, timeline_arguments(goal, bars, theme.value, today)


def _write(base: KnowledgeBase, kind: str, arguments: dict[str, str], output: Path) -> None:
    from bot.advice.chart.pictures import svg_of
    from bot.channels.rendering import render

    svg = svg_of(base, kind, arguments)
    try:
        content = svg.encode() if output.suffix.lower() == ".svg" else render(svg)
    except ModuleNotFoundError:
        fail("career-advisor: a PNG needs the package resvg-py; write FILE.svg, or install it")
    try:
        output.write_bytes(content)
    except OSError as error:
        fail(f"career-advisor: {output}: cannot be written ({error.strerror}); check the folder and its permissions")
