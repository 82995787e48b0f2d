"""Opening the application: the stamp of a database, and the key it was written with."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from pydantic import SecretStr

from core.app import open_app
from core.clock import SystemClock
from core.domain.actor import Actor, Role
from core.errors import ConfigError
from core.secrets import new_key
from core.settings import Platform, Settings

ADMIN = Actor("cli:ann", Role.ADMIN)


def _settings(folder: Path, **values: object) -> Settings:
    return Settings(**{"data_dir": folder, "platform": Platform.INSTAGRAM} | values)  # type: ignore[arg-type]


async def _open(settings: Settings) -> None:
    async with open_app(settings, SystemClock()):
        pass


async def test_the_first_opening_makes_a_key_that_only_its_owner_can_read(tmp_path: Path) -> None:
    await _open(_settings(tmp_path))
    key = tmp_path / "secret.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    before = key.read_text()
    await _open(_settings(tmp_path))
    assert key.read_text() == before


async def test_another_platforms_database_is_refused_with_the_data_directory_named(tmp_path: Path) -> None:
    file = tmp_path / "x.sqlite3"
    await _open(_settings(tmp_path, database_url=f"sqlite:///{file}"))
    with pytest.raises(ConfigError, match="STORYWATCH_PLATFORM") as refused:
        await _open(_settings(tmp_path, database_url=f"sqlite:///{file}", platform=Platform.SANDBOX))
    assert str(tmp_path) in str(refused.value)
    assert "\n" not in str(refused.value)


async def test_another_key_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    await _open(_settings(tmp_path))
    with pytest.raises(ConfigError, match="STORYWATCH_SECRET_KEY: this database was written with another key"):
        await _open(_settings(tmp_path, secret_key=SecretStr(new_key().reveal())))


async def test_a_key_file_that_is_lost_is_not_replaced_by_a_new_one(tmp_path: Path) -> None:
    await _open(_settings(tmp_path))
    (tmp_path / "secret.key").unlink()
    with pytest.raises(ConfigError, match=r"secret\.key is missing"):
        await _open(_settings(tmp_path))
    assert not (tmp_path / "secret.key").exists()


async def test_a_malformed_key_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="STORYWATCH_SECRET_KEY: not a key"):
        await _open(_settings(tmp_path, secret_key=SecretStr("short")))


async def test_secrets_are_nowhere_in_the_database_file(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    async with open_app(settings, SystemClock()) as app:
        await app.proxies.import_lines(ADMIN, "http://ann:pa55word-planted@127.0.0.1:4000")
        await app.sessions.add(ADMIN, "one", "sessionid=7%3Aplanted-cookie%3A7%3Asig; ds_user_id=7")
        shown = f"{app!r} {await app.proxies.list(ADMIN)} {await app.sessions.list(ADMIN)}"
    stored = _bytes_in(tmp_path)
    for secret in ("pa55word-planted", "planted-cookie"):
        assert secret.encode() not in stored
        assert secret not in shown


def _bytes_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("storywatch.sqlite3*"))
