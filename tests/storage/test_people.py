from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import ColumnElement, Table, select

from bot.conversation.messages import Reply
from bot.conversation.session import Session
from bot.storage import chats, inbox, outbox, people, unanswered
from bot.storage.database import Database
from bot.storage.sessions import load_session, save_session
from bot.storage.tables import blocked_chats, sessions
from bot.storage.tables import inbox as inbox_table
from bot.storage.tables import outbox as outbox_table
from bot.storage.tables import unanswered as unanswered_table

NOW = datetime(2026, 11, 23, tzinfo=UTC)
MISSED = [Reply(text="?", unanswered=True)]


def fill(database: Database) -> None:
    """Ann is person 1 with chat 1, Ben the same with 2."""
    with database.transaction() as transaction:
        for number, person in ((1, "ann"), (2, "ben")):
            save_session(transaction, database.cipher, person, Session(misses=number), NOW)
            rows = [inbox.New(10 * number, person, "one"), inbox.New(10 * number + 1, person, "two")]
            inbox.add(transaction, database.cipher, rows, NOW)
            outbox.put(transaction, database.cipher, [(number, "a"), (number, "b")], NOW)
            unanswered.note(transaction, database.cipher, f"what is {person}", MISSED, NOW, person)
            chats.block(transaction, 10 + number, NOW)


def left(database: Database) -> tuple[list[int], list[str], list[int]]:
    with database.reader() as reader:
        misses = [load_session(reader, database.cipher, person).misses for person in ("ann", "ben")]
        return misses, sorted(inbox.people_waiting(reader)), sorted(outbox.chats_waiting(reader))


def test_whoever_is_erased_leaves_nothing_and_others_everything(database: Database) -> None:
    fill(database)
    with database.transaction() as transaction:
        people.erase(transaction, database.cipher, "ann", chat=1)
    # What waits behind the wish to be erased is answered as a new person's.
    assert left(database) == ([0, 2], ["ann", "ben"], [2])


def test_a_group_keeps_its_replies(database: Database) -> None:
    fill(database)
    with database.transaction() as transaction:
        people.erase(transaction, database.cipher, "ann")
    assert left(database) == ([0, 2], ["ann", "ben"], [1, 2])


def test_what_they_asked_in_vain_goes_too(database: Database) -> None:
    fill(database)
    with database.transaction() as transaction:
        people.erase(transaction, database.cipher, "ann", chat=11)
        assert [item.text for item in unanswered.all_unanswered(transaction, database.cipher)] == ["what is ben"]
        assert list(transaction.scalars(select(blocked_chats.c.chat))) == [12]


def test_no_byte_of_them_is_left_in_the_files(sqlite: Database, tmp_path: Path) -> None:
    """Read as bytes: the rows, the free pages and the journal; with many others around, over several pages."""
    secrets = []
    with sqlite.transaction() as transaction:
        for number in range(300):
            profile = Session(misses=number, spelled=tuple(f"{number}-{word}" for word in range(number % 40)))
            save_session(transaction, sqlite.cipher, f"telegram:{5_000_000_000 + number}", profile, NOW)
    for number in range(0, 300, 7):
        person = f"telegram:{5_000_000_000 + number}"
        with sqlite.transaction() as transaction:
            inbox.add(transaction, sqlite.cipher, [inbox.New(number, person, "my words " * 50)], NOW)
            outbox.put(transaction, sqlite.cipher, [(number, "what I was told " * 90)], NOW)
            unanswered.note(transaction, sqlite.cipher, "my words", MISSED, NOW, person)
        with sqlite.transaction() as transaction:
            for table in (sessions, inbox_table, outbox_table, unanswered_table):
                secrets += [
                    bytes(row.body)
                    for row in transaction.execute(select(table).where(_theirs(table, sqlite, person, number)))
                ]
            inbox.remove(transaction, [number])
            people.erase(transaction, sqlite.cipher, person, chat=number)
    assert len(secrets) == 4 * 43
    assert sqlite.scrub()
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("*.db*"))
    assert [secret for secret in secrets if secret[20:60] in stored] == []
    assert [number for number in range(0, 300, 7) if f"telegram:{5_000_000_000 + number}".encode() in stored] == []
    assert f"telegram:{5_000_000_001}".encode() in stored


def _theirs(table: Table, database: Database, person: str, chat: int) -> ColumnElement[bool]:
    if "chat" in table.c:
        return table.c.chat == chat
    if "asker" in table.c:
        return table.c.asker.in_(database.cipher.tags(person))
    return table.c.person == person
