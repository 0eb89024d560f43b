"""Pictures described in a few strings, so that they can be drawn at any time, by any process.

`arguments` holds all that is needed next to the knowledge base: for a `chart` the profile as
JSON, for a `timeline` the goal and the bars; for both the theme.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import cast

from bot.advice.chart.content import ladder_of
from bot.advice.chart.gantt import draw_timeline
from bot.advice.chart.journey import Journey, journey_of
from bot.advice.chart.phrases import Phrases
from bot.advice.chart.svg import draw_chart
from bot.advice.chart.text import chart_caption
from bot.advice.chart.theme import THEMES, Theme, ThemeName
from bot.advice.chart.timeline import Bar, PlanTimeline, TimelineWords, as_json, read_bars
from bot.advice.planner import make_plan
from bot.advice.profile import Profile, ProfileError, parse_profile
from bot.knowledge.base import KnowledgeBase

CHART, TIMELINE = "chart", "timeline"
DRAWING = "3"  # counts up when the same arguments come to look different

PEOPLE = 64  # whose plans are kept from the reply to its picture

Arguments = Mapping[str, str]


class PictureError(ValueError):
    """A description that cannot be drawn with this knowledge base; the message says why."""


def chart_arguments(profile: Profile | None = None, theme: ThemeName = "light") -> dict[str, str]:
    """What to keep of a chart: of a field, or of a person on it."""
    kept = {} if profile is None else {"profile": profile.model_dump_json(exclude_defaults=True)}
    return {"theme": theme, **kept}


def timeline_arguments(
    goal: str, bars: Sequence[Bar], theme: ThemeName = "light", today: date | None = None
) -> dict[str, str]:
    """What to keep of a timeline; `goal` is the goal's name."""
    kept = {} if today is None else {"today": today.isoformat()}
    return {"theme": theme, "goal": goal, "bars": json.dumps(as_json(bars)), **kept}


def key(base: KnowledgeBase, kind: str, arguments: Arguments) -> str:
    """The same key, the same picture: a SHA-256 in hex over all that it is drawn from."""
    content = json.dumps([DRAWING, base.digest, kind, sorted(arguments.items())])
    return hashlib.sha256(content.encode()).hexdigest()


def svg_of(base: KnowledgeBase, kind: str, arguments: Arguments) -> str:
    """The picture as SVG. Raises `PictureError` where the description does not fit (any more)."""
    theme = _theme(arguments)
    if kind == CHART:
        phrases = phrases_for(base, _profile(base, arguments))
        return draw_chart(phrases, theme, chart_caption(phrases))
    if kind == TIMELINE:
        return draw_timeline(_timeline(base, arguments), theme)
    raise PictureError(f"no picture is of the kind `{kind}`")


def phrases_for(base: KnowledgeBase, profile: Profile | None = None) -> Phrases:
    """The words of the chart, for a field or for one person."""
    journey = None if profile is None else _journey(_Asked(base.digest, profile.model_dump_json(), base))
    return Phrases(base.texts.texts, ladder_of(base), journey)


@dataclass(frozen=True)
class _Asked:
    """A profile asked about: equal where knowledge and profile are."""

    digest: str
    profile: str
    base: KnowledgeBase = field(compare=False, repr=False)


@lru_cache(maxsize=PEOPLE)
def _journey(asked: _Asked) -> Journey:
    """Kept for a while: a reply's caption, its text and its picture need the same plan."""
    profile = Profile.model_validate_json(asked.profile)
    plan = make_plan(asked.base, profile) if profile.goal is not None else None
    return journey_of(asked.base, profile, plan)


def _theme(arguments: Arguments) -> Theme:
    name = arguments.get("theme", "light")
    if name not in THEMES:
        raise PictureError(f"no theme `{name}`; there are {', '.join(THEMES)}")
    return THEMES[cast(ThemeName, name)]


def _profile(base: KnowledgeBase, arguments: Arguments) -> Profile | None:
    stated = arguments.get("profile")
    if stated is None:
        return None
    try:
        return parse_profile(json.loads(stated), base)
    except (ProfileError, json.JSONDecodeError) as error:
        raise PictureError(f"the profile cannot be read: {error}") from None


def _timeline(base: KnowledgeBase, arguments: Arguments) -> TimelineWords:
    try:
        bars = read_bars(json.loads(arguments["bars"]))
        today = date.fromisoformat(arguments["today"]) if "today" in arguments else None
        return TimelineWords(base.texts.texts, PlanTimeline(arguments["goal"], bars, today))
    except (KeyError, ValueError) as error:
        raise PictureError(f"the timeline cannot be read: {error}") from None
