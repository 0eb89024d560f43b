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
from bot.advice.conditions import asks_years, describe, number
from bot.advice.ladder import moves_from
from bot.advice.profile import Profile
from bot.advice.wording import Wording, sourced
from bot.conversation.bubbles import Bubbles, rows
from bot.conversation.flow import Turn
from bot.conversation.messages import Button, Picture, Reply
from bot.conversation.presses import Press, encode
from bot.conversation.road_bubbles import ACTION as ROAD
from bot.conversation.road_words import MAX_LABEL
from bot.conversation.session import Session
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.model import Move, Role

ACTION = "chart"
MAX_CHOICES = 6  # beside the row that leads on and back: more are not taken in at a glance
MAX_ONWARD = 3  # roles that a role leads to, as buttons of their own
MAX_MOVES = 6
OTHER: dict[ThemeName, ThemeName] = {"light": "dark", "dark": "light"}


class Charts:
    """Shows the chart of one knowledge base, for everybody or for one person."""

    def __init__(self, base: KnowledgeBase, bubbles: Bubbles) -> None:
        self.base = base
        self.bubbles = bubbles
        self.wording = Wording(base)

    def command(self, session: Session, word: str, today: date, *, edit: bool = False) -> Turn | None:
        """The chart has `/chart`."""
        return _turn(session, self._picture(session, "light")) if word == "chart" else None

    def typed(self, session: Session, text: str, today: date) -> Turn | None:
        """The chart in words or in other colours, where a message asks for just that."""
        words, cues = text.casefold(), self.base.texts.cues
        if any(cue in words for cue in cues["chart_text"]):
            return _turn(session, self._text(session, edit=False))
        if any(cue in words for cue in cues["chart_dark"]):
            return _turn(session, self._picture(session, "dark"))
        return None

    def press(self, session: Session, arguments: Sequence[str], today: date, *, edit: bool) -> Turn | None:
        """What a button of the chart does; None for one that fits no chart (any more)."""
        action, *rest = arguments or ("",)
        reply = None
        if action in OTHER and not rest:
            reply = self._picture(session, "dark" if action == "dark" else "light")
        elif action == "levels" and not rest:
            reply = self._levels(session, edit=edit)
        elif action == "text" and not rest:
            reply = self._text(session, edit=edit)
        elif action == "level" and len(rest) == 2 and rest[1].isdecimal():  # noqa: PLR2004 - level, page
            reply = self._level(rest[0], int(rest[1]), edit=edit)
        elif action == "role" and len(rest) == 1 and rest[0] in self.base.roles:
            reply = self._role(self.base.roles[rest[0]], today, edit=edit)
        return _turn(session, reply) if reply else None

    def _picture(self, session: Session, theme: ThemeName) -> Reply:
        """The picture with a short text; always a message of its own."""
        profile = _known(session.profile)
        phrases = phrases_for(self.base, profile)
        picture = Picture(kind=CHART, arguments=chart_arguments(profile, theme), alt=chart_caption(phrases))
        reply = self._overview(
            phrases, self._button(self.bubbles.text(f"button_{OTHER[theme]}"), OTHER[theme]), edit=False
        )
        return reply.model_copy(update={"picture": picture})

    def _levels(self, session: Session, *, edit: bool) -> Reply:
        """The same without the picture: what Back leads to."""
        phrases = phrases_for(self.base, _known(session.profile))
        return self._overview(phrases, self._button(self.bubbles.text("button_picture"), "light"), edit=edit)

    def _overview(self, phrases: Phrases, colours: Button | None, *, edit: bool) -> Reply:
        lines = [Markup("<b>{title}</b>").format(title=phrases.title)]
        buttons: list[Button | None] = []
        for level in self.base.field.levels:
            roles = self._roles(level.id)
            if roles:
                names = ", ".join(role.name for role in roles)
                lines.append(Markup("• <b>{level}</b>: {names}").format(level=level.name, names=names))
                buttons.append(self._button(level.name, "level", level.id, "0"))
        lines.append(escape(self.bubbles.text("chart_tap")))
        return self._reply(
            lines,
            buttons[:MAX_CHOICES],
            (self._button(self.bubbles.text("button_as_text"), "text"), colours),
            edit=edit,
        )

    def _text(self, session: Session, *, edit: bool) -> Reply:
        """All of it in words; channels split what is too long for one message."""
        phrases = phrases_for(self.base, _known(session.profile))
        ways = (
            self._button(self.bubbles.text("button_levels"), "levels"),
            self._button(self.bubbles.text("button_picture"), "light"),
        )
        return self._reply((chart_text(phrases),), (), ways, edit=edit)

    def _level(self, level: str, page: int, *, edit: bool) -> Reply | None:
        """The roles of a level, some at a time."""
        name = next((item.name for item in self.base.field.levels if item.id == level), None)
        roles = self._roles(level)
        shown = roles[page * MAX_CHOICES :][:MAX_CHOICES]
        if name is None or not shown:
            return None
        lines = [Markup("<b>{level}</b>").format(level=name)]
        lines += [Markup("• {name}").format(name=role.name) for role in shown]
        lines.append(escape(self.bubbles.text("chart_tap_role")))
        ways = [
            self._button(self.bubbles.text("button_back"), *(("level", level, str(page - 1)) if page else ("levels",)))
        ]
        if len(roles) > (page + 1) * MAX_CHOICES:
            ways.append(self._button(self.bubbles.text("button_more"), "level", level, str(page + 1)))
        return self._reply(lines, [self._role_button(role) for role in shown], ways, edit=edit)

    def _role(self, role: Role, today: date, *, edit: bool) -> Reply:
        """Where one role leads, by the kind of move, with years and needs where a source gives them."""
        level = next(item.name for item in self.base.field.levels if item.id == role.level)
        lines = [Markup("<b>{role}</b> ({level})").format(role=role.name, level=level), escape(role.summary)]
        moves = [step.move for step in moves_from(self.base, role.id)][:MAX_MOVES]
        lines.append(escape(self.bubbles.text("chart_leads" if moves else "chart_top")))
        phrases = phrases_for(self.base)
        lines += [self._move(move, phrases) for move in moves]
        lines.append(self.wording.source_line([sourced("", move) for move in moves if move.source], today))
        plan = encode(Press(ROAD, ("goal", role.id)))
        label = self.bubbles.text("button_plan_this")
        buttons = [
            self.bubbles.ask_button("overview", (role.id,)),
            Button(label=label, press=plan, say=label) if plan else None,
            *(self._role_button(self.base.roles[move.to]) for move in moves[:MAX_ONWARD]),
        ]
        page = self._roles(role.level).index(role) // MAX_CHOICES
        return self._reply(
            lines, buttons, (self._button(self.bubbles.text("button_back"), "level", role.level, str(page)),), edit=edit
        )

    def _move(self, move: Move, phrases: Phrases) -> Markup:
        parts = [self.base.roles[move.to].name]
        if move.source is not None and move.years_high:
            low, high = number(move.years_low), number(move.years_high)
            years = low if low == high else self.bubbles.text("from_to").format(low=low, high=high)
            key = "about_a_year" if move.years_high == 1 else "about_years"
            parts.append(self.bubbles.text(key).format(years=years))
        if move.needs is not None and not (move.assumption and asks_years(move.needs)):
            parts.append(self.bubbles.text("move_needs").format(needs=describe(move.needs, self.base)))
        doubt = self.wording.doubt(sourced("", move)) if move.source else ""
        line = Markup("• {kind}: {parts} {doubt}").format(
            kind=phrases.kind(move.kind), parts=", ".join(parts), doubt=doubt
        )
        return line.rstrip()

    def _roles(self, level: str) -> list[Role]:
        return sorted((role for role in self.base.roles.values() if role.level == level), key=lambda role: role.name)

    def _role_button(self, role: Role) -> Button | None:
        """A role by its name, cut where a phone would cut it less kindly."""
        label = role.name if len(role.name) <= MAX_LABEL else f"{role.name[: MAX_LABEL - 1].rstrip()}…"
        press = encode(Press(ACTION, ("role", role.id)))
        return Button(label=label, press=press, say=role.name) if press else None

    def _button(self, label: str, *arguments: str) -> Button | None:
        press = encode(Press(ACTION, arguments))
        return Button(label=label, press=press, say=label) if press else None

    def _reply(
        self,
        lines: Iterable[Markup],
        buttons: Sequence[Button | None],
        ways: Sequence[Button | None],
        *,
        edit: bool,
    ) -> Reply:
        way = tuple(button for button in ways if button)
        return Reply(
            text="\n".join(str(line) for line in lines if line),
            buttons=(*rows(button for button in buttons if button), *((way,) if way else ())),
            edit=edit,
            outcome="answer",
            topics=("chart",),
        )


def _known(profile: Profile) -> Profile | None:
    """A profile that says something; the chart is everybody's otherwise."""
    return profile if profile != Profile() else None


def _turn(session: Session, reply: Reply) -> Turn:
    """The reply, to somebody who is understood again."""
    return session.model_copy(update={"misses": 0}), [reply]
