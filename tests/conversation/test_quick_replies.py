"""The words of the buttons just shown."""

from __future__ import annotations

import pytest

from bot.conversation.callback_data import Press
from bot.conversation.quick_replies import opened, picked
from bot.conversation.session import QuickReply

CHOICES = (
    QuickReply(label="Keep this", say="Keep this", press="1|road|keep|a|b"),
    QuickReply(label="Show routes", say="Show the routes", press="1|road|routes|fastest"),
    QuickReply(label="Show costs", say="Show the costs", press="1|road|costs|fastest"),
)


@pytest.mark.parametrize(
    ("text", "press"),
    [
        ("1", Press("road", ("keep", "a", "b"))),
        ("2", Press("road", ("routes", "fastest"))),
        ("3", Press("road", ("costs", "fastest"))),
        ("show the costs!", Press("road", ("costs", "fastest"))),
        ("Keep this.", Press("road", ("keep", "a", "b"))),
        ("4", None),
        ("0", None),
        ("keep", None),
    ],
)
def test_a_number_or_the_whole_words_pick_a_button(text: str, press: Press | None) -> None:
    assert picked(CHOICES, text) == press


@pytest.mark.parametrize(
    ("text", "press"),
    [("keep", Press("road", ("keep", "a", "b"))), ("show", None), ("show co", None), ("kee", None), ("", None)],
)
def test_first_words_open_a_button_only_where_one_alone_begins_with_them(text: str, press: Press | None) -> None:
    assert opened(CHOICES, text) == press
