"""Where somebody is, comes from or wants to go, by country."""

from __future__ import annotations

from bot.knowledge.base import KnowledgeBase
from bot.understanding.reader.clauses import Part
from bot.understanding.reader.cues import Cues
from bot.understanding.reader.heard import HERE_IN, LIVES_IN, MOVED_TO, OUTRIGHT, PLAN_THERE, FactStanding, ToldFact
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.names import Name
from bot.understanding.reader.pieces import sentence
from bot.understanding.reader.tokens import NONE, Tokenizer

NEAR = 3  # tokens between "in" and a country


class Places:
    """Reads the countries: by name, or by signs where none is named."""

    def __init__(self, base: KnowledgeBase, tokenizer: Tokenizer) -> None:
        self._home = base.field.default_country
        self._signs = Cues({item.id: item.signs for item in base.assessment.countries if item.signs}, tokenizer)

    def words(self) -> frozenset[str]:
        """Every word of a sign."""
        return self._signs.words()

    def apart(self, message: ReadMessage, parts: list[Part]) -> frozenset[str]:
        """Countries that are named only as somebody else's ("my friend in …") or as not meant ("not in …").

        None where a question points to a place that is told of ("can i do it there").
        """
        if any(part.asks and message.says(part.start, part.end, "over_there") for part in parts):
            return frozenset()
        meant, aside = set[str](), set[str]()
        for part in parts:
            for name in message.names:
                if part.start <= name.start < part.end and (ids := name.ids("country")):
                    (aside if _not_meant(message, part, name) else meant).add(ids[0])
        return frozenset(aside - meant)

    def countries(self, message: ReadMessage, parts: list[Part]) -> list[ToldFact]:
        """Countries: where somebody is ("held"), comes from ("left"), wants to go ("planned"), asks about ("asked").

        The surest come last, so that they win.
        """
        found: list[tuple[int, ToldFact]] = []
        marks = self._signs.find(message.tokens)
        for index, part in enumerate(parts):
            for name in message.names:
                if part.start <= name.start < part.end and (ids := name.ids("country")):
                    told = _country(message, parts, index, name)
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
        left = {fact.value for _, fact in found if fact.standing in ("left", "denied")}
        kept = [pair for pair in found if pair[0] >= 0 or not (here or pair[1].value in left)]
        return [fact for _, fact in sorted(kept, key=_sure)]


