"""What somebody works as, and the years behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.knowledge.base import KnowledgeBase
from bot.understanding.reader.clauses import Part
from bot.understanding.reader.heard import IN_PASSING, FactStanding, ToldFact
from bot.understanding.reader.merge import Known
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.names import Name
from bot.understanding.reader.pieces import placed_piece, starts_way
from bot.understanding.reader.quantities import FIRST_YEAR
from bot.understanding.reader.splits import Splits
from bot.understanding.reader.times import bare_question, no_work, supported
from bot.understanding.reader.tokens import NONE

MAX_YEARS = 60
MAX_STRANGE = 2  # words between an article and the name of a job ("an experienced …")
DECIMALS = 1
NOBODY = Known()


class Jobs:
    """Reads roles and years."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self._roles = {role.id: role.experience for role in base.roles.values()}
        self._backgrounds = {item.id: item for item in base.assessment.backgrounds}
        default = base.roles.get(base.field.default_entity)
        self._default = default.experience if default else None
        self._anything = base.assessment.experience[-1].id
        self._splits = Splits(self.kind_at)

    # ---- roles
    def roles(self, message: ReadMessage, parts: list[Part]) -> list[ToldFact]:
        """The jobs told, in order."""
        found: list[ToldFact] = []
        split = self._splits.read(message, parts)
        for index, part in enumerate(parts):
            counted = any(part.start <= item.start < part.end for item in split)
            listed = counted and not message.says(part.start, part.end, "self_be")
            for name in message.names:
                if not part.start <= name.start < part.end or (listed and name.ids("experience", "role")):
                    continue
                how = self._standing(message, parts, index, name)
                if how is None:
                    continue
                roles = name.ids("role")
                work = how[1] == IN_PASSING and name.ids("experience") and any(one.standing == "held" for one in found)
                if roles and not name.ids("licence") and not work:  # years of a kind of work, of who told their job
                    found.append(ToldFact(field="role", value=roles[0], standing=how[0], clause=index, why=how[1]))
            hangs = bool(index) and not (part.opens or part.explicit) and parts[index - 1].asks
            if not hangs and not any(fact.clause == index and fact.standing in ("held", "denied") for fact in found):
                found.extend(self._done(message, part, index))
        return found

    def _done(self, message: ReadMessage, part: Part, index: int) -> Iterator[ToldFact]:
        """The job of somebody who says what they do all day."""
        if part.subject != "self" or not _plain(part) or message.tokens[part.start].asked:
            return
        for telling in message.tellings:
            role = telling.told.role
            if role is None or not part.start <= telling.start < part.end:
                continue
            if message.says(part.start, telling.start, "neg", "plan_role", "other", "person"):
                continue
            if any(name.ids("role") for name in message.names if part.start <= name.start < telling.start):
                continue
            before = telling.start - 1
            if part.fragment and before >= part.start and message.free(before) and not message.marks[before]:
                continue  # a noun before it makes it something else
            past = message.says(part.start, telling.start + 1, "past") or message.says(telling.end, part.end, "anymore")
            standing: FactStanding = "left" if past else "held"
            yield ToldFact(field="role", value=role, standing=standing, clause=index,
                       why=message.text(telling.start, telling.end))  # fmt: skip
            return

    def _standing(
        self, message: ReadMessage, parts: list[Part], index: int, name: Name
    ) -> tuple[FactStanding, str] | None:
        part = parts[index]
        if part.asks and part.subject == "self" and starts_way(message, part, name) and not name.plural:
            return "held", "where a way starts"
        if part.subject != "self" or not _plain(part) or name.plural:
            return None
        if starts_way(message, part, name):
            return "held", "where a way starts"
        if not _followed(message, name):
            return None
        governor, aspiring = _governor(message, part, name)
        if aspiring:
            return "planned", "aspiring"
        if governor < 0:
            return self._piece(message, parts, index, name)
        negated = message.says(part.start, name.start, "neg")
        if message.says(part.start, name.start, "used_to"):
            return "left", "used to be"
        if message.says(part.start, name.start, "plan_role"):
            return ("denied", "not wanted") if negated else ("planned", "wanted")
        if negated:
            return "denied", "negated"
        after = next((other.start for other in message.names if name.end <= other.start < part.end), part.end)
        did = message.has(governor, "did_past") and not message.has(governor - 1, "perfect")
        if did or _left(message, part, name) or message.says(name.end, after, "anymore"):
            return "left", "left"
        return "held", message.text(governor, name.end)

    def _piece(
        self, message: ReadMessage, parts: list[Part], index: int, name: Name
    ) -> tuple[FactStanding, str] | None:
        """A role told without a verb: "<role> here", "<role> 5 years", "former <role>"."""
        part = parts[index]
        if message.says(part.start, part.end, "plan_role", "aspiring", "requirement", "or"):
            return None
        if part.fragment and message.says(part.start, name.start, "neg"):
            return ("denied", "negated") if name.start - part.start <= MAX_STRANGE else None
        if part.fragment and message.says(part.start, name.start, "left"):
            return "left", "left"
        years = supported(message, parts, index) and not message.says(part.start, name.start, "lapse")
        here = message.has(name.end, "holder") or message.has(part.end - 1, "here")
        if bare_question(message, parts, index) or not all(_fills(message, at) for at in range(part.start, name.start)):
            return None
        if index and message.ends(part.start, parts[index - 1].start, "goal_noun") >= 0:
            return None
        placed = placed_piece(message, parts, index, name)
        return ("held", IN_PASSING) if part.fragment and (years or here or placed) else None

    def at_work(self, message: ReadMessage, parts: list[Part], facts: list[ToldFact], known: Known) -> list[ToldFact]:
        """The job of whoever names none, by what only people in it say of their work."""
        if known.role or known.role_left or any(fact.field == "role" for fact in facts):
            return []
        for index, part in enumerate(parts):
            if part.subject == "other" and not message.says(part.start, part.end, "self", "my"):
                continue
            if part.supposed and message.says(part.start, part.end, "conditional"):
                continue
            for telling in message.tellings:
                if telling.told.always and telling.told.role and part.start <= telling.start < part.end:
                    if message.says(part.start, telling.start, "person", "plan_role", "left", "wish"):
                        continue
                    why = message.text(telling.start, telling.end)
                    role = telling.told.role
                    if role == self._base.field.default_entity:
                        role = self._certified([*facts, *known.facts()]) or role
                    return [ToldFact(field="role", value=role, clause=index, why=why)]
        return []

    def certified(self, message: ReadMessage, parts: list[Part], facts: list[ToldFact], known: Known) -> list[ToldFact]:
        """The job of whoever names none, by a credential with years of its work."""
        if known.role or known.role_left or any(fact.field == "role" for fact in facts):
            return []
        told = {str(fact.kind): fact for fact in facts if fact.field == "years"}
        role = self._certified([*facts, *known.facts()])
        if role is None or set(told) | set(known.years) != {self._roles[role]}:
            return []
        index = next((fact.clause for fact in told.values()), 0)
        own = [part for part in parts if part.subject == "self" and not (part.asks or part.supposed)]
        if any(message.says(part.start, part.end, "not_there_now", "lapse") for part in own):
            return []
        if message.says(parts[index].start, parts[index].end, "left", "did_work", "neg"):
            return []
        return [ToldFact(field="role", value=role, clause=index, why="certified, with years")]

    def _certified(self, told: list[ToldFact]) -> str | None:
        """The job that the credentials held stand for: the one they all name, else the field's own."""
        credentials = (fact for fact in told if fact.field == "certification" and fact.standing == "held")
        held = [self._base.certifications[str(fact.value)] for fact in credentials]
        if not held or any(item.full is not None for item in held):
            return None
        named = {item.id: [other for other in item.see_also if other in self._roles] for item in held}
        shared = set.intersection(*(set(roles) for roles in named.values()))
        return min(shared, default=self._base.field.default_entity)

    # ---- years
    def years(
        self, message: ReadMessage, parts: list[Part], identity: str | None, today: date, known: Known = NOBODY
    ) -> list[ToldFact]:
        """Years of each kind. `identity` is the kind that the person's job or credential stands for.

        A time that corrects one is of the kind `known`, where that is only one.
        """
        found = []
        corrected = next(iter(known.years)) if len(known.years) == 1 and message.has(0, "correct") else None
        split = self._splits.read(message, parts)
        taken = {place for item in split for place in range(item.start, item.end)}
        whole = sum(item.value for item in split)
        for index, part in enumerate(parts):
            spent = _years_in(message, part)
            if (
                not (_plain(part) or (spent and part.asks))
                or part.subject == "other"
                or bare_question(message, parts, index)
            ):
                continue
            if part.subject != "self" and not spent:
                continue
            for item in split:
                if part.start <= item.start < part.end:
                    why = message.text(item.start, item.end)
                    found.append(ToldFact(field="years", value=item.value, kind=item.kind, clause=index, why=why))
            for value, start, end in self._spans(message, part, today):
                if start in taken or (split and value == whole):
                    continue
                kind = self._kind(message, part, start, end, identity) or self._beside(
                    message, parts, index, start, end, identity
                )
                if kind is None and _about_work(message, part, start):
                    doing = message.says(part.start, part.end, "doing_this")
                    kind = corrected or identity or (self._default if doing else None)
                if kind is not None and 0 < value <= MAX_YEARS:
                    found.append(
                        ToldFact(field="years", value=round(value, DECIMALS), kind=kind, clause=index,
                             why=message.text(start, end))
                    )  # fmt: skip
        return found

    def _spans(self, message: ReadMessage, part: Part, today: date) -> Iterator[tuple[float, int, int]]:
        for quantity in message.quantities:
            if not part.start <= quantity.start < part.end:
                continue
            if quantity.kind == "years" and message.has(quantity.end, "ago"):
                if message.says(part.start, quantity.start, "began") and not message.says(
                    part.start, quantity.start, "left"
                ):
                    yield quantity.value, quantity.start, quantity.end
            elif quantity.kind == "years" and not no_work(message, part, quantity.start, quantity.end):
                yield quantity.value, quantity.start, quantity.end
            elif (
                message.has(quantity.start - 1, "until_now")
                and quantity.kind == "number"
                and FIRST_YEAR <= quantity.value <= today.year
                and not any(name.ids("certification") for name in message.names if part.start <= name.start < part.end)
            ):
                yield today.year - quantity.value, quantity.start - 1, quantity.end

    def _kind(self, message: ReadMessage, part: Part, start: int, end: int, identity: str | None) -> str | None:
        told = sorted(
            (item for item in message.tellings if part.start <= item.start < part.end),
            key=lambda item: (item.told.role is None, max(item.start - end, start - item.end)),
        )
        for telling in told:
            if telling.told.experience or telling.told.role:
                return telling.told.experience or self._roles[str(telling.told.role)]
        near = sorted(
            (name for name in message.names if part.start <= name.start < part.end and not name.plural),
            key=lambda name: max(name.start - end, start - name.end),
        )
        for name in near:
            kind = self.kind_of(name, identity) if _followed(message, name) or name.ids("experience") else None
            if kind is not None and not (name.ids("certification") and message.has(start, "until_now")):
                return kind
        return None

    def _beside(
        self, message: ReadMessage, parts: list[Part], index: int, start: int, end: int, identity: str | None
    ) -> str | None:
        """The kind that the clause before or after in the sentence is about, where this one is a piece."""
        if not parts[index].fragment or message.has(start, "until_now"):
            return None
        if index and not parts[index].opens and _tells(parts[index - 1]) and self._single(message, parts[index - 1]):
            kind = self._kind(message, parts[index - 1], start, end, identity)
            if kind is not None:
                return kind
        after = parts[index + 1] if index + 1 < len(parts) else None
        told = after is not None and not after.opens and _tells(after) and self._single(message, after)
        if after is not None and told and start == parts[index].start:
            return self._kind(message, after, start, end, identity)
        return None

    def _single(self, message: ReadMessage, part: Part) -> bool:
        """Whether a clause speaks of one kind of work at most, so that a time beside it is none of a sum."""
        works = (self.kind_at(message, at) for at in range(part.start, part.end))
        return len({work[0] for work in works if work is not None}) <= 1

    def kind_at(self, message: ReadMessage, at: int) -> tuple[str, int, int] | None:
        """The kind of years that a name or a phrase from a token on stands for, with where that begins and ends."""
        for telling in message.tellings:
            if telling.start == at and (telling.told.experience or telling.told.role):
                told = telling.told.experience or self._roles[str(telling.told.role)]
                return str(told), at, telling.end
        name = message.name_at.get(at)
        if name is None or name.start != at or name.plural or name.ids("certification"):
            return None
        kind = self.kind_of(name)
        return (kind, at, name.end) if kind is not None else None

    def kind_of(self, name: Name, identity: str | None = None) -> str | None:
        """The kind of years that a name stands for; of a credential that of the person's job, `identity`."""
        for meaning in name.meanings:
            if meaning.kind == "experience":
                return meaning.id
        for meaning in name.meanings:
            if meaning.kind == "role":
                return self._roles[meaning.id]
            if meaning.kind == "background":
                kind = self._backgrounds[meaning.id].experience
                if kind != self._anything:  # what may be any work is none that counts
                    return kind
        if name.ids("certification"):
            return identity or self._default
        return None

    def identity(self, facts: list[ToldFact]) -> str | None:
        """The kind of years of what somebody says to be: a job first, then a licence, then a credential."""
        held = [fact for fact in facts if fact.standing in ("held", "left")]
        for fact in held:
            if fact.field == "role":
                return self._roles[str(fact.value)]
        for fact in held:
            if fact.field == "licence":
                for background in self._backgrounds.values():
                    if background.licence == fact.value and background.experience:
                        return background.experience
        if any(fact.field == "certification" for fact in facts if fact.standing == "held"):
            return self._default
        return None


