"""Schedules as people give them in a terminal."""

from __future__ import annotations

import pytest

from tests.integration.cli.conftest import Storywatch


@pytest.fixture
def food(storywatch: Storywatch) -> None:
    """A niche of two."""
    storywatch("import", "-", "--niche", "food", given="ann\nbea\n")


def preview(storywatch: Storywatch, *arguments: str) -> list[str]:
    return [record["at"] for record in storywatch("schedule", "preview", *arguments, "--json").records]


def test_a_preview_prints_the_coming_runs_in_utc(storywatch: Storywatch) -> None:
    rule = ("--cron", "30 2 * * *", "--timezone", "Europe/Berlin")
    assert preview(storywatch, *rule, "--from", "2026-03-28T00:00", "--count", "3") == [
        "2026-03-28T01:30:00+00:00",
        "2026-03-29T01:30:00+00:00",
        "2026-03-30T00:30:00+00:00",
    ]
    assert preview(storywatch, *rule, "--from", "2026-10-25T00:00:00Z", "--count", "2") == [
        "2026-10-25T00:30:00+00:00",
        "2026-10-26T01:30:00+00:00",
    ]
    every = ("--every", "4h", "--from", "2026-03-28T00:00:00+00:00", "--count", "2")
    assert preview(storywatch, *every) == ["2026-03-28T00:00:00+00:00", "2026-03-28T04:00:00+00:00"]


def test_a_preview_for_people_shows_local_times(storywatch: Storywatch) -> None:
    ran = storywatch(
        *("schedule", "preview", "--cron", "0 9 * * 0", "--timezone", "Asia/Tokyo"),
        *("--from", "2026-11-23", "--count", "1"),
    )
    assert "Sun 29 Nov 2026 09:00:00 JST" in ran.out
    assert "2026-11-29 00:00:00" in ran.out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--cron", "30 2 31 2 *"), 'cron: "30 2 31 2 *" never comes: Feb has no day 31; name a day that exists\n'),
        (("--every", "4h", "--timezone", "Berlin"), "did you mean Europe/Berlin"),
        (("--every", "4h", "--from", "soon"), 'from: write a time such as 2026-03-28T12:00, not "soon"\n'),
        ((), "every: give either an interval such as 4h, or a cron rule\n"),
        (("--every", "4h", "--count", "0"), "count: give a number from 1 to 1,000, not 0\n"),
    ],
)
def test_what_cannot_be_used_is_bad_input_in_a_sentence(
    storywatch: Storywatch, arguments: tuple[str, ...], told: str
) -> None:
    ran = storywatch("schedule", "preview", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_a_schedule_is_added_paused_resumed_run_and_removed(storywatch: Storywatch, food: None) -> None:
    added = storywatch(
        *("schedule", "add", "--niche", "food", "--cron", "30 9 * * mon-fri", "--timezone", "Europe/Berlin"),
        *("--name", "mornings", "--jitter", "10m", "--active", "08:00-22:00", "--fresh", "60m"),
        *("--only", "with-story", "--stop-at-target", "--only-changes", "--json"),
    )
    record = added.record
    assert (record["id"], record["name"], record["niches"], record["enabled"]) == (1, "mornings", ["food"], True)
    assert (record["rule"], record["timezone"], record["jitter_seconds"]) == ("30 9 * * mon-fri", "Europe/Berlin", 600)
    assert (record["only"], record["stop_at_target"], record["fresh_minutes"]) == ("with_story", True, 60)
    assert "No engine runs" in added.err
    assert storywatch("schedule", "list", "--json").record == record
    assert "mornings" in storywatch("schedule", "list").out
    assert storywatch("schedule", "show", "MORNINGS").out.count("09:3") >= 4
    assert storywatch("schedule", "pause", "mornings", "--json").record["next_at"] is None
    assert storywatch("schedule", "resume", "1", "--json").record["next_at"] is not None
    run = storywatch("schedule", "run", "mornings", "--json").record
    assert (run["schedule"], run["why"], run["outcome"], run["batch_id"]) == ("mornings", "by hand", "open", None)
    assert storywatch("schedule", "runs", "mornings", "--json").record == run
    again = storywatch("schedule", "run", "mornings")
    assert (again.code, again.err) == (2, 'The schedule "mornings" runs already.\n')
    assert "its batches stay" in storywatch("schedule", "remove", "mornings").err
    assert storywatch("schedule", "list", "--json").records == []


def test_an_unknown_niche_or_schedule_is_told(storywatch: Storywatch, food: None) -> None:
    ran = storywatch("schedule", "add", "--niche", "fod", "--every", "4h")
    assert (ran.code, ran.err) == (2, 'There is no niche "fod"; did you mean "food"?\n')
    ran = storywatch("schedule", "show", "mornings")
    assert (ran.code, ran.err) == (2, 'There is no schedule "mornings"; there are none yet.\n')
