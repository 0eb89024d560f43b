"""What the code asks of `en/texts.yaml` and of the topics: the one place that lists it.

A test reads the code and fails when this list and the code differ; `check` fails when a
knowledge base lacks something of the list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
    """What a sentence must hold (`slots`), may hold (`may`), and its most characters (None: no limit)."""

    slots: frozenset[str]
    may: frozenset[str]
    limit: int | None


# One text a line: its key, the slots it needs, slots it may use (with ?), and its limit (with @).
_LIST = """
or
and
this
body
accredited name by
years_of years kind
time_as name
stands_for abbreviation name
issued_by name body
unlocks_named name? roles
from_to low high
about_years years
about_a_year years?
move to
move_in start
move_needs needs
comes_next names
route names
route_joiner
label_exam_requires body?
label_exam_requires_of exam
label_enroll
label_body_recommends body
label_employers_ask body?
not_known
not_known_about name topic?
who_knows_role body?
who_knows_certification body?
who_knows_degree body?
who_knows_term body?
who_knows_field body?
foreign country home?
general name field?
doubt_medium
doubt_low
doubt_assumption
sources sources
source_dated publisher as_of read
source_undated publisher as_of? read
source_stale source
greeting field?
start field?
help field?
help_end field?
thanks field?
privacy field?
clarify field?
unknown field?
unknown_repeat field?
nothing field?
too_long field?
refusal_crisis field?
stale_press field?
nothing_to_cancel field?
plan_none field?
chart_lead field?
button_more @button
button_back @button
button_skip @button
button_done @button
button_stop @button
button_under_age @button
button_steps @button
button_counts @button
button_changes @button
button_try number @button
button_keep @button
button_road @button
button_step_back @button
button_step_on @button
button_nearest @button
button_plan name @button
assessment_intro
assessment_count number count
assessment_again
assessment_noted answer
assessment_corrected answer
assessment_removed
assessment_resume
assessment_paused field?
assessment_under_age
assessment_cancelled field?
assessment_first
assessment_no_skip
assessment_restarted
mark_chosen label
road_heading goal hours? route? length cost
road_more_steps count
road_unsure text
road_week first
road_weeks first last
length_weeks count
length_years count
cost_unknown
cost_free
road_nearest name
road_assumed
road_have names
road_gap title label
nothing_yet
road_change text
road_no_change
road_if text
route_fastest @button
route_cheapest @button
route_strongest @button
roads_beside roads
suggest field?
suggestion number? name length why?
telegram_wordless
telegram_flood
telegram_apology
commands_assess @command
commands_plan @command
commands_chart @command
commands_help @command
commands_privacy @command
bot_description field? @description
bot_short_description field? @short
"""


def _rule(words: list[str]) -> TextRule:
    may = frozenset(word.removesuffix("?") for word in words if word.endswith("?"))
    limits = [LIMITS[word[1:]] for word in words if word.startswith("@")]
    slots = frozenset(word for word in words if not word.endswith("?") and not word.startswith("@"))
    return TextRule(slots, may, limits[0] if limits else None)


TEXTS: Mapping[str, TextRule] = {
    key: _rule(rest) for key, *rest in (line.split() for line in _LIST.splitlines() if line)
}
# Texts by the kind of message refused, one for each kind in `out_of_scope.yaml` that should have its own.
FREE_PREFIXES = ("refusal_",)
FREE_RULE = TextRule(frozenset(), frozenset({"field"}), None)

CUES = ("back", "skip", "unsure", "cancel", "restart", "done", "none", "correction", "go_on", "what_if")
TEMPLATES = ("myth", "more")
TEMPLATE_FILTERS = ("doubt",)
# Topics that the code itself speaks of: conversation, buttons, comparison, plan and chart.
TOPICS = (
    "overview",
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
