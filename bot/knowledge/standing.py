"""How well a claim is founded. It follows from who published the page and whose the claim is; nobody types it."""

from __future__ import annotations

from bot.knowledge.ids import PublisherKind, Standing

# What these say of their own is the rule itself.
BODIES: frozenset[PublisherKind] = frozenset({"issuer", "government", "association"})
# They have something to sell, or no name to lose.
UNSURE: frozenset[PublisherKind] = frozenset({"seller", "blog", "forum", "repository"})
# These have prices and rules of their own; `whose` says so.
OWNERS: frozenset[PublisherKind] = frozenset({"seller", "employer", "college", "news", "expert"})


def standing(kind: PublisherKind, page: str, whose: str | None) -> Standing:
    """The standing of a claim on a page of the publisher `page`, of that kind, that belongs to `whose`."""
    if whose is None and kind in BODIES:
        return "confirmed"
    if whose == page and kind in BODIES | OWNERS:
        return "confirmed"
    return "second-hand" if kind in UNSURE else "reported"
