"""Why a verdict is as it is: the rule between its sides, then what is known of each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.advice.profile import Profile
from bot.advice.verdicts.asked import says
from bot.advice.verdicts.choices import by_rule
from bot.advice.verdicts.yes_or_no import plain_words
from bot.advice.wording import Said, said
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Fact
from bot.knowledge.verdicts import Figure
from bot.understanding.statements import Statement, statements

# What is known of the figure by which something was decided, and of what was decided by no figure.
OF_FIGURE: dict[Figure, tuple[str, ...]] = {
    "exam_fee": ("cost",),
    "membership": ("cost",),
    "exam_hours": ("exam",),
    "exam_questions": ("exam",),
    "continuing_units": ("renewal",),
    "study_hours": ("study", "duration"),
    "pay": ("salary",),
}
OF_ALL = ("worth_it", "unlocks", "overview")
MOST = 5  # reasons
LONG = 4  # letters of a word that says something


def reasons(base: KnowledgeBase, sides: Sequence[str], profile: Profile, asked: str) -> list[Said]:
    """The reasons for the verdict between some things, the first first; `asked` is how it was asked for."""
    topics = _topics(base, sides, asked)
    found = [*_ruled(base, sides, profile), *_facts(base, sides, topics)]
    return list({sentence.text: sentence for sentence in found}.values())[:MOST]


def _topics(base: KnowledgeBase, sides: Sequence[str], asked: str) -> tuple[str, ...]:
    """Under what the reasons stand: the figure that was asked for, or what each is good for."""
    kinds = {base.kinds[item] for item in sides}
    for measure in base.verdicts.measures:
        words = [word for end in (measure.less, measure.more) if end is not None for word in end.asked]
        if measure.figure is not None and measure.of in kinds and says(asked, words):
            return OF_FIGURE[measure.figure]
    return OF_ALL


def _ruled(base: KnowledgeBase, sides: Sequence[str], profile: Profile) -> Iterator[Said]:
    """What sets the sides apart, and what the rule between them says."""
    for choice in base.verdicts.choices:
        if set(choice.between) == set(sides):
            if choice.difference is not None:
                yield said(choice.difference)
            lines, _ = by_rule(base, choice, profile)
            yield from lines[1:]


def _facts(base: KnowledgeBase, sides: Sequence[str], topics: Sequence[str]) -> Iterator[Said]:
    """What is known of each side, one sentence of each in turn."""
    each = [[said(fact) for topic in topics for fact in _known(base, item, topic)] for item in sides]
    for rank in range(MOST):
        yield from (own[rank] for own in each if rank < len(own))


def _known(base: KnowledgeBase, item: str, topic: str) -> Iterator[Fact]:
    facts = getattr(base.entities[item], "facts", {})
    yield from (fact for fact in facts.get(topic, ()) if fact.known)


def speaks_for(base: KnowledgeBase, told: Statement) -> list[Said]:
    """The sentences on the matter of one that was told which say why something is so: this itself, or those beside it
    in its place that speak of the same; none where none does.
    """
    because = base.texts.cues.get("because", ())
    if told.record is not None and says(told.text, because):
        return [said(told.record)]
    about = set(_telling(base, told.text))
    beside = (item for item in statements(base) if _place(item) == _place(told) and item.id != told.id)
    found = [item for item in beside if says(item.text, because) and len(about & set(_telling(base, item.text))) > 1]
    return [said(item.record) for item in found if item.record is not None][:MOST]


def _place(statement: Statement) -> tuple[str, str]:
    """The file and the topic under which a sentence stands."""
    return statement.id.partition(":")[0], statement.topic


def _telling(base: KnowledgeBase, text: str) -> list[str]:
    """The longer words of a sentence."""
    small = set(base.language.nothing_asked)
    words = plain_words(text).replace(",", " ").replace(".", " ").split()
    return [word for word in words if len(word) >= LONG and word not in small]
