"""What a person may get wrong, each as the process meets it: a code, one sentence, and nothing half-written."""

from __future__ import annotations

import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.secrets import new_key
from tests.acceptance.conftest import MakePretend, MakeTerminal
from tests.acceptance.rows import only
from tests.acceptance.terminal import Terminal

NIGHT_SHIFT = "127.0.0.1:9:rita:s3cr3t-word\n"
COOKIE = "sessionid=7%3Aabc%3A1%3Asig; ds_user_id=7; csrftoken=c"
HOLDS_SOMETHING = ("niche", "profile", "batch", "checks", "proxy", "session", "canary")


@pytest.fixture
def mine(terminal: MakeTerminal) -> Iterator[Terminal]:
    """A terminal for a platform that nobody answers for; whatever a test does there leaves nothing behind."""
    made = terminal(platform="instagram", platform_url="http://127.0.0.1:9")
    yield made
    if made.database.exists():
        left = {table: only(made.database, f"SELECT count(*) FROM {table}") for table in HOLDS_SOMETHING}
        assert {table: count for table, count in left.items() if count} == {}


@pytest.mark.parametrize(
    ("content", "beginning"),
    [
        (b"", "file: it is empty; "),
        (b"\x7fELF\x02\x01\x01" + bytes(4_000), "file: "),
        (b"no name!\n-\n", "file: it holds no username, "),
        (b"x y!" * 2_621_440, "file: it holds no username, "),
    ],
    ids=["empty", "binary", "only invalid lines", "a line of 10 MB"],
)
def test_a_list_that_cannot_be_used(mine: Terminal, content: bytes, beginning: str) -> None:
    sentence = mine.run("check", mine.written("names.txt", content), "--niche", "food", code=2).sentence
    assert sentence.startswith(beginning)
    assert len(sentence) < 300


def test_a_niche_that_nobody_made(mine: Terminal) -> None:
    sentence = mine.run("batch", "create", "--niche", "fodo", code=2).sentence
    assert '"fodo"' in sentence


def test_a_check_with_no_usable_route(mine: Terminal) -> None:
    sentence = mine.run("check", "-", "--niche", "food", given="ann\n", code=3).sentence
    assert sentence.startswith("No route is usable: there is no session; ")


def test_a_proxy_line_that_cannot_be_read_is_told_without_its_password(mine: Terminal) -> None:
    ran = mine.run("proxy", "import", "-", given="http://rita:s3cr3t-word@nowhere:port\n", code=2)
    assert ran.sentence.startswith("proxies: the only line cannot be read; line 1: ")
    assert "s3cr3t-word" not in ran.err


def test_a_session_without_the_cookie_that_the_platform_needs(mine: Terminal) -> None:
    sentence = mine.run("session", "add", "--label", "ann", given="ds_user_id=7; csrftoken=s3cr3t", code=2).sentence
    assert "sessionid" in sentence
    assert "s3cr3t" not in sentence


@pytest.mark.parametrize(
    ("setting", "value", "code"),
    [
        ("platform_url", "http://platform.example", 78),
        ("database_url", "sqlite:////dev/null/x.sqlite3", 3),
    ],
    ids=["an address that would leak", "a database out of reach"],
)
def test_a_setting_that_cannot_work(mine: Terminal, setting: str, value: str, code: int) -> None:
    mine.settings[setting] = value
    sentence = mine.run("niche", "list", code=code).sentence
    assert "/dev/null" in sentence if code == 3 else sentence.startswith(f"STORYWATCH_{setting.upper()}: ")
    assert not mine.data.exists()
    del mine.settings[setting]


def test_a_port_in_use(mine: Terminal) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        sentence = mine.run("sandbox", "--json", "--port", port, code=3).sentence
    assert sentence == f"Port {port} is in use; stop what uses it, or choose another port."


def test_another_key_and_another_platform_are_refused_and_change_nothing(
    pretend: MakePretend, furnished: MakeTerminal
) -> None:
    mine = furnished(pretend(profiles=1, proxies=2))
    before = dump(mine.database)
    mine.settings["secret_key"] = new_key().reveal()
    assert "STORYWATCH_SECRET_KEY" in mine.run("session", "add", "--label", "x", given=COOKIE, code=78).sentence
    del mine.settings["secret_key"]
    mine.settings["database_url"] = f"sqlite:///{mine.database}"
    mine.settings["platform"] = "sandbox"
    assert "STORYWATCH_DATA_DIR" in mine.run("proxy", "import", "-", given=NIGHT_SHIFT, code=78).sentence
    assert dump(mine.database) == before


def dump(database: Path) -> list[str]:
    """Everything in the database, as SQL."""
    with closing(sqlite3.connect(database)) as connection:
        return list(connection.iterdump())
