from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.callback_data import MAX_BYTES, Press, decode, encode

parts = st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789-_.+", max_size=20)


@given(st.text(alphabet="abcdefghij", min_size=1, max_size=8), st.lists(parts, max_size=4))
def test_what_is_encoded_decodes_to_itself(action: str, arguments: list[str]) -> None:
    press = Press(action, tuple(arguments))
    data = encode(press)
    if data is None:
        assert sum(map(len, (action, *arguments))) + len(arguments) + 2 > MAX_BYTES
    else:
        assert len(data.encode()) <= MAX_BYTES
        assert decode(data) == press


@given(st.text(max_size=200))
def test_any_data_decodes_or_is_none(data: str) -> None:
    press = decode(data)
    assert press is None or encode(press) == data


@pytest.mark.parametrize("data", ["", "1", "1|", "2|ask|cost|x", "1|ask|a b", "1|ask|\n", "1|ask|é", "1|" + "a" * 64])
def test_what_this_version_never_wrote_is_none(data: str) -> None:
    assert decode(data) is None
