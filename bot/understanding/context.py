"""What a message leaves out and the conversation knows: follow-ups such as "and the cost?"."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.conditions import usual_credential
from bot.knowledge.content import Topic
from bot.understanding.features import HINT, MARKS
from bot.understanding.question import Context, Question

PAIR = 2
SHORT_MEMORY = 1  # messages since: up to here anything short inherits
LONG_MEMORY = 4  # up to here only what points back ("it", "that one")
MAX_TOLD = 120  # characters of what was told that the next question may lean on
SHORT = (12, 5)  # words of a message that may lean on the one before, by its age
ANAPHORS = frozenset({
    "it", "its", "that", "this", "those", "these", "them", "they", "one", "ones", "both", "either", "neither",
    "former", "latter", "there", "same",
})  # fmt: skip
STAND_INS = frozenset({
    "it", "that", "this", "those", "these", "them", "they",
})  # fmt: skip
STAND_IN = "it"
POINTING = frozenset(("that", "this", "those", "these"))
ONE = frozenset((STAND_IN, "that", "this"))  # … for one thing
LEADING = frozenset({
    "for", "of", "the", "a", "an", "to", "be", "as", "get", "in", "with", "become",
})  # fmt: skip
ORDINALS = {
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3,
    "former": 0, "latter": 1, "last": -1,
}  # fmt: skip
OTHER = "other"
POINTED = frozenset(("one", "option", "choice", "two"))
SPOKEN_OF = ("certification", "role", "degree")  # kinds of things that a talk is about


def afterwards(context: Context, question: Question, *, tells: bool = False) -> Context:
    """What the talk is about after a message that was not answered: what it named, else the same, a message older; what
    it `tells` belongs to what is asked next.
    """
    named = tuple(dict.fromkeys(span.id for span in question.spans if span.kind in SPOKEN_OF))
    if named and question.from_context:  # "and a … like me" asks of what was spoken of
        stays = [item for item in context.entities if item in question.entities]
        named = tuple(dict.fromkeys((*stays, *named)))
    about = {"entities": named, "listed": named, "topics": (), "age": 0} if named else {"age": context.age + 1}
    told = question.text[:MAX_TOLD] if tells else ""
    return context.model_copy(update={**about, "told": told, "clarified": False})


def said_before(context: Context) -> str:
    """What a message that leans on the talk leans on: what was asked, and what was told since."""
    asked = context.asked if context.topics else ""  # with what was told the talk went on to something else
    return f"{asked}. {context.told}" if asked and context.told else asked or context.told or context.asked


def asks_nothing(words: Sequence[str], small: Container[str], *, pointing: bool = False) -> bool:
    """Whether words beside the names say nothing of what is asked ("and for a …?"): all of them are `small`.

    With `pointing`, the words that point ("the second one") are not counted either.
    """
    return all(
        word in small or word[0] in MARKS or (pointing and (word in ORDINALS or word in POINTED)) for word in words
    )


def points_at(words: Sequence[str]) -> bool:
    """Whether a word points at what was just told ("is that real", "are those paid")."""
    return not POINTING.isdisjoint(words)


def points_back(words: Sequence[str]) -> bool:
    """Whether a word stands for something said before."""
    return not ANAPHORS.isdisjoint(words)


def completed(template: tuple[str, ...], kind: str) -> tuple[str, ...]:
    """The template with a kind of thing of the conversation where it points back, or at its end."""
    for at, word in enumerate(template):
        if word in STAND_INS:
            return (*template[:at], f"<{kind}>", *template[at + 1 :])
    return (*template, f"<{kind}>")


def left_out(template: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """How people ask the same of the only thing named where the conversation is about it ("cost of <x>"):
    with a stand-in ("cost of it"), or, where it stands last, not at all ("cost").
    """
    words = [word for word in template if word[0] != HINT]
    places = [at for at, word in enumerate(words) if word[0] in MARKS]
    if len(places) != 1:
        return
    at = places[0]
    yield (*words[:at], STAND_IN, *words[at + 1 :])
    end = at
    while end and words[end - 1] in LEADING:
        end -= 1
    if end and at == len(words) - 1:
        yield tuple(words[:end])


def pointed_at(words: Sequence[str], breaks: Container[int], context: Context, small: Container[str]) -> str | None:
    """The listed thing that "the second one", "the second, …" or "the latter" means; `breaks` are the words after a
    pause, `small` those that ask nothing.
    """
    listed = context.listed or context.entities
    if any(word == OTHER and after in POINTED for word, after in pairwise(words)):
        return _other(context)
    for at, word in enumerate(words):
        place = ORDINALS.get(word)
        if place is None or not listed:
            continue
        alone = word in ("former", "latter") or len([other for other in words if other not in small]) == 1
        alone = alone or (at + 1 in breaks and words[at - 1 : at] == ("the",))
        if (alone or (at + 1 < len(words) and words[at + 1] in POINTED)) and -len(listed) <= place < len(listed):
            return listed[place]
    return None


def _other(context: Context) -> str | None:
    """Of two things offered the one not decided for, or not spoken of since; None where that cannot be told."""
    current = (context.chosen,) if context.chosen else context.entities
    left = [item for item in context.listed if item not in current]
    return left[0] if len(left) == 1 and len(context.listed) == PAIR else None


def remembers(words: Sequence[str], context: Context) -> bool:
    """Whether the conversation is recent enough to fill in what this message leaves out."""
    if not context.entities and not context.topics and not context.told:
        return False
    if points_back(words):
        return context.age <= LONG_MEMORY
    return context.age <= SHORT_MEMORY and len(words) <= SHORT[context.age]


def _its_credential(base: KnowledgeBase, topic: Topic, known: Sequence[str]) -> str | None:
    """What employers ask first of the role that the talk is about, where `topic` is first of all asked of credentials
    and the role says nothing of it; of the usual role the topic has its own.
    """
    role = base.roles.get(known[0]) if known else None
    if (
        role is None
        or role.id == base.field.default_entity
        or topic.kinds[:1] != ("certification",)
        or topic.id in role.facts
    ):
        return None
    return usual_credential(base, role.id)


def inherited_entities(base: KnowledgeBase, topic: Topic, context: Context) -> tuple[str, ...]:
    """The entities of the conversation that a question about `topic` without a name is about.

    After a comparison those compared; else the main one, or, where that cannot be asked about
    the topic, the first that can. What an answer about a role recommended, or else what employers ask of it first, is
    meant by questions that are first of all about such things ("how much does it cost").
    """
    known = [thing for thing in (*context.entities, *context.listed) if thing in base.entities]
    fitting = [thing for thing in known if base.kinds[thing] in topic.kinds]
    usual = _its_credential(base, topic, known)
    if not fitting:
        return (usual,) if usual is not None else ()
    compared = list(dict.fromkeys(thing for thing in context.entities if thing in fitting))
    if "compare" in context.topics and len(compared) > 1:
        return tuple(compared)
    main, first_kind = known[0], topic.kinds[0]  # `fitting` is empty where there are no kinds
    if base.kinds[main] == "role" and first_kind == "certification":
        offered = [thing for thing in fitting if base.kinds[thing] == first_kind]
        fitting = offered or ([usual] if usual is not None else fitting)
    return (fitting[0],)
