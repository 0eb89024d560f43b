"""What somebody works as."""

from __future__ import annotations

from collections.abc import Iterator

from bot.knowledge.base import KnowledgeBase
from bot.understanding.reader.clauses import Part
from bot.understanding.reader.credential_work import CredentialWork
from bot.understanding.reader.given_up import formerly, given_up
from bot.understanding.reader.heard import IN_PASSING, FactStanding, ToldFact
from bot.understanding.reader.merge import Known
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.names import Name
from bot.understanding.reader.pieces import followed, once_wanted, placed_piece, plain, sentence, starts_way
from bot.understanding.reader.splits import KindAt, Splits
from bot.understanding.reader.telling import Telling
from bot.understanding.reader.times import bare_question, supported
from bot.understanding.reader.tokens import NONE

LEAST_LISTED = 3  # pieces of a list that says what somebody is
MAX_STRANGE = 2  # words between an article and the name of a job ("an experienced …")


class Jobs:
    """Reads roles; `kind_at` says what kind of work begins at a token."""

    def __init__(self, base: KnowledgeBase, kind_at: KindAt) -> None:
        self._base = base
        self._roles = {role.id: role.experience for role in base.roles.values()}
        default = base.roles.get(base.field.default_entity)
        self._default = default.experience if default else None
        self._credentials = CredentialWork(base)
        self._splits = Splits(kind_at)

    def roles(self, message: ReadMessage, parts: list[Part]) -> list[ToldFact]:
        """The jobs told, in order."""
        found: list[ToldFact] = []
        split = self._splits.read(message, parts)
        for index, part in enumerate(parts):
            counted = any(part.start <= item.start < part.end for item in split)
            now = message.first(part.start, part.end, "before_that") if counted else -1
            listed = counted and now < 0 and not message.says(part.start, part.end, "self_be")
            for name in message.names:
                if not part.start <= name.start < part.end or (listed and name.ids("experience", "role")):
                    continue
                if message.has(name.start - 1, "teaches"):
                    continue  # what somebody teaches
                spent = name.start - 1 - message.has(name.start - 1, "as")
                if counted and (spent in message.quantity_at or 0 <= now < name.start):
                    continue  # what the years were spent on, or what was before
                if message.has(name.end, "besides") and not message.says(part.start, name.start, "self_be"):
                    continue  # not what they are there for
                how = self._standing(message, parts, index, name)
                if how is None:
                    continue
                roles = self._closest(message, part, name)
                behind = message.ends(name.start, part.start, "of_what", "inside") >= 0 or (
                    name.start - 1 in message.quantity_at and message.quantity_at[name.start - 1].kind == "years"
                )  # "12 years <work>"
                work = how[1] == IN_PASSING and (name.ids("experience") or behind)
                work = work and any(one.standing == "held" for one in found)
                if roles and not name.ids("licence") and not work:  # years of a kind of work, of who told their job
                    found.append(ToldFact(field="role", value=roles[0], standing=how[0], clause=index, why=how[1]))
            hangs = listed or (bool(index) and not (part.opens or part.explicit) and parts[index - 1].asks)
            if not hangs and not any(fact.clause == index and fact.standing in ("held", "denied") for fact in found):
                found.extend(self._done(message, part, index))
        return found

    def _closest(self, message: ReadMessage, part: Part, name: Name) -> tuple[str, ...]:
        """The jobs of a name, those of its kind before it where it ends their phrase ("<kind of> … <job>")."""
        roles = name.ids("role")
        if self._base.field.default_entity not in roles:
            return roles
        for telling in message.tellings:  # "pro fee surgery <job>"
            if telling.told.role and telling.start < name.start and telling.end == name.end:
                return (telling.told.role,)
        for other in message.names:
            near = part.start <= other.start < other.end <= name.start <= other.end + MAX_STRANGE
            kind = other.ids("role") if near else ()
            joined = near and all(
                message.tokens[at].gap == NONE and not message.has(at, "join", "function", "det", "too")
                for at in range(other.end, name.end)
            )
            if joined and kind and kind[0] not in roles and self._roles[kind[0]] == self._default:
                return kind
        return roles

    def _done(self, message: ReadMessage, part: Part, index: int) -> Iterator[ToldFact]:
        """The job of somebody who says what they do all day."""
        if part.subject != "self" or not plain(part) or message.tokens[part.start].asked:
            return
        over = given_up(message, part)
        if over is not None:
            role, why = over
            yield ToldFact(field="role", value=role, standing="left", clause=index, why=why)
            return
        for telling in self._jobs_said(message, part):
            role = str(telling.told.role)
            if message.says(part.start, telling.start, "neg", "plan_role", "other", "person"):
                continue
            if message.has(telling.end, "besides") or message.has(telling.start - 1, "besides"):
                continue  # not what they are there for
            if message.has(telling.end, "third") and not part.explicit:
                continue  # what is said of the work ("doing <work> is …")
            if any(name.ids("role") for name in message.names if part.start <= name.start < telling.start):
                continue
            if _is_noun(message, part, telling.start) or (
                len(message) == telling.end + 1 and _of_noun(message, part, telling)
            ):
                continue
            made = message.says(part.start, telling.end, "made_me")  # "was promoted to" is not over
            past = (not made and message.says(part.start, telling.start + 1, "past", "before_that")) or message.says(
                telling.end, part.end, "anymore"
            )
            standing: FactStanding = "left" if past else "held"
            yield ToldFact(field="role", value=role, standing=standing, clause=index,
                       why=message.text(telling.start, telling.end))  # fmt: skip
            return

    def _jobs_said(self, message: ReadMessage, part: Part) -> list[Telling]:
        """What a clause says of a job: the field's own job last, where another of its kind of work is told too."""
        said = [item for item in message.tellings if item.told.role and part.start <= item.start < part.end]
        own = self._base.field.default_entity
        closer = any(
            item.told.role != own and self._roles[str(item.told.role)] == self._default and not item.told.always
            for item in said
        )
        return sorted(said, key=lambda item: item.told.role == own) if closer else said

    def _standing(
        self, message: ReadMessage, parts: list[Part], index: int, name: Name
    ) -> tuple[FactStanding, str] | None:
        part = parts[index]
        if part.asks and part.subject == "self" and starts_way(message, part, name) and not name.plural:
            return "held", "where a way starts"
        made = part.subject == "other" and _made_it(message, part, name)
        if (part.subject != "self" and not made) or not plain(part) or name.plural:
            return None
        if starts_way(message, part, name):
            return "held", "where a way starts"
        if not followed(message, name) or message.says(part.start, name.start, "almost_is"):
            return None
        governor, aspiring = _governor(message, part, name)
        if aspiring or message.says(part.start, name.start, "pictured"):
            return "planned", "aspiring"
        if governor < 0:
            return self._piece(message, parts, index, name)
        negated = message.says(part.start, name.start, "neg")
        if message.says(part.start, name.start, "once_hoped"):
            return None
        if message.says(part.start, name.start, "used_to"):
            return "left", "used to be"
        if once_wanted(message, parts, index, name):
            return None
        if message.says(part.start, name.start, "plan_role"):
            return ("denied", "not wanted") if negated else ("planned", "wanted")
        if negated:
            return "denied", "negated"
        after = next((other.start for other in message.names if name.end <= other.start < part.end), part.end)
        did = message.has(governor, "did_past") and not message.has(governor - 1, "perfect")
        made = message.has(governor, "made_me")  # "was promoted to" is not over
        if did or (_left(message, part, name) and not made) or message.says(name.end, after, "anymore"):
            return "left", "left"
        return "held", message.text(governor, name.end)

    def _piece(
        self, message: ReadMessage, parts: list[Part], index: int, name: Name
    ) -> tuple[FactStanding, str] | None:
        """A role told without a verb: "<role> here", "<role> 5 years", "former <role>"."""
        part = parts[index]
        hoped = any(
            message.says(*around, "plan_role", "aspiring", "requirement", "or")
            for around in ((part.start, name.start), (name.end, part.end))
        )
        if hoped:
            return None
        if formerly(message, part, name):
            return "left", "former"
        if part.fragment and message.says(part.start, name.start, "left"):
            return "left", "left"
        if part.fragment and message.says(part.start, name.start, "neg"):
            return ("denied", "negated") if name.start - part.start <= MAX_STRANGE else None
        years = supported(message, parts, index) and not message.says(part.start, name.start, "lapse")
        here = message.has(name.end, "holder") or message.has(part.start, "at_present")
        if bare_question(message, parts, index) or not _filled(message, part.start, name.start):
            return None
        if index and message.ends(part.start, parts[index - 1].start, "goal_noun") >= 0:
            return None
        placed = placed_piece(message, parts, index, name)
        listed = _lists_credentials(message, parts, index)
        if not part.fragment or not (years or here or placed or listed):
            return None
        after = parts[index + 1] if index + 1 < len(parts) and not parts[index + 1].opens else None
        lost = after is not None and after.subject == "self" and message.has(after.start, "lost_job")
        return ("left", "lost") if lost else ("held", IN_PASSING)

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
        """The job of whoever names none, by a credential that they say to be, or work with, and years of its work.

        Who only lists both may be out of it.
        """
        if known.role or known.role_left or any(fact.field == "role" for fact in facts):
            return []
        told = {str(fact.kind): fact for fact in facts if fact.field == "years"}
        if not told and not any(fact.field == "certification" and fact.standing == "held" for fact in facts):
            return []  # nothing of it was said now
        role = self._certified([*facts, *known.facts()])
        if role is None or set(told) | set(known.years) != {self._roles[role]}:
            return []
        index = next((fact.clause for fact in told.values()), 0)
        own = [part for part in parts if part.subject == "self" and not (part.asks or part.supposed)]
        if any(message.says(part.start, part.end, "not_there_now", "lapse") for part in own):
            return []
        if any(item.told.role and item.told.role != role for item in message.tellings):
            return []
        if message.says(parts[index].start, parts[index].end, "left", "did_work", "neg"):
            return []
        if not (_says_to_be(message, parts) or _works_somewhere(message, parts[index])):
            return []
        return [ToldFact(field="role", value=role, clause=index, why="certified, with years")]

    def _certified(self, told: list[ToldFact]) -> str | None:
        """The job that the credentials held stand for: the one they all name, else the field's own."""
        credentials = (fact for fact in told if fact.field == "certification" and fact.standing == "held")
        held = [str(fact.value) for fact in credentials]
        if not held or any(self._base.certifications[item].full is not None for item in held):
            return None
        if self._credentials.kind(held) is None:
            return None
        named = [self._credentials.own_roles(item) for item in held]
        own = self._base.field.default_entity if self._credentials.kind(held) == self._default else None
        return min(frozenset.intersection(*named), default=own)


