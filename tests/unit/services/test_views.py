"""Views say in people's words what the rows say in theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.services.views import BatchView, LimitView, ordinal

NOW = datetime(2026, 1, 1, tzinfo=UTC)
BATCH = BatchView(
    id="b1",
    name="food, 1 January",
    niche="food",
    status="queued",
    requested_at=None,
    position=1,
    place_in_line=None,
    total=100,
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
    created_by="cli:ann",
    created_at=NOW,
    started_at=None,
    finished_at=None,
)


@pytest.mark.parametrize(
    ("batch", "shown"),
    [
        (BATCH, "Ready"),
        (replace(BATCH, requested_at=NOW, place_in_line=3), "In line (3rd)"),
        (replace(BATCH, requested_at=NOW, place_in_line=1, started_at=NOW, finished=41), "In line (1st)"),
        (replace(BATCH, requested_at=NOW), "In line"),
        (replace(BATCH, status="in_progress", requested_at=NOW, started_at=NOW, finished=41), "Running"),
        (replace(BATCH, started_at=NOW, total=1000, finished=419), "Stopped at 41 %"),
        (replace(BATCH, started_at=NOW, total=0), "Stopped at 100 %"),
        (replace(BATCH, status="done", started_at=NOW, finished=100, finished_at=NOW), "Done"),
    ],
)
def test_a_batch_shows_its_status_in_words(batch: BatchView, shown: str) -> None:
    assert batch.shown_status == shown


def test_a_hundred_per_cent_means_all() -> None:
    assert replace(BATCH, total=1000, finished=999).percent == 99
    assert replace(BATCH, total=1000, finished=1000).percent == 100


@pytest.mark.parametrize(
    ("number", "place"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (102, "102nd"),
        (111, "111th"),
    ],
)
def test_a_place_in_line_is_an_ordinal(number: int, place: str) -> None:
    assert ordinal(number) == place


@pytest.mark.parametrize(("value", "changed"), [(3, False), (5, True), (None, True)])
def test_a_limit_is_changed_when_it_differs_from_its_default(value: int | None, changed: bool) -> None:
    assert LimitView("attempts", value, 3, "exchanges", "failed exchanges").changed is changed
