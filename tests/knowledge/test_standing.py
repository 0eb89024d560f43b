"""Standing follows from the kind of the page, its publisher, and whose the claim is."""

from __future__ import annotations

from typing import get_args

import pytest

from bot.knowledge.ids import PublisherKind
from bot.knowledge.standing import BODIES, OWNERS, UNSURE, standing

KINDS: tuple[PublisherKind, ...] = get_args(PublisherKind)


@pytest.mark.parametrize("kind", KINDS)
def test_what_belongs_to_somebody_else_is_never_confirmed(kind: PublisherKind) -> None:
    assert standing(kind, "page", "owner") == ("second-hand" if kind in UNSURE else "reported")


@pytest.mark.parametrize("kind", KINDS)
def test_without_an_owner_only_a_body_speaks_for_itself(kind: PublisherKind) -> None:
    expected = "confirmed" if kind in BODIES else "second-hand" if kind in UNSURE else "reported"
    assert standing(kind, "page", None) == expected


@pytest.mark.parametrize("kind", KINDS)
def test_a_price_of_its_own_is_confirmed_where_somebody_has_one(kind: PublisherKind) -> None:
    assert (standing(kind, "page", "page") == "confirmed") == (kind in BODIES | OWNERS)
