"""The verbs of batches that need no engine, as people give them."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.integration.cli.conftest import Storywatch, written

PROMISED = ("id", "status", "total", "finished", "live", "none", "private", "gone", "unknown", "requests", "seconds")


@pytest.fixture
def food(storywatch: Storywatch) -> None:
    """A niche of three."""
    storywatch("import", "-", "--niche", "food", given="ann\nbea\ncleo\n")


def batch(record: dict[str, Any]) -> dict[str, Any]:
    inside: dict[str, Any] = record["batch"]
    return inside


def created(storywatch: Storywatch, *options: str) -> dict[str, Any]:
    return batch(storywatch("batch", "create", "--niche", "food", *options, "--json").record)


def test_a_batch_of_a_niche_waits_for_its_start(storywatch: Storywatch, food: None) -> None:
    view = created(storywatch, "--name", "first")
    assert [view[name] for name in PROMISED[1:]] == ["queued", 3, 0, 0, 0, 0, 0, 0, 0, 0.0]
    assert (view["name"], view["requested_at"]) == ("first", None)


def test_people_are_told_how_to_start_it(storywatch: Storywatch, food: None) -> None:
    ran = storywatch("batch", "create", "--niche", "food")
    assert "Ready" in ran.out
    assert "Start it with: storywatch batch start " in ran.err


def test_what_a_batch_will_take_is_told_before_it_is_started(storywatch: Storywatch, food: None) -> None:
    ran = storywatch("batch", "create", "--niche", "food", "--json")
    assert "It will take ≈ 4 requests, and no route is ready." in ran.err
    assert "No route is in service; 1 would do." in ran.err
    assert len(ran.records) == 1


def test_paused_profiles_are_left_out_of_a_niche_and_checked_when_named(
    storywatch: Storywatch, food: None, place: Path
) -> None:
    storywatch("profile", "pause", "ann")
    ran = storywatch("batch", "create", "--niche", "food", "--json")
    assert (batch(ran.record)["total"], batch(ran.record)["skipped"]) == (2, 1)
    assert "1 profile left out: paused or gone." in ran.err
    assert created(storywatch, "--file", written(place / "some.txt", "ann\n"))["total"] == 1


def test_a_batch_of_names_that_nobody_knows_is_refused(storywatch: Storywatch, food: None) -> None:
    ran = storywatch("batch", "create", "--file", "-", given="ann\nzoe\n")
    assert (ran.code, ran.out, "zoe" in ran.err) == (2, "", True)
    assert storywatch("batch", "list", "--json").records == []


def test_a_batch_of_nobody_in_particular_is_refused(storywatch: Storywatch) -> None:
    ran = storywatch("batch", "create")
    assert (ran.code, ran.err) == (2, "niche: name a niche, or the profiles to check\n")


def test_start_stop_and_delete_take_several_ids_and_print_batches(storywatch: Storywatch, food: None) -> None:
    ids = [created(storywatch)["id"] for _ in range(2)]
    started = storywatch("batch", "start", ids[0][:8], ids[1], "--json")
    assert [(batch(line)["id"], batch(line)["place_in_line"]) for line in started.records] == [
        (ids[0], 1),
        (ids[1], 2),
    ]
    assert "No engine runs." in started.err
    stopped = storywatch("batch", "stop", *ids, "--json")
    assert [batch(line)["requested_at"] for line in stopped.records] == [None, None]
    assert "2 batches deleted." in storywatch("batch", "delete", *ids).err
    assert storywatch("batch", "list").out.startswith("No batches yet.")


def test_of_several_ids_one_that_is_wrong_starts_none(storywatch: Storywatch, food: None) -> None:
    view = created(storywatch)
    ran = storywatch("batch", "start", view["id"], "00000000")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == 'There is no batch "00000000"; list the batches to see their ids.\n'
    assert batch(storywatch("batch", "show", view["id"], "--json").record)["requested_at"] is None


def test_batches_are_listed_the_newest_first_page_by_page(storywatch: Storywatch, food: None) -> None:
    for name in ("first", "second", "third"):
        created(storywatch, "--name", name)
    page = storywatch("batch", "list", "--count", "2", "--json").records
    assert [batch(line)["name"] for line in page] == ["third", "second"]
    rest = storywatch("batch", "list", "--after", batch(page[-1])["id"], "--json").records
    assert [batch(line)["name"] for line in rest] == ["first"]
    assert storywatch("batch", "list", "--status", "done", "--json").records == []
    assert storywatch("batch", "list", "--status", "over").code == 2


def test_results_end_with_the_batch_and_export_as_csv_has_the_checks_alone(storywatch: Storywatch, food: None) -> None:
    view = created(storywatch)
    assert batch(storywatch("batch", "results", view["id"], "--json").record)["id"] == view["id"]
    rows = list(csv.reader(storywatch("batch", "results", view["id"], "--format", "csv").out.splitlines()))
    assert rows == [["username", "outcome", "reason", "attempts", "story_until", "checked_at", "proxy", "session"]]


def test_show_says_where_a_batch_stands(storywatch: Storywatch, food: None) -> None:
    view = created(storywatch, "--name", "first")
    ran = storywatch("batch", "show", view["id"])
    assert ran.out == "first: Ready. 0 checks of 3, 0 requests in 0 s: nothing yet.\n"


def test_the_log_tells_who_did_what(storywatch: Storywatch, food: None) -> None:
    view = created(storywatch)
    storywatch("batch", "start", view["id"])
    storywatch("batch", "stop", view["id"])
    ran = storywatch("batch", "log", view["id"], "--json")
    assert [line["what"] for line in ran.records][:2] == ["stop", "start"]
    assert ran.records[0]["text"].startswith("by cli:")


def test_a_retry_without_unknown_checks_is_refused(storywatch: Storywatch, food: None) -> None:
    ran = storywatch("batch", "retry", created(storywatch)["id"])
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
