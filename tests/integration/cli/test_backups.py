"""``storywatch backup``, ``restore`` and ``doctor --bundle`` as people and scripts give them."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from core.storage.locks import run_lock
from tests.integration.cli.conftest import Storywatch, cookie


@pytest.fixture
def filled(storywatch: Storywatch, place: Path) -> Path:
    """A backup of an installation with a niche of two, a proxy and a session; the niche has grown since."""
    storywatch("import", "-", "--niche", "food", given="ann\nbob\n")
    storywatch("proxy", "import", "-", given="127.0.0.1:8001:rita:s3cr3t-word\n")
    storywatch("session", "add", "--label", "ann", "--proxy", "1", given=cookie(11))
    assert storywatch("backup", "monday.sqlite3").code == 0
    storywatch("import", "-", "--niche", "food", given="cem\n")
    return place / "monday.sqlite3"


def test_a_backup_says_what_is_in_it_and_where_the_key_is(storywatch: Storywatch, filled: Path, place: Path) -> None:
    ran = storywatch("backup", "tuesday.sqlite3")
    assert ran.code == 0
    assert ran.out.startswith("tuesday.sqlite3: ")
    assert "MB, whole. 1 niche, 3 profiles, 0 batches, 0 checks, 1 proxy, 1 session." in ran.out
    key_file = place / "data" / "secret.key"
    assert f"copy {key_file} to another place" in ran.err
    again = storywatch("backup", "tuesday.sqlite3")
    assert (again.code, again.out) == (2, "")
    assert "give --force to replace it" in again.err
    record = storywatch("backup", "tuesday.sqlite3", "--force", "--json").record
    assert record.pop("bytes") == (place / "tuesday.sqlite3").stat().st_size
    assert record == {
        "file": "tuesday.sqlite3",
        "niches": 1,
        "profiles": 3,
        "batches": 0,
        "checks": 0,
        "proxies": 1,
        "sessions": 1,
        "key_file": str(key_file),
    }


def test_a_backup_is_brought_back_and_what_was_there_is_kept(storywatch: Storywatch, filled: Path, place: Path) -> None:
    ran = storywatch("restore", str(filled), "--yes")
    assert ran.code == 0
    assert "1 niche, 2 profiles" in ran.out
    (kept,) = (place / "data" / "backups").glob("storywatch-replaced-*.sqlite3")
    assert str(kept) in ran.err
    names = [record["username"] for record in storywatch("profile", "list", "--niche", "food", "--json").records]
    assert names == ["ann", "bob"]
    back = storywatch("restore", str(kept), "--yes", "--json").record
    assert (back["profiles"], back["upgraded"], back["limits_known"]) == (3, [], True)
    assert back["kept"] != str(kept)
    assert len(storywatch("profile", "list", "--niche", "food", "--json").records) == 3


def test_nothing_is_replaced_without_a_word_from_somebody(storywatch: Storywatch, filled: Path) -> None:
    ran = storywatch("restore", str(filled))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("--yes: give it to put")
    assert len(storywatch("profile", "list", "--niche", "food", "--json").records) == 3


def test_while_somebody_serves_the_database_a_restore_is_refused(
    storywatch: Storywatch, filled: Path, place: Path
) -> None:
    with run_lock(place / "data" / "storywatch.sqlite3"):
        ran = storywatch("restore", str(filled), "--yes")
    assert (ran.code, ran.out) == (3, "")
    assert "end it, and restore again" in ran.err


def test_a_backup_needs_its_key_and_its_platform(
    storywatch: Storywatch, filled: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYWATCH_DATA_DIR", str(place / "new"))
    keyless = storywatch("restore", str(filled), "--yes")
    assert (keyless.code, keyless.out) == (78, "")
    assert "put the file back, or set the key" in keyless.err
    (place / "new" / "secret.key").write_bytes((place / "data" / "secret.key").read_bytes())
    monkeypatch.setenv("STORYWATCH_PLATFORM", "sandbox")
    assert storywatch("restore", str(filled), "--yes").code == 78
    monkeypatch.setenv("STORYWATCH_PLATFORM", "instagram")
    ran = storywatch("restore", str(filled), "--yes", "--json")
    assert (ran.code, ran.record["kept"]) == (0, None)
    assert storywatch("session", "list", "--json").record["label"] == "ann"


def test_a_backup_holds_no_secret_in_the_clear(storywatch: Storywatch, filled: Path, place: Path) -> None:
    data = filled.read_bytes()
    key = (place / "data" / "secret.key").read_bytes().strip()
    assert [word for word in (b"s3cr3t-word", b"11%3Aabc", key) if word in data] == []
    with closing(sqlite3.connect(filled)) as connection:
        assert connection.execute("SELECT count(*) FROM session").fetchone() == (1,)


def test_a_bundle_for_whoever_helps_is_written_once(storywatch: Storywatch, filled: Path, place: Path) -> None:
    ran = storywatch("doctor", "--bundle", "help.zip")
    assert "help.zip is written; look into it before you send it to somebody." in ran.err
    assert ran.out.startswith("database")
    file = place / "help.zip"
    assert file.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(file) as archive:
        texts = {name: archive.read(name) for name in archive.namelist()}
    assert b"sessions valid: 1" in texts["pool.txt"]
    assert [text for text in texts.values() if b"s3cr3t-word" in text] == []
    again = storywatch("doctor", "--bundle", "help.zip")
    assert (again.code, again.out) == (2, "")
    assert again.err == "--bundle: help.zip is there already; name another file\n"
