"""Where somebody is, where they want to work, and in what kind of place."""

from __future__ import annotations

from collections.abc import Iterator

from bot.knowledge.base import KnowledgeBase
from bot.understanding.reader.clauses import Part
from bot.understanding.reader.cues import Cues
from bot.understanding.reader.heard import FactStanding, ToldFact
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.names import Name
from bot.understanding.reader.tokens import NONE, Tokenizer

NEAR = 3  # tokens between "in" and a country
NEAR_SETTING = 4  # tokens between "at a …" and a kind of place


class Places:
    """Reads the countries: by name, or by signs where none is named."""

    def __init__(self, base: KnowledgeBase, tokenizer: Tokenizer) -> None:
        self._home = base.field.default_country
        self._signs = Cues({item.id: item.signs for item in base.assessment.countries if item.signs}, tokenizer)

    def words(self) -> frozenset[str]:
        """Every word of a sign."""
        return self._signs.words()

    def countries(self, message: ReadMessage, parts: list[Part]) -> list[ToldFact]:
        """Countries: where somebody is ("held"), comes from ("left"), wants to go ("planned"), asks about ("asked").

        The surest come last, so that they win.
        """
        found: list[tuple[int, ToldFact]] = []
        marks = self._signs.find(message.tokens)
        for index, part in enumerate(parts):
            for name in message.names:
                if part.start <= name.start < part.end and (ids := name.ids("country")):
                    told = _country(message, part, name)
                    if told is not None and not (told[1] == "asked" and ids[0] != self._home):
                        sure, standing, why = told
                        found.append(
                            (sure, ToldFact(field="country", value=ids[0], standing=standing, clause=index, why=why))
                        )
            if part.subject == "other" and not message.says(part.start, part.end, "self", "my"):
                continue
            for at in range(part.start, part.end):
                for country, size in marks[at].items():
                    if not (part.demands or part.reported):
                        why = message.text(at, at + size)
                        found.append((-1, ToldFact(field="country", value=country, clause=index, why=why)))
        here = [pair for pair in found if pair[1].standing == "held" and pair[0] >= 0]
        left = {fact.value for _, fact in found if fact.standing == "left"}
        kept = [pair for pair in found if pair[0] >= 0 or not (here or pair[1].value in left)]
        return [fact for _, fact in sorted(kept, key=_sure)]


def _sure(pair: tuple[int, ToldFact]) -> tuple[bool, int]:
    """Signs say more than where somebody comes from, and less than where they are."""
    sure, fact = pair
    return fact.standing == "held", sure


def _country(message: ReadMessage, part: Part, name: Name) -> tuple[int, FactStanding, str] | None:
    """How sure, how it stands and why."""
    before = max(part.start, name.start - NEAR)
    if part.asks or part.commands:
        return (0, "asked", "asked about") if _asked(message, part, name) else None
    if message.ends(name.start, part.start, "here_in") >= 0 and not part.reported:
        return 2, "held", "here in"
    if _elsewhere_told(message, part, name, before):
        return None
    if message.says(part.start, name.start, "going"):
        return 0, "planned", "wants to go"
    if part.supposed:
        return None
    moving = message.says(part.start, name.start, "on_the_move")
    if moving and message.has(name.start - 1, "from", "to"):
        there = message.has(name.start - 1, "to")
        return (0, "planned", "moving to") if there else (1, "held", "not moved from yet")
    moved = message.says(part.start, name.start, "move") and not message.says(part.start, name.start, "plan")
    if moved and message.has(name.start - 1, "from"):
        return 0, "left", "moved from"
    if message.says(before, name.start, "moved") or (moved and message.has(name.start - 1, "to")):
        return 2, "held", "moved to"
    over = not message.says(part.start, name.start, "have", "still")
    if (over and message.says(part.start, name.start, "did_there")) or message.says(part.start, name.start, "studied"):
        return 0, "left", "studied or worked there"
    if message.says(before, name.start, "living"):
        return 2, "held", "lives in"
    if message.says(part.start, name.start, "visiting", "property"):
        return None
    return _from_or_in(message, part, name, before)


