"""The builder of replies."""

from __future__ import annotations

import pytest

from bot.advice.wording import plain
from bot.conversation.messages import CitedSource
from bot.conversation.replies import MAX_CHARACTERS, MAX_LINES, Replies, as_many_as_fit, fits
from bot.knowledge.base import KnowledgeBase


@pytest.fixture
def replies(base: KnowledgeBase) -> Replies:
    return Replies(base)


def source(publisher: str, page: int = 1) -> CitedSource:
    url = f"https://{publisher.lower()}.example/{page}"
    return CitedSource(title=f"Page {page}", url=url, publisher=publisher, as_of="2026-05", read="2026-11-01")


def test_a_bubble_names_every_publisher_of_up_to_three_once(replies: Replies) -> None:
    sources = [source("One"), source("One", 2), source("Two"), source("Three")]
    reply = replies.reply(["x"], sources=sources)
    line = plain(reply.text).splitlines()[-1]
    assert [line.count(name) for name in ("One", "Two", "Three")] == [1, 1, 1]
    assert reply.sources == tuple(sources)


def test_a_source_is_carried_once(replies: Replies) -> None:
    assert replies.reply(["x"], sources=[source("One"), source("One")]).sources == (source("One"),)


def test_a_bubble_has_its_way_home_and_at_most_six_choices(replies: Replies) -> None:
    reply = replies.reply(["x"], [replies.tap("ask", str(number), "a") for number in range(9)])
    assert sum(map(len, reply.buttons[:-1])) == 6
    assert reply.buttons[-1][-1].press == "1|ask|greeting|"


def test_what_does_not_fit_into_callback_data_is_no_button(replies: Replies) -> None:
    assert replies.tap("ask", "x", "a" * 64) is None


def test_lines_are_left_out_until_it_is_one_screen() -> None:
    assert fits(["x" * MAX_CHARACTERS])
    assert not fits(["x" * (MAX_CHARACTERS + 1)])
    assert not fits(["x"] * (MAX_LINES + 1))
    assert as_many_as_fit(["head"], ["line"] * 20, ["tail"]) == ["head", *["line"] * 8, "tail"]


def test_a_figure_read_elsewhere_says_whose_it_is_and_where_to_check(replies: Replies, base: KnowledgeBase) -> None:
    owner = next(item for item in base.publishers.values() if item.check_at and item.short)
    seller = source("One").model_copy(update={"kind": "seller", "standing": "second-hand", "whose": owner.name})
    own = source(owner.name).model_copy(update={"whose": owner.name})
    line = plain(replies.reply(["x"], sources=[seller, own]).text).splitlines()[-1]
    assert f"One (a seller's site) on {owner.short}" in line
    assert f"Not confirmed by {owner.short}: check at" in line
    confirmed = plain(replies.reply(["x"], sources=[own]).text)
    assert "Not confirmed" not in confirmed


def test_a_page_that_tells_the_figures_of_two_bodies_is_named_once_for_both(
    replies: Replies, base: KnowledgeBase
) -> None:
    first, second, *_ = (item for item in base.publishers.values() if item.check_at and item.short)
    sellers = [source("One").model_copy(update={"kind": "seller", "whose": item.name}) for item in (first, second)]
    line = plain(replies.reply(["x"], sources=[source("Two"), source("Three"), *sellers]).text).splitlines()[-1]
    assert f"on {first.short} and {second.short}" in line
    assert f"Not confirmed by {first.short}, {second.short}" in line
