"""What people look for: conditions that can be told apart, states that add up, beginnings as they are typed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.domain.feed import MOST_NAMES, Checked, FeedQuery, Selection, SortBy, StoryState, story_state
from core.domain.verdict import Outcome
from core.errors import InvalidInput

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("outcome", "ends_in_hours", "state"),
    [
        (None, None, StoryState.NEVER),
        (Outcome.LIVE, 1, StoryState.LIVE),
        (Outcome.LIVE, 0, StoryState.ENDED),
        (Outcome.LIVE, None, StoryState.ENDED),
        (Outcome.UNKNOWN, 1, StoryState.LIVE),
        (Outcome.UNKNOWN, -1, StoryState.UNKNOWN),
        (Outcome.UNKNOWN, None, StoryState.UNKNOWN),
        (Outcome.NONE, None, StoryState.NONE),
        (Outcome.PRIVATE, None, StoryState.PRIVATE),
        (Outcome.GONE, None, StoryState.GONE),
    ],
)
def test_every_profile_is_in_one_state(outcome: Outcome | None, ends_in_hours: int | None, state: StoryState) -> None:
    until = None if ends_in_hours is None else NOW + timedelta(hours=ends_in_hours)
    assert story_state(outcome, until, NOW) is state


@pytest.mark.parametrize(
    ("typed", "prefix"),
    [
        ("", ""),
        ("  ", ""),
        ("Bak", "bak"),
        (" @ba.k_e ", "ba.k_e"),
        ("https://www.instagram.com/Bakes/", "bakes"),
        ("https://example.org/bakes", None),
        ("ba%", None),
        ("bä", None),
        ("a" * 31, None),
    ],
)
def test_a_beginning_is_read_as_it_was_typed(typed: str, prefix: str | None) -> None:
    assert FeedQuery(username=typed).prefix == prefix


def test_a_query_with_a_niche_and_an_order_alone_is_not_filtered() -> None:
    assert not FeedQuery(niche=3, sort=SortBy.STORY, descending=True).filtered
    assert FeedQuery(checked=Checked.DAY).filtered
    assert FeedQuery(username="a").filtered


@pytest.mark.parametrize("seen_live", [(-1, 5), (5, 101), (6, 5)])
def test_a_range_of_per_cent_that_is_none_is_refused(seen_live: tuple[int, int]) -> None:
    with pytest.raises(InvalidInput, match="two numbers from 0 to 100, the lower one first"):
        FeedQuery(seen_live=seen_live)


def test_a_status_that_there_is_not_is_refused() -> None:
    with pytest.raises(InvalidInput, match='"dead" is none; there are active, paused, gone'):
        FeedQuery(statuses=frozenset({"active", "dead"}))


def test_a_selection_is_of_names_or_of_a_query() -> None:
    with pytest.raises(InvalidInput, match="select at least one profile"):
        Selection()
    with pytest.raises(InvalidInput, match="not both"):
        Selection(("ann",), FeedQuery())
    with pytest.raises(InvalidInput, match="at most 100,000 names, not 100,001"):
        Selection(tuple(map(str, range(MOST_NAMES + 1))))
    assert Selection(query=FeedQuery()) == Selection(query=FeedQuery(), except_names=frozenset())
