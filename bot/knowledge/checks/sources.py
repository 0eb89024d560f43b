"""Sources: every one is used, can be opened, may be shown, and has dates that make sense."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from bot.knowledge.checks.subject import Subject
from bot.knowledge.loaded import Located
from bot.knowledge.model import Source
from bot.knowledge.yaml_file import Problem

# Dates are judged against each other and not against today: the clock of the machine may be wrong,
# and the same files must pass everywhere. A slip in a year shows as a very long time to the re-check.
LONGEST_TRUST = timedelta(days=3 * 366)
YEAR, MONTH = len("2026"), len("2026-11")


def unused(subject: Subject) -> Iterator[Problem]:
    """Sources that nothing refers to."""
    if subject.blind:
        return  # what could not be read may refer to any of them
    used = {link.id for link in subject.links if link.to == "source"}
    for found, _ in subject.of(Source):
        key = _id(found)
        if key not in used and key not in subject.unread:
            mend = "refer to it with `source:`, or delete it"
            yield found.problem((), f"nothing refers to the source `{key}`", mend)


def banned(subject: Subject) -> Iterator[Problem]:
    """Pages of hosts that must never be shown, their subdomains included."""
    for found, source in subject.of(Source):
        for key, address in (("url", source.url), ("copy", source.copied_at)):
            hit = banned_host(subject, address or "")
            if hit is not None:
                mend = "find it at somebody who can be named, or say that it is not known and whom to ask"
                yield found.problem((key,), f"`{hit}` is a banned host (field.yaml)", mend)


def banned_host(subject: Subject, address: str) -> str | None:
    """The banned host that an address is on, its subdomains included; None where there is none."""
    hosts = {host.lower().strip(".") for host in subject.field.banned_hosts} if subject.field else set()
    parts = host_of(address).split(".")
    return next((".".join(parts[at:]) for at in range(len(parts)) if ".".join(parts[at:]) in hosts), None)


def malformed(subject: Subject) -> Iterator[Problem]:
    """Addresses that no browser opens, or that lead to a private place."""
    for found, source in subject.of(Source):
        for key, address in (("url", source.url), ("copy", source.copied_at)):
            if address is not None and not is_public(address):
                mend = "write the address of a public page, such as https://example.org/page"
                yield found.problem((key,), f"`{address}` is not the address of a public page", mend)


def is_public(address: str) -> bool:
    """Whether a browser anywhere could open it."""
    labels = host_of(address).split(".")
    odd = any(not label.replace("-", "").isalnum() for label in labels)
    return not (len(labels) < 2 or odd or labels[-1].isdigit() or "@" in _netloc(address))  # noqa: PLR2004


def twice(subject: Subject) -> Iterator[Problem]:
    """One page under two ids, with the same title: the two would be shown as one and differ in dates."""
    first: dict[tuple[str, str], str] = {}
    for found, source in subject.of(Source):
        if not host_of(source.url):
            continue
        parts = urlsplit(source.url)
        page = host_of(source.url).removeprefix("www.") + parts.path.rstrip("/") + parts.query
        key = (page, source.title.casefold())
        if key in first:
            what = f"is the same page as `{first[key]}`"
            yield found.problem(("url",), what, f"use `{first[key]}` everywhere, or give them titles that differ")
        first.setdefault(key, _id(found))


def dates(subject: Subject) -> Iterator[Problem]:
    """Read before it is re-checked, re-checked within three years, and not dated after it was read."""
    for found, source in subject.of(Source):
        if source.recheck <= source.read:
            mend = "give the day when somebody should look again"
            yield found.problem(("recheck",), f"`recheck` {source.recheck} is not after `read` {source.read}", mend)
        elif source.recheck - source.read > LONGEST_TRUST:
            what = f"`recheck` {source.recheck} is more than three years after `read` {source.read}"
            yield found.problem(("recheck",), what, "check the years; nothing is trusted for longer than that")
        if source.as_of and _later(source.as_of, source.read.isoformat()):
            what = f"`as_of` {source.as_of} is later than `read` {source.read}"
            yield found.problem(("as_of",), what, "correct one of the two")
    yield from _fact_dates(subject)


def _fact_dates(subject: Subject) -> Iterator[Problem]:
    read = {_id(found): source.read.isoformat() for found, source in subject.of(Source)}
    for place, trail, record in subject.sourced:
        as_of, day = record.as_of, read.get(record.source or "")
        if as_of and day and _later(as_of, day):
            what = f"`as_of` {as_of} is later than the day its source was read ({day})"
            yield place.problem((*trail, "as_of"), what, "correct one of the two")


def _later(as_of: str, day: str) -> bool:
    """Whether a year, month or day begins after a day. A period such as 2025-35 counts by its first year."""
    month = as_of[YEAR + 1 : MONTH]
    if len(as_of) > YEAR and not "01" <= month <= "12":
        as_of = as_of[:YEAR]
    return as_of > day[: len(as_of)]


def no_such_month(subject: Subject) -> Iterator[Problem]:
    """An `as_of` of three parts, or one that can only be a month, must be a day of the calendar."""
    records: list[tuple[Located, tuple[str | int, ...], str | None]] = []
    records += [(found, (), source.as_of) for found, source in subject.of(Source)]
    records += [(place, trail, record.as_of) for place, trail, record in subject.sourced]
    for place, trail, as_of in records:
        if as_of and not _plausible(as_of):
            mend = 'write "2026", "2026-05", "2026-05-31", or a period such as "2025-35"'
            yield place.problem((*trail, "as_of"), f"`as_of` {as_of} is no date", mend)


def _plausible(as_of: str) -> bool:
    year, *rest = as_of.split("-")
    if not rest:
        return True
    second = rest[0]
    if len(rest) == 2:  # noqa: PLR2004 - year, month, day
        return "01" <= second <= "12" and "01" <= rest[1] <= "31"
    if len(second) == YEAR:
        return second > year
    return "01" <= second <= "12" or int(second) > int(year[2:])


def _id(found: Located) -> str:
    return str(found.trail[-1])


def _netloc(url: str) -> str:
    """The part of an address between `//` and the path; empty where it cannot be taken apart."""
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""


def host_of(url: str) -> str:
    """The host of an address in small letters; empty where it cannot be taken apart."""
    try:
        return (urlsplit(url).hostname or "").lower().rstrip(".")
    except ValueError:
        return ""
