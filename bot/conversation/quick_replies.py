"""The buttons just shown, remembered so that their words can be typed in every channel."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.callback_data import Press, decode
from bot.conversation.frames import Assessing
from bot.conversation.messages import Reply
from bot.conversation.session import QuickReply, Session
from bot.understanding.parsing.cues import words_of


def offering(session: Session, replies: Sequence[Reply]) -> Session:
    """The session that remembers the buttons just shown, so that their words can be typed as well.

    A question of the assessment reads its own choices.
    """
    shown = next((reply.buttons for reply in reversed(replies) if reply.buttons), ())
    buttons = () if isinstance(session.top, Assessing) else [button for row in shown for button in row]
    choices = tuple(QuickReply(label=item.label, say=item.say, press=item.press) for item in buttons)
    return session.model_copy(update={"choices": choices})


def picked(choices: tuple[QuickReply, ...], text: str) -> Press | None:
    """The button that a typed number or its own words pick."""
    wanted = text.casefold().strip(" .)!?")
    if wanted.isdecimal() and 1 <= int(wanted[:3]) <= len(choices):
        return decode(choices[int(wanted[:3]) - 1].press)
    for choice in choices:
        if wanted in (choice.label.casefold().strip(" .?!"), choice.say.casefold().strip(" .?!")):
            return decode(choice.press)
    return None


def opened(choices: tuple[QuickReply, ...], text: str) -> Press | None:
    """The only button shown whose label the words open: "keep" for "Keep this"."""
    words = words_of(text)
    found = [choice for choice in choices if words and f"{words_of(choice.label)} ".startswith(f"{words} ")]
    return decode(found[0].press) if len(found) == 1 else None
