"""Selections between the browser that leaves them and the act that takes them."""

from __future__ import annotations

import pytest

from core.domain.actor import Actor, Role
from core.domain.feed import Selection
from core.errors import NotFound
from panel.pages.niche_feed.kept_selections import KeptSelections

ANN, BOB = Actor("panel:ann", Role.OPERATOR), Actor("panel:bob", Role.ADMIN)
SOME = Selection(names=("ramen_nyc",))


def test_a_selection_is_taken_once_by_whoever_left_it() -> None:
    kept = KeptSelections()
    name = kept.keep(ANN, SOME, 0.0)
    assert kept.take(ANN, name, 1.0) is SOME
    with pytest.raises(NotFound, match="press the button once more"):
        kept.take(ANN, name, 1.0)


def test_nobody_takes_what_somebody_else_left() -> None:
    kept = KeptSelections()
    name = kept.keep(ANN, SOME, 0.0)
    with pytest.raises(NotFound):
        kept.take(BOB, name, 1.0)
    assert kept.take(ANN, name, 1.0) is SOME


def test_a_selection_that_nobody_takes_is_forgotten_after_ten_minutes() -> None:
    kept = KeptSelections()
    name = kept.keep(ANN, SOME, 0.0)
    with pytest.raises(NotFound):
        kept.take(ANN, name, 601.0)


def test_only_the_last_twenty_are_kept() -> None:
    kept = KeptSelections()
    names = [kept.keep(ANN, SOME, float(number)) for number in range(25)]
    with pytest.raises(NotFound):
        kept.take(ANN, names[4], 25.0)
    assert kept.take(ANN, names[5], 25.0) is SOME
