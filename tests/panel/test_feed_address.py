"""Addresses of the feed and what they show."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core.domain.feed import STATUSES, Checked, FeedQuery, SortBy, StoryState
from core.domain.verdict import Reason
from panel.pages.niche_feed.feed_address import place_of, query_at, query_of, same_profiles, unfiltered, words_of
from panel.place import place_at

_ENDS = st.tuples(st.integers(0, 100), st.integers(0, 100)).map(lambda ends: (min(ends), max(ends)))
QUERIES = st.builds(
    FeedQuery,
    niche=st.none() | st.integers(1, 10**9),
    stories=st.frozensets(st.sampled_from(list(StoryState))),
    statuses=st.frozensets(st.sampled_from(STATUSES)),
    reasons=st.frozensets(st.sampled_from(list(Reason)), max_size=4),
    checked=st.none() | st.sampled_from(list(Checked)),
    seen_live=st.none() | _ENDS,
    watched=st.booleans(),
    username=st.text("abcDEF123._@&?=#%+é ", max_size=20).map(str.strip),
    sort=st.sampled_from(list(SortBy)),
    descending=st.booleans(),
)


@given(QUERIES)
def test_every_query_has_an_address_that_leads_back_to_it(query: FeedQuery) -> None:
    assert query_at(place_at(place_of(query).address)) == query


@given(QUERIES)
def test_the_browser_and_the_address_say_a_query_in_the_same_words(query: FeedQuery) -> None:
    assert query_of(words_of(query)) == query


@given(
    st.dictionaries(
        st.sampled_from(["niche", "story", "status", "reason", "checked", "seen", "watched", "q", "sort"]), st.text()
    )
)
def test_whatever_an_address_says_it_shows_something(words: dict[str, str]) -> None:
    assert isinstance(query_of(words), FeedQuery)


def test_words_that_mean_nothing_are_left_out() -> None:
    query = query_of({"story": "live,banana", "seen": "90-10", "checked": "soon", "sort": "-size", "niche": "-3"})
    assert query == FeedQuery(stories=frozenset({StoryState.LIVE}))


def test_a_whole_niche_in_the_usual_order_has_a_short_address() -> None:
    assert place_of(FeedQuery(niche=3)).address == "/feed/3"
    assert place_of(FeedQuery()).address == "/feed"


def test_the_address_says_who_is_looked_at() -> None:
    assert place_of(FeedQuery(niche=3), profile="ramen_nyc").address == "/feed/3?profile=ramen_nyc"


def test_clearing_the_filters_keeps_niche_and_order() -> None:
    query = query_of({"niche": "3", "story": "live", "q": "ra", "sort": "-last_checked_at"})
    assert words_of(unfiltered(query)) == {"niche": "3", "sort": "-last_checked_at"}


def test_the_order_does_not_tell_which_profiles_match() -> None:
    query = FeedQuery(niche=3)
    assert same_profiles(query, query.in_order(SortBy.STORY, descending=True))
    assert not same_profiles(query, FeedQuery(niche=4))
