"""What a failed exchange costs its question, and which proxies the question avoids from then on."""

from __future__ import annotations

from dataclasses import replace

from core.domain.verdict import Outcome, Reason
from core.engine.check import needs_of
from core.engine.inquiry import MOST_LOST, Policy, Purpose, Step
from core.engine.steps import Toll
from tests.unit.core.engine.inquiries import LIVE, Desk, names_in

TIMEOUT = (Outcome.UNKNOWN, Reason.TIMEOUT)


def fails(desk: Desk, step: Step, toll: Toll, *, session: int = 1, bad_proxy: bool = False) -> None:
    carrier = replace(desk.carrier(session), bad_proxy=bad_proxy)
    desk.inquiry.failed(step, carrier, Reason.TIMEOUT, toll)


def test_a_probe_of_a_platform_that_refuses_everybody_costs_no_check_an_attempt() -> None:
    desk = Desk()
    desk.people(1)
    for _ in range(50):
        fails(desk, desk.stories(), Toll.SPARED)
    step = desk.stories()
    assert step.avoid == frozenset(), "no session is to blame"
    desk.shows(step, "p00")
    assert desk.verdict("p00") == LIVE
    assert desk.book.results["p00"].attempts == 51


def test_a_group_that_failed_as_a_probe_is_split_so_that_one_profile_cannot_stop_all() -> None:
    desk = Desk()
    desk.people(4)
    for _ in range(2):
        fails(desk, desk.stories(), Toll.SPARED)
    assert [names_in(desk.stories()) for _ in range(2)] == [["p00", "p01"], ["p02", "p03"]]


def test_a_profile_that_failed_as_a_probe_goes_behind_the_others() -> None:
    desk = Desk(policy=Policy(group_size=1, confirm_size=1))
    desk.people(3)
    asked = []
    for _ in range(4):
        step = desk.stories()
        asked += names_in(step)
        fails(desk, step, Toll.SPARED)
    assert asked == ["p00", "p01", "p02", "p00"]


def test_what_a_dead_proxy_lost_costs_nothing_and_splits_no_group() -> None:
    desk = Desk()
    names = desk.people(10)
    for session in range(1, 6):
        fails(desk, desk.stories(), Toll.LOST, session=session, bad_proxy=True)
    step = desk.stories()
    assert names_in(step) == names
    assert step.avoid_proxies == frozenset(range(101, 106))
    desk.shows(step, *names)
    assert set(desk.verdicts.values()) == {LIVE}


def test_a_question_that_loses_exchange_after_exchange_ends_all_the_same() -> None:
    desk = Desk()
    desk.people(1)
    lost = 0
    while desk.verdict("p00") is None:
        fails(desk, desk.stories(), Toll.LOST, session=lost, bad_proxy=True)
        lost += 1
    assert (desk.verdict("p00"), lost) == (TIMEOUT, MOST_LOST + 3)


def test_a_look_up_that_never_got_there_costs_nothing() -> None:
    for toll in (Toll.SPARED, Toll.LOST):
        desk = Desk()
        desk.people(1, known_id=False)
        for _ in range(5):
            fails(desk, desk.look_up(), toll, bad_proxy=toll is Toll.LOST)
        step = desk.look_up()
        assert step.avoid_proxies == (frozenset({101}) if toll is Toll.LOST else frozenset())
        desk.finds(step, private=True)
        assert desk.verdict("p00") == (Outcome.PRIVATE, Reason.PRIVATE)


def test_a_canary_whose_look_up_was_a_probe_may_be_looked_up_again() -> None:
    desk = Desk(resolved=False, canaries=["canary1"])
    desk.people(1)
    for _ in range(5):
        step = desk.look_up()
        assert step.purpose is Purpose.CANARY
        fails(desk, step, Toll.SPARED)


def test_a_question_avoids_the_proxies_that_failed_for_it_and_not_those_whose_session_did() -> None:
    desk = Desk()
    desk.people(1)
    fails(desk, desk.stories(), Toll.COUNTS, session=1, bad_proxy=True)
    fails(desk, desk.stories(), Toll.COUNTS, session=2)
    step = desk.stories()
    assert (step.avoid, step.avoid_proxies) == (frozenset({1, 2}), frozenset({101}))
    needs = needs_of(step)
    assert (needs.avoid, needs.avoid_proxies) == (step.avoid, step.avoid_proxies)
