"""Questions nobody could answer, without who asked: what to write next, the most frequent first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from bot.conversation.messages import Reply
from bot.storage.cipher import Cipher
from bot.storage.tables import unanswered

MAX_LENGTH = 200
_ADDRESS = re.compile(r"\S+@\S+|\b(?:https?://|www\.)\S+|(?<!\w)@\w+", re.IGNORECASE)


@dataclass(frozen=True)
class Unanswered:
    """The same question, however often: its rows, its words (masked), and when it was asked last."""

    ids: tuple[int, ...]
    text: str
    count: int
    last_asked: datetime


def masked(text: str) -> str:
    """At most 200 characters in one line, addresses and digits struck out."""
    line = " ".join(_ADDRESS.sub("<address>", text[: 4 * MAX_LENGTH]).split())
    return re.sub(r"\d", "#", line)[:MAX_LENGTH]


def note(
    transaction: Connection, cipher: Cipher, text: str, replies: Iterable[Reply], now: datetime, person: str
) -> None:
    """Keep `text`, masked and encrypted, if one of its replies says that it was not understood.

    Of `person` a keyed hash is kept: it finds their rows when they are erased, and tells nobody who it was.
    """
    if any(reply.unanswered for reply in replies):
        row = {"body": cipher.encrypt(masked(text)), "asked_at": now, "done": False, "asker": cipher.tags(person)[0]}
        transaction.execute(insert(unanswered), row)


def all_unanswered(transaction: Connection, cipher: Cipher) -> list[Unanswered]:
    """Everything not marked as done, most frequent first, then the latest."""
    groups: dict[str, list[tuple[int, datetime]]] = defaultdict(list)
    texts: dict[str, str] = {}
    for row in transaction.execute(select(unanswered).where(unanswered.c.done.is_(False)).order_by(unanswered.c.id)):
        text = cipher.decrypt(row.body)
        key = re.sub(r"\W+", " ", text.casefold()).strip()
        groups[key].append((row.id, row.asked_at))
        texts.setdefault(key, text)
    found = [
        Unanswered(tuple(number for number, _ in rows), texts[key], len(rows), max(asked for _, asked in rows))
        for key, rows in groups.items()
    ]
    return sorted(found, key=lambda item: (-item.count, -item.last_asked.timestamp(), item.text))


def mark_done(transaction: Connection, ids: Iterable[int]) -> None:
    """Take questions off the list; they are kept, unseen, until they are deleted for their age."""
    transaction.execute(update(unanswered).where(unanswered.c.id.in_(tuple(ids))).values(done=True))


def forget_asker(transaction: Connection, cipher: Cipher, person: str) -> None:
    """Delete what a person asked in vain."""
    transaction.execute(delete(unanswered).where(unanswered.c.asker.in_(cipher.tags(person))))


def forget_old(transaction: Connection, now: datetime, days: int) -> None:
    """Delete what was asked more than `days` days ago."""
    transaction.execute(delete(unanswered).where(unanswered.c.asked_at < now - timedelta(days=days)))
