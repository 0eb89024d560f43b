from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.markup import split, units, visible


def is_balanced(markup: str) -> bool:
    open_tags: list[str] = []
    for closing, name in re.findall(r"<(/?)(\w+)[^>]*>", markup):
        if not closing:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            return False
    return not open_tags


def test_a_short_text_stays_as_it_is() -> None:
    assert split("<b>one</b>\ntwo &amp; three") == ["<b>one</b>\ntwo &amp; three"]


def test_it_is_cut_at_line_ends_and_tags_go_on() -> None:
    assert split("<b>hello\nworld &amp; you</b>\nthree", 12) == ["<b>hello</b>", "<b>world &amp; you</b>", "three"]


def test_a_link_goes_on_with_its_address() -> None:
    assert split('<a href="https://a.org/?b&amp;c">one\ntwo</a>', 4) == [
        '<a href="https://a.org/?b&amp;c">one</a>',
        '<a href="https://a.org/?b&amp;c">two</a>',
    ]


def test_a_long_line_is_cut_between_words_and_a_long_word_anywhere() -> None:
    assert split("one two three four", 9) == ["one two ", "three ", "four"]
    assert split("<i>abcdefg</i>", 3) == ["<i>abc</i>", "<i>def</i>", "<i>g</i>"]


def test_characters_outside_the_basic_plane_count_twice_and_stay_whole() -> None:
    assert units("a😀") == 3
    assert split("😀😀😀", 5) == ["😀😀", "😀"]


def test_an_entity_counts_as_what_it_stands_for_and_stays_whole() -> None:
    assert split("&lt;&lt;&lt;&lt;", 3) == ["&lt;&lt;&lt;", "&lt;"]


def test_only_what_is_a_tag_is_invisible() -> None:
    assert visible('<b>a</b> &amp; <a href="x">b</a>') == "a & b"
    assert visible("1 < 2 <b>") == "1 < 2 "
    assert visible("2 > 1 & <3") == "2 > 1 & <3"


def test_a_blank_text_gives_nothing_to_send() -> None:
    assert split(" \n<b> </b>\n") == []


WORDS = st.text(alphabet="ab😀 \n", min_size=1, max_size=12).map(html.escape)
TAGGED = st.tuples(st.sampled_from(["b", "i", "code"]), WORDS).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>")
MARKUP = st.lists(st.one_of(WORDS, TAGGED, st.sampled_from(["&amp;", "&lt;", "<b>x <i>y\nz</i></b>"]))).map("".join)


@given(MARKUP, st.integers(2, 20))
def test_every_piece_fits_is_whole_markup_and_nothing_is_lost(markup: str, limit: int) -> None:
    pieces = split(markup, limit)
    assert all(units(visible(piece)) <= limit for piece in pieces)
    assert all(is_balanced(piece) for piece in pieces)
    assert all(visible(piece).strip() for piece in pieces)
    assert "".join(visible("".join(pieces)).split()) == "".join(visible(markup).split())
