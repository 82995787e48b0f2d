"""Numbers and sizes as people read them."""

from __future__ import annotations

import pytest

from panel.widgets.numbers import count_of, size_of


@pytest.mark.parametrize(
    ("number", "shown"), [(0, "0 profiles"), (1, "1 profile"), (2, "2 profiles"), (1_862, "1,862 profiles")]
)
def test_a_number_brings_its_noun(number: int, shown: str) -> None:
    assert count_of(number, "profile") == shown


def test_a_noun_may_have_a_plural_of_its_own() -> None:
    assert count_of(2, "batch", "batches") == "2 batches"
    assert count_of(1, "batch", "batches") == "1 batch"


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1, "1 byte"),
        (999, "999 bytes"),
        (31_400, "31 KB"),
        (4_210_000, "4.2 MB"),
        (99_900_000, "100 MB"),
    ],
)
def test_a_size_has_the_unit_that_fits(number: int, shown: str) -> None:
    assert size_of(number) == shown
