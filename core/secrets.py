"""Secrets: masked by their type, encrypted at rest."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

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


class Keys(Protocol):
    """Where the keys come from while the process runs."""

    def read(self) -> tuple[Secret, ...]:
        """All keys, the newest first.

        Raises:
            ConfigError: There is none, or they cannot be read.
        """

    def changed(self) -> bool:
        """Whether they may be others than at the last :meth:`read`."""


class GivenKeys:
    """Keys that stay what they are: those of the environment."""

    def __init__(self, keys: Sequence[Secret]) -> None:
        self._keys = tuple(keys)

    def read(self) -> tuple[Secret, ...]:
        return self._keys

    def changed(self) -> bool:
        return False


class Vault:
    """Turns secrets into tokens for the database and back.

    Another process may bring a new key while this one runs: before sealing, and where a token does not open, the
    keys are looked at again.  Whoever seals inside the transaction that stores the token therefore stores none that
    a rotation has passed by; whoever seals before it compares :meth:`generation` in it.

    Args:
        keys: Fernet keys, the newest first; the first seals, all open.

    Raises:
        ConfigError: A key is not 32 url-safe base64 bytes.
    """

    def __init__(self, keys: Keys | Sequence[Secret]) -> None:
        self._keys = GivenKeys(keys) if isinstance(keys, Sequence) else keys
        self._take()
        self._generation = 0

    def __repr__(self) -> str:
        return f"<Vault {MASK}>"

    @property
    def key_count(self) -> int:
        """How many keys open tokens; more than one while the key is being changed."""
        return self._count

    def generation(self) -> int:
        """A number that differs from what it was if the newest key does."""
        if self._keys.changed():
            self._take()
            self._generation += 1
        return self._generation

    def seal(self, secret: Secret) -> str:
        """The token to store."""
        self.generation()
        return self._newest.encrypt(secret.reveal().encode()).decode()

    def open(self, token: str) -> Secret:
        """The secret behind *token*.

        Raises:
            ConfigError: The token was made with another key.
        """
        try:
            return Secret(self._all.decrypt(token.encode()).decode())
        except InvalidToken as error:
            before = self._generation
            if self.generation() != before:
                return self.open(token)
            raise ConfigError(
                "STORYWATCH_SECRET_KEY: this database was written with another key; set the key it was made with"
            ) from error

    def resealed(self, token: str) -> str | None:
        """*token* as the newest key makes it; None where it is so already.

        Raises:
            ConfigError: The token was made with another key.
        """
        self.generation()
        try:
            self._newest.decrypt(token.encode())
        except InvalidToken:
            return self.seal(self.open(token))
        return None

    def _take(self) -> None:
        try:
            fernets = [Fernet(key.reveal().strip()) for key in self._keys.read()]
        except ValueError as error:
            raise ConfigError(
                "STORYWATCH_SECRET_KEY: not a key; it takes 32 random bytes as url-safe base64 (44 characters)"
            ) from error
        self._newest, self._all, self._count = fernets[0], MultiFernet(fernets), len(fernets)


def new_key() -> Secret:
    """A fresh key for a :class:`Vault`."""
    return Secret(Fernet.generate_key().decode())


class KeyFile:
    """The keys in a file that only its owner can read, one a line, the newest first; more than one during a rotation.

    Args:
        may_create: Make the file with a fresh key where it does not exist.

    Raises:
        ConfigError: It is missing and may not be made, or cannot be read or written.
    """

    def __init__(self, path: Path, *, may_create: bool) -> None:
        self.path = path
        self._seen: tuple[int, int, int] | None = None
        if may_create:
            with self._usable():
                if not path.exists():
                    path.parent.mkdir(parents=True, exist_ok=True)
                    _write_once(path, new_key())
        self.read()

    def __repr__(self) -> str:
        return f"<KeyFile {self.path}>"

    def read(self) -> tuple[Secret, ...]:
        """All keys, the newest first.

        Raises:
            ConfigError: The file is away, empty, or cannot be read.
        """
        with self._usable():
            # Before the content: what is written in between is then seen the next time.
            seen = self._state()
            lines = self.path.read_text("ascii").split()
        if not lines:
            raise ConfigError(f"STORYWATCH_DATA_DIR: the key file {self.path} is empty; put the key back")
        self._seen = seen
        return tuple(Secret(line) for line in lines)

    def changed(self) -> bool:
        """Whether the file was written since the last :meth:`read`; one that is away was not."""
        try:
            return self._state() != self._seen
        except OSError:
            return False

    def write(self, keys: Sequence[Secret]) -> None:
        """Replace the keys; after a crash at any moment the file holds the old ones or the new ones.

        Raises:
            ConfigError: The file cannot be written.
        """
        with self._usable():
            draft = _draft(self.path, "".join(f"{key.reveal()}\n" for key in keys))
            try:
                draft.replace(self.path)
            finally:
                draft.unlink(missing_ok=True)

    def _state(self) -> tuple[int, int, int]:
        found = self.path.stat()
        return found.st_ino, found.st_mtime_ns, found.st_size

    @contextlib.contextmanager
    def _usable(self) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError:
            raise ConfigError(
                f"STORYWATCH_SECRET_KEY: it is not set and {self.path} is missing, but the database was written with "
                "a key; put the file back, or set the key"
            ) from None
        except (OSError, UnicodeDecodeError) as error:
            why = getattr(error, "strerror", None) or "it is no text"
            raise ConfigError(
                f"STORYWATCH_DATA_DIR: the key file {self.path} cannot be used ({why.lower()})"
            ) from error


def _write_once(file: Path, key: Secret) -> None:
    # Whole or not at all, and the first of two processes wins: a link fails where the name is taken.
    draft = _draft(file, f"{key.reveal()}\n")
    try:
        with contextlib.suppress(FileExistsError):
            file.hardlink_to(draft)
    finally:
        draft.unlink(missing_ok=True)


def _draft(file: Path, text: str) -> Path:
    """A file beside *file* that holds *text*, on the disk, for its owner alone."""
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    return draft
