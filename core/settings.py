"""Deployment settings, read from the environment once.  Operating limits live in the database, not here."""

from __future__ import annotations

import ipaddress
from enum import StrEnum
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.errors import ConfigError
from core.secrets import Secret


class Platform(StrEnum):
    """The platform that this deployment watches."""

    SANDBOX = "sandbox"
    INSTAGRAM = "instagram"


class Settings(BaseSettings):
    """Every ``STORYWATCH_*`` variable.  All are optional."""

    model_config = SettingsConfigDict(
        env_prefix="STORYWATCH_", env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    data_dir: Path = Field(Path("data"), description="Where the database, the key file and backups live.")
    database_url: str | None = Field(
        None,
        description="Database address; by default an SQLite file in the data directory. "
        "sqlite:///x.db is relative, sqlite:////x.db absolute.",
    )
    platform: Platform = Field(Platform.SANDBOX, description="sandbox (pretend data) or instagram.")
    platform_url: str | None = Field(
        None, description="Base address of the platform; its own by default. Plain http only on loopback."
    )
    platform_ca_file: Path | None = Field(None, description="A PEM file of certificates to trust besides the system's.")
    secret_key: SecretStr | None = Field(
        None,
        description="Key that encrypts cookies and proxy passwords (32 bytes, url-safe base64); "
        "while it is changed several, the newest first, with commas. "
        "By default a key file in the data directory, mode 600.",
    )
    log_format: Literal["console", "json"] = Field("console", description="console for people, json for machines.")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str | None) -> str | None:
        if value is None or value.startswith("sqlite:///"):
            return value
        if value.startswith(("postgres://", "postgresql://", "asyncpg://")):
            raise ValueError("PostgreSQL is not supported yet; use sqlite:///FILE or leave it unset")
        raise ValueError("not a database address; use sqlite:///FILE (relative) or sqlite:////FILE (absolute)")

    @field_validator("platform_url")
    @classmethod
    def _safe_platform_url(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        try:
            well_formed = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or 1)
        except ValueError:
            well_formed = False
        if not well_formed or parts.path.strip("/") or parts.query or parts.username:
            raise ValueError("not a base address; it looks like https://HOST or http://127.0.0.1:PORT")
        if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
            raise ValueError("plain http is only accepted on loopback, because cookies travel on it; use https")
        return value.rstrip("/")

    @field_validator("platform_ca_file")
    @classmethod
    def _readable_ca_file(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_file():
            raise ValueError(f"no such file: {value}")
        return value

    @field_validator("data_dir")
    @classmethod
    def _usable_data_dir(cls, value: Path) -> Path:
        if value.exists() and not value.is_dir():
            raise ValueError(f"{value} is not a directory")
        return value

    @property
    def secrets(self) -> tuple[Secret, ...]:
        """The keys from the environment, the newest first, masked by type; empty where a key file is used."""
        given = "" if self.secret_key is None else self.secret_key.get_secret_value()
        return tuple(Secret(key.strip()) for key in given.split(",")) if given else ()

    @property
    def key_file(self) -> Path:
        """Where the key is kept when the environment gives none."""
        return self.data_dir / "secret.key"

    @property
    def database_file(self) -> Path:
        """The SQLite file."""
        if self.database_url is not None:
            return Path(self.database_url.removeprefix("sqlite:///"))
        name = "sandbox" if self.platform is Platform.SANDBOX else "storywatch"
        return self.data_dir / f"{name}.sqlite3"

    @property
    def embeds_sandbox(self) -> bool:
        """No platform is configured, so a pretend one is started beside the engine."""
        return self.platform is Platform.SANDBOX and self.platform_url is None


def is_loopback(host: str) -> bool:
    """Whether *host* names this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def read_settings() -> Settings:
    """The settings of this process.

    Raises:
        ConfigError: A variable is malformed; the first one is named with the fix.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper() or "SETTINGS"
        why = first["msg"].removeprefix("Value error, ")
        raise ConfigError(f"STORYWATCH_{name}: {why}") from None