def _says_to_be(message: ReadMessage, parts: list[Part]) -> bool:
    """Whether a clause says to be a credential ("i am a <credential>", "as a <credential>")."""
    for part in parts:
        if part.subject != "self" or not plain(part):
            continue
        for name in message.names:
            if part.start <= name.start < part.end and name.ids("certification"):
                at = name.start - 1
                while at > part.start and message.has(at, "det", "filler"):
                    at -= 1
                if message.has(at, "self_be", "as") and not message.says(part.start, at, "plan_role", "neg"):
                    return True
    return False


def _works_somewhere(message: ReadMessage, part: Part) -> bool:
    """Whether a clause with a time says where or on what it is spent ("3 yrs at a …", "2 years in <specialty>")."""
    time = next((item for item in message.quantities if part.start <= item.start < part.end and item.kind == "years"),
                None)  # fmt: skip
    if time is None or time.end >= part.end:
        return False
    return message.says(time.end, part.end, "at", "at_place", "experience", "specialty") or any(
        item.start >= time.end
        and item.end <= part.end
        and (item.told.role or item.told.experience or item.told.setting)
        for item in message.tellings
    )


def _governor(message: ReadMessage, part: Part, name: Name) -> tuple[int, bool]:
    """Where "am a", "work as a" or "as a" before a job begins (-1: nowhere), and whether it is only hoped for."""
    at, strange, article = name.start - 1, 0, False
    while at >= part.start:
        if message.has(at, "aspiring"):
            return at, True
        if message.has(at, "self_be", "as"):
            return at, False
        titled = message.ends(at + 1, part.start, "title_is", "made_me")
        if titled >= 0:
            return titled, False
        start = message.ends(at + 1, part.start, "doing")
        told = part.explicit or start < at or not message.free(start - 1)  # "<licence> doing …", "2 years doing …"
        if start >= 0 and strange == 0 and told:
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


