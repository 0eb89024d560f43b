"""Origins: a page is its publisher's own, and nobody's name stands over what somebody else wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from bot.knowledge.checks.bodies import Bodies
from bot.knowledge.checks.sources import banned_host, host_of, is_public
from bot.knowledge.checks.subject import Subject
from bot.knowledge.content import Texts
from bot.knowledge.model import Fact, Publisher, Source
from bot.knowledge.standing import BODIES, OWNERS, standing
from bot.knowledge.yaml_file import Problem


def elsewhere(subject: Subject) -> Iterator[Problem]:
    """Sources whose address is on a host of somebody else than the publisher named."""
    publishers, leaning = _publishers(subject), Leaning(subject)
    for found, source in subject.of(Source):
        named = publishers.get(source.publisher)
        if named is None or is_on(source.url, named):
            continue
        if not is_public(source.url) or banned_host(subject, source.url) is not None:
            continue  # told of already
        owner = next((key for key, other in publishers.items() if is_on(source.url, other)), None)
        if owner is None:
            mend = (
                f"name the publisher of that page, or add the host to `hosts` of `{source.publisher}` if it is its own"
            )
        else:
            mend = f"write `publisher: {owner}`, and `whose: {source.publisher}` on what rests on it"
        what = f"`{host_of(source.url)}` is no host of `{source.publisher}`{leaning.told(str(found.trail[-1]))}"
        yield found.problem(("url",), what, f"{mend}; a copy of its page goes under `copy`")


def hearsay(subject: Subject) -> Iterator[Problem]:
    """Titles that say that the page was never read, or read in a copy that is not given, under the name of a body."""
    publishers, leaning = _publishers(subject), Leaning(subject)
    for found, source in subject.of(Source):
        named = publishers.get(source.publisher)
        if named is None or named.kind not in BODIES:
            continue
        leans = leaning.told(str(found.trail[-1]))
        hit = _cue(subject, "hearsay", source.title)
        copied = _cue(subject, "copied", source.title) if source.copied_at is None else None
        if hit is not None:
            mend = f"name the page where it was read, and write `whose: {source.publisher}` on what rests on it"
            yield found.problem(("title",), f'"{hit}" says that this was not read at {named.name}{leans}', mend)
        elif copied is not None:
            what = f'"{copied}" says that a copy of the page was read, and no `copy` says which{leans}'
            yield found.problem(("title",), what, "add `copy:` with the address that was read")


def overheard(subject: Subject) -> Iterator[Problem]:
    """Notes that say that the fact was not read on the page of the body that it names."""
    publishers = _publishers(subject)
    for place, trail, record in subject.sourced:
        note, source = getattr(record, "note", None), subject.sources.get(record.source or "")
        named = publishers.get(source.publisher) if source is not None else None
        if not note or source is None or named is None or named.kind not in BODIES or record.whose is not None:
            continue
        hit = _cue(subject, "overheard", note)
        hit = hit if hit is not None or source.copied_at is not None else _cue(subject, "copied", note)
        if hit is not None:
            mend = f"cite the page where it was read, with `whose: {source.publisher}`, or add `copy` to the source"
            yield place.problem((*trail, "note"), f'"{hit}" says that this was not read at {named.name}', mend)


def _cue(subject: Subject, name: str, text: str) -> str | None:
    """The first cue of a list that stands in a text."""
    words = (word.casefold() for _, texts in subject.of(Texts) for word in texts.cues.get(name, ()))
    return next((word for word in words if word in text.casefold()), None)


class Leaning:
    """How many facts and figures rest on each source: who mends one page mends them all."""

    def __init__(self, subject: Subject) -> None:
        self._counts = Counter(link.id for link in subject.links if link.to == "source")

    def told(self, key: str) -> str:
        """In words, to go on a sentence about the source; nothing where nothing rests on it."""
        count = self._counts[key]
        return f", and {count} {'fact rests' if count == 1 else 'facts rest'} on it" if count else ""


def copies(subject: Subject) -> Iterator[Problem]:
    """A copy is another address than the original, and no page on which somebody else tells of it."""
    publishers = _publishers(subject)
    for found, source in subject.of(Source):
        if source.copied_at is None:
            continue
        keeper = next((key for key, other in publishers.items() if is_on(source.copied_at, other)), None)
        if source.copied_at == source.url:
            mend = "delete `copy`, or correct one of them"
            yield found.problem(("copy",), "`copy` is the same address as `url`", mend)
        elif keeper is not None and keeper != source.publisher and publishers[keeper].kind != "repository":
            # What somebody tells is their own page. Repositories and archives keep files of others as they are.
            what = f"`{host_of(source.copied_at)}` is a host of `{keeper}`, so this is its own page and no copy"
            mend = f"make it the `url`, with `publisher: {keeper}`, and write `whose: {source.publisher}` on its facts"
            yield found.problem(("copy",), what, mend)


def owners(subject: Subject) -> Iterator[Problem]:
    """`whose` goes with a source, names somebody with a rule of its own, and people are told where to check it."""
    publishers = _publishers(subject)
    told: set[str] = set()
    for place, trail, record in subject.sourced:
        if record.whose is None:
            continue
        if record.source is None:
            what = "`whose` without a source"
            yield place.problem((*trail, "whose"), what, "add `source:`, or delete `whose`")
            continue
        owner = publishers.get(record.whose)
        if owner is None:
            continue
        if record.whose == subject.pages.get(record.source):
            if owner.kind not in BODIES | OWNERS:
                what = f"a {owner.kind} has no figures or rules of its own"
                yield place.problem((*trail, "whose"), what, "name whose it is, or delete `whose`")
        elif owner.check_at is None and record.whose not in told:
            told.add(record.whose)
            mend = "add it: the address where a person settles what others say of it"
            yield subject.problem("publishers.yaml", (record.whose,), f"`{record.whose}` has no `check_at`", mend)


def further(subject: Subject) -> Iterator[Problem]:
    """`also` is for further pages, each another, beside the first: of what nobody confirms, or of a second body."""
    bodies = Bodies(subject)
    pages = bodies.pages
    publishers = _publishers(subject)
    for place, trail, record in subject.sourced:
        if not record.also:
            continue
        page = pages.get(record.source or "", "")
        owner = publishers.get(page)
        if record.source is None:
            yield place.problem((*trail, "also"), "`also` without a source", "add `source:`, or delete `also`")
        elif len({record.source, *record.also}) <= len(record.also):
            yield place.problem((*trail, "also"), "`also` names a page twice", "name each page once")
        elif owner is not None and standing(owner.kind, page, record.whose) == "confirmed":
            if isinstance(record, Fact) and _told_of_each(bodies, record):
                continue
            what = f"`{record.source}` settles it, so no other page is needed"
            yield place.problem((*trail, "also"), what, "delete `also`")


def _told_of_each(bodies: Bodies, fact: Fact) -> bool:
    """Whether every further page is the own page of another body that the sentence names too."""
    first = bodies.of(bodies.pages.get(fact.source or ""))
    others = [bodies.of(bodies.pages.get(page)) for page in fact.also]
    named = bodies.named(fact.say)
    return fact.whose is None and all(body is not None and body != first and body in named for body in others)


def hosts(subject: Subject) -> Iterator[Problem]:
    """Hosts are written as hosts, and each is one publisher's; a body says where it is checked."""
    first: dict[str, str] = {}
    for found, publisher in subject.of(Publisher):
        for index, host in enumerate(publisher.hosts):
            at = ("hosts", index)
            if (
                "/" in host.split("/", 1)[0]
                or ":" in host
                or "." not in host
                or host != host.strip("/").removeprefix("www.")
            ):
                mend = "write it as `example.org`, without `https://` and `www.`"
                yield found.problem(at, f"`{host}` is not a host", mend)
            elif host.casefold() in first:
                mend = "a host is one publisher's; where many share it, add the part of the path that is its own"
                yield found.problem(at, f"`{host}` is a host of `{first[host.casefold()]}` too", mend)
            first.setdefault(host.casefold(), str(found.trail[-1]))
        if publisher.body is not None and publisher.check_at is None:
            mend = "add the address where a person settles what others say of it"
            yield found.problem((), f"`{found.trail[-1]}` stands for a body and has no `check_at`", mend)


def idle(subject: Subject) -> Iterator[Problem]:
    """Publishers that no source names and that own nothing."""
    used = {link.id for link in subject.links if link.to == "publisher"}
    for found, publisher in subject.of(Publisher):
        key = str(found.trail[-1])
        if key not in used and publisher.body is None and not subject.blind and key not in subject.unread:
            mend = "name it in a source, or delete it"
            yield found.problem((), f"nothing names the publisher `{key}`", mend)


def is_on(url: str, publisher: Publisher) -> bool:
    """Whether an address is on one of the hosts of a publisher, or on a subdomain of one."""
    host, path = host_of(url), urlsplit(url).path.casefold() if host_of(url) else ""
    for own in publisher.hosts:
        name, _, below = own.casefold().partition("/")
        if (host == name or host.endswith(f".{name}")) and path.strip("/").startswith(below):
            return True
    return False


def _publishers(subject: Subject) -> Mapping[str, Publisher]:
    # The longest hosts first: a shared host is whose path it is before it is its own.
    return dict(sorted(subject.publishers.items(), key=lambda pair: -max(len(host) for host in pair[1].hosts)))
