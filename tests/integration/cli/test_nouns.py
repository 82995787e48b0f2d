"""The verbs of niches, profiles, canaries and limits as people give them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.integration.cli.conftest import Storywatch, written


@pytest.fixture
def food(storywatch: Storywatch) -> None:
    """A niche of three."""
    storywatch("import", "-", "--niche", "food", given="ann\nbea\ncleo\n")


def names_in(storywatch: Storywatch, niche: str) -> list[str]:
    return [profile["username"] for profile in storywatch("profile", "list", "--niche", niche, "--json").records]


def test_profiles_that_are_watched_are_listed_alone(storywatch: Storywatch, food: None) -> None:
    storywatch("import", "-", "--niche", "art", given="dora\n")
    storywatch("profile", "watch", "bea", "dora")
    watched = storywatch("profile", "list", "--watched", "--json").records
    assert [(each["username"], each["watched"]) for each in watched] == [("bea", True), ("dora", True)]
    of_food = storywatch("profile", "list", "--niche", "food", "--watched", "--json").records
    assert [each["username"] for each in of_food] == ["bea"]
    assert storywatch("profile", "list", "--niche", "nowhere", "--watched").code == 2
    storywatch("profile", "unwatch", "bea", "dora")
    assert storywatch("profile", "list", "--watched", "--json").records == []


# -- niches -----------------------------------------------------------------------


def test_niches_are_created_listed_and_ordered(storywatch: Storywatch) -> None:
    for name in ("food", "drinks", "pets"):
        storywatch("niche", "create", name)
    storywatch("niche", "order", "pets", "food")
    ran = storywatch("niche", "list", "--json")
    assert [(niche["name"], niche["position"]) for niche in ran.records] == [("pets", 1), ("food", 2), ("drinks", 3)]


def test_a_target_is_set_and_cleared(storywatch: Storywatch, food: None) -> None:
    assert storywatch("niche", "target", "food", "40", "--json").record["daily_story_target"] == 40
    assert storywatch("niche", "target", "food", "none", "--json").record["daily_story_target"] is None
    ran = storywatch("niche", "target", "food", "many")
    assert (ran.code, ran.err) == (2, 'daily story target: give a whole number, or none, not "many"\n')


def test_a_niche_with_brackets_and_colons_is_shown_as_it_is(storywatch: Storywatch) -> None:
    storywatch("niche", "create", "[red] :smile: food")
    assert "[red] :smile: food" in storywatch("niche", "list").out


def test_a_niche_is_renamed(storywatch: Storywatch, food: None) -> None:
    assert storywatch("niche", "rename", "food", "Meals", "--json").record["name"] == "Meals"


def test_a_niche_with_profiles_is_deleted_only_when_it_is_said_what_becomes_of_them(
    storywatch: Storywatch, food: None
) -> None:
    refused = storywatch("niche", "delete", "food")
    assert (refused.code, refused.out) == (2, "")
    storywatch("niche", "create", "drinks")
    ran = storywatch("niche", "delete", "food", "--move-to", "drinks", "--json")
    assert ran.record == {"name": "food", "moved": 3, "erased": 0}
    ran = storywatch("niche", "delete", "drinks", "--with-profiles")
    assert ran.out == 'The niche "drinks" is deleted, 3 profiles erased.\n'


def test_an_unknown_niche_is_refused_with_the_closest_name(storywatch: Storywatch, food: None) -> None:
    for command in (
        ("niche", "rename", "fod", "x"),
        ("profile", "list", "--niche", "fod"),
        ("profile", "add", "dan", "--niche", "fod"),
        ("batch", "create", "--niche", "fod"),
    ):
        ran = storywatch(*command)
        assert (ran.code, ran.out) == (2, ""), command
        assert ran.err.startswith('There is no niche "fod"'), command
        assert "food" in ran.err, command


# -- profiles ---------------------------------------------------------------------


def test_profiles_have_the_promised_columns(storywatch: Storywatch, food: None) -> None:
    ran = storywatch("profile", "list", "--niche", "food", "--json")
    promised = (
        *("username", "niche", "status", "last_outcome", "last_reason", "last_checked_at", "last_story_at"),
        *("checks_total", "conclusive_total", "stories_total"),
    )
    assert [ran.records[0][name] for name in promised] == [
        *("ann", "food", "active", None, None, None, None),
        *(0, 0, 0),
    ]


def test_a_long_list_of_profiles_is_shown_whole_with_one_header(storywatch: Storywatch) -> None:
    storywatch("import", "-", "--niche", "food", given="".join(f"name{n}\n" for n in range(450)))
    lines = storywatch("profile", "list", "--niche", "food").out.splitlines()
    assert (len(lines), sum("times live" in line for line in lines)) == (451, 1)


def test_profiles_are_added_moved_paused_resumed_and_removed(storywatch: Storywatch, food: None) -> None:
    storywatch("niche", "create", "drinks")
    assert storywatch("profile", "add", "dan", "no name!", "--niche", "food", "--json").records[-1]["created"] == 1
    moved = storywatch("profile", "move", "@Dan", "nobody", "--to", "drinks", "--json")
    assert moved.record == {"changed": 1, "unchanged": 0, "missing": ["nobody"]}
    assert storywatch("profile", "pause", "ann", "bea").out == "2 profiles paused.\n"
    assert storywatch("profile", "resume", "ann", "cleo").out == "1 profile resumed, 1 as asked already.\n"
    assert storywatch("profile", "show", "bea", "--json").record["status"] == "paused"
    assert storywatch("profile", "remove", "bea").out == "1 profile removed.\n"
    assert (names_in(storywatch, "food"), names_in(storywatch, "drinks")) == (["ann", "cleo"], ["dan"])


def test_a_profile_is_shown_in_words(storywatch: Storywatch, food: None) -> None:
    ran = storywatch("profile", "show", "ann")
    assert "never checked" in ran.out
    assert storywatch("profile", "show", "zoe").code == 2


def test_profiles_are_exported_to_standard_output_and_to_a_file(
    storywatch: Storywatch, food: None, place: Path
) -> None:
    assert [row[0] for row in csv.reader(storywatch("profile", "export", "--niche", "food").out.splitlines())] == [
        *("username", "ann", "bea", "cleo"),
    ]
    ran = storywatch("profile", "export", "--out", "all.jsonl")
    assert (ran.code, ran.out, len((place / "all.jsonl").read_text().splitlines())) == (0, "", 3)


# -- canaries ---------------------------------------------------------------------


def test_canaries_are_added_listed_and_removed(storywatch: Storywatch) -> None:
    added = storywatch("canary", "add", "Nasa", "nba", "no name!", "--json")
    assert added.records[-1] == {"created": 2, "known": 0, "invalid": 1, "brought_back": []}
    promised = {"state": "untested", "live_share": None, "last_seen_at": None}
    for name, record in zip(("nasa", "nba"), storywatch("canary", "list", "--json").records, strict=True):
        assert record.items() >= (promised | {"username": name}).items()
    assert storywatch("canary", "remove", "nba").out == "1 canary removed.\n"
    assert storywatch("canary", "remove", "nba").code == 2


def test_canaries_come_from_a_file_as_well(storywatch: Storywatch, place: Path) -> None:
    file = written(place / "canaries.txt", "nasa\n\nnba\n")
    assert storywatch("canary", "add", file, "--json").record["created"] == 2
    assert storywatch("canary", "add", "-", "--json", given="espn\nnba\n").record == {
        "created": 1,
        "known": 1,
        "invalid": 0,
        "brought_back": [],
    }


# -- limits -----------------------------------------------------------------------


def test_limits_are_told_by_name(storywatch: Storywatch) -> None:
    limits = storywatch("limits", "show", "--json").record
    assert (limits["per_route_hour"], limits["route_gap_seconds"], limits["global_per_minute"]) == (30, 20.0, None)


def test_several_limits_may_stand_in_one_argument(storywatch: Storywatch) -> None:
    limits = storywatch("limits", "set", "per_route_hour=none route_gap_seconds=0.5", "workers=7", "--json").record
    assert (limits["per_route_hour"], limits["route_gap_seconds"], limits["workers"]) == (None, 0.5, 7)
    assert storywatch("limits", "show", "--json").record == limits


def test_people_are_shown_what_changed_alone(storywatch: Storywatch) -> None:
    ran = storywatch("limits", "set", "workers=7", "attempts=3")
    assert ("workers" in ran.out, "attempts" in ran.out) == (True, False)


@pytest.mark.parametrize("given", ["workers", "workers=", "worker=3", "workers=many", "attempts=2 attempts=3"])
def test_a_limit_that_cannot_be_read_changes_none(storywatch: Storywatch, given: str) -> None:
    ran = storywatch("limits", "set", "group_size=12", given)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
    assert storywatch("limits", "show", "--json").record["group_size"] == 10
