"""Look-ups: ids are learned once, PRIVATE is final, GONE takes two sessions that see."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.domain.verdict import Blame, Outcome, Reason
from core.engine.inquiry import Purpose, Step, Worth
from core.sources.base import Found, Kind, Reading
from tests.unit.core.engine.inquiries import (
    LIVE,
    LONG_AGO,
    NONE,
    NOW,
    PRIVATE,
    Desk,
    asked,
    id_of,
    names_in,
    these,
)

BY_NAME, BY_ID = Kind.LOOK_UP_NAME, Kind.LOOK_UP_ID
NO_SECOND = (Outcome.UNKNOWN, Reason.SECOND_SESSION)


def unknown_id(desk: Desk, *names: str) -> None:
    desk.add(*(desk.target(name, known_id=False) for name in names))


# -- resolve once ------------------------------------------------------------------------


def test_a_profile_without_an_id_is_looked_up_by_name_and_then_asked_with_the_others() -> None:
    desk = Desk()
    unknown_id(desk, "ann")
    desk.add(desk.target("bob"))
    assert desk.inquiry.next_stories(NOW) is None, "bob waits for company while a look-up is due"
    step = desk.look_up()
    assert (step.question.kind, asked(step)) == (BY_NAME, ("ann", Purpose.LOOK))
    desk.finds(step)
    assert desk.book.lessons == [("ann", Found("ann", id_of("ann"), False))]
    assert names_in(desk.stories()) == ["bob", "ann"]


def test_a_known_id_is_not_looked_up() -> None:
    desk = Desk()
    desk.people(3)
    assert not desk.inquiry.wants_look_ups
    assert desk.inquiry.next_look_up(NOW) is None


def test_a_profile_found_private_is_private_for_this_check() -> None:
    desk = Desk()
    unknown_id(desk, "ann")
    assert desk.finds(desk.look_up(), private=True) is Worth.GOOD
    assert desk.verdicts == {"ann": PRIVATE}
    assert desk.book.lessons[0][1].is_private


def test_a_profile_known_to_be_private_is_looked_up_by_id_and_never_put_into_a_group() -> None:
    desk = Desk()
    desk.add(desk.target("ann", private=True), desk.target("bob"))
    step = desk.look_up()
    assert (step.question.kind, asked(step)) == (BY_ID, ("ann", Purpose.LOOK))
    assert desk.inquiry.next_stories(NOW) is None
    desk.finds(step, private=True)
    assert names_in(desk.stories()) == ["bob"]
    assert desk.verdicts == {"ann": PRIVATE}


def test_a_private_profile_that_became_public_is_asked_with_the_others() -> None:
    desk = Desk()
    desk.add(desk.target("ann", private=True), desk.target("bob"))
    desk.finds(desk.look_up())
    assert names_in(desk.stories()) == ["bob", "ann"]


def test_a_private_profile_that_a_session_follows_is_asked_through_that_session_alone() -> None:
    desk = Desk()
    desk.add(desk.target("ann", private=True), desk.target("bob"))
    desk.finds(desk.look_up(), session=6, private=True, followed=True)
    step = desk.stories()
    assert (names_in(step), step.only) == (["ann"], 6)
    desk.shows(step, "canary", session=6)
    again = desk.stories()
    assert (names_in(again), again.only, again.purpose) == (["ann"], 6, Purpose.CONFIRM)
    desk.shows(again, "ann", session=6)
    assert desk.verdicts == {"ann": LIVE}


def test_what_others_did_not_see_of_a_followed_private_profile_does_not_make_it_none() -> None:
    desk = Desk()
    desk.add(desk.target("ann", looked_at=None, created_at=LONG_AGO))
    for session in (1, 2):
        desk.shows(desk.stories(), "canary", session=session)
    desk.finds(desk.look_up(), session=3, private=True, followed=True)
    assert desk.verdicts == {}
    for _ in range(2):
        step = desk.stories()
        assert step.only == 3
        desk.shows(step, "canary", session=3)
    assert desk.verdicts == {"ann": NONE}


def test_a_followed_private_profile_is_looked_up_by_others_when_its_session_is_out_of_service() -> None:
    desk = Desk()
    desk.add(desk.target("ann", private=True))
    desk.finds(desk.look_up(), session=6, private=True, followed=True)
    desk.inquiry.put_back(desk.stories(), NOW, never=True)
    desk.finds(desk.look_up(), session=7, private=True)
    assert desk.verdicts == {"ann": PRIVATE}


def test_a_group_whose_one_session_rests_is_offered_when_nothing_else_is_under_way() -> None:
    desk = Desk()
    desk.add(desk.target("ann", private=True), desk.target("bob"))
    desk.finds(desk.look_up(), session=6, private=True, followed=True)
    step = desk.stories()
    desk.inquiry.put_back(step, NOW)
    other = desk.stories()
    assert names_in(other) == ["bob"]
    assert desk.inquiry.next_stories(NOW) is None
    desk.shows(other, "bob")
    assert desk.stories().only == 6


def test_the_id_that_has_another_name_now_keeps_the_verdict_and_tells_of_it() -> None:
    desk = Desk()
    desk.add(desk.target("ann", looked_at=None, created_at=LONG_AGO))
    for session in (1, 2):
        desk.shows(desk.stories(), "canary", session=session)
    desk.finds(desk.look_up(), name="anna")
    assert desk.verdicts == {"ann": NONE}
    assert desk.book.news == [("renamed", "ann")]
    assert [name for name, _ in desk.book.lessons] == ["ann"], "it counts as looked at"


@pytest.mark.parametrize(
    ("looked_days_ago", "created_days_ago", "due"),
    [
        (None, 6, False),
        (None, 7, True),
        (6, 6, False),
        (7, 7, True),
        (7, 10, True),  # looked at early in its life: the first look again is due after 7 days
        (29, 40, False),
        (30, 40, True),
    ],
)
def test_a_none_is_looked_up_again_after_7_days_and_then_every_30(
    looked_days_ago: int | None, created_days_ago: int, due: bool
) -> None:
    desk = Desk()
    looked_at = None if looked_days_ago is None else NOW - timedelta(days=looked_days_ago)
    desk.add(desk.target("ann", looked_at=looked_at, created_at=NOW - timedelta(days=created_days_ago)))
    for session in (1, 2):
        desk.shows(desk.stories(), "canary", session=session)
    assert (desk.verdicts == {}) is due
    assert desk.inquiry.wants_look_ups is due


def due_again(desk: Desk) -> None:
    desk.add(desk.target("ann", looked_at=None, created_at=LONG_AGO))
    for session in (1, 2):
        desk.shows(desk.stories(), "canary", session=session)


def test_the_look_again_goes_by_id_and_lets_the_none_stand() -> None:
    desk = Desk()
    due_again(desk)
    step = desk.look_up()
    assert step.question.kind is BY_ID
    desk.finds(step, session=3)
    assert desk.verdicts == {"ann": NONE}


def test_the_look_again_may_show_that_a_profile_became_private() -> None:
    desk = Desk()
    due_again(desk)
    desk.finds(desk.look_up(), private=True)
    assert desk.verdicts == {"ann": PRIVATE}


def test_no_look_again_where_look_ups_have_no_room() -> None:
    desk = Desk()
    desk.routes.ready = False
    due_again(desk)
    assert desk.verdicts == {"ann": NONE}


def test_no_look_again_while_look_ups_are_blocked() -> None:
    desk = Desk()
    desk.inquiry.look_ups_blocked = True
    due_again(desk)
    assert desk.verdicts == {"ann": NONE}


def test_a_none_stands_when_its_look_again_finds_no_route() -> None:
    desk = Desk()
    due_again(desk)
    desk.inquiry.put_back(desk.look_up(), NOW)
    assert desk.verdicts == {"ann": NONE}


def test_every_look_again_in_line_ends_as_none_when_look_ups_are_used_up() -> None:
    desk = Desk()
    old = [desk.target(name, looked_at=None, created_at=LONG_AGO) for name in ("ann", "bob")]
    desk.add(*old, desk.target("new", known_id=False), more=False)
    new = desk.look_up()
    assert asked(new) == ("new", Purpose.LOOK)
    desk.inquiry.look_ups_blocked = False
    for session in (1, 2):
        step = desk.inquiry.next_stories(NOW)
        if step is None:
            desk.finds(new)
            step = desk.stories()
        desk.shows(step, "canary", session=session)
    assert desk.verdicts == {"new": NONE}
    desk.inquiry.put_back(desk.look_up(), NOW)
    assert desk.verdicts == {"new": NONE, "ann": NONE, "bob": NONE}


def test_a_none_stands_when_its_look_again_fails_three_times() -> None:
    desk = Desk()
    due_again(desk)
    for session in (3, 4, 5):
        desk.refuses(desk.look_up(), session=session)
    assert desk.verdicts == {"ann": NONE}


def test_an_id_that_is_gone_leaves_the_decision_to_the_name() -> None:
    desk = Desk()
    due_again(desk)
    desk.finds_nobody(desk.look_up(), session=3, reason=Reason.USER_NULL)
    step = desk.look_up()
    assert (step.question.kind, step.exclude) == (BY_NAME, frozenset())
    desk.finds(step, platform_id="another", session=4)
    first = desk.stories()
    assert (first.purpose, first.question.subjects[0].platform_id) == (Purpose.FIRST, "another")
    assert desk.book.lessons[-1][1].platform_id == "another"


def test_after_a_gone_id_a_none_does_not_stand_by_itself() -> None:
    desk = Desk()
    due_again(desk)
    desk.finds_nobody(desk.look_up(), session=3)
    for session in (4, 5, 6):
        desk.refuses(desk.look_up(), Reason.TIMEOUT, session=session)
    assert desk.verdicts == {"ann": (Outcome.UNKNOWN, Reason.TIMEOUT)}


def test_a_look_up_by_id_that_fails_three_times_is_followed_by_one_by_name() -> None:
    desk = Desk()
    desk.add(desk.target("ann", private=True))
    for session in (1, 2, 3):
        step = desk.look_up()
        assert (step.question.kind, step.avoid) == (BY_ID, these(*range(1, session)))
        desk.refuses(step, session=session)
    step = desk.look_up()
    assert (step.question.kind, step.avoid) == (BY_NAME, frozenset())


def test_three_failed_look_ups_by_name_end_in_unknown() -> None:
    desk = Desk()
    unknown_id(desk, "ann")
    for session in (1, 2, 3):
        step = desk.look_up()
        assert step.avoid == these(*range(1, session))
        desk.refuses(step, Reason.SOFT_WAIT, session=session)
    assert desk.verdicts == {"ann": (Outcome.UNKNOWN, Reason.SOFT_WAIT)}


def says(desk: Desk, step: Step, reason: Reason, session: int) -> Worth:
    return desk.inquiry.answered(step, desk.carrier(session), Reading(reason, Blame.PROFILE))


def test_a_profile_behind_a_gate_is_unknown_at_once() -> None:
    desk = Desk()
    unknown_id(desk, "ann")
    assert says(desk, desk.look_up(), Reason.GATED, 1) is Worth.NOTHING
    assert desk.verdicts == {"ann": (Outcome.UNKNOWN, Reason.GATED)}


def test_not_authorized_is_believed_only_when_the_profile_says_private() -> None:
    desk = Desk()
    desk.add(desk.target("ann", private=True))
    says(desk, desk.look_up(), Reason.PRIVATE, 1)
    step = desk.look_up()
    assert step.question.kind is BY_NAME
    desk.finds(step, session=2, private=True)
    assert desk.verdicts == {"ann": PRIVATE}


def test_not_authorized_by_name_is_a_failed_exchange() -> None:
    desk = Desk()
    unknown_id(desk, "ann")
    for session in (1, 2, 3):
        says(desk, desk.look_up(), Reason.PRIVATE, session)
    assert desk.verdicts == {"ann": (Outcome.UNKNOWN, Reason.PRIVATE)}


def test_not_authorized_in_a_group_is_looked_up_once_it_is_clear_whom_it_means() -> None:
    desk = Desk()
    desk.people(2)
    desk.refuses(desk.stories(), Reason.PRIVATE)
    one, other = desk.stories(), desk.stories()
    desk.refuses(one, Reason.PRIVATE)
    desk.shows(other, "p01")
    step = desk.look_up()
    assert (asked(step), step.question.kind) == (("p00", Purpose.LOOK), BY_ID)
    desk.finds(step, private=True)
    assert desk.verdicts == {"p00": PRIVATE, "p01": LIVE}
