from __future__ import annotations

from bot.channels.telegram.flood import FloodGuard


def test_the_limit_passes_one_notice_follows_and_the_rest_is_dropped() -> None:
    guard = FloodGuard(3)
    assert [guard.judge("a", 1000 + second) for second in range(6)] == ["pass"] * 3 + ["notice", "drop", "drop"]


def test_after_the_minute_all_is_forgiven() -> None:
    guard = FloodGuard(2)
    for second in range(4):
        guard.judge("a", 1000 + second)
    assert [guard.judge("a", 1062 + second) for second in range(3)] == ["pass", "pass", "notice"]


def test_one_person_is_not_punished_for_another() -> None:
    guard = FloodGuard(1)
    assert [guard.judge(person, 1000) for person in ("a", "a", "b")] == ["pass", "notice", "pass"]


def test_a_steady_talker_below_the_limit_loses_nothing() -> None:
    guard = FloodGuard(20)
    assert {guard.judge("a", 1000 + 3 * number) for number in range(500)} == {"pass"}


def test_taps_have_a_wider_limit_of_their_own_and_get_no_notice() -> None:
    guard = FloodGuard(2)
    assert [guard.judge("a", 1000, press=True) for _ in range(8)] == ["pass"] * 6 + ["drop"] * 2
    assert guard.judge("a", 1000) == "pass"


def test_no_limit_lets_everything_pass() -> None:
    guard = FloodGuard(0)
    assert {guard.judge("a", 1000) for _ in range(1000)} == {"pass"}


def test_people_who_left_are_forgotten_and_those_at_it_are_not() -> None:
    guard = FloodGuard(1)
    for person in range(9_999):
        guard.judge(f"early {person}", 1000)
    guard.judge("now", 2000)
    assert guard.judge("one more", 2000) == "pass"
    assert guard.judge("now", 2001) == "notice"
