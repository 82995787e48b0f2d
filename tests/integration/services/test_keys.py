"""Changing the key: everything is sealed anew, and whoever is killed in the middle loses nothing."""

from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock
from pydantic import SecretStr

from core.app import App, open_app
from core.clock import SystemClock
from core.domain.actor import Actor
from core.errors import ConfigError, Conflict, NotAllowed, Unavailable
from core.secrets import KeyFile, Secret, Vault, new_key
from core.services import keys as verb
from core.settings import Platform, Settings
from core.storage import sealed
from tests.integration.services.conftest import cookies

PASSWORD = "s3cr3t-word"
PROXIES = "\n".join(f"127.0.0.1:{8000 + n}:user{n}:{PASSWORD}-{n}" for n in range(7)) + "\n127.0.0.1:9000\n"


class Killed(Exception):
    """In place of the end of the process."""


HOOK = Secret("json://127.0.0.1:9/s3cr3t-path")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, platform=Platform.INSTAGRAM)


async def furnished(settings: Settings, admin: Actor) -> None:
    async with open_app(settings, SystemClock()) as app:
        await app.proxies.import_lines(admin, PROXIES)
        await app.sessions.import_lines(admin, f"{cookies(1)}\n{cookies(2)}")
        await app.alerts.add_target(admin, "hook", "apprise", HOOK)


def tokens(settings: Settings) -> list[str]:
    """Everything sealed that is in the database."""
    with closing(sqlite3.connect(settings.database_file)) as connection:
        places = [*sealed.SEALED, ("deployment", "key_proof")]
        rows = [connection.execute(f"SELECT {column} FROM {table}").fetchall() for table, column in places]
    return [token for found in rows for (token,) in found if token is not None]


def kept(settings: Settings) -> list[str]:
    return settings.key_file.read_text().split()


async def assert_everything_opens(app: App, admin: Actor) -> None:
    """Known passwords and cookies are told to be known, so they were opened and compared."""
    again = await app.proxies.import_lines(admin, PROXIES)
    assert (again.created, again.updated) == (0, 0)
    sessions = await app.sessions.import_lines(admin, f"{cookies(1)}\n{cookies(2)}")
    assert (sessions.known, sessions.updated) == (2, 0)
    assert [target.address for target in await app.alerts.targets(admin)] == ["json://••••"]


async def test_everything_is_sealed_with_a_new_key_and_the_old_one_is_gone(settings: Settings, admin: Actor) -> None:
    await furnished(settings, admin)
    (old,) = kept(settings)
    before = set(tokens(settings))
    async with open_app(settings, SystemClock()) as app:
        done = await app.keys.rotate(admin)
        await assert_everything_opens(app, admin)
    assert (done.resealed, done.resumed, done.old_key_kept_for) == (10, False, ())
    (new,) = kept(settings)
    assert new != old
    assert len(tokens(settings)) == 11
    assert before.isdisjoint(tokens(settings))
    vault = Vault([Secret(old)])
    for token in tokens(settings):
        with pytest.raises(ConfigError):
            vault.open(token)
    assert stat.S_IMODE(settings.key_file.stat().st_mode) == 0o600
    async with open_app(settings, SystemClock()) as app:
        await assert_everything_opens(app, admin)


async def test_what_other_processes_hold_open_goes_on_with_the_new_key(settings: Settings, admin: Actor) -> None:
    await furnished(settings, admin)
    async with open_app(settings, SystemClock()) as other, open_app(settings, SystemClock()) as app:
        await app.keys.rotate(admin)
        await assert_everything_opens(other, admin)
        await other.sessions.import_lines(admin, cookies(3))
        await other.proxies.import_lines(admin, "127.0.0.1:9001:me:another-word")
    (new,) = kept(settings)
    vault = Vault([Secret(new)])
    assert all(vault.open(token) for token in tokens(settings))