def _not_meant(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether a place is somebody else's, or is said not to be meant."""
    others = part.subject == "other" and not message.has(part.start, "group") and not part.asks
    put_right = _put_right(message, part, name)
    denied = put_right is not None and put_right[1] == "denied"
    if _sent_there(message, part, name):
        return True
    return denied or others or (not part.asks and _somebodys(message, part, name))


def _sent_there(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether it is where work goes or is done, and no person ("my job went to …", "it is all done in …")."""
    at = name.start - 1
    while message.has(at, "det"):
        at -= 1
    verb = -1
    if message.has(at, "inside"):  # "is done in <place>", "went to a vendor in <place>"
        verb = message.first(part.start, at, "work_done")
        sent = message.first(part.start, at, "work_sent")
        verb = sent if verb < 0 <= sent and message.first(sent, at, "to") >= 0 else verb
    elif message.has(at, "to"):
        verb = message.first(part.start, at, "work_sent")
    named = any(not message.has(near, "filler", "so", "join", "self_be", "plan") for near in range(part.start, verb))
    return named and not message.says(part.start, part.end, "movers")


def _sure(pair: tuple[int, ToldFact]) -> tuple[bool, int]:
    """Signs say more than where somebody comes from, and less than where they are."""
    sure, fact = pair
    return fact.standing == "held", sure


def _country(message: ReadMessage, parts: list[Part], index: int, name: Name) -> tuple[int, FactStanding, str] | None:
    """How sure, how it stands and why."""
    part = parts[index]
    before = max(part.start, name.start - NEAR)
    said = _put_right(message, part, name)
    if said is not None:
        return said
    if part.fragment and any(near.demands for near in parts[sentence(parts, index)[0] : index]):
        return None  # "the ad says …, texas residents"
    if part.asks or part.commands:
        return (0, "asked", "asked about") if _asked(message, part, name) else None
    if message.ends(name.start, part.start, "here_in") >= 0 and not part.reported:
        return 2, "held", HERE_IN
    if _elsewhere_told(message, part, name, before) or _sent_there(message, part, name):
        return None
    if message.says(part.start, name.start, "going"):
        return None if message.says(part.start, name.start, "neg") else (0, "planned", "wants to go")
    if part.supposed:
        return None
    job = message.first(part.start, name.start, "job_there")
    if job >= 0 and message.says(part.start, job, "plan_role") and not message.says(part.start, job, "neg"):
        return 0, "planned", "a job wanted there"
    begins = part.start + (1 if message.has(part.start, "det") else 0)
    if part.fragment and message.has(begins, "job_there"):
        return 0, "planned", "a job there"
    if message.has(name.start - 1, "indefinite_article") and message.says(part.start, name.start, "self_be"):
        of_whom = message.name_at.get(name.end)
        if of_whom is not None and of_whom.ids("licence", "background", "role"):
            return 0, "left", "of a country"
    if _at_work_in(message, part, name):
        return 1, "held", "at work there"
    return _moved(message, part, name, before) or _there(message, parts, index, name)


def _moved(message: ReadMessage, part: Part, name: Name, before: int) -> tuple[int, FactStanding, str] | None:
    """A country that somebody moved from or to, or will."""
    moving = message.says(part.start, name.start, "on_the_move")
    if moving and message.has(name.start - 1, "from", "to"):
        there = message.has(name.start - 1, "to")
        return (0, "planned", "moving to") if there else (1, "held", "not moved from yet")
    moved = message.says(part.start, name.start, "move") and not message.says(part.start, name.start, "plan")
    if moved and message.has(name.start - 1, "from"):
        return 0, "left", "moved from"
    if message.says(before, name.start, "moved") or (moved and message.has(name.start - 1, "to")):
        return 2, "held", MOVED_TO
    return None


def _there(message: ReadMessage, parts: list[Part], index: int, name: Name) -> tuple[int, FactStanding, str] | None:
    """A country where somebody is, was, or has a home."""
    part, before = parts[index], max(parts[index].start, name.start - NEAR)
    over = not message.says(part.start, name.start, "have", "still")
    if (over and message.says(part.start, name.start, "did_there")) or message.says(part.start, name.start, "studied"):
        return 0, "left", "studied or worked there"
    if message.says(before, name.start, "living"):
        return 2, "held", LIVES_IN
    home = message.says(part.start, name.start, "from_home")
    if _owns_there(message, part, name) and not home:
        coming = any(
            message.says(near.start, near.end, "move_ahead") for near in parts[index : sentence(parts, index)[1]]
        )
        return (0, "planned", "a home there, and moving") if coming else None
    if message.says(part.start, name.start, "visiting") or _somebodys(message, part, name):
        return None
    return _from_or_in(message, part, name, before)


def _at_work_in(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether it is the town of a place of work: "a <workplace> of …", "working <town> <workplace>"."""
    if name.meanings[0].own and not message.has(name.start - 1, "of_what"):
        return False
    at = name.start - 1
    before, after = message.name_at.get(at - 1), message.name_at.get(name.end)
    place = (before is not None and bool(before.ids("setting"))) or any(
        item.told.setting and item.end == at for item in message.tellings
    )
    if message.has(at, "of_what"):
        return place
    if message.has(at, "work") and after is not None and after.ids("setting"):
        return True
    strange = message.free(at) and not message.marks[at] and message.tokens[name.start].gap == NONE
    ends = name.end >= part.end or message.tokens[name.end].gap != NONE
    return strange and ends and message.has(at - 1, "at") and message.says(part.start, at, "work", "experience")


def _owns_there(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether a house or the like there is told of ("have a house in …"), and not a place of work ("a … home in …")."""
    at = message.first(part.start, name.start, "property")
    while at >= 0:
        owned = at == part.start or message.has(at - 1, "det", "my", "group", "have", "property")
        if owned and message.free(at):
            return True
        at = message.first(at + 1, name.start, "property")
    return False


def _put_right(message: ReadMessage, part: Part, name: Name) -> tuple[int, FactStanding, str] | None:
    """A country that is named outright, put right or denied: "my country is …", "i said …", "not in …"."""
    if part.subject == "other" and part.explicit:
        return None
    at = name.start - 1
    while at >= part.start and message.has(at, "det", "filler", "inside"):
        at -= 1
    leads = [
        cue for cue in ("enough_of", "plan_there", "place_is")
        if any(message.ends(end, part.start, cue) >= 0 for end in range(at + 1, name.start + 1))
    ]  # fmt: skip
    if "enough_of" in leads:
        return 0, "denied", "not to be spoken of"
    begged = not part.asks or message.says(part.start, name.start, "you")
    if "plan_there" in leads and begged and not message.says(part.start, name.start, "neg"):
        return 2, "held", PLAN_THERE
    if part.asks or part.commands or part.supposed:
        return None
    ends = name.end >= part.end or message.tokens[name.end].gap != NONE or message.has(name.end, "neg", "after_held")
    if ends and "place_is" in leads and not message.has(name.end, "relative"):
        return 2, "held", OUTRIGHT
    at = name.start - 1
    while at >= part.start and message.has(at, "det", "filler", "inside", "living", "at_place", "self_be"):
        at -= 1
    denied = message.has(at, "neg") and not message.says(part.start, at + 1, "only")
    return (0, "denied", "not there") if denied else None


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
            or message.has(at, "self_be", "self", "filler", "so", "move", "greet", "age_alone")
            or (message.has(at - 1, "self_be") and message.free(at) and not message.marks[at])  # "i am <name> from …"
        )
        return (0, "left", "from") if own or not message.has(name.start - 1, "from") else None
    inside = message.says(before, name.start, "at_place") and not message.has(name.start - 1, "to")
    first = part.start
    while message.has(first, "so", "connector", "join"):
        first += max(1, message.length(first, "connector"))
    of_it = message.has(first, "it") and not part.explicit and not message.has(name.start - 2, "be")
    if inside and (of_it or _of_employer(message, part, name)):
        return None  # "it is cheaper in …"
    led = name.end - name.start > 1 and message.has(name.start, "inside")  # a name that begins with "in"
    return (1, "held", "in") if inside or led or part.fragment else None


def _somebodys(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether it is where somebody else is ("a friend in …"), and not where the writer lives with them."""
    at = name.start - 2
    return not part.owner and message.has(at, "person") and not message.says(part.start, at, "living", "self_be")


def _of_employer(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether it is where somebody's employer is, of who works from another country ("a company in … from …")."""
    elsewhere = any(
        other.ids("country") and other is not name and message.has(other.start - 1, "from")
        for other in message.names
        if name.end <= other.start < part.end
    )
    return elsewhere and message.says(part.start, name.start, "source")


def _elsewhere_told(message: ReadMessage, part: Part, name: Name, before: int) -> bool:
    """Whether a clause speaks of somebody's or something's place, or says where somebody is not."""
    we = message.has(part.start, "group") and not message.says(part.start, name.start, "person", "source")
    if part.demands or (part.subject == "other" and part.explicit and not we):
        return True
    if part.explicit and part.subject == "nobody" and message.says(part.start, name.start, "source"):
        return True
    if _of_thing(message, part, name):
        return True
    return message.says(before, name.start, "neg") or message.ends(name.start, part.start, "origin_only") >= 0


def _of_thing(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether a country's name says of which country a thing is ("for a us client", "the us one")."""
    if not name.meanings[0].own:
        return False  # who works at "a <town> hospital" is there
    noun = name.end < part.end and message.tokens[name.end].gap == NONE
    of_one = message.has(name.start - 1, "indefinite_article") and not message.has(name.end, "trained")
    of_many = message.has(name.start - 1, "for_it") and not part.fragment
    return noun and (
        of_one
        or of_many
        or message.has(name.end, "clients")
        or (message.has(name.start - 1, "the") and message.has(name.end, "that_one"))
    )


def _asked(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether a question is asked for a place, and not of somebody else there."""
    placed = message.has(name.start - 1, "inside") or not (name.meanings[0].own or message.has(name.start - 1, "from"))
    return placed and part.subject != "other" and not message.says(part.start, part.end, "other", "person")
