"""Credentials, licences and schooling that somebody tells of."""

from __future__ import annotations

from collections.abc import Iterator

from bot.knowledge.base import KnowledgeBase
from bot.understanding.reader.clauses import Part
from bot.understanding.reader.cues import Cues
from bot.understanding.reader.heard import IN_PASSING, RETRACTED, FactStanding, Field, ToldFact
from bot.understanding.reader.held_pieces import fragment_holds, only_thought_of
from bot.understanding.reader.labels import hoped, labels, own
from bot.understanding.reader.listed import (
    after_own,
    before_own,
    beside,
    current,
    dated_list,
    joined,
    names_in,
    of_choice,
    of_several_kinds,
)
from bot.understanding.reader.merge import Known
from bot.understanding.reader.message import ReadMessage
from bot.understanding.reader.names import Name, NameKind
from bot.understanding.reader.pieces import placed_piece, sentence, starts_way
from bot.understanding.reader.said_afterwards import latest_of, said_afterwards
from bot.understanding.reader.standing import PASSED, SAT, score_in, standing
from bot.understanding.reader.times import among_own, bare_question, supported
from bot.understanding.reader.tokens import Tokenizer

LABEL_WORDS = 3  # of a piece that says what the next one is ("exam booked: …")
FIELDS: dict[NameKind, Field] = {"certification": "certification", "licence": "licence", "degree": "education"}