def _from_or_in(message: ReadMessage, part: Part, name: Name, before: int) -> tuple[int, FactStanding, str] | None:
    """Where somebody comes from, or is, by the word before the place."""
    was = message.first(part.start, name.start, "past_be")
    if (
        was >= 0
        and message.has(name.start - 1, "inside")
        and any(was < item.start < name.start for item in message.names)
    ):
        return 0, "left", "was something there"
    home = message.ends(name.start - 1, part.start, "from_home") >= 0
    if message.has(name.start - 1, "inside") and (home or name.start - 2 in message.name_at):
        return 1, "held", "in"  # "from <country> in <town>"
    if message.says(before, name.start, "origin"):
        at = name.start - 2
        own = (
            at < part.start
            or at in message.name_at
            or at in message.quantity_at
            or message.has(at, "self_be", "self", "filler", "so", "move", "greet")
        )
        return (0, "left", "from") if own or not message.has(name.start - 1, "from") else None
    inside = message.says(before, name.start, "at_place") and not message.has(name.start - 1, "to")
    return (1, "held", "in") if inside or part.fragment else None


def _elsewhere_told(message: ReadMessage, part: Part, name: Name, before: int) -> bool:
    """Whether a clause speaks of somebody's or something's place, or says where somebody is not."""
    we = message.has(part.start, "group") and not message.says(part.start, name.start, "person", "source")
    if part.demands or (part.subject == "other" and part.explicit and not we):
        return True
    if part.explicit and part.subject == "nobody" and message.says(part.start, name.start, "source"):
        return True
    return message.says(before, name.start, "neg") or message.ends(name.start, part.start, "origin_only") >= 0


def _asked(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether a question is asked for a place, and not of somebody else there."""
    placed = message.has(name.start - 1, "inside") or not (name.meanings[0].own or message.has(name.start - 1, "from"))
    return placed and part.subject != "other" and not message.says(part.start, part.end, "other", "person")


def settings(message: ReadMessage, parts: list[Part]) -> list[ToldFact]:
    """The kinds of places somebody works at, or says to prefer."""
    return [
        fact for index, part in enumerate(parts) if _own_work(message, part) for fact in _settings(message, part, index)
    ]


def _own_work(message: ReadMessage, part: Part) -> bool:
    """Whether a clause may tell where its writer works."""
    if part.supposed or part.asks or part.demands:
        return False
    if part.subject == "other":
        return message.has(part.start, "group")
    return not (part.subject == "nobody" and part.explicit and message.says(part.start, part.end, "source"))


def _settings(message: ReadMessage, part: Part, index: int) -> Iterator[ToldFact]:
    wished = message.first(part.start, part.end, "prefer")
    for name in message.names:
        places = name.ids("setting")[:1] if part.start <= name.start < part.end and not name.ids("role") else ()
        for setting in places:
            if 0 <= wished < name.start and not message.says(part.start, name.start, "neg", "over_that"):
                yield ToldFact(field="setting", value=setting, clause=index, why="preferred")
                wished = -1
            elif not name.plural and _works_there(message, part, name):
                why = message.text(name.start - 1, name.end)
                yield ToldFact(field="setting", value=setting, clause=index, why=why)
    for telling in message.tellings:
        if telling.start == part.start and _acts_itself(message, part, telling.end):
            continue
        if telling.told.setting and part.start <= telling.start < part.end and not _elsewhere(message, part):
            why = message.text(telling.start, telling.end)
            yield ToldFact(field="setting", value=telling.told.setting, clause=index, why=why)


def _acts_itself(message: ReadMessage, part: Part, end: int) -> bool:
    """Whether a place that a clause begins with does something ("<place> lays off …"): no word of its writer."""
    if part.explicit:
        return False
    verb = end < part.end and message.free(end) and not message.marks[end] and message.tokens[end].gap == NONE
    ends = end + 1 >= part.end or message.tokens[end + 1].gap != NONE or message.has(end + 1, "at_place", "after_role")
    return not part.fragment or (verb and not ends)


def _elsewhere(message: ReadMessage, part: Part) -> bool:
    """Whether a clause speaks of another place than where the person works now."""
    return message.says(part.start, part.end, "neg", "going_to_be", "left", "not_job", "person", "past")


def _works_there(message: ReadMessage, part: Part, name: Name) -> bool:
    if message.has(name.start, "not_place") or _elsewhere(message, part):
        return False
    at = name.start - 1
    for _ in range(NEAR_SETTING):
        if message.has(at, "at") or (message.has(at, "own_place") and message.has(at, "my", "group")):
            return at >= part.start
        at -= 1
    return part.fragment and name.start == part.start
