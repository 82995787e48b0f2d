"""Alerts at the command line: where they go, by which rules, and that no address is shown."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cli import alert_lines
from tests.integration.cli.conftest import Storywatch, written
from tests.project.test_shapes_documented import EXAMPLES

HOOK = "json://rita:s3cr3t-word@127.0.0.1:9/t0ken-in-path"
CHANNEL = "112233445566778899"


def test_a_target_is_added_listed_changed_and_removed(storywatch: Storywatch) -> None:
    added = storywatch("alert", "add", "--label", "desk", "--channel", CHANNEL, "--kinds", "story", "--json").record
    assert (added["label"], added["via"], added["channel"], added["kinds"]) == ("desk", "discord", CHANNEL, ["story"])
    changed = storywatch(
        "alert", "change", "desk", "--kinds", "all", "--quiet", "22:00-07:00", "--off", "--json"
    ).record
    assert (changed["kinds"], changed["quiet"], changed["enabled"]) == (None, "22:00-07:00", False)
    table = storywatch("alert", "targets").out
    assert "22:00-07:00" in table
    assert "off" in table
    assert storywatch("alert", "remove", "desk").err == 'The target "desk" is removed.\n'
    assert storywatch("alert", "targets").out.startswith("Alerts go nowhere yet.")


@pytest.mark.parametrize("by", ["standard input", "a file"])
def test_an_address_for_apprise_comes_in_secretly_and_is_shown_by_no_command(
    storywatch: Storywatch, place: Path, by: str
) -> None:
    if by == "a file":
        said = [storywatch("alert", "add", "-l", "hook", "--file", written(place / "address.txt", f"{HOOK}\n"))]
    else:
        said = [storywatch("alert", "add", "-l", "hook", given=HOOK)]
    said.append(storywatch("alert", "test", "hook"))
    assert [ran.code for ran in said] == [0, 3]
    assert "Connection error" in said[1].err
    said += [storywatch("alert", "targets"), storywatch("alert", "targets", "--json"), storywatch("alert", "list")]
    assert "json://••••" in said[2].out
    for secret in ("s3cr3t-word", "t0ken-in-path", "rita"):
        assert not any(secret in ran.out + ran.err for ran in said)
        assert secret.encode() not in (place / "data" / "storywatch.sqlite3").read_bytes()


def test_an_address_that_cannot_be_read_is_bad_input(storywatch: Storywatch) -> None:
    ran = storywatch("alert", "add", "-l", "hook", given="jsn://rita:s3cr3t-word@host")
    assert ran.code == 2
    assert ran.err == 'address: Apprise knows no service "jsn"; did you mean "json"?\n'


def test_rules_are_shown_and_set(storywatch: Storywatch) -> None:
    assert "proxies_low" in storywatch("alert", "rules").out
    rules = storywatch("alert", "set", "batches=all", "kinds=story, breaker", "--json").record
    assert (rules["batches"], rules["kinds"]) == ("all", ["story", "breaker"])
    assert storywatch("alert", "rules", "--json").record == rules
    for given, sentence in (("batches", "write NAME=VALUE"), ("batch=all", "no such rule"), ("quiet=7", "no span")):
        ran = storywatch("alert", "set", given)
        assert (ran.code, sentence in ran.err) == (2, True)


def test_alerts_are_muted_for_a_while_and_until_a_time(storywatch: Storywatch) -> None:
    storywatch("alert", "add", "--label", "desk", "--channel", CHANNEL)
    assert storywatch("alert", "mute", "--for", "4h").out.startswith("All alerts are muted until ")
    assert storywatch("alert", "unmute").out == "Alerts are not muted.\n"
    muted = storywatch("alert", "mute", "desk", "--until", "2999-01-01T08:00+01:00", "--json").record
    assert muted["muted_until"] == "2999-01-01T07:00:00+00:00"
    assert storywatch("alert", "mute").err == "mute: say how long, with --for or with --until\n"
    assert storywatch("alert", "mute", "--until", "2001-01-01").err == "until: that moment is past; give one to come\n"
    assert storywatch("alert", "mute", "--for", "soon").code == 2


def test_a_profile_is_watched_and_says_so(storywatch: Storywatch, names: str) -> None:
    storywatch("import", names, "--niche", "food")
    assert storywatch("profile", "watch", "ann", "bea").out == "2 profiles watched.\n"
    assert storywatch("profile", "show", "ann", "--json").record["watched"] is True
    assert "watched, so a new one is an alert" in " ".join(storywatch("profile", "show", "ann").out.split())
    assert storywatch("profile", "unwatch", "ann").out == "1 profile unwatched.\n"


def test_an_alert_has_the_documented_shape_with_its_deliveries(storywatch: Storywatch, place: Path) -> None:
    storywatch("alert", "add", "--label", "desk", "--channel", CHANNEL)
    storywatch("alert", "change", "desk", "--off")
    with closing(sqlite3.connect(place / "data" / "storywatch.sqlite3")) as connection, connection:
        connection.execute(
            "INSERT INTO alert (id, kind, subject, text, target, created_at) VALUES (1, 'story', 'ann', 'ann.', '', ?)",
            ("2026-01-01 12:00:00+00:00",),
        )
        connection.execute(
            "INSERT INTO alert_delivery (alert_id, target_id, state, due_at, error)"
            " VALUES (1, 1, 'waiting', ?, 'gone')",
            ("2026-01-01 12:00:20+00:00",),
        )
    record = storywatch("alert", "list", "--json").record
    (example,) = (example for example in EXAMPLES if "deliveries" in example)
    assert list(record) == list(example)
    assert list(record["deliveries"][0]) == list(example["deliveries"][0])
    assert "desk is tried again: gone" in " ".join(storywatch("alert", "list", "--target", "desk").out.split())
    assert alert_lines.alerts_table([]) == "No alerts so far."
