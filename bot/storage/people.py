"""Erasing a person: whatever is stored under their name goes, in the transaction of the caller."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, delete

from bot.storage import outbox, unanswered
from bot.storage.cipher import Cipher
from bot.storage.tables import blocked_chats, sessions


def erase(
    transaction: Connection,
    cipher: Cipher,
    person: str,
    chat: int | None = None,
    stays: Callable[[str], bool] = lambda _: False,
) -> None:
    """Delete the session of a person, what they asked in vain and, of their private `chat`, the replies in line.

    `stays` says of the body of such a reply whether it still goes out, and is deleted only then.

    Messages that wait behind the one that asked for it stay: they are answered as a new person's. Dead
    letters do not say who wrote; update ids are numbers of the channel. Call `Database.scrub` after the
    commit, so that nothing is left in the files either.
    """
    transaction.execute(delete(sessions).where(sessions.c.person == person))
    unanswered.forget_asker(transaction, cipher, person)
    if chat is not None:
        outbox.strike(transaction, outbox.numbers_of(transaction, cipher, chat, stays))
        transaction.execute(delete(blocked_chats).where(blocked_chats.c.chat == chat))
