"""Taking updates in: what they mean is stored before Telegram is told that we have them.

Whatever was stored once is passed over when it comes again, after a crash or a lost answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.orm import Session as Transaction

from bot.channels.errors import describe
from bot.channels.telegram.flood import FloodGuard, Verdict
from bot.channels.telegram.updates import Arrival, Event, Me, Membership, Migration, StrayPress, read_update
from bot.storage import chats, dead_letters, inbox, outbox
from bot.storage.database import Database

# Telegram delivers an update for 24 hours: https://core.telegram.org/bots/api#getting-updates
REMEMBER_UPDATES = timedelta(hours=48)

log = structlog.get_logger(__name__)


class Intake:
    """Stores what comes in, then wakes the person's line and answers presses so that their button stops spinning."""

    def __init__(
        self,
        database: Database,
        me: Me,
        flood: FloodGuard,
        wake: Callable[[str], None],
        answer_press: Callable[[str], None],
    ) -> None:
        self._database = database
        self._me = me
        self._flood = flood
        self._wake = wake
        self._answer_press = answer_press
        # Of the batch at hand: one that must be stored again, after an error, counts once.
        self._verdicts: dict[int, Verdict] = {}
        self._album: tuple[str, int] | None = None

    async def receive(self, updates: Sequence[dict[str, Any]]) -> None:
        """Store a batch in one transaction. Once this returns, the batch may be acknowledged."""
        events = await asyncio.to_thread(self._store, updates, datetime.now(UTC))
        self._verdicts.clear()
        for event in events:
            if isinstance(event, (Arrival, StrayPress)) and event.query is not None:
                self._answer_press(event.query)
            if isinstance(event, Arrival):
                self._wake(event.person)

    def _store(self, updates: Sequence[dict[str, Any]], now: datetime) -> list[Event]:
        stored: list[Event] = []
        with self._database.transaction() as transaction:
            for update in updates:
                if not inbox.see(transaction, int(update["update_id"]), now):
                    continue
                event = self._read(transaction, update, now)
                if isinstance(event, Arrival):
                    event = self._enqueue(transaction, event, now)
                elif event is not None:
                    _note(transaction, event, now)
                if event is not None:
                    stored.append(event)
            # Whoever writes to us can be written to.
            chats.unblock(transaction, [event.chat for event in stored if isinstance(event, Arrival)])
        return stored

    def _read(self, transaction: Transaction, update: dict[str, Any], now: datetime) -> Event | None:
        try:
            return read_update(update, self._me)
        except Exception as error:
            # A shape that nobody foresaw must not stop all that comes after it.
            problem = describe(error, said=str(update))
            log.error("update_unreadable", update_id=update["update_id"], error=problem)
            dead_letters.set_aside(transaction, int(update["update_id"]), "unreadable", problem, now)
            return None

    def _enqueue(self, transaction: Transaction, arrival: Arrival, now: datetime) -> Event | None:
        """Put a message in line, unless it is one too many."""
        if self._is_same_album(arrival):
            return None
        verdict = self._verdicts.get(arrival.update_id) or self._flood.judge(
            arrival.person, arrival.sent_at or now.timestamp(), press=arrival.kind == "press"
        )
        self._verdicts[arrival.update_id] = verdict
        if verdict == "drop":
            return StrayPress(arrival.query) if arrival.query is not None else None
        if verdict == "notice":
            arrival = arrival.model_copy(update={"kind": "flood", "text": ""})
        inbox.add(transaction, self._database.cipher, arrival.update_id, arrival.person, arrival.model_dump_json())
        return arrival

    def _is_same_album(self, arrival: Arrival) -> bool:
        """Ten pictures sent as one album are ten updates, and get one answer."""
        if arrival.album is None:
            return False
        if self._album is None or self._album[0] != arrival.album:
            self._album = (arrival.album, arrival.update_id)
        return self._album[1] != arrival.update_id


def _note(transaction: Transaction, event: Event, now: datetime) -> None:
    """What needs no answer: where we may write, and under which id."""
    if isinstance(event, Migration):
        outbox.move_chat(transaction, event.old, event.new)
    elif isinstance(event, Membership) and event.gone:
        chats.block(transaction, event.chat, now)
    elif isinstance(event, Membership):
        chats.unblock(transaction, [event.chat])
