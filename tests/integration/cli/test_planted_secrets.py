"""Cookies, passwords and keys are planted, and then looked for in everything that this program writes anywhere."""

from __future__ import annotations

import asyncio
import io
import logging
import sqlite3
import traceback
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Literal

import pytest

from core import log
from core.app import open_app
from core.clock import SystemClock
from core.domain.actor import Actor, Role
from core.settings import read_settings
from tests.integration.cli.conftest import Storywatch, written

COOKIE, TOKEN, PASSWORD, OTHER = "pl4ntedC00kie", "pl4ntedCsrf", "pl4ntedW0rd", "pl4ntedN3wW0rd"
USER = "pl4ntedUser"
PLANTED = (COOKIE, TOKEN, PASSWORD, OTHER)
ADMIN = Actor("cli:ann", Role.ADMIN)

# Nothing listens at these places: every test and every check fails, and says why.
PROXIES = "\n".join(
    (
        f"127.0.0.1:9:{USER}:{PASSWORD}",
        f"socks5://{USER}:{PASSWORD}@127.0.0.1:9",
        f"https://{USER}:{PASSWORD}@127.0.0.1:9",
        f"{USER}:{PASSWORD}@127.0.0.1:99999",
        f"127.0.0.1:80:{PASSWORD}",
        f"ftp://{USER}:{PASSWORD}@127.0.0.1:21",
        f"{USER}:{PASSWORD}@instagram.com:443",
    )
)
SESSIONS = "\n".join(
    f"sessionid={n}%3A{COOKIE}%3A7%3Asig; ds_user_id={n}; csrftoken={TOKEN}{n}; mid=m{n}" for n in (1, 2, 3)
)
BROKEN = f"sessionid={COOKIE}; csrftoken={TOKEN}\nsessionid=1%3A{COOKIE}2%3A7%3Asig; ds_user_id=2\n{COOKIE}\n"


@pytest.fixture
def logged(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """Everything that is logged from now on, however unimportant."""
    form: Literal["console", "json"] = request.param
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    log.set_up(form, level=logging.DEBUG, stream=stream)
    for name in ("aiohttp", "asyncio", "tortoise", "aiosqlite", "filelock"):
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)


def assert_clean(*texts: str) -> None:
    for text in texts:
        assert [word for word in PLANTED if word in text] == []


@pytest.mark.parametrize("logged", ["console", "json"], indirect=True)
def test_no_command_and_no_log_shows_a_secret(storywatch: Storywatch, place: Path, logged: io.StringIO) -> None:
    said = [
        storywatch("proxy", "import", "-", "--lines", given=PROXIES),
        storywatch("proxy", "import", "-", "--lines", "--json", given=PROXIES.replace(PASSWORD, OTHER)),
        storywatch("proxy", "import", "-", given=f"{USER}:{PASSWORD}@nowhere"),
        storywatch("session", "import", "-", "--bind-in-order", given=SESSIONS),
        storywatch("session", "import", "-", given=BROKEN),
        storywatch("session", "import", "-", "--json", given=f"{BROKEN}{SESSIONS}"),
        storywatch("session", "add", "--label", "ann", given=f"sessionid={COOKIE}"),
        storywatch("session", "add", "--label", "ann", given=SESSIONS.splitlines()[0]),
        storywatch("limits", "set", "connect_timeout=1", "route_gap_seconds=0", "rest_scale=0.0001"),
        storywatch("proxy", "disable", f"{USER}:{PASSWORD}@127.0.0.1:7"),
        storywatch("proxy", "test", "--all"),
        storywatch("proxy", "test", "--all", "--json"),
        storywatch("session", "test", "--all"),
        storywatch("check", written(place / "names.txt", "ann\n"), "--niche", "food", "--max-wait", "1"),
        storywatch("key", "rotate"),
    ]
    for noun in ("proxy", "session"):
        for verb in ("list", "export", "log"):
            said += [storywatch(noun, verb), storywatch(noun, verb, "--json")]
    said += [
        storywatch("canary", "list"),
        storywatch("alert", "list"),
        storywatch("doctor"),
        storywatch("batch", "list"),
    ]
    # What is searched is what was meant: there are proxies and sessions, their tests failed, and the log is not empty.
    assert [ran.code for ran in said[:4]] == [0, 0, 2, 0]
    assert "Nothing takes connections at this address" in said[10].out
    assert "proxy changed state" in logged.getvalue()
    assert_clean(logged.getvalue(), *(ran.out for ran in said), *(ran.err for ran in said))
    # Users are nobody's business either, but a sign-in that is refused may have to be told apart.
    assert [ran for ran in said if USER in ran.out + ran.err] == []
    key = (place / "data" / "secret.key").read_text().strip()
    assert [ran for ran in said if key in ran.out + ran.err] == []


