"""Turns: the oldest message of a person becomes replies in the outbox, in one transaction.

Several people's turns share a transaction, the reading before and the writing after; in between each is
worked out by the crew. `Lanes` sees to it that one person's turns run in order.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import Enum
from functools import partial

import structlog
from sqlalchemy import Connection

from bot.channels.durable.arrivals import Arrival, Channel
from bot.channels.durable.batches import Batches
from bot.channels.durable.crew import Crew, StuckError
from bot.channels.durable.runtime import Runtime
from bot.channels.errors import describe
from bot.channels.meters import Meters
from bot.conversation.messages import Incoming, Reply
from bot.conversation.session import Session
from bot.storage import agreement, dead_letters, inbox, outbox, people, retention, unanswered
from bot.storage.agreement import OutdatedError
from bot.storage.cipher import WrongKeyError
from bot.storage.claims import Claims
from bot.storage.database import Database
from bot.storage.sessions import UnreadableError, load_sessions, opened, save_sessions

MAX_FAILURES = 5
# A turn that sticks costs a thread each time: the second time is the last.
STUCK_COUNTS = 3
TURN_SECONDS = 15.0
# Between tries of one message; a fault that passes, like a full disk, gets a little time.
RETRY_SECONDS = 0.1
TOGETHER = 64

log = structlog.get_logger(__name__)


class _Elsewhere(Enum):
    YES = "another replica has the line"


@dataclass(frozen=True)
class _Taken:
    """A message to be answered, and the session of who wrote it, as they were stored."""

    waiting: inbox.Waiting
    session: bytes | None


@dataclass(frozen=True)
class _Finished:
    """`lost` says what was wrong with a session that could not be read, if one could not."""

    arrival: Arrival
    session: Session
    replies: Sequence[Reply]
    bodies: Sequence[str]
    lost: str | None = None


@dataclass(frozen=True)
class _Failed:
    """`arrival` is None when the row could not be read; `by` is how much the failure counts."""

    waiting: inbox.Waiting
    arrival: Arrival | None
    problem: str
    by: int
    apology: Sequence[str] = field(default=())

    @property
    def is_last(self) -> bool:
        return self.waiting.failures + self.by >= MAX_FAILURES


class Turns:
    """Takes turns for whoever waits.

    `runtime` gives who speaks now, `wake` is told of each chat with replies, `erased` of each that was erased.
    """

    def __init__(
        self,
        database: Database,
        channel: Channel,
        runtime: Callable[[], Runtime],
        today: Callable[[], date],
        wake: Callable[[int], None],
        *,
        threads: Executor,
        crew: Crew,
        claims: Claims,
        meters: Meters | None = None,
        erased: Callable[[int], None] = lambda _: None,
        seconds: float = TURN_SECONDS,
    ) -> None:
        self._database = database
        self._channel = channel
        self._runtime = runtime
        self._today = today
        self._wake = wake
        self._erased = erased
        self._crew = crew
        self._claims = claims
        self._meters = meters or Meters()
        self._seconds = seconds
        self._read: Batches[str, _Taken | _Elsewhere | None] = Batches(self._read_all, TOGETHER, threads)
        self._store: Batches[_Finished | _Failed, None] = Batches(self._store_all, TOGETHER, threads)

    async def take(self, person: str) -> float | None:
        """One turn of a person; see `Lanes` for what is returned."""
        taken = await self._read(person)
        # Whoever has the line goes on with it; should they have missed a message, the look-around finds it.
        if taken is None or isinstance(taken, _Elsewhere):
            return None
        began = time.perf_counter()
        arrival: list[Arrival] = []
        done: _Finished | _Failed
        try:
            done = await self._crew.run(partial(self._answer, taken, arrival), self._seconds)
        except OutdatedError:
            # The others can read it, and this process ends soon: see `Engine`.
            return None
        except Exception as error:
            done = self._failed(taken.waiting, arrival[0] if arrival else None, error)
        await self._store(done)
        if isinstance(done, _Failed):
            self._meters.turn_failed()
            if not done.is_last:
                return float(RETRY_SECONDS * 2**done.waiting.failures)
        else:
            self._meters.turn(done.arrival.kind, done.replies, time.perf_counter() - began)
            if any(reply.erase for reply in done.replies) and done.arrival.private:
                self._erased(done.arrival.chat)
        if arrival:
            self._wake(arrival[0].chat)
        return 0.0

    def _read_all(self, people_: Sequence[str]) -> list[_Taken | _Elsewhere | None]:
        granted = self._claims.take([_claim(person) for person in people_])
        mine = [person for person in people_ if _claim(person) in granted]
        try:
            with self._database.reader() as reader:
                waiting = inbox.oldest(reader, mine)
                sessions = load_sessions(reader, list(waiting)) if waiting else {}
        except Exception:
            self._claims.give(granted)
            raise
        if idle := [_claim(person) for person in mine if person not in waiting]:
            self._claims.give(idle)
        return [
            _Taken(waiting[person], sessions.get(person))
            if person in waiting
            else (None if _claim(person) in granted else _Elsewhere.YES)
            for person in people_
        ]

    def _answer(self, taken: _Taken, read: list[Arrival]) -> _Finished:
        """Work a turn out; whoever it is from stands in `read`, even if it fails."""
        arrival = self._arrival(taken.waiting)
        read.append(arrival)
        session, lost = self._opened(taken) if arrival.private else (Session(met=True, public=True), None)
        runtime = self._runtime()
        if arrival.kind in self._channel.own_words:
            replies = [Reply(text=runtime.texts[self._channel.own_words[arrival.kind]])]
        else:
            incoming = Incoming.model_validate({"kind": arrival.kind, "text": arrival.text})
            session, replies = runtime.advisor.turn(session, incoming, self._today())
            if not arrival.private and (personal := [reply for reply in replies if reply.personal]):
                replies = [self._channel.privately(arrival, runtime.texts, personal[0].onward)]
        return _Finished(arrival, session, replies, self._channel.bodies(replies, arrival), lost)

    def _arrival(self, waiting: inbox.Waiting) -> Arrival:
        try:
            return self._channel.arrival(self._database.cipher.decrypt(waiting.token))
        except WrongKeyError:
            self._leave_to_others(waiting)
            raise

    def _opened(self, taken: _Taken) -> tuple[Session, str | None]:
        """Whoever has a session that cannot be read starts afresh: they would get no answer ever again."""
        try:
            session, left_out = opened(self._database.cipher, taken.session)
        except UnreadableError as error:
            self._leave_to_others(taken.waiting)
            log.error("session_unreadable", reason=str(error))
            return Session(), describe(error, said="")
        if left_out:
            log.error("session_read_in_part", left_out=left_out)
        return session, f"left out, because it cannot be read: {', '.join(left_out)}" if left_out else None

    def _leave_to_others(self, waiting: inbox.Waiting) -> None:
        """Raises `OutdatedError` where what cannot be read is not damaged: it is only newer than this process."""
        if agreement.problem(self._database) is not None:
            self._claims.give([_claim(waiting.person)])
            raise OutdatedError

    def _failed(self, waiting: inbox.Waiting, arrival: Arrival | None, error: Exception) -> _Failed:
        """Try again soon; after some tries set it aside with an apology, so that what comes after it is answered."""
        problem = describe(error, said=arrival.text if arrival else "")
        failed = _Failed(waiting, arrival, problem, STUCK_COUNTS if isinstance(error, StuckError) else 1)
        log.error("turn_failed", update_id=waiting.update_id, failures=waiting.failures + failed.by, error=problem)
        if arrival is None or not failed.is_last:
            return failed
        apology = Reply(text=self._runtime().texts[self._channel.apology])
        return _Failed(waiting, arrival, problem, failed.by, self._channel.bodies([apology], arrival))

    def _store_all(self, done: Sequence[_Finished | _Failed]) -> list[None]:
        now = datetime.now(UTC)
        ended = [one for one in done if isinstance(one, _Finished) or one.is_last]
        try:
            with self._database.transaction() as transaction:
                removed = inbox.remove(transaction, [_update_id(one) for one in ended])
                ended = [one for one in ended if _update_id(one) in removed]
                self._store_sessions(transaction, [one for one in ended if isinstance(one, _Finished)], now)
                for one in ended:
                    if isinstance(one, _Finished) and one.lost is not None:
                        dead_letters.set_aside(transaction, one.arrival.update_id, "session", one.lost, now)
                    if isinstance(one, _Failed):
                        kind = one.arrival.kind if one.arrival else "unreadable"
                        dead_letters.set_aside(transaction, one.waiting.update_id, kind, one.problem, now)
                outbox.put(transaction, self._database.cipher, _rows(ended), now)
                for one in done:
                    if isinstance(one, _Failed) and not one.is_last:
                        inbox.count_failure(transaction, one.waiting.update_id, one.by)
        finally:
            self._claims.give([_claim(_person(one)) for one in done])
        return [None] * len(done)

    def _store_sessions(self, transaction: Connection, done: Sequence[_Finished], now: datetime) -> None:
        cipher = self._database.cipher
        # A group is a public place: nothing said there is remembered.
        private = [one for one in done if one.arrival.private]
        kept = {}
        now = retention.never_before(transaction, now) if private else now
        for one in private:
            if any(reply.erase for reply in one.replies):
                stays = self._channel.outlives_erasure
                people.erase(transaction, cipher, one.arrival.person, one.arrival.chat, stays)
                continue
            kept[one.arrival.person] = one.session
            unanswered.note(transaction, cipher, one.arrival.text, one.replies, now, one.arrival.person)
        save_sessions(transaction, cipher, kept, now)


def _claim(person: str) -> str:
    return f"turn {person}"


def _update_id(one: _Finished | _Failed) -> int:
    return one.arrival.update_id if isinstance(one, _Finished) else one.waiting.update_id


def _person(one: _Finished | _Failed) -> str:
    return one.arrival.person if isinstance(one, _Finished) else one.waiting.person


def _rows(ended: Sequence[_Finished | _Failed]) -> list[tuple[int, str]]:
    return [
        (one.arrival.chat, body)
        for one in ended
        if one.arrival is not None
        for body in (one.bodies if isinstance(one, _Finished) else one.apology)
    ]
