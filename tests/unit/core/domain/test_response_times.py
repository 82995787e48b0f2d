"""Response times in buckets: where each goes, and what can be said of all."""

from __future__ import annotations

import pytest

from core.domain.response_times import BOUNDS, BUCKETS, bucket, percentile
from core.storage.models import HourlyStat


def counts(**by_bound: int) -> list[int]:
    """Answers by the upper bound of their bucket."""
    made = [0] * BUCKETS
    for name, count in by_bound.items():
        made[BUCKETS - 1 if name == "beyond" else BOUNDS.index(int(name.removeprefix("upto_")))] = count
    return made


@pytest.mark.parametrize(("milliseconds", "expected"), [(0, 0), (100, 0), (100.1, 1), (10_000, 6), (10_001, 7)])
def test_a_time_goes_into_the_first_bucket_that_holds_it(milliseconds: float, expected: int) -> None:
    assert bucket(milliseconds) == expected


def test_the_buckets_are_the_columns_of_the_table() -> None:
    columns = [name for name in HourlyStat._meta.fields_map if name.startswith(("upto_", "beyond"))]
    assert columns == [*(f"upto_{bound}" for bound in BOUNDS), "beyond"]


def test_nothing_is_said_without_answers() -> None:
    assert percentile(counts(), 0.95) is None


def test_a_percentile_is_spread_evenly_within_its_bucket() -> None:
    assert percentile(counts(upto_500=100), 0.95) == 487.5
    assert percentile(counts(upto_100=90, upto_1000=10), 0.95) == 750


def test_answers_beyond_the_last_bound_are_only_known_to_be_slower() -> None:
    assert percentile(counts(upto_100=1, beyond=9), 0.95) == 10_000
