"""Owners: a fee, a rule or a length that is a body's by its nature says so wherever somebody else tells it."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass

from bot.knowledge.checks.bodies import Bodies
from bot.knowledge.checks.figures import FigureFinder
from bot.knowledge.checks.subject import Subject
from bot.knowledge.content import Figures, Texts
from bot.knowledge.loaded import Located
from bot.knowledge.model import Certification, Fact, Quantity, Sourced, Term
from bot.knowledge.standing import OWNERS
from bot.knowledge.yaml_file import Problem, Trail

# Of the figures of a credential, these are nobody's rule: books are sold anywhere, hours of study are an estimate.
NOBODYS = frozenset({"materials", "study_hours"})


@dataclass(frozen=True)
class _Claim:
    """What is said of a credential or body: where, whose it is by its nature, and what kind of thing."""

    place: Located
    trail: Trail
    record: Sourced
    owners: Set[str]
    what: str


def ownerless(subject: Subject) -> Iterator[Problem]:
    """Figures and rules of a body that stand on somebody else's page as if they were that page's own."""
    pages, publishers = subject.pages, subject.publishers
    speaks = {publisher.body: key for key, publisher in publishers.items() if publisher.body is not None}
    told = {(problem.path, problem.line) for problem in subject.loaded.problems}  # where its origin is in doubt already
    bodies = subject.ids["body"]
    for claim in _Claims(subject).all:
        page = publishers.get(pages.get(claim.record.source or "", ""))
        owner = next((speaks[body] for body in sorted(claim.owners) if body in speaks), None)
        if page is None or owner is None or claim.record.whose is not None or page.body in claim.owners:
            continue
        if page.body is not None and page.body not in bodies:
            continue  # told of there
        mend = f"write `whose: {owner}` below its source"
        if page.kind in OWNERS:
            mend += f", or `whose: {pages[claim.record.source or '']}` if that is what it asks itself"
        what = f"{claim.what} is a body's, {page.name} is not that body, and nothing says whose it is"
        problem = claim.place.problem(claim.trail, what, mend)
        if (problem.path, problem.line) not in told:
            yield problem


def nameless(subject: Subject) -> Iterator[Problem]:
    """Sentences outside a body's own records that state a figure of it without its name: they read as anybody's."""
    bodies = Bodies(subject)
    finders = [FigureFinder(subject, figures) for _, figures in subject.of(Figures)]
    for found, trail, topic, fact in subject.told:
        record = found.record
        body = bodies.of(fact.whose or bodies.pages.get(fact.source or ""))
        if body is None or isinstance(record, Certification) or (isinstance(record, Term) and record.id == body):
            continue
        key = next((key for finder in finders for key in finder.all_told(fact.say, topic)), None)
        if key is not None and body not in bodies.named(fact.say):
            name = bodies.publishers[fact.whose or bodies.pages[fact.source or ""]].name
            what = f"the `{key}` in this sentence is {name}'s, and the sentence names neither it nor a credential of it"
            yield found.problem((*trail, "say"), what, f"say in the sentence that it is {name}'s")


def quoted(subject: Subject) -> Iterator[Problem]:
    """Sentences that say what a body says, where it was read at somebody else and nothing names the body's page."""
    bodies = Bodies(subject)
    verbs = [word for _, texts in subject.of(Texts) for word in texts.cues.get("telling", ())]
    for place, trail, record in subject.sourced:
        say, page = getattr(record, "say", None), bodies.pages.get(record.source or "")
        if not say or page is None or not verbs:
            continue
        pages = (page, record.whose, *(bodies.pages.get(item) for item in record.also))
        own = {bodies.of(item) for item in pages}
        for body in sorted(bodies.speaking(say, verbs) - own):
            speaker = next((key for key, item in bodies.publishers.items() if item.body == body), None)
            if speaker is not None:
                name = bodies.publishers[speaker].name
                what = f"the sentence says what {name} says, and was read at {bodies.publishers[page].name}"
                mend = f"write `whose: {speaker}`, or name its own page (a second body's under `also`)"
                yield place.problem((*trail, "say"), what, mend)


class _Claims:
    """What a knowledge base says of credentials and bodies that only these can settle."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.bodies = Bodies(subject)
        self.finders = [FigureFinder(subject, figures) for _, figures in subject.of(Figures)]

    @property
    def all(self) -> Iterator[_Claim]:
        for found, record in self.subject.of(Certification):
            yield from self._planned(found, record, record.issuer)
            yield from self._ruled(found, record)
        for found, term in self.subject.of(Term):
            if term.body:
                yield from self._planned(found, term, term.id)
        for found, trail, topic, fact in self.subject.told:
            yield from self._stated(found, trail, topic, fact)

    def _planned(self, found: Located, record: Certification | Term, body: str) -> Iterator[_Claim]:
        for key in type(record.planning).model_fields:
            value = getattr(record.planning, key)
            if isinstance(value, Quantity) and key not in NOBODYS:
                yield _Claim(found, ("planning", key), value, {body}, f"`{key}`")

    def _ruled(self, found: Located, record: Certification) -> Iterator[_Claim]:
        for label in ("exam_requires", "body_recommends"):
            for index, rule in enumerate(getattr(record.requires, label)):
                yield _Claim(found, ("requires", label, index), rule, {record.issuer}, f"what stands under `{label}`")

    def _stated(self, found: Located, trail: Trail, topic: str, fact: Fact) -> Iterator[_Claim]:
        """The claim of a sentence that states such a figure, of the record that it stands in or of whom it names."""
        record, owners = found.record, set[str]()
        if isinstance(record, Certification):
            owners = {record.issuer}
        elif isinstance(record, Term) and record.body:
            owners = {record.id}
        for finder in self.finders:
            for key, how in finder.figures.stated.items():
                if topic not in how.topics or key in NOBODYS or not finder.told(fact.say, key):
                    continue
                whose = owners or self.bodies.abbreviated(fact.say)
                if whose:
                    yield _Claim(found, trail, fact, whose, f"the `{key}` in this sentence")
                    return
        if isinstance(record, Certification) and any(topic in finder.figures.ruled for finder in self.finders):
            yield _Claim(found, trail, fact, owners, f"what stands under `{topic}`")
