from __future__ import annotations

from typing import Any

import pytest

from bot.channels.telegram.updates import Me, Membership, Migration, StrayPress, TelegramArrival, read_update

ME = Me(id=99, username="Advisor_bot")
PERSON = {"id": 7, "is_bot": False, "first_name": "Ann", "last_name": "Lee", "username": "annlee"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Ann"}
GROUP = {"id": -100, "type": "supergroup", "title": "Friends"}


def message(chat: dict[str, Any] = PRIVATE, **content: Any) -> dict[str, Any]:
    return {"update_id": 1, "message": {"message_id": 5, "date": 1000, "chat": chat, "from": PERSON, **content}}


def arrival(update: dict[str, Any]) -> TelegramArrival:
    event = read_update(update, ME)
    assert isinstance(event, TelegramArrival)
    return event


def test_a_text_keeps_what_is_needed_and_no_name() -> None:
    event = arrival(message(text="what now?"))
    assert event.model_dump(exclude_defaults=True) == {
        "update_id": 1,
        "kind": "text",
        "text": "what now?",
        "user": 7,
        "chat": 7,
        "private": True,
        "message": 5,
        "sent_at": 1000,
    }
    assert event.person == "telegram:7"


@pytest.mark.parametrize(
    ("text", "kind", "meaning"),
    [
        ("/start", "command", "start"),
        ("/start  ref_1 x", "command", "start ref_1 x"),
        ("/help@advisor_BOT", "command", "help"),
        ("/help@Advisor_bot me\nplease", "command", "help me\nplease"),
        ("/", "text", "/"),
        ("/ help", "text", "/ help"),
        ("and/or", "text", "and/or"),
        ("/2+2", "text", "/2+2"),
        ("see \ud800", "text", "see ?"),
    ],
)
def test_commands_are_told_from_text(text: str, kind: str, meaning: str) -> None:
    event = arrival(message(text=text))
    assert (event.kind, event.text) == (kind, meaning)


@pytest.mark.parametrize("content", ["photo", "sticker", "voice", "document", "location", "poll", "video_note"])
def test_what_is_no_text_is_wordless(content: str) -> None:
    event = arrival(message(**{content: {}}, caption=" "))
    assert (event.kind, event.text) == ("wordless", "")


@pytest.mark.parametrize(
    "content",
    [{"pinned_message": {}}, {"new_chat_members": []}, {"text": "hi", "from": {"id": 8, "is_bot": True}}, {}],
)
def test_notices_and_bots_get_no_answer(content: dict[str, Any]) -> None:
    assert read_update(message(**content), ME) is None


@pytest.mark.parametrize("chat", [PRIVATE, GROUP])
def test_a_post_without_a_person_gets_no_answer(chat: dict[str, Any]) -> None:
    update = message(chat, text="hello @advisor_bot")
    del update["message"]["from"]
    assert read_update(update, ME) is None


@pytest.mark.parametrize(
    ("content", "kind", "meaning"),
    [
        ({"text": "/help@Advisor_bot"}, "command", "help"),
        ({"text": "@advisor_bot how do I start?"}, "text", "how do I start?"),
        ({"text": "tell me, @Advisor_Bot: how"}, "text", "tell me,  how"),
        ({"text": "why?", "reply_to_message": {"from": {"id": 99}}}, "text", "why?"),
        ({"text": "/help", "reply_to_message": {"from": {"id": 99}}}, "command", "help"),
    ],
)
def test_in_a_group_it_answers_when_it_is_spoken_to(content: dict[str, Any], kind: str, meaning: str) -> None:
    event = arrival(message(GROUP, **content))
    assert (event.kind, event.text, event.private, event.chat) == (kind, meaning, False, -100)


@pytest.mark.parametrize(
    "content",
    [
        {"text": "hello all"},
        {"text": "/help"},
        {"text": "/help@other_bot"},
        {"text": "/help@other_bot", "reply_to_message": {"from": {"id": 99}}},
        {"text": "mail me@advisor_bot"},
        {"text": "@advisor_bots"},
        {"text": "why?", "reply_to_message": {"from": {"id": 98}}},
        {"text": "why?", "reply_to_message": {}},
        {"photo": [], "caption": "look"},
    ],
)
def test_in_a_group_it_is_silent_otherwise(content: dict[str, Any]) -> None:
    assert read_update(message(GROUP, **content), ME) is None


def test_only_a_topic_of_a_forum_is_kept_as_thread() -> None:
    assert arrival(message(text="a", message_thread_id=3)).thread is None
    assert arrival(message(text="a", message_thread_id=3, is_topic_message=True)).thread == 3


def press(**query: Any) -> dict[str, Any]:
    return {"update_id": 2, "callback_query": {"id": "555", "from": PERSON, **query}}


def test_a_press_is_the_pressers_own_even_in_a_group() -> None:
    event = arrival(press(data="1|more", message={"message_id": 9, "chat": GROUP, "date": 0, "text": "a"}))
    assert (event.kind, event.text, event.person, event.chat) == ("press", "1|more", "telegram:7", -100)
    assert (event.message, event.query, event.private, event.sent_at) == (9, "555", False, None)


@pytest.mark.parametrize("content", [{}, {"photo": [{"file_id": "x"}], "caption": "a"}])
def test_a_pressed_picture_or_lost_message_has_no_text_to_rewrite(content: dict[str, Any]) -> None:
    assert arrival(press(data="1|more", message={"message_id": 9, "chat": GROUP, "date": 0, **content})).message is None


@pytest.mark.parametrize(
    "query",
    [
        {"data": "1|more", "inline_message_id": "x"},
        {"message": {"message_id": 9, "chat": PRIVATE}, "game_short_name": ""},
    ],
)
def test_a_press_out_of_reach_is_only_answered(query: dict[str, Any]) -> None:
    assert read_update(press(**query), ME) == StrayPress("555")


@pytest.mark.parametrize(
    ("status", "gone"), [("kicked", True), ("left", True), ("member", False), ("restricted", False)]
)
def test_being_stopped_and_started(status: str, gone: bool) -> None:
    update = {"update_id": 3, "my_chat_member": {"chat": PRIVATE, "new_chat_member": {"status": status}}}
    assert read_update(update, ME) == Membership(chat=7, gone=gone)


def test_a_group_that_gets_another_id() -> None:
    assert read_update(message({"id": -5, "type": "group"}, migrate_to_chat_id=-1005), ME) == Migration(-5, -1005)


def test_an_update_of_another_kind_is_passed_over() -> None:
    assert read_update({"update_id": 4, "poll": {}}, ME) is None


@pytest.mark.parametrize("content", ["photo", "document", "video"])
def test_a_question_below_a_picture_or_file_is_read(content: str) -> None:
    event = arrival(message(**{content: {}}, caption="what is this"))
    assert (event.kind, event.text) == ("text", "what is this")


def test_a_caption_in_a_group_is_read_if_it_is_for_the_bot() -> None:
    event = arrival(message(GROUP, photo=[], caption="@advisor_bot what is this"))
    assert (event.kind, event.text) == ("text", "what is this")


def test_what_was_mended_in_writing_is_a_new_question() -> None:
    edited = {"update_id": 1, "edited_message": message(text="what is this")["message"]}
    event = arrival(edited)
    assert (event.kind, event.text) == ("text", "what is this")


def test_a_place_that_moves_is_no_question() -> None:
    assert read_update({"update_id": 1, "edited_message": message(location={})["message"]}, ME) is None


def test_a_kind_that_does_not_exist_yet_is_wordless() -> None:
    assert arrival(message(hologram={})).kind == "wordless"


def test_an_anonymous_admin_is_answered() -> None:
    anonymous = {"id": 1087968824, "is_bot": True, "username": "GroupAnonymousBot"}
    event = read_update(message(text="@advisor_bot hi", chat=GROUP, sender_chat=GROUP, **{"from": anonymous}), ME)
    assert isinstance(event, TelegramArrival)
    assert (event.text, event.private) == ("hi", False)


@pytest.mark.parametrize("odd", ["\ud800", "a\udfffb"])
def test_lone_surrogates_are_replaced_wherever_they_stand(odd: str) -> None:
    press = {"id": odd, "from": {"id": 7, "is_bot": False}, "data": odd, "message": message(text="x")["message"]}
    event = read_update({"update_id": 1, "callback_query": press}, ME)
    assert isinstance(event, TelegramArrival)
    album = arrival(message(photo=[], media_group_id=odd))
    for text in (event.text, event.query, album.album):
        assert text is not None
        text.encode()


@pytest.mark.parametrize("field", ["chat", "from"])
def test_an_id_that_fits_into_no_column_is_refused(field: str) -> None:
    update = message(text="hello")
    update["message"][field] = {**update["message"][field], "id": 2**70}
    with pytest.raises(ValueError, match="less than"):
        read_update(update, ME)
