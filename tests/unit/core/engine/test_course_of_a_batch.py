"""What comes back without an answer, what is given back, and what an inquiry says of itself."""

from __future__ import annotations

import pytest

from core.domain.verdict import Outcome, Reason
from core.engine.inquiry import Purpose
from core.sources.base import Kind
from tests.unit.core.engine.inquiries import LIVE, NONE, NOW, Desk, asked, names_in, these

INTERNAL = (Outcome.UNKNOWN, Reason.INTERNAL)


# -- put back ---------------------------------------------------------------------------


def test_a_group_that_finds_no_route_is_the_next_one_and_has_lost_nothing() -> None:
    desk = Desk()
    desk.people(20)
    step = desk.stories()
    desk.inquiry.put_back(step, NOW)
    assert desk.inquiry.in_flight == 0
    again = desk.stories()
    assert names_in(again) == names_in(step)
    desk.shows(again, *names_in(again))
    assert {result.attempts for result in desk.book.results.values()} == {1}


def test_a_look_up_that_finds_no_route_is_the_next_one() -> None:
    desk = Desk()
    desk.people(2, known_id=False)
    desk.inquiry.put_back(desk.look_up(), NOW)
    assert asked(desk.look_up())[0] == "p00"


def test_a_look_up_that_nobody_can_carry_waits_for_a_person() -> None:
    desk = Desk()
    desk.people(1, known_id=False)
    desk.inquiry.put_back(desk.look_up(), NOW, never=True)
    assert desk.verdicts == {}
    assert asked(desk.look_up())[0] == "p00"


def test_a_look_up_that_must_do_without_some_sessions_lets_others_go_first() -> None:
    desk = Desk()
    desk.people(2, known_id=False)
    desk.finds_nobody(desk.look_up(), session=1)
    one = desk.look_up()
    assert asked(one)[0] == "p01"
    again = desk.look_up()
    assert (asked(again)[0], again.exclude) == ("p00", these(1))
    desk.inquiry.put_back(one, NOW)
    desk.inquiry.put_back(again, NOW)
    assert asked(desk.look_up())[0] == "p01"


def test_a_canary_that_finds_no_route_keeps_its_look_ups() -> None:
    desk = Desk(canaries=["canary1"], resolved=False)
    desk.people(1)
    for _ in range(5):
        step = desk.look_up()
        assert step.purpose is Purpose.CANARY
        desk.inquiry.put_back(step, NOW)
    desk.finds(desk.look_up())
    assert desk.stories().extras


def test_a_step_comes_back_once() -> None:
    desk = Desk()
    desk.people(1)
    step = desk.stories()
    desk.inquiry.put_back(step, NOW)
    with pytest.raises(RuntimeError, match="came back twice"):
        desk.inquiry.put_back(step, NOW)


# -- bugs -------------------------------------------------------------------------------------


def test_a_bug_costs_each_check_one_more_try_by_itself_and_then_ends_it() -> None:
    desk = Desk()
    desk.people(3)
    desk.inquiry.broke(desk.stories(), NOW)
    steps = [desk.stories() for _ in range(3)]
    assert [names_in(step) for step in steps] == [["p00"], ["p01"], ["p02"]]
    desk.shows(steps[0], "p00")
    desk.shows(steps[2], "p02")
    desk.inquiry.broke(steps[1], NOW)
    assert desk.verdicts == {"p00": LIVE, "p01": INTERNAL, "p02": LIVE}
    assert desk.inquiry.in_flight == 0


def test_a_bug_in_a_look_up_is_tried_once_more() -> None:
    desk = Desk()
    desk.people(1, known_id=False)
    desk.inquiry.broke(desk.look_up(), NOW)
    desk.inquiry.broke(desk.look_up(), NOW)
    assert desk.verdicts == {"p00": INTERNAL}


def test_a_bug_in_the_midst_of_an_answer_leaves_no_check_in_two_places() -> None:
    desk = Desk()
    desk.people(4)
    step = desk.stories()
    struck = RuntimeError("the ledger is torn")
    desk.book.settled, settled = lambda result: raise_(struck), desk.book.settled  # type: ignore[method-assign]
    with pytest.raises(RuntimeError, match="torn"):
        desk.shows(step, "canary", "p03")
    desk.book.settled = settled  # type: ignore[method-assign]
    desk.inquiry.broke(step, NOW)
    asked_about = []
    while (step_or_none := desk.inquiry.next_stories(NOW)) is not None:
        asked_about += names_in(step_or_none)
    assert sorted(asked_about) == ["p00", "p01", "p02"]


def raise_(error: Exception) -> None:
    raise error


def test_a_bug_in_the_midst_of_an_absence_leaves_no_check_in_two_places() -> None:
    desk = Desk()
    desk.people(4)
    step = desk.stories()
    desk.shows(step, "canary")
    desk.inquiry.broke(step, NOW)
    assert repr(desk.inquiry) == "<Inquiry 4 open: 0 to look up, 0 to ask, 0 missing once | groups of 10>"
    assert [names_in(desk.stories()) for _ in range(4)] == [["p00"], ["p01"], ["p02"], ["p03"]]
    assert desk.inquiry.next_stories(NOW) is None


