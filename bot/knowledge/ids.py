"""The ids and small values of the YAML, and what each id points to.

Ids are kebab-case and never change; the file name of an entity is its id.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

# The patterns of short values; `explain` says in words what each wants.
ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
TOPIC_ID = r"^[a-z]+(_[a-z]+)*$"
AS_OF = r"^\d{4}(-\d{2}){0,2}$|^\d{4}-\d{2,4}$"
COUNTRY_CODE = r"^[A-Z]{2}$"
CURRENCY = r"^[A-Z]{3}$"
WEB_ADDRESS = r"^https?://[^\s]+$"

Id = Annotated[str, StringConstraints(pattern=ID)]
TopicId = Annotated[str, StringConstraints(pattern=TOPIC_ID)]
Line = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
AsOf = Annotated[str, StringConstraints(pattern=AS_OF)]
CountryCode = Annotated[str, StringConstraints(pattern=COUNTRY_CODE)]
Address = Annotated[str, StringConstraints(pattern=WEB_ADDRESS)]
PublisherKind = Literal[
    "issuer",
    "government",
    "association",
    "employer",
    "news",
    "college",
    "expert",
    "seller",
    "blog",
    "forum",
    "repository",
]
Status = Literal["current", "retired", "doubtful"]
Standing = Literal["confirmed", "reported", "second-hand"]
Kind = Literal["role", "certification", "degree", "term"]
Label = Literal["exam_requires", "body_recommends", "employers_ask"]
MoveKind = Literal["up", "across", "bridge"]


@dataclass(frozen=True)
class Points:
    """Marks a key that holds an id: of what kind, so that `check` can find ids that lead nowhere.

    `to` is a kind of entity, a list that a file declares, or another key of `checks.subject.Subject.ids`.
    """

    to: str

    def __get_pydantic_json_schema__(
        self, core_schema: Any, handler: Callable[[Any], dict[str, Any]]
    ) -> dict[str, Any]:
        """Say in the schema what an editor shows next to the key."""
        return {**handler(core_schema), "description": f"the id of a {self.to}"}


RoleId = Annotated[Id, Points("role")]
CertificationId = Annotated[Id, Points("certification")]
EducationId = Annotated[Id, Points("education")]
BodyId = Annotated[Id, Points("body")]
EntityId = Annotated[Id, Points("entity")]
MarketId = Annotated[Id, Points("market")]
SourceId = Annotated[Id, Points("source")]
PublisherId = Annotated[Id, Points("publisher")]
ExperienceId = Annotated[Id, Points("experience")]
LicenceId = Annotated[Id, Points("licence")]
SettingId = Annotated[Id, Points("setting")]
BackgroundId = Annotated[Id, Points("background")]
LevelId = Annotated[Id, Points("level")]
CountryId = Annotated[CountryCode, Points("country")]
FactTopic = Annotated[TopicId, Points("topic")]
DegreeLevel = Literal["course", "certificate", "associate", "bachelor", "master", "doctorate"]

LABELS: tuple[Label, ...] = ("exam_requires", "body_recommends", "employers_ask")


class Record(BaseModel):
    """A mapping in a file: unknown keys are refused, values never change after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)
