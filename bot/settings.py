"""Configuration from environment variables and a `.env` file, one class per concern.

Each command reads only the classes it uses, so a wrong webhook port never stops `ask`.
Every secret may come from a file named in `<NAME>_FILE`. Unknown keys in `.env` are ignored;
an unknown `ADVISOR_…` variable is most likely a slip and is warned about.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlsplit

import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

APP = "career-advisor"
ENV_FILE = ".env"
ENCODING = "utf-8-sig"  # some editors put a mark before the first line, which would spoil its name
CHECKOUT_KNOWLEDGE = Path(__file__).resolve().parent.parent / "knowledge"
WHEEL_KNOWLEDGE = Path(__file__).resolve().parent / "_knowledge"
LONGEST_RETENTION_DAYS = 36_500  # a century: calendars end somewhere
# What the HTTP server serves by itself; a webhook needs a path of its own.
HEALTH, READINESS, METRICS = "/healthz", "/readyz", "/metrics"
# A token is a part of an address: what would end or change that part is none.
_TOKEN = re.compile(r"[^\s/?#%]+")
_OURS = re.compile(r"^(?:export\s+)?(ADVISOR_\w+)\s*=", re.MULTILINE)


class SettingsError(Exception):
    """A setting that cannot be used; the message names it and says how to mend it."""


class _SecretFiles(PydanticBaseSettingsSource):
    """`NAME_FILE=/run/secrets/name` gives the value of `NAME`, unless `NAME` itself is set."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        name = str(field.validation_alias)
        path = os.environ.get(f"{name}_FILE")
        if not path:
            return None, name, False
        try:
            return Path(path).read_text("utf-8").strip(), name, False
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"{name}_FILE: cannot read {path} ({error}); check the path and its permissions"
            ) from error

    def __call__(self) -> dict[str, Any]:
        found = {}
        for field_name, field in self.settings_cls.model_fields.items():
            value, name, _ = self.get_field_value(field, field_name)
            if value is not None:
                found[name] = value
        return found


class _Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_file=ENV_FILE, env_file_encoding=ENCODING, extra="ignore", env_ignore_empty=True, hide_input_in_errors=True
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        del file_secret_settings
        return init_settings, env_settings, _SecretFiles(settings_cls), dotenv_settings


def _with_host(address: str) -> str:
    """An address that names a host, and a port if any that exists. Raises `ValueError`."""
    parts = urlsplit(address)
    if not parts.hostname or parts.port == 0:
        raise ValueError("must name a host, and no port 0, e.g. https://example.org/path")
    return address


class KnowledgeSettings(_Settings):
    """Where the knowledge base is."""

    folder: Path | None = Field(None, validation_alias="ADVISOR_KNOWLEDGE", description="folder of the knowledge base")

    def resolved(self, override: Path | None = None) -> Path:
        """The option, else the variable, else the checkout's folder, else the copy in the wheel."""
        if override is not None:
            return override
        if self.folder is not None:
            return self.folder
        return CHECKOUT_KNOWLEDGE if CHECKOUT_KNOWLEDGE.is_dir() else WHEEL_KNOWLEDGE


