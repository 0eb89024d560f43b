"""What Telegram refuses, in its own words. https://core.telegram.org/bots/api"""

from __future__ import annotations

import html
import re
import struct
from typing import Any
from urllib.parse import urlsplit

MAX_TEXT = 4096
MAX_CAPTION = 1024
# https://core.telegram.org/bots/api#sendphoto
MAX_PHOTO_BYTES = 10_000_000
MAX_PHOTO_SIDES = 10_000
MAX_PHOTO_RATIO = 20
PNG = b"\x89PNG\r\n\x1a\n"
MAX_CALLBACK_BYTES = 64
MAX_BUTTONS = 100
MAX_BUTTONS_A_ROW = 8
MAX_COMMANDS = 100
MAX_COMMAND_DESCRIPTION = 256
MAX_DESCRIPTION = 512
MAX_SHORT_DESCRIPTION = 120
MAX_CALLBACK_ANSWER = 200

_TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "blockquote", "tg-spoiler"}
_MARKUP = re.compile(r"<(/?)([a-z][a-z0-9-]*)((?:\s+[a-z-]+(?:=\"[^\"<>]*\")?)*)\s*>", re.IGNORECASE)
_COMMAND = re.compile(r"[a-z0-9_]{1,32}\Z")


class RefusedError(Exception):
    """An answer with `ok: false`."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.answer: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.answer["parameters"] = parameters


def bad(description: str) -> RefusedError:
    """400, as most refusals are."""
    return RefusedError(400, f"Bad Request: {description}")


def shown(text: str, parse_mode: str | None) -> str:
    """What people see of a text. Raises `RefusedError` for markup or a length that Telegram refuses."""
    if parse_mode not in (None, "HTML"):
        raise bad("unsupported parse_mode")
    visible = (_parsed(text) if parse_mode else text).strip()
    if not visible:
        raise bad("message text is empty")
    if len(visible.encode("utf-16-le")) // 2 > MAX_TEXT:
        raise bad("message is too long")
    return visible


def caption(text: str, parse_mode: str | None) -> str:
    """What people see of a caption, which may be empty. Raises `RefusedError`."""
    if parse_mode not in (None, "HTML"):
        raise bad("unsupported parse_mode")
    visible = (_parsed(text) if parse_mode else text).strip()
    if len(visible.encode("utf-16-le")) // 2 > MAX_CAPTION:
        raise bad("message caption is too long")
    return visible


def photo(content: bytes) -> None:
    """Raises `RefusedError` for what is no picture, or too large."""
    if len(content) > MAX_PHOTO_BYTES or not content.startswith(PNG):
        raise bad("IMAGE_PROCESS_FAILED")
    wide, tall = struct.unpack_from(">II", content, 16)
    if wide + tall > MAX_PHOTO_SIDES or max(wide, tall) > MAX_PHOTO_RATIO * min(wide, tall):
        raise bad("PHOTO_INVALID_DIMENSIONS")


def _parsed(text: str) -> str:
    open_tags: list[str] = []
    visible = []
    position = 0
    while position < len(text):
        if text[position] != "<":
            end = text.find("<", position)
            end = len(text) if end < 0 else end
            visible.append(html.unescape(text[position:end]))
            position = end
            continue
        tag = _MARKUP.match(text, position)
        if tag is None:
            raise bad(f"can't parse entities: Unsupported start tag at byte offset {position}")
        closing, name, attributes = tag[1], tag[2].lower(), tag[3]
        if closing:
            if not open_tags or open_tags.pop() != name:
                raise bad(f"can't parse entities: Unmatched end tag at byte offset {position}")
        else:
            _check_tag(name, attributes, position)
            open_tags.append(name)
        position = tag.end()
    if open_tags:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{open_tags[-1]}\"")
    return "".join(visible)


def _check_tag(name: str, attributes: str, position: int) -> None:
    if name not in _TAGS and not (name == "span" and 'class="tg-spoiler"' in attributes):
        raise bad(f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {position}')
    if name == "a":
        href = re.search(r'href="([^"]*)"', attributes)
        # Telegram shows a link to nowhere as plain text; here it is a mistake.
        if href is None or not urlsplit(html.unescape(href[1])).scheme:
            raise bad(f"can't parse entities: no address in a link at byte offset {position}")


def keyboard(markup: dict[str, Any] | None) -> list[list[dict[str, Any]]]:
    """The rows of an inline keyboard. Raises `RefusedError`."""
    rows: list[list[dict[str, Any]]] = (markup or {}).get("inline_keyboard", [])
    if sum(len(row) for row in rows) > MAX_BUTTONS or any(len(row) > MAX_BUTTONS_A_ROW for row in rows):
        raise bad("reply markup is too long")
    for button in (button for row in rows for button in row):
        if not button.get("text"):
            raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
        if not 1 <= len(button.get("callback_data", "").encode()) <= MAX_CALLBACK_BYTES:
            raise bad("BUTTON_DATA_INVALID")
    return rows


def commands(listed: list[dict[str, str]]) -> None:
    """Raises `RefusedError` for a list of commands that Telegram refuses."""
    if len(listed) > MAX_COMMANDS:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in listed:
        if not _COMMAND.match(command["command"]):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= MAX_COMMAND_DESCRIPTION:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")


def at_most(text: str, limit: int, what: str) -> None:
    """Raises `RefusedError` for a text over its limit."""
    if len(text) > limit:
        raise bad(f"{what} is too long")
