"""Logs and alerts as people ask for them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.integration.cli.conftest import Storywatch, cookie


@pytest.fixture
def routes(storywatch: Storywatch) -> None:
    """Two proxies, and a session that is bound to the first."""
    assert storywatch("proxy", "import", "-", given="127.0.0.1:8001\n127.0.0.1:8002:rita:s3cr3t-word\n").code == 0
    assert storywatch("session", "add", "--label", "ann", "--proxy", "1", given=cookie(11)).code == 0


def written(place: Path, statement: str, *values: Sequence[object]) -> None:
    """Write into the database as an engine would have."""
    with closing(sqlite3.connect(place / "data" / "storywatch.sqlite3")) as connection, connection:
        connection.executemany(statement, values)


def test_a_proxys_log_tells_what_people_did_in_sentences(storywatch: Storywatch, routes: None) -> None:
    storywatch("proxy", "disable", "2")
    storywatch("proxy", "enable", "2")
    lines = storywatch("proxy", "log", "2").out.splitlines()
    assert lines[0].split() == ["when", "(UTC)", "what", "happened"]
    assert [line.strip().rpartition("  ")[2].rpartition(" by ")[0] for line in lines[1:]] == [
        "was switched off",
        "was switched on",
    ]
    everybody = storywatch("proxy", "log").out
    assert "http://r•••@127.0.0.1:8002" in everybody
    assert "s3cr3t-word" not in everybody


def test_a_log_is_printed_for_programs_the_newest_last(storywatch: Storywatch, routes: None) -> None:
    storywatch("session", "bind", "ann", "2", "--reason", "the other one is slow")
    storywatch("session", "disable", "ann")
    first, last = storywatch("session", "log", "ann", "--json").records
    assert {"at", "subject", "from", "to", "reason", "until"} <= set(first)
    assert (first["subject"], first["from"], first["to"]) == ("ann", "valid", "valid")
    assert first["reason"].endswith("from proxy 1 to proxy 2: the other one is slow")
    assert (last["from"], last["to"], last["until"]) == ("valid", "disabled", None)
    assert storywatch("session", "log", "ann", "--json", "--count", "1").records == [last]


def test_the_log_of_a_removed_proxy_can_still_be_read(storywatch: Storywatch, routes: None) -> None:
    storywatch("proxy", "remove", "1")
    assert storywatch("proxy", "log", "1", "--json").record["to"] == "removed"
    unknown = storywatch("proxy", "log", "7")
    assert (unknown.code, unknown.out, len(unknown.err.splitlines())) == (2, "", 1)


def test_nothing_that_happened_is_said_to_be_nothing(storywatch: Storywatch, routes: None) -> None:
    assert storywatch("canary", "log").out == "Nothing has happened so far.\n"
    assert storywatch("alert", "list").out == "No alerts so far.\n"
    assert storywatch("alert", "list", "--json").records == []


def test_alerts_are_listed_and_wait_for_their_delivery(storywatch: Storywatch, routes: None, place: Path) -> None:
    text = 'The session "ann" is challenged (checkpoint) and waits for a person.'
    at = "2026-01-01 12:00:00+00:00"
    written(
        place,
        "INSERT INTO alert (kind, subject, text, target, created_at, attempts) VALUES (?, ?, ?, '', ?, 0)",
        ("session_frozen", "ann", text, at),
    )
    assert text in " ".join(storywatch("alert", "list").out.split())
    alert = storywatch("alert", "list", "--json").record
    assert (alert["kind"], alert["subject"], alert["text"]) == ("session_frozen", "ann", text)
    assert alert["delivered_at"] is None


def test_the_lists_show_how_proxies_and_sessions_do(storywatch: Storywatch, routes: None, place: Path) -> None:
    health = '{"outcomes": 7, "judged": 5}'
    for table in ("proxy", "session"):
        written(place, f"UPDATE {table} SET health = ? WHERE id = 1", (health,))
    written(place, "UPDATE session SET canaries_asked = ?, canaries_seen = ?", (4, 3))
    proxy = storywatch("proxy", "list", "--json").records[0]
    assert (proxy["score"], proxy["level"], proxy["p95_ms"]) == (60, "degraded", None)
    session = storywatch("session", "list", "--json").record
    assert (session["score"], session["level"], session["canary_share"]) == (60, "degraded", 0.75)
    assert "60 % degraded" in " ".join(storywatch("session", "list").out.split())


def test_the_list_of_canaries_ends_with_how_often_a_story_would_be_missed(storywatch: Storywatch, place: Path) -> None:
    storywatch("canary", "add", "nasa")
    assert storywatch("canary", "list").err == ""
    assert storywatch("canary", "list", "--json").record["missed_share"] is None
    storywatch("import", "-", "--niche", "demo", given="ann\nbob\n")
    storywatch("batch", "create", "--niche", "demo")
    written(place, "UPDATE batch SET live = ?, second_finds = ?", (50, 1))
    assert storywatch("canary", "list").err == (
        "One asking alone would have missed 2.0 % of the stories of the last 30 days "
        "(1 of 50 were found only on the second asking).\n"
    )
    assert storywatch("canary", "list", "--json").record["missed_share"] == 0.02
