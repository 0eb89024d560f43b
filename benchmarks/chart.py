"""How long a picture takes, and what other people's turns feel of it.

Pictures are drawn without the memory that keeps them, each for another person. Turns are questions
answered one after another in a thread, as the channel does it; their times are taken with nobody
drawing, with pictures drawn as the bot draws them (in a process), and, as the baseline, in a thread.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import date
from itertools import cycle

from bot.advice.chart.arrangement import arrange
from bot.advice.chart.content import ladder_of
from bot.advice.chart.pictures import CHART, TIMELINE, chart_arguments, svg_of, timeline_arguments
from bot.advice.chart.timeline import bars_of
from bot.advice.planner import make_plan
from bot.advice.profile import Profile
from bot.channels import pictures
from bot.channels.rendering import render
from bot.conversation.advisor import Advisor
from bot.conversation.messages import Incoming, Picture
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.load import load
from bot.settings import KnowledgeSettings, read_settings

ROUNDS = 15
TURNS = 400
PICTURES = 20
PAUSE_SECONDS = 0.005  # between turns: a busy bot, not a machine at its limit
TODAY = date(2026, 11, 23)


def main() -> None:
    base = load(read_settings(KnowledgeSettings).resolved())
    print(
        f"{len(base.roles)} roles, {sum(len(role.moves) for role in base.roles.values())} moves, {os.cpu_count()} cores"
    )
    started = time.perf_counter()
    arrange(ladder_of(base))
    print(f"working out the map, once for a knowledge base: {_ms(time.perf_counter() - started)}")
    for name, description in described(base):
        measure(base, name, description)
    asyncio.run(beside_turns(base))


def described(base: KnowledgeBase) -> Iterator[tuple[str, tuple[str, dict[str, str]]]]:
    """The kinds of pictures there are."""
    levels = [level.id for level in base.field.levels]
    ordered = sorted(base.roles.values(), key=lambda role: levels.index(role.level))
    profile = Profile(role=ordered[0].id, goal=ordered[-1].id)
    yield "the bare chart", (CHART, chart_arguments())
    yield "a person's chart, the plan kept from the reply", (CHART, chart_arguments(profile))
    bars = bars_of(make_plan(base, profile).as_json(), TODAY)
    if bars:
        yield "a timeline", (TIMELINE, timeline_arguments(ordered[-1].name, bars))


def measure(base: KnowledgeBase, name: str, description: tuple[str, dict[str, str]]) -> None:
    layout, drawing, busy, size = [], [], [], 0
    for _ in range(ROUNDS):
        started, used = time.perf_counter(), time.process_time()
        svg = svg_of(base, *description)
        between = time.perf_counter()
        size = len(render(svg))
        layout.append(between - started)
        drawing.append(time.perf_counter() - between)
        busy.append(time.process_time() - used)
    print(
        f"{name}: median {_ms(statistics.median(layout))} to lay out, {_ms(statistics.median(drawing))} to draw; "
        f"{_ms(min(busy))} of one core at best; {size // 1000} kB"
    )


async def beside_turns(base: KnowledgeBase) -> None:
    """p99 of turns: alone, beside a process that draws, and beside a thread that does."""
    advisor = Advisor(base)
    await pictures.warm(base)
    people = cycle(Profile(role=role, hours_per_week=hours) for hours in range(1, 80) for role in base.roles)

    async def in_a_process() -> None:
        pictures._kept.clear()
        await pictures.draw(base, Picture(kind=CHART, arguments=chart_arguments(next(people)), alt=""))

    async def in_a_thread() -> None:
        svg = svg_of(base, CHART, chart_arguments(next(people)))
        await asyncio.to_thread(render, svg)

    await turns("turns with nobody drawing", advisor, None)
    await turns("turns while a process draws", advisor, in_a_process)
    await turns("baseline: turns while a thread draws", advisor, in_a_thread)
    pictures.close()


async def turns(name: str, advisor: Advisor, draw: Callable[[], Awaitable[None]] | None) -> None:
    drawn: list[float] = []

    async def keep_drawing() -> None:
        while draw is not None:
            started = time.perf_counter()
            await draw()
            drawn.append(time.perf_counter() - started)

    artist = asyncio.create_task(keep_drawing())
    taken = []
    questions = cycle(advisor.base.field.examples)
    while len(taken) < TURNS or (draw is not None and len(drawn) < PICTURES):
        await asyncio.sleep(PAUSE_SECONDS)
        incoming = Incoming(kind="text", text=next(questions))
        started = time.perf_counter()
        await asyncio.to_thread(advisor.turn, Session(), incoming, TODAY)
        taken.append(time.perf_counter() - started)
    artist.cancel()
    await asyncio.gather(artist, return_exceptions=True)
    told = f"; {len(drawn)} pictures, median {_ms(statistics.median(drawn))}" if drawn else ""
    centiles = statistics.quantiles(taken, n=100)
    print(f"{name}: p50 {_ms(centiles[49])}, p99 {_ms(centiles[98])}{told}")


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


if __name__ == "__main__":
    main()
