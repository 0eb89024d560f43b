"""Questions nobody could answer, without who asked: what to write next, the most frequent first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session as Transaction

from bot.conversation.messages import Reply
from bot.storage.cipher import Cipher
from bot.storage.tables import UnansweredQuestion

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


def note(transaction: Transaction, cipher: Cipher, text: str, replies: Iterable[Reply], now: datetime) -> None:
    """Keep `text`, masked and encrypted, if one of its replies says that it was not understood."""
    if any(reply.unanswered for reply in replies):
        transaction.add(UnansweredQuestion(body=cipher.encrypt(masked(text)), asked_at=now))


def all_unanswered(transaction: Transaction, cipher: Cipher) -> list[Unanswered]:
    """Everything not marked as done, most frequent first, then the latest."""
    groups: dict[str, list[UnansweredQuestion]] = defaultdict(list)
    texts: dict[str, str] = {}
    for row in transaction.scalars(select(UnansweredQuestion).where(UnansweredQuestion.done.is_(False))):
        text = cipher.decrypt(row.body)
        key = re.sub(r"\W+", " ", text.casefold()).strip()
        groups[key].append(row)
        texts.setdefault(key, text)
    found = [
        Unanswered(tuple(row.id for row in rows), texts[key], len(rows), max(row.asked_at for row in rows))
        for key, rows in groups.items()
    ]
    return sorted(found, key=lambda item: (-item.count, -item.last_asked.timestamp(), item.text))


def mark_done(transaction: Transaction, ids: Iterable[int]) -> None:
    """Take questions off the list; they are kept, unseen, until they are deleted for their age."""
    transaction.execute(update(UnansweredQuestion).where(UnansweredQuestion.id.in_(tuple(ids))).values(done=True))


def forget_old(transaction: Transaction, now: datetime, days: int) -> None:
    """Delete what was asked more than `days` days ago."""
    transaction.execute(delete(UnansweredQuestion).where(UnansweredQuestion.asked_at < now - timedelta(days=days)))
