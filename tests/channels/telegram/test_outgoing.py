from __future__ import annotations

import pytest
from pydantic import ValidationError

from bot.channels.telegram.outgoing import Outgoing, outgoing
from bot.channels.telegram.updates import TelegramArrival
from bot.conversation.messages import Button, Document, Picture, Reply

BUTTONS = ((Button(label="More", press="1|more", say="more"),),)
TYPED = TelegramArrival(update_id=1, kind="text", text="hi", user=7, chat=7, private=True, message=5)
PRESSED = TYPED.model_copy(update={"kind": "press", "query": "q"})
IN_GROUP = TYPED.model_copy(update={"chat": -100, "private": False, "thread": 3})


def test_a_press_rewrites_the_message_it_sits_on_once() -> None:
    replies = [Reply(text="one", buttons=BUTTONS, edit=True), Reply(text="two", edit=True)]
    assert outgoing(replies, PRESSED) == [Outgoing(text="one", buttons=BUTTONS, edits=5), Outgoing(text="two")]


def test_a_press_may_be_answered_with_a_new_message() -> None:
    assert outgoing([Reply(text="one"), Reply(text="two", edit=True)], PRESSED) == [
        Outgoing(text="one"),
        Outgoing(text="two"),
    ]


def test_typed_text_never_rewrites() -> None:
    assert outgoing([Reply(text="one", edit=True)], TYPED) == [Outgoing(text="one")]


def test_in_a_group_the_first_message_replies_and_all_stay_in_their_topic() -> None:
    assert outgoing([Reply(text="one"), Reply(text="two")], IN_GROUP) == [
        Outgoing(text="one", answers=5, thread=3),
        Outgoing(text="two", thread=3),
    ]
    pressed = IN_GROUP.model_copy(update={"kind": "press"})
    assert outgoing([Reply(text="one", edit=True)], pressed) == [Outgoing(text="one", edits=5, thread=3)]


def test_a_long_text_is_several_messages_with_the_buttons_under_the_last() -> None:
    text = "\n".join("word " * 20 for _ in range(100))
    calls = outgoing([Reply(text=text, buttons=BUTTONS, edit=True)], PRESSED)
    assert [call.edits for call in calls] == [5, None, None]
    assert [call.buttons for call in calls] == [(), (), BUTTONS]


PICTURE = Picture(kind="chart", alt="a < b")
DOCUMENT = Document(name="plan.txt", media_type="text/plain", content="Step 1")


def test_a_picture_has_text_and_alternative_as_its_caption_and_the_buttons_below() -> None:
    reply = Reply(text="Chart", picture=PICTURE, buttons=BUTTONS)
    assert outgoing([reply], TYPED) == [Outgoing(text="Chart\n<i>a &lt; b</i>", picture=PICTURE, buttons=BUTTONS)]


def test_a_picture_and_a_document_are_always_new_messages() -> None:
    for shown in ({"picture": PICTURE}, {"document": DOCUMENT}):
        replies = [Reply(text="Here", edit=True, **shown), Reply(text="two", edit=True)]
        assert [call.edits for call in outgoing(replies, PRESSED)] == [None, None]


def test_a_text_too_long_for_a_caption_comes_below_with_the_buttons() -> None:
    long = "<b>word</b> " * 300
    calls = outgoing([Reply(text=long, picture=PICTURE, buttons=BUTTONS)], TYPED)
    assert [(call.picture, call.buttons) for call in calls] == [(PICTURE, ()), (None, BUTTONS)]
    assert calls[0].text == "<i>a &lt; b</i>"
    wordy = PICTURE.model_copy(update={"alt": "word " * 300})
    calls = outgoing([Reply(text="Chart", picture=wordy, buttons=BUTTONS)], TYPED)
    assert [call.text[:5] for call in calls] == ["", "Chart"]
    assert "word word" in calls[1].text
    calls = outgoing([Reply(text=long, document=DOCUMENT, buttons=BUTTONS)], TYPED)
    assert [(call.document, call.text[:3]) for call in calls] == [(DOCUMENT, ""), (None, "<b>")]


def test_a_caption_counts_what_is_shown_in_utf_16_units() -> None:
    for text, messages in (("<b>😀</b>" * 512, 1), ("😀" * 513, 2)):
        calls = outgoing([Reply(text=text, document=DOCUMENT)], TYPED)
        assert len(calls) == messages


def test_what_waits_in_the_outbox_comes_back_as_it_was() -> None:
    call = Outgoing(
        text="<b>a</b> 😀", buttons=BUTTONS, edits=5, answers=6, thread=7, picture=PICTURE, document=DOCUMENT
    )
    assert Outgoing.model_validate_json(call.model_dump_json()) == call


def test_a_row_without_a_button_is_none() -> None:
    assert outgoing([Reply(text="one", buttons=((), *BUTTONS, ()))], TYPED) == [Outgoing(text="one", buttons=BUTTONS)]


def test_what_does_not_fit_is_refused_without_its_words() -> None:
    with pytest.raises(ValidationError) as caught:
        Outgoing.model_validate_json('{"text": ["my diagnosis"]}')
    assert "diagnosis" not in str(caught.value)
