"""What sways about its threshold is one spell."""

from __future__ import annotations

from core.domain.lows import Low, Turn, room_is_low, share_is_low


def test_a_spell_begins_at_the_second_low_look_and_ends_when_all_is_well() -> None:
    low = Low(is_told=False)
    assert low.look(is_low=True, is_well=False) is None
    assert low.look(is_low=False, is_well=False) is None
    assert low.look(is_low=True, is_well=False) is None
    assert low.look(is_low=True, is_well=False) is Turn.BEGINS
    assert low.look(is_low=True, is_well=False) is None
    assert low.look(is_low=False, is_well=False) is None
    assert low.look(is_low=False, is_well=True) is Turn.ENDS
    assert low.look(is_low=False, is_well=True) is None


def test_a_spell_that_was_told_before_the_start_is_not_told_again() -> None:
    low = Low(is_told=True)
    assert [low.look(is_low=True, is_well=False) for _ in range(3)] == [None, None, None]
    assert low.look(is_low=False, is_well=True) is Turn.ENDS


def test_a_share_is_low_below_its_threshold_and_well_ten_points_above_it() -> None:
    assert share_is_low(4, 10, 50) == (True, False)
    assert share_is_low(5, 10, 50) == (False, False)
    assert share_is_low(6, 10, 50) == (False, True)
    assert share_is_low(9, 10, 95) == (True, False)
    assert share_is_low(10, 10, 95) == (False, True)
    assert share_is_low(0, 0, 50) == share_is_low(0, 10, 0) == (False, True)


def test_a_disk_is_well_a_fifth_above_its_threshold() -> None:
    assert room_is_low(499, 500) == (True, False)
    assert room_is_low(500, 500) == (False, False)
    assert room_is_low(600, 500) == (False, True)
    assert room_is_low(0, 0) == (False, True)