def _governor(message: ReadMessage, part: Part, name: Name) -> tuple[int, bool]:
    """Where "am a", "work as a" or "as a" before a job begins (-1: nowhere), and whether it is only hoped for."""
    at, strange, article = name.start - 1, 0, False
    while at >= part.start:
        if message.has(at, "aspiring"):
            return at, True
        if message.has(at, "self_be", "as"):
            return at, False
        start = message.ends(at + 1, part.start, "doing")
        if start >= 0 and strange == 0 and (part.explicit or start < at):
            return start, False
        if at in message.name_at:
            at = message.name_at[at].start - 1
        elif message.has(at, "det", "filler", "join", "neg") or at in message.quantity_at:
            article = article or message.has(at, "det")
            at -= 1
        elif (
            not article
            and strange < MAX_STRANGE
            and not message.has(at, "function", "my", "self", "other", "person", "you")
        ):
            strange += 1
            at -= 1
        else:
            return -1, False
    return -1, False


def _left(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether it is behind the person ("worked as a …"), and not still so ("have worked as a …")."""
    gone = [at for at in range(part.start, name.start) if message.has(at, "left", "did_work")]
    return any(not message.has(at - 1, "perfect") or message.has(at, "used_to") for at in gone)


def _plain(part: Part) -> bool:
    return not (part.asks or part.supposed or part.commands or part.demands or part.reported)


def _fills(message: ReadMessage, at: int) -> bool:
    """Whether a word before a job in a piece leaves it what the person is."""
    return not message.free(at) or message.has(at, "det", "filler", "join", "so", "greet")


def _followed(message: ReadMessage, name: Name) -> bool:
    at = name.end
    if at >= len(message) or message.tokens[at].gap != NONE or at in message.name_at or at in message.quantity_at:
        return True
    return message.has(at, "after_role", "join", "question", "aux", "neg")


def _years_in(message: ReadMessage, part: Part) -> bool:
    """Whether a time is what somebody is "in" ("at 15 years in", "three years in at a …")."""
    return any(
        quantity.kind == "years"
        and part.start <= quantity.start < part.end
        and message.has(quantity.end, "inside")
        and (quantity.end + 1 >= part.end or message.has(quantity.end + 1, "at", "at_place"))
        for quantity in message.quantities
    )


def _tells(part: Part) -> bool:
    return part.subject == "self" and not (part.asks or part.supposed or part.commands)


def _about_work(message: ReadMessage, part: Part, start: int) -> bool:
    """Whether a clause with a time and no job in it is about the person's work: a piece, or "i have …"."""
    if (part.fragment and not message.has(start, "until_now")) or _years_in(message, part):
        return True
    return message.says(part.start, part.end, "experience", "doing_this")
