from __future__ import annotations

from datetime import UTC, datetime

from bot.conversation.session import Session
from bot.storage import inbox, outbox, people
from bot.storage.database import Database
from bot.storage.sessions import load_session, save_session

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def fill(database: Database) -> None:
    """Ann is person 1 with chat 1, Ben the same with 2."""
    with database.transaction() as transaction:
        for number, person in ((1, "ann"), (2, "ben")):
            save_session(transaction, database.cipher, person, Session(misses=number), NOW)
            inbox.add(transaction, database.cipher, 10 * number, person, "one")
            inbox.add(transaction, database.cipher, 10 * number + 1, person, "two")
            outbox.put(transaction, database.cipher, number, ["a", "b"])


def left(database: Database) -> tuple[list[int], list[str], list[int]]:
    with database.reader() as reader:
        misses = [load_session(reader, database.cipher, person).misses for person in ("ann", "ben")]
        return misses, sorted(inbox.people_waiting(reader)), sorted(outbox.chats_waiting(reader))


def test_whoever_is_erased_leaves_nothing_and_others_everything(database: Database) -> None:
    fill(database)
    with database.transaction() as transaction:
        people.erase(transaction, "ann", chat=1)
    assert left(database) == ([0, 2], ["ben"], [2])


def test_a_group_keeps_its_replies(database: Database) -> None:
    fill(database)
    with database.transaction() as transaction:
        people.erase(transaction, "ann")
    assert left(database) == ([0, 2], ["ben"], [1, 2])
