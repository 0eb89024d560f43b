"""The career chart in the conversation: the picture, its levels and roles as taps, and all of it as text.

Everything is read from the ladder, so that picture, taps and text say the same. Figures of a move
are told only where they have a source.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from markupsafe import Markup, escape

from bot.advice.chart.phrases import Phrases
from bot.advice.chart.pictures import CHART, chart_arguments, phrases_for
from bot.advice.chart.text import chart_caption, chart_text
from bot.advice.chart.theme import ThemeName
from bot.advice.conditions import asks_years, describe
from bot.advice.ladder import moves_from
from bot.advice.profile import Profile
from bot.advice.wording import Wording, sourced
from bot.conversation.flow import Command, Flow, Message, Outcome, Verb
from bot.conversation.frames import Frame
from bot.conversation.messages import Button, Picture, Reply
from bot.conversation.replies import MAX_CHOICES, MAX_LABEL, Replies
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.figures import written
from bot.knowledge.model import Move, Role

MAX_ONWARD = 3  # roles that a role leads to, as buttons of their own
MAX_MOVES = 6
# What the button below a picture leads to: the same in the other colours.
OTHER: dict[ThemeName, tuple[str, ThemeName]] = {"light": ("button_dark", "dark"), "dark": ("button_light", "light")}


class CareerMap(Flow):
    """Shows the chart of one knowledge base, for everybody or for one person."""

    name = "chart"
    slash = {"chart": "light"}

    def __init__(self, base: KnowledgeBase, replies: Replies) -> None:
        super().__init__(base, replies)
        self.wording = Wording(base)
        self.verbs = {
            "light": Verb(self._drawn),
            "dark": Verb(self._drawn),
            "levels": Verb(self._above),
            "text": Verb(self._words),
            "level": Verb(self._one_level, takes=(2,)),
            "role": Verb(self._one_role, takes=(1,)),
        }

    def typed(self, heard: Message, frame: Frame | None) -> Command | None:
        """The chart in words or in other colours, where a message asks for just that."""
        words, cues = heard.text.casefold(), self.base.texts.cues
        if any(cue in words for cue in cues["chart_text"]):
            return Command(self.name, ("text",))
        if any(cue in words for cue in cues["chart_dark"]):
            return Command(self.name, ("dark",))
        return None

    def _drawn(self, session: Session, command: Command, today: date) -> Outcome:
        return _outcome(session, self._picture(session, "dark" if command.verb == "dark" else "light"))

    def _above(self, session: Session, command: Command, today: date) -> Outcome:
        """The same without the picture: what Back leads to."""
        phrases = phrases_for(self.base, _known(session.profile))
        return _outcome(session, self._overview(phrases, self._button("button_picture", "light")))

    def _one_level(self, session: Session, command: Command, today: date) -> Outcome | None:
        level, page = command.rest
        reply = self._level(level, int(page)) if page.isdecimal() else None
        return _outcome(session, reply) if reply is not None else None

    def _one_role(self, session: Session, command: Command, today: date) -> Outcome | None:
        role = self.base.roles.get(command.rest[0])
        return _outcome(session, self._role(role, today)) if role is not None else None

    def _picture(self, session: Session, theme: ThemeName) -> Reply:
        """The picture with a short text; always a message of its own."""
        profile = _known(session.profile)
        phrases = phrases_for(self.base, profile)
        picture = Picture(kind=CHART, arguments=chart_arguments(profile, theme), alt=chart_caption(phrases))
        reply = self._overview(phrases, self._button(*OTHER[theme]))
        return reply.model_copy(update={"picture": picture})

    def _overview(self, phrases: Phrases, colours: Button | None) -> Reply:
        lines = [Markup("<b>{title}</b>").format(title=phrases.title)]
        buttons: list[Button | None] = []
        for level in self.base.field.levels:
            roles = self._roles(level.id)
            if roles:
                names = ", ".join(role.name for role in roles)
                lines.append(Markup("• <b>{level}</b>: {names}").format(level=level.name, names=names))
                buttons.append(self.replies.tap(self.name, level.name, "level", level.id, "0"))
        lines.append(escape(self.replies.text("chart_tap")))
        return self._reply(
            lines,
            buttons[:MAX_CHOICES],
            (self._button("button_as_text", "text"), colours),
        )

    def _words(self, session: Session, command: Command, today: date) -> Outcome:
        """All of it in words; channels split what is too long for one message."""
        phrases = phrases_for(self.base, _known(session.profile))
        ways = (self._button("button_levels", "levels"), self._button("button_picture", "light"))
        return _outcome(session, self._reply((chart_text(phrases),), (), ways))

    def _level(self, level: str, page: int) -> Reply | None:
        """The roles of a level, some at a time."""
        name = next((item.name for item in self.base.field.levels if item.id == level), None)
        roles = self._roles(level)
        shown = roles[page * MAX_CHOICES :][:MAX_CHOICES]
        if name is None or not shown:
            return None
        lines = [Markup("<b>{level}</b>").format(level=name)]
        lines += [Markup("• {name}").format(name=role.name) for role in shown]
        lines.append(escape(self.replies.text("chart_tap_role")))
        ways = [self._button("button_back", *(("level", level, str(page - 1)) if page else ("levels",)))]
        if len(roles) > (page + 1) * MAX_CHOICES:
            ways.append(self._button("button_more", "level", level, str(page + 1)))
        return self._reply(lines, [self._role_button(role) for role in shown], ways)

    def _role(self, role: Role, today: date) -> Reply:
        """Where one role leads, by the kind of move, with years and needs where a source gives them."""
        level = next(item.name for item in self.base.field.levels if item.id == role.level)
        lines = [Markup("<b>{role}</b> ({level})").format(role=role.name, level=level), escape(role.summary)]
        moves = [step.move for step in moves_from(self.base, role.id)][:MAX_MOVES]
        lines.append(escape(self.replies.text("chart_leads" if moves else "chart_top")))
        phrases = phrases_for(self.base)
        lines += [self._move(move, phrases) for move in moves]
        lines.append(self.wording.source_line([sourced("", move) for move in moves if move.source], today))
        buttons = [
            self.replies.ask_button("overview", (role.id,)),
            self.replies.button("button_plan_this", "road", "goal", role.id),
            *(self._role_button(self.base.roles[move.to]) for move in moves[:MAX_ONWARD]),
        ]
        page = self._roles(role.level).index(role) // MAX_CHOICES
        return self._reply(lines, buttons, (self._button("button_back", "level", role.level, str(page)),))

    def _move(self, move: Move, phrases: Phrases) -> Markup:
        parts = [self.base.roles[move.to].name]
        if move.source is not None and move.years_high:
            low, high = written(move.years_low), written(move.years_high)
            years = low if low == high else self.replies.text("from_to").format(low=low, high=high)
            key = "about_a_year" if move.years_high == 1 else "about_years"
            parts.append(self.replies.text(key).format(years=years))
        if move.needs is not None and not (move.assumption and asks_years(move.needs)):
            parts.append(self.replies.text("move_needs").format(needs=describe(move.needs, self.base)))
        doubt = self.wording.doubt(sourced("", move)) if move.source else ""
        line = Markup("• {kind}: {parts} {doubt}").format(
            kind=phrases.kind(move.kind), parts=", ".join(parts), doubt=doubt
        )
        return line.rstrip()

    def _roles(self, level: str) -> list[Role]:
        return sorted(
            (role for role in self.base.roles.values() if role.level == level and self.base.is_offered(role.id)),
            key=lambda role: role.name,
        )

    def _role_button(self, role: Role) -> Button | None:
        """A role by its name, cut where a phone would cut it less kindly."""
        label = role.name if len(role.name) <= MAX_LABEL else f"{role.name[: MAX_LABEL - 1].rstrip()}…"
        return self.replies.tap(self.name, label, "role", role.id, say=role.name)

    def _button(self, key: str, *arguments: str) -> Button | None:
        return self.replies.button(key, self.name, *arguments)

    def _reply(self, lines: Iterable[object], buttons: Sequence[Button | None], ways: Sequence[Button | None]) -> Reply:
        return self.replies.reply(lines, buttons, away=(*ways, self.replies.home()), topic="chart")


def _known(profile: Profile) -> Profile | None:
    """A profile that says something; the chart is everybody's otherwise."""
    return profile if profile != Profile() else None


def _outcome(session: Session, reply: Reply) -> Outcome:
    """The reply, to somebody who is understood again."""
    return Outcome(session.model_copy(update={"misses": 0}), (reply,))
