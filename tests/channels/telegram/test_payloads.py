"""JSON of any depth and with numbers of any length: what cannot be read is one update, never all."""

from __future__ import annotations

import json
import sys

import pytest

from bot.channels.telegram import payloads

DEEP = '{"a":' * 50_000 + "1" + "}" * 50_000
FIRST, LAST = '{"update_id":5,"message":{"text":"a \\"] } b"}}', '{"update_id":7,"message":{"text":"last"}}'


def answer(*updates: str) -> bytes:
    return f'{{"ok":true,"result":[{",".join(updates)}]}}'.encode()


def test_what_can_be_read_is_read_as_it_is() -> None:
    assert payloads.loads(answer(FIRST, LAST)) == json.loads(answer(FIRST, LAST))


def test_a_number_longer_than_python_reads_fits_into_no_id() -> None:
    digits = "9" * (sys.get_int_max_str_digits() + 1)
    read = payloads.loads(answer(FIRST, f'{{"update_id":6,"message":{{"chat":{{"id":{digits}}}}}}}', LAST))
    assert [update["update_id"] for update in read["result"]] == [5, 6, 7]
    assert not isinstance(read["result"][1]["message"]["chat"]["id"], int)


def test_an_update_nested_too_deeply_keeps_its_number_and_the_others_are_whole() -> None:
    read = payloads.loads(answer(FIRST, f'{{"update_id":6,"message":{DEEP}}}', LAST))
    assert [update["update_id"] for update in read["result"]] == [5, 6, 7]
    assert read["result"][0]["message"]["text"] == 'a "] } b'
    assert read["result"][2]["message"]["text"] == "last"


def test_one_alone_that_is_nested_too_deeply_keeps_its_number() -> None:
    assert payloads.loads(f'{{"update_id":6,"message":{DEEP}}}'.encode())["update_id"] == 6


@pytest.mark.parametrize(
    "payload",
    [
        b"<html>",
        b"[" * 100_000,
        answer(f'{{"update_id":6,"message":{DEEP}}}')[:-40],
        f'{{"ok":true,"result":{DEEP}}}'.encode(),
        f'{{"message":{DEEP}}}'.encode(),
        b'{"a":"\xff"}',
    ],
    ids=["no JSON", "no end", "cut off", "no updates", "no number", "no text"],
)
def test_what_is_no_answer_is_refused(payload: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        payloads.loads(payload)
