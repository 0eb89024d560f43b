"""What the code asks of `en/texts.yaml`, the cues and the topics: the one place that lists it.

The texts are in `wording_keys.txt`. A test reads the code and fails when the lists and the code
differ; `check` fails when a knowledge base lacks something of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

BUTTON = 20  # characters: two labels fit side by side on a phone of 360 pixels
COMMAND = 256  # https://core.telegram.org/bots/api#botcommand
DESCRIPTION = 512  # https://core.telegram.org/bots/api#setmydescription
SHORT_DESCRIPTION = 120  # https://core.telegram.org/bots/api#setmyshortdescription
LIMITS: Mapping[str, int] = {
    "button": BUTTON,
    "command": COMMAND,
    "description": DESCRIPTION,
    "short": SHORT_DESCRIPTION,
}


@dataclass(frozen=True)
class TextRule:
    """What a sentence must hold (`slots`), may hold (`may`), and its most characters (None: no limit).

    An `optional` one may be missing: the code has a way without it.
    """

    slots: frozenset[str]
    may: frozenset[str]
    limit: int | None
    optional: bool = False


LIST = Path(__file__).with_suffix(".txt")


def _rule(words: list[str]) -> TextRule:
    may = frozenset(word.removesuffix("?") for word in words if word.endswith("?"))
    limits = [LIMITS[word[1:]] for word in words if word.startswith("@")]
    slots = frozenset(word for word in words if not word.endswith("?") and not word.startswith("@"))
    return TextRule(slots, may, limits[0] if limits else None)


def _rules() -> dict[str, TextRule]:
    lines = (line.split() for line in LIST.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    return {key.removesuffix("?"): replace(_rule(rest), optional=key.endswith("?")) for key, *rest in lines}


TEXTS: Mapping[str, TextRule] = _rules()
# Texts by the kind of message refused, one for each kind in `out_of_scope.yaml` that should have its own.
FREE_PREFIXES = ("refusal_",)
FREE_RULE = TextRule(frozenset(), frozenset({"field"}), None)

CUES = (
    "back",
    "skip",
    "unsure",
    "cancel",
    "restart",
    "done",
    "none",
    "correction",
    "settings",
    "go_on",
    "onward",
    "reasons",
    "source",
    "doubting",
    "wrong_place",
    "what_if",
    "more",
    "step",
    "fastest",
    "cheapest",
    "strongest",
    "routes",
    "costs",
    "counts",
    "changes",
    "road",
    "never",
    "with_help",
    "alone",
    "teach",
    "how_close",
    "how_close_goal",
    "undecided",
    "for_me",
    "try_work",
    "job_ad",
    "chart_text",
    "chart_dark",
    # A plan that was started
    "keep_start",
    "plan_wanted",
    "keep_plan",
    "keep_steps",
    "keep_change",
    "keep_undo",
    "keep_export",
    "keep_calendar",
    "keep_share",
    "keep_timeline",
    "keep_counters",
    "keep_done",
    "keep_skip",
    "keep_begin",
    "keep_passed",
    "keep_the_exam",
    "keep_moved",
    "keep_study",
    "keep_hours",
    "keep_route",
    "keep_late",
    "keep_day",
    "keep_exam_day",
    "keep_since",
    "keep_earned",
    "keep_units",
    "keep_scratch",
    "keep_ordinals",
    "keep_one",
    # What is kept of a person
    "data_delete",
    "data_now",
    "data_copied",
    "data_yes",
    "data_no",
    "data_show",
)
TEMPLATES = ("myth", "more")
TEMPLATE_FILTERS = ("doubt",)
# Topics that the code itself speaks of: conversation, buttons, comparison, plan and chart.
TOPICS = (
    "overview",
    "duties",
    "salary",
    "fit",
    "compare",
    "path",
    "unlocks",
    "certifications",
    "getting_started",
    "greeting",
    "help",
    "thanks",
    "assessment",
    "chart",
    "plan",
)
