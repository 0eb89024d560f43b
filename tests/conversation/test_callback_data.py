from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.callback_data import MAX_BYTES, MAX_PAYLOAD, Press, decode, encode, of_payload, payload

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


@given(st.text(alphabet="abcdefghij", min_size=1, max_size=8), st.lists(parts, max_size=4))
def test_a_press_goes_through_a_deep_link(action: str, arguments: list[str]) -> None:
    press = Press(action, tuple(arguments))
    link = payload(press)
    if link is not None:
        assert re.fullmatch(rf"[A-Za-z0-9_-]{{1,{MAX_PAYLOAD}}}", link)
        assert of_payload(link) == press
    else:
        assert len(encode(press) or "1" * MAX_BYTES) > MAX_PAYLOAD / 4 * 3 - 3


@given(st.text(max_size=80))
def test_any_payload_is_a_press_or_none(text: str) -> None:
    for tried in (text, f"go_{text}"):
        press = of_payload(tried)
        assert press is None or encode(press) is not None


@pytest.mark.parametrize(
    "text", ["", "go_", "go_!", "go_é", "role_coder", "go_" + "A" * 62, "go_Mnxhc2s", "go_MXxhc2t8YSBi"]
)
def test_a_payload_of_another_kind_is_none(text: str) -> None:
    assert of_payload(text) is None
