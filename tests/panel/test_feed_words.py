"""What the feed says in words: rows, targets, and what became of the selected profiles."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.domain.feed import StoryState
from core.domain.verdict import Outcome, Reason
from core.services.views import FeedRow, ProfilesChanged
from core.services.views.reasons import reason_in_words
from panel.pages.niche_feed.feed_rows import as_rows, changed_rows
from panel.pages.niche_feed.feed_state import FeedState
from panel.pages.niche_feed.selection_acts import sentence
from panel.pages.niche_feed.sidebar import target_in_words

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
ROW = FeedRow(
    username="ramen_nyc",
    niche="Food",
    niche_id=3,
    status="active",
    story=StoryState.UNKNOWN,
    live_now=False,
    story_since=None,
    story_until=None,
    last_outcome=Outcome.UNKNOWN,
    last_reason=Reason.BATCH_UNPROVEN,
    last_checked_at=NOW,
    last_story_at=None,
    checks_total=9,
    conclusive_total=8,
    stories_total=2,
    detection_ppm=250_000,
    unknown_streak=1,
)


def test_a_row_is_known_by_its_username_and_says_its_reason_in_words() -> None:
    (row,) = as_rows([ROW])
    assert (row["id"], row["reason"], row["story"], row["detection_ppm"]) == (
        "ramen_nyc",
        "unproven answer",
        "unknown",
        250_000,
    )


def test_a_profile_without_a_conclusive_check_has_no_share_of_them() -> None:
    (row,) = as_rows([replace(ROW, conclusive_total=0, detection_ppm=0)])
    assert row["detection_ppm"] is None


def test_only_rows_that_differ_from_what_the_browser_has_travel() -> None:
    rows = [ROW, replace(ROW, username="tacos")]
    marks = {row["id"]: row["mark"] for row in as_rows(rows)}
    assert changed_rows(rows, marks) == []
    later = [ROW, replace(ROW, username="tacos", last_checked_at=NOW + timedelta(seconds=1))]
    assert [row["id"] for row in changed_rows(later, marks)] == ["tacos"]


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_words(reason: Reason) -> None:
    words = reason_in_words(reason)
    assert "_" not in words
    assert bool(words) == (reason is not Reason.OK)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"target": 800, "seen": 702, "met": False}, "702 of 800"),
        ({"target": 300, "seen": 361, "met": True}, "361 of 300 · met"),
        ({"target": None, "seen": 3_502, "met": False}, "3,502 · no target"),
    ],
)
def test_a_niche_says_how_much_of_its_target_is_met(row: dict[str, object], words: str) -> None:
    assert target_in_words(row) == words


def test_what_became_of_the_selected_is_said_with_those_who_were_so_or_are_gone() -> None:
    assert sentence(ProfilesChanged(37, 0, ()), "paused", "were paused already", then=" Schedules skip them.") == (
        "37 profiles paused. Schedules skip them."
    )
    assert sentence(ProfilesChanged(1, 2, ("gone.one",)), "paused", "were paused already") == (
        "1 profile paused. 2 were paused already. 1 is no longer there."
    )
    assert sentence(ProfilesChanged(0, 3, ()), "paused", "were paused already", then=" Schedules skip them.") == (
        "0 profiles paused. 3 were paused already."
    )


def test_the_range_of_a_page_is_said_like_the_rows() -> None:
    assert FeedState(total=2_391, first=101, last=200).range_in_words == "101–200 of 2,391"
    assert FeedState(total=0).range_in_words == "0 of 0"
    assert FeedState().range_in_words == ""