@pytest.mark.parametrize("moment", ["at the start", "in the middle", "before the old key goes"])
async def test_a_change_that_was_killed_is_brought_to_its_end(
    settings: Settings, admin: Actor, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await furnished(settings, admin)
    (old,) = kept(settings)
    with monkeypatch.context() as killing:
        killing.setattr(verb, "_SLICE", 2)
        _kill(moment, killing)
        async with open_app(settings, SystemClock()) as app:
            with pytest.raises(Killed):
                await app.keys.rotate(admin)
    assert len(kept(settings)) == 2
    assert kept(settings)[1] == old
    async with open_app(settings, SystemClock()) as app:
        await assert_everything_opens(app, admin)
        done = await app.keys.rotate(admin)
        assert done.resumed
        assert len(kept(settings)) == 1
        await assert_everything_opens(app, admin)
    vault = Vault([Secret(kept(settings)[0])])
    assert all(vault.open(token) for token in tokens(settings))


def _kill(moment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the process die at *moment*, as far as the database and the key file can tell."""
    reseal, seen = sealed.reseal_some, 0

    async def dying(*given: object, **named: object) -> object:
        nonlocal seen
        seen += 1
        if moment == "at the start" or (moment == "in the middle" and seen == 3):
            raise Killed
        return await reseal(*given, **named)  # type: ignore[arg-type]

    def dead(*_: object) -> tuple[str, ...]:
        raise Killed

    monkeypatch.setattr(sealed, "reseal_some", dying)
    if moment == "before the old key goes":
        monkeypatch.setattr(verb.KeyRotation, "_others_waiting", dead)


@pytest.mark.parametrize("what", ["proxies", "sessions"])
async def test_what_was_sealed_before_the_change_and_is_stored_after_it_is_sealed_anew(
    settings: Settings, admin: Actor, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    await furnished(settings, admin)
    sealing = Vault.seal
    sealed_by_then: list[str] = []

    def seal(vault: Vault, secret: Secret) -> str:
        token = sealing(vault, secret)
        if not sealed_by_then:
            # In another process the change begins now.
            file = KeyFile(settings.key_file, may_create=False)
            file.write([new_key(), *file.read()])
        sealed_by_then.append(token)
        return token

    async with open_app(settings, SystemClock()) as app:
        monkeypatch.setattr(Vault, "seal", seal)
        match what:
            case "proxies":
                await app.proxies.import_lines(admin, "127.0.0.1:9001:me:another-word")
            case "sessions":
                await app.sessions.import_lines(admin, cookies(3))
            case "a session":
                await app.sessions.add(admin, "cleo", cookies(3))
    table, column = ("proxy", "password") if what == "proxies" else ("session", "cookies")
    with closing(sqlite3.connect(settings.database_file)) as connection:
        (token,) = connection.execute(f"SELECT {column} FROM {table} ORDER BY id DESC").fetchone()
    assert Vault([Secret(kept(settings)[0])]).open(token)
    assert token not in sealed_by_then[:1]


async def test_another_database_beside_the_key_keeps_the_old_one_alive(
    settings: Settings, tmp_path: Path, admin: Actor
) -> None:
    await furnished(settings, admin)
    beside = Settings(data_dir=tmp_path, platform=Platform.SANDBOX)
    async with open_app(beside, SystemClock()) as app:
        await app.proxies.import_lines(admin, PROXIES)
    async with open_app(settings, SystemClock()) as app:
        done = await app.keys.rotate(admin)
    assert done.old_key_kept_for == (str(beside.database_file),)
    assert len(kept(settings)) == 2
    async with open_app(beside, SystemClock()) as app:
        done = await app.keys.rotate(admin)
        assert (done.resumed, done.old_key_kept_for) == (True, ())
        assert len(kept(settings)) == 1
        assert (await app.proxies.import_lines(admin, PROXIES)).updated == 0
    async with open_app(settings, SystemClock()) as app:
        await assert_everything_opens(app, admin)


async def test_two_changes_at_once_are_refused(settings: Settings, admin: Actor) -> None:
    await furnished(settings, admin)
    async with open_app(settings, SystemClock()) as app:
        with FileLock(f"{settings.key_file}.lock"), pytest.raises(Unavailable, match="Another process is changing"):
            await app.keys.rotate(admin)
    assert len(kept(settings)) == 1


def with_keys(settings: Settings, *keys: Secret) -> Settings:
    return settings.model_copy(update={"secret_key": SecretStr(",".join(key.reveal() for key in keys))})


async def test_a_key_of_the_environment_is_changed_there(settings: Settings, admin: Actor) -> None:
    old, new = new_key(), new_key()
    await furnished(with_keys(settings, old), admin)
    async with open_app(with_keys(settings, old), SystemClock()) as app:
        with pytest.raises(Conflict, match="set the variable to NEW,OLD"):
            await app.keys.rotate(admin)
    async with open_app(with_keys(settings, new, old), SystemClock()) as app:
        done = await app.keys.rotate(admin)
        assert (done.resealed, done.from_environment) == (10, True)
    async with open_app(with_keys(settings, new), SystemClock()) as app:
        await assert_everything_opens(app, admin)
    assert not settings.key_file.exists()


async def test_a_key_of_the_environment_is_not_changed_under_a_running_engine(settings: Settings, admin: Actor) -> None:
    old, new = new_key(), new_key()
    async with (
        open_app(with_keys(settings, old), SystemClock()) as running,
        open_app(with_keys(settings, new, old), SystemClock()) as app,
        running.engine.attend("run"),
    ):
        with pytest.raises(Unavailable, match="may still run with the old key"):
            await app.keys.rotate(admin)


async def test_only_an_admin_changes_the_key(settings: Settings, admin: Actor, operator: Actor) -> None:
    await furnished(settings, admin)
    async with open_app(settings, SystemClock()) as app:
        with pytest.raises(NotAllowed):
            await app.keys.rotate(operator)


def test_every_column_that_holds_something_sealed_is_sealed_anew() -> None:
    models = Path("core/storage/models.py").read_text()
    # Models say of each such column that it is sealed.
    assert models.count("is sealed") + models.count("sealed JSON") == len(sealed.SEALED)


# -- the file and the vault -----------------------------------------------------------


def test_a_vault_opens_with_every_key_and_seals_with_the_newest() -> None:
    old, new = new_key(), new_key()
    token = Vault([old]).seal(Secret("x"))
    both = Vault([new, old])
    assert both.open(token) == Secret("x")
    resealed = both.resealed(token)
    assert resealed is not None
    assert Vault([new]).open(resealed) == Secret("x")
    assert both.resealed(resealed) is None


def test_a_key_file_that_is_written_is_seen_by_who_read_it_before(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "secret.key", may_create=True)
    other = KeyFile(tmp_path / "secret.key", may_create=False)
    assert not other.changed()
    file.write([new_key(), *file.read()])
    assert other.changed()
    assert other.read() == file.read()
    assert not other.changed()
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_a_vault_goes_on_when_the_key_file_is_away(tmp_path: Path) -> None:
    vault = Vault(KeyFile(tmp_path / "secret.key", may_create=True))
    (tmp_path / "secret.key").unlink()
    assert vault.open(vault.seal(Secret("x"))) == Secret("x")


def test_an_empty_key_file_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_text("\n")
    with pytest.raises(ConfigError, match="is empty; put the key back"):
        KeyFile(tmp_path / "secret.key", may_create=True)
