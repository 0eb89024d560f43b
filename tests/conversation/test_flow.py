"""What every flow has: whether its words are all there, and how they are filled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.conversation.advisor import Advisor
from bot.conversation.callback_data import Press, of_payload
from bot.conversation.flow import Command, Flow, Verb
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.content import Dialog

WHOLE = Dialog(texts={"asked": "Which {role}?\nFor {years} years?", "thanked": "Thanks."}, cues={"asks": ("which",)})


class Small(Flow):
    name = "small"
    block = "small"
    block_keys = ("asked", "thanked")
    block_cues = ("asks",)
    block_slots = ("role", "years")
    slash = {"begin": "show"}


def with_words(base: KnowledgeBase, words: Dialog | None) -> KnowledgeBase:
    return replace(base, dialogs={} if words is None else {"small": words})


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        (WHOLE, True),
        (None, False),
        (WHOLE.model_copy(update={"texts": {"asked": "Which {role}?"}}), False),
        (WHOLE.model_copy(update={"texts": {**WHOLE.texts, "thanked": "Thanks, {name}."}}), False),
        (WHOLE.model_copy(update={"texts": {**WHOLE.texts, "thanked": "Thanks, {role."}}), False),
        (WHOLE.model_copy(update={"cues": {}}), False),
    ],
    ids=["whole", "no words", "a text missing", "an unknown slot", "a broken slot", "a cue missing"],
)
def test_a_dialog_is_there_only_with_all_its_words(base: KnowledgeBase, words: Dialog | None, fits: bool) -> None:
    assert Small.fits(with_words(base, words)) == fits


def test_a_flow_without_words_of_its_own_is_always_there(base: KnowledgeBase) -> None:
    assert Flow.fits(with_words(base, None))


def test_a_line_whose_slot_is_not_known_is_left_out_and_what_is_filled_in_is_escaped(
    base: KnowledgeBase, advisor: Advisor
) -> None:
    flow = Small(with_words(base, WHOLE), advisor.replies)
    assert flow.own("asked", role="<coder>", years=2) == "Which &lt;coder&gt;?\nFor 2 years?"
    assert flow.own("asked", role="coder", years="") == "Which coder?"
    assert flow.own("thanked") == "Thanks."
    assert flow.own_cues("asks") == ("which",)
    assert flow.own_cues("denies") == ()


def test_a_deep_link_does_what_a_button_may_and_else_begins_the_flow(base: KnowledgeBase, advisor: Advisor) -> None:
    flow = Small(with_words(base, WHOLE), advisor.replies)
    flow.verbs = {
        "show": Verb(never, takes=(1,)),
        "told": Verb(never, spoken=True),
        "erase": Verb(never, destroys=True),
    }
    assert of_payload(flow.onward(Command("small", ("show", "cpc")))) == Press("small", ("show", "cpc"))
    for verb in ("told", "erase", "unknown"):
        assert flow.onward(Command("small", (verb,))) == "begin"


def never(session: Session, command: Command, today: date) -> None:
    raise AssertionError
