"""The quick way of reading a reel says what the careful way says."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from core.sources import instagram_stories
from core.sources.instagram_stories import stories_in

NOW = 1_795_000_000.0
ASKED = frozenset({"1", "22", "333"})

_ids = st.sampled_from(["1", "22", "333", "4", 1, 22, None, "highlight:1"])
_moments = st.sampled_from(
    [NOW - 90_000, NOW - 10, NOW, NOW + 1, NOW + 80_000, NOW + 9e5, 0, 1e12, True, None, "1795000100", 1_794_999_000.5]
).map(lambda value: int(value) if isinstance(value, float) and value.is_integer() else value)
_items = st.one_of(
    st.none(),
    st.lists(
        st.one_of(
            st.fixed_dictionaries({"taken_at": _moments, "expiring_at": _moments}), st.sampled_from([None, {}, 3])
        ),
        max_size=3,
    ),
)
_reels = st.fixed_dictionaries(
    {"id": _ids, "items": _items},
    optional={
        "user": st.one_of(st.none(), st.fixed_dictionaries({"pk": _ids})),
        "reel_type": st.sampled_from([None, "user_reel", "highlight_reel", "news"]),
        "latest_reel_media": _moments,
        "expiring_at": _moments,
    },
)


@given(st.dictionaries(st.sampled_from(["1", "22", "333", "4"]), st.one_of(_reels, st.none(), st.just([]))))
def test_both_ways_of_reading_agree(reels: dict[str, object]) -> None:
    data = {"reels": reels, "reels_media": [reel for reel in reels.values() if isinstance(reel, dict)]}
    quickly = stories_in(data, ASKED, NOW)
    with patch.object(instagram_stories, "_usual", return_value=None):
        carefully = stories_in(data, ASKED, NOW)
    assert quickly == carefully


def test_the_usual_reel_is_read_the_quick_way() -> None:
    reel = {"id": "1", "user": {"pk": "1"}, "items": [{"taken_at": int(NOW) - 60, "expiring_at": int(NOW) + 86_340}]}
    with patch.object(instagram_stories, "_owner", side_effect=AssertionError("read with care")):
        stories = stories_in({"reels": {"1": reel}}, ASKED, NOW)
    assert stories is not None
    assert set(stories.live) == {"1"}
