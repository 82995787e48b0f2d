"""With thousands of rows the garbage collector waits while they are read again, and is never left switched off."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from core.upkeep.collecting import MANY, YOUNGEST, seldom, spared, they_stay


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    """What a test freezes is collected again after it."""
    yield
    gc.unfreeze()


def test_the_collector_waits_while_thousands_are_read_again_and_works_afterwards() -> None:
    with spared(MANY):
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0


def test_an_error_does_not_leave_it_switched_off() -> None:
    with pytest.raises(KeyError), spared(MANY):
        raise KeyError
    assert gc.isenabled()


def test_a_few_rows_leave_it_alone() -> None:
    frozen = gc.get_freeze_count()
    with spared(MANY - 1):
        assert gc.isenabled()
    they_stay(MANY - 1)
    assert gc.get_freeze_count() == frozen
    they_stay(MANY)
    assert gc.get_freeze_count() > frozen


def test_who_switched_it_off_finds_it_so() -> None:
    gc.disable()
    try:
        with spared(MANY):
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_while_an_engine_works_it_looks_more_seldom_and_afterwards_as_before() -> None:
    before = gc.get_threshold()
    with seldom():
        assert gc.get_threshold() == (YOUNGEST, *before[1:])
    assert gc.get_threshold() == before
    with pytest.raises(KeyError), seldom():
        raise KeyError
    assert gc.get_threshold() == before


@pytest.mark.parametrize("own", [0, 50_000])
def test_whoever_set_it_to_look_more_seldom_or_never_is_heeded(own: int) -> None:
    before = gc.get_threshold()
    gc.set_threshold(own)
    try:
        with seldom():
            assert gc.get_threshold()[0] == own
    finally:
        gc.set_threshold(*before)
