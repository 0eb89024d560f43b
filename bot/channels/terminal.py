"""The advisor in a terminal, or over a pipe: the same conversation as on Telegram.

On a terminal Rich renders the text and prompt-toolkit edits the line; a number or its words
pick a choice. With input that is not a terminal each line is a message and each answer plain text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bot.channels.plain import as_plain_text, printable
from bot.channels.saving import files_of, save
from bot.conversation.advisor import Advisor
from bot.conversation.messages import Button, Incoming, Reply
from bot.conversation.session import Session

if TYPE_CHECKING:
    from rich.console import Console

MOST_DIGITS = 2  # of the number that picks a button
LEAVING = {"/quit", "/exit", "quit", "exit"}
# Told the session after each turn, or None to delete what is stored.
Keep = Callable[[Session | None], None]


def incoming(text: str, buttons: tuple[Button, ...]) -> Incoming:
    """A typed line as a message: a choice's number presses it, a slash is a command."""
    wanted = text.strip().casefold()
    if wanted.isdecimal() and len(wanted) <= MOST_DIGITS and 1 <= int(wanted) <= len(buttons):
        return Incoming(kind="press", text=buttons[int(wanted) - 1].press)
    if wanted.startswith("/") and len(wanted) > 1:
        return Incoming(kind="command", text=text.strip()[1:])
    return Incoming(kind="text", text=text)


def chat_over_pipe(
    advisor: Advisor, session: Session, keep: Keep, today: Callable[[], date], lines: TextIO, out: TextIO
) -> None:
    """Answer each line of `lines` until it ends; `keep` gets the session after every turn."""
    buttons: tuple[Button, ...] = ()
    for raw in lines:
        line = raw.rstrip("\r\n")
        if not line.strip():
            continue
        if line.strip().casefold() in LEAVING:
            return
        session, replies = _turn(advisor, session, incoming(line, buttons), keep, today())
        buttons = _choices(replies)
        asking = _asking(replies)
        for reply in replies:
            text = (
                as_plain_text(reply, numbered=reply is asking)
                .encode(out.encoding or "utf-8", "replace")
                .decode(out.encoding or "utf-8")
            )
            out.write(f"{text}\n\n")
        out.flush()


def chat_on_terminal(advisor: Advisor, session: Session, keep: Keep, today: Callable[[], date]) -> None:
    """Talk until the person leaves with Ctrl-D, Ctrl-C at an empty prompt, or /quit."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import InMemoryHistory
    from rich.console import Console

    console = Console()
    prompt: PromptSession[str] = PromptSession(history=InMemoryHistory())
    session, replies = advisor.turn(session, Incoming(kind="command", text="start"), today())
    _show(console, replies)
    buttons = _choices(replies)
    while True:
        try:
            line = prompt.prompt("> ")
        except KeyboardInterrupt:
            if prompt.default_buffer.text:
                continue
            return
        except EOFError:
            return
        if line.strip().casefold() in LEAVING:
            return
        if not line.strip():
            continue
        session, replies = _turn(advisor, session, incoming(line, buttons), keep, today())
        _show(console, replies)
        _save(console, advisor, replies)
        buttons = _choices(replies)


def _turn(advisor: Advisor, session: Session, heard: Incoming, keep: Keep, today: date) -> tuple[Session, list[Reply]]:
    """One turn, after which the session is kept, or erased where a reply asks for that."""
    session, replies = advisor.turn(session, heard, today)
    erased = any(reply.erase for reply in replies)
    keep(None if erased else session)
    return (Session() if erased else session), replies


def _save(console: Console, advisor: Advisor, replies: list[Reply]) -> None:
    """What cannot be shown in a terminal is put into the current folder."""
    texts = advisor.base.texts.texts
    for reply in replies:
        for name, content in files_of(advisor.base, reply):
            try:
                line = texts["terminal_saved"].format(path=f"./{save(Path(), name, content)}")
            except OSError as error:
                line = texts["terminal_not_saved"].format(name=name, reason=error.strerror)
                if reply.document is not None and reply.document.name == name:
                    line = f"{line}\n{reply.document.content}"
            console.print(as_rich(html.escape(line)), highlight=False)


def _asking(replies: list[Reply]) -> Reply | None:
    """The reply of which a number picks a choice: the last that has any, unless it asks for a number itself."""
    last = next((reply for reply in reversed(replies) if reply.buttons), None)
    return last if last is not None and not last.takes_number else None


def _choices(replies: list[Reply]) -> tuple[Button, ...]:
    asking = _asking(replies)
    return tuple(button for row in asking.buttons for button in row) if asking is not None else ()


_RICH_TAGS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "code": "cyan"}


def as_rich(markup: str) -> str:
    """Telegram's HTML subset as Rich markup; what people typed can open no tag of either."""
    out = []
    for part in re.split(r"(<[^>]+>)", markup):
        if not part.startswith("<"):
            out.append(printable(html.unescape(part)).replace("[", "\\["))
            continue
        closing, name = part.startswith("</"), re.sub(r"[</>]|\s.*", "", part)
        if name == "a" and not closing:
            address = re.search(r'href="([^"]*)"', part)
            out.append(f"[link={html.unescape(address[1]).replace(']', '%5D')}]" if address else "[link]")
        elif name == "a":
            out.append("[/link]")
        elif name in _RICH_TAGS:
            out.append(f"[{'/' if closing else ''}{_RICH_TAGS[name]}]")
    return "".join(out)


def _show(console: Console, replies: list[Reply]) -> None:
    asking, number = _asking(replies), 0
    for reply in replies:
        console.print(as_rich(reply.text), highlight=False)
        if reply.picture is not None:
            console.print(f"\\[{reply.picture.alt}]", highlight=False)
        for row in reply.buttons:
            cells = []
            for button in row:
                label = as_rich(html.escape(button.label))
                if reply is asking:
                    number += 1
                    cells.append(f"[bold]{number}[/bold] {label}")
                else:
                    cells.append(f"\\[{label}]")
            console.print("  " + "   ".join(cells), highlight=False)
        console.print()
