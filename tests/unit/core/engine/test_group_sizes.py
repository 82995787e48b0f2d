"""How large a first group is, and what becomes of a group that fails."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.domain.verdict import Outcome, Reason
from core.engine.inquiry import Policy
from tests.unit.core.engine.inquiries import NONE, NOW, Desk, names_in, these


def play_confirming(desk: Desk, *, finds: bool) -> None:
    (name,) = names_in_new_check(desk)
    desk.shows(desk.stories(), "canary", session=1)
    desk.shows(desk.stories(), "canary", *([name] if finds else []), session=2)


def names_in_new_check(desk: Desk) -> list[str]:
    target = desk.target(f"n{desk.inquiry.open_count}x{len(desk.book.results)}")
    desk.add(target)
    return [target.username]


def test_second_finds_shrink_the_first_group_down_to_three() -> None:
    desk = Desk()
    sizes = []
    for _ in range(9):
        play_confirming(desk, finds=True)
        sizes.append(desk.inquiry.group_size)
    assert sizes == [9, 8, 7, 6, 5, 4, 3, 3, 3]


def test_the_first_group_grows_back_by_one_after_twenty_clean_confirmations() -> None:
    desk = Desk()
    play_confirming(desk, finds=True)
    for _ in range(19):
        play_confirming(desk, finds=False)
    assert desk.inquiry.group_size == 9
    play_confirming(desk, finds=False)
    assert desk.inquiry.group_size == 10
    for _ in range(20):
        play_confirming(desk, finds=False)
    assert desk.inquiry.group_size == 10


def test_a_group_that_failed_twice_is_split() -> None:
    desk = Desk()
    desk.people(10)
    desk.refuses(desk.stories(), session=1)
    whole = desk.stories()
    assert (len(whole.cases), whole.avoid) == (10, these(1))
    desk.refuses(whole, session=2)
    halves = [desk.stories(), desk.stories()]
    assert [(len(half.cases), half.avoid) for half in halves] == [(5, these(1, 2))] * 2


@pytest.mark.parametrize("reason", [Reason.TOO_MANY_IDS, Reason.BAD_REQUEST, Reason.SERVER_ERROR])
def test_a_group_that_is_too_much_for_the_platform_is_halved_at_once(reason: Reason) -> None:
    desk = Desk()
    desk.people(10)
    desk.refuses(desk.stories(), reason)
    assert [len(desk.stories().cases) for _ in range(2)] == [5, 5]


def test_too_many_ids_halves_the_groups_to_come_once_for_all_that_were_out() -> None:
    desk = Desk()
    desk.people(60)
    steps = [desk.stories() for _ in range(4)]
    for step in steps:
        desk.refuses(step, Reason.TOO_MANY_IDS)
    assert desk.inquiry.group_size == 5


@pytest.mark.parametrize("reason", [Reason.TOO_MANY_IDS, Reason.BAD_REQUEST])
def test_one_id_that_poisons_its_group_costs_nobody_else_a_verdict(reason: Reason) -> None:
    desk = Desk()
    desk.people(10)
    for session in range(1, 40):
        step = desk.inquiry.next_stories(NOW)
        if step is None:
            break
        if "p07" in names_in(step):
            desk.refuses(step, reason, session=session)
        else:
            desk.shows(step, "canary", session=session)
    assert desk.verdicts == {f"p{number:02}": NONE for number in range(10)} | {"p07": (Outcome.UNKNOWN, reason)}


def test_a_group_size_that_people_change_holds_from_the_next_group_on() -> None:
    desk = Desk()
    desk.people(40)
    desk.stories()
    desk.inquiry.set_policy(replace(desk.inquiry.policy, group_size=4, confirm_size=2))
    step = desk.stories()
    assert len(step.cases) == 4
    desk.shows(step, "canary")
    assert len(desk.stories().cases) == 2


def test_no_first_group_is_larger_than_twenty() -> None:
    desk = Desk(policy=Policy(group_size=500))
    desk.people(30)
    assert len(desk.stories().cases) == 20
