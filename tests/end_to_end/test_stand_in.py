"""The stand-in refuses what Telegram refuses: a lenient one would let mistakes through."""

from __future__ import annotations

import asyncio
import json
import struct
from collections.abc import AsyncIterator

import pytest
from stand_in import BotApi, Fault
from stand_in.rules import PNG
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.channels.telegram.api import QuietRequest

ANN = 7


@pytest.fixture
async def bot(api: BotApi) -> AsyncIterator[Bot]:
    bot = Bot(api.token, f"{api.url}/bot", request=QuietRequest(), get_updates_request=QuietRequest())
    async with bot:
        api.say(ANN, "hello")
        await bot.get_updates(timeout=5)
        yield bot


def keyboard(data: str, count: int = 1) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data=data)] * count])


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        ("<b>open", "find end tag"),
        ("<b><i>crossed</b></i>", "Unmatched end tag"),
        ("</b>", "Unmatched end tag"),
        ("<h1>title</h1>", "Unsupported start tag"),
        ("1 < 2", "Unsupported start tag"),
        ('<a href="nowhere">x</a>', "no address"),
        ("<span>x</span>", "Unsupported start tag"),
        ("<b> </b>", "text is empty"),
        ("", "text is empty"),
    ],
)
async def test_markup_that_is_refused(bot: Bot, markup: str, refusal: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i){refusal}"):
        await bot.send_message(ANN, markup, parse_mode="HTML")


async def test_markup_that_is_taken(bot: Bot, api: BotApi) -> None:
    await bot.send_message(ANN, '<b>a <i>b</i></b> &lt; <a href="https://a.org/?x&amp;y">c</a>', parse_mode="HTML")
    assert api.in_chat(ANN)[0].text == "a b < c"


async def test_length_counts_utf_16_units_without_tags(bot: Bot) -> None:
    await bot.send_message(ANN, f"<b>{'x' * 4096}</b>", parse_mode="HTML")
    await bot.send_message(ANN, "😀" * 2048)
    with pytest.raises(BadRequest, match="too long"):
        await bot.send_message(ANN, "x" * 4097)
    with pytest.raises(BadRequest, match="too long"):
        await bot.send_message(ANN, "😀" * 2049)


async def test_buttons_are_checked(bot: Bot) -> None:
    await bot.send_message(ANN, "x", reply_markup=keyboard("é" * 32))
    for markup in (keyboard("é" * 32 + "x"), keyboard("")):
        with pytest.raises(BadRequest, match=r"(?i)BUTTON_DATA_INVALID"):
            await bot.send_message(ANN, "x", reply_markup=markup)
    with pytest.raises(BadRequest, match="too long"):
        await bot.send_message(ANN, "x", reply_markup=keyboard("a", 9))


async def test_an_edit_must_change_something(bot: Bot) -> None:
    message = await bot.send_message(ANN, "x", reply_markup=keyboard("a"))
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_text("x", ANN, message.message_id, reply_markup=keyboard("a"))
    await bot.edit_message_text("x", ANN, message.message_id, reply_markup=keyboard("b"))
    with pytest.raises(BadRequest, match="not found"):
        await bot.edit_message_text("y", ANN, 999)


async def test_people_and_chats_that_cannot_be_written_to(bot: Bot, api: BotApi) -> None:
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message(8, "x")
    api.block(ANN)
    with pytest.raises(Forbidden):
        await bot.send_message(ANN, "x")


async def test_an_unknown_method_or_token_is_refused(bot: Bot, api: BotApi) -> None:
    with pytest.raises(InvalidToken):
        await bot.get_chat_menu_button()
    stranger = Bot("1:x", f"{api.url}/bot")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()


async def test_a_query_is_answered_once_and_in_time(api: BotApi, bot: Bot) -> None:
    message = await bot.send_message(ANN, "x", reply_markup=keyboard("a"))
    api.press(ANN, "Go")
    updates = await bot.get_updates(offset=1001, timeout=5)
    query = updates[0].callback_query
    assert query is not None
    assert query.message is not None
    assert (query.data, query.message.message_id) == ("a", message.message_id)
    await bot.answer_callback_query(query.id)
    with pytest.raises(BadRequest, match="too old"):
        await bot.answer_callback_query(query.id)


async def test_updates_are_given_again_until_they_are_confirmed(bot: Bot, api: BotApi) -> None:
    api.say(ANN, "two")
    api.say(ANN, "three")
    await asyncio.to_thread(api.wait, lambda: len(api._updates) == 3)
    assert [update.update_id for update in await bot.get_updates()] == [1000, 1001, 1002]
    assert [update.update_id for update in await bot.get_updates(offset=1001)] == [1001, 1002]
    assert [update.update_id for update in await bot.get_updates(offset=1001)] == [1001]
    assert [update.update_id for update in await bot.get_updates(offset=1002, limit=1)] == [1002]


