from __future__ import annotations

from bot.advice.profile import Profile
from bot.conversation.session import Session, restore
from bot.understanding.question import Context


def test_a_session_comes_back_as_it_was() -> None:
    session = Session(profile=Profile(country="IN", years={"other": 2.5}), context=Context(topics=("cost",)), misses=2)
    assert restore(session.model_dump(mode="json")) == session


def test_a_session_nobody_can_read_starts_afresh() -> None:
    assert restore({"version": 99, "unknown": True}) == Session()
    assert restore({}) == Session()


def test_a_profile_has_no_field_for_who_somebody_is() -> None:
    assert not {"gender", "sex", "age", "name", "employer"} & set(Profile.model_fields)
