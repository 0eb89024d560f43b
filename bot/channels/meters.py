"""What is counted while the bot runs, for Prometheus: https://prometheus.io/docs/practices/naming/

No label says who wrote or what; outcomes, kinds and error classes are few.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.conversation.messages import Reply

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
# The share of questions that were not understood is of so many turns.
SHARE_OF = 1000


class Meters:
    """One set for a process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._turns = Counter("advisor_turns", "Turns taken.", ["kind", "outcome"], registry=self.registry)
        self._failed = Counter("advisor_turn_failures", "Turns that ended in an error.", registry=self.registry)
        self._seconds = Histogram(
            "advisor_turn_seconds", "From taking a message to its replies.", buckets=BUCKETS, registry=self.registry
        )
        self._sent = Counter("advisor_sent", "Replies that the channel accepted.", registry=self.registry)
        self._send_errors = Counter("advisor_send_errors", "Sends that failed.", ["error"], registry=self.registry)
        self._taken_in = Counter("advisor_updates", "Updates taken in.", registry=self.registry)
        self._unknown = Gauge(
            "advisor_unknown_share", f"Share of the last {SHARE_OF} turns not understood.", registry=self.registry
        )
        self._gauges: dict[str, Gauge] = {}
        self._knowledge = Gauge(
            "advisor_knowledge_info", "The knowledge base in use.", ["version"], registry=self.registry
        )
        self._last: deque[bool] = deque(maxlen=SHARE_OF)

    def turn(self, kind: str, replies: Sequence[Reply], seconds: float) -> None:
        """A turn was taken."""
        outcome = replies[0].outcome if replies else "none"
        self._turns.labels(kind, outcome).inc()
        self._seconds.observe(seconds)
        self._last.append(any(reply.unanswered or reply.outcome == "unknown" for reply in replies))
        self._unknown.set(sum(self._last) / len(self._last))

    def turn_failed(self) -> None:
        """A turn ended in an error."""
        self._failed.inc()

    def sent(self) -> None:
        """A reply was accepted."""
        self._sent.inc()

    def send_failed(self, error: str) -> None:
        """A send failed; `error` is the class of the error."""
        self._send_errors.labels(error).inc()

    def taken_in(self, updates: int) -> None:
        """So many updates were stored."""
        self._taken_in.inc(updates)

    def knowledge(self, version: str) -> None:
        """Which knowledge base is in use."""
        self._knowledge.clear()
        self._knowledge.labels(version).set(1)

    def gauge(self, name: str, meaning: str, value: float) -> None:
        """A figure as it is now."""
        if name not in self._gauges:
            self._gauges[name] = Gauge(f"advisor_{name}", meaning, registry=self.registry)
        self._gauges[name].set(value)

    def live(self, name: str, meaning: str, value: Callable[[], float]) -> None:
        """A figure that is worked out whenever somebody looks."""
        Gauge(f"advisor_{name}", meaning, registry=self.registry).set_function(value)

    def page(self) -> bytes:
        """Everything in the text format of Prometheus."""
        return generate_latest(self.registry)