def _made_it(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether others gave the writer a job ("they made me <job>")."""
    start = message.first(part.start, name.start, "made_me")
    return start >= 0 and message.says(start, name.start, "self")


def _left(message: ReadMessage, part: Part, name: Name) -> bool:
    """Whether it is behind the person ("worked as a …"), and not still so ("have worked as a …")."""
    gone = [at for at in range(part.start, name.start) if message.has(at, "left", "did_work")]
    return any(not message.has(at - 1, "perfect") or message.has(at, "used_to") for at in gone)


def _of_noun(message: ReadMessage, part: Part, telling: Telling) -> bool:
    """Whether a message is nothing but a job with a noun behind it ("<job> salary"): that is asked about."""
    at = telling.end
    noun = message.free(at) and (not message.marks[at] or message.has(at, "not_budget"))
    return part.fragment and telling.start == 0 and noun


def _is_noun(message: ReadMessage, part: Part, start: int) -> bool:
    """Whether words before make it something else ("my <noun> …", a piece "<noun> …"), or somebody met ("to a …")."""
    before = start - 1
    if before < part.start:
        return False
    strange = message.free(before) and not message.marks[before]
    mine = message.free(before) and message.has(before - 1, "my") and not message.has(before, "filler", "held_noun")
    if (strange and (part.fragment or message.has(before - 1, "det"))) or mine:
        return True
    met = message.has(before, "indefinite_article") and not message.has(before - 1, "as")
    return met and message.has(before - 1, "preposition", "to", "with_it", "linked")


def _lists_credentials(message: ReadMessage, parts: list[Part], index: int) -> bool:
    """Whether a sentence begins with a job and goes on as a list of pieces with a credential in it."""
    first, last = sentence(parts, index)
    if last < len(parts) and all(part.fragment for part in parts[last : sentence(parts, last)[1]]):
        last = sentence(parts, last)[1]  # "<job>, <place>. <credential>"
    pieces = parts[first:last]
    if first != index or len(pieces) < LEAST_LISTED:
        return False
    own = all(part.fragment and part.subject == "self" and plain(part) for part in pieces)
    unsure = message.says(parts[first].start, parts[last - 1].end, "plan", "or", "required", "requirement", "tested")
    held = any(
        name.ids("certification") and not name.plural and name.start == part.start
        for part in pieces[1:]
        for name in message.names
        if part.start <= name.start < part.end
    )
    return own and held and not unsure and not message.tokens[parts[first].start].asked


def _filled(message: ReadMessage, start: int, end: int) -> bool:
    """Whether all words before a job in a piece leave it what the person is."""
    timed = any(at in message.quantity_at for at in range(start, end))  # "10 years <specialty> <work>" may be over
    kinds = set() if timed else message.covered(start, end, "specialty", "kind_of_job")
    return all(
        at in kinds or not message.free(at) or message.has(at, "det", "filler", "join", "so", "greet")
        for at in range(start, end)
    )
