"""What a deployment can have wrong, as people are told of it; and the commands that look after it."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.secrets import new_key
from tests.integration.cli.conftest import Ran, Storywatch, written


def sentence(ran: Ran) -> str:
    """The one sentence on standard error; fails where there is more, or anything on standard output."""
    (line,) = ran.err.splitlines()
    assert ran.out == ""
    return line


def test_the_version_is_told(storywatch: Storywatch) -> None:
    ran = storywatch("--version")
    assert (ran.code, ran.out) == (0, "storywatch 1.2.3\n")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("STORYWATCH_PLATFORM", "myspace"),
        ("STORYWATCH_PLATFORM_URL", "http://platform.example"),
        ("STORYWATCH_DATABASE_URL", "postgresql://localhost/storywatch"),
        ("STORYWATCH_LOG_FORMAT", "xml"),
    ],
)
def test_a_malformed_setting_is_named(
    storywatch: Storywatch, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    ran = storywatch("niche", "list")
    assert ran.code == 78
    assert sentence(ran).startswith(f"{variable}: ")


def test_another_platforms_database_is_refused(storywatch: Storywatch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYWATCH_DATABASE_URL", "sqlite:///one.sqlite3")
    storywatch("niche", "create", "food")
    monkeypatch.setenv("STORYWATCH_PLATFORM", "sandbox")
    ran = storywatch("niche", "list")
    assert ran.code == 78
    assert "STORYWATCH_DATA_DIR" in sentence(ran)


def test_another_key_is_refused(storywatch: Storywatch, monkeypatch: pytest.MonkeyPatch) -> None:
    storywatch("niche", "create", "food")
    monkeypatch.setenv("STORYWATCH_SECRET_KEY", new_key().reveal())
    ran = storywatch("niche", "list")
    assert ran.code == 78
    assert "key" in sentence(ran).lower()


def test_a_file_that_is_no_database_is_refused(
    storywatch: Storywatch, monkeypatch: pytest.MonkeyPatch, place: Path
) -> None:
    written(place / "letter.txt", "Dear Ann,\n" * 500)
    monkeypatch.setenv("STORYWATCH_DATABASE_URL", "sqlite:///letter.txt")
    ran = storywatch("niche", "list")
    assert ran.code == 78
    assert "letter.txt" in sentence(ran)


def test_a_database_that_cannot_be_reached_is_refused(
    storywatch: Storywatch, monkeypatch: pytest.MonkeyPatch, place: Path
) -> None:
    written(place / "file", "")
    monkeypatch.setenv("STORYWATCH_DATABASE_URL", "sqlite:///file/x.sqlite3")
    ran = storywatch("niche", "list")
    assert ran.code in {3, 78}
    assert "file" in sentence(ran)


def test_a_check_without_a_route_is_refused_and_writes_nothing(storywatch: Storywatch, names: str) -> None:
    ran = storywatch("check", names, "--niche", "food")
    assert ran.code == 3
    assert ran.err.splitlines()[-1].startswith("No route is usable: there is no session; ")
    assert storywatch("niche", "list", "--json").records == []
    assert storywatch("batch", "list", "--json").records == []


@pytest.mark.parametrize("name", ["results.txt", "results", "no/such/place.csv"])
def test_a_results_file_that_cannot_be_is_refused_before_anything_is_done(
    storywatch: Storywatch, place: Path, name: str
) -> None:
    ran = storywatch("check", "-", "--niche", "food", "--out", name, given="ann\n")
    assert (ran.code, sentence(ran).startswith("--out: ")) == (2, True)
    assert [path.name for path in place.iterdir() if path.name != "data"] == []


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("chek",), "chek"),
        (("check",), "FILE"),
        (("check", "names.txt"), "--niche"),
        (("check", "names.txt", "--niche", "food", "--wait"), "--wait"),
        (("check", "names.txt", "--niche", "food", "--max-wait", "soon"), "--max-wait"),
        (("batch", "list", "--count", "many"), "--count"),
    ],
)
def test_arguments_that_do_not_fit_are_told_in_one_sentence(
    storywatch: Storywatch, arguments: tuple[str, ...], word: str
) -> None:
    ran = storywatch(*arguments)
    assert ran.code == 2
    assert word in sentence(ran)
    assert sentence(ran).endswith("--help")


def test_migrate_says_what_was_done(storywatch: Storywatch) -> None:
    assert storywatch("migrate").out == "The database data/storywatch.sqlite3 was created.\n".replace(
        "data/", f"{Path.cwd()}/data/"
    )
    assert storywatch("migrate", "--json").record["done"] == "up to date"


def test_health_is_bad_while_no_engine_is_at_work(storywatch: Storywatch) -> None:
    ran = storywatch("health")
    assert ran.code == 3
    assert sentence(ran) == "No engine is at work (last heartbeat: never); start one with: storywatch run"


def test_the_doctor_looks_at_everything(storywatch: Storywatch) -> None:
    ran = storywatch("doctor", "--json")
    assert ran.code == 3
    assert [(line["check"], line["status"]) for line in ran.records] == [
        ("database", "ok"),
        ("key", "ok"),
        ("platform", "ok"),
        ("engine", "warning"),
        ("proxies", "failed"),
        ("sessions", "failed"),
        ("canaries", "ok"),
        ("routes", "failed"),
    ]
    assert all(line["fix"] for line in ran.records if line["status"] != "ok")


def test_the_doctor_says_what_keeps_the_application_closed(
    storywatch: Storywatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    storywatch("niche", "create", "food")
    monkeypatch.setenv("STORYWATCH_SECRET_KEY", new_key().reveal())
    ran = storywatch("doctor", "--json")
    assert (ran.code, ran.record["check"], ran.record["status"], bool(ran.record["fix"])) == (78, "key", "failed", True)
    monkeypatch.setenv("STORYWATCH_LOG_FORMAT", "xml")
    assert storywatch("doctor", "--json").record["check"] == "settings"


def test_the_sandbox_is_given_its_arguments_as_they_are(storywatch: Storywatch) -> None:
    ran = storywatch("sandbox", "--json", "--seed", "3", "--help")
    assert (ran.code, ran.out) == (0, "sandbox --json --seed 3 --help\n")
    assert storywatch("sandbox", "--port", "1").code == 3