class StorageSettings(_Settings):
    """What is remembered, where, for how long and under which key."""

    database_url: SecretStr | None = Field(
        None, validation_alias="DATABASE_URL", description="SQLAlchemy address; default: SQLite in the data folder"
    )
    data_dir: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir(APP, appauthor=False)),
        validation_alias="ADVISOR_DATA_DIR",
        description="folder of the SQLite database",
    )
    secret_keys: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        (),
        validation_alias="ADVISOR_SECRET_KEY",
        description="comma list of keys, the first encrypts; default: a file in the configuration folder",
    )
    retention_days: int = Field(
        180,
        validation_alias="ADVISOR_RETENTION_DAYS",
        ge=1,
        le=LONGEST_RETENTION_DAYS,
        description="days without a message until a person is forgotten",
    )

    @field_validator("secret_keys", mode="before")
    @classmethod
    def _comma_list(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


class TelegramSettings(_Settings):
    """The bot's identity at Telegram and its manners."""

    token: SecretStr | None = Field(None, validation_alias="TELEGRAM_BOT_TOKEN", description="the token from BotFather")
    api_url: str = Field(
        "https://api.telegram.org",
        validation_alias="TELEGRAM_API_URL",
        pattern=r"^https?://\S+$",
        description="address of the Bot API",
    )
    send_rate: float = Field(
        30.0,
        validation_alias="ADVISOR_SEND_RATE",
        ge=0,
        allow_inf_nan=False,
        description="messages a second over all chats; 0: no pacing",
    )
    flood_limit: int = Field(
        20, validation_alias="ADVISOR_FLOOD_LIMIT", ge=0, description="messages a person may send a minute; 0: no limit"
    )
    contact: str | None = Field(
        None, validation_alias="ADVISOR_CONTACT", description="how to reach the operator, shown in /privacy"
    )

    @field_validator("token")
    @classmethod
    def _part_of_an_address(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("must be as BotFather gave it, without spaces or slashes")
        return value

    @field_validator("api_url")
    @classmethod
    def _address(cls, value: str) -> str:
        return _with_host(value)


class WebSettings(_Settings):
    """The HTTP server: webhook, health and metrics."""

    webhook_url: str | None = Field(
        None,
        validation_alias="WEBHOOK_URL",
        pattern=r"^https?://\S+$",
        description="full public address of the webhook",
    )
    webhook_secret: SecretStr | None = Field(
        None,
        validation_alias="WEBHOOK_SECRET",
        description="secret token that Telegram sends with each update; required with WEBHOOK_URL",
    )
    host: str = Field("127.0.0.1", validation_alias="HOST", description="address the HTTP server binds to")
    port: int | None = Field(
        None,
        validation_alias="PORT",
        ge=1,
        le=65535,
        description="port of the HTTP server; unset: no server, or 8080 with WEBHOOK_URL",
    )

    @field_validator("webhook_url")
    @classmethod
    def _address_with_a_path_of_its_own(cls, value: str | None) -> str | None:
        if value is None:
            return value
        if urlsplit(_with_host(value)).path.rstrip("/") in (HEALTH, READINESS, METRICS):
            raise ValueError("this path is the server's own; choose one that cannot be guessed")
        return value

    # https://core.telegram.org/bots/api#setwebhook
    @field_validator("webhook_secret")
    @classmethod
    def _telegrams_letters(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
            raise ValueError("must be 1 to 256 letters, digits, _ and -")
        return value

    @model_validator(mode="after")
    def _address_with_secret(self) -> WebSettings:
        if self.webhook_url is not None and self.webhook_secret is None:
            raise SettingsError("WEBHOOK_SECRET: required with WEBHOOK_URL; make one with `openssl rand -hex 32`")
        return self


class LogSettings(_Settings):
    """How much is logged, always to stderr."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", validation_alias="LOG_LEVEL", description="DEBUG, INFO, WARNING or ERROR"
    )

    @field_validator("level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value


GROUPS: tuple[type[_Settings], ...] = (KnowledgeSettings, StorageSettings, TelegramSettings, WebSettings, LogSettings)

AnySettings = TypeVar("AnySettings", bound=_Settings)


def read_settings(group: type[AnySettings]) -> AnySettings:
    """The settings of one class. Raises `SettingsError` naming what is wrong, never its value."""
    try:
        return group()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = first["loc"][0] if first["loc"] else "settings"
        raise SettingsError(f"{name}: {first['msg']}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{ENV_FILE}: cannot be read ({error}); check its permissions, and save it as UTF-8"
        ) from None


def variables() -> dict[str, FieldInfo]:
    """Every environment variable that means something here, by name."""
    return {str(field.validation_alias): field for group in GROUPS for field in group.model_fields.values()}


def unknown_variables() -> list[str]:
    """`ADVISOR_…` variables that nothing reads: most likely misspelt."""
    known = variables()
    set_ = [*(name for name in os.environ if name.startswith("ADVISOR_")), *_OURS.findall(_env_file())]
    return sorted({name.removesuffix("_FILE") for name in set_} - known.keys())


def _env_file() -> str:
    """What stands in it; nothing where it cannot be read, which `read_settings` says."""
    with suppress(OSError, UnicodeDecodeError):
        return Path(ENV_FILE).read_text(ENCODING)
    return ""
