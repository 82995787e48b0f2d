"""The words of a digest."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import orjson
import pytest

from core.domain.batch_digest import BatchDigest, from_stored

BERLIN = ZoneInfo("Europe/Berlin")
DIGEST = BatchDigest(
    name="Street food",
    total=2_480,
    live=944,
    none=1_301,
    private=161,
    gone=33,
    unknown=41,
    requests=546,
    seconds=800.4,
    compared_with="2026-11-24T05:30:00+00:00",
    live_before=902,
    new=118,
    ended=76,
    newly_gone=3,
    names=("noma.tacos", "harborgrill.nyc"),
    reasons=(("rate limited", 25), ("timed out", 16)),
)


def test_a_digest_says_what_is_new_beside_the_run_before() -> None:
    assert DIGEST.title() == "Street food: 118 new stories"
    assert DIGEST.sentences(BERLIN) == [
        "944 of 2,480 are live, 42 more than at 06:30 on 24 Nov.",
        "76 stories have ended since. 3 profiles are gone since.",
        "Unknown: 25 rate limited, 16 timed out. They are not counted as “no story”.",
    ]
    assert DIGEST.fields() == [
        ("Live", "944"),
        ("No story", "1,301"),
        ("Unknown", "41"),
        ("Private", "161"),
        ("Gone", "33 (3 new)"),
        ("Success rate", "98.3%"),
    ]
    assert DIGEST.footer() == "Took 13 min 20 s · 546 requests"


@pytest.mark.parametrize(
    ("before", "said"), [(944, "as many as at"), (945, "1 fewer than at"), (900, "44 more than at")]
)
def test_more_and_fewer_are_told_in_words(before: int, said: str) -> None:
    assert said in replace(DIGEST, live_before=before).sentences(BERLIN)[0]


def test_one_of_something_is_told_as_one() -> None:
    one = replace(DIGEST, new=1, ended=1, newly_gone=1, unknown=0, seconds=3_700, requests=1)
    assert one.title() == "Street food: 1 new story"
    assert one.sentences(BERLIN)[1:] == ["1 story has ended since. 1 profile is gone since."]
    assert one.footer() == "Took 1 h 1 min · 1 request"


def test_a_first_run_has_nothing_to_be_compared_with() -> None:
    first = replace(DIGEST, compared_with=None, new=944, unknown=0)
    assert first.title() == "Street food: 944 stories"
    assert first.sentences(BERLIN) == ["944 of 2,480 are live; there is no earlier run to compare it with."]
    assert ("Gone", "33") in first.fields()
    assert not replace(first, new=0, ended=0, newly_gone=0).says_nothing_new


def test_only_what_changed_is_news() -> None:
    same = replace(DIGEST, new=0, ended=0, newly_gone=0)
    assert same.says_nothing_new
    assert len(replace(same, unknown=0).sentences(BERLIN)) == 1
    for changed in (replace(same, new=1), replace(same, ended=1), replace(same, newly_gone=1)):
        assert not changed.says_nothing_new


def test_a_digest_is_the_same_after_it_was_stored() -> None:
    assert from_stored(orjson.loads(orjson.dumps(DIGEST.to_store()))) == DIGEST


def test_what_another_release_stored_is_left_to_the_alerts_own_words() -> None:
    assert from_stored({"total": 1}) is None
    assert from_stored({**DIGEST.to_store(), "mood": "good"}) is None