class Credentials:
    """Reads how credentials, licences and schooling stand."""

    def __init__(self, base: KnowledgeBase, tokenizer: Tokenizer) -> None:
        self._base = base
        licences = [licence for licence in base.assessment.licences if licence.local]
        self._local = {licence.id for licence in licences}
        self._papers = Cues({licence.id: licence.papers for licence in licences}, tokenizer)
        self._months = frozenset(name for names in base.language.units.months for name in names)
        self._levels = {level.id for level in base.assessment.education}
        self._implied = {level.id: level.counts_as for level in base.assessment.education}
        self._abroad = {licence.id: licence.abroad for licence in base.assessment.licences if licence.abroad}

    def read(self, message: ReadMessage, parts: list[Part], aims: frozenset[str] = frozenset()) -> list[ToldFact]:
        """The facts, in the order told; `aims` are goals told before."""
        found: list[ToldFact] = []
        for index, part in enumerate(parts):
            for name in names_in(message, part):
                found.extend(self._told(message, parts, index, name))
            found.extend(said_afterwards(message, part, index, found))
            found.extend(self._labelled(message, parts, index, found, aims))
        if not any(fact.field == "education" for fact in found):
            found.extend(_schooling(message, parts))
        found = self._no_more_than_provisional(found)
        brought = {str(fact.value) for fact in found if fact.field == "licence"} & set(self._abroad.values())
        return [fact for fact in found if fact.field != "licence" or self._abroad.get(str(fact.value)) not in brought]

    def _no_more_than_provisional(self, found: list[ToldFact]) -> list[ToldFact]:
        """The facts without a full credential whose test was passed, of who says to be the provisional one."""
        held = {str(fact.value) for fact in found if fact.field == "certification" and fact.standing == "held"}
        full = {self._base.certifications[key].full for key in held}
        return [fact for fact in found if not (fact.value in full and fact.why == PASSED)]

    def put_down(self, facts: list[ToldFact], known: Known) -> list[ToldFact]:
        """The facts with the full credential denied to whoever says to have only the provisional one after all."""
        held = {str(fact.value) for fact in facts if fact.field == "certification" and fact.standing == "held"}
        full = {self._base.certifications[item].full: item for item in held}
        return [
            *(
                ToldFact(field="certification", value=key, standing="denied", why=RETRACTED)
                for key in full
                if key is not None and key not in held and known.certifications.get(key) == "held"
            ),
            *facts,
        ]

    def valid_here(self, message: ReadMessage, parts: list[Part], facts: list[ToldFact]) -> list[ToldFact]:
        """The facts without licences that count only where they were earned, of who brings them from abroad."""
        home = self._base.field.default_country
        here = [fact.value for fact in facts if fact.field == "country" and fact.standing == "held"]
        if here[-1:] != [home]:
            return facts
        return [
            fact
            for fact in facts
            if not (
                fact.field == "licence"
                and str(fact.value) in self._local
                and self._brought(message, parts, fact.clause)
                and not self._papered(message, parts)
            )
        ]

    def _brought(self, message: ReadMessage, parts: list[Part], index: int) -> bool:
        """Whether the clause of a licence, or one beside it, names another country."""
        end = parts[min(index + 1, len(parts) - 1)].end
        home = self._base.field.default_country
        return any(
            (ids := name.ids("country")) and ids[0] != home
            for name in message.names
            if parts[max(0, index - 1)].start <= name.start < end
        )

    def _papered(self, message: ReadMessage, parts: list[Part]) -> bool:
        """Whether a paper that makes a licence count here is said to be there."""
        marks = self._papers.find(message.tokens)
        for part in parts:
            at = next((at for at in range(part.start, part.end) if marks[at]), -1)
            if at >= 0 and not (
                part.asks or part.supposed or message.says(part.start, part.end, "neg", "plan", "wait")
            ):
                return True
        return False

    def _to_come(
        self, message: ReadMessage, parts: list[Part], index: int, name: Name
    ) -> tuple[FactStanding, str] | None:
        """Planned, where its test has a day ("<name> exam 14 june") or a label says so ("exam: …", "goal: …")."""
        part = parts[index]
        if part.subject != "self" or part.asks or part.supposed or name.plural:
            return None
        dated = any(message.tokens[at].word in self._months for at in range(name.end, part.end))
        dated = dated or message.says(name.end, part.end, "exam_when")
        if message.has(name.end, "tested") and part.fragment and dated:
            return "planned", "a test with a day"
        first = message.has(part.start, "tested") and part.fragment
        if first and any(message.tokens[at].word in self._months for at in range(part.start, part.end)):
            return "planned", "a test with a day"
        before = parts[index - 1] if index and not part.opens else None
        if before is None or before.end - before.start > LABEL_WORDS or name.start - part.start > 1:
            return None
        labelled = message.has(before.start, "tested", "goal_noun") and not any(names_in(message, before))
        return ("planned", "by its label") if labelled else None

    @staticmethod
    def _kept_up(message: ReadMessage, parts: list[Part], index: int, name: Name) -> tuple[FactStanding, str] | None:
        """Held, where several credentials are listed and the talk is of keeping them, or where a way starts at one."""
        part = parts[index]
        if not name.ids("certification") or part.subject == "other" or part.supposed:
            return None
        if starts_way(message, part, name):
            return "held", "where a way starts"
        first, last = sentence(parts, index)
        whole = (parts[first].start, parts[last - 1].end)
        listed = [
            one
            for one in message.names
            if whole[0] <= one.start < whole[1] and one.ids("certification") and joined(message, one)
        ]
        if name not in listed or message.says(*whole, "or", "plan_sure", "fits"):
            return None
        if message.says(whole[0], listed[-1].end, "neg"):
            return None
        return ("held", "kept up") if message.says(*whole, "upkeep") else None

    def _labelled(
        self, message: ReadMessage, parts: list[Part], index: int, found: list[ToldFact], aims: frozenset[str]
    ) -> Iterator[ToldFact]:
        """The provisional credential or the full one, by what is said of its label ("still have the …").

        Nobody has it who is only on the way to the full one.
        """
        part = parts[index]
        for telling in labels(message, part):
            told = str(telling.told.certification)
            full = self._base.certifications[told].full or told
            unsure = message.says(part.start, part.end, "or")
            if told != full and part.asks and not unsure and own(message, parts, index):
                yield ToldFact(field="goal", value=full, standing="asked", clause=index, why="the way to the full one")
            provisional = self._base.certifications[full].provisional
            latest = {fact.value: fact.standing for fact in latest_of(found) if fact.field == "certification"}
            if full in aims or latest.get(full) in ("planned", "failed", "denied") or not own(message, parts, index):
                continue
            if hoped(message, parts, index, full):
                continue
            off = (
                part.asks or part.supposed or message.says(part.start, telling.start, "neg", "plan", "obliged", "wait")
            )
            value = provisional if off and told == full else told
            if value is None or (value == provisional and message.has(telling.start - 1, "neg")):
                continue
            why = message.text(telling.start, telling.end)
            if value == full and provisional and latest.get(provisional) == "held":  # "it is off my <provisional>"
                found[:] = [fact for fact in found if (fact.field, fact.value) != ("certification", provisional)]
            if value == provisional and latest.get(full) == "held":
                found[:] = [fact for fact in found if (fact.field, fact.value) != ("certification", full)]
            yield ToldFact(field="certification", value=value, clause=index, why=why)

    def _told(self, message: ReadMessage, parts: list[Part], index: int, name: Name) -> Iterator[ToldFact]:
        part = parts[index]
        meanings = _in_full(message, name) or self._meanings(name)
        if not meanings:
            return
        how = standing(message, part, name) or self._to_come(message, parts, index, name)
        if how is None and fragment_holds(message, part, name):
            longer = len(parts) > 1 or part.end - part.start > name.end - name.start
            levels = all(field == "education" and value in self._levels for field, value in meanings)
            schooling = longer and (levels or bool(_in_full(message, name)))
            told = (
                schooling
                or supported(message, parts, index)
                or among_own(message, parts, index)
                or beside(message, parts, index)
                or after_own(message, parts, index)
                or before_own(message, parts, index)
                or dated_list(message, parts, index)
                or (current(message, part, name) and not message.tokens[part.start].asked)
                or of_several_kinds(message, part)
                or (bool(name.ids("licence")) and placed_piece(message, parts, index, name))
            )
            how = ("held", IN_PASSING) if told and not bare_question(message, parts, index) else None
        if how is not None and how[0] == "held" and only_thought_of(message, parts, index, name, how[1]):
            return
        if how is None or how[0] == "asked":
            how = self._kept_up(message, parts, index, name) or how
        if how is None or (how[0] == "held" and (of_choice(message, name) or self._at_a_month(message, part, name))):
            return
        if how[1] == SAT and self._well_enough(message, part, name):
            return
        for field, value in meanings:
            abroad = field == "licence" and value in self._abroad and self._from_abroad(message, parts, index)
            stands: FactStanding = "held" if abroad and how[0] == "expired" else how[0]
            if field == "education" and name.ids("background") and self._schooled(message, value):
                continue
            if field != "certification" and how[0] in ("asked", "failed"):
                continue
            meant = str(self._abroad[value]) if abroad else value
            yield ToldFact(field=field, value=meant, standing=stands, clause=index, why=how[1])

    def _at_a_month(self, message: ReadMessage, part: Part, name: Name) -> bool:
        """Whether schooling has a month in which it ends ("<degree> in may"): it is still to come, or may be."""
        at = name.end + message.has(name.end, "inside")
        ends = at > name.end and at < len(message) and message.tokens[at].word in self._months
        got = message.says(part.start, name.start, "have", "got_past", "had")
        return ends and not got and not name.ids("certification") and bool(name.ids("degree"))

    def _well_enough(self, message: ReadMessage, part: Part, name: Name) -> bool:
        """Whether a score reached in a test is one that passes: nobody says then that it is not held."""
        score = score_in(message, part, name)
        mark = next((self._base.certifications[key].planning.pass_mark for key in name.ids("certification")[:1]), None)
        return score is not None and mark is not None and score >= mark.low

    def _schooled(self, message: ReadMessage, level: str) -> bool:
        """Whether a higher schooling than what a background stands for is named beside it."""
        named = (found for name in message.names for found in name.ids("degree"))
        said = (str(item.told.education) for item in message.tellings if item.told.education)
        return any(level in self._implied.get(found, ()) for found in (*named, *said))

    def _meanings(self, name: Name) -> list[tuple[Field, str]]:
        found = [(FIELDS[meaning.kind], meaning.id) for meaning in name.meanings if meaning.kind in FIELDS]
        certifications = [pair for pair in found if pair[0] == "certification"]
        if certifications:
            return certifications[:1]
        general = [pair for pair in found if pair[1] in self._levels]
        schooling = general or [pair for pair in found if pair[0] == "education"]
        return [*[pair for pair in found if pair[0] == "licence"][:1], *schooling[:1]]

    def _from_abroad(self, message: ReadMessage, parts: list[Part], index: int) -> bool:
        """Whether the clause, or the next one, says that the person comes from another country."""
        last = sentence(parts, index)[1]
        if any(part.subject != "self" for part in parts[index:last]):
            last = index + 1
        end = parts[min(max(index + 1, last - 1), len(parts) - 1)].end
        home = self._base.field.default_country
        for name in message.names:
            if not parts[index].start <= name.start < end or name.ids("country")[:1] in ((), (home,)):
                continue
            at = name.start - 1
            while message.has(at, "det"):
                at -= 1
            after = message.name_at.get(name.end)
            if message.has(at, "origin", "at_place") or (after is not None and after.ids("licence")):
                return True
        return False


def _in_full(message: ReadMessage, name: Name) -> list[tuple[Field, str]]:
    """The schooling that a longer phrase means ("<degree> in <subject>")."""
    return [
        ("education", telling.told.education)
        for telling in message.tellings
        if telling.told.education and telling.start <= name.start < telling.end and name.ids("degree")
    ][:1]


def _schooling(message: ReadMessage, parts: list[Part]) -> Iterator[ToldFact]:
    """Schooling by a phrase of its own ("some college"), where nothing else tells it."""
    for index, part in enumerate(parts):
        if part.asks or part.supposed or part.demands or part.subject == "other" or part.reported:
            continue
        for telling in message.tellings:
            if message.says(part.start, telling.start, "nearly_so", "neg", "plan_role", "almost_did", "to_finish"):
                continue
            if message.has(telling.end, "school_job", "still_to_buy"):
                continue  # "high school teacher", "a bachelor's would cost me …"
            if message.has(telling.end - 1, "when_got") or message.has(telling.start - 1, "for_it"):
                continue  # "bachelors in may", "a grant for an associate's": to come
            if telling.told.education and part.start <= telling.start < part.end:
                why = message.text(telling.start, telling.end)
                yield ToldFact(field="education", value=telling.told.education, clause=index, why=why)
                return
