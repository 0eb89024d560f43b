"""`plan`: the planner without a dialog, from a profile in a file to routes."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.common import JsonOption, KnowledgeOption, TodayOption, clock, fail, load_base

if TYPE_CHECKING:
    from bot.advice.planner import Plan, Route
    from bot.advice.planner.words import Words
    from bot.knowledge.base import KnowledgeBase

STDIN = "-"
INDENT = "  "


def plan(
    context: typer.Context,
    profile: Annotated[
        str,
        typer.Option(
            "--profile",
            metavar="FILE",
            help='A JSON object with a goal, for example {"role": …, "goal": …}; - reads standard input.',
            show_default=False,
        ),
    ],
    as_json: JsonOption = False,
    today: TodayOption = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Plan the ways from a profile to its goal."""
    from bot.advice.planner import PlanError, make_plan
    from bot.advice.profile import ProfileError, parse_profile
    from bot.channels.plain import printable

    data = _read(profile)
    base = load_base(context, knowledge)
    try:
        made = make_plan(base, parse_profile(data, base), clock(today)())
    except (ProfileError, PlanError) as error:
        fail(f"career-advisor: {profile}: {error}")
    if as_json:
        print(json.dumps(made.as_json()))
        return
    for line in _lines(made, base):
        print(printable(line))


def _read(profile: str) -> Any:
    """The JSON of a file or of standard input; what cannot be read ends the command."""
    try:
        raw = sys.stdin.buffer.read() if profile == STDIN else Path(profile).read_bytes()
        return json.loads(raw.decode("utf-8-sig"))
    except OSError as error:
        fail(f"career-advisor: {profile}: cannot be read ({error.strerror}); give a file or - for standard input")
    except (ValueError, RecursionError) as error:  # no UTF-8, no JSON, a number of thousands of digits
        fail(f"career-advisor: {profile}: is not JSON ({error}); a profile is one JSON object")


def _lines(made: Plan, base: KnowledgeBase) -> Iterator[str]:
    """The plan for people: routes that coincide are written once."""
    from bot.advice.planner.words import Words

    words = Words(base)
    written: dict[tuple[object, ...], list[str]] = {}
    for route in made.routes:
        written.setdefault((route.steps,), []).append(words.text(f"route_{route.name}"))
    for route in made.routes:
        names = written.pop((route.steps,), None)
        if names is not None:
            yield words.text("plan_route", name=", ".join(names), **_totals(route, words))
            yield from _steps(route, words)
            yield ""
    if made.would_change:
        yield from (f"- {change.effect}" for change in made.would_change)
        yield ""
    yield from (f"! {warning}" for warning in made.warnings)
    if made.nearest is not None:
        yield words.text("road_nearest", name=base.name(made.nearest))


def _totals(route: Route, words: Words) -> dict[str, str]:
    return {"length": words.about(route.weeks), "cost": words.total(route)}


def _steps(route: Route, words: Words) -> Iterator[str]:
    for number, step in enumerate(route.steps, 1):
        parts = [words.length(step.weeks)] if step.weeks else []
        if step.cost is None:
            parts.append(words.text("cost_unknown"))
        elif step.cost.high:
            parts.append(words.money(step.cost))
        detail = f" ({', '.join(parts)})" if parts else ""
        yield words.text("plan_step_line", number=number, week=step.starts_week, title=step.title, detail=detail)
        yield f"{INDENT}{step.why}"
        yield from (f"{INDENT}{source.publisher}: {source.title}, {source.url}" for source in step.sources)
