from __future__ import annotations

from bot.channels.health import Health


def test_a_short_failure_is_no_problem_and_a_success_ends_it() -> None:
    now = 0.0
    health = Health(lambda: now)
    health.fails("telegram", "out of reach", patience=20)
    health.fails("file", "overwritten")
    assert health.problems() == ["overwritten"]
    now = 19.0
    health.fails("telegram", "still out of reach", patience=20)
    assert health.problems() == ["overwritten"]
    now = 20.0
    assert health.problems() == ["still out of reach", "overwritten"]
    assert health.problems("file", "database") == ["overwritten"]
    health.well("telegram")
    now = 30.0
    health.fails("telegram", "out of reach again", patience=20)
    assert health.problems() == ["overwritten"]


def test_what_two_parts_say_alike_is_told_once() -> None:
    health = Health(lambda: 0.0)
    health.fails("telegram", "out of reach")
    health.fails("sending", "out of reach")
    health.fails("file", "overwritten")
    assert health.problems() == ["out of reach", "overwritten"]
