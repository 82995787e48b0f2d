"""Secrets: masked by their type, encrypted at rest."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from core.errors import ConfigError

MASK = "••••"


class Secret:
    """Text that shows itself only to who calls :meth:`reveal`."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself; for the wire and for encryption, never for a log or a page."""
        return self._text

    def __repr__(self) -> str:
        return f"Secret({MASK})"

    def __str__(self) -> str:
        return MASK

    def __format__(self, spec: str) -> str:
        return format(MASK, spec)

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> tuple[type[Secret], tuple[str]]:
        raise TypeError("a Secret is not pickled")


class Vault:
    """Turns secrets into tokens for the database and back.

    Args:
        keys: Fernet keys, the newest first; the first encrypts, all decrypt.

    Raises:
        ConfigError: A key is not 32 url-safe base64 bytes.
    """

    def __init__(self, keys: Sequence[Secret]) -> None:
        try:
            self._fernet = MultiFernet([Fernet(key.reveal().strip()) for key in keys])
        except ValueError as error:
            raise ConfigError(
                "STORYWATCH_SECRET_KEY: not a key; it takes 32 random bytes as url-safe base64 (44 characters)"
            ) from error

    def __repr__(self) -> str:
        return f"<Vault {MASK}>"

    def seal(self, secret: Secret) -> str:
        """The token to store."""
        return self._fernet.encrypt(secret.reveal().encode()).decode()

    def open(self, token: str) -> Secret:
        """The secret behind *token*.

        Raises:
            ConfigError: The token was made with another key.
        """
        try:
            return Secret(self._fernet.decrypt(token.encode()).decode())
        except InvalidToken as error:
            raise ConfigError(
                "STORYWATCH_SECRET_KEY: this database was written with another key; set the key it was made with"
            ) from error


def new_key() -> Secret:
    """A fresh key for a :class:`Vault`."""
    return Secret(Fernet.generate_key().decode())


def key_from_file(file: Path, *, may_create: bool) -> Secret:
    """The key in *file*, which is made, readable by its owner alone, where it may be and does not exist.

    Raises:
        ConfigError: It is missing and may not be made, or cannot be read or written.
    """
    try:
        if may_create and not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            _write_once(file, new_key())
        return Secret(file.read_text("ascii").strip())
    except FileNotFoundError:
        raise ConfigError(
            f"STORYWATCH_SECRET_KEY: it is not set and {file} is missing, but the database was written with a key; "
            "put the file back, or set the key"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is no text"
        raise ConfigError(f"STORYWATCH_DATA_DIR: the key file {file} cannot be used ({why.lower()})") from error


def _write_once(file: Path, key: Secret) -> None:
    # Whole or not at all, and the first of two processes wins: a link fails where the name is taken.
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as opened:
            opened.write(f"{key.reveal()}\n")
        with contextlib.suppress(FileExistsError):
            file.hardlink_to(draft)
    finally:
        draft.unlink(missing_ok=True)
