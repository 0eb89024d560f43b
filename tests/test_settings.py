from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic_settings import BaseSettings

from bot.settings import (
    GROUPS,
    KnowledgeSettings,
    SettingsError,
    StorageSettings,
    TelegramSettings,
    WebSettings,
    read_settings,
    unknown_variables,
)


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_secret_may_come_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "token").write_text("12:abc\n")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", str(tmp_path / "token"))
    token = read_settings(TelegramSettings).token
    assert token is not None
    assert token.get_secret_value() == "12:abc"


def test_a_secret_file_that_is_not_there_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", "/nowhere")
    with pytest.raises(SettingsError, match="TELEGRAM_BOT_TOKEN_FILE"):
        read_settings(TelegramSettings)


def test_the_env_file_is_read_and_its_unknown_keys_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ADVISOR_RETENTION_DAYS", raising=False)
    (tmp_path / ".env").write_text("ADVISOR_RETENTION_DAYS=7\nSOMETHING_ELSE=1\n")
    assert read_settings(StorageSettings).retention_days == 7


def test_a_mark_before_the_first_line_of_the_env_file_spoils_no_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ADVISOR_CONTACT", raising=False)
    (tmp_path / ".env").write_text("ADVISOR_CONTACT=me\n", "utf-8-sig")
    assert read_settings(TelegramSettings).contact == "me"


def test_an_unknown_name_in_the_env_file_is_noticed_too(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("export ADVISOR_FLOOD_LIMITS=3\nADVISOR_CONTACT=x\n#ADVISOR_NOTHING=1\n")
    assert "ADVISOR_FLOOD_LIMITS" in unknown_variables()
    assert not {"ADVISOR_CONTACT", "ADVISOR_NOTHING"} & set(unknown_variables())


def test_an_env_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"ADVISOR_CONTACT=caf\xe9\n")
    with pytest.raises(SettingsError, match=r"^\.env: cannot be read"):
        read_settings(TelegramSettings)


def test_a_wrong_value_is_named_but_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "hunter2")
    with pytest.raises(SettingsError, match="PORT") as error:
        read_settings(WebSettings)
    assert "hunter2" not in str(error.value)


def test_keys_are_a_comma_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISOR_SECRET_KEY", "one, two")
    assert [key.get_secret_value() for key in read_settings(StorageSettings).secret_keys] == ["one", "two"]


def test_an_unknown_variable_of_ours_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADVISOR_KNOWLEGDE", "x")
    monkeypatch.setenv("ADVISOR_SECRET_KEY_FILE", "x")
    assert unknown_variables() == ["ADVISOR_KNOWLEGDE"]


def test_the_knowledge_folder_is_found_without_any_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ADVISOR_KNOWLEDGE", raising=False)
    assert (read_settings(KnowledgeSettings).resolved() / "topics.yaml").is_file()


def test_every_setting_is_read_somewhere() -> None:
    """A setting that stands in the README and that no code reads promises what nobody keeps."""
    package = Path(__file__).parent.parent / "bot"
    code = "\n".join(path.read_text("utf-8") for path in package.rglob("*.py") if path.name != "settings.py")
    for group in GROUPS:
        assert f"read_settings({group.__name__})" in code
        for field in group.model_fields:
            # `folder` is read by the group itself, which the commands ask for the result.
            read = rf"\.{field}\b" if field != "folder" else r"\.resolved\("
            assert re.search(read, code), f"{group.model_fields[field].validation_alias} is read nowhere"


@pytest.mark.parametrize(
    ("group", "name", "value"),
    [
        (WebSettings, "PORT", "99999"),
        (WebSettings, "PORT", "0"),
        (WebSettings, "WEBHOOK_SECRET", "ä"),
        (WebSettings, "WEBHOOK_URL", "https://?a=b"),
        (WebSettings, "WEBHOOK_URL", "https://example.org:99999/hook"),
        (WebSettings, "WEBHOOK_URL", "https://example.org/healthz"),
        (WebSettings, "WEBHOOK_URL", "https://example.org/metrics/"),
        (TelegramSettings, "TELEGRAM_API_URL", "http://:80"),
        (TelegramSettings, "TELEGRAM_BOT_TOKEN", "123:abc def"),
        (TelegramSettings, "TELEGRAM_BOT_TOKEN", "123:abc/../x"),
        (TelegramSettings, "ADVISOR_SEND_RATE", "inf"),
        (TelegramSettings, "ADVISOR_SEND_RATE", "nan"),
        (StorageSettings, "ADVISOR_RETENTION_DAYS", "1000000000"),
    ],
)
def test_a_value_outside_its_range_is_refused_by_name(
    group: type[BaseSettings], name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEBHOOK_SECRET", "abc")
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name):
        read_settings(group)


def test_a_webhook_needs_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "https://example.org/hook")
    with pytest.raises(SettingsError, match="WEBHOOK_SECRET"):
        read_settings(WebSettings)
    monkeypatch.setenv("WEBHOOK_SECRET", "abc")
    assert read_settings(WebSettings).webhook_url == "https://example.org/hook"
