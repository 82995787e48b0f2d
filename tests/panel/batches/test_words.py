"""What people read before and after they act on batches."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.services.views import BatchEventView, BatchView
from panel.pages.batches import batch_words as words
from panel.pages.batches.batch_rows import log_text, person_of, state_of

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)
READY = BatchView(
    id="3f2a1b4c-0000-4000-8000-000000000000",
    name="Street food",
    niche="food",
    status="queued",
    requested_at=None,
    position=None,
    place_in_line=None,
    total=1_200,
    finished=0,
    live=0,
    none=0,
    private=0,
    gone=0,
    unknown=0,
    skipped=0,
    requests=0,
    seconds=0.0,
    waiting_reason=None,
    waiting_until=None,
    created_by="panel:Mara Kline",
    created_at=NOON,
    started_at=None,
    finished_at=None,
)
IN_LINE = replace(READY, requested_at=NOON, position=4, place_in_line=3)
RUNNING = replace(READY, status="in_progress", requested_at=NOON, position=1, started_at=NOON, finished=300)
STOPPED = replace(READY, started_at=NOON, finished=500)
DONE = replace(READY, status="done", finished=1_200, finished_at=NOON)


@pytest.mark.parametrize(
    ("batch", "state"),
    [
        (READY, "ready"),
        (IN_LINE, "in_line"),
        (RUNNING, "running"),
        (replace(RUNNING, waiting_reason="every route rests"), "waiting"),
        (STOPPED, "stopped"),
        (DONE, "done"),
    ],
)
def test_a_batch_is_in_one_of_six_states(batch: BatchView, state: str) -> None:
    assert state_of(batch) == state


@pytest.mark.parametrize(
    ("count", "running", "unfinished", "told"),
    [
        (2, 2, 1_243, "Both are running: 1,243 unfinished checks will not happen. Their results and logs go."),
        (1, 1, 1, "It is running: 1 unfinished check will not happen. Its results and log go."),
        (5, 5, 10, "All 5 are running: 10 unfinished checks will not happen. Their"),
        (5, 1, 10, "1 of them is running: 10 unfinished checks will not happen. Their"),
        (5, 3, 10, "3 of them are running: 10 unfinished checks will not happen. Their"),
        (1, 0, 37, "37 unfinished checks will not happen. Its results"),
        (3, 0, 0, "Their results and logs go. What was learned about the profiles stays. This cannot be undone."),
    ],
)
def test_a_deletion_says_what_follows_from_it(count: int, running: int, unfinished: int, told: str) -> None:
    assert words.delete_consequence(count, running=running, unfinished=unfinished).startswith(told)


def test_a_deletion_names_the_batch_or_their_number() -> None:
    assert (words.delete_question(1, "Street food"), words.delete_verb(1)) == (
        "Delete Street food?",
        "Delete the batch",
    )
    assert (words.delete_question(2, "Street food"), words.delete_verb(2)) == ("Delete 2 batches?", "Delete 2 batches")
    assert words.deleted(2, gone_before=0) == "2 batches deleted."
    assert words.deleted(1, gone_before=2) == "1 batch deleted. Somebody had deleted 2 more before."
    assert words.deleted_meanwhile(1, "Street food") == (
        "Somebody has deleted Street food meanwhile; the table is right again."
    )


def test_starting_and_stopping_say_where_batches_are_now() -> None:
    assert words.started([IN_LINE]) == "Street food: in line (3rd)."
    assert words.started([IN_LINE, RUNNING, DONE]) == "2 batches are started."
    assert words.started([DONE]) == "There is nothing to start: what was selected is done."
    assert words.stopped([STOPPED]) == "Street food: stopped at 41 %. What is done is kept."
    assert words.stopped([STOPPED, READY]) == "2 batches are stopped. What is done is kept."


def test_a_new_batch_says_what_was_taken_over_and_who_is_left_out() -> None:
    assert words.begun(IN_LINE) == "Street food: 1,200 checks. In line (3rd)."
    assert words.begun(replace(IN_LINE, finished=200)) == (
        "Street food: 1,200 checks; 200 of them were made a short while ago. In line (3rd)."
    )
    assert words.begun(DONE) == "Street food is done at once: all of its 1,200 checks were made a short while ago."
    assert words.created(replace(READY, skipped=3)) == (
        "Street food: 1,200 checks, to be started when you like. 3 profiles left out: paused or gone."
    )


@pytest.mark.parametrize(
    ("actor", "person"),
    [
        ("panel:Mara Kline", "Mara Kline"),
        ("cli:ann", "ann, command line"),
        ("discord:elif", "elif, Discord"),
        ("schedule:every 4 h", "every 4 h, schedule"),
        ("sandbox", "sandbox"),
    ],
)
def test_people_are_called_by_name_and_by_the_door_that_they_came_through(actor: str, person: str) -> None:
    assert person_of(actor) == person


def test_the_log_says_who_did_what_and_to_whom_something_happened() -> None:
    assert log_text(BatchEventView(NOON, "stop", "by panel:Mara Kline", None, None)) == "Stopped by Mara Kline"
    renamed = BatchEventView(NOON, "renamed", "The id now has the name willow.", "bakes", None)
    assert log_text(renamed) == "Renamed: @bakes, The id now has the name willow."
    assert log_text(BatchEventView(NOON, "group_size", "now 7", None, None)) == "Group size: now 7"
