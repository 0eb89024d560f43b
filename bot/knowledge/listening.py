"""Types of `en/listening/`: what a message needs of us before any question is answered, and how that sounds."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.knowledge.ids import CountryId, Line, Record, SourceId, TopicId

# "plain" is a message that needs nothing of the kind: its examples teach what the others are not.
NeedGroup = Literal["crisis", "feeling", "about_bot", "under_age", "plain"]
LanguageCode = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
# "emergency": whom to call before anything else; "young": for life and violence, where somebody is a child.
HelpFor = Literal["life", "violence", "emergency", "young"]


class Need(Record):
    """`en/listening/<kind>.yaml`: one kind of need.

    `cues` are patterns any of which is enough (see `knowledge/README.md` for how they are written), `unless` those
    that take them back; `foreign` are phrases by language (ISO 639-1), found anywhere in the text. `examples` teach
    by likeness what no pattern foresees. `says` is what it is answered, `says_in` the same in other languages;
    `{line}` in it is the helpline of the person's country for `line`. `moves` are the topics on the buttons below;
    `half` is the half line said before the answer where something was asked as well. `goes_to` is the slash command
    that answers instead of `says`. One that `yields` is only answered where no question was understood. One that
    is `glad` is good news. One that `denies` says that there is no danger: after one, that ends it.
    """

    need: NeedGroup
    cues: tuple[Line, ...] = ()
    unless: tuple[Line, ...] = ()
    foreign: dict[LanguageCode, tuple[Line, ...]] = {}
    examples: tuple[Line, ...] = ()
    says: Line | None = None
    says_in: dict[LanguageCode, Line] = {}
    line: HelpFor | None = None
    maybe: Line | None = None
    maybe_in: dict[LanguageCode, Line] = {}
    asks: Line | None = None
    asks_in: dict[LanguageCode, Line] = {}
    of_another: str | None = None
    half: Line | None = None
    moves: tuple[TopicId, ...] = ()
    goes_to: Annotated[str, Field(pattern=r"^[a-z]+$")] | None = None
    yields: bool = False
    glad: bool = False
    denies: bool = False


class Apart(Record):
    """Patterns by which a danger is told of another time or of nobody, so that it is none of now.

    A sentence with one of `past` in it is over where the message has one of `over` as well, and none of `still`.
    A sentence with one of `tales` in it, and those after it that have none of `oneself`, are of a film or a book,
    where nothing of `alike` is in it. What stands behind one of `subjects` is said of somebody else.
    """

    past: tuple[Line, ...] = ()
    over: tuple[Line, ...] = ()
    still: tuple[Line, ...] = ()
    tales: tuple[Line, ...] = ()
    alike: tuple[Line, ...] = ()
    oneself: tuple[Line, ...] = ()
    subjects: tuple[Line, ...] = ()


class ListeningWords(Record):
    """`en/listening_words.yaml`: lists of words for patterns (`sets`), and what is `not_meant`.

    What a pattern of `not_meant` covers (an idiom, a joke, the name of a code) is not heard at all; the rest of
    the message is. Of `idioms` the encoder does not hear either where danger is listened for; `not_meant_in` are such
    phrases of other languages (ISO 639-1). `languages` are the commonest words
    of each language in which help is given, without accents and without those that two of them share: by them it is
    chosen in which language danger is answered.
    """

    sets: dict[Annotated[str, Field(pattern=r"^[a-z_]+$")], tuple[Line, ...]] = {}
    not_meant: tuple[Line, ...] = ()
    idioms: tuple[Line, ...] = ()
    apart: Apart = Apart()
    not_meant_in: dict[LanguageCode, tuple[Line, ...]] = {}
    languages: dict[LanguageCode, tuple[Line, ...]] = {}


class Helpline(Record):
    """Whom to call: one plain sentence, read at the page of who runs or publishes it; `short` is it inside another."""

    say: Line
    say_in: dict[LanguageCode, Line] = {}
    short: Line | None = None
    short_in: dict[LanguageCode, Line] = {}
    source: SourceId


class Helplines(Record):
    """`en/helplines.yaml`: whom to call by country, `anywhere` if none is known, `elsewhere` if it has no line here.

    The line for the `young` takes the place of the others where somebody says to be a child, if there is one.
    """

    anywhere: dict[HelpFor, Helpline] = {}
    elsewhere: dict[HelpFor, Helpline] = {}
    countries: dict[CountryId, dict[HelpFor, Helpline]] = {}


class Listening(Record):
    """All of these files. Empty where a knowledge base has none: then nothing is listened for."""

    words: ListeningWords = ListeningWords()
    helplines: Helplines = Helplines()
    needs: dict[str, Need] = {}
