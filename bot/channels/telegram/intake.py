"""Taking updates in: what they mean is stored before Telegram is told that we have them.

Whatever was stored once is passed over when it comes again, after a crash or a lost answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Connection

from bot.channels.durable.batches import Batches, is_databases_trouble
from bot.channels.errors import describe
from bot.channels.telegram.flood import FloodGuard, FloodVerdict
from bot.channels.telegram.updates import (
    Event,
    Me,
    Membership,
    Migration,
    StrayPress,
    TelegramArrival,
    is_storable,
    read_update,
)
from bot.storage import chats, dead_letters, inbox, outbox
from bot.storage.database import Database

# Telegram delivers an update for 24 hours: https://core.telegram.org/bots/api#getting-updates
REMEMBER_UPDATES = timedelta(hours=48)
# A webhook's updates come one by one; so many are stored together.
TOGETHER = 100

Update = dict[str, Any]

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
        threads: Executor,
        taken_in: Callable[[int, datetime | None], None] = lambda _number, _told: None,
    ) -> None:
        self._database = database
        self._me = me
        self._flood = flood
        self._wake = wake
        self._answer_press = answer_press
        self._taken_in = taken_in
        # Of what could not be stored: when it is stored again it counts once.
        self._verdicts: dict[int, FloodVerdict] = {}
        self._album: tuple[str, int] | None = None
        self._store: Batches[Update, Event | None] = Batches(self._store_all, TOGETHER, threads)

    async def receive(self, updates: Sequence[Update]) -> None:
        """Store updates together. Once this returns, they may be acknowledged."""
        usable = [update for update in updates if is_storable(update)]
        if len(usable) < len(updates):
            log.error("updates_without_number", count=len(updates) - len(usable), hint="passed over")
        waiting = [self._store.add(update) for update in usable]
        events = [await stored for stored in waiting]
        told = [event.sent_at for event in events if isinstance(event, TelegramArrival) and event.sent_at is not None]
        self._taken_in(len(events), datetime.fromtimestamp(max(told), UTC) if told else None)
        for update, event in zip(usable, events, strict=True):
            self._verdicts.pop(update["update_id"], None)
            if isinstance(event, (TelegramArrival, StrayPress)) and event.query is not None:
                self._answer_press(event.query)
            if isinstance(event, TelegramArrival):
                self._wake(event.person)

    def _store_all(self, updates: Sequence[Update]) -> list[Event | None]:
        now = datetime.now(UTC)
        try:
            return self._store_together(updates, now)
        except Exception as error:
            # One that cannot be read or stored fails again at every delivery. `Batches` tries each alone, and
            # it is set aside, so that others come through.
            if len(updates) > 1 or is_databases_trouble(error):
                raise
            number, problem = updates[0]["update_id"], describe(error, said=str(updates[0]))
            log.error("update_unreadable", update_id=number, error=problem)
            with self._database.transaction() as transaction:
                inbox.see(transaction, [number], now)
                dead_letters.set_aside(transaction, number, "unreadable", problem, now)
            return [None]

    def _store_together(self, updates: Sequence[Update], now: datetime) -> list[Event | None]:
        events: list[Event | None] = []
        arrivals: list[TelegramArrival] = []
        with self._database.transaction() as transaction:
            new = inbox.see(transaction, [update["update_id"] for update in updates], now)
            read = [read_update(update, self._me) if update["update_id"] in new else None for update in updates]
            captioned = {
                event.album for event in read if isinstance(event, TelegramArrival) and event.kind != "wordless"
            }
            for update, event in zip(updates, read, strict=True):
                # Of one update that came twice in a batch the first counts.
                if update["update_id"] not in new:
                    events.append(None)
                    continue
                new.discard(update["update_id"])
                if isinstance(event, TelegramArrival):
                    taken = self._judged(event, captioned, now)
                    if isinstance(taken, TelegramArrival):
                        arrivals.append(taken)
                    events.append(taken)
                else:
                    if event is not None:
                        _note(transaction, event, now)
                    events.append(event)
            rows = [inbox.New(one.update_id, one.person, one.model_dump_json()) for one in arrivals]
            inbox.add(transaction, self._database.cipher, rows, now)
            # Whoever writes to us can be written to.
            chats.unblock(transaction, [one.chat for one in arrivals])
        return events

    def _judged(self, arrival: TelegramArrival, captioned: set[str | None], now: datetime) -> Event | None:
        """What to put in line, unless it is one too many."""
        if self._is_same_album(arrival, captioned):
            return None
        verdict = self._verdicts.get(arrival.update_id) or self._flood.judge(
            arrival.person, arrival.sent_at or now.timestamp(), press=arrival.kind == "press"
        )
        self._verdicts[arrival.update_id] = verdict
        if verdict == "drop":
            return StrayPress(arrival.query) if arrival.query is not None else None
        if verdict == "notice":
            return arrival.model_copy(update={"kind": "flood", "text": ""})
        return arrival

    def _is_same_album(self, arrival: TelegramArrival, captioned: set[str | None]) -> bool:
        """Ten pictures sent as one album are ten updates, and get one answer: to their caption, if they have one."""
        if arrival.album is None or arrival.kind != "wordless":
            return False
        if arrival.album in captioned:
            return True
        if self._album is None or self._album[0] != arrival.album:
            self._album = (arrival.album, arrival.update_id)
        return self._album[1] != arrival.update_id


def _note(transaction: Connection, event: Event, now: datetime) -> None:
    """What needs no answer: where we may write, and under which id."""
    if isinstance(event, Migration):
        outbox.move_chat(transaction, event.old, event.new)
    elif isinstance(event, Membership) and event.gone:
        chats.block(transaction, event.chat, now, left_at=event.at)
    elif isinstance(event, Membership):
        chats.unblock(transaction, [event.chat])
