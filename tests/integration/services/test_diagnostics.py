"""What is handed to somebody who helps: all that they need, and no secret."""

from __future__ import annotations

import io
import zipfile
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.app import App, open_app
from core.clock import FakeClock
from core.domain.actor import Actor, Role
from core.errors import NotAllowed
from core.secrets import Secret, new_key
from core.settings import Settings
from core.storage.database import sql_time

ADMIN = Actor("cli:ann", Role.ADMIN)
KEY = new_key().reveal()
TOKEN = "pl4ntedT0ken"
WORDS = {
    "cookie": "pl4ntedC00kie",
    "csrf": "pl4ntedCsrf",
    "password": "pl4ntedW0rd",
    "user": "pl4ntedUser",
    "apprise": "pl4ntedHook",
    "token": TOKEN,
    "client secret": "pl4ntedClient",
    "metrics": "pl4ntedMetrics",
    "key": KEY,
}


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    given = {
        "DATA_DIR": str(tmp_path / "data"),
        "PLATFORM": "instagram",
        "SECRET_KEY": KEY,
        "DISCORD_TOKEN": TOKEN,
        "DISCORD_CLIENT_ID": "4711",
        "DISCORD_CLIENT_SECRET": WORDS["client secret"],
        "METRICS_TOKEN": WORDS["metrics"] * 2,
    }
    for name, value in given.items():
        monkeypatch.setenv(f"STORYWATCH_{name}", value)
    return Settings()


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[App]:
    """An installation with secrets wherever they can be, also where they should not."""
    (settings.data_dir).mkdir()
    async with open_app(settings, FakeClock()) as opened:
        await opened.proxies.import_lines(ADMIN, f"203.0.113.7:8080:{WORDS['user']}:{WORDS['password']}")
        cookies = f"sessionid=1%3A{WORDS['cookie']}%3A7%3Asig; ds_user_id=1; csrftoken={WORDS['csrf']}; mid=m"
        await opened.sessions.import_lines(ADMIN, cookies, bind_in_order=True)
        hook = Secret(f"json://{WORDS['user']}:{WORDS['apprise']}@hooks.example.org/{WORDS['apprise']}")
        await opened.alerts.add_target(ADMIN, "ops", "apprise", hook)
        await opened.niches.create(ADMIN, "food")
        await opened.profiles.add(ADMIN, ["ann"], "food")
        (batch,) = [await opened.batches.create(ADMIN, niche="food")]
        await opened.batches.start(ADMIN, [batch.id])
        yield opened


@pytest.fixture
async def told(app: App) -> None:
    """What programs wrote that should have known better."""
    at = sql_time(datetime(2026, 11, 27, 14, 3, tzinfo=UTC))
    leak = f"sessionid=1%3A{WORDS['cookie']}; csrftoken={WORDS['csrf']} password={WORDS['password']}"
    url = f"token={WORDS['apprise']}"
    async with app.niches._database.transaction() as tx:
        await tx.execute(
            "INSERT INTO error_group (fingerprint, kind, title, count, first_seen, last_seen, sample, action)"
            " VALUES ('f', 'internal', 'ValueError at case.py:7', 3, ?, ?, ?, 'looked at it')",
            at,
            at,
            f"Traceback\nValueError: {leak}",
        )
        await tx.execute(
            "INSERT INTO resource_event (at, kind, subject_id, subject, before, after, reason)"
            " VALUES (?, 'proxy', 1, 'x', 'ready', 'cooling', ?)",
            at,
            leak,
        )
        await tx.execute("UPDATE alert_target SET last_error = ?", f"refused: {url}")
        await tx.execute(
            "INSERT INTO alert (id, kind, subject, text, target, created_at, attempts)"
            " VALUES (1, 'breaker', 'platform', 'x', '', ?, 1)",
            at,
        )
        await tx.execute(
            "INSERT INTO alert_delivery (alert_id, target_id, state, attempts, due_at, error)"
            " VALUES (1, 1, 'waiting', 2, ?, ?)",
            at,
            f"refused: {url}",
        )


def parts(bundle: bytes) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name).decode()


async def test_the_text_tells_how_the_installation_is(app: App, told: None) -> None:
    text = await app.doctor.diagnostics(ADMIN)
    for expected in (
        "storywatch: ",
        "STORYWATCH_DISCORD_TOKEN: set",
        "STORYWATCH_PUBLIC_URL: not set",
        "per_route_hour: 30",
        "routes: ok",
        "proxies ready: 1",
        "sessions valid: 1",
        "queued, 0 of 1",
        "proxy 1: ready to cooling",
        "internal: ValueError at case.py:7",
        "3 times, first 2026-11-27T14:03:00+00:00",
        "looked at it",
        "target 1: apprise, on",
        "breaker by apprise: waiting after 2 tries",
        "journal_mode: wal",
        "ever written to checks: 1",
    ):
        assert expected in text


async def test_no_secret_is_in_the_text_or_in_the_bundle(app: App, told: None) -> None:
    texts = [await app.doctor.diagnostics(ADMIN), *(text for _, text in parts(await app.doctor.bundle(ADMIN)))]
    # What is searched holds what could have brought one.
    assert "ValueError: sessionid=" in texts[0]
    assert "refused: token=" in texts[0]
    found = {name for name, word in WORDS.items() for text in texts if word in text}
    assert found == set()


async def test_the_bundle_has_a_text_for_each_part(app: App) -> None:
    names = [name for name, _ in parts(await app.doctor.bundle(ADMIN))]
    assert names == [
        f"{part}.txt"
        for part in (
            "versions",
            "settings",
            "limits",
            "findings",
            "engine",
            "pool",
            "batches",
            "schedules",
            "events",
            "errors",
            "alerts",
            "database",
        )
    ]


async def test_the_same_is_told_while_the_engine_is_at_work(app: App, told: None) -> None:
    async with app.engine.attend("bench"):
        text = await app.doctor.diagnostics(ADMIN)
    assert "holder: bench:" in text
    assert [word for word in WORDS.values() if word in text] == []


async def test_only_an_admin_takes_the_diagnostics(app: App) -> None:
    operator = Actor("panel:olga", Role.OPERATOR)
    for taking in (app.doctor.diagnostics, app.doctor.bundle):
        with pytest.raises(NotAllowed):
            await taking(operator)
