"""Encryption at rest: Fernet, several keys for rotation, and where the key comes from."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Sequence
from pathlib import Path

import platformdirs
from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.settings import APP, SettingsError

KEY_FILE = "key"


class Cipher:
    """Encrypts text under the first key and decrypts under any."""

    def __init__(self, keys: Sequence[str]) -> None:
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError:
            raise SettingsError(
                "ADVISOR_SECRET_KEY: not a key; make one with "
                "`python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'`"
            ) from None
        self._tag_keys = [hashlib.sha256(b"tag " + key.encode()).digest() for key in keys]

    def tags(self, name: str) -> list[str]:
        """A hash of a name under each key, the one to store first: it cannot be told whose without the key."""
        return [hmac.new(key, name.encode(), hashlib.sha256).hexdigest()[:32] for key in self._tag_keys]

    @property
    def key_names(self) -> list[str]:
        """A name of each key that tells nothing of it, in their order."""
        return self.tags("name of the key")

    def renewed(self, token: bytes) -> bytes:
        """What a token holds, encrypted under the first key. Raises `WrongKeyError`."""
        return self.encrypt(self.decrypt(token))

    def encrypt(self, text: str) -> bytes:
        """Any text, lone surrogates included, as a token."""
        return self._fernet.encrypt(text.encode("utf-8", "surrogatepass"))

    def decrypt(self, token: bytes) -> str:
        """The text of a token. Raises `WrongKeyError`."""
        try:
            return self._fernet.decrypt(token).decode("utf-8", "surrogatepass")
        except InvalidToken:
            raise WrongKeyError from None


class WrongKeyError(Exception):
    """A token made under none of the keys."""


def local_key() -> str:
    """The key of this user, made at first use in a 0600 file apart from the data.

    Raises `SettingsError` where it can neither be read nor made.
    """
    path = Path(platformdirs.user_config_dir(APP, appauthor=False)) / KEY_FILE
    try:
        if path.exists():
            return path.read_text("ascii").strip()
        path.parent.mkdir(parents=True, exist_ok=True)
        key = Fernet.generate_key().decode()
        # Written whole under another name first: a second process never reads half a key.
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{key}\n")
        try:
            os.link(draft, path)
        except FileExistsError:
            return path.read_text("ascii").strip()
        finally:
            draft.unlink()
        return key
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"ADVISOR_SECRET_KEY: not set, and {path} cannot be used ({error}); set the variable or mend the file"
        ) from error
