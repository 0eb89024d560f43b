"""What is known of a person, in words: line by line, and in half a line when something new was heard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from markupsafe import Markup

from bot.advice.profile import Profile
from bot.conversation import telling
from bot.conversation.flow import Outcome
from bot.conversation.memory import ProfileChange
from bot.conversation.replies import Replies
from bot.understanding.context import SHORT_MEMORY
from bot.understanding.question import Context

ABOUT_ME = "me"  # the flow that shows and changes it
# The keys of a profile, in the order in which they are shown.
KEYS = (
    "country", "role", "licences", "years", "certifications", "education", "setting", "goal", "hours_per_week",
    "budget", "constraints",
)  # fmt: skip


class About:
    """Says what a profile holds in the words of one knowledge base."""

    def __init__(self, replies: Replies) -> None:
        self.replies = replies

    def lines(self, profile: Profile) -> list[tuple[str, str, str]]:
        """Key, label and value of all that is known, in one order."""
        found = ((key, self.replies.text(f"me_{key}"), self.value(profile, key)) for key in KEYS)
        return [(key, label, value) for key, label, value in found if value]

    def value(self, profile: Profile, key: str) -> str:
        """What a profile holds under one key; empty where it holds nothing."""
        value = getattr(profile, key)
        if value is None or value in ((), {}):
            return ""
        if key == "years":
            return ", ".join(self._years(kind, number) for kind, number in value.items())
        if key == "budget":
            return self._money(value, profile.budget_currency)
        if key == "hours_per_week":
            return self.replies.text("me_hours").format(hours=f"{value:g}")
        if isinstance(value, tuple):
            return ", ".join(self.name(item) for item in value)
        return self.name(str(value))

    def echo(self, changes: Iterable[ProfileChange]) -> Markup | None:
        """What was just heard, in half a line; None where nothing was."""
        said = [words for change in changes if (words := self._heard(change))]
        if not said:
            return None
        return self.replies.fill("heard_noted", what=f"{said[0][:1].upper()}{', '.join(said)[1:]}")

    def echoed(
        self, outcome: Outcome, changes: Sequence[ProfileChange], talk: Context, *, tells: bool, news: bool
    ) -> Outcome:
        """With half a line about what was heard, a way to change it, and whether what contradicts is right.

        Whoever only `tells` of themselves is thanked for it; who tells `news` hears nothing only near; `talk` goes on.
        """
        if not outcome.replies:
            return outcome
        first, *rest = outcome.replies
        if news or (tells and first.outcome == "unknown"):
            said = self.replies.text("heard_in_talk" if talk.shown and talk.age <= SHORT_MEMORY else "heard_only")
            first = first.model_copy(update={"text": said, "outcome": "unknown", "personal": True})
            outcome = replace(outcome, session=outcome.session.model_copy(update={"context": talk}))
        stands = [change for change in changes if telling.stands(outcome.session.profile, change)]
        kept = [] if outcome.session.public else stands  # nothing is kept of what others read along
        noted = self.echo(kept)
        if noted is None:
            return replace(outcome, replies=(first, *rest))
        against = next((change for change in kept if change.against), None)
        lines = [first.text, str(noted)] + ([str(self.against(against))] if against else [])
        buttons = [self.replies.button("button_me", ABOUT_ME, "show")]
        if against is not None:
            kind = (against.kind,) if against.kind else ()
            buttons.insert(
                0, self.replies.button("button_as_before", ABOUT_ME, "set", against.key, f"{against.before}", *kind)
            )
        row = tuple(button for button in buttons if button)
        reply = first.model_copy(update={"text": "\n".join(lines), "buttons": (*first.buttons, row)})
        return replace(outcome, replies=(reply, *rest))

    def against(self, change: ProfileChange) -> Markup:
        """The question whether what contradicts an earlier word is right."""
        return self.replies.fill(
            "heard_against", what=self._said(change, change.before), now=self._said(change, change.value)
        )

    def _said(self, change: ProfileChange, value: str | float | None) -> str:
        if change.key == "years":
            return self._years(str(change.kind), float(value or 0))
        if change.key == "budget":
            return f"{self.replies.text('me_budget').lower()} {self._money(float(value or 0), change.kind)}"
        if change.key == "hours_per_week":
            hours = self.replies.text("me_hours").format(hours=f"{float(value or 0):g}")
            return f"{self.replies.text('me_hours_per_week').lower()} {hours}"
        return self.name(str(value))

    def _heard(self, change: ProfileChange) -> str:
        """One change in a few words."""
        if change.value is None:
            counted = change.key in ("budget", "hours_per_week")
            gone = self.replies.text(f"me_{change.key}").lower() if counted else self._said(change, change.before)
            return self.replies.text("heard_not").format(what=gone)
        if change.key == "goal":
            return f"{self.replies.text('me_goal').lower()} {self.name(str(change.value))}"
        return self._said(change, change.value)

    def _years(self, kind: str, number: float) -> str:
        key = "me_years_one" if number == 1 else "me_years_of"
        return self.replies.text(key).format(count=f"{number:g}", kind=self.replies.name(kind))

    def _money(self, amount: float, currency: str | None) -> str:
        return f"{amount:,.0f} {currency or self.replies.base.field.currency}"

    def name(self, item: str) -> str:
        """The short name of whatever a profile may hold."""
        base = self.replies.base
        if item in base.entities:
            return base.entities[item].short
        named = {country.id: country.name for country in base.assessment.countries}
        named |= {item.id: item.name for item in (*base.assessment.settings, *base.assessment.constraints)}
        return named.get(item) or self.replies.name(item)