def test_nothing_that_is_stored_holds_a_secret_in_the_clear(storywatch: Storywatch, place: Path) -> None:
    storywatch("proxy", "import", "-", given=PROXIES)
    storywatch("session", "import", "-", "--bind-in-order", given=SESSIONS)
    storywatch("limits", "set", "connect_timeout=1", "route_gap_seconds=0", "rest_scale=0.0001")
    storywatch("proxy", "test", "--all")
    storywatch("session", "test", "--all")
    asyncio.run(_strike(place))
    with closing(sqlite3.connect(place / "data" / "storywatch.sqlite3")) as source:
        assert source.execute("SELECT count(*) FROM error_group").fetchone() == (1,)
        with closing(sqlite3.connect(place / "copy.sqlite3")) as copy:
            source.backup(copy)
    files = [path for path in place.rglob("*") if path.is_file()]
    assert {path.name for path in files} >= {"storywatch.sqlite3", "copy.sqlite3", "secret.key"}
    for path in files:
        stored = path.read_bytes()
        assert [word for word in PLANTED if word.encode() in stored] == [], path


async def _strike(place: Path) -> None:
    """A bug in the middle of the engine, whose error holds a secret."""
    async with open_app(read_settings(), SystemClock()) as app, app.engine.attend("bench"):
        assert app.engine.running is not None
        try:
            raise ValueError(f"cookie: sessionid=1%3A{COOKIE}%3A7%3Asig; password={PASSWORD}")
        except ValueError as error:
            app.engine.running.recorder.bug(error)
        await app.engine.running.recorder.commit()


async def test_no_value_of_ours_shows_a_secret_and_no_traceback_does(place: Path) -> None:
    async with open_app(read_settings(), SystemClock()) as app:
        await app.proxies.import_lines(ADMIN, PROXIES)
        await app.sessions.import_lines(ADMIN, SESSIONS, bind_in_order=True)
        async with app.engine.attend("bench"):
            assert app.engine.running is not None
            pool = app.engine.running.pool
            seen = [repr(app), str(app), repr(pool), repr(app.engine), repr(await app.proxies.list(ADMIN))]
            seen += [repr(await app.sessions.list(ADMIN)), repr(pool.inspection.proxy(1))]
            async with pool.lease() as lease:
                seen += [repr(lease), repr(lease.loan), repr(lease.login), repr(lease.address)]
                seen += [_traceback_of(lease), repr(app.engine.running.following)]
            seen += [repr(view) async for view in app.trials.test_proxies(ADMIN, every=True)]
    assert_clean(*seen)


def _traceback_of(value: object) -> str:
    """A traceback that shows the local values of its frames."""
    try:
        raise RuntimeError(f"something broke: {value!r}")
    except RuntimeError as error:
        return "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())


def test_the_whole_configuration_hides_its_key(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYWATCH_SECRET_KEY", f"{PASSWORD},{OTHER}")
    settings = read_settings()
    assert_clean(repr(settings), str(settings), repr(settings.secrets), repr(settings.model_dump()))
