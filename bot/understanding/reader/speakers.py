"""Who is spoken of in a clause: its writer, somebody else, or nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.understanding.reader.heard import Whose
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.tokens import NONE

if TYPE_CHECKING:
    from bot.understanding.reader.clauses import Part

NEAR_START = 4  # tokens: a thing that speaks ("the ad wants …") stands this near the beginning
BEFORE_MANY = 2  # words before several people that a clause begins with ("all the <jobs> have …")
PRONOUNS = ("self", "you", "group", "other")
VERBS = ("have", "pass", "fail", "had", "lapse", "plan", "work", "be", "aux", "neg", "left", "goal", "living")
FINITE = (*(cue for cue in VERBS if cue != "living"), "third")


def tell_speaker(message: ReadMessage, part: Part, before: Part | None) -> None:
    """Who is spoken of."""
    part.owner = message.has(part.start, "with") or (
        message.has(part.start, "relative") and not _points(message, part.start)
    )
    at = _subject_at(message, part)
    verb = message.first(part.start, part.end, *VERBS, "third")
    part.fragment = at < 0 and not any(
        message.free(place) and not message.has(place - 1, "until_now", "kind_of_job")  # "since may", "self employed"
        for place in range(part.start, part.end)
        if message.has(place, *FINITE)
    )
    if at >= 0 and not part.owner:
        part.explicit = True
        part.subject = _spoken_of(message, at)
        return
    named = message.name_at.get(part.start - 1)
    if part.owner and before is not None and named is not None and says_self(before) and (
        message.has(part.start, "relative") and named.ids("role", "background", "licence")
        and message.says(before.start, named.start, "self_be")
    ):  # fmt: skip
        part.subject, part.explicit = "self", True  # "i am a <job> that wants …"
        return
    if part.owner and part.start > 0:
        if message.has(part.start - 1, "person", "other", "source") or (
            message.has(part.start, "relative") and not message.has(part.start - 1, "self")
        ):
            part.subject, part.explicit = "other", True
            return
        part.subject = before.subject if before else "self"
        return
    if verb == part.start and message.has(verb, "third"):
        part.subject, part.explicit = "other", True
        return
    if before is None or (part.opens and before.subject == "self"):
        part.subject = "self"
        return
    if part.opens:  # after a sentence about somebody else: a piece goes on about them
        anybody = message.says(before.start, before.end, "indefinite")
        of_me = message.says(before.start, before.end, "self", "us_too")  # "they let me go"
        part.subject = before.subject if part.fragment and not (anybody or of_me) else "self"
        return
    part.subject = before.subject


def _points(message: ReadMessage, at: int) -> bool:
    """Whether "that" points to what was said ("sorry, that is …") and hangs on no name or person before it."""
    alone = message.has(at, "it") and message.tokens[at].gap != NONE and message.has(at + 1, "be")
    return alone and message.free(at - 1) and not message.has(at - 1, "person", "other", "source")


def _spoken_of(message: ReadMessage, at: int) -> Whose:
    if message.has(at, "person", "other", "group"):
        return "other"
    return "self" if message.has(at, "self", "my") else "nobody"


def _subject_at(message: ReadMessage, part: Part) -> int:
    """The token that says who is spoken of, -1 where none does."""
    if _so_many(message, part):
        return _other_marker(message, part.start)
    for at in range(part.start, part.end):
        if message.has(at, "title_is"):
            return at  # "my position is …"
        if at in message.quantity_at:
            continue  # the "hr" of hours
        if at in message.name_at:
            named = _named_subject(message, part, at)
            if named is not None:
                return named
            continue
        if message.has(at, "self", "you", "group", "other", "person"):
            if _names_nobody(message, part, at):
                continue
            return at
        said = any(item.start <= at < item.end for item in message.tellings)
        near = at < part.start + NEAR_START and not message.has(part.start, "at_place", "at")
        if message.has(at, "source") and near and not said:
            return at
        if message.has(at, "my") and not message.has(at + 1, "person", "source") and not _in_idiom(message, part, at):
            following = message.name_at.get(at + 1)
            if following is None or not following.ids("role", "background"):
                return at
    return -1


def _names_nobody(message: ReadMessage, part: Part, at: int) -> bool:
    """Whether a word for somebody is no subject: it hangs on another one, or is a part of what is said."""
    if message.has(at, "group") and (message.tokens[at].capitals or message.has(at - 1, "indefinite_article")):
        return True  # a country's letters
    if at > part.start and not message.has(at, "self", "you") and _hangs(message, part, at):
        return True
    if any(item.told.goal and item.start < at < item.end for item in message.tellings):
        return True  # "want to run a team"
    return _oneself(message, part, at) or _once(message, at)


def _named_subject(message: ReadMessage, part: Part, at: int) -> int | None:
    """The subject where a name stands there ("my <job> says", "most <jobs> have"), -1 for none; None to look on."""
    name = message.name_at[at]
    if name.start != at:
        return None
    led = at - 1 == part.start and message.has(at - 1, "my", "theirs", "the")
    if led and name.ids("role", "licence", "background") and not message.has(name.end, "held_noun"):
        acts = not message.has(at - 1, "the") or _acts(message, part, name.end)
        return _other_marker(message, at) if acts else -1
    led = all(place in message.quantity_at or message.has(place, "of_what", "filler", "det") for place in
              range(part.start, at))  # fmt: skip
    several = name.plural and (led or at - part.start <= BEFORE_MANY) and name.ids("role", "licence")
    verbs = any(message.has(place, *FINITE) and message.free(place) for place in range(name.end, part.end))
    mine = any(
        message.has(place, "my") and not message.has(place - 1, "preposition", "at")
        for place in range(name.end, part.end)
    )
    if several and verbs and not mine and not message.says(at, part.end, "self"):  # "most <jobs> have …"
        return _other_marker(message, at)
    return None


def _acts(message: ReadMessage, part: Part, at: int) -> bool:
    """Whether "the <job>" is the subject of a verb in a clause that does not speak of its writer as well."""
    verbs = any(message.free(place) and message.has(place, *FINITE) for place in range(at, part.end))
    return verbs and not message.says(at, part.end, "self")


def _so_many(message: ReadMessage, part: Part) -> bool:
    """Whether a number of people is the subject ("four have the <name>")."""
    first = message.quantity_at.get(part.start)
    if first is None or first.kind != "number" or first.end >= part.end:
        return False
    return message.tokens[first.end].gap == NONE and message.has(first.end, "have", "pass", "fail", "had", "third")


def _oneself(message: ReadMessage, part: Part, at: int) -> bool:
    """Whether a word for somebody names the writer ("mom of 3 in …") or a number of people ("(12 people)")."""
    if any(message.marks[near].get("oneself", 0) > at - near for near in range(max(part.start, at - 3), at + 1)):
        return not message.has(part.start, "my", "theirs", "det")
    verbs = any(message.free(place) and message.has(place, *FINITE) for place in range(part.start, part.end))
    title = message.has(at, "title") and not message.says(part.start, at, "my", "theirs", "det")
    title = title or (
        message.has(at, "described") and at > part.start and not message.says(part.start, at + 1, "my", "theirs", "det")
    )  # "<work> guy here"
    of_many = message.has(at + 1, "of_what") and at + 2 in message.quantity_at  # "team of 14"
    counted = at - 1 in message.quantity_at or (at - 2 in message.quantity_at and message.has(at, "child"))
    if message.length(at, "title") > 1 and at > part.start and not message.says(part.start, at, "my", "theirs", "det"):
        return True  # "did patient access for …"
    return (title or of_many or counted) and not verbs


def _once(message: ReadMessage, at: int) -> bool:
    """Whether a word for somebody only says that a job is behind its writer ("ex-<job>")."""
    name = message.name_at.get(at + 1)
    return message.has(at, "former") and name is not None and bool(name.ids("role", "background", "licence"))


def _in_idiom(message: ReadMessage, part: Part, at: int) -> bool:
    """Whether "my" belongs to a set phrase that names nobody ("under my …")."""
    return any(message.marks[near].get("own_idiom", 0) > at - near for near in range(max(part.start, at - 3), at + 1))


def _hangs(message: ReadMessage, part: Part, at: int) -> bool:
    """Whether somebody is named only with a preposition ("on my husband's visa")."""
    if message.has(at - 2, "indefinite_article") and message.has(at - 1, "group"):
        at -= 1  # "for a us client"
    while at > part.start and message.has(at - 1, "my", "det", "theirs", "group"):
        at -= 1
    if message.has(at - 1, "for_it") and message.has(at, "indefinite_article"):
        return True
    if message.has(at - 1, "for_it") and any(telling.end in (at - 1, at) for telling in message.tellings):
        return True  # "<work> for my …"
    led = at - 2 >= part.start and message.has(at - 2, "preposition", "without")
    if led and message.free(at - 1) and not message.marks[at - 1]:
        return True  # "without angry people"
    if message.ends(at, part.start, "part_of") >= 0:
        return False
    if message.has(at, "child") and at - 1 in message.quantity_at and not message.has(at + 1, "i"):
        return True
    return message.has(at - 1, "preposition")


def _other_marker(message: ReadMessage, at: int) -> int:
    """A name that is the subject ("my <job> says"): marked as somebody else."""
    message.marks[at].setdefault("other", 1)
    return at


def says_self(part: Part) -> bool:
    return part.explicit and part.subject == "self"
