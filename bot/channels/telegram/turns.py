"""Turns: the oldest message of a person becomes replies in the outbox, in one transaction.

Everything here runs in worker threads; `Lanes` sees to it that one person's turns run in order.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.errors import describe
from bot.channels.telegram.outgoing import Outgoing, outgoing
from bot.channels.telegram.updates import Arrival
from bot.channels.telegram.voice import Voice
from bot.conversation.messages import Incoming, Reply
from bot.conversation.session import Session
from bot.storage import dead_letters, inbox, outbox, people, unanswered
from bot.storage.claims import Claim
from bot.storage.database import Database
from bot.storage.sessions import load_session, save_session

MAX_FAILURES = 5
# Between tries of one message; a fault that passes, like a full disk, gets a little time.
RETRY_SECONDS = 0.1
# What the channel says by itself, by kind of arrival: keys of `texts.yaml`.
OWN_WORDS = {"wordless": "telegram_wordless", "flood": "telegram_flood"}
APOLOGY = "telegram_apology"

log = structlog.get_logger(__name__)


class Turns:
    """Takes turns for whoever waits. `voice` gives who speaks now, `wake` is told of each chat with replies."""

    def __init__(
        self, database: Database, voice: Callable[[], Voice], today: Callable[[], date], wake: Callable[[int], None]
    ) -> None:
        self._database = database
        self._voice = voice
        self._today = today
        self._wake = wake
        self.running = 0

    async def take(self, person: str) -> float | None:
        """One turn of a person; see `Lanes` for what is returned."""
        self.running += 1
        turn = asyncio.ensure_future(asyncio.to_thread(self._take, person))
        turn.add_done_callback(self._ended)
        chat, wait = await asyncio.shield(turn)
        if chat is not None:
            self._wake(chat)
        return wait

    def _ended(self, turn: asyncio.Future[tuple[int | None, float | None]]) -> None:
        self.running -= 1
        if not turn.cancelled():
            turn.exception()

    def _take(self, person: str) -> tuple[int | None, float | None]:
        """The chat to send to, if any, and when to come again."""
        claim = Claim(self._database)
        waiting = arrival = None
        try:
            waiting = inbox.oldest(claim.reading, person)
            if waiting is None:
                return None, None
            arrival = Arrival.model_validate_json(self._database.cipher.decrypt(waiting.token))
            session = load_session(claim.reading, self._database.cipher, person) if arrival.private else Session()
            claim.rest()
            self._finish(claim, arrival, *self._answer(arrival, session))
            return arrival.chat, 0.0
        except SQLAlchemyError:
            # The database's trouble, not the message's: it is tried again until it is over.
            raise
        except Exception as error:
            claim.drop()
            return self._fail(waiting, arrival, error) if waiting is not None else (None, None)
        finally:
            claim.drop()

    def _answer(self, arrival: Arrival, session: Session) -> tuple[Session, list[Reply]]:
        voice = self._voice()
        if arrival.kind in OWN_WORDS:
            return session, [Reply(text=voice.texts[OWN_WORDS[arrival.kind]])]
        incoming = Incoming.model_validate({"kind": arrival.kind, "text": arrival.text})
        return voice.advisor.turn(session, incoming, self._today())

    def _finish(self, claim: Claim, arrival: Arrival, session: Session, replies: list[Reply]) -> None:
        cipher = self._database.cipher
        with claim.finish() as transaction:
            if not inbox.remove(transaction, arrival.update_id):
                return
            if erasing := [reply for reply in replies if reply.erase]:
                people.erase(transaction, arrival.person, arrival.chat if arrival.private else None)
                replies = erasing
            # A group is a public place: nothing said there is remembered.
            elif arrival.private:
                unanswered.note(transaction, cipher, arrival.text, replies, datetime.now(UTC))
                save_session(transaction, cipher, arrival.person, session, datetime.now(UTC))
            outbox.put(transaction, cipher, arrival.chat, _bodies(outgoing(replies, arrival)))

    def _fail(self, waiting: inbox.Waiting, arrival: Arrival | None, error: Exception) -> tuple[int | None, float]:
        """Try again soon; the fifth time set it aside with an apology, so that what comes after it is answered."""
        problem = describe(error, said=arrival.text if arrival else "")
        failures = waiting.failures + 1
        log.error("turn_failed", update_id=waiting.update_id, failures=failures, error=problem)
        with self._database.transaction() as transaction:
            if failures < MAX_FAILURES:
                inbox.count_failure(transaction, waiting.update_id)
                return None, RETRY_SECONDS * 2**waiting.failures
            if inbox.remove(transaction, waiting.update_id):
                kind = arrival.kind if arrival else "unreadable"
                dead_letters.set_aside(transaction, waiting.update_id, kind, problem, datetime.now(UTC))
                if arrival is not None:
                    apology = Reply(text=self._voice().texts[APOLOGY])
                    bodies = _bodies(outgoing([apology], arrival))
                    outbox.put(transaction, self._database.cipher, arrival.chat, bodies)
        return (arrival.chat if arrival else None), 0.0


def _bodies(calls: list[Outgoing]) -> list[str]:
    return [call.model_dump_json() for call in calls]