def test_a_bug_while_a_canary_is_looked_up_does_not_leave_the_groups_waiting() -> None:
    desk = Desk(canaries=["canary1"], resolved=False)
    desk.people(1)
    desk.inquiry.broke(desk.look_up(), NOW)
    desk.inquiry.broke(desk.look_up(), NOW)
    assert names_in(desk.stories()) == ["p00"]


def test_a_bug_while_a_session_proves_itself_loses_its_looks() -> None:
    desk = Desk()
    desk.people(1, known_id=False)
    desk.finds_nobody(desk.look_up(), session=1)
    desk.finds_nobody(desk.look_up(), session=2)
    proof = desk.look_up()
    assert (proof.purpose, proof.only) == (Purpose.PROOF, 1)
    desk.inquiry.broke(proof, NOW)
    step = desk.look_up()
    assert (step.purpose, step.exclude) == (Purpose.LOOK, these(2))


# -- giving checks back -----------------------------------------------------------------------------


def test_checks_that_wait_for_a_first_look_up_by_name_are_set_aside() -> None:
    desk = Desk()
    names = [
        desk.target("new", known_id=False),
        desk.target("tried", known_id=False),
        desk.target("private", private=True),
        desk.target("gone", gone=True),
        desk.target("known"),
    ]
    desk.add(*names)
    new = desk.look_up()
    tried = desk.look_up()
    desk.refuses(tried)
    desk.inquiry.put_back(new, NOW)
    ids = {target.username: target.check_id for target in names}
    assert desk.inquiry.set_aside_look_ups() == [ids["new"], ids["gone"]]
    assert desk.inquiry.open_checks == [ids["tried"], ids["private"], ids["known"]]
    assert desk.inquiry.set_aside_look_ups() == []


def test_a_check_that_was_set_aside_may_come_again() -> None:
    desk = Desk()
    target = desk.target("new", known_id=False)
    desk.add(target)
    desk.inquiry.set_aside_look_ups()
    desk.add(target)
    assert asked(desk.look_up())[0] == "new"


def test_a_check_that_a_bug_struck_is_not_set_aside() -> None:
    desk = Desk()
    desk.people(1, known_id=False)
    desk.inquiry.broke(desk.look_up(), NOW)
    assert desk.inquiry.set_aside_look_ups() == []


def test_everything_open_can_be_given_back_and_come_again() -> None:
    desk = Desk()
    targets = [
        desk.target("ann"),
        desk.target("bob", known_id=False),
        desk.target("eve", known_id=False),
        desk.target("joe", private=True),
    ]
    desk.add(*targets)
    desk.finds_nobody(desk.look_up(), session=1)
    desk.finds(desk.look_up(), session=2)
    desk.finds(desk.look_up(), session=3, private=True, followed=True)
    desk.shows(desk.stories(), "canary", session=3)
    assert desk.inquiry.give_back() == [target.check_id for target in targets]
    assert (desk.inquiry.open_count, desk.inquiry.wants_look_ups, desk.inquiry.wants_stories) == (0, False, False)
    assert desk.idle()
    desk.add(*targets)
    assert desk.look_up().exclude == frozenset()


def test_nothing_is_given_back_while_a_step_is_out() -> None:
    desk = Desk()
    desk.people(1)
    desk.stories()
    with pytest.raises(RuntimeError, match="1 steps are under way"):
        desk.inquiry.give_back()


# -- what it says of itself --------------------------------------------------------------------------------


def test_a_check_that_is_open_already_is_not_opened_twice() -> None:
    desk = Desk()
    target = desk.target("ann")
    desk.add(target)
    desk.add(target)
    assert names_in(desk.stories()) == ["ann"]
    assert desk.inquiry.open_count == 1


def test_blocked_look_ups_are_not_given_out_and_nobody_waits_for_them() -> None:
    desk = Desk()
    desk.add(desk.target("ann"), desk.target("new", known_id=False))
    assert desk.inquiry.next_stories(NOW) is None
    wanted = []
    for blocked in (False, True):
        desk.inquiry.look_ups_blocked = blocked
        wanted.append(desk.inquiry.wants_look_ups)
    assert wanted == [True, False]
    assert desk.inquiry.next_look_up(NOW) is None
    assert names_in(desk.stories()) == ["ann"]


def test_an_inquiry_can_be_read() -> None:
    desk = Desk()
    desk.people(12)
    desk.add(desk.target("new", known_id=False))
    desk.shows(desk.stories(), "canary")
    assert repr(desk.inquiry) == "<Inquiry 13 open: 1 to look up, 2 to ask, 10 missing once | groups of 10>"


def test_every_exchange_that_named_a_check_counts_as_an_attempt() -> None:
    desk = Desk()
    desk.people(1, known_id=False)
    desk.refuses(desk.look_up(), session=1)
    desk.finds(desk.look_up(), session=2)
    desk.shows(desk.stories(), session=3)
    desk.shows(desk.stories(), "canary", session=4)
    step = desk.stories()
    assert step.question.kind is Kind.STORIES
    desk.shows(step, "canary", session=5)
    assert desk.verdicts == {"p00": NONE}
    result = desk.book.results["p00"]
    assert result.attempts == 5
    assert result.trail.split("; ") == [
        "s1/p101 rate_limited",
        "s2/p102 found",
        "s3/p103 batch_unproven 0/2",
        "s4/p104 absent 1/2",
        "s5/p105 absent 2/3",
    ]
