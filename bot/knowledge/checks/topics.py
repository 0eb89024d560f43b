"""Topics: each can be asked, understood and put on a button, and every fact belongs to one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.knowledge.checks.subject import Subject
from bot.knowledge.content import Texts, Topic
from bot.knowledge.explain import did_you_mean
from bot.knowledge.load import LANGUAGE
from bot.knowledge.loaded import Located
from bot.knowledge.model import Guide, Kind, Market, Myth
from bot.knowledge.wording_keys import TOPICS
from bot.knowledge.yaml_file import Problem

FILE = "topics.yaml"


def missing(subject: Subject) -> Iterator[Problem]:
    """Topics that the conversation itself needs."""
    for topic in TOPICS:
        if subject.is_unknown("topic", topic):
            yield subject.problem(FILE, (), f"the topic `{topic}` is missing", "add it; the conversation leads there")


def contract(subject: Subject) -> Iterator[Problem]:
    """What an entry says must fit together."""
    kinds = {entity.id: kind for _, entity, kind in subject.entities}
    for found, topic in subject.of(Topic):
        if topic.meta and topic.entities != "none":
            mend = "write `entities: none`, or delete `meta`"
            yield found.problem(("meta",), f"the meta topic `{topic.id}` is about entities", mend)
        if (topic.entities == "none") != (not topic.kinds):
            mend = "list in `kinds` what it may be asked about, or write `entities: none`"
            yield found.problem((), f"`kinds` and `entities` of `{topic.id}` do not fit together", mend)
        kind = kinds.get(topic.default or "")
        if kind is not None and kind not in topic.kinds:
            mend = f"add {kind} to `kinds`, or choose another default"
            yield found.problem(("default",), f"the default `{topic.default}` is a {kind}, not in `kinds`", mend)


def unspoken(subject: Subject) -> Iterator[Problem]:
    """Topics that nobody can ask for, and wording for topics that do not exist."""
    files = dict(subject.of_phrasings())
    for found, topic in subject.of(Topic):
        if f"{LANGUAGE}/phrasings/{topic.id}.yaml" not in subject.loaded.files:
            mend = f"add {LANGUAGE}/phrasings/{topic.id}.yaml with a dozen ways to ask"
            yield found.problem(("id",), f"the topic `{topic.id}` has no phrasings", mend)
        for _, texts in subject.of(Texts):
            if topic.id not in texts.topics:
                mend = f"add `{topic.id}: {{label: …, question: …}}` under `topics:`"
                yield subject.problem(f"{LANGUAGE}/texts.yaml", ("topics",), f"the topic `{topic.id}` is missing", mend)
    known = set(subject.ids["topic"])
    for topic_id, found in files.items():
        if subject.is_unknown("topic", topic_id):
            mend = f"{did_you_mean(topic_id, known)}rename the file, or add the topic to {FILE}"
            yield found.problem((), f"`{topic_id}` is not a topic", mend)


def unasked(subject: Subject) -> Iterator[Problem]:
    """Facts under a topic that can never be asked about their entity: nobody would ever read them."""
    for found, entity, kind in subject.entities:
        yield from _unasked(subject, found, entity.facts, kind)
    for found, market in subject.of(Market):
        yield from _unasked(subject, found, market.facts, "role")
    known = subject.ids["topic"]
    meta = {topic.id for topic in subject.topics.values() if topic.meta}
    for found, guide in subject.of(Guide):
        for key in guide.facts:
            if key in meta:
                yield found.problem(("facts", key), f"the topic `{key}` holds no facts", "move them to another topic")
    for found, myth in subject.of(Myth):
        if myth.topic in meta and myth.topic in known:
            yield found.problem(("topic",), f"the topic `{myth.topic}` holds no facts", "choose another topic")


def _unasked(subject: Subject, found: Located, facts: Iterable[str], kind: Kind) -> Iterator[Problem]:
    asked = {key for topic in subject.topics.values() if kind in topic.kinds for key in (topic.id, *topic.shows)}
    for key in facts:
        if key in subject.topics and key not in asked:
            mend = f"move them to another topic, or add {kind} to the `kinds` of `{key}` in {FILE}"
            yield found.problem(("facts", key), f"nobody can ask for `{key}` of a {kind}", mend)
