"""Deployment settings, read from the environment once.  Operating limits live in the database, not here."""

from __future__ import annotations

import ipaddress
from enum import StrEnum
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.errors import ConfigError
from core.secrets import Secret

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# Discord counts its ids in 64 bits.
_LONGEST_ID = 19
_HIGHEST_PORT = 65_535


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

    timezone: str = Field("UTC", description="Time zone in which days begin, such as Europe/Berlin.")

    panel_host: str = Field("127.0.0.1", description="Address that the panel listens on; 0.0.0.0 is every address.")
    panel_port: int = Field(8080, description="Port that the panel listens on.")
    public_url: str | None = Field(
        None,
        description="Address under which people reach the panel, such as https://stories.example.org; "
        "by default the one that it listens on.",
    )
    trusted_proxies: str | None = Field(
        None,
        description="Addresses or networks of reverse proxies whose X-Forwarded-For counts, with commas; "
        "by default none.",
    )
    metrics_token: SecretStr | None = Field(
        None,
        description="Token with which a Prometheus may read /metrics from anywhere; from this machine none is needed.",
    )
    discord_token: SecretStr | None = Field(
        None, description="Token of the bot, from Discord's developer portal; without it there is no bot."
    )
    discord_guilds: str | None = Field(
        None, description="Ids of the Discord servers in which the bot answers, with commas; by default none."
    )
    discord_client_id: str | None = Field(
        None, description="Client id of a Discord application; with its secret people may sign in through Discord."
    )
    discord_client_secret: SecretStr | None = Field(
        None, validate_default=True, description="Client secret of that Discord application."
    )

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
        if not _is_base_address(value):
            raise ValueError("not a base address; it looks like https://HOST or http://127.0.0.1:PORT")
        parts = urlsplit(value)
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

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            return ZoneInfo(value.strip()).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f'"{value}" is no time zone; write one such as Europe/Berlin or UTC') from None

    @field_validator("panel_host")
    @classmethod
    def _bare_panel_host(cls, value: str) -> str:
        host = value.strip().removeprefix("[").removesuffix("]")
        if not host or any(sign in host for sign in "/@ ") or (":" in host and not _is_address(host)):
            raise ValueError(f'give an address without a port, such as 127.0.0.1 or 0.0.0.0, not "{value}"')
        return host

    @field_validator("panel_port", mode="before")
    @classmethod
    def _possible_port(cls, value: object) -> object:
        text = str(value).strip()
        if not (text.isascii() and text.isdecimal() and 1 <= int(text[:6]) <= _HIGHEST_PORT):
            raise ValueError(f'give a port from 1 to {_HIGHEST_PORT}, not "{value}"')
        return text

    @field_validator("public_url")
    @classmethod
    def _base_public_url(cls, value: str | None) -> str | None:
        if value is None:
            return None
        if not _is_base_address(value):
            raise ValueError("not a base address; it looks like https://HOST or http://HOST:PORT, without a path")
        parts = urlsplit(value)
        return f"{parts.scheme}://{parts.netloc.lower()}"

    @field_validator("trusted_proxies")
    @classmethod
    def _addresses(cls, value: str | None) -> str | None:
        for part in (value or "").split(","):
            try:
                ipaddress.ip_network(part.strip() or "127.0.0.1", strict=False)
            except ValueError:
                raise ValueError(f'"{part.strip()}" is no address or network; write 10.0.0.2 or 10.0.0.0/8') from None
        return value

    @field_validator("discord_token")
    @classmethod
    def _whole_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and any(sign.isspace() for sign in value.get_secret_value().strip()):
            raise ValueError("a bot's token has no blanks in it; copy it anew from the developer portal")
        return value

    @field_validator("metrics_token")
    @classmethod
    def _token_in_a_header(cls, value: SecretStr | None) -> SecretStr | None:
        text = "" if value is None else value.get_secret_value()
        if not (text.isascii() and text.isprintable()) or any(sign.isspace() for sign in text):
            raise ValueError("a token is sent in a header, so it takes letters, digits and signs of ASCII, no blanks")
        return value

    @field_validator("discord_guilds")
    @classmethod
    def _ids(cls, value: str | None) -> str | None:
        for part in (value or "").split(","):
            text = part.strip()
            if text and not (text.isascii() and text.isdecimal() and len(text) <= _LONGEST_ID):
                raise ValueError(
                    f'"{text}" is no server id; with developer mode on, right-click the server, Copy Server ID'
                )
        return value

    @field_validator("discord_client_secret")
    @classmethod
    def _both_or_none(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if (value is None) != (info.data.get("discord_client_id") is None):
            raise ValueError("set it together with STORYWATCH_DISCORD_CLIENT_ID, or neither of them")
        return value

    @property
    def panel_url(self) -> str:
        """Where people reach the panel, without a slash at the end."""
        if self.public_url is not None:
            return self.public_url
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.panel_host, self.panel_host)  # noqa: S104  # shown only
        return f"http://{f'[{host}]' if ':' in host else host}:{self.panel_port}"

    @property
    def discord_guild_ids(self) -> frozenset[int]:
        """The Discord servers in which the bot answers."""
        return frozenset(int(part) for part in (self.discord_guilds or "").split(",") if part.strip())

    @property
    def trusted_networks(self) -> tuple[Network, ...]:
        """The networks of the reverse proxies that are believed."""
        parts = [part.strip() for part in (self.trusted_proxies or "").split(",")]
        return tuple(ipaddress.ip_network(part, strict=False) for part in parts if part)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which days begin."""
        return ZoneInfo(self.timezone)

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


def _is_base_address(text: str) -> bool:
    """Whether *text* is scheme, host and perhaps port of a web address, and nothing else."""
    try:
        parts = urlsplit(text)
        well_formed = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or 1)
    except ValueError:
        return False
    beyond = parts.path.strip("/") or parts.query or parts.fragment or parts.username or parts.password
    return bool(well_formed) and not beyond


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


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