async def test_a_second_poll_ends_the_first(bot: Bot, api: BotApi) -> None:
    second = Bot(api.token, f"{api.url}/bot", request=QuietRequest(), get_updates_request=QuietRequest())
    first = asyncio.create_task(bot.get_updates(offset=1001, timeout=20))
    await asyncio.to_thread(api.wait, lambda: api._poll is not None and not api._poll.done())
    async with second:
        other = asyncio.create_task(second.get_updates(offset=1001, timeout=20))
        with pytest.raises(Conflict):
            await first
        api.say(ANN, "again")
        assert len(await other) == 1


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault.error(500), NetworkError),
        (Fault.flood(3), RetryAfter),
        (Fault.reset(), NetworkError),
        (Fault.reset(accepted=True), NetworkError),
        (Fault.garbage(), TelegramError),
        (Fault.garbage(b"[]"), TelegramError),
        (Fault.garbage(b'{"ok": true}'), TelegramError),
        (Fault.garbage(code=502), NetworkError),
    ],
)
async def test_faults_come_on_demand_and_once(bot: Bot, api: BotApi, fault: Fault, error: type[Exception]) -> None:
    api.fail("sendMessage", fault)
    with pytest.raises(error):
        await bot.send_message(ANN, "x")
    await bot.send_message(ANN, "y")
    assert api.sent(ANN) == (["x", "y"] if fault.accepted else ["y"])


async def test_floods_are_refused() -> None:
    with BotApi(per_second=3) as api:
        bot = Bot(api.token, f"{api.url}/bot", request=QuietRequest(), get_updates_request=QuietRequest())
        async with bot:
            api.say(ANN, "hello")
            await bot.get_updates(timeout=5)
            for _ in range(3):
                await bot.send_message(ANN, "x")
            with pytest.raises(RetryAfter):
                await bot.send_message(ANN, "x")


async def test_the_profile_is_checked_and_kept(bot: Bot, api: BotApi) -> None:
    await bot.set_my_commands([("help", "What you can ask")])
    assert api.profile["commands"] == [{"command": "help", "description": "What you can ask"}]
    assert json.dumps([command.to_dict() for command in await bot.get_my_commands()])
    with pytest.raises(BadRequest):
        await bot.set_my_commands([("Help me", "x")])
    await bot.set_my_short_description("x" * 120)
    assert (await bot.get_my_short_description()).short_description == "x" * 120
    for call in (bot.set_my_short_description("x" * 121), bot.set_my_description("x" * 513)):
        with pytest.raises(BadRequest):
            await call


async def test_a_picture_is_taken_once_and_then_by_its_name(bot: Bot, api: BotApi) -> None:
    sent = await bot.send_photo(ANN, picture(720, 1000), caption="<b>a</b>", parse_mode="HTML")
    again = await bot.send_photo(ANN, sent.photo[-1].file_id)
    assert [message.text for message in api.in_chat(ANN)] == ["a", ""]
    assert again.photo[-1].file_id == sent.photo[-1].file_id
    with pytest.raises(BadRequest, match="remote file identifier"):
        await bot.send_photo(ANN, "no-such-file")


async def test_pictures_and_captions_that_are_refused(bot: Bot) -> None:
    await bot.send_photo(ANN, picture(720, 1000), caption="😀" * 512)
    with pytest.raises(BadRequest, match="caption is too long"):
        await bot.send_photo(ANN, picture(720, 1000), caption="😀" * 513)
    with pytest.raises(BadRequest, match=r"(?i)photo_invalid_dimensions"):
        await bot.send_photo(ANN, picture(720, 9281))
    with pytest.raises(BadRequest, match=r"(?i)photo_invalid_dimensions"):
        await bot.send_photo(ANN, picture(100, 2001))
    with pytest.raises(BadRequest, match=r"(?i)image_process_failed"):
        await bot.send_photo(ANN, b"<svg/>")


async def test_a_picture_has_no_text_to_edit(bot: Bot) -> None:
    sent = await bot.send_photo(ANN, picture(720, 1000), caption="a")
    with pytest.raises(BadRequest, match="no text in the message to edit"):
        await bot.edit_message_text("b", ANN, sent.message_id)


async def test_a_document_keeps_its_name(bot: Bot, api: BotApi) -> None:
    sent = await bot.send_document(ANN, InputFile(b"\x00\r\n--x", filename="a.ics"))
    assert sent.document is not None
    assert api.files[sent.document.file_id] == ("a.ics", b"\x00\r\n--x")


def picture(wide: int, tall: int) -> bytes:
    """As much of a PNG as tells its size."""
    return PNG + struct.pack(">I4sII", 13, b"IHDR", wide, tall)
